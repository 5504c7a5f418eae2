"""A word or a line."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from surveys.question_types.base import Question, clean_text, register


@register
class ShortText(Question):
    """One line of free text; like a comment it is stored apart from the answers."""

    is_comment: ClassVar[bool] = True

    type: Literal["short_text"] = "short_text"
    max_length: int = Field(200, ge=1, le=500)

    def check(self, value: Any) -> str | None:
        """The text on one line. Raises AnswerProblem when it is too long."""
        text = clean_text(value, self.max_length)
        return " ".join(text.split()) if text else None
