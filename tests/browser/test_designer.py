"""Writing a questionnaire of twenty questions with rules as a newcomer does, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit, press, visit_of
from tests.browser.test_accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser
PASTES = """(field, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
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
        page.get_by_label(f"Answer {line}").fill(words)
    page.get_by_label("Answer 3").press("Enter")
    expect(page.get_by_label("Answer 4")).to_be_focused()
    page.get_by_label("Answer 4").fill("Year 10")
    save(page)
    press(page.get_by_role("button", name="Add a page"))
    for words in STATEMENTS:
        add(page, "Statement with a scale", words, number=2)
        save(page)
    press(page.get_by_role("button", name="Add a page"))
    add(page, "Comment", "What was hard about Year 7?", number=3)
    page.get_by_text("Ask only some people, and more").click()
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


def test_a_question_is_drawn_anew_while_it_is_written(writing: Visit) -> None:
    page = writing.page
    begin(page, "A live look")
    add(page, "One answer", "Where do you sit at lunch?")
    page.get_by_label("Answer 1").fill("Inside")
    page.get_by_label("Answer 2").fill("Outside")
    look = page.locator("#look-here")
    expect(look.get_by_role("radio", name="Outside")).to_be_visible()
    page.get_by_label("Look as").select_option(label="Student of 6")
    expect(look).to_have_class(re.compile("youngest"))
    page.get_by_label("Language").select_option("ur")
    expect(look).to_have_attribute("dir", "rtl")
    assert writing.complaints == []


def test_a_pasted_list_fills_a_line_for_each_answer(writing: Visit) -> None:
    page = writing.page
    begin(page, "A list from a letter")
    add(page, "Several answers", "What do you do at lunch?")
    page.get_by_label("Answer 1").evaluate(PASTES, "a) Eat\n- Play\n\n3. Read\nTalk")
    for line, words in enumerate(["Eat", "Play", "Read", "Talk"], 1):
        expect(page.get_by_label(f"Answer {line}")).to_have_value(words)
    save(page)
    press(page.get_by_role("button", name="Add a page"))
    add(page, "Comment", "What do you talk about?", number=2)
    page.get_by_text("Ask only some people, and more").click()
    page.get_by_label("Rule 1: question").select_option(index=1)
    expect(page.get_by_label("Rule 1: test")).to_have_value("includes")
    page.get_by_label("Rule 1: answer").select_option(label="Talk")
    save(page)
    expect(page.get_by_text("Only if “What do you do at lunch?”: the ticks include Talk")).to_be_visible()
    assert writing.complaints == []


def test_rules_grow_line_by_line_and_offer_the_answers_of_their_question(writing: Visit) -> None:
    page = writing.page
    press(page.get_by_role("button", name=re.compile("Use this.*Your move to this school")))
    press(page.get_by_role("link", name="Ways through"))
    press(page.get_by_role("link", name="Add a check"))
    page.get_by_role("button", name="Add another rule").click()
    third = page.get_by_label("Rule 3: question")
    expect(third).to_be_focused()
    third.select_option(label="9. What worried you before you came?")
    page.get_by_label("Rule 3: test").select_option(label="the ticks include")
    page.get_by_label("Rule 3: answer").select_option(label="Nothing worried me")
    page.get_by_label("What people read then").fill("Is that so?")
    page.get_by_label("Only ask").check()
    press(page.locator(".go .go-first"))
    expect(page.get_by_text("the ticks include Nothing worried me")).to_be_visible()
    press(page.get_by_role("link", name=re.compile("Edit.*Is that so")))
    expect(page.get_by_label("Rule 1: answer").locator("option:checked")).to_have_text("Nothing worried me")
    assert writing.complaints == []


def test_two_colleagues_write_notes_and_never_lose_each_others_words(
    site: Site, browser: Browser, writing: Visit
) -> None:
    dev = writing.page
    press(dev.get_by_role("button", name=re.compile("Use this.*Your move to this school")))
    home = dev.url.partition("#")[0]
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        tomos = visit_of(context).page
        tomos.goto(site.address)
        press(tomos.get_by_role("button", name=re.compile("Be Tomos Rees")))
        tomos.goto(home)
        box = tomos.locator("#q-still_worried")
        box.get_by_text("Write a note").click()
        box.get_by_label("Note for colleagues").fill("Is this too close?")
        press(box.get_by_role("button", name="Add the note"))
        for page, words in ((dev, "How is it now?"), (tomos, "How do you feel today?")):
            page.goto(f"{home}/questions/still_worried")
            page.get_by_label("Question or statement").fill(words)
        press(dev.get_by_role("button", name="Save", exact=True))
        tomos.get_by_role("button", name="Save", exact=True).click()
        both = tomos.get_by_role("alert")
        expect(both).to_contain_text("How is it now?")
        expect(both).to_contain_text("How do you feel today?")
        expect(tomos.get_by_label("Question or statement")).to_have_value("How do you feel today?")
    dev.goto(home)
    expect(dev.locator("#q-still_worried")).to_contain_text("Is this too close?")
    expect(dev.locator("#q-still_worried")).to_contain_text("Tomos Rees")
    assert [each for each in writing.complaints if "409" not in each] == []


def test_every_page_of_the_designer_is_accessible_and_narrow(writing: Visit) -> None:
    page = writing.page
    press(page.get_by_role("button", name=re.compile("Use this.*Your move to this school")))
    home = page.url
    wrong = []
    for path in (
        "", "/bank", "/settings", "/pages/settling", "/questions/worried_before", "/questions/still_worried",
        "/questions/add/grid", "/ways", "/ways/sections/add", "/ways/checks/add", "/ways/scales/add",
        "/ways/blocks/add",
        "/ways/quotas/add", "/wordings", "/translations", "/translations/ur", "/preview", "/preview?eyes=student_6",
        "/preview?eyes=parent_phone&language=ur", "/checks", "/saves", "/take", "/publish",
    ):  # fmt: skip
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{home}{path}")
        wrong.extend(f"{path}: {each}" for each in violations(page))
        if scrolls_sideways(page):
            wrong.append(f"{path}: scrolls sideways")
    page.goto(home.rpartition("/")[0])
    wrong.extend(f"list: {each}" for each in violations(page))
    press(page.get_by_role("link", name="Bring one from another tool or from paper"))
    wrong.extend(f"bring: {each}" for each in violations(page))
    page.get_by_label("Or paste the questions").fill("1. Do you walk to school?\na) yes\nb) no\n2. What would help?")
    press(page.get_by_role("button", name="Look at it"))
    wrong.extend(f"brought: {each}" for each in violations(page))
    if scrolls_sideways(page):
        wrong.append("brought: scrolls sideways")
    assert wrong == []
    assert writing.complaints == []
