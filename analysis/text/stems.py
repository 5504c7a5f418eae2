"""Stems: what the forms of a word have in common."""

import re
from collections.abc import Iterable, Mapping

from analysis.text.porter import porter

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MOST_REMEMBERED = 60_000
_WHOLE = 3
"""Words up to this length are compared as they are written: pe, re, ta, it."""


class Stems:
    """Stems of words (Porter 1980, by NLTK), with common misspellings put right first."""

    def __init__(self, spellings: Mapping[str, tuple[str, ...]]) -> None:
        self._right = {wrong: right for right, wrongs in spellings.items() for wrong in wrongs if " " not in wrong}
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

    def all_of(self, tokens: Iterable[str]) -> list[str]:
        """The stem of each word, in order."""
        remembered = self._remembered
        return [remembered.get(token) or self.of(token) for token in tokens]

    def phrase(self, text: str) -> tuple[str, ...]:
        """The stems of a phrase."""
        return tuple(self.of(found[0]) for found in _WORD.finditer(text.lower()))

    def _stem(self, word: str) -> str:
        bare = word.removesuffix("'s").replace("'", "")
        bare = self._right.get(bare, bare)
        return bare if len(bare) <= _WHOLE else porter().stem(bare)
