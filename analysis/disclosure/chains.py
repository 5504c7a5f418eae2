"""Reckonings that run over several tables: sums and differences of shown groups that arrive at a few people. Pure.

`subtraction` looks at two breakdowns crossed, whatever the length of the reckoning. Tables that share a breakdown, and
groups that lie inside each other by accident (everyone in Year 7 with support happens to speak Polish), allow more.
Here people stand in *atoms*: all who gave the same answers to all breakdowns. What can be worked out about a set of
atoms is what lies in the span of the shown groups. A random vector at right angles to that span gives each atom a
number, and a set of atoms can be worked out exactly if its numbers add up to 0 (but for chances of about 1 in 10^9). So
small sets are found by sorting sums rather than by trying every set: up to four atoms, or up to four groups that two
or three breakdowns make of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.subtraction import Filters, Group

ENOUGH_TO_PAIR = 220
_NEAR = 1e-7
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Atoms:
    """Where people stand in all breakdowns at once.

    questions  the breakdowns, in the order of the columns of `codes`
    options    by question, the codes that stand for places 0, 1, ...
    codes      shape (atoms, questions): the option's place, -1 for those who did not say
    n          shape (atoms,): people whose answers count
    people     shape (atoms,): with those whose answers are not scored
    """

    questions: tuple[str, ...]
    options: Mapping[str, tuple[str, ...]]
    codes: Places
    n: Places
    people: Places

    def inside(self, filters: Filters) -> NDArray[np.bool_]:
        """Which atoms belong to a group."""
        chosen = np.ones(len(self.codes), dtype=np.bool_)
        for question, code in filters:
            place = self.options[question].index(code)
            chosen &= self.codes[:, self.questions.index(question)] == place
        return chosen


def chained(
    groups: Mapping[Filters, Group], hidden: frozenset[Filters], atoms: Atoms, *, minimum: int
) -> frozenset[Filters]:
    """Further groups to hide, smallest first, until no reckoning arrives at fewer than `minimum` people.

    hidden  what is hidden already
    """
    living = atoms.people > 0
    codes, n, people = atoms.codes[living], atoms.n[living], atoms.people[living]
    shown = [filters for filters in groups if filters not in hidden]
    rows = np.array([atoms.inside(filters)[living] for filters in shown], dtype=np.float64)
    further: set[Filters] = set()
    while found := _small_set(rows, codes, n, people, minimum):
        part = _part_to_hide(groups, shown, found)
        gone = {each for each in shown if set(part) <= set(each)}
        further |= gone
        kept = [at for at, each in enumerate(shown) if each not in gone]
        shown, rows = [shown[at] for at in kept], rows[kept]
    return frozenset(further)


@dataclass(frozen=True)
class _Found:
    """Atoms that can be worked out together, and how much each shown group has to do with it."""

    weights: Numbers


def _small_set(rows: Numbers, codes: Places, n: Places, people: Places, minimum: int) -> _Found | None:
    """A set of atoms that can be worked out, of some people but fewer than `minimum`; None where there is none."""
    gram = rows @ rows.T
    inverse = np.linalg.pinv(gram, hermitian=True)
    random = np.random.default_rng(len(rows))
    draws = random.standard_normal((2, rows.shape[1]))
    off = draws - (draws @ rows.T) @ inverse @ rows
    for level in _levels(codes):
        numbers, sizes, whole = (_summed(level, each) for each in (off.T, n[:, None], people[:, None]))
        small = np.nonzero((sizes[:, 0] < minimum) & (whole[:, 0] > 0))[0]
        for members in _vanishing(numbers[small], sizes[small, 0], minimum):
            chosen = np.isin(level, small[members]).astype(np.float64)
            weights = inverse @ (rows @ chosen)
            if np.abs(chosen - weights @ rows).max() < _NEAR:
                return _Found(weights)
    return None


def _levels(codes: Places) -> Iterator[Places]:
    """Atoms put together by three breakdowns at a time, by two, and not at all: the group's number of each atom."""
    questions = range(codes.shape[1])
    for size in (2, 3):
        for chosen in combinations(questions, size):
            yield np.unique(codes[:, chosen], axis=0, return_inverse=True)[1].reshape(-1)
    yield np.arange(len(codes))


def _summed(level: Places, values: NDArray[np.generic]) -> Numbers:
    total = np.zeros((int(level.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(total, level, values)
    return total


def _vanishing(numbers: Numbers, sizes: Numbers, minimum: int) -> Iterator[list[int]]:
    """Sets of one to four groups of fewer than `minimum` people together whose numbers add up to 0."""
    singles = _Sets(np.arange(len(numbers))[:, None], numbers, sizes)
    for at in np.nonzero(np.abs(numbers).max(axis=1, initial=0) < _NEAR)[0]:
        yield [int(at)]
    yield from _joined(singles, singles, minimum)
    if 2 < len(numbers) <= ENOUGH_TO_PAIR:
        one, other = np.triu_indices(len(numbers), 1)
        fits = sizes[one] + sizes[other] < minimum
        members = np.stack([one[fits], other[fits]], axis=1)
        pairs = _Sets(members, numbers[members].sum(axis=1), sizes[members].sum(axis=1))
        yield from _joined(pairs, singles, minimum)
        yield from _joined(pairs, pairs, minimum)


@dataclass(frozen=True)
class _Sets:
    """Sets of groups: who is in them, shape (sets, groups of each), the sums of their numbers, and their people."""

    members: Places
    sums: Numbers
    sizes: Numbers


def _joined(left: _Sets, right: _Sets, minimum: int) -> Iterator[list[int]]:
    """A set of each, without a group in common, whose sums are opposite."""
    order = np.argsort(right.sums[:, 0])
    values = right.sums[order, 0]
    starts = np.searchsorted(values, -left.sums[:, 0] - _NEAR)
    ends = np.searchsorted(values, -left.sums[:, 0] + _NEAR)
    for at in np.nonzero(ends > starts)[0]:
        there = order[starts[at] : ends[at]]
        fits = left.sizes[at] + right.sizes[there] < minimum
        fits &= np.abs(left.sums[at, 1] + right.sums[there, 1]) < _NEAR
        for other in right.members[there[fits]]:
            together = {*left.members[at].tolist(), *other.tolist()}
            if len(together) == left.members.shape[1] + right.members.shape[1]:
                yield sorted(together)


def _part_to_hide(groups: Mapping[Filters, Group], shown: Sequence[Filters], found: _Found) -> Filters:
    """The group with most filters, and of these the one with fewest people, that the reckoning needs."""
    needed = [each for each, weight in zip(shown, found.weights, strict=True) if each and abs(weight) > _NEAR]
    return min(needed, key=lambda each: (-len(each), groups[each].rank, each))
