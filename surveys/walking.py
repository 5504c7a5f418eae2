"""Where a respondent stands: the pages they see, which comes next, and what a posted page says. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from stakeholder.errors import NotFound
from surveys.cross_checks import failing
from surveys.definition import Page, Questionnaire
from surveys.ordering import AS_WRITTEN, Draw
from surveys.path import answered_path, visible_pages
from surveys.question_types import AnswerProblem
from surveys.question_types.base import NEEDED, Form

ONE_AT_A_TIME = "one"
SURE = "sure"
MOST_SURE = 200


class PageGone(NotFound):
    """No page with this key is shown to the respondent now."""


@dataclass(frozen=True)
class Walk:
    """The pages that one respondent sees now."""

    pages: tuple[Page, ...]

    @classmethod
    def of(
        cls, questionnaire: Questionnaire, answers: Mapping[str, Any], layout: str, draw: Draw = AS_WRITTEN
    ) -> "Walk":
        """The walk that these answers, and what chance chose, lead to."""
        return cls(visible_pages(questionnaire, answers, one_at_a_time=layout == ONE_AT_A_TIME, draw=draw))

    def at(self, key: str) -> int | None:
        """Place of a page, counted from 0; a page of one question is also found in its whole page and the reverse."""
        for place, page in enumerate(self.pages):
            if page.key == key or page.key.startswith(f"{key}.") or key.startswith(f"{page.key}."):
                return place
        return None

    def place_of_question(self, question: str) -> int:
        """Place of the page that holds a question; the first page when none does."""
        return next(
            (place for place, page in enumerate(self.pages) if any(each.key == question for each in page.questions)), 0
        )

    def first_unanswered(self, answers: Mapping[str, Any]) -> int:
        """Where to go on: the first page none of whose questions is answered, else the last."""
        for place, page in enumerate(self.pages):
            if not any(question.key in answers for question in page.questions):
                return place
        return len(self.pages) - 1

    def span(self, place: int) -> tuple[int, int, int]:
        """First and last number of the questions on a page, and how many there are in all."""
        counts = [sum(question.counts_as_question for question in page.questions) for page in self.pages]
        before = sum(counts[:place])
        total = sum(counts)
        return min(before + 1, total), min(before + max(counts[place], 1), total), total


@dataclass(frozen=True)
class Mending:
    """What to say before someone goes on.

    problems  words by question
    sure      what the page sends back to say "yes, I am sure"; empty when something must be changed
    """

    problems: Mapping[str, AnswerProblem]
    sure: tuple[str, ...] = ()


@dataclass(frozen=True)
class Posted:
    """What a posted page says.

    given     clean answers; a question that was left empty is not among them
    typed     everything as it was sent, to show again
    problems  what is wrong, by question
    missing   questions that need an answer before one goes on, and have none
    doubts    what is odd and was not confirmed yet, by question; the second is what confirms it
    """

    given: Mapping[str, Any]
    typed: Mapping[str, Any]
    problems: Mapping[str, AnswerProblem]
    missing: Mapping[str, AnswerProblem] = field(default_factory=dict)
    doubts: Mapping[str, tuple[AnswerProblem, str]] = field(default_factory=dict)

    def mending(self, *, forward: bool) -> Mending | None:
        """What to show again, None when all is well. Going back or changing the language asks for nothing more."""
        if self.problems or (forward and self.missing):
            return Mending({**(self.missing if forward else {}), **self.problems})
        if not forward or not self.doubts:
            return None
        return Mending(
            {key: problem for key, (problem, _sure) in self.doubts.items()},
            tuple(sure for _problem, sure in self.doubts.values()),
        )


def read_page(page: Page, form: Form) -> Posted:
    """Read one page's answers from its form; what is right is kept even when something else is wrong."""
    given: dict[str, Any] = {}
    typed: dict[str, Any] = {}
    problems: dict[str, AnswerProblem] = {}
    for question in (part for each in page.questions for part in (each, *each.companions)):
        raw = question.parse(form)
        if raw is None:
            continue
        typed[question.key] = raw
        try:
            clean = question.check(raw)
        except AnswerProblem as problem:
            problems[question.key] = problem
        else:
            if clean is not None:
                given[question.key] = clean
    missing = {
        question.key: AnswerProblem(NEEDED)
        for question in page.questions
        if question.required and question.key not in given and question.key not in problems
    }
    return Posted(given, typed, problems, missing, _doubts(page, given, form, {*problems, *missing}))


def _doubts(
    page: Page, given: Mapping[str, Any], form: Form, settled: Set[str]
) -> dict[str, tuple[AnswerProblem, str]]:
    """Odd answers that were not confirmed; a confirmation holds for one answer, not for another odd one."""
    confirmed = form.getlist(SURE)
    doubts: dict[str, tuple[AnswerProblem, str]] = {}
    for question in page.questions:
        problem = None if question.key in settled else question.doubt(given.get(question.key))
        sure = f"{question.key}={given.get(question.key)}"[:MOST_SURE]
        if problem is not None and sure not in confirmed:
            doubts[question.key] = (problem, sure)
    return doubts


@dataclass
class PostedPage:
    """A page as it was posted; `change` reads it against the draft it belongs to, as often as need be.

    walk, place, posted   known after `change`
    """

    questionnaire: Questionnaire
    page_key: str
    form: Form
    walk: Walk = Walk(())
    place: int = 0
    posted: Posted = Posted({}, {}, {})

    def change(self, answers: Mapping[str, Any], layout: str, draw: Draw = AS_WRITTEN) -> dict[str, Any]:
        """The draft's answers with those of this page: what is wrong stays as it was. Raises PageGone."""
        self.walk = Walk.of(self.questionnaire, answers, layout, draw)
        place = self.walk.at(self.page_key)
        if place is None:
            raise PageGone("This page is no longer part of the survey.")
        self.place = place
        self.posted = read_page(self.page, self.form)
        if self.questionnaire.checks:
            self._check_across(self._merged(answers), layout, draw)
        return self._merged(answers)

    def _merged(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        asked = {key for question in self.page.questions for key in question.keys} - self.posted.problems.keys()
        given = {key: value for key, value in self.posted.given.items() if key not in self.posted.problems}
        return {**{key: value for key, value in answers.items() if key not in asked}, **given}

    def _check_across(self, merged: Mapping[str, Any], layout: str, draw: Draw) -> None:
        """Add what is wrong across answers, and what is odd and was not confirmed."""
        after = Walk.of(self.questionnaire, merged, layout, draw)
        place = after.at(self.page.key)
        if place is None:
            return
        counted = answered_path(self.questionnaire, merged, draw)
        wrong = failing(self.questionnaire, counted, after.pages, place, soft=False)
        problems = {**{key: problem for key, (problem, _) in wrong.items()}, **self.posted.problems}
        odd = failing(self.questionnaire, counted, after.pages, place, soft=True)
        confirmed = self.form.getlist(SURE)
        doubts = {
            key: (problem, sure[:MOST_SURE])
            for key, (problem, sure) in odd.items()
            if key not in problems and sure[:MOST_SURE] not in confirmed
        }
        self.posted = replace(self.posted, problems=problems, doubts={**self.posted.doubts, **doubts})

    @property
    def page(self) -> Page:
        """The page that was posted."""
        return self.walk.pages[self.place]
