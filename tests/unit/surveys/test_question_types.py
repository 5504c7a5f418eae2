"""What each kind of question takes, refuses, stores and counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from surveys.examples import example_question
from surveys.question_types import REGISTRY, AnswerProblem, Question
from surveys.question_types.choices import Choices
from surveys.question_types.comment import Comment
from surveys.question_types.grid import Grid
from surveys.question_types.likert import Likert
from surveys.question_types.number import Number
from surveys.question_types.short_text import ShortText
from surveys.scales import Option, Scale

SCALE = Scale.model_validate(
    {
        "key": "agree",
        "favourable": ["agree"],
        "unscored": [{"code": "dont_know", "label": "Don't know"}],
        "options": [
            {"code": "disagree", "label": "Disagree", "value": 1},
            {"code": "neither", "label": "Neither", "value": 2},
            {"code": "agree", "label": "Agree", "value": 3},
        ],
    }
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def options(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "label": code} for code in codes]


def every_kind() -> list[Question]:
    return [example_question(kind) for kind in REGISTRY]


def test_all_the_kinds_of_the_road_are_registered() -> None:
    assert set(REGISTRY) >= {
        *("likert", "faces", "choice", "choices", "picture_choice", "grid", "choice_grid", "differential", "rating"),
        *("slider", "number", "date", "short_text", "comment", "ranking", "allocation", "consent", "text"),
        "calculated",
    }


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.type)
@given(value=ANYTHING)
def test_whatever_comes_in_is_kept_clean_or_refused_in_words(question: Question, value: object) -> None:
    try:
        clean = question.check(value)
    except AnswerProblem as problem:
        said = str(problem)
    else:
        said = "kept" if clean is None or question.check(clean) == clean else ""
    assert said


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.type)
def test_nothing_answered_is_nothing_stored(question: Question) -> None:
    assert question.parse(MultiDict()) is None
    assert question.check(None) is None


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.type)
def test_every_kind_can_be_read_aloud(question: Question) -> None:
    assert question.speakable("en").startswith(question.prompt.in_("en"))


def test_a_scale_turns_round_for_a_reversed_statement() -> None:
    (column,) = Likert(key="q", prompt="I am bored", scale=SCALE, reverse=True).columns()
    assert column.favourable == {"disagree"}
    assert (column.score("disagree"), column.score("neither"), column.score("agree")) == (100, 50, 0)
    assert column.score("dont_know") is None


def test_a_likert_answer_must_be_one_of_its_codes() -> None:
    question = Likert(key="q", prompt="Fine", scale=SCALE)
    assert question.check("dont_know") == "dont_know"
    with pytest.raises(AnswerProblem, match="Choose one"):
        question.check("Agree")


def test_ticks_keep_the_order_of_the_options() -> None:
    question = Choices.model_validate(
        {"key": "q", "prompt": "Which?", "options": options("a", "b", "c"), "min": 1, "max": 2}
    )
    assert question.check(["c", "a", "a"]) == ["a", "c"]
    with pytest.raises(AnswerProblem, match="at most 2"):
        question.check(["a", "b", "c"])


def test_ticks_count_in_a_column_for_each_option() -> None:
    question = Choices.model_validate({"key": "q", "prompt": "Which?", "options": options("a", "b")})
    assert [column.key for column in question.columns()] == ["q.a", "q.b"]
    assert question.column_codes(["b"]) == {"q.a": "not_chosen", "q.b": "chosen"}


def test_a_grid_has_a_field_and_a_column_for_each_row() -> None:
    rows = [{"key": "one", "label": "One"}, {"key": "two", "label": "Two", "reverse": True}]
    grid = Grid.model_validate({"key": "q", "prompt": "How?", "rows": rows, "scale": SCALE})
    assert grid.parse(MultiDict({"q.one": "agree", "q.two": ""})) == {"one": "agree"}
    assert [(column.key, column.favourable) for column in grid.columns()] == [
        ("q.one", {"agree"}),
        ("q.two", {"disagree"}),
    ]
    with pytest.raises(AnswerProblem):
        grid.check({"three": "agree"})


@pytest.mark.parametrize(
    ("typed", "kept"), [("3", 3), (" 2,5 ", 2.5), ("1e1", 10), (4, 4), ("", None), ("\u22121", -1)]
)
def test_numbers_are_read_as_people_type_them(typed: object, kept: float | None) -> None:
    assert Number(key="q", prompt="How many?", min=-5, max=20, decimals=True).check(typed) == kept


@pytest.mark.parametrize("typed", ["many", "nan", "inf", "1e999", True, [1], "2.5", "11", "-1", "9" * 5000])
def test_what_is_no_number_in_range_is_refused_with_what_to_write(typed: object) -> None:
    with pytest.raises(AnswerProblem, match="Write a number"):
        Number(key="q", prompt="How many?", max=10).check(typed)


def test_a_comment_is_never_cut() -> None:
    question = Comment(key="q", prompt="Tell us", max_length=10)
    assert question.check("  ten chars\r\n") == "ten chars"
    with pytest.raises(AnswerProblem, match=r"has 100,000 characters. We can keep 10"):
        question.check("x" * 100_000)


def test_text_is_freed_of_what_no_database_keeps() -> None:
    assert Comment(key="q", prompt="?").check("a\x00b\ud800c") == "ab?c"


def test_a_short_text_stays_on_one_line_and_apart_from_the_answers() -> None:
    question = ShortText(key="q", prompt="One word?")
    assert question.check("two\nlines") == "two lines"
    assert question.is_comment


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"favourable": ["never"]}, "'never' among the favourable"),
        (
            {
                "options": [{"code": "b", "label": "B", "value": 2}, {"code": "a", "label": "A", "value": 1}],
                "favourable": ["a"],
            },
            "rise",
        ),
        (
            {
                "options": [{"code": "a", "label": "A", "value": 1}, {"code": "a", "label": "B", "value": 2}],
                "favourable": ["a"],
            },
            "twice",
        ),
        (
            {"options": [{"code": "a", "label": "A"}, {"code": "b", "label": "B", "value": 2}], "favourable": ["a"]},
            "no value",
        ),
    ],
)
def test_an_unsound_scale_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Scale.model_validate(SCALE.model_dump() | change)


def test_an_option_knows_its_words_in_each_language() -> None:
    assert Option.model_validate({"code": "yes", "label": {"en": "Yes", "pl": "Tak"}}).label.in_("pl") == "Tak"
