"""Each kind of question in a real browser: by keyboard, on a narrow screen, from right to left, without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.examples import every_kind_yaml
from surveys.question_types import REGISTRY
from tests.browser.conftest import Visit, press, visit_of
from tests.browser.test_accessibility import scrolls_sideways, violations
from tests.servers import command, environment, running_server

pytestmark = pytest.mark.browser
KEYS: dict[str, tuple[tuple[str, ...], str]] = {
    "likert": (("Space",), "Strongly disagree"),
    "faces": (("Space",), "No"),
    "choice": (("Space",), "On foot"),
    "choices": (("Space", "Tab", "Space"), "Sport; Music"),
    "picture_choice": (("Space",), "Playing ball"),
    "grid": (("Space", "Tab"), "Adults here listen to me: Strongly disagree"),
    "choice_grid": (("Space", "Tab", "Space"), "When the work is too hard: A teacher, A friend"),
    "differential": (("Space", "ArrowRight"), "boring – interesting: 2 / 5"),
    "rating": (("Space", "ArrowRight", "ArrowRight"), "2 / 10"),
    "slider": (("ArrowRight",), "55 / 100"),
    "number": (("9",), "9 hours"),
    "date": (("3", "Tab", "2", "0", "2", "1"), "March 2021"),
    "short_text": (("7", "B"), "7B"),
    "comment": (("T", "r", "e", "e", "s"), "Trees"),
    "ranking": (
        ("ArrowDown", "Tab", "Tab", "Tab", "ArrowDown", "ArrowDown"),
        "1. Being with friends; 2. A quiet place",
    ),
    "allocation": (("6", "0", "Tab", "4", "0"), "The library: 60 pounds; Sport: 40 pounds"),
    "consent": (("Space",), "Yes, I agree"),
}
WITHOUT_SCRIPTS = {
    "ranking": (("ArrowDown", "Tab", "ArrowDown", "ArrowDown"), KEYS["ranking"][1]),
    "slider": (("5", "5"), "55 / 100"),
    "allocation": KEYS["allocation"],
    "choices": KEYS["choices"],
}


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A survey that asks every kind, each on a page of its own."""
    folder: Path = tmp_path_factory.mktemp("kinds")
    file = folder / "every_kind.yaml"
    file.write_text(every_kind_yaml(), encoding="utf-8")
    with running_server(folder) as server:
        imported = command("questionnaire", "import", str(file), settings=environment(folder))
        assert imported.returncode == 0, imported.stderr
        opened = command("wave", "open", "example", "--group", "student", "--link", settings=environment(folder))
        assert opened.returncode == 0, opened.stderr
        yield f"{server.address}/s/{opened.stdout.strip().rpartition('/s/')[2]}"


def at_question(page: Page, link: str, kind: str, language: str = "en") -> None:
    """Begin, and open the page of a kind."""
    page.goto(f"{link}?lang={language}")
    press(page.locator("form[data-main] button").first)
    page.goto(f"{link}/p/page_{kind}")


