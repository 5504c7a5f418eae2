"""Results pages in a real browser: on paper, on a phone, with assistive technology."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site, press, visit_of
from tests.browser.test_accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser
SIDES = ("dimensions", "groups", "statements", "time", "together", "shown")


def test_results_pages_are_accessible_and_fit(site: Site, browser: Browser, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        visit = visit_of(context)
        page = visit.page
        page.goto(site.address)
        press(page.get_by_role("button", name="Be Maya Osei"))
        wrong = []
        for side in SIDES:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{site.address}/results/{side}")
            wrong += [f"{side}: {each}" for each in violations(page)]
            wrong += [f"{side}: scrolls sideways"] if scrolls_sideways(page) else []
        assert wrong == []
        assert visit.complaints == []


def test_the_governors_page_is_one_sheet_of_paper(site: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = visit_of(context).page
        page.goto(site.address)
        press(page.get_by_role("button", name="Be Maya Osei"))
        page.goto(f"{site.address}/governors")
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
