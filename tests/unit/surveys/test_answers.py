"""Answer documents and the pages they lead to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import breakdown_values, check_document, split_comments
from surveys.loading import load_questionnaire
from surveys.path import visible_pages
from tests.makers import questionnaire

BRANCHING = load_questionnaire(
    """
key: branching
title: Branching
groups: [student]
audience: secondary
breakdowns: [year]
pages:
- key: first
  questions:
  - {key: year, type: choice, prompt: Year?, options: [{code: y7, label: Year 7}, {code: y11, label: Year 11}]}
- key: leaving
  show_if: {question: year, is: y11}
  questions:
  - {key: heading, type: text, prompt: Leaving school}
  - {key: college, type: choice, prompt: College?, options: [{code: 'yes', label: 'Yes'}, {code: 'no', label: 'No'}]}
  - {key: why, type: comment, prompt: Why?}
- key: last
  questions:
  - {key: which, type: short_text, prompt: Which college?, show_if: {question: college, is: 'yes'}}
  - {key: anything, type: comment, prompt: Anything else?}
""",
    source="branching.yaml",
)


def seen(answers: dict[str, Any], *, one_at_a_time: bool = False) -> list[list[str]]:
    pages = visible_pages(BRANCHING, answers, one_at_a_time=one_at_a_time)
    return [[question.key for question in page.questions] for page in pages]


def test_a_page_is_shown_to_those_it_is_for() -> None:
    assert seen({}) == [["year"], ["anything"]]
    assert seen({"year": "y11"}) == [["year"], ["heading", "college", "why"], ["anything"]]
    assert seen({"year": "y11", "college": "yes"})[-1] == ["which", "anything"]


def test_a_question_that_is_hidden_again_decides_nothing() -> None:
    assert seen({"year": "y7", "college": "yes"}) == [["year"], ["anything"]]


def test_one_at_a_time_keeps_a_block_of_text_with_its_question() -> None:
    assert seen({"year": "y11"}, one_at_a_time=True) == [["year"], ["heading", "college"], ["why"], ["anything"]]


def test_answers_to_hidden_questions_are_left_out() -> None:
    clean, problems = check_document(BRANCHING, {"year": "y7", "college": "yes", "which": "Hill College"})
    assert (clean, problems) == ({"year": "y7"}, {})


def test_what_is_wrong_is_said_by_question_and_the_rest_kept() -> None:
    clean, problems = check_document(questionnaire(), {"safe": "agree", "hours": "lots", "stranger": 1})
    assert clean == {"safe": "agree"}
    assert set(problems) == {"hours", "stranger"}


def test_comments_part_from_answers() -> None:
    coded, comments = split_comments(questionnaire(), {"safe": "agree", "better": "More clubs"})
    assert (coded, comments) == ({"safe": "agree"}, [("better", "More clubs")])


def test_breakdowns_are_those_answered() -> None:
    assert breakdown_values(BRANCHING, {"year": "y7", "anything": "x"}) == {"year": "y7"}
    assert breakdown_values(BRANCHING, {}) == {}


@pytest.mark.parametrize("alone", [False, True])
@given(
    answers=st.fixed_dictionaries(
        {},
        optional={
            "year": st.sampled_from(["y7", "y11"]),
            "college": st.sampled_from(["yes", "no"]),
            "which": st.text(),
            "why": st.text(),
        },
    )
)
def test_checking_twice_changes_nothing_and_keeps_only_what_is_shown(answers: dict[str, Any], *, alone: bool) -> None:
    clean, _ = check_document(BRANCHING, answers)
    assert check_document(BRANCHING, clean) == (clean, {})
    assert set(clean) <= {key for page in seen(clean, one_at_a_time=alone) for key in page}
