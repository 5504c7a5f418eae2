"""What single tokens say to every output, kept in one table so that a text is one look-up and one sum."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Learnt = tuple[Scores, Scores, int]
"""What a word says as a whole, what its pieces say, and how many pieces it has."""
MOST_REMEMBERED = 60_000
"""Tokens kept at most; then the memory starts anew."""
_FIRST_ROOM = 1_024


class TokenSums:
    """A growing table with a row for each token that was seen: its whole, then its pieces, each `outputs` wide."""

    def __init__(self, learnt: Callable[[str], Learnt], outputs: int) -> None:
        self._learnt, self._outputs = learnt, outputs
        self._at: dict[str, int] = {}
        self._lengths: list[int] = []
        self._sums: Scores = np.zeros((_FIRST_ROOM, 2 * outputs), np.float32)

    def added(self, distinct: Collection[str]) -> Learnt:
        """The sums over distinct tokens, at least one."""
        if len(self._at) + len(distinct) > MOST_REMEMBERED and self._at:
            self._forget()
        rows = [self._row(token) for token in distinct]
        both = np.add.reduce(self._sums.take(rows, axis=0))
        lengths = self._lengths
        return both[: self._outputs], both[self._outputs :], sum([lengths[row] for row in rows])

    def _row(self, token: str) -> int:
        found = self._at.get(token)
        return self._add(token) if found is None else found

    def _add(self, token: str) -> int:
        whole, parts, length = self._learnt(token)
        row = self._at[token] = len(self._lengths)
        if row == len(self._sums):
            self._sums = np.concatenate((self._sums, np.zeros_like(self._sums)))
        self._sums[row] = np.concatenate((whole, parts))
        self._lengths.append(length)
        return row

    def _forget(self) -> None:
        self._at, self._lengths = {}, []
        self._sums = np.zeros((_FIRST_ROOM, 2 * self._outputs), np.float32)
