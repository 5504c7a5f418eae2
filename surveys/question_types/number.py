"""A number."""

import math
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import N_, LocalisedText
from surveys.question_types.base import AnswerProblem, Question, register

LONGEST = 40


@register
class Number(Question):
    """A number between `min` and `max`, whole unless `decimals` are allowed."""

    type: Literal["number"] = "number"
    min: float = Field(0, allow_inf_nan=False)
    max: float = Field(1_000_000, allow_inf_nan=False)
    decimals: bool = False
    unit: LocalisedText | None = None

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min >= self.max:
            raise ValueError(f"found min {self.min:g} and max {self.max:g}, expected min below max.")
        return self

    def check(self, value: Any) -> int | float | None:
        """The number. Raises AnswerProblem."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        number = _number(value)
        if number is None or (not self.decimals and number != int(number)):
            raise AnswerProblem(N_("Write a number, such as %(example)s."), example=f"{math.ceil(self.min):g}")
        if not self.min <= number <= self.max:
            raise AnswerProblem(
                N_("Write a number from %(low)s to %(high)s."), low=f"{self.min:g}", high=f"{self.max:g}"
            )
        return int(number) if number == int(number) else number

    def read(self, value: Any, language: str) -> str:
        """The number with its unit."""
        return f"{value:g} {self.unit.in_(language)}" if self.unit else f"{value:g}"


def _number(value: Any) -> float | None:
    """A finite number from a form's text (decimal comma or point) or from JSON."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > LONGEST:
        return None
    try:
        number = (
            float(value.strip().replace(",", ".").replace("\u2212", "-")) if isinstance(value, str) else float(value)
        )
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
