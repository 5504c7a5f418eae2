"""Advice to writers of questionnaires."""

import pytest

from surveys.definition import Questionnaire
from surveys.designing.advice import wording_advice, writing_advice
from surveys.designing.reading_age import reading_age, syllables_of
from surveys.framework import default_framework

SCALE = default_framework().scale("agree5")


def advice_on(prompt: str, *, kind: str = "likert", style: str = "standard", audience: str = "secondary") -> str:
    question = {"type": kind, "key": "one", "prompt": prompt}
    question |= {"scale": SCALE} if kind == "likert" else {}
    content = {"key": "k", "title": "T", "groups": ["student"], "audience": audience, "style": style,
               "pages": [{"key": "p", "questions": [question]}]}  # fmt: skip
    return " ".join(each.words for each in writing_advice(Questionnaire.model_validate(content)))


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("My teachers are kind and my lessons are fun", "two things at once"),
        ("Is lunch tasty/healthy?", "two things at once"),
        ("Don’t you think our school is great?", "leads to an answer"),
        ("I do not feel safe here", "worded negatively"),
        ("I never feel that nobody listens", "says no twice"),
        ("Institutional communication demonstrates transparency regarding organisational priorities", "reading age"),
        ("What is your tutor group?", "tell who someone is"),
    ],
)
def test_what_is_hard_to_answer_is_named(prompt: str, said: str) -> None:
    assert said in advice_on(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "I feel safe at school",
        "Parents and carers are welcome here",
        "I like my lessons",
        "I feel safe in and around this school",
    ],
)
def test_what_is_plain_gets_no_advice(prompt: str) -> None:
    assert advice_on(prompt) == ""


def test_rows_are_read_like_questions_and_the_same_words_twice_are_named() -> None:
    rows = [{"key": "a", "label": "Lessons are fun and useful"}, {"key": "b", "label": "I am not bored"}]
    grid = {"type": "grid", "key": "one", "prompt": "How are lessons?", "scale": SCALE, "rows": rows}
    again = {"type": "comment", "key": "two", "prompt": "how are lessons"}
    content = {"key": "k", "title": "T", "groups": ["student"], "audience": "secondary",
               "pages": [{"key": "p", "questions": [grid, again]}]}  # fmt: skip
    found = {each.key: each.words for each in writing_advice(Questionnaire.model_validate(content))}
    assert "Make two rows" in found["one.a"]
    assert "worded negatively" in found["one.b"]
    assert "asked before" in found["two"]


def test_a_split_that_makes_groups_too_small_for_this_school_is_named() -> None:
    options = [{"code": f"y{year}", "label": f"Year {year}"} for year in range(7, 14)]
    year = {"type": "choice", "key": "year", "prompt": "Which year?", "options": options}
    content = {"key": "k", "title": "T", "groups": ["student"], "audience": "secondary", "breakdowns": ["year"],
               "pages": [{"key": "p", "questions": [year]}]}  # fmt: skip
    made = Questionnaire.model_validate(content)
    assert "at least 70 people" in " ".join(each.words for each in writing_advice(made, people=45))
    assert "people" not in " ".join(each.words for each in writing_advice(made, people=700))


def test_five_answers_are_too_many_for_the_youngest() -> None:
    assert "at most 3" in advice_on("I like school a lot", style="youngest", audience="primary_ks1")
    assert "hard at this age" in advice_on("How much do you like it?", kind="slider", style="youngest")


@pytest.mark.parametrize(
    ("word", "count"), [("safe", 1), ("teacher", 2), ("wanted", 2), ("asked", 1), ("little", 2), ("community", 4)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_the_formula_by_hand() -> None:
    """Six words, one sentence, seven syllables: 0.39 * 6 + 11.8 * 7 / 6 - 15.59 + 5 = 5.52."""
    assert reading_age("The cat sat on the table.") == pytest.approx(5.517, abs=0.001)
    assert reading_age("Too short.") is None


def test_a_wording_in_the_columns_is_judged_by_its_own_audience() -> None:
    hard = {"key": "q", "type": "slider", "prompt": "Teachers and governors never demonstrate transparency"}
    for audience, style, said in (("primary_ks1", "youngest", 3), ("staff", "standard", 1)):
        found = [each.text for each in wording_advice(hard, audience=audience, style=style)]
        assert any("two things at once" in each for each in found)
        assert any("hard at this age" in each for each in found) == (style == "youngest")
        assert len(found) >= said
