"""A comment's words, split once for all who look at them."""

import re
from functools import cached_property

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Words:
    """A cleaned text with its words.

    lowered  the text in small letters, every letter in its place
    tokens   its words in small letters, in order; apostrophes inside a word belong to it
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lowered = _lowered(text)
        self.tokens: list[str] = _WORD.findall(self.lowered)
        self.distinct = frozenset(self.tokens)

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Start and end (exclusive) of each token; found only when somebody asks."""
        return tuple(found.span() for found in _WORD.finditer(self.lowered))


def _lowered(text: str) -> str:
    """Small letters, each in its place: "İ" alone would become two."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
