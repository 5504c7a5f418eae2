"""A later edition beside an earlier one: what has grown by a few people keeps its earlier numbers. Pure.

Whoever holds two editions of a wave can take one from the other. So the results of a subject are renewed only when
every group shown before has grown by nobody or by enough people, and when no reckoning with what the groups have grown
by arrives at fewer; otherwise the earlier results stand in the new edition as they were.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure.admission import BASE, SHOWN_TO, UNSCORED, Cell
from analysis.disclosure.reportable import Kind, Reportable, Slice
from analysis.disclosure.rounding import Rounding
from analysis.disclosure.subtraction import Group, concealed

Place = tuple[Kind, str, Slice]


@dataclass(frozen=True)
class Kept:
    """A result with what only the next counting may know.

    people   how many answered, exactly
    members  digest of who they are and what they chose; empty for results made from other results
    """

    result: Reportable
    people: int = 0
    members: bytes = b""


def noted(cell: Cell, result: Reportable, rounding: Rounding) -> Kept:
    """A counted result as the next counting needs it."""
    counts = [BASE, UNSCORED, *(option.code for option in cell.options)]
    counts += [SHOWN_TO] if cell.shown_to is not None else []
    return Kept(result, cell.n + cell.unscored, rounding.digest(cell.subject, [cell.seed(count) for count in counts]))


def succeeding(new: Sequence[Kept], before: Mapping[Place, Kept], *, minimum: int) -> list[Kept]:
    """The results of the new edition, in order; tables that have changed by too little are as they were."""
    tables: dict[tuple[Kind, str, str], list[int]] = defaultdict(list)
    for at, kept in enumerate(new):
        tables[kept.result.kind, kept.result.subject, kept.result.slice.audience].append(at)
    chosen = list(new)
    for places in tables.values():
        old = {at: before[place] for at in places if (place := _place(new[at])) in before}
        if old and not _may_follow([(old[at], new[at]) for at in old], minimum):
            for at, kept in old.items():
                chosen[at] = kept
    return chosen


def _place(kept: Kept) -> Place:
    return kept.result.kind, kept.result.subject, kept.result.slice


def _may_follow(pairs: Sequence[tuple[Kept, Kept]], minimum: int) -> bool:
    """Whether nobody who joined or left can be found between the two editions."""
    seen = [(old, new) for old, new in pairs if "hidden" not in {old.result.status, new.result.status}]
    growth = {
        new.result.slice.filters: 0 if old.members == new.members else new.people - old.people for old, new in seen
    }
    if any(old.members != new.members and new.people - old.people < minimum for old, new in seen):
        return False
    if () not in growth:
        return True
    groups = {filters: Group(grown, grown, grown) for filters, grown in growth.items()}
    grown = {filters for filters, people in growth.items() if people}
    return not (concealed(groups, minimum=minimum) & grown)
