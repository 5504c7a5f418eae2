"""A place between two ends."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import N_, LocalisedText
from surveys.question_types.base import AnswerProblem, Column, Form, Part, Question, register
from surveys.question_types.numbered import RATHER_NOT, bands, is_empty, typed_number, whole
from surveys.scales import Option

MOST_STEPS = 1000
BANDS = 5


@register
class Slider(Question):
    """The browser's own slider, without an answer until it is touched; without scripts a box for the number.

    Counted in up to five bands of equal width, so that no single number is ever shown; the best two fifths
    count as favourable, or what begins at `favourable_from`.
    """

    is_measured: ClassVar[bool] = True
    example: ClassVar[str] = """
key: confident
type: slider
prompt: How confident do you feel about the next school year?
min: 0
max: 100
step: 5
start_label: Not confident
end_label: Very confident
"""

    type: Literal["slider"] = "slider"
    min: float = Field(0, allow_inf_nan=False)
    max: float = Field(100, allow_inf_nan=False)
    step: float = Field(1, gt=0, allow_inf_nan=False)
    start_label: LocalisedText | None = None
    end_label: LocalisedText | None = None
    favourable_from: float | None = Field(None, allow_inf_nan=False)
    reverse: bool = False

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        steps = (self.max - self.min) / self.step
        if not 2 <= round(steps) <= MOST_STEPS or abs(steps - round(steps)) > 1e-6:
            raise ValueError(
                f"found min {self.min:g}, max {self.max:g} and step {self.step:g}, "
                f"expected 2 to {MOST_STEPS} whole steps from min to max."
            )
        if self.favourable_from is not None and not self.min <= self.favourable_from <= self.max:
            raise ValueError(f"found favourable_from {self.favourable_from:g}, expected a number from min to max.")
        return self

    @property
    def unscored(self) -> Option:
        """The way not to answer."""
        return RATHER_NOT

    @property
    def is_easier_with_script(self) -> bool:
        """A slider takes the place of the box."""
        return True

    def parse(self, form: Form) -> str | None:
        """What was typed or slid; not wanting to answer outweighs it."""
        return RATHER_NOT.code if form.get(f"{self.key}.{RATHER_NOT.code}") else form.get(self.key) or None

    def check(self, value: Any) -> int | float | str | None:
        """The nearest step, or "rather_not". Raises AnswerProblem."""
        if is_empty(value):
            return None
        if value == RATHER_NOT.code:
            return RATHER_NOT.code
        number = typed_number(value)
        if number is None or not self.min <= number <= self.max:
            raise AnswerProblem(
                N_("Write a number from %(low)s to %(high)s."), low=f"{self.min:g}", high=f"{self.max:g}"
            )
        return self._at(round((number - self.min) / self.step))

    def fields(self, value: Any) -> Iterator[tuple[str, str]]:
        """The number, or the box of those who would rather not."""
        if value == RATHER_NOT.code:
            yield f"{self.key}.{RATHER_NOT.code}", "yes"
        else:
            yield from super().fields(value)

    def read(self, value: Any, language: str) -> str:
        """The number out of the greatest, or that there is none."""
        return RATHER_NOT.label.in_(language) if value == RATHER_NOT.code else f"{value:g} / {self.max:g}"

    def columns(self) -> tuple[Column, ...]:
        """One column of bands."""
        made = bands(self._edges)
        turned = {
            band.code: self._turned((edge[0] + edge[1]) / 2) for band, edge in zip(made, self._edges, strict=True)
        }
        first = self.min + 0.6 * (self.max - self.min) if self.favourable_from is None else self.favourable_from
        return (
            Column(
                self.key,
                self.prompt,
                made,
                (RATHER_NOT,),
                frozenset(code for code, middle in turned.items() if middle >= first),
                reverse=self.reverse,
                indicator=self.indicator,
                strand=self.strand,
                core=self.core,
                focus=self.focus,
                scores={code: 100 * (middle - self.min) / (self.max - self.min) for code, middle in turned.items()},
                numbers={band.code: sum(edge) / 2 for band, edge in zip(made, self._edges, strict=True)},
            ),
        )

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The band, or that there is none."""
        if value == RATHER_NOT.code:
            return {self.key: value}
        return {self.key: f"band_{self._band(round((value - self.min) / self.step)) + 1}"}

    def parts(self) -> tuple[Part, ...]:
        """Numbers as they were given, never bands."""
        return (Part(self.key, self.prompt),)

    @property
    def _steps(self) -> int:
        return round((self.max - self.min) / self.step)

    def _at(self, step: int) -> int | float:
        return whole(round(self.min + step * self.step, 6))

    def _band(self, step: int) -> int:
        """Which band a step falls into, from 0."""
        return step * min(BANDS, self._steps + 1) // (self._steps + 1)

    @cached_property
    def _edges(self) -> list[tuple[float, float]]:
        """First and last number of each band."""
        edges: dict[int, tuple[float, float]] = {}
        for step in range(self._steps + 1):
            first, _last = edges.get(self._band(step), (self._at(step), 0))
            edges[self._band(step)] = (first, self._at(step))
        return list(edges.values())

    def _turned(self, number: float) -> float:
        return self.min + self.max - number if self.reverse else number
