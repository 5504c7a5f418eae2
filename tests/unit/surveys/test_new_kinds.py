"""What the kinds with more to them than a code take, refuse, store and count."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from surveys.examples import example_question
from surveys.question_types import REGISTRY, AnswerProblem, Question


def made(kind: str, **fields: Any) -> Question:
    return REGISTRY[kind].model_validate({"key": "q", "prompt": "Well?", **fields})


def options(*codes: str, **more: Any) -> list[dict[str, Any]]:
    return [{"code": code, "label": code, **more} for code in codes]


@pytest.mark.parametrize(
    ("kind", "fields", "given", "stored"),
    [
        ("rating", {}, "10", 10),
        ("rating", {}, "rather_not", "rather_not"),
        ("slider", {"step": 5}, "52", 50),
        ("slider", {"max": 1, "step": 0.1}, "0,3", 0.3),
        ("date", {}, "27/3/2026", "2026-03-27"),
        ("date", {}, {"day": "7", "month": "03", "year": "2026"}, "2026-03-07"),
        ("date", {"precision": "month"}, "3 2026", "2026-03"),
        ("date", {"precision": "month"}, {"month": "12", "year": "2026"}, "2026-12"),
        ("short_text", {"format": "postcode"}, "sw1a1aa", "SW1A 1AA"),
        ("short_text", {"format": "email"}, " a.b@school.example ", "a.b@school.example"),
        ("short_text", {"pattern": "[0-9]+[A-Z]"}, "7B", "7B"),
        ("ranking", {"options": options("a", "b", "c")}, {"b": "1", "a": "2", "c": ""}, ["b", "a"]),
        ("allocation", {"options": options("a", "b")}, {"a": "100", "b": ""}, {"a": 100, "b": 0}),
        ("consent", {"statement": "We keep it."}, True, "yes"),
        ("choices", {"options": [*options("a"), *options("none", exclusive=True)], "min": 1}, ["none"], ["none"]),
    ],
)
def test_an_answer_is_stored_in_one_shape(kind: str, fields: dict[str, Any], given: Any, stored: Any) -> None:
    question = made(kind, **fields)
    assert question.check(given) == stored
    assert question.check(stored) == stored


@pytest.mark.parametrize(
    ("kind", "fields", "given", "said"),
    [
        ("rating", {}, "11", "Choose one"),
        ("rating", {}, "2.5", "Choose one"),
        ("slider", {}, "101", "from 0 to 100"),
        ("date", {}, "30/2/2026", "a date that exists"),
        ("date", {}, {"day": "3", "year": "2026"}, "a date that exists"),
        ("date", {"earliest": "2026-01-01"}, "31/12/2025", "not before 1/1/2026"),
        ("date", {"precision": "month", "latest": "2026-06"}, "7 2026", "not after 6/2026"),
        ("short_text", {"format": "postcode"}, "12345", "postcode such as"),
        ("short_text", {"format": "email"}, "somebody", "e-mail address such as"),
        ("short_text", {"pattern": "[0-9]+", "pattern_message": "Digits, please."}, "7B", "Digits, please."),
        ("ranking", {"options": options("a", "b")}, {"a": "1", "b": "1"}, "Two of them have place 1"),
        ("ranking", {"options": options("a", "b", "c")}, {"a": "1", "b": "3"}, "Nothing has place 2"),
        ("allocation", {"options": options("a", "b")}, {"a": "60", "b": "30"}, "given 90 of 100. Give 10 more"),
        ("allocation", {"options": options("a", "b")}, {"a": "60", "b": "50"}, "given 110 of 100. Take 10 away"),
        ("allocation", {"options": options("a", "b")}, {"a": "-1"}, "whole numbers only"),
        ("choices", {"options": [*options("a"), *options("none", exclusive=True)]}, ["a", "none"], "no other fits"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(
    kind: str, fields: dict[str, Any], given: Any, said: str
) -> None:
    with pytest.raises(AnswerProblem, match=said):
        made(kind, **fields).check(given)


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("rating", {"min": 5, "max": 6}, "3 to 21 points"),
        ("slider", {"step": 30}, "whole steps"),
        ("number", {"bands": [5, 3]}, "bands that do not rise"),
        ("number", {"max": 9, "usual_max": 10}, "usual_min or usual_max"),
        ("date", {"earliest": "soon"}, "expected a date like"),
        ("date", {"earliest": "2026-02-01", "latest": "2026-01-01"}, "in order"),
        ("short_text", {"pattern": "(a"}, "RE2 cannot read"),
        ("short_text", {"pattern": "(?=a)b"}, "RE2 cannot read"),
        ("short_text", {"pattern": "a" * 201}, "at most 200"),
        ("ranking", {"options": options("a", "b"), "most": 3}, "at most that many"),
        ("picture_choice", {"options": options("a", "b")}, "has no picture"),
        ("choice_grid", {"rows": [], "options": options("a", "b")}, "at least 1"),
        ("calculated", {"value": {"answer": "a", "number": 1}}, "expected one of"),
        ("calculated", {"value": {"number": 1}, "required": True}, "nobody is asked"),
        ("calculated", {"value": {"cases": [{"when": {"question": "a", "is": "b"}, "then": "c"}]}}, "the result 'c'"),
    ],
)
def test_an_unsound_question_is_refused_in_words(kind: str, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        made(kind, **fields)


def test_a_pattern_takes_no_longer_for_a_hostile_text() -> None:
    question = made("short_text", pattern="(a+)+b", longest=500)
    with pytest.raises(AnswerProblem):
        question.check("a" * 500)


def test_not_wanting_to_answer_outweighs_a_number_beside_it() -> None:
    assert made("slider").parse(MultiDict({"q": "50", "q.rather_not": "yes"})) == "rather_not"


def test_numbers_are_counted_in_bands_only() -> None:
    (column,) = made("number", max=40, bands=[5, 10]).columns()
    assert [str(option.label) for option in column.options] == ["0–4", "5–9", "10+"]
    question = made("number", max=40, bands=[5, 10])
    assert [question.column_codes(each)["q"] for each in (4, 5, 10, 40)] == ["band_1", "band_2", "band_3", "band_3"]
    assert made("number").columns() == ()


def test_a_slider_is_counted_in_fifths() -> None:
    question = made("slider")
    (column,) = question.columns()
    assert [str(option.label) for option in column.options] == ["0–20", "21–40", "41–60", "61–80", "81–100"]
    assert column.favourable == {"band_4", "band_5"}
    assert question.column_codes("rather_not") == {"q": "rather_not"}


def test_the_two_best_numbers_of_a_rating_are_favourable() -> None:
    (usual,) = made("rating").columns()
    (turned,) = made("rating", reverse=True).columns()
    assert (usual.favourable, turned.favourable) == ({"9", "10"}, {"0", "1"})
    assert (usual.score("0"), usual.score("5"), usual.score("10"), turned.score("0")) == (0, 50, 100, 100)


def test_places_are_counted_for_each_option() -> None:
    question = example_question("ranking")
    codes = question.column_codes(["quiet", "food"])
    assert codes["what_matters.quiet"] == "1"
    assert codes["what_matters.sport"] == "not_ranked"
    assert [question.columns()[0].score(place) for place in ("1", "2", "3")] == [100, 50, 0]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ({"sum": [{"answer": "one"}, {"answer": "two"}, {"answer": "none"}]}, 7),
        ({"mean": [{"answer": "one"}, {"answer": "two"}]}, 3.5),
        ({"difference": [{"answer": "two"}, {"answer": "none"}]}, None),
        ({"ratio": [{"answer": "two"}, {"number": 0}]}, None),
        ({"product": [{"answer": "two"}, {"number": 2}]}, 8),
        ({"greatest": [{"answer": "one"}, {"answer": "two"}]}, 4),
        ({"count": [{"question": "one", "answered": True}, {"question": "none", "answered": True}]}, 1),
        ({"score": "liked"}, 90),
    ],
)
def test_a_value_is_worked_out_of_earlier_answers(value: dict[str, Any], result: float | None) -> None:
    answers = {"one": 3, "two": 4, "liked": 9}
    assert made("calculated", value=value).computed(answers, {"liked": made("rating")}) == result
