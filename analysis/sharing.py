"""Who sees a wave's results, and from which day: in steps from those who run surveys to everybody.

The survey lead and the safeguarding lead see them at once; so does the head, unless a day was set; then governors;
then student researchers and whoever has the families' link. Nobody sees them before those of an earlier step.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, not_, select, true
from sqlalchemy.orm import Session

from analysis.models import Sharing
from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from surveys.models import Wave

Circle = Literal["heads", "governors", "researchers", "families"]
CIRCLES: tuple[Circle, ...] = ("heads", "governors", "researchers", "families")
STEPS: tuple[str, ...] = ("heads", "governors")
"""Circles that come first, in this order; all others come after them."""
AT_ONCE = frozenset({Role.SURVEY_LEAD, Role.SAFEGUARDING_LEAD})
CIRCLE_OF: Mapping[Role, Circle] = {
    Role.GOVERNOR: "governors",
    Role.CHAIR: "governors",
    Role.STUDENT_RESEARCHER: "researchers",
    Role.MENTOR: "researchers",
}
TOKEN_BYTES = 18


@dataclass(frozen=True)
class Shared:
    """Since when a circle sees a wave, or from when it will; `token` makes the families' link."""

    circle: Circle
    from_day: date
    token: str | None


def may_see(viewer: Viewer) -> ColumnElement[bool]:
    """Which waves' results this viewer may see: all, or those shared with a circle of theirs by today.

    A program with a key sees what governors see, from the same day.
    Today is the database's own, as for everything that falls due.
    """
    if viewer.roles & AT_ONCE:
        return true()
    if viewer.may(Permission.SEE_BEFORE_SHARED):
        held = select(Sharing.id).where(Sharing.wave_id == Wave.id, Sharing.circle == "heads", not_(_begun()))
        return not_(held.exists())
    shared = select(Sharing.id).where(Sharing.wave_id == Wave.id, Sharing.circle.in_(circles_of(viewer)), _begun())
    return shared.exists()


def circles_of(viewer: Viewer) -> set[Circle]:
    """The circles that this viewer is in; a program with a key is where governors are."""
    circles: set[Circle] = {CIRCLE_OF[role] for role in viewer.roles if role in CIRCLE_OF}
    return circles | {"governors"} if viewer.key_id is not None else circles


def _begun() -> ColumnElement[bool]:
    return Sharing.from_day <= func.current_date()


def sharing_of(session: Session, viewer: Viewer, wave_key: str) -> dict[str, Shared]:
    """By circle, since when it sees the wave. Raises NotFound and NotAllowed."""
    wave = _wave(session, viewer, wave_key)
    rows = session.scalars(select(Sharing).where(Sharing.wave_id == wave.id))
    known = {row.circle: row for row in rows}
    return {each: Shared(each, known[each].from_day, known[each].token) for each in CIRCLES if each in known}


def share(
    session: Session, viewer: Viewer, wave_key: str, days: Mapping[Circle, date | None], *, now: datetime
) -> None:
    """Show a wave's results to circles from these days on, or no longer where a day is None; other circles stay.

    The link for families stays the same when its day changes; shared anew it is another link.
    Raises NotFound, NotAllowed, and Invalid for days that are out of step.
    """
    wave = _wave(session, viewer, wave_key)
    known = {row.circle: row for row in session.scalars(select(Sharing).where(Sharing.wave_id == wave.id))}
    wanted: dict[str, date | None] = {circle: row.from_day for circle, row in known.items()}
    wanted.update((circle, day) for circle, day in days.items())
    refuse_out_of_step(wanted)
    for circle, day in days.items():
        found = known.get(circle)
        if (found.from_day if found else None) == day:
            continue
        if circle == "heads" and not viewer.roles & AT_ONCE:
            raise NotAllowed("The day from which the head sees the results is the survey lead's to change.")
        _set(session, found, wave.id, circle, day)
        said = f"{circle} from {day.isoformat()}" if day else f"{circle} no longer"
        record(session, Act("results shared", f"wave {wave.key}", viewer.person_id, viewer.school_id, said), now=now)


def refuse_out_of_step(days: Mapping[str, date | None]) -> None:
    """Raise Invalid where somebody would see results before those of an earlier step; days not set do not count.

    >>> refuse_out_of_step({"governors": date(2027, 3, 1), "families": date(2027, 3, 1), "heads": None})
    """
    given = {circle: day for circle, day in days.items() if day}
    order = (*STEPS, *(circle for circle in given if circle not in STEPS))
    for at, first in enumerate(STEPS):
        for later in order[at + 1 :]:
            if first in given and later in given and given[later] < given[first]:
                raise Invalid(f"Let {first} see it first: {later} would see it earlier, on {given[later].isoformat()}.")


def _set(session: Session, found: Sharing | None, wave_id: UUID, circle: Circle, day: date | None) -> None:
    if found and day:
        found.from_day = day
    elif found:
        session.delete(found)
    elif day:
        token = secrets.token_urlsafe(TOKEN_BYTES) if circle == "families" else None
        session.add(Sharing(wave_id=wave_id, circle=circle, from_day=day, token=token))
    session.flush()


def families_wave(session: Session, token: str) -> Wave:
    """The wave behind a link for families that has begun. Raises NotFound."""
    found = session.scalars(
        select(Wave).join(Sharing, Sharing.wave_id == Wave.id).where(Sharing.token == token, _begun())
    ).first()
    if found is None:
        raise NotFound("There is no such page.")
    return found


def _wave(session: Session, viewer: Viewer, wave_key: str) -> Wave:
    if not viewer.may(Permission.SHARE_RESULTS):
        raise NotAllowed("Only those who run surveys decide who sees their results.")
    found = session.scalars(select(Wave).where(Wave.school_id == viewer.school_id, Wave.key == wave_key)).first()
    if found is None:
        raise NotFound("There is no such wave.")
    return found
