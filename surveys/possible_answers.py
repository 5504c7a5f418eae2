"""Answers that differ for the conditions of a questionnaire: one example of each kind. Pure.

A question with sixty options of which one is asked about has three kinds of answers: that option, any other, none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from surveys.conditions import Condition
from surveys.definition import Page, Questionnaire, own_pieces
from surveys.question_types import AnswerProblem, Question

MOST_TICKED_TOGETHER = 6
MOST_VALUES = 60


@dataclass(frozen=True)
class Kind:
    """Answers that all conditions treat alike.

    example  one of them, as it is stored; None for no answer
    weight   its share if every answer were equally likely and everyone answered
    """

    example: Any
    weight: float


def conditions_of(page: Page) -> Iterator[Condition]:
    """Every condition on a page or on something of it, the one that skips to the end included."""
    yield from (condition for condition in (page.show_if, page.skip_to_end_if) if condition)
    for question in page.questions:
        if question.show_if:
            yield question.show_if
        for piece in (*own_pieces(question, "options"), *own_pieces(question, "rows")):
            if getattr(piece, "show_if", None):
                yield piece.show_if


def tests_by_question(questionnaire: Questionnaire) -> dict[str, tuple[Condition, ...]]:
    """Every single test that some condition of the flow makes of a question, also as the one compared with."""
    found: dict[str, list[Condition]] = {}
    for page in questionnaire.asked_pages:
        for condition in conditions_of(page):
            for test in condition.tests():
                for key in filter(None, (test.question, test.compared_with)):
                    if test not in found.setdefault(key, []):
                        found[key].append(test)
    for key in builds_on(questionnaire, tuple(found)):
        found.setdefault(key, [])
    return {key: tuple(tests) for key, tests in found.items()}


def builds_on(questionnaire: Questionnaire, asked: tuple[str, ...] | None = None) -> frozenset[str]:
    """Questions from which a value is worked out that some condition of the flow asks about."""
    if not questionnaire.calculated:
        return frozenset()
    wanted = set(flow_tests(questionnaire) if asked is None else asked)
    found: set[str] = set()
    for question in reversed(questionnaire.calculated):
        if question.key in wanted:
            found |= question.builds_on
            wanted |= question.builds_on
    return frozenset(found)


def kinds_of_answers(
    question: Question, tests: Iterable[Condition], others: Iterable[float | str] = (), *, one_by_one: bool = False
) -> list[Kind]:
    """One example for each kind of answer that the tests tell apart, first that of no answer.

    others      values of questions that this one is compared with; then every value counts by itself
    one_by_one  every value counts by itself, because something is worked out from it
    """
    tests, others = tuple(tests), tuple(others)
    compared = one_by_one or any(test.compared_with for test in tests)
    kinds: dict[Any, Kind] = {}
    listed = every_answer(question) if one_by_one else None
    tried = _values(question, tests, others) if listed is None else listed
    values = [v for v in tried if question.is_calculated or _is_answer(question, v)]
    for value in [None, *values]:
        told = tuple(test.holds({question.key: value}) for test in tests if not test.compared_with)
        alike = (*told, _hashable(value)) if compared else told
        before = kinds.get(alike)
        weight = 0.0 if value is None else 1 / len(values)
        kinds[alike] = Kind(before.example, before.weight + weight) if before else Kind(value, weight)
    return list(kinds.values())


def every_answer(question: Question) -> list[Any] | None:
    """All answers that a question can have; None where there are too many to try each."""
    if question.is_calculated or own_pieces(question, "rows"):
        return None
    if question.codes:
        return None if _is_answer(question, [min(question.codes)]) else _steps(question) + sorted(question.codes)
    return _steps(question) or None


def _steps(question: Question) -> list[Any]:
    """The numbers of a short range; empty where there is none, or one with decimals."""
    low, high, step = (getattr(question, name, None) for name in ("min", "max", "step"))
    whole = not getattr(question, "decimals", False)
    if not (whole and isinstance(low, int | float) and isinstance(high, int | float)):
        return []
    step = step or 1
    count = int((high - low) / step) + 1
    return [low + at * step for at in range(count)] if count <= MOST_VALUES else []


def values_compared(question: Question, tests: Iterable[Condition]) -> tuple[float | str, ...]:
    """Numbers and dates about which a question's tests turn."""
    return tuple(bound for test in tests if test.question == question.key for bound in test.bounds)


