"""Many regular expressions searched at once, without trying those that cannot match.

A pattern needs certain letters: `\\bself[- ]?harm` cannot match where no word holds "self", and
`(?:he|dad).{0,30}hurt` needs "hurt" and one of two others. These letters are found once per pattern, and which needs
a word meets once per distinct word; a text is then searched for the few patterns all of whose needs are met.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_MOST_REMEMBERED = 60_000
_LEAST_LETTERS = 2
Need = frozenset[str]
"""Pieces of words, one of which must be there."""


class Patterns:
    """Regular expressions on small letters, each with a name; several may share one."""

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._patterns = [(name, re.compile(pattern)) for name, pattern in patterns]
        self._bits: dict[Need, int] = {}
        self._always: set[int] = set()
        self._ways: list[tuple[int, int]] = []  # pattern, and as bits all that one of its ways to match needs
        self._begun: dict[int, list[int]] = {}  # ways by the bit of their strongest need
        self._pieces: dict[str, int] = {}  # bits of the needs that a piece meets
        for at, (_, pattern) in enumerate(self._patterns):
            self._take(at, ways_to_match(pattern.pattern))
        self._starts: dict[str, list[tuple[str, int]]] = {}  # the pieces by their first letters
        for piece, bits in self._pieces.items():
            self._starts.setdefault(piece[:_LEAST_LETTERS], []).append((piece, bits))
        self._remembered: dict[str, tuple[frozenset[int], int]] = {}

    def possible(self, words: Iterable[str]) -> list[tuple[str, re.Pattern[str]]]:
        """Names and expressions, in their order, that may match a text of these words; no other can."""
        ways: set[int] = set()
        met = 0
        for word in words:
            begun, bits = self._remembered.get(word) or self._learn(word)
            met |= bits
            if begun:
                ways |= begun
        possible = self._always.union(at for at, needed in map(self._ways.__getitem__, ways) if met & needed == needed)
        return [self._patterns[at] for at in sorted(possible)] if possible else []

    def _take(self, at: int, ways: Sequence[tuple[Need, ...]]) -> None:
        if not ways or not all(ways):
            self._always.add(at)
            return
        for needs in ways:
            bits = 0
            for need in needs:
                bits |= self._bit(need)
            self._begun.setdefault(self._bit(max(needs, key=_strength)), []).append(len(self._ways))
            self._ways.append((at, bits))

    def _bit(self, need: Need) -> int:
        bit = self._bits.get(need)
        if bit is None:
            bit = self._bits[need] = 1 << len(self._bits)
            for piece in need:
                self._pieces[piece] = self._pieces.get(piece, 0) | bit
        return bit

    def _learn(self, word: str) -> tuple[frozenset[int], int]:
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        met = 0
        for at in range(len(word) - 1):
            for piece, bits in self._starts.get(word[at : at + _LEAST_LETTERS], ()):
                if word.startswith(piece, at):
                    met |= bits
        begun = frozenset(way for bit, ways in self._begun.items() if bit & met for way in ways) if met else frozenset()
        found = self._remembered[word] = begun, met
        return found


def needed_letters(pattern: str) -> frozenset[str]:
    """Pieces of words of which every match holds at least one; empty when none is known.

    >>> sorted(needed_letters(r"\\b(?:cut|burn)s? my ?self"))
    ['burn', 'cut']
    """
    return _of_sequence(_parsed(pattern)) or frozenset()


def ways_to_match(pattern: str) -> tuple[tuple[Need, ...], ...]:
    """What each way to match needs: at least one piece of each need; an empty way needs nothing that is known.

    >>> [[sorted(need) for need in way] for way in ways_to_match("(?:he|dad) hurt|scared")]
    [[['dad', 'he'], ['hurt']], [['scared']]]
    """
    return _ways(_parsed(pattern))


def _parsed(pattern: str) -> Sequence[Any]:
    try:
        parser = import_module("re._parser")  # Python's own, not promised: without it every pattern is tried
    except ImportError:
        return ()
    parsed: Sequence[Any] = parser.parse(pattern)
    return parsed


def _ways(nodes: Sequence[Any]) -> tuple[tuple[Need, ...], ...]:
    """The sequence's ways: those of its widest choice between longer pieces, each with what the rest needs."""
    nodes = list(nodes)
    widths = {at: len(_options(node)) for at, node in enumerate(nodes)}
    choice = max((at for at, width in widths.items() if width), default=None, key=widths.__getitem__)
    if choice is None:
        return (_needs(nodes),)
    rest = _needs([*nodes[:choice], (None, None), *nodes[choice + 1 :]])
    return tuple((*rest, *way) for option in _options(nodes[choice]) for way in _ways(option))


def _options(node: Any) -> Sequence[Sequence[Any]]:
    """The options of a choice, when any of them is more than a piece of a word; else nothing."""
    kind, value = node
    if str(kind) == "SUBPATTERN" and len(value[-1]) == 1:
        return _options(value[-1][0])
    if str(kind) != "BRANCH" or all(len(_needs(option)) <= 1 for option in value[1]):
        return ()
    options: Sequence[Sequence[Any]] = value[1]
    return options


def _needs(nodes: Sequence[Any]) -> tuple[Need, ...]:
    """What every match of the sequence needs, each need once."""
    found = (each for each in _of_parts(nodes) if each and min(map(len, each)) >= _LEAST_LETTERS)
    return tuple(dict.fromkeys(found))


def _of_sequence(nodes: Sequence[Any]) -> frozenset[str] | None:
    """The best of what the parts need: the one whose shortest piece is the longest."""
    return max(_needs(nodes), key=_strength, default=None)


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
