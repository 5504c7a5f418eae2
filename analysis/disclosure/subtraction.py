"""What must stay hidden beside a small group, so that no sum or difference of shown groups brings it back. Pure.

Groups of one audience stand in a table: everyone, the parts of each breakdown (margins), and two breakdowns crossed.
People who did not say where they belong are a row or column of their own that is never shown. For a table whose sums
of rows and columns are known, what can be worked out about hidden cells is known exactly (Gusfield 1988, SIAM J.
Comput. 17, 552-571): the people of a set of rows less those of a set of columns, wherever each hidden cell of these
columns lies in these rows. It is therefore enough to look at every set of columns once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

MOST_COLUMNS = 12
Filters = tuple[tuple[str, str], ...]
Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """People of one cell.

    n       those whose answers count
    people  with those whose answers are not scored; they are protected too
    rank    where the group stands when another must be hidden: the lowest first, the same for every subject
    """

    n: int
    people: int
    rank: int


def concealed(groups: Mapping[Filters, Group], *, minimum: int) -> frozenset[Filters]:
    """The groups to hide among the parts of an audience whose whole is shown.

    groups   by filters: () everyone, one pair a margin, two pairs a crossing
    minimum  no group of fewer people, unless of nobody, becomes a sum or difference of groups that are left
    """
    hidden = {filters for filters in groups if filters and groups[filters].n < minimum}
    questions = list(dict.fromkeys(question for filters in groups for question, _ in filters))
    for question in questions:
        _hide_complements(groups, hidden, question, minimum)
    settled = None
    while settled != hidden:
        settled = set(hidden)
        for pair in _crossings(groups, questions):
            _hide_crossing(groups, hidden, pair, minimum)
    return frozenset(hidden)


def _margin(groups: Mapping[Filters, Group], question: str) -> list[Filters]:
    return [filters for filters in groups if len(filters) == 1 and filters[0][0] == question]


def _crossings(groups: Mapping[Filters, Group], questions: list[str]) -> list[tuple[str, str]]:
    crossed = {tuple(question for question, _ in filters) for filters in groups if len(filters) == 2}
    return [pair for pair in combinations(questions, 2) if {pair, pair[::-1]} & crossed]


def _hide_complements(groups: Mapping[Filters, Group], hidden: set[Filters], question: str, minimum: int) -> None:
    """Hide margins, smallest first, until the hidden ones and those who did not say are nobody or enough."""
    parts = _margin(groups, question)
    while parts:
        shown = [part for part in parts if part not in hidden]
        n = groups[()].n - sum(groups[part].n for part in shown)
        people = groups[()].people - sum(groups[part].people for part in shown)
        if n >= minimum or people <= 0 or not shown:
            return
        hidden.add(_lowest(groups, shown))


def _hide_crossing(groups: Mapping[Filters, Group], hidden: set[Filters], pair: tuple[str, str], minimum: int) -> None:
    """Hide crossings until the table is safe; where hiding all is not enough, hide margins of the second breakdown."""
    down, across = pair
    while True:
        table = _Table(groups, hidden, down, across)
        if table.make_safe(minimum):
            hidden |= table.hidden_filters()
            return
        shown = [part for part in _margin(groups, across) if part not in hidden]
        if not shown:
            hidden |= table.crossed
            return
        hidden.add(_lowest(groups, shown))


def _lowest(groups: Mapping[Filters, Group], parts: list[Filters]) -> Filters:
    return min(parts, key=lambda part: (groups[part].rank, part))


class _Table:
    """Two breakdowns crossed, the one with fewer parts across.

    The last row and column hold everyone whose margin is hidden or not known.
    """

    def __init__(self, groups: Mapping[Filters, Group], hidden: set[Filters], down: str, across: str) -> None:
        self.groups = groups
        self.crossed = {filters for filters in groups if {question for question, _ in filters} == {down, across}}
        sides = [[part[0] for part in _margin(groups, side) if part not in hidden] for side in (down, across)]
        self.columns, self.rows = sorted(sides, key=len)
        self.n = self._counts("n")
        self.people = self._counts("people")
        self.rank = self._filled("rank")
        self.shown = np.zeros(self.n.shape, dtype=np.bool_)
        for i, row in enumerate(self.rows):
            for j, column in enumerate(self.columns):
                self.shown[i, j] = self._filters(row, column) in groups and self._filters(row, column) not in hidden

    def hidden_filters(self) -> set[Filters]:
        """Crossings that are not shown, those of hidden margins included."""
        shown = {self._filters(self.rows[i], self.columns[j]) for i, j in np.argwhere(self.shown)}
        return self.crossed - shown

    def make_safe(self, minimum: int) -> bool:
        """Hide crossings until nothing small can be worked out; False when even hiding all of them is not enough."""
        if len(self.columns) >= MOST_COLUMNS:  # too many sets of columns to look at
            self.shown[:] = False
            return True
        while weak := self._weak_spot(minimum):
            rows, columns = weak
            inside = self.shown & rows[:, None] & ~columns[None, :]
            beside = self.shown & ~rows[:, None] & columns[None, :]
            candidates = inside if inside.any() else beside
            if not candidates.any():
                return False
            self.shown[self._lowest(candidates)] = False
        return True

    def _weak_spot(self, minimum: int) -> tuple[Mask, Mask] | None:
        """Rows and columns whose difference is a group of some, but fewer than `minimum`; None when there is none.

        A row alone, else for each set of columns all rows that hold hidden people of theirs: further rows only add.
        """
        n, people = np.where(self.shown, 0, self.n), np.where(self.shown, 0, self.people)
        for row in np.nonzero((people.sum(axis=1) > 0) & (n.sum(axis=1) < minimum))[0]:
            return np.arange(len(n)) == row, np.zeros(n.shape[1], dtype=np.bool_)
        sets = _sets(n.shape[1])
        rows = sets.astype(np.int64) @ (people > 0).T > 0
        left_n, left_people = ((rows * (~sets @ counts.T)).sum(axis=1) for counts in (n, people))
        weak = np.nonzero((left_people > 0) & (left_n < minimum))[0]
        return (rows[weak[0]], sets[weak[0]]) if weak.size else None

    def _lowest(self, candidates: Mask) -> tuple[int, int]:
        places = list(zip(*(place.tolist() for place in np.nonzero(candidates)), strict=True))
        return min(places, key=lambda place: (int(self.rank[place]), place))

    def _filters(self, row: tuple[str, str], column: tuple[str, str]) -> Filters:
        straight = (row, column)
        return straight if straight in self.groups else (column, row)

    def _filled(self, name: str) -> Counts:
        counts = np.zeros((len(self.rows) + 1, len(self.columns) + 1), dtype=np.int64)
        for i, row in enumerate(self.rows):
            for j, column in enumerate(self.columns):
                found = self.groups.get(self._filters(row, column))
                counts[i, j] = getattr(found, name) if found else 0
        return counts

    def _counts(self, name: str) -> Counts:
        """The crossings, and what the sums leave for the last row and column."""
        counts = self._filled(name)
        counts[:-1, -1] = [getattr(self.groups[(row,)], name) for row in self.rows] - counts[:-1, :-1].sum(axis=1)
        counts[-1, :-1] = [getattr(self.groups[(each,)], name) for each in self.columns] - counts[:-1, :-1].sum(axis=0)
        counts[-1, -1] = getattr(self.groups[()], name) - counts.sum()
        return counts


@lru_cache(maxsize=MOST_COLUMNS + 1)
def _sets(columns: int) -> Mask:
    """Every set of columns, one a row."""
    sets: Mask = (np.arange(2**columns)[:, None] >> np.arange(columns)) % 2 == 1
    return sets
