"""Advice about answers that people must give, or that may point at them."""

from typing import Any

import pytest

from surveys.checking import problems
from surveys.definition import Questionnaire


def advised(question: dict[str, Any]) -> list[str]:
    page = {"key": "page", "questions": [{"key": "q", "prompt": "Well?", **question}]}
    whole = {"key": "whole", "title": "Whole", "groups": ["staff"], "audience": "staff", "pages": [page]}
    return [str(problem) for problem in problems(Questionnaire.model_validate(whole)) if not problem.hard]


def test_an_author_is_warned_of_a_needed_answer() -> None:
    assert any("without an answer" in words for words in advised({"type": "comment", "required": True}))


def test_consent_may_be_needed_and_nothing_is_said_of_what_is_not() -> None:
    assert advised({"type": "consent", "statement": "We keep it.", "required": True}) == []
    assert advised({"type": "comment"}) == []


@pytest.mark.parametrize(
    ("question", "warned"),
    [
        ({"type": "date"}, True),
        ({"type": "date", "precision": "month"}, False),
        ({"type": "short_text", "format": "email"}, True),
        ({"type": "short_text", "format": "postcode"}, True),
        ({"type": "short_text"}, False),
    ],
)
def test_an_author_is_warned_of_answers_that_point_at_people(question: dict[str, Any], warned: bool) -> None:
    assert any("may point at one person" in words for words in advised(question)) == warned
