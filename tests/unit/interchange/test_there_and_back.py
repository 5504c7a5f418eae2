"""Ours, written for another tool and read again: everybody is asked what they were asked before."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definition import Questionnaire
from surveys.interchange.formats import read
from surveys.interchange.own import parts_of
from surveys.interchange.writers import WRITERS
from surveys.path import visible_pages
from surveys.question_types import Question
from tests.definitions import definitions, respondents

EXCHANGED = ("xlsform", "lss", "limesurvey-txt", "qsf", "surveyjs")
DEEP = os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep"
EXAMPLES = settings(
    max_examples=1_500 if DEEP else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def without_rules_of_parts(whole: Questionnaire) -> Questionnaire:
    """The same questionnaire, every option and row shown to everyone: not every format has rules for them."""
    content = whole.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for page in content["pages"]:
        for question in page["questions"]:
            for part in (*question.get("options", ()), *question.get("rows", ())):
                part.pop("show_if", None)
    return Questionnaire.model_validate(content)


def by_words(question: Question, name: str) -> dict[str, str]:
    """Codes of its options or rows by their words."""
    return {str(part.label): getattr(part, "code", None) or part.key for part in parts_of(question, name)}


def translated(question: Question, other: Question, value: Any) -> Any:
    """The answer to a question as the other one would store it."""
    options = {code: by_words(other, "options").get(words, "") for words, code in by_words(question, "options").items()}
    rows = {key: by_words(other, "rows").get(words, "") for words, key in by_words(question, "rows").items()}
    if isinstance(value, dict):
        return {rows[row]: options.get(inside, inside) for row, inside in value.items()}
    if isinstance(value, list):
        return [options.get(each, each) for each in value]
    return options.get(value, value) if isinstance(value, str) else value


def asked_of(whole: Questionnaire, answers: dict[str, Any]) -> set[str]:
    """What someone is asked who gives these answers, by the words of the questions."""
    shown = (question for page in visible_pages(whole, answers) for question in page.questions)
    return {str(question.prompt) for question in shown if question.counts_as_question}


@pytest.mark.parametrize("name", EXCHANGED)
@EXAMPLES
@given(data=st.data())
def test_everybody_is_asked_the_same_after_a_round_trip(name: str, data: st.DataObject) -> None:
    whole = without_rules_of_parts(data.draw(definitions()))
    if not any(question.counts_as_question for question in whole.questions):
        return
    written, told = WRITERS[name].write(whole, "en")
    back, read_again = read(written, f"file{WRITERS[name].ending}")
    lost = [*told.of("dropped"), *read_again.of("dropped")]
    if any(entry["item"].startswith(("condition", "end", "check")) for entry in lost):
        return
    again = {str(question.prompt): question for question in back.questions}
    _, answers = data.draw(respondents(whole))
    theirs = {}
    for key, value in answers.items():
        question = whole.by_key[key]
        other = again[str(question.prompt)]
        theirs[other.key] = translated(question, other, value)
    assert asked_of(back, theirs) == asked_of(whole, answers)
    assert [str(question.prompt) for question in back.questions if question.counts_as_question] == [
        str(question.prompt) for question in whole.questions if question.counts_as_question
    ]


@pytest.mark.parametrize("name", EXCHANGED)
@EXAMPLES
@given(whole=definitions())
def test_whatever_we_write_can_be_read_again(name: str, whole: Questionnaire) -> None:
    if any(question.counts_as_question for question in whole.questions):
        back, report = read(WRITERS[name].write(whole, "en")[0], f"file{WRITERS[name].ending}")
        assert report.counts.questions == sum(question.counts_as_question for question in whole.questions)
        assert back.questions
