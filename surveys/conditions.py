"""Conditions as data: when a question or page is shown. A closed set of operators; nothing is evaluated as code."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import ConfigDict, Field, model_validator

from surveys.scales import Data

OPERATORS = ("is", "is_not", "one_of", "includes", "answered", "at_least", "at_most")
CONNECTIVES = ("all", "any", "not")
Scalar = str | float


class Condition(Data):
    """One test on an earlier answer, or several joined by `all`, `any` or `not`.

    >>> Condition.model_validate({"question": "year", "one_of": ["y7", "y8"]}).holds({"year": "y8"})
    True
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    question: str | None = None
    is_: Scalar | None = Field(None, alias="is")
    is_not: Scalar | None = None
    one_of: tuple[Scalar, ...] | None = None
    includes: str | None = None
    answered: bool | None = None
    at_least: float | None = None
    at_most: float | None = None
    all_: tuple["Condition", ...] | None = Field(None, alias="all", min_length=1)
    any_: tuple["Condition", ...] | None = Field(None, alias="any", min_length=1)
    not_: "Condition | None" = Field(None, alias="not")

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        given = [
            name
            for name, field in type(self).model_fields.items()
            if name != "question" and getattr(self, name) is not None
        ]
        if len(given) != 1:
            words = " and ".join(name.rstrip("_") for name in given) or "no test"
            raise ValueError(f"found {words}, expected exactly one of {', '.join((*OPERATORS, *CONNECTIVES))}.")
        joins = given[0] in {"all_", "any_", "not_"}
        if joins == (self.question is not None):
            raise ValueError("expected 'question: KEY' with a test, or all/any/not with conditions inside.")
        return self

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers given so far meet it; unanswered meets only `answered: false` and `is_not`."""
        if self.all_ is not None:
            return all(condition.holds(answers) for condition in self.all_)
        if self.any_ is not None:
            return any(condition.holds(answers) for condition in self.any_)
        if self.not_ is not None:
            return not self.not_.holds(answers)
        return self._test(answers.get(self.question or ""))

    def tests(self) -> Iterator["Condition"]:
        """Every single test inside, itself included."""
        if self.question is not None:
            yield self
        for condition in (*(self.all_ or ()), *(self.any_ or ()), *((self.not_,) if self.not_ else ())):
            yield from condition.tests()

    @property
    def codes(self) -> tuple[str, ...]:
        """Option codes that the test names."""
        named = (self.is_, self.is_not, self.includes, *(self.one_of or ()))
        return tuple(code for code in named if isinstance(code, str))

    def _test(self, value: Any) -> bool:
        if self.answered is not None:
            return (value is not None) == self.answered
        if self.is_not is not None:
            return bool(value != self.is_not)
        if self.includes is not None:
            return isinstance(value, list | tuple) and self.includes in value
        if self.is_ is not None:
            return bool(value == self.is_)
        if self.one_of is not None:
            return not isinstance(value, list | dict) and value in self.one_of
        return self._compare(value)

    def _compare(self, value: Any) -> bool:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0)
