"""A block of text between questions."""

from typing import Any, ClassVar, Literal

from stakeholder.localised import LocalisedText
from surveys.question_types.base import Form, Question, register


@register
class Text(Question):
    """A heading and words to read; there is nothing to answer."""

    counts_as_question: ClassVar[bool] = False

    type: Literal["text"] = "text"
    body: LocalisedText | None = None

    def parse(self, form: Form) -> None:
        """Nothing."""

    def check(self, value: Any) -> None:
        """Nothing is stored."""

    def speakable(self, language: str) -> str:
        """Heading and words."""
        return f"{super().speakable(language)} {self.body.in_(language) if self.body else ''}".strip()
