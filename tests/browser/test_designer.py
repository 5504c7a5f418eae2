"""Writing a questionnaire of twenty questions with rules as a newcomer does, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit, press, visit_of
from tests.browser.test_accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser
STATEMENTS = [
    "I know where to go when I need help",
    "My form tutor knows me well",
    "I have made friends here",
    "I can find my way around",
    "My lessons start on time",
]


@pytest.fixture
def writing(site: Site, browser: Browser) -> Iterator[Visit]:
    """Dev Malik's browser at the list of questionnaires."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        visit = visit_of(context)
        visit.page.goto(site.address)
        press(visit.page.get_by_role("button", name=re.compile("Be Dev Malik")))
        visit.page.goto(f"{site.address}/questionnaires")
        yield visit


def begin(page: Page, title: str) -> None:
    """A new questionnaire for students of 11 to 18."""
    press(page.get_by_role("link", name="Start a new questionnaire"))
    page.get_by_label("Title").fill(title)
    page.get_by_text("Students aged 11 to 18").click()
    press(page.get_by_role("button", name="Start"))


def add(page: Page, kind: str, prompt: str, *, number: int = 1) -> None:
    """Open the menu of a page, choose a kind, and write the question; the form stays open."""
    section = page.locator(".sketch-page").nth(number - 1)
    section.get_by_text("Add a question", exact=False).first.click()
    press(section.get_by_role("link", name=re.compile(f"^{kind}")))
    page.get_by_label("Question or statement").fill(prompt)


def save(page: Page) -> None:
    press(page.get_by_role("button", name="Add the question"))


def test_a_newcomer_builds_twenty_questions_with_rules(writing: Visit) -> None:
    page = writing.page
    begin(page, "After your first month")
    add(page, "One answer", "Which year are you in?")
    for line, words in enumerate(["Year 7", "Year 8", "Year 9"], 1):
        page.get_by_label(f"Words, line {line}").fill(words)
    page.get_by_role("button", name="Add more lines").click()
    page.get_by_label("Words, line 4").fill("Year 10")
    save(page)
    press(page.get_by_role("button", name="Add a page"))
    for words in STATEMENTS:
        add(page, "Statement with a scale", words, number=2)
        save(page)
    press(page.get_by_role("button", name="Add a page"))
    add(page, "Comment", "What was hard about Year 7?", number=3)
    page.get_by_text("Rule, framework and more").click()
    page.get_by_label("Rule 1: question").select_option(index=1)
    page.get_by_label("Rule 1: answer").select_option(label="Year 7")
    save(page)
    for _ in range(13):
        page.get_by_role("button", name=re.compile("Duplicate.*I have made friends here")).first.click()
        expect(page.locator("#said")).to_contain_text("Copied")
        page.locator("#said").evaluate("said => said.replaceChildren()")
    expect(page.locator("[data-key]")).to_have_count(20)
    expect(page.get_by_text("Only if “Which year are you in?”: the answer is Year 7")).to_be_visible()
    press(page.get_by_role("link", name="Publish"))
    press(page.get_by_role("button", name="Publish"))
    expect(page.locator("#said")).to_contain_text("Published as version 1.")
    assert writing.complaints == []


def test_moving_by_keyboard_keeps_the_focus_and_speaks_and_dragging_does_the_same(writing: Visit) -> None:
    page = writing.page
    press(page.get_by_role("button", name=re.compile("Use this.*How is school this month")))
    first, second = (page.locator("[data-key]").nth(at).get_attribute("data-key") for at in (0, 1))
    page.locator(f"#down-{first}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Moved to place 2 of 8, on page 1.")
    expect(page.locator(f"#down-{first}")).to_be_focused()
    page.locator(f'[data-key="{first}"] .handle').drag_to(page.locator(f'[data-key="{second}"]'))
    expect(page.locator("[data-key]").first).to_have_attribute("data-key", str(first))
    assert writing.complaints == []


def test_every_page_of_the_designer_is_accessible_and_narrow(writing: Visit) -> None:
    page = writing.page
    press(page.get_by_role("button", name=re.compile("Use this.*Your move to this school")))
    home = page.url
    wrong = []
    for path in (
        "", "/bank", "/settings", "/pages/settling", "/questions/worried_before", "/questions/still_worried",
        "/questions/add/grid", "/wordings", "/translations", "/translations/ur", "/preview", "/preview?eyes=student_6",
        "/preview?eyes=parent_phone&language=ur", "/checks", "/saves", "/publish",
    ):  # fmt: skip
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{home}{path}")
        wrong.extend(f"{path}: {each}" for each in violations(page))
        if scrolls_sideways(page):
            wrong.append(f"{path}: scrolls sideways")
    page.goto(home.rpartition("/")[0])
    wrong.extend(f"list: {each}" for each in violations(page))
    assert wrong == []
    assert writing.complaints == []