def _values(question: Question, tests: tuple[Condition, ...], others: tuple[float | str, ...]) -> list[Any]:
    if own_pieces(question, "rows"):
        return _of_rows(question, tests)
    if question.codes and _is_answer(question, [min(question.codes)]):
        return _ticked(question, tests)
    if question.codes:
        return sorted(question.codes)
    turns = [*values_compared(question, tests), *others]
    turns += [test.is_ for test in tests if isinstance(test.is_, int | float | str)]
    turns += [test.is_not for test in tests if isinstance(test.is_not, int | float | str)]
    turns += [value for test in tests for value in test.one_of or ()]
    return _about(question, turns)


def _about(question: Question, turns: Iterable[Any]) -> list[Any]:
    """Values at, just below and just above where tests turn, and the ends of the range."""
    ends = [getattr(question, name, None) for name in ("min", "max", "earliest", "latest", "start", "end")]
    numbers = {float(each) for each in (*turns, *ends) if isinstance(each, int | float)}
    near = {number + step for number in numbers for step in (-1, 0, 1)}
    words = [str(each) for each in (*turns, *ends) if isinstance(each, str)]
    if question.is_calculated:
        return [*sorted(near), *words][:MOST_VALUES]
    return [*sorted(near), *words, "2020-06-15", "2020-06", "a@example.org", "M1 1AA", "Something"][:MOST_VALUES]


def _ticked(question: Question, tests: tuple[Condition, ...]) -> list[list[str]]:
    """Every set of the options asked about, filled up with others to each number of ticks asked about."""
    order = [piece.code for piece in own_pieces(question, "options")] or sorted(question.codes)
    asked = [code for code in order if any(test.includes == code for test in tests)][:MOST_TICKED_TOGETHER]
    rest = [code for code in order if code not in asked]
    counts = {number + more for test in tests for number in _counts(test) for more in (0, 1)}
    counts |= {1, getattr(question, "min", 0) or 1, len(order)}
    found = []
    for size in range(len(asked) + 1):
        for together in combinations(asked, size):
            for count in sorted(counts | {size}):
                ticked = {*together, *rest[: max(count - size, 0)]}
                found.append([code for code in order if code in ticked])
    return [list(each) for each in dict.fromkeys(map(tuple, found)) if each]


def _of_rows(question: Question, tests: tuple[Condition, ...]) -> list[dict[str, Any]]:
    """Answers to the rows asked about, each code in turn, and every number of rows answered."""
    rows = [row.key for row in own_pieces(question, "rows")]
    codes = sorted(question.codes)
    asked = [row for row in rows if any(test.row == row for test in tests)]
    found: list[dict[str, Any]] = [dict.fromkeys(rows, code) for code in codes]
    found += [dict.fromkeys(rows[:size], codes[0]) for size in range(1, len(rows) + 1) if codes]
    if len(asked) <= 2:
        pairs: list[dict[str, Any]] = [{}]
        for row in asked:
            pairs = [{**each, row: code} for each in pairs for code in codes]
        found += [each for each in pairs if each]
    found += [{row: code} for row in asked for code in codes]
    return [{row: each[row] for row in rows if row in each} for each in found]


def _counts(test: Condition) -> tuple[int, ...]:
    return tuple(number for number in (test.chosen_at_least, test.chosen_at_most) if number is not None)


def _is_answer(question: Question, value: Any) -> bool:
    try:
        return bool(question.check(value) == value)
    except AnswerProblem:
        return False


def _hashable(value: Any) -> Any:
    return (
        tuple(map(str, value.items() if isinstance(value, Mapping) else value))
        if isinstance(value, list | dict)
        else value
    )


@lru_cache(maxsize=32)
def flow_tests(questionnaire: Questionnaire) -> dict[str, tuple[Condition, ...]]:
    """`tests_by_question`, worked out once."""
    return tests_by_question(questionnaire)
