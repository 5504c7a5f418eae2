"""Which pages a respondent sees, given the answers so far and what chance chose. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from surveys.definition import Page, Questionnaire
from surveys.ordering import AS_WRITTEN, Draw, arranged
from surveys.question_types import Question
from surveys.shown import kept, shown_question


def visible_pages(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, one_at_a_time: bool = False, draw: Draw = AS_WRITTEN
) -> tuple[Page, ...]:
    """Pages with the questions, options and rows that are shown; pages without any are left out.

    one_at_a_time   each question gets a page of its own; styles for children have it always
    draw            order and arms of this respondent
    A condition counts only answers to questions that are themselves shown.
    """
    alone = one_at_a_time or questionnaire.style != "standard"
    if not questionnaire.has_conditions:
        return _unconditional(questionnaire, alone)
    pages = [page for page, _ in walked(questionnaire, answers, draw)]
    asked = _asked(pages) if questionnaire.calculated else pages
    return _laid_out(_in_order(questionnaire, asked, draw.order), alone)


def answered_path(questionnaire: Questionnaire, answers: Mapping[str, Any], draw: Draw = AS_WRITTEN) -> dict[str, Any]:
    """The answers that count: those to what is shown, in the questionnaire's order."""
    seen: dict[str, Any] = {}
    for _, seen in walked(questionnaire, answers, draw):  # noqa: B007 - the last one holds them all
        pass
    return seen


def walked(
    questionnaire: Questionnaire, answers: Mapping[str, Any], draw: Draw
) -> Iterator[tuple[Page, dict[str, Any]]]:
    """Each page that is shown, as written, with all answers that count up to and including it."""
    seen: dict[str, Any] = {}
    for page in questionnaire.asked_pages:
        shown = shown_page(questionnaire, page, seen, draw)
        if shown is None:
            continue
        seen.update(counted(questionnaire, shown, page, answers, seen))
        yield shown, seen
        if page.skip_to_end_if and page.skip_to_end_if.holds(seen):
            return


def shown_page(
    questionnaire: Questionnaire, page: Page, seen: Mapping[str, Any], draw: Draw = AS_WRITTEN
) -> Page | None:
    """The page as it is shown to someone who gave these answers before; None when it is not.

    What is shown whole is the very page, so that what was worked out for it once serves again.
    """
    if not _in_arm(questionnaire, "pages", page.key, draw) or (page.show_if and not page.show_if.holds(seen)):
        return None
    varying = questionnaire.varying
    if not any(question.key in varying for question in page.questions):
        return page
    questions = tuple(
        shown
        for question in page.questions
        if (shown := _question_shown(questionnaire, question, seen, draw) if question.key in varying else question)
        is not None
    )
    whole = len(questions) == len(page.questions)
    if not whole and not any(question.counts_as_question or question.is_calculated for question in questions):
        return None
    same = whole and all(one is other for one, other in zip(questions, page.questions, strict=True))
    return page if same else page.model_copy(update={"questions": questions})


def _question_shown(
    questionnaire: Questionnaire, question: Question, seen: Mapping[str, Any], draw: Draw
) -> Question | None:
    return (
        shown_question(question, seen, draw.order) if _in_arm(questionnaire, "questions", question.key, draw) else None
    )


def counted(
    questionnaire: Questionnaire, shown: Page, page: Page, answers: Mapping[str, Any], seen: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers to what is shown of a page, and values worked out on it from these and the answers before (`seen`).

    A choice that is not offered any more does not count.
    """
    whole = shown is page
    found: dict[str, Any] = {}
    for question in shown.questions:
        if question.is_calculated:
            value = question.computed({**seen, **found}, questionnaire.by_key)
        else:
            value = answers.get(question.key)
            value = value if whole or value is None else kept(question, value)
        if value is not None:
            found[question.key] = value
            found.update({key: answers[key] for key in question.keys_asked(value)[1:] if key in answers})
    return found


@lru_cache(maxsize=64)
def _unconditional(questionnaire: Questionnaire, alone: bool) -> tuple[Page, ...]:
    return _laid_out(_asked(questionnaire.asked_pages), alone)


def _in_arm(questionnaire: Questionnaire, kind: str, key: str, draw: Draw) -> bool:
    """Whether the arms that were drawn show it: every block that names it drew an arm that does."""
    if not draw.arms:
        return True
    return all(draw.arms.get(block) in arms for block, arms in questionnaire.arms_naming.get((kind, key), ()))


def _in_order(questionnaire: Questionnaire, pages: Sequence[Page], order: int | None) -> tuple[Page, ...]:
    """The pages in the order that was drawn: questions on pages, pages in sections, then the sections."""
    if order is None or not questionnaire.orders:
        return tuple(pages)
    turned = [_questions_in_order(page, order) for page in pages]
    sections = {section.key: section for section in questionnaire.sections}
    runs: list[tuple[Page, ...]] = []
    for key, group in groupby(turned, key=lambda page: page.section):
        section = sections.get(key)
        together = tuple(group)
        whole = arranged(together, section.shuffle, order, name=f"section/{key}") if section else together
        runs += [whole] if section else [(page,) for page in whole]
    fixed = [bool(sections) and not run[0].section for run in runs]
    runs_in_order = arranged(runs, questionnaire.shuffle, order, name="questionnaire", fixed=fixed)
    return tuple(page for run in runs_in_order for page in run)


def _questions_in_order(page: Page, order: int) -> Page:
    if not page.shuffle:
        return page
    fixed = [not question.counts_as_question for question in page.questions]
    questions = arranged(page.questions, page.shuffle, order, name=f"page/{page.key}", fixed=fixed)
    return page.model_copy(update={"questions": questions})


def _asked(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the questions that somebody is asked; pages without any are left out."""
    found = []
    for page in pages:
        asked = tuple(question for question in page.questions if not question.is_calculated)
        if asked:
            whole = len(asked) == len(page.questions)
            found.append(page if whole else page.model_copy(update={"questions": asked}))
    return tuple(found)


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
