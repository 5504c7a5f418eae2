"""One answer out of several without an order."""

from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from surveys.question_types.base import Column, Form, chosen, label_of, register
from surveys.question_types.other import WithOther
from surveys.question_types.scaled import spoken
from surveys.scales import Option, refuse_doubles

MOST_OPTIONS = 60


@register
class Choice(WithOther):
    """Radio buttons, or a list that drops down; can split results when listed among the `breakdowns`."""

    can_be_breakdown: ClassVar[bool] = True
    example: ClassVar[str] = """
key: way_to_school
type: choice
prompt: How do you mostly come to school?
options:
  - {code: walk, label: On foot}
  - {code: bus, label: By bus}
  - {code: car, label: By car}
  - {code: other, label: Another way, other: true}
"""

    type: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(min_length=2, max_length=MOST_OPTIONS)
    look: Literal["radio", "drop_down"] = "radio"

    @model_validator(mode="after")
    def _codes_once(self) -> Self:
        refuse_doubles([option.code for option in self.options], "code")
        return self

    def parse(self, form: Form) -> str | None:
        """The chosen code; words in the box of an option choose it when nothing else is chosen."""
        return form.get(self.key) or next(iter(self.written_for(form)), None)

    def check(self, value: Any) -> str | None:
        """A code of the options. Raises AnswerProblem."""
        return chosen(value, self.codes)

    def read(self, value: Any, language: str) -> str:
        """The option's words."""
        return label_of(value, self.options, language)

    def columns(self) -> tuple[Column, ...]:
        """One column without scores."""
        return (
            Column(self.key, self.prompt, self.options, indicator=self.indicator, strand=self.strand, focus=self.focus),
        )

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the options."""
        return frozenset(option.code for option in self.options)

    def speakable(self, language: str) -> str:
        """Question, then the answers."""
        return spoken(super().speakable(language), self.options, language)
