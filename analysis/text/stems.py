"""Words of a text with their places and stems."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nltk.stem.porter import PorterStemmer

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MOST_REMEMBERED = 60_000
_WHOLE = 3
"""Words up to this length are compared as they are written: pe, re, ta, it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its stem and where it stands, end exclusive."""

    stem: str
    start: int
    end: int


class Stems:
    """Stems of words (Porter 1980, by NLTK), with common misspellings put right first."""

    def __init__(self, spellings: Mapping[str, tuple[str, ...]]) -> None:
        self._right = {wrong: right for right, wrongs in spellings.items() for wrong in wrongs if " " not in wrong}
        self._porter = PorterStemmer()
        self._remembered: dict[str, str] = {}

    def of(self, word: str) -> str:
        """The stem of one word in small letters.

        >>> Stems({"teacher": ("techer",)}).of("techer") == Stems({}).of("teachers")
        True
        """
        known = self._remembered.get(word)
        if known is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            known = self._remembered[word] = self._stem(word)
        return known

    def words(self, text: str) -> tuple[Word, ...]:
        """Every word of a cleaned text, in order."""
        return tuple(Word(self.of(found[0].lower()), *found.span()) for found in _WORD.finditer(text))

    def phrase(self, text: str) -> tuple[str, ...]:
        """The stems of a phrase."""
        return tuple(self.of(found[0]) for found in _WORD.finditer(text.lower()))

    def _stem(self, word: str) -> str:
        bare = word.removesuffix("'s").replace("'", "")
        bare = self._right.get(bare, bare)
        return bare if len(bare) <= _WHOLE else str(self._porter.stem(bare))