def type_answer(page: Page, keys: tuple[str, ...]) -> None:
    """Tab to the question's first field, then press the keys."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.question input, .question select, .question textarea')"):
            break
    for key in keys:
        page.keyboard.press(key)


def test_every_kind_that_is_asked_has_its_keys() -> None:
    assert set(KEYS) == {kind for kind, made in REGISTRY.items() if made.counts_as_question}


@pytest.fixture(scope="module")
def begun(link: str, browser: Browser) -> Iterator[Visit]:
    """Someone on a phone who has begun."""
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        visit = visit_of(context)
        at_question(visit.page, link, "text")
        yield visit


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_a_kind_is_answered_by_keyboard(link: str, begun: Visit, kind: str) -> None:
    keys, words = KEYS[kind]
    begun.page.goto(f"{link}/p/page_{kind}")
    type_answer(begun.page, keys)
    press(begun.page.locator(".go .go-first"))
    assert not begun.page.url.endswith(f"page_{kind}")
    begun.page.goto(f"{link}/check")
    expect(begun.page.locator(".answers")).to_contain_text(words)
    assert begun.complaints == []


@pytest.mark.parametrize("kind", sorted(WITHOUT_SCRIPTS))
def test_a_kind_needs_no_script(link: str, browser: Browser, kind: str) -> None:
    keys, words = WITHOUT_SCRIPTS[kind]
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        at_question(page, link, kind)
        page.locator(".question input[name], .question select").first.focus()
        for key in keys:
            page.keyboard.press(key)
        press(page.locator(".go .go-first"))
        page.goto(f"{link}/check")
        expect(page.locator(".answers")).to_contain_text(words)


def test_every_kind_fits_a_narrow_screen_from_right_to_left_and_every_reader(link: str, browser: Browser) -> None:
    wrong = []
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        visit = visit_of(context)
        at_question(visit.page, link, "text", "ur")
        for kind in sorted({*KEYS, "text"}):
            visit.page.goto(f"{link}/p/page_{kind}")
            wrong += [f"{kind}: {each}" for each in violations(visit.page)]
            wrong += [f"{kind}: scrolls sideways"] if scrolls_sideways(visit.page) else []
        assert wrong == []
        assert visit.complaints == []


def test_a_slider_has_no_answer_until_it_is_touched(link: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        at_question(page, link, "slider")
        slider = page.get_by_role("slider")
        expect(slider).to_have_attribute("aria-valuetext", "Not answered")
        press(page.locator(".go .go-first"))
        page.goto(f"{link}/p/page_slider")
        expect(slider).to_have_attribute("aria-valuetext", "Not answered")
        slider.focus()
        page.keyboard.press("Space")
        expect(slider).to_have_attribute("aria-valuetext", "50")
        page.get_by_text("I’d rather not answer").click()
        expect(slider).to_have_attribute("aria-valuetext", "Not answered")
        press(page.locator(".go .go-first"))
        page.goto(f"{link}/check")
        expect(page.locator(".answers")).to_contain_text("I’d rather not answer")


def test_a_ranking_is_made_by_buttons_that_keep_the_focus_and_speak(link: str, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True) as context:
        visit = visit_of(context)
        page = visit.page
        at_question(page, link, "ranking")
        page.get_by_role("button", name="Move up: Sport").tap()
        page.get_by_role("button", name="Move up: Good food").tap()
        food = page.get_by_role("button", name="Move up: Good food")
        food.focus()
        page.keyboard.press("Enter")
        expect(food).to_be_focused()
        expect(page.locator(".ranking + p")).to_have_text("Good food: Place 1")
        page.get_by_role("button", name="Move up: A quiet place").tap()
        page.get_by_role("button", name="Move up: Being with friends").tap()
        expect(page.locator(".ranking label")).to_have_text(
            ["Good food", "Sport", "Being with friends", "A quiet place"]
        )
        page.get_by_role("button", name="Move down: Being with friends").tap()
        press(page.locator(".go .go-first"))
        page.goto(f"{link}/check")
        expect(page.locator(".answers")).to_contain_text("1. Good food; 2. Sport")
        assert visit.complaints == []


def test_what_is_left_to_give_is_said_while_typing(link: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        at_question(page, link, "allocation")
        expect(page.locator(".left")).to_have_text("Left to give: 100")
        page.get_by_label("The library").fill("70")
        expect(page.locator(".left")).to_have_text("Left to give: 30")
        press(page.locator(".go .go-first"))
        expect(page.locator(".problem-text")).to_contain_text("You have given 70 of 100. Give 30 more.")
        page.get_by_label("Sport").fill("40")
        expect(page.locator(".left")).to_have_text(re.compile("Too much by 10"))


def test_none_of_these_and_the_others_take_each_others_tick_away(link: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        at_question(page, link, "choices")
        page.get_by_text("Another club", exact=True).click()
        page.get_by_label("Another club: in your own words").fill("Chess")
        page.get_by_text("None of these").click()
        expect(page.get_by_role("checkbox", name="Another club")).not_to_be_checked()
        page.get_by_text("Music").click()
        expect(page.get_by_role("checkbox", name="None of these")).not_to_be_checked()
