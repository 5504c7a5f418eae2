"""The word lists that reading comments rests on. Data, read from YAML."""

import re
from typing import Any

from pydantic import field_validator

from analysis.text.disclosures import WordFile
from analysis.text.language import LanguageWords
from analysis.text.valence import SchoolWords
from surveys.documents import read_yaml, validated


def _patterns(value: Any) -> Any:
    """Each text compiled; what is no pattern is said plainly."""
    for text in value if isinstance(value, list) else []:
        try:
            re.compile(str(text))
        except re.error as problem:
            raise ValueError(f"found '{text}', expected a regular expression: {problem}.") from problem
    return value


class SchoolLexicon(WordFile):
    """What VADER gets wrong in schools, how wishes are worded, and answers that say nothing."""

    words: dict[str, float | None]
    phrases: dict[str, float]
    boosters: tuple[str, ...]
    wishes: tuple[str, ...]
    no_content: tuple[str, ...]
    praise_when_improving: tuple[str, ...]

    checked = field_validator("wishes", "no_content", "praise_when_improving", mode="before")(_patterns)

    def overlay(self) -> SchoolWords:
        """The part that changes VADER."""
        return SchoolWords(words=self.words, phrases=self.phrases, boosters=self.boosters)


class _Languages(WordFile):
    english: str
    others: dict[str, str]


def load_school_lexicon(text: str, source: str) -> SchoolLexicon:
    """The school's overlay from YAML. Raises Invalid naming file, place, what was found and what was expected."""
    return validated(SchoolLexicon, read_yaml(text, source), text=text, source=source)


def load_language_words(text: str, source: str) -> LanguageWords:
    """The words by which languages are known, from YAML. Raises Invalid likewise."""
    content = validated(_Languages, read_yaml(text, source), text=text, source=source)
    others = {language: frozenset(words.split()) for language, words in content.others.items()}
    return LanguageWords(frozenset(content.english.split()), others)
