"""Several answers out of many."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import N_, Localised
from surveys.question_types.base import CHOOSE_ONE, AnswerProblem, Column, Form, Part, Question, label_of, register
from surveys.question_types.choice import MOST_OPTIONS
from surveys.question_types.other import WithOther
from surveys.question_types.scaled import spoken
from surveys.scales import Option, refuse_doubles

CHOSEN = Option(code="chosen", label=Localised({"en": "Chosen", "cy": "Wedi’i ddewis", "pl": "Wybrano", "ur": "منتخب"}))
NOT_CHOSEN = Option(
    code="not_chosen",
    label=Localised({"en": "Not chosen", "cy": "Heb ei ddewis", "pl": "Nie wybrano", "ur": "منتخب نہیں"}),
)

ALONE = N_("One of your answers says that no other fits. Keep that one, or the others.")


def ticked_column(key: str, label: Localised, question: Question) -> Column:
    """The column of one option that may be chosen beside others."""
    return Column(
        key,
        label,
        (NOT_CHOSEN, CHOSEN),
        indicator=question.indicator,
        strand=question.strand,
        focus=question.focus,
        asked=question.prompt,
        shape="tick",
        told=frozenset({CHOSEN.code}),
    )


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
        if value is None or value == []:
            return None
        if not isinstance(value, list) or any(not isinstance(code, str) or code not in self.codes for code in value):
            raise AnswerProblem(CHOOSE_ONE)
        ticked = [option.code for option in self.options if option.code in value]
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
        return tuple(ticked_column(f"{self.key}.{option.code}", option.label, self) for option in self.options)

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """Chosen or not, for each option."""
        return {
            f"{self.key}.{option.code}": CHOSEN.code if option.code in value else NOT_CHOSEN.code
            for option in self.options
        }

    def parts(self) -> tuple[Part, ...]:
        """Each option as a yes or no, and all that were chosen in one cell."""
        return tuple(
            Part(f"{self.key}.{option.code}", option.label, (NOT_CHOSEN, CHOSEN), ticked=option.code)
            for option in self.options
        )

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the options."""
        return frozenset(option.code for option in self.options)

    def speakable(self, language: str) -> str:
        """Question, then the answers."""
        return spoken(super().speakable(language), self.options, language)
