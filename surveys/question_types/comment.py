"""A comment in one's own words."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from surveys.question_types.base import Question, clean_text, register


@register
class Comment(Question):
    """Free text, stored apart from the answers.

    max_length  characters that are kept; a longer text is refused, never cut
    polarity    what the question asks for
    """

    is_comment: ClassVar[bool] = True

    example: ClassVar[str] = """
key: one_change
type: comment
prompt: What one thing would make this school better?
polarity: improve
"""

    type: Literal["comment"] = "comment"
    max_length: int = Field(5000, ge=1, le=20_000)
    polarity: Literal["positive", "improve", "neutral"] = "neutral"

    def check(self, value: Any) -> str | None:
        """The text. Raises AnswerProblem when it is too long."""
        return clean_text(value, self.max_length)
