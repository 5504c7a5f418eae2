"""Misspelt words: the known word that one wrong letter turned into another."""

from collections.abc import Iterable, Iterator

SHORTEST = 6
"""Letters of a word that may be put right; among shorter ones too many real words differ by a letter."""


class Spelling:
    """Finds the word of a list that differs in one letter (changed, left out, added, or two changed round).

    The first letter must be right, as it nearly always is; a word of `ordinary` is what it is.
    """

    def __init__(self, words: Iterable[str], ordinary: frozenset[str]) -> None:
        self._ordinary = ordinary
        self._words = frozenset(word for word in words if len(word) >= SHORTEST and word.isalpha() and word.isascii())
        self._shortened: dict[str, str] = {}
        for word in sorted(self._words):
            for shorter in _shortened(word):
                self._shortened.setdefault(shorter, word)

    def right(self, word: str) -> str | None:
        """The word that was meant by one in small letters; None when it is known itself, or nothing is near.

        >>> Spelling(["brilliant"], frozenset()).right("brillient")
        'brilliant'
        """
        if len(word) < SHORTEST or word in self._ordinary or word in self._words or not word.isalpha():
            return None
        near = (found for shorter in _shortened(word) if (found := self._shortened.get(shorter)))
        return next((found for found in near if abs(len(found) - len(word)) <= 1), None)


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters but the first."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)))
