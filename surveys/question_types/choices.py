"""Several answers out of many."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import N_
from surveys.question_types.base import AnswerProblem, Column, Form, Part, label_of, register
from surveys.question_types.choice import MOST_OPTIONS
from surveys.question_types.other import WithOther
from surveys.question_types.scaled import spoken
from surveys.question_types.ticks import in_order, tick_codes, tick_columns, tick_parts
from surveys.scales import Option, refuse_doubles

ALONE = N_("One of your answers says that no other fits. Keep that one, or the others.")


@register
class Choices(WithOther):
    """Check boxes; `min` and `max` bound how many are ticked by someone who ticks any.

    An `exclusive` option ("None of these") stands alone: it is within the bounds by itself.
    """

    example: ClassVar[str] = """
key: clubs
type: choices
prompt: Which clubs have you been to this term?
max: 3
options:
  - {code: sport, label: Sport}
  - {code: music, label: Music}
  - {code: science, label: Science}
  - {code: other, label: Another club, other: true}
  - {code: none, label: None of these, exclusive: true}
"""

    type: Literal["choices"] = "choices"
    options: tuple[Option, ...] = Field(min_length=2, max_length=MOST_OPTIONS)
    min: int = Field(0, ge=0)
    max: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        refuse_doubles([option.code for option in self.options], "code")
        most = len(self.options) if self.max is None else self.max
        if not self.min <= most <= len(self.options):
            raise ValueError(
                f"found min {self.min} and max {most} for {len(self.options)} options, expected min <= max <= options."
            )
        return self

    def parse(self, form: Form) -> list[str] | None:
        """The ticked codes; words in the box of an option tick it."""
        return list(dict.fromkeys([*form.getlist(self.key), *self.written_for(form)])) or None

    def check(self, value: Any) -> list[str] | None:
        """Ticked codes in the options' order. Raises AnswerProblem."""
        ticked = in_order(value, self.options)
        if ticked is None:
            return None
        if any(option.exclusive and option.code in ticked for option in self.options):
            if len(ticked) > 1:
                raise AnswerProblem(ALONE)
            return ticked
        if len(ticked) < self.min:
            raise AnswerProblem(N_("Choose at least %(number)s."), number=self.min)
        if self.max is not None and len(ticked) > self.max:
            raise AnswerProblem(N_("Choose at most %(number)s."), number=self.max)
        return ticked

    def read(self, value: Any, language: str) -> str:
        """The options' words, joined."""
        return "; ".join(label_of(code, self.options, language) for code in value)

    def columns(self) -> tuple[Column, ...]:
        """One column for each option."""
        return tick_columns(self, self.options)

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """Chosen or not, for each option."""
        return tick_codes(self.key, self.options, value)

    def parts(self) -> tuple[Part, ...]:
        """Each option as a yes or no, and all that were chosen in one cell."""
        return tick_parts(self.key, self.options)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the options."""
        return frozenset(option.code for option in self.options)

    def speakable(self, language: str) -> str:
        """Question, then the answers."""
        return spoken(super().speakable(language), self.options, language)
