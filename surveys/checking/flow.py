"""Is everything reachable, and can every condition hold and fail? Proved by walking all paths. Pure."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from stakeholder.localised import N_
from surveys.checking.problem import Problem, advice, hard
from surveys.conditions import Condition
from surveys.definition import Questionnaire, own_pieces
from surveys.possible_answers import kinds_of_answers, values_compared
from surveys.question_types import Question
from surveys.simulation import PathReport

MOST_COMBINATIONS = 4_000
SMALLEST_QUOTA = 10
MOST_GROUPS = 12


def unreachable(questionnaire: Questionnaire, report: PathReport) -> Iterator[Problem]:
    """Pages, questions, options and rows that nobody is ever shown."""
    if not report.complete:
        if report.by_example:
            text = N_("Some ways hang on values worked out of many answers; only examples of these were tried.")
            yield advice("questionnaire", "", text)
            return
        text = N_("There are more paths than the %(bound)s groups that are walked; some may not have been tried.")
        yield advice("questionnaire", "", text, bound=f"{report.bound:,}")
        return
    for page in questionnaire.asked_pages:
        if ("page", page.key) not in report.reached:
            yield hard("page", page.key, N_("Nobody can ever reach this page. Change or remove its condition."))
            continue
        for question in page.questions:
            yield from _never_shown(question, report)


def _never_shown(question: Question, report: PathReport) -> Iterator[Problem]:
    if ("question", question.key) not in report.reached:
        text = N_("Nobody can ever be shown this question. Change or remove its condition.")
        yield hard("question", question.key, text)
        return
    text = N_("Nobody can ever be shown this answer or row. Change or remove its condition.")
    for what, key, _piece in pieces_of(question):
        if (what, key) not in report.reached:
            yield hard(what, key, text)


def contradictions(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Conditions, or parts of them, that can never hold, or that always do."""
    for what, key, condition in all_conditions(questionnaire):
        never = _never_holding(questionnaire, condition)
        if never is not None:
            text = N_("The condition on '%(question)s' can never hold: no answer meets it.")
            yield hard(what, key, text, question=", ".join(sorted(never.questions)))
        elif not can_be(questionnaire, condition, wanted=False):
            text = N_("The condition on '%(question)s' always holds, so it decides nothing.")
            say = hard if what == "check" else advice
            yield say(what, key, text, question=", ".join(sorted(condition.questions)))


def chances_and_limits(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Random groups that get too small to compare, quotas that tell of a few people, repeats that stop short."""
    groups = max(questionnaire.orders, 1)
    for block in questionnaire.blocks:
        groups *= len(block.arms)
    if groups > MOST_GROUPS:
        text = N_("Chance splits respondents into %(groups)s groups; each may be too small to compare or to show.")
        yield advice("questionnaire", "", text, groups=groups)
    for quota in questionnaire.quotas:
        if quota.limit < SMALLEST_QUOTA:
            text = N_("A limit of %(limit)s is below ten people: whether it is full would tell of a few.")
            yield advice("quota", quota.key, text, limit=quota.limit)
    for section in questionnaire.sections:
        if section.repeat is None:
            continue
        highest = getattr(questionnaire.by_key[section.repeat.count], "max", None)
        if highest is not None and highest > section.repeat.most:
            text = N_("The answer may be up to %(highest)s, but the section is asked at most %(most)s times.")
            yield advice("section", section.key, text, highest=f"{highest:g}", most=section.repeat.most)


def all_conditions(questionnaire: Questionnaire) -> Iterator[tuple[str, str, Condition]]:
    """Every condition with the thing that bears it, as (what, key, condition)."""
    bearers: list[tuple[str, str, Condition | None]] = [
        ("section", section.key, section.show_if) for section in questionnaire.sections
    ]
    for page in questionnaire.pages:
        bearers += [("page", page.key, page.show_if), ("page", page.key, page.skip_to_end_if)]
        for question in page.questions:
            bearers.append(("question", question.key, question.show_if))
            bearers += [(what, key, getattr(piece, "show_if", None)) for what, key, piece in pieces_of(question)]
    bearers += [("check", check.key, check.wrong_if) for check in questionnaire.checks]
    bearers += [("quota", quota.key, quota.when) for quota in questionnaire.quotas]
    yield from ((what, key, condition) for what, key, condition in bearers if condition)


def pieces_of(question: Question) -> Iterator[tuple[str, str, Any]]:
    """The question's own options and rows as (what, "question.code" or "question.row", piece)."""
    yield from (("option", f"{question.key}.{piece.code}", piece) for piece in own_pieces(question, "options"))
    yield from (("row", f"{question.key}.{piece.key}", piece) for piece in own_pieces(question, "rows"))


def can_be(questionnaire: Questionnaire, condition: Condition, *, wanted: bool) -> bool:
    """Whether some answers make the condition hold (or not hold); yes as well where there are too many to try."""
    tried = 0
    for answers in islice(_answers_to(questionnaire, condition), MOST_COMBINATIONS):
        if condition.holds(answers) is wanted:
            return True
        tried += 1
    return tried == MOST_COMBINATIONS


def _answers_to(questionnaire: Questionnaire, condition: Condition) -> Iterator[Mapping[str, Any]]:
    """Every combination of kinds of answers to the questions that a condition asks about."""
    tests = list(condition.tests())
    asked = sorted(condition.questions)
    turns = [value for key in asked for value in values_compared(questionnaire.by_key[key], tests)]
    kinds = [
        kinds_of_answers(
            questionnaire.by_key[key],
            [t for t in tests if key in (t.question, t.compared_with)],
            [*turns, *_span(questionnaire, asked)],
        )
        for key in asked
    ]
    for chosen in product(*kinds):
        yield {key: kind.example for key, kind in zip(asked, chosen, strict=True) if kind.example is not None}


def _span(questionnaire: Questionnaire, asked: list[str]) -> list[float | str]:
    """Where the values of these questions end: what one is compared with may be any of the other's."""
    ends = (
        getattr(questionnaire.by_key[key], name, None) for key in asked for name in ("min", "max", "earliest", "latest")
    )
    return [end for end in ends if isinstance(end, int | float | str)]


def _never_holding(questionnaire: Questionnaire, condition: Condition) -> Condition | None:
    """The innermost part that can never hold, None when every part can."""
    inside = (*(condition.all_ or ()), *(condition.any_ or ()))
    for part in inside:
        if (never := _never_holding(questionnaire, part)) is not None:
            return never
    return None if can_be(questionnaire, condition, wanted=True) else condition
