"""Clauses: the stretches of a comment that make one point each."""

import re

_BREAK = re.compile(
    r"(?:[.!?\u2026\u06d4]+[\"')\]]*(?=\s|$))|\n|;|\s[-\u2013\u2014]+(?=\s)"
    r"|,?\s(?=(?:but|however|although|though|whereas|except|yet|apart from|on the other hand)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w|[^\x00-\x7f]")


def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end (exclusive) of each clause of a cleaned text, in order, none empty and none overlapping.

    It breaks after the end of a sentence, at line breaks, semicolons and dashes, and before words that turn
    the meaning round ("but", "although", "except").

    >>> [text[a:b] for text in ["Food is bad but clubs are great."] for a, b in clauses(text)]
    ['Food is bad', 'but clubs are great.']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _BREAK.finditer(text):
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add the stretch without the blanks around it; a stretch without words belongs to the clause before."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    end -= len(stretch) - len(stretch.rstrip())
    if start >= end:
        return
    if _WORD.search(text, start, end) or not found:
        found.append((start, end))
    else:
        found[-1] = (found[-1][0], end)
