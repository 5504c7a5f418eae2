"""Many regular expressions searched at once, without trying those that cannot match.

A pattern needs certain letters: `\\bself[- ]?harm` cannot match where no word holds "self". These letters are found
once per pattern, and the patterns that a word can take part in once per distinct word; a text is then searched
for the few patterns whose letters its words hold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_MOST_REMEMBERED = 60_000
_LEAST_LETTERS = 2


class Patterns:
    """Regular expressions on small letters, each with a name; several may share one."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._patterns = [(name, re.compile(pattern)) for name, pattern in patterns]
        needed = [needed_letters(pattern.pattern) for _, pattern in self._patterns]
        self._always = frozenset(at for at, letters in enumerate(needed) if not letters)
        self._needed = [(piece, at) for at, letters in enumerate(needed) for piece in letters]
        self._remembered: dict[str, frozenset[int]] = {}

    def possible(self, words: Iterable[str]) -> list[tuple[str, re.Pattern[str]]]:
        """Names and expressions, in their order, that may match a text of these words; no other can."""
        possible = set(self._always)
        for word in words:
            known = self._remembered.get(word)
            if known is None:
                known = self._learn(word)
            if known:
                possible |= known
        return [self._patterns[at] for at in sorted(possible)] if possible else []

    def _learn(self, word: str) -> frozenset[int]:
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        found = self._remembered[word] = frozenset(at for piece, at in self._needed if piece in word)
        return found


def needed_letters(pattern: str) -> frozenset[str]:
    """Pieces of words of which every match holds at least one; empty when none is known.

    >>> sorted(needed_letters(r"\\b(?:cut|burn)s? my ?self"))
    ['burn', 'cut']
    """
    try:
        parser = import_module("re._parser")  # Python's own, not promised: without it every pattern is tried
    except ImportError:
        return frozenset()
    return _of_sequence(parser.parse(pattern)) or frozenset()


def _of_sequence(nodes: Sequence[Any]) -> frozenset[str] | None:
    """The best of what the parts need: the one whose shortest piece is the longest."""
    best: frozenset[str] | None = None
    for found in _of_parts(nodes):
        if found and min(map(len, found)) >= _LEAST_LETTERS and (best is None or _strength(found) > _strength(best)):
            best = found
    return best


def _of_parts(nodes: Sequence[Any]) -> Iterator[frozenset[str] | None]:
    run = ""
    for kind, value in nodes:
        name = str(kind)
        if name == "LITERAL" and _WORD.match(chr(value)):
            run += chr(value)
            continue
        if run:
            yield frozenset({run})
        run = ""
        yield _of_node(name, value)
    if run:
        yield frozenset({run})


def _of_node(name: str, value: Any) -> frozenset[str] | None:
    if name == "SUBPATTERN":
        return _of_sequence(value[-1])
    if name == "BRANCH":
        parts = [_of_sequence(part) for part in value[1]]
        return frozenset().union(*(part for part in parts if part)) if all(parts) else None
    if name in {"MAX_REPEAT", "MIN_REPEAT"} and value[0] > 0:
        return _of_sequence(value[2])
    return None


def _strength(pieces: frozenset[str]) -> tuple[int, int]:
    return min(map(len, pieces)), -len(pieces)
