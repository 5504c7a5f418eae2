"""Codebooks: the themes comments are sorted into, and the words that speak of each. Data, read from YAML."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

import analysis
from stakeholder.localised import LocalisedText
from surveys.documents import read_yaml, validated

CODEBOOKS = Path(analysis.__file__).parent / "data" / "codebooks"
DEFAULT_CODEBOOK = "soto"


class _Part(BaseModel):
    """Part of a codebook: frozen, and a word it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Theme(_Part):
    """One theme.

    code        stable name such as `wel.food`; never reused for another meaning
    dimension   key of a dimension of the framework, None for what lies across all of them
    keywords    words or short phrases that speak of the theme on their own
    hints       words that count half: two different ones, or one beside a keyword of the theme
    fallback    given only where a judging comment has no other theme
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$", max_length=80)
    label: LocalisedText
    dimension: str | None = None
    definition: LocalisedText
    keywords: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    fallback: bool = False

    @field_validator("keywords", "hints")
    @classmethod
    def _with_letters(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if not any(letter.isalnum() for letter in phrase):
                raise ValueError(f"found '{phrase}', expected a word or a short phrase.")
        return phrases


class Codebook(_Part):
    """Themes in reading order, and how words are misspelt.

    spellings  correct word -> ways to misspell it
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
    title: LocalisedText
    note: LocalisedText | None = None
    spellings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    themes: tuple[Theme, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        seen: set[str] = set()
        for theme in self.themes:
            if theme.code in seen:
                raise ValueError(f"themes: found the code '{theme.code}' a second time, expected it once.")
            seen.add(theme.code)
        return self

    @property
    def digest(self) -> str:
        """Names exactly this state of the codebook."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def theme(self, code: str) -> Theme | None:
        """The theme with this code, if there is one."""
        return next((theme for theme in self.themes if theme.code == code), None)


def load_codebook(text: str, source: str) -> Codebook:
    """A codebook from YAML. Raises Invalid naming file, place, what was found and what was expected."""
    return validated(Codebook, read_yaml(text, source), text=text, source=source)


@cache
def default_codebook() -> Codebook:
    """The codebook on the four dimensions that the product comes with."""
    path = CODEBOOKS / f"{DEFAULT_CODEBOOK}.yaml"
    return load_codebook(path.read_text(encoding="utf-8"), path.name)
