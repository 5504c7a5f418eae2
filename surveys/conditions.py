"""Conditions as data: when something is shown. A closed set of operators; nothing is evaluated as code."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from surveys.frozen import Data

COMPARISONS = ("at_least", "at_most", "more_than", "less_than")
COUNTS = ("chosen_at_least", "chosen_at_most")
OPERATORS = ("is", "is_not", "one_of", "includes", "answered", *COMPARISONS, *COUNTS)
CONNECTIVES = ("all", "any", "not")
DATE = re.compile(r"^\d{4}-\d{2}(-\d{2})?$")
MOST_DEEP = 12


class AnswerOf(Data):
    """Another question's answer, to compare with: `at_most: {answer: rooms}`."""

    answer: str


def _is_date(text: str) -> str:
    if not DATE.match(text):
        raise ValueError(f"found '{text}', expected a number, a date such as 2026-09-01, or {{answer: KEY}}.")
    return text


Scalar = str | float
Operand = str | float | AnswerOf
Bound = float | Annotated[str, AfterValidator(_is_date)] | AnswerOf


class Condition(Data):
    """One test on an earlier answer, or several joined by `all`, `any` or `not`.

    row               of a grid: the test is on that row's answer
    is, is_not        the answer is (not) this code, number or date, or the same as another answer
    one_of            the answer is one of these
    includes          among the ticked options, or the rows' answers, is this code
    answered          there is an answer (true) or there is none (false)
    at_least, at_most, more_than, less_than   number or date, compared with a value or with another answer
    chosen_at_least, chosen_at_most           how many options are ticked, or rows answered

    >>> Condition.model_validate({"question": "year", "one_of": ["y7", "y8"]}).holds({"year": "y8"})
    True
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    question: str | None = None
    row: str | None = None
    is_: Operand | None = Field(None, alias="is")
    is_not: Operand | None = None
    one_of: tuple[Scalar, ...] | None = Field(None, min_length=1)
    includes: str | None = None
    answered: bool | None = None
    at_least: Bound | None = None
    at_most: Bound | None = None
    more_than: Bound | None = None
    less_than: Bound | None = None
    chosen_at_least: int | None = Field(None, ge=0)
    chosen_at_most: int | None = Field(None, ge=0)
    all_: tuple["Condition", ...] | None = Field(None, alias="all", min_length=1)
    any_: tuple["Condition", ...] | None = Field(None, alias="any", min_length=1)
    not_: "Condition | None" = Field(None, alias="not")

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        given = [
            name
            for name in type(self).model_fields
            if name not in {"question", "row"} and getattr(self, name) is not None
        ]
        if len(given) != 1:
            words = " and ".join(name.rstrip("_") for name in given) or "no test"
            raise ValueError(f"found {words}, expected exactly one of {', '.join((*OPERATORS, *CONNECTIVES))}.")
        joins = given[0] in {"all_", "any_", "not_"}
        if joins == (self.question is not None) or (joins and self.row is not None):
            raise ValueError("expected 'question: KEY' with a test, or all/any/not with conditions inside.")
        if self.depth > MOST_DEEP:
            raise ValueError(f"found all, any and not {self.depth} deep, expected at most {MOST_DEEP}.")
        return self

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers given so far meet it.

        Unanswered meets only `answered: false`, `is_not` and `chosen_at_most`; a comparison with a question that is
        not answered holds for nobody.
        """
        if self.all_ is not None:
            return all(condition.holds(answers) for condition in self.all_)
        if self.any_ is not None:
            return any(condition.holds(answers) for condition in self.any_)
        if self.not_ is not None:
            return not self.not_.holds(answers)
        return self._test(self._value(answers), answers)

    def tests(self) -> Iterator["Condition"]:
        """Every single test inside, itself included."""
        if self.question is not None:
            yield self
        for condition in self._inside:
            yield from condition.tests()

    def renamed(self, names: Mapping[str, str]) -> "Condition":
        """The same condition on questions that go by other names."""
        changes: dict[str, Any] = {}
        if self.question is not None:
            changes["question"] = names.get(self.question, self.question)
            for name in ("is_", "is_not", *COMPARISONS):
                if isinstance(operand := getattr(self, name), AnswerOf):
                    changes[name] = AnswerOf(answer=names.get(operand.answer, operand.answer))
        if self.all_:
            changes["all_"] = tuple(each.renamed(names) for each in self.all_)
        if self.any_:
            changes["any_"] = tuple(each.renamed(names) for each in self.any_)
        if self.not_:
            changes["not_"] = self.not_.renamed(names)
        return self.model_copy(update=changes)

    @property
    def depth(self) -> int:
        """How many conditions stand inside each other, itself included."""
        return 1 + max((condition.depth for condition in self._inside), default=0)

    @property
    def codes(self) -> tuple[str, ...]:
        """Option codes that the test names."""
        named = (self.is_, self.is_not, self.includes, *(self.one_of or ()))
        return tuple(code for code in named if isinstance(code, str))

    @property
    def compared_with(self) -> str | None:
        """The other question whose answer the test compares with."""
        operands = (self.is_, self.is_not, self.at_least, self.at_most, self.more_than, self.less_than)
        return next((operand.answer for operand in operands if isinstance(operand, AnswerOf)), None)

    @property
    def questions(self) -> frozenset[str]:
        """Keys of all questions it asks about."""
        asked = {test.question for test in self.tests()} | {test.compared_with for test in self.tests()}
        return frozenset(key for key in asked if key)

    @property
    def bounds(self) -> tuple[float | str, ...]:
        """Numbers and dates that a comparison names."""
        values = (self.at_least, self.at_most, self.more_than, self.less_than)
        return tuple(value for value in values if isinstance(value, int | float | str))

    @property
    def _inside(self) -> tuple["Condition", ...]:
        return (*(self.all_ or ()), *(self.any_ or ()), *((self.not_,) if self.not_ else ()))

    def _value(self, answers: Mapping[str, Any]) -> Any:
        value = answers.get(self.question or "")
        if self.row is None:
            return value
        return value.get(self.row) if isinstance(value, dict) else None

    def _test(self, value: Any, answers: Mapping[str, Any]) -> bool:
        if self.answered is not None:
            return (value is not None) == self.answered
        if self.is_not is not None:
            return bool(value != _operand(self.is_not, answers))
        if self.includes is not None:
            return self.includes in _chosen(value)
        if self.is_ is not None:
            return value is not None and bool(value == _operand(self.is_, answers))
        if self.one_of is not None:
            return not isinstance(value, list | dict) and value in self.one_of
        if self.chosen_at_least is not None:
            return len(_chosen(value)) >= self.chosen_at_least
        if self.chosen_at_most is not None:
            return len(_chosen(value)) <= self.chosen_at_most
        return self._compares(value, answers)

    def _compares(self, value: Any, answers: Mapping[str, Any]) -> bool:
        for name, compare in _COMPARE.items():
            bound = getattr(self, name)
            if bound is not None:
                return _comparable(value, other := _operand(bound, answers)) and compare(value, other)
        return False


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "more_than": lambda value, bound: value > bound,
    "less_than": lambda value, bound: value < bound,
}


def _operand(operand: Any, answers: Mapping[str, Any]) -> Any:
    return answers.get(operand.answer) if isinstance(operand, AnswerOf) else operand


def _chosen(value: Any) -> tuple[Any, ...]:
    """What is ticked, ranked, or answered in the rows of a grid."""
    if isinstance(value, list | tuple):
        return tuple(value)
    if isinstance(value, dict):
        return tuple(value.values())
    return () if value is None else (value,)


def _comparable(value: Any, bound: Any) -> bool:
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (value, bound))
    dates = all(isinstance(each, str) and DATE.match(each) for each in (value, bound))
    return numbers or dates
