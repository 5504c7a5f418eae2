"""Ways through a questionnaire: sections, options, blocks, orders, repeats, the end."""

from typing import Any

import pytest

from surveys.definition import Questionnaire
from surveys.ordering import AS_WRITTEN, Draw, arranged, drawn, fitting
from surveys.path import answered_path, visible_pages
from tests.makers import questionnaire

FLOW = questionnaire("flow")


def seen(answers: dict[str, Any], draw: Draw = AS_WRITTEN) -> list[str]:
    return [question.key for page in visible_pages(FLOW, answers, draw=draw) for question in page.questions]


def test_a_section_is_shown_to_those_it_is_for() -> None:
    assert "college_name" not in seen({"year": "y7"})
    assert "college_name" in seen({"year": "y11"})


def test_a_section_hangs_on_how_many_are_ticked() -> None:
    assert "hours_club" not in seen({})
    assert "hours_club" in seen({"activities": ["art"]})


def test_an_option_and_a_row_are_shown_to_those_they_are_for() -> None:
    pages = visible_pages(FLOW, {"activities": ["art"]})
    best, ratings = next(page for page in pages if page.key == "club_best").questions
    assert best.codes == {"art", "other"}
    assert [row.key for row in getattr(ratings, "rows", ())] == ["fun"]


def test_a_choice_that_is_no_longer_offered_does_not_count() -> None:
    answers = {"activities": ["chess"], "best": "art", "ratings": {"chess_fun": "agree", "fun": "agree"}}
    assert answered_path(FLOW, answers) == {"activities": ["chess"], "ratings": answers["ratings"]}
    assert answered_path(FLOW, {**answers, "activities": ["art"]})["ratings"] == {"fun": "agree"}


def test_nothing_follows_for_those_who_skip_to_the_end() -> None:
    assert seen({"stop": "yes"})[-1] == "stop"
    assert seen({"stop": "no"})[-1] == "ask_b"


def test_a_section_is_asked_once_for_each_child() -> None:
    assert [key for key in seen({"children": 2}) if key.startswith("sibling_year")] == [
        "sibling_year",
        "sibling_year__2",
    ]
    assert "sibling_year" not in seen({"children": 0})
    titles = [str(page.title) for page in visible_pages(FLOW, {"children": 2}) if page.key.startswith("sibling_two")]
    assert titles == ["Child 1", "Child 2"]


def test_each_arm_sees_its_own_questions_and_a_preview_all() -> None:
    assert {"ask_a", "ask_b"} <= set(seen({}))
    assert {"ask_a", "ask_b"} & set(seen({}, Draw(0, {"form": "b"}))) == {"ask_b"}


def test_orders_turn_so_that_each_stands_once_at_each_place() -> None:
    orders = [arranged("abcd", 4, order, name="question/x") for order in range(4)]
    assert all({order[place] for order in orders} == set("abcd") for place in range(4))


def test_what_is_fixed_keeps_its_place() -> None:
    pages = [visible_pages(FLOW, {}, draw=Draw(order, {"form": "a"})) for order in range(FLOW.orders)]
    options = [[option.code for option in walk[0].questions[1].options] for walk in pages]  # type: ignore[attr-defined]
    assert len({tuple(each) for each in options}) == 4
    assert all(each[-1] == "nothing" and len(each) == 4 for each in options)


def test_pages_of_a_section_and_questions_of_a_page_come_in_their_orders() -> None:
    orders = [seen({"activities": ["art"]}, Draw(order, {"form": "a"})) for order in range(FLOW.orders)]
    firsts = {min(("hours_club", "best"), key=order.index) for order in orders}
    assert firsts == {"hours_club", "best"}
    assert len({tuple(order[-3:]) for order in orders}) > 2
    assert len({frozenset(order) for order in orders}) == 1


def test_a_draw_is_few_words_and_comes_back() -> None:
    draw = drawn(FLOW, lambda below: below - 1)
    assert draw == Draw(5, {"form": "b"})
    assert Draw.from_json(draw.to_json()) == draw
    assert fitting(FLOW, draw) and not fitting(FLOW, Draw(6, {"form": "b"})) and not fitting(FLOW, AS_WRITTEN)
    assert drawn(questionnaire(), lambda _below: 0) is AS_WRITTEN


def changed(**changes: Any) -> Questionnaire:
    return Questionnaire.model_validate({**FLOW.model_dump(by_alias=True), **changes})


UNSPLIT = {"key": "x", "limit": 9, "when": {"question": "safe", "answered": True}}
SHUFFLED = [{"key": "about", "shuffle": True}, *({"key": key} for key in ("leaving", "clubs", "child"))]
VALUELESS = {"key": "x", "title": "X", "items": ["safe", "year"]}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sections": []}, "page 'first', section: found 'about'"),
        ({"sections": SHUFFLED}, "page 'exit', skip_to_end_if: found among pages in random order"),
        ({"blocks": [{"key": "x", "arms": [{"key": "a"}, {"key": "b", "pages": ["nowhere"]}]}]}, "found 'nowhere'"),
        (
            {"quotas": [UNSPLIT]},
            "expected a breakdown",
        ),
        (
            {"scales": [VALUELESS]},
            "found 'year', expected a question or row",
        ),
        ({"checks": [{"key": "x", "message": "M", "wrong_if": {"question": "no", "is": "y"}}]}, "found the question"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        changed(**changes)
