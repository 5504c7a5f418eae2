"""Every kind's page of the style guide: no accessibility violation on a phone and a laptop, in English and Urdu."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from surveys.question_types import REGISTRY
from tests.browser.conftest import Site, Visit, press, visit_of
from tests.browser.test_accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def guide(site: Site, browser: Browser) -> Iterator[Visit]:
    """The style guide, with animations at rest."""
    with browser.new_context(reduced_motion="reduce") as context:
        visit = visit_of(context)
        visit.page.goto(site.address)
        press(visit.page.get_by_role("button", name="Be Dev Malik"))
        yield visit


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_a_kind_is_accessible_wide_and_narrow_in_both_directions(site: Site, guide: Visit, kind: str) -> None:
    wrong = []
    for language in ("en", "ur"):
        guide.page.goto(f"{site.address}/style/questions/{kind}?lang={language}")
        for width in (390, 1280):
            guide.page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{language}, {width} px: {each}" for each in violations(guide.page)]
        wrong += [f"{language}: scrolls sideways"] if scrolls_sideways(guide.page) else []
    assert wrong == []
    assert guide.complaints == []
