"""A respondent with a real browser: by keyboard alone, without scripts, on a narrow screen."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit, press

pytestmark = pytest.mark.browser
MOST_PAGES = 40


def press_until(page: Page, name: str) -> None:
    """Press Tab until the button or link with this name has the focus, then Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate("document.activeElement.textContent.trim()")
        if found == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"The keyboard never reached '{name}' on {page.url}.")


def focus_in(page: Page, kinds: tuple[str, ...]) -> bool:
    """Press Tab until a field of one of these types has the focus; False when there is none."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") in kinds:
            return True
        if page.evaluate("document.activeElement === document.body"):
            return False
    return False


def test_a_whole_survey_by_keyboard(site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(site.links["parent"])
    press_until(page, "Start")
    for _ in range(MOST_PAGES):
        if page.url.endswith("/check"):
            break
        if focus_in(page, ("radio", "textarea")):
            page.keyboard.press("Space")
        press_until(page, "Next")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    press_until(page, "Send my answers")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert visit.complaints == []


def test_a_whole_survey_without_scripts(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(site.links["secondary"])
        press(page.get_by_role("button", name="Start"))
        for _ in range(MOST_PAGES):
            if page.url.endswith("/check"):
                break
            for group in page.locator("fieldset").all():
                group.locator("label").nth(1).click()
            press(page.locator(".go .go-first"))
        expect(page.get_by_text("You answered 42 of 45")).to_be_visible()
        press(page.get_by_role("button", name="Send my answers"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def test_the_youngest_press_faces_and_see_no_listen_button_without_a_voice(site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(site.links["primary_ks1"])
    press(page.get_by_role("button", name="Start"))
    page.get_by_text("Sometimes").click()
    assert page.get_by_role("radio", name="Sometimes").is_checked()
    box = page.get_by_text("Sometimes").bounding_box()
    assert box
    assert page.locator(".listen:visible").count() in {0, 1}
    press(page.locator(".go .go-first"))
    press(page.get_by_role("button", name="Back"))
    assert page.get_by_role("radio", name="Sometimes").is_checked()


def test_enter_in_a_box_goes_on_and_changes_nothing_else(site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(site.links["primary"])
    press(page.get_by_role("button", name="Start"))
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Question 2" in page.content()


def test_the_page_speaks_urdu_from_right_to_left(site: Site, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{site.links['parent']}?lang=ur")
    assert page.locator("html").get_attribute("dir") == "rtl"
    press(page.locator("form[data-main] button"))
    expect(page.locator("fieldset").first).to_contain_text("میرا بچہ")
    page.locator(".languages summary").click()
    press(page.locator(".languages button[lang=en]"))
    expect(page.locator("fieldset").first).to_contain_text("My child")
