"""Coding comments by keyboard alone; the pages about comments in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit, press, visit_of
from tests.browser.test_accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser
PAGES = (
    "/comments",
    "/comments/figures",
    "/comments/quotes",
    "/comments/names",
    "/comments/coding",
    "/comments/coding/next?queue=useful",
)


def be(page: Page, site: Site, name: str) -> None:
    page.goto(site.address)
    press(page.get_by_role("button", name=f"Be {name}"))


def test_a_comment_is_coded_by_keyboard_alone(site: Site, visit: Visit) -> None:
    page = visit.page
    be(page, site, "Huw Pritchard")
    page.goto(f"{site.address}/comments/coding/next?queue=useful")
    first = page.url
    expect(page.locator("#quick")).to_be_focused()
    page.keyboard.type("1")
    expect(page.locator("input[name=sentiment][value=negative]")).to_be_checked()
    page.keyboard.type("toil")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=theme][value='wel.toilets']")).to_be_checked()
    expect(page.locator("#quick-said")).to_contain_text("oilet")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url != first
    expect(page.locator("#quick")).to_be_focused()
    page.goto(f"{site.address}/comments/coding")
    expect(page.get_by_text("You have coded 1;")).to_have_count(1)
    assert visit.complaints == []


def test_the_pages_about_comments(site: Site, browser: Browser, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        visit = visit_of(context)
        page = visit.page
        be(page, site, "Dev Malik")
        for path in PAGES:
            page.goto(site.address + path)
            assert violations(page) == [], path
            assert not scrolls_sideways(page), path
            page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site.address}/comments?theme=wel.food")
        press(page.locator(".said a").first)
        assert violations(page) == []
        assert not scrolls_sideways(page)
        assert visit.complaints == []
