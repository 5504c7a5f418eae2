"""Texts beside "Other": asked with a choice, stored apart from the answers like a comment, never beside them."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from pydantic import Field

from surveys.question_types.base import Form, Question
from surveys.question_types.short_text import ShortText
from surveys.scales import Option


class OtherText(ShortText):
    """The words beside one option; its key is "question.option.text"."""

    key: str = Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+\.text$")

    @property
    def option(self) -> str:
        """The code of the option that it belongs to."""
        return self.key.split(".")[1]


class WithOther(Question):
    """A kind whose options may bring a text box of their own."""

    options: tuple[Option, ...]

    @property
    def is_easier_with_script(self) -> bool:
        """Boxes show when they are needed, and ticks that exclude each other go."""
        return any(option.other or option.exclusive for option in self.options)

    @cached_property
    def other_texts(self) -> tuple[OtherText, ...]:
        """One text for each option that asks for it."""
        return tuple(
            OtherText(key=f"{self.key}.{option.code}.text", prompt=option.label)
            for option in self.options
            if option.other
        )

    @property
    def companions(self) -> tuple[Question, ...]:
        """The texts."""
        return self.other_texts

    def keys_asked(self, value: Any) -> tuple[str, ...]:
        """Its key, and the texts of the options that were chosen."""
        codes = value if isinstance(value, list) else [value]
        return (self.key, *(text.key for text in self.other_texts if text.option in codes))

    def written_for(self, form: Form) -> Sequence[str]:
        """Codes of the options in whose boxes something is written."""
        return [text.option for text in self.other_texts if (form.get(text.key) or "").strip()]
