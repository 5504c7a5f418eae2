"""The table of weights with a row more for each token that was seen: all that the token says together."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
MOST_REMEMBERED = 60_000
"""Tokens kept at most; then the memory starts anew."""
_FIRST_ROOM = 1_024


class TokenSums:
    """A growing table: the learnt rows first, then one of zeros, then one for each token."""

    def __init__(self, learnt: Scores, sum_of: Callable[[str], Scores]) -> None:
        self._learnt, self._sum_of = learnt, sum_of
        self.nothing = len(learnt)
        self._known: dict[str, int] = {}
        self._table: Scores = self._empty()

    @property
    def table(self) -> Scores:
        """Every row; some at the end are not used yet."""
        return self._table

    def rows(self, tokens: Collection[str]) -> list[int]:
        """Where tokens stand."""
        known = self._known
        try:
            return [known[token] for token in tokens]
        except KeyError:
            return [known.get(token) or self._add(token) for token in tokens]

    def make_room(self) -> None:
        """Start anew when too much is kept: between texts, for rows must stay while they are added up."""
        if len(self._known) > MOST_REMEMBERED:
            self._known, self._table = {}, self._empty()

    def _add(self, token: str) -> int:
        row = self.nothing + 1 + len(self._known)
        if row == len(self._table):
            more = np.zeros((len(self._known) + _FIRST_ROOM, self._table.shape[1]), np.float32)
            self._table = np.concatenate((self._table, more))
        self._table[row] = self._sum_of(token)
        self._known[token] = row
        return row

    def _empty(self) -> Scores:
        return np.concatenate((self._learnt, np.zeros((1 + _FIRST_ROOM, self._learnt.shape[1]), np.float32)))
