"""A comment's words, split once for all who look at them."""

import re
from functools import cached_property
from itertools import accumulate

_WORD = re.compile(r"([^\W_]+(?:'[^\W_]+)*)")


class Words:
    """A cleaned text with its words.

    lowered  the text in small letters, every letter in its place
    tokens   its words in small letters, in order; apostrophes inside a word belong to it
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lowered = _lowered(text)
        self._parts: list[str] = _WORD.split(self.lowered)  # what is between words at even places, words at odd ones
        self.tokens = self._parts[1::2]
        self.distinct = frozenset(self.tokens)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Start of one token and end (exclusive) of another; found only when somebody asks."""
        return self._ends[2 * first], self._ends[2 * last + 1]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(map(len, self._parts)))


def _lowered(text: str) -> str:
    """Small letters, each in its place: "İ" alone would become two."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
