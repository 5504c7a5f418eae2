"""A statement and how far one agrees with it."""

from functools import cached_property
from typing import Any, ClassVar, Literal

from surveys.question_types.base import Column, Question, chosen, label_of, register
from surveys.question_types.scaled import all_options, scale_column, spoken
from surveys.scales import Option, Scale


@register
class Likert(Question):
    """Radio buttons on a scale; `reverse`: the statement is worded negatively."""

    example: ClassVar[str] = """
key: enjoy_lessons
type: likert
prompt: I enjoy most of my lessons
scale: agree5
"""

    type: Literal["likert"] = "likert"
    scale: Scale
    reverse: bool = False

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen, unscored options last."""
        return all_options(self.scale)

    def check(self, value: Any) -> str | None:
        """A code of the scale. Raises AnswerProblem."""
        return chosen(value, self.codes)

    def read(self, value: Any, language: str) -> str:
        """The option's words."""
        return label_of(value, self.options, language)

    def columns(self) -> tuple[Column, ...]:
        """One column."""
        return (scale_column(self, self.scale, reverse=self.reverse),)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the scale."""
        return frozenset(option.code for option in self.options)

    def speakable(self, language: str) -> str:
        """Statement, then the answers."""
        return spoken(super().speakable(language), self.options, language)
