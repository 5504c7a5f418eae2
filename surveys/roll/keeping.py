"""Keeping the roll in step: bring a file in, look at what would change, decide."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.jobs import ledger
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.roll.differing import Difference, difference
from surveys.roll.entries import KEPT, Entry
from surveys.roll.models import Member, WaitingRoll
from surveys.roll.reading import RollFile

PUPILS = "student"
ROLL_CHANGED = "roll_changed"
REASONS = ("", "parent", "pupil", "absent")


@dataclass(frozen=True)
class Waiting:
    """A roll that waits for a decision: for which group, from which file, and what it would change."""

    group: str
    whole: bool
    file_name: str
    notes: tuple[str, ...]
    change: Difference


def bring_in(session: Session, viewer: Viewer, file: RollFile, *, group: str, whole: bool, name: str) -> None:
    """Keep the people of a file until somebody decides, in place of one that waited. Raises NotAllowed, Invalid."""
    _only_office(viewer)
    _known_group(session, viewer, group)
    forget_waiting(session, viewer)
    notes = [*file.notes, *([f"Not kept: {', '.join(file.not_kept)}."] if file.not_kept else [])]
    entries = json.dumps([asdict(entry) for entry in file.entries])
    kept = WaitingRoll(
        school_id=viewer.where, group=group, whole=whole, file_name=name[-200:], entries=entries, notes=notes
    )
    session.add(kept)
    session.flush()


def waiting(session: Session, viewer: Viewer) -> Waiting | None:
    """The roll that waits and what it would change as things are now; None when nothing waits. Raises NotAllowed."""
    _only_office(viewer)
    found = session.get(WaitingRoll, viewer.where)
    if found is None:
        return None
    change = _change(session, viewer, found)
    return Waiting(found.group, found.whole, found.file_name, tuple(found.notes), change)


def decide(session: Session, viewer: Viewer, *, seen: str, sure: bool, now: datetime) -> Difference:
    """Make the roll what the waiting file says.

    seen  the digest of the difference that was looked at
    sure  whether it was confirmed that many people have left
    Raises NotAllowed, NotFound when nothing waits, Conflict when the roll has changed since, Invalid when unsure.
    """
    _only_office(viewer)
    found = session.get(WaitingRoll, viewer.where)
    if found is None:
        raise NotFound("No roll is waiting. Bring the file in again.")
    change = _change(session, viewer, found)
    if change.digest != seen:
        raise Conflict("The roll has changed since you looked. Look at the difference again.")
    make_change(session, viewer, found.group, change, sure=sure, now=now)
    forget_waiting(session, viewer)
    return change


def change_by(session: Session, viewer: Viewer, entries: Iterable[Entry], *, group: str, whole: bool) -> Difference:
    """What these people would change, as things are now. Raises NotAllowed, Invalid for a group that is none."""
    _only_office(viewer)
    _known_group(session, viewer, group)
    now = {member.number: _entry(member) for member in session.scalars(_of(viewer, group))}
    pupils = frozenset(session.scalars(select(Member.number).where(*_where(viewer, PUPILS))))
    return difference(now, entries, whole=whole, pupils=pupils)


def make_change(session: Session, viewer: Viewer, group: str, change: Difference, *, sure: bool, now: datetime) -> None:
    """Make it; it is written down in numbers. Raises NotAllowed, Invalid when many would leave and nobody is sure."""
    _only_office(viewer)
    if change.many_leave and not sure:
        raise Invalid(f"{len(change.leaving)} people would leave the roll. Confirm that they have really left.")
    _apply(session, viewer, group, change)
    ledger.enqueue(session, ROLL_CHANGED, {}, school_id=viewer.where)
    act = Act("roll changed", f"group {group}", viewer.actor, viewer.where, in_numbers(change))
    record(session, act, now=now)


def on_roll(session: Session, viewer: Viewer, group: str) -> list[Entry]:
    """Everyone on the roll of a group, by number. Raises NotAllowed, Invalid for a group that is none."""
    _only_office(viewer)
    _known_group(session, viewer, group)
    return [_entry(member) for member in session.scalars(_of(viewer, group).order_by(Member.number))]


def forget_waiting(session: Session, viewer: Viewer) -> None:
    """Drop the file that waits. Raises NotAllowed."""
    _only_office(viewer)
    if found := session.get(WaitingRoll, viewer.where):
        session.delete(found)
        session.flush()


def leave_out(session: Session, viewer: Viewer, group: str, number: str, why: str, *, now: datetime) -> Member:
    """Note that somebody is not asked, or is again (`why` empty). Raises NotAllowed, NotFound, Invalid."""
    _only_office(viewer)
    if why not in REASONS:
        raise Invalid("Choose why: a parent or the pupil said no, or a long absence.")
    found = session.scalars(_of(viewer, group).where(Member.number == number.strip())).first()
    if found is None:
        raise NotFound(f"Nobody on the roll has the number '{number.strip()[:60]}'.")
    found.left_out = why
    record(
        session,
        Act("left out" if why else "asked again", f"member {found.id}", viewer.actor, viewer.where, why),
        now=now,
    )
    return found


def in_numbers(change: Difference) -> str:
    """The difference in a line for the record, without names."""
    return (
        f"{len(change.joining)} joined, {len(change.leaving)} left, {len(change.moving)} moved, "
        f"{len(change.changed)} otherwise changed, {change.same} the same"
    )


def _change(session: Session, viewer: Viewer, found: WaitingRoll) -> Difference:
    entries = [Entry(**each | {"children": tuple(each["children"])}) for each in json.loads(found.entries)]
    return change_by(session, viewer, entries, group=found.group, whole=found.whole)


def _apply(session: Session, viewer: Viewer, group: str, change: Difference) -> None:
    members = {member.number: member for member in session.scalars(_of(viewer, group))}
    for entry in change.leaving:
        session.delete(members[entry.number])
    for each in (*change.moving, *change.changed):
        for field in KEPT:
            setattr(members[each.after.number], field, _storable(getattr(each.after, field)))
    for entry in change.joining:
        values = {field: _storable(getattr(entry, field)) for field in KEPT}
        session.add(Member(school_id=viewer.where, group=group, **values))
    session.flush()


def _storable(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _entry(member: Member) -> Entry:
    return Entry(
        **{field: getattr(member, field) for field in KEPT if field != "children"}, children=tuple(member.children)
    )


def _of(viewer: Viewer, group: str) -> Select[Member]:
    return select(Member).where(*_where(viewer, group))


def _where(viewer: Viewer, group: str) -> tuple[ColumnElement[bool], ...]:
    return Member.school_id == viewer.where, Member.group == group


def _known_group(session: Session, viewer: Viewer, group: str) -> None:
    known = [each["key"] for each in session.get_one(School, viewer.where).groups]
    if group not in known:
        raise Invalid(f"There is no group '{group[:40]}' here. Groups: {', '.join(known)}.")


def _only_office(viewer: Viewer) -> None:
    if not viewer.may(Permission.MANAGE_PEOPLE):
        raise NotAllowed("Only the school's administrators keep the roll.")
