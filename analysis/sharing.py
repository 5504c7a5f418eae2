"""Who sees a wave's results, and from which day: the leads at once, everybody else when it was shared with them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from analysis.models import Sharing
from stakeholder.audit import Act, record
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from surveys.models import Wave

Circle = Literal["governors", "researchers", "families"]
CIRCLES: tuple[Circle, ...] = ("governors", "researchers", "families")
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
    if viewer.may(Permission.SEE_BEFORE_SHARED):
        return true()
    circles: set[Circle] = {CIRCLE_OF[role] for role in viewer.roles if role in CIRCLE_OF}
    if viewer.key_id is not None:
        circles.add("governors")
    shared = select(Sharing.id).where(Sharing.wave_id == Wave.id, Sharing.circle.in_(circles), _begun())
    return shared.exists()


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
    """
    wave = _wave(session, viewer, wave_key)
    for circle, day in days.items():
        found = session.scalars(select(Sharing).where(Sharing.wave_id == wave.id, Sharing.circle == circle)).first()
        if (found.from_day if found else None) == day:
            continue
        _set(session, found, wave.id, circle, day)
        said = f"{circle} from {day.isoformat()}" if day else f"{circle} no longer"
        record(session, Act("results shared", f"wave {wave.key}", viewer.person_id, viewer.school_id, said), now=now)


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
