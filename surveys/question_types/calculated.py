"""A value worked out from other answers: never asked, never shown to the one who answers."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from surveys.conditions import Condition
from surveys.frozen import Data
from surveys.question_types.base import Column, Form, Question, register
from surveys.question_types.numbered import whole
from surveys.scales import Option, refuse_doubles

OPERATIONS = (
    "number",
    "answer",
    "score",
    "sum",
    "mean",
    "smallest",
    "greatest",
    "difference",
    "product",
    "ratio",
    "count",
)
MOST_DEEP = 6


class Case(Data):
    """A result for those who meet a condition."""

    when: Condition
    then: str | float


class Expression(Data):
    """One operation; a closed set, read as data.

    number      a number as it is                 sum, mean, product   of several expressions
    answer      the number someone answered       smallest, greatest   of several expressions
    score       an answer's score, 0 to 100       difference, ratio    of two expressions
    count       how many of the conditions hold   cases, otherwise     the first case whose condition holds
    A part that was not answered makes the whole not known, but sum, mean, smallest and greatest leave it out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: float | None = Field(None, allow_inf_nan=False)
    answer: str | None = None
    score: str | None = None
    sum: tuple["Expression", ...] | None = Field(None, min_length=1, max_length=60)
    mean: tuple["Expression", ...] | None = Field(None, min_length=1, max_length=60)
    smallest: tuple["Expression", ...] | None = Field(None, min_length=1, max_length=60)
    greatest: tuple["Expression", ...] | None = Field(None, min_length=1, max_length=60)
    product: tuple["Expression", ...] | None = Field(None, min_length=1, max_length=60)
    difference: tuple["Expression", "Expression"] | None = None
    ratio: tuple["Expression", "Expression"] | None = None
    count: tuple[Condition, ...] | None = Field(None, min_length=1, max_length=60)
    cases: tuple[Case, ...] | None = Field(None, min_length=1, max_length=60)
    otherwise: str | float | None = None

    @model_validator(mode="after")
    def _one_operation(self) -> Self:
        given = [name for name in type(self).model_fields if name != "otherwise" and getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"found {' and '.join(given) or 'nothing'}, expected one of {', '.join(OPERATIONS)}, cases."
            )
        if self.otherwise is not None and self.cases is None:
            raise ValueError("found 'otherwise' without 'cases', expected both.")
        if self.depth > MOST_DEEP:
            raise ValueError(f"found expressions {self.depth} deep, expected at most {MOST_DEEP}.")
        return self

    @property
    def inside(self) -> tuple["Expression", ...]:
        """The expressions it is made of."""
        groups = (self.sum, self.mean, self.smallest, self.greatest, self.product, self.difference, self.ratio)
        return tuple(each for group in groups for each in group or ())

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions it tests itself."""
        return (*(self.count or ()), *(case.when for case in self.cases or ()))

    @property
    def depth(self) -> int:
        """How many expressions stand inside each other, itself included."""
        return 1 + max((each.depth for each in self.inside), default=0)

    @property
    def questions(self) -> frozenset[str]:
        """Keys of the questions it asks about."""
        own = {key for key in (self.answer, self.score) if key}
        return frozenset(own).union(
            *(each.questions for each in self.inside), *(each.questions for each in self.conditions)
        )

    def results(self) -> Iterator[str]:
        """Codes that it may give."""
        named = [*(case.then for case in self.cases or ()), self.otherwise]
        yield from (each for each in named if isinstance(each, str))

    def value(self, answers: Mapping[str, Any], asked: Mapping[str, Question]) -> Any:
        """What it comes to for these answers, None when that is not known."""
        if self.cases is not None:
            return next((case.then for case in self.cases if case.when.holds(answers)), self.otherwise)
        if self.count is not None:
            return sum(condition.holds(answers) for condition in self.count)
        if self.number is not None:
            return self.number
        if self.answer is not None:
            return _number(answers.get(self.answer))
        if self.score is not None:
            return _score(asked.get(self.score), answers.get(self.score))
        return self._joined([_number(each.value(answers, asked)) for each in self.inside])

    def _joined(self, parts: list[float | None]) -> float | None:
        known = [part for part in parts if part is not None]
        if self.sum or self.mean or self.smallest or self.greatest:
            return self._gathered(known) if known else None
        if len(known) < len(parts):
            return None
        if self.difference:
            return known[0] - known[1]
        if self.ratio:
            return known[0] / known[1] if known[1] else None
        product = 1.0
        for part in known:
            product *= part
        return product

    def _gathered(self, known: list[float]) -> float:
        if self.sum:
            return sum(known)
        if self.mean:
            return sum(known) / len(known)
        return min(known) if self.smallest else max(known)


@register
class Calculated(Question):
    """Worked out when the answers are stored; can be asked about in conditions of later pages.

    With `options` the result is one of their codes and can be counted; otherwise it is a number of at most six
    decimal places.
    """

    counts_as_question: ClassVar[bool] = False
    is_calculated: ClassVar[bool] = True
    is_measured: ClassVar[bool] = True
    example: ClassVar[str] = """
key: sleeps_enough
type: calculated
prompt: Sleeps at least nine hours
value:
  cases:
    - {when: {question: sleep, at_least: 9}, then: enough}
    - {when: {question: sleep, answered: true}, then: too_little}
options:
  - {code: too_little, label: Less than nine hours}
  - {code: enough, label: Nine hours or more}
"""

    type: Literal["calculated"] = "calculated"
    value: Expression
    options: tuple[Option, ...] = Field((), max_length=20)

    @model_validator(mode="after")
    def _results_are_options(self) -> Self:
        refuse_doubles([option.code for option in self.options], "code")
        strange = sorted(set(self.value.results()) - self.codes)
        if strange:
            raise ValueError(f"found the result '{strange[0]}', expected the code of one of its options.")
        if self.required or self.ask_if_empty:
            raise ValueError("found 'required' or 'ask_if_empty' on a value that nobody is asked, expected neither.")
        return self

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the options."""
        return frozenset(option.code for option in self.options)

    @property
    def builds_on(self) -> frozenset[str]:
        """What its value asks about."""
        return self.value.questions

    def parse(self, form: Form) -> None:
        """Nothing is asked."""

    def check(self, value: Any) -> None:
        """What comes from outside is never kept."""

    def computed(self, answers: Mapping[str, Any], asked: Mapping[str, Question]) -> str | int | float | None:
        """The result for these answers, None when it is not known.

        asked  questions by key, for their scores
        """
        result = self.value.value(answers, asked)
        if self.options:
            return result if result in self.codes else None
        number = _number(result)
        return None if number is None or abs(number) > 1e12 else whole(round(number, 6))

    def columns(self) -> tuple[Column, ...]:
        """One column when it has options."""
        if not self.options:
            return ()
        return (Column(self.key, self.prompt, self.options, indicator=self.indicator, strand=self.strand),)

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The code when it has options."""
        return {self.key: str(value)} if self.options else {}


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _score(question: Question | None, value: Any) -> float | None:
    """The score of an answer; the mean over the rows of a grid."""
    if question is None or value is None:
        return None
    columns = {column.key: column for column in question.columns()}
    codes = question.column_codes(value)
    scores = [columns[key].score(code) for key, code in codes.items() if key in columns]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None
