"""Every page: no accessibility violation, no sideways scroll at 320 px, no complaint of the content policy."""

from pathlib import Path

import pikepdf
import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, press, visit_of

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RESULTS = (
    "/governors",
    "/explore",
    "/explore?by=wave",
    "/framework",
    "/jobs",
    "/style",
    "/style/questions",
    "/style/questions/slider",
)


def violations(page: Page) -> list[str]:
    """What axe finds, with the first place of each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def scrolls_sideways(page: Page) -> bool:
    """Whether something is wider than a 320 px screen."""
    page.set_viewport_size({"width": 320, "height": 700})
    return bool(page.evaluate("document.documentElement.scrollWidth > 320"))


def respondents_pages(page: Page, link: str, language: str) -> list[str]:
    """Walk through a survey's kinds of pages, looking at each; returns what is wrong, by page."""
    wrong = []

    def look() -> None:
        size = page.viewport_size
        wrong.extend(f"{page.url}: {each}" for each in violations(page))
        if scrolls_sideways(page):
            wrong.append(f"{page.url}: scrolls sideways")
        page.set_viewport_size(size or {"width": 390, "height": 800})

    page.goto(f"{link}?lang={language}")
    look()
    press(page.locator("form[data-main] button"))
    look()
    for _ in range(40):
        if page.url.endswith("/check"):
            break
        press(page.locator(".go .go-first"))
        if page.locator("textarea").count():
            look()
    look()
    page.goto(f"{link}/who?lang={language}")
    look()
    page.goto(f"{link}/check")
    press(page.locator("form[data-main] button"))
    look()
    return wrong


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("audience", ["secondary", "primary_ks1"])
def test_respondents_pages(site: Site, browser: Browser, width: int, audience: str, language: str) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        visit = visit_of(context)
        assert respondents_pages(visit.page, site.links[audience], language) == []
        assert visit.complaints == []


def test_results_pages(site: Site, browser: Browser, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        visit = visit_of(context)
        page = visit.page
        page.goto(site.address)
        assert violations(page) == []
        press(page.get_by_role("button", name="Be Dev Malik"))
        for path in RESULTS:
            page.goto(site.address + path)
            page.wait_for_load_state("networkidle")
            assert violations(page) == [], path
            assert not scrolls_sideways(page), path
            page.set_viewport_size({"width": width, "height": 800})
        assert visit.complaints == []


def test_governors_see_one_screen_and_print_one_sheet(site: Site, browser: Browser, tmp_path: Path) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(site.address)
        press(page.get_by_role("button", name="Be Maya Osei"))
        page.goto(f"{site.address}/governors")
        below = page.locator(".panels").bounding_box()
        assert below and below["y"] + below["height"] <= 800
        page.locator(".evidence summary").first.click()
        expect(page.locator(".evidence").first).to_contain_text("likely")
        page.emulate_media(media="print")
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "page.pdf") as printed:
        assert len(printed.pages) == 1


def test_the_explore_page_draws_its_chart(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        visit = visit_of(context)
        visit.page.goto(site.address)
        press(visit.page.get_by_role("button", name="Be Tomos Rees"))
        visit.page.wait_for_selector(".js-plotly-plot .point", timeout=15_000)
        assert visit.complaints == []


def test_an_unknown_page_is_as_good_as_the_others(site: Site, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.address}/nowhere")
        assert violations(page) == []


def test_the_table_of_an_exploration_fits_a_phone(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(site.address)
        press(page.get_by_role("button", name="Be Tomos Rees"))
        page.goto(f"{site.address}/explore")
        assert page.evaluate("(box => box.scrollWidth - box.clientWidth)(document.querySelector('.table-scroll'))") == 0


def test_start_pages_centre_the_youngests_button_and_keep_languages_beside_a_long_name(
    site: Site, browser: Browser
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(site.links["primary_ks1"])
        middle = "(each => each.getBoundingClientRect().x + each.getBoundingClientRect().width / 2)"
        button = page.evaluate(f"{middle}(document.querySelector('form[data-main] button'))")
        assert abs(button - 195) < 1
        page.goto(site.links["secondary"])
        brand, languages = page.locator(".brand").bounding_box(), page.locator(".languages").bounding_box()
        assert brand and languages
        assert languages["y"] < brand["y"] + brand["height"]
