"""A number out of a row of numbers: how likely to recommend, how easy, how tired."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import LocalisedText
from surveys.question_types.base import CHOOSE_ONE, AnswerProblem, Column, Question, register
from surveys.question_types.numbered import RATHER_NOT, is_empty, point, typed_number
from surveys.scales import Option

MOST_POINTS = 21


@register
class Rating(Question):
    """Radio buttons from `min` to `max`, 0 to 10 unless said otherwise, with words at both ends.

    favourable_from  from which number on an answer counts as favourable; without it the two best, as the
                     recommend score has it (Reichheld 2003, Harvard Business Review 81(12), 46-54)
    reverse          low numbers are the good ones
    """

    is_measured: ClassVar[bool] = True
    example: ClassVar[str] = """
key: recommend
type: rating
prompt: How likely are you to recommend this school to a friend?
start_label: Not at all likely
end_label: Very likely
"""

    type: Literal["rating"] = "rating"
    min: int = Field(0, ge=-1000, le=1000)
    max: int = Field(10, ge=-1000, le=1000)
    start_label: LocalisedText | None = None
    end_label: LocalisedText | None = None
    favourable_from: int | None = None
    reverse: bool = False

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if not 2 <= self.max - self.min < MOST_POINTS:
            raise ValueError(f"found min {self.min} and max {self.max}, expected 3 to {MOST_POINTS} points in between.")
        if self.favourable_from is not None and not self.min <= self.favourable_from <= self.max:
            raise ValueError(f"found favourable_from {self.favourable_from}, expected a number from min to max.")
        return self

    @cached_property
    def points(self) -> tuple[Option, ...]:
        """What can be chosen, in order."""
        return tuple(point(number) for number in range(self.min, self.max + 1))

    @property
    def unscored(self) -> Option:
        """The way not to answer."""
        return RATHER_NOT

    def check(self, value: Any) -> int | str | None:
        """The number, or "rather_not". Raises AnswerProblem."""
        if is_empty(value):
            return None
        if value == RATHER_NOT.code:
            return RATHER_NOT.code
        number = typed_number(value)
        if number is None or number != int(number) or not self.min <= number <= self.max:
            raise AnswerProblem(CHOOSE_ONE)
        return int(number)

    def read(self, value: Any, language: str) -> str:
        """The number out of the greatest, or that there is none."""
        return RATHER_NOT.label.in_(language) if value == RATHER_NOT.code else f"{value} / {self.max}"

    def columns(self) -> tuple[Column, ...]:
        """One column with a score of 0 to 100 for each number."""
        first = self.max - 1 if self.favourable_from is None else self.favourable_from
        good = {number for number in range(self.min, self.max + 1) if self._turned(number) >= first}
        return (
            Column(
                self.key,
                self.prompt,
                self.points,
                (RATHER_NOT,),
                frozenset(str(number) for number in good),
                reverse=self.reverse,
                indicator=self.indicator,
                strand=self.strand,
                core=self.core,
                focus=self.focus,
                scores={each.code: self.score(int(each.code)) for each in self.points},
                numbers={each.code: float(each.code) for each in self.points},
            ),
        )

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The number as a code."""
        return {self.key: str(value)}

    def score(self, number: int) -> float:
        """0-100: where the number stands between `min` and `max`."""
        return 100 * (self._turned(number) - self.min) / (self.max - self.min)

    def _turned(self, number: int) -> int:
        return self.min + self.max - number if self.reverse else number

    def speakable(self, language: str) -> str:
        """Question, then what the ends mean."""
        ends = [(self.min, self.start_label), (self.max, self.end_label)]
        words = "".join(f" {number}: {label.in_(language)}." for number, label in ends if label)
        return f"{super().speakable(language)}{words}"
