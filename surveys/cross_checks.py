"""Checks across answers: which of them fail, and beside which question that is said. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stakeholder.localised import Localised
from surveys.definition import Page, Questionnaire
from surveys.flow import AnswerCheck
from surveys.piping import piped_text
from surveys.question_types import AnswerProblem

Failures = dict[str, tuple[AnswerProblem, str]]
"""By question: what to say, and the words that confirm it where it is only odd."""


def failing(
    questionnaire: Questionnaire, answers: Mapping[str, Any], pages: Sequence[Page], place: int, *, soft: bool
) -> Failures:
    """What is wrong (or, soft, odd) across answers on one page; of several beside a question, the first.

    answers  those that count;  pages, place  the pages that are shown, and which of them was answered
    A check is due on a page with one of its questions, once none of them is still to come.
    """
    here = [question.key for question in pages[place].questions]
    later = {question.key for page in pages[place + 1 :] for question in page.questions} - answers.keys()
    found: Failures = {}
    for check in questionnaire.checks:
        asked = check.wrong_if.questions
        due = [key for key in here if key in asked]
        if check.soft is soft and due and not asked & later and check.wrong_if.holds(answers):
            beside = check.at if check.at in here else due[-1]
            found.setdefault(beside, (_said(questionnaire, check, answers), _confirmation(check, answers)))
    return found


def failing_anywhere(
    questionnaire: Questionnaire, answers: Mapping[str, Any], pages: Sequence[Page]
) -> Iterator[tuple[int, dict[str, AnswerProblem]]]:
    """Hard checks that fail, page by page as (place, what is wrong by question)."""
    for place in range(len(pages)) if questionnaire.checks else ():
        found = failing(questionnaire, answers, pages, place, soft=False)
        if found:
            yield place, {key: problem for key, (problem, _) in found.items()}


def _said(questionnaire: Questionnaire, check: AnswerCheck, answers: Mapping[str, Any]) -> AnswerProblem:
    """The author's words, with the answers that they take up."""
    words = {
        language: piped_text(text, questionnaire.by_key, answers, language)
        for language, text in check.message.root.items()
    }
    return AnswerProblem("", own=Localised(words))


def _confirmation(check: AnswerCheck, answers: Mapping[str, Any]) -> str:
    """Confirms these answers, and no others that are odd in the same way."""
    return f"{check.key}: " + ", ".join(str(answers.get(key)) for key in sorted(check.wrong_if.questions))
