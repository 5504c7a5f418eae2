"""Visits: signed-in browsers. Idle ones end after 30 minutes, all after 8 hours, and a person can end them at once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from stakeholder.errors import NotFound
from stakeholder.signing_in_models import Visit

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
FRESH = timedelta(minutes=10)
NOTE_EVERY = timedelta(minutes=1)
KEY_BYTES = 24


@dataclass(frozen=True)
class OpenVisit:
    """One line of the list of a person's signed-in browsers."""

    id: UUID
    begun_at: datetime
    seen_at: datetime
    is_this_one: bool


def begin_visit(session: Session, person_id: UUID, school_id: UUID | None, *, now: datetime) -> str:
    """A new visit; returns the key that only the browser keeps. Visits that ended by themselves are cleared away."""
    session.execute(delete(Visit).where((Visit.begun_at < now - LONGEST) | (Visit.seen_at < now - IDLE)))
    key = secrets.token_urlsafe(KEY_BYTES)
    session.add(Visit(key_hash=key_hash(key), person_id=person_id, school_id=school_id, begun_at=now, seen_at=now))
    session.flush()
    return key


def is_live(begun_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a visit still counts."""
    return now - begun_at < LONGEST and now - seen_at < IDLE


def note_seen(session: Session, key: str, *, now: datetime) -> None:
    """Remember that the visit goes on."""
    if visit := _of(session, key):
        visit.seen_at = now


def note_proof(session: Session, key: str, *, now: datetime) -> None:
    """Remember that the second factor was used just now."""
    if visit := _of(session, key):
        visit.proven_at = now


def proven_lately(session: Session, key: str, *, now: datetime) -> bool:
    """Whether the second factor was used in this browser within the last ten minutes."""
    visit = _of(session, key)
    return visit is not None and visit.proven_at is not None and now - visit.proven_at < FRESH


def open_visits(session: Session, person_id: UUID, key: str, *, now: datetime) -> list[OpenVisit]:
    """The person's signed-in browsers, newest first."""
    rows = session.scalars(select(Visit).where(Visit.person_id == person_id).order_by(Visit.begun_at.desc()))
    return [
        OpenVisit(each.id, each.begun_at, each.seen_at, each.key_hash == key_hash(key))
        for each in rows
        if is_live(each.begun_at, each.seen_at, now)
    ]


def end_visit(session: Session, person_id: UUID, visit_id: UUID) -> None:
    """End one of the person's visits. Raises NotFound, for another person's too."""
    visit = session.scalars(select(Visit).where(Visit.id == visit_id, Visit.person_id == person_id)).first()
    if visit is None:
        raise NotFound("There is no such visit.")
    session.delete(visit)


def end_this_visit(session: Session, key: str) -> None:
    """Sign out here."""
    session.execute(delete(Visit).where(Visit.key_hash == key_hash(key)))


def end_other_visits(session: Session, person_id: UUID, key: str) -> None:
    """Sign out everywhere else."""
    session.execute(delete(Visit).where(Visit.person_id == person_id, Visit.key_hash != key_hash(key)))


def key_hash(key: str) -> bytes:
    """What is stored of a visit's key."""
    return hashlib.sha256(key.encode()).digest()


def _of(session: Session, key: str) -> Visit | None:
    return session.scalars(select(Visit).where(Visit.key_hash == key_hash(key))).first()
