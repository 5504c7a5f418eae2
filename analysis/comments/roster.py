"""The school's list of names: brought in, counted, and made into the finder that hides them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from analysis.comments.models import RosterName
from analysis.jobs import READ_COMMENTS
from analysis.text.personal.finding import PersonalFinder
from analysis.text.personal.redacting import finder_for
from analysis.text.personal.roster import KINDS, NameKind, folded
from stakeholder.audit import Act, record
from stakeholder.errors import NotAllowed
from stakeholder.jobs import ledger
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Audience, Comment, Wave
from surveys.roll.counting import names_on_roll
from surveys.roll.keeping import PUPILS

NO_NAME = "no_name"
FINDING = "1"
"""Raised whenever names may be found in another way; comments are then read again."""


@dataclass(frozen=True)
class Names:
    """How many names of each kind a school has listed."""

    staff: int
    pupils: int


def replace_roster(session: Session, viewer: Viewer, names: Iterable[tuple[str, NameKind]], *, now: datetime) -> Names:
    """Put these names in place of the list there was, and have all comments made anew. Raises NotAllowed."""
    _only_keepers(viewer)
    distinct = sorted(set(names))
    session.execute(delete(RosterName).where(RosterName.school_id == viewer.where, RosterName.kind.in_(KINDS)))
    if distinct:
        rows = [{"school_id": viewer.where, "name": name, "kind": kind} for name, kind in distinct]
        session.execute(insert(RosterName), rows)
    record(session, Act("names brought in", f"{len(distinct)} names", viewer.person_id, viewer.where), now=now)
    read_again(session, viewer.where)
    return count_names(session, viewer)


def count_names(session: Session, viewer: Viewer) -> Names:
    """How many names the list holds; the names themselves are not shown again. Raises NotAllowed."""
    _only_keepers(viewer)
    rows = session.execute(
        select(RosterName.kind, func.count().label("names"))
        .where(RosterName.school_id == viewer.where)
        .group_by(RosterName.kind)
    )
    counts = {row.kind: row.names for row in rows}
    return Names(counts.get("staff_name", 0), counts.get("pupil_name", 0))


def read_again(session: Session, school_id: UUID) -> None:
    """Write a job for each wave with comments of the school: redacted forms and readings are made anew."""
    waves = session.scalars(
        select(Wave.id)
        .join(Audience, Audience.wave_id == Wave.id)
        .where(Wave.school_id == school_id, select(Comment.key).where(Comment.audience_id == Audience.id).exists())
        .order_by(Wave.opens_at.desc(), Wave.key)
    ).all()
    for wave_id in dict.fromkeys(waves):
        ledger.enqueue(session, READ_COMMENTS, {"wave": str(wave_id)}, school_id=school_id)


def finder_of(session: Session, school_id: UUID) -> PersonalFinder:
    """What finds names in the comments of a school."""
    return _finder(_names(session, school_id))


def roster_digest(session: Session, school_id: UUID) -> str:
    """Changes when any name does."""
    lines = "\0".join((FINDING, *(f"{kind}\0{name}" for name, kind in _names(session, school_id))))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _names(session: Session, school_id: UUID) -> tuple[tuple[str, str], ...]:
    rows = session.execute(select(RosterName.name, RosterName.kind).where(RosterName.school_id == school_id))
    listed = {(name, kind) for name, kind in rows}
    on_roll = {
        (name, "pupil_name" if group == PUPILS else "staff_name") for name, group in names_on_roll(session, school_id)
    }
    return tuple(sorted(listed | on_roll, key=lambda named: named[::-1]))


@lru_cache(maxsize=4)
def _finder(names: tuple[tuple[str, str], ...]) -> PersonalFinder:
    known = [(name, KINDS[KINDS.index(kind)]) for name, kind in names if kind in KINDS]
    return finder_for(known, ordinary=frozenset(folded(name) for name, kind in names if kind == NO_NAME))


def _only_keepers(viewer: Viewer) -> None:
    if not viewer.may(Permission.KEEP_NAMES):
        raise NotAllowed("Only survey leads and heads keep the list of names.")
