"""What a new roll changes, in words a school office reads before anything happens. Pure."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from surveys.roll.entries import Entry

FEW = 5
LARGE_SHARE = 0.2


@dataclass(frozen=True)
class Change:
    """One person before and after."""

    before: Entry
    after: Entry

    @property
    def moves(self) -> bool:
        """Whether they go to another year or class."""
        return (self.before.year, self.before.form) != (self.after.year, self.after.form)


@dataclass(frozen=True)
class Difference:
    """Who joins, leaves, moves to another year or class, or is otherwise changed; `same` counts the others.

    alike    names that stand twice in one class under different numbers: perhaps one child twice
    unknown  children's numbers that parents are linked to and nobody on the roll bears
    digest   stands for exactly this difference
    """

    joining: tuple[Entry, ...]
    leaving: tuple[Entry, ...]
    moving: tuple[Change, ...]
    changed: tuple[Change, ...]
    same: int
    alike: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    digest: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether the roll stays as it is."""
        return not (self.joining or self.leaving or self.moving or self.changed)

    @property
    def many_leave(self) -> bool:
        """Whether so many would leave that the file may hold only a part of the group."""
        before = len(self.leaving) + len(self.moving) + len(self.changed) + self.same
        return len(self.leaving) > max(FEW, LARGE_SHARE * before)


def difference(
    now: Mapping[str, Entry], entries: Iterable[Entry], *, whole: bool, pupils: frozenset[str] = frozenset()
) -> Difference:
    """What changes when `entries` come in.

    now     who is on the roll of the group, by number
    whole   whether who is missing among the entries has left
    pupils  numbers of the pupils on the roll, to see links that lead nowhere
    An opt-out that the school noted here stays unless the file says otherwise.
    """
    after = {entry.number: _kept(now.get(entry.number), entry) for entry in entries}
    changes = [Change(now[key], entry) for key, entry in after.items() if key in now and now[key] != entry]
    leaving = tuple(_sorted(entry for key, entry in now.items() if key not in after)) if whole else ()
    found = Difference(
        joining=tuple(_sorted(entry for key, entry in after.items() if key not in now)),
        leaving=leaving,
        moving=tuple(change for change in changes if change.moves),
        changed=tuple(change for change in changes if not change.moves),
        same=len(after) - len(changes) - sum(key not in now for key in after),
        alike=_alike(after.values()),
        unknown=tuple(sorted({child for entry in after.values() for child in entry.children} - pupils)),
    )
    return replace(found, digest=hashlib.sha256(repr(found).encode()).hexdigest()[:32])


def _kept(before: Entry | None, entry: Entry) -> Entry:
    if before is None:
        return entry
    return replace(entry, left_out=entry.left_out or before.left_out, children=entry.children or before.children)


def _alike(entries: Collection[Entry]) -> tuple[str, ...]:
    counts = Counter((entry.given.lower(), entry.family.lower(), entry.form) for entry in entries)
    doubled = {key for key, people in counts.items() if people > 1}
    return tuple(
        sorted({f"{entry.name} ({entry.place})" for entry in entries
                if (entry.given.lower(), entry.family.lower(), entry.form) in doubled})
    )  # fmt: skip


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.family.lower(), entry.given.lower(), entry.number))
