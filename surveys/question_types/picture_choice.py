"""A choice among pictures, each with its words."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from surveys.question_types.base import (
    Column,
    Form,
    Part,
    Question,
    label_of,
    register,
)
from surveys.question_types.scaled import spoken
from surveys.question_types.ticks import one_or_several, refuse_boxes, tick_codes, tick_columns, tick_parts
from surveys.scales import Option, refuse_doubles

MOST_OPTIONS = 20


@register
class PictureChoice(Question):
    """Big pictures to choose one of, or `several`; the words beside a picture are always shown."""

    example: ClassVar[str] = """
key: play_with
type: picture_choice
prompt: What do you like best at break?
options:
  - {code: ball, label: Playing ball, picture: ball}
  - {code: music, label: Music, picture: music}
  - {code: paint, label: Painting, picture: paint}
  - {code: friends, label: Talking with friends, picture: friends}
"""

    type: Literal["picture_choice"] = "picture_choice"
    options: tuple[Option, ...] = Field(min_length=2, max_length=MOST_OPTIONS)
    several: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_doubles([option.code for option in self.options], "code")
        without = [option.code for option in self.options if option.picture is None]
        if without:
            raise ValueError(f"the option '{without[0]}' has no picture; expected the name of one for each.")
        refuse_boxes(self.options)
        return self

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the options."""
        return frozenset(option.code for option in self.options)

    def parse(self, form: Form) -> Any:
        """The chosen code, or the codes where several may be chosen."""
        return (form.getlist(self.key) if self.several else form.get(self.key)) or None

    def check(self, value: Any) -> Any:
        """A code, or codes in the options' order. Raises AnswerProblem."""
        return one_or_several(value, self.options, several=self.several)

    def read(self, value: Any, language: str) -> str:
        """The words of what was chosen."""
        codes = value if isinstance(value, list) else [value]
        return "; ".join(label_of(code, self.options, language) for code in codes)

    def columns(self) -> tuple[Column, ...]:
        """One column, or one for each option where several may be chosen."""
        if not self.several:
            return (Column(self.key, self.prompt, self.options, indicator=self.indicator, strand=self.strand),)
        return tick_columns(self, self.options)

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The code, or chosen or not for each option."""
        if not self.several:
            return {self.key: value}
        return tick_codes(self.key, self.options, value)

    def parts(self) -> tuple[Part, ...]:
        """As it is counted; a cell ticks an option where several may be chosen."""
        if not self.several:
            return super().parts()
        return tick_parts(self.key, self.options)

    def speakable(self, language: str) -> str:
        """Question, then the answers."""
        return spoken(super().speakable(language), self.options, language)
