"""The word lists that reading comments rests on. Data, read from YAML."""

import re
from pathlib import Path
from typing import Any

from pydantic import field_validator

import analysis
from analysis.text.disclosures import WordFile
from analysis.text.language import LanguageWords
from analysis.text.valence import SchoolWords
from surveys.documents import read_yaml, validated

NAMES = Path(analysis.__file__).parent / "data" / "names"


def _patterns(value: Any) -> Any:
    """Each text compiled; what is no pattern is said plainly."""
    for text in value if isinstance(value, list) else []:
        try:
            re.compile(str(text))
        except re.error as problem:
            raise ValueError(f"found '{text}', expected a regular expression: {problem}.") from problem
    return value


class Irony(WordFile):
    """Praise that people begin with when they mean the opposite, and what nobody praises ("love queuing")."""

    praises: tuple[str, ...]
    burdens: tuple[str, ...]


class SchoolLexicon(WordFile):
    """What VADER gets wrong in schools, how irony and wishes are worded, and answers that say nothing."""

    words: dict[str, float | None]
    phrases: dict[str, float]
    boosters: tuple[str, ...]
    irony: Irony
    wishes: tuple[str, ...]
    no_content: tuple[str, ...]
    praise_when_improving: tuple[str, ...]

    checked = field_validator("wishes", "no_content", "praise_when_improving", mode="before")(_patterns)

    def overlay(self) -> SchoolWords:
        """The part that changes VADER."""
        return SchoolWords(self.words, self.phrases, self.boosters, ordinary_words())


class _Languages(WordFile):
    english: str
    others: dict[str, str]


def ordinary_words() -> frozenset[str]:
    """Words that are spelt right, in small letters."""
    lines = (NAMES / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def load_school_lexicon(text: str, source: str) -> SchoolLexicon:
    """The school's overlay from YAML. Raises Invalid naming file, place, what was found and what was expected."""
    return validated(SchoolLexicon, read_yaml(text, source), text=text, source=source)


def load_language_words(text: str, source: str) -> LanguageWords:
    """The words by which languages are known, from YAML. Raises Invalid likewise."""
    content = validated(_Languages, read_yaml(text, source), text=text, source=source)
    others = {language: frozenset(words.split()) for language, words in content.others.items()}
    return LanguageWords(frozenset(content.english.split()), others)
