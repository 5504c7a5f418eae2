"""Which pages a respondent sees, given the answers so far. Pure."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from surveys.definition import Page, Questionnaire
from surveys.question_types import Question


def visible_pages(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, one_at_a_time: bool = False
) -> tuple[Page, ...]:
    """Pages with the questions that are shown; pages without any are left out.

    one_at_a_time   each question gets a page of its own; styles for children have it always
    A condition counts only answers to questions that are themselves shown.
    """
    alone = one_at_a_time or questionnaire.style != "standard"
    if not questionnaire.has_conditions:
        return _unconditional(questionnaire, alone)
    return _laid_out(_shown(questionnaire, answers), alone)


@lru_cache(maxsize=64)
def _unconditional(questionnaire: Questionnaire, alone: bool) -> tuple[Page, ...]:
    return _laid_out(tuple(page for each in questionnaire.pages for page in _asked(each)), alone)


def _shown(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[Page, ...]:
    seen: dict[str, Any] = {}
    pages: list[Page] = []
    for page in questionnaire.pages:
        if page.show_if and not page.show_if.holds(seen):
            continue
        questions = tuple(q for q in page.questions if q.show_if is None or q.show_if.holds(seen))
        for question in questions:
            calculated = question.is_calculated
            value = question.computed(seen, questionnaire.by_key) if calculated else answers.get(question.key)
            if value is not None:
                seen[question.key] = value
        if any(question.counts_as_question for question in questions) or len(questions) == len(page.questions):
            pages += _asked(page, questions)
    return tuple(pages)


def _asked(page: Page, shown: tuple[Question, ...] | None = None) -> list[Page]:
    """The page with the shown questions that somebody is asked; nothing when there are none."""
    shown = page.questions if shown is None else shown
    asked = tuple(question for question in shown if not question.is_calculated)
    if len(asked) == len(page.questions):
        return [page]
    return [page.model_copy(update={"questions": asked})] if asked else []


def _laid_out(pages: tuple[Page, ...], alone: bool) -> tuple[Page, ...]:
    return tuple(single for page in pages for single in _singles(page)) if alone else pages


def _singles(page: Page) -> list[Page]:
    """One page for each question; a block of text stays with the question that follows it."""
    singles: list[Page] = []
    waiting: list[Question] = []
    for question in page.questions:
        waiting.append(question)
        if question.counts_as_question:
            singles.append(page.model_copy(update={"key": f"{page.key}.{question.key}", "questions": tuple(waiting)}))
            waiting = []
    if waiting:
        singles.append(page.model_copy(update={"key": f"{page.key}.{waiting[-1].key}", "questions": tuple(waiting)}))
    return singles
