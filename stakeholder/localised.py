"""Localised text: one meaning in several languages, with a fallback."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, RootModel

DEFAULT_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"ur", "ar", "fa", "he", "ps", "sd"})
LANGUAGE_NAMES = {"en": "English", "cy": "Cymraeg", "pl": "Polski", "ur": "اردو"}


def direction(language: str) -> str:
    """Writing direction of a language as HTML's `dir` wants it: 'rtl' or 'ltr'."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


class Localised(RootModel[Mapping[str, str]]):
    """One text in one or more languages; a plain string stands for English.

    >>> Localised({"en": "Yes", "pl": "Tak"}).in_("cy")
    'Yes'
    """

    model_config = ConfigDict(frozen=True)

    @property
    def languages(self) -> frozenset[str]:
        """Languages in which this text is present and not blank."""
        return frozenset(language for language, text in self.root.items() if text.strip())

    def in_(self, language: str) -> str:
        """The text in `language`, else in English, else in the first language there is."""
        return self.root.get(language) or self.root.get(DEFAULT_LANGUAGE) or next(iter(self.root.values()), "")

    def __str__(self) -> str:
        return self.in_(DEFAULT_LANGUAGE)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))


def _from_plain(value: Any) -> Any:
    """A plain text or number stands for English."""
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return {DEFAULT_LANGUAGE: str(value)} if plain else value


LocalisedText = Annotated[Localised, BeforeValidator(_from_plain)]


def N_(text: str) -> str:  # noqa: N802 - gettext's customary name
    """Mark English words for translation where they are written, to be looked up later where they are shown."""
    return text
