"""A block of text between questions."""

from typing import Any, ClassVar, Literal

from stakeholder.localised import LocalisedText
from surveys.question_types.base import Form, Question, register
from surveys.scales import Picture


@register
class Text(Question):
    """A heading and words to read, perhaps with a picture; there is nothing to answer.

    safety  it says where help is: its translation is shown only once a speaker has checked it, else the English
    """

    counts_as_question: ClassVar[bool] = False

    example: ClassVar[str] = """
key: about_lunch
type: text
prompt: Next, a few questions about lunch
body: They are about what you eat, where you eat it, and whom you sit with.
picture: apple
"""

    type: Literal["text"] = "text"
    body: LocalisedText | None = None
    picture: Picture | None = None
    safety: bool = False

    def parse(self, form: Form) -> None:
        """Nothing."""

    def check(self, value: Any) -> None:
        """Nothing is stored."""

    def speakable(self, language: str) -> str:
        """Heading and words."""
        return f"{super().speakable(language)} {self.body.in_(language) if self.body else ''}".strip()
