"""A number."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import N_, LocalisedText
from surveys.question_types.base import AnswerProblem, Column, Part, Question, register
from surveys.question_types.numbered import bands, is_empty, typed_number, whole

UNUSUAL = N_("You wrote %(number)s. Is that right?")


@register
class Number(Question):
    """A number between `min` and `max`, whole unless `decimals` are allowed.

    usual_min, usual_max  outside of them someone is asked whether the number is right
    bands                 where new bands begin when it is counted: [5, 10] counts 0-4, 5-9 and 10 and more;
                          without bands a number is stored, but nowhere shown: single numbers may point at people
    """

    is_measured: ClassVar[bool] = True
    example: ClassVar[str] = """
key: sleep
type: number
prompt: How many hours did you sleep last night?
min: 0
max: 24
usual_min: 4
usual_max: 14
decimals: true
unit: hours
bands: [6, 8, 10]
"""

    type: Literal["number"] = "number"
    min: float = Field(0, allow_inf_nan=False)
    max: float = Field(1_000_000, allow_inf_nan=False)
    usual_min: float | None = Field(None, allow_inf_nan=False)
    usual_max: float | None = Field(None, allow_inf_nan=False)
    decimals: bool = False
    unit: LocalisedText | None = None
    bands: tuple[float, ...] = Field((), max_length=12)

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min >= self.max:
            raise ValueError(f"found min {self.min:g} and max {self.max:g}, expected min below max.")
        usual = [each for each in (self.usual_min, self.usual_max) if each is not None]
        if usual != sorted(usual) or any(not self.min <= each <= self.max for each in usual):
            raise ValueError("found a usual_min or usual_max outside of min and max, expected them inside, in order.")
        if list(self.bands) != sorted(set(self.bands)) or any(not self.min < cut <= self.max for cut in self.bands):
            raise ValueError("found bands that do not rise between min and max, expected numbers like [5, 10].")
        return self

    def check(self, value: Any) -> int | float | None:
        """The number. Raises AnswerProblem."""
        if is_empty(value):
            return None
        number = typed_number(value)
        if number is None or (not self.decimals and number != int(number)):
            raise AnswerProblem(N_("Write a number, such as %(example)s."), example=f"{math.ceil(self.min):g}")
        if not self.min <= number <= self.max:
            raise AnswerProblem(
                N_("Write a number from %(low)s to %(high)s."), low=f"{self.min:g}", high=f"{self.max:g}"
            )
        return whole(number)

    def doubt(self, value: Any) -> AnswerProblem | None:
        """An unusual number."""
        if value is None:
            return super().doubt(value)
        low, high = self.usual_min, self.usual_max
        odd = (low is not None and value < low) or (high is not None and value > high)
        return AnswerProblem(UNUSUAL, number=f"{value:g}") if odd else None

    def read(self, value: Any, language: str) -> str:
        """The number with its unit."""
        return f"{value:g} {self.unit.in_(language)}" if self.unit else f"{value:g}"

    def columns(self) -> tuple[Column, ...]:
        """One column of bands, when it has bands."""
        if not self.bands:
            return ()
        firsts = (self.min, *self.bands)
        lasts = [cut - 1 if not self.decimals else cut for cut in self.bands]
        made = bands(list(zip(firsts, [*lasts, math.inf], strict=True)))
        return (
            Column(
                self.key,
                self.prompt,
                made,
                indicator=self.indicator,
                strand=self.strand,
                focus=self.focus,
                shape="range",
                numbers=dict(zip((band.code for band in made), self._middles(firsts), strict=True)),
            ),
        )

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The band."""
        return {self.key: f"band_{bisect_right(self.bands, value) + 1}"} if self.bands else {}

    def _middles(self, firsts: tuple[float, ...]) -> list[float]:
        """The middle of each band; the last one, which is open, counts as wide as the one before it, within `max`."""
        whole = 0 if self.decimals else 1
        ends = [*firsts[1:], min(firsts[-1] + firsts[-1] - firsts[-2], self.max + whole)]
        return [(first + end - whole) / 2 for first, end in zip(firsts, ends, strict=True)]

    def parts(self) -> tuple[Part, ...]:
        """Numbers as they are typed, never bands."""
        return (Part(self.key, self.prompt),)
