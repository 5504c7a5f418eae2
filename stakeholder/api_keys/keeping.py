"""Making, listing and ending keys of programs, and knowing them again."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.api_keys.models import ApiKey
from stakeholder.api_keys.scopes import SCOPES, Scope, granted_by
from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import Person
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer

PREFIX = "svk_"
KEY_BYTES = 32
LONGEST_NAME = 80
LONGEST_DAYS = 366
USUAL_DAYS = 180


@dataclass(frozen=True)
class KeyHeld:
    """One line of the list of keys; `made_by` is a name, empty for the command line."""

    id: UUID
    name: str
    scopes: tuple[Scope, ...]
    made_by: str
    until: date
    used_on: date | None


def scopes_to_give(viewer: Viewer) -> tuple[Scope, ...]:
    """What the viewer may make keys for: nobody hands a program more than they may do themselves."""
    if not viewer.may(Permission.MAKE_KEYS):
        return ()
    return tuple(scope for scope in Scope if SCOPES[scope] <= viewer.permissions)


def make_key(session: Session, viewer: Viewer, *, name: str, scopes: Collection[str], days: int, now: datetime) -> str:
    """A new key for the viewer's school, shown once and stored as a hash only.

    days  for how long it counts, 1 to 366
    Raises NotAllowed for scopes that the viewer may not give, Invalid for a name, scopes or days that cannot be.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"Say which program the key is for, in at most {LONGEST_NAME} characters.")
    if not scopes or not set(scopes) <= set(Scope):
        raise Invalid("Choose what the key is for.")
    if not set(scopes) <= set(scopes_to_give(viewer)):
        raise NotAllowed("Nobody gives a program more than they may do themselves.")
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(f"A key counts for 1 to {LONGEST_DAYS} days.")
    secret = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    made = ApiKey(
        school_id=viewer.where,
        name=name,
        scopes=sorted(set(scopes)),
        secret_hash=_hash(secret),
        made_by=viewer.person_id,
        made_at=now,
        until=now.date() + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    _record(session, viewer, f"key made: {', '.join(made.scopes)}", made.id, now)
    return secret


def list_keys(session: Session, viewer: Viewer, *, today: date) -> list[KeyHeld]:
    """Keys of the viewer's school that still count, by name. Raises NotAllowed."""
    _may_see(viewer)
    rows = session.execute(
        select(ApiKey, Person.name)
        .outerjoin(Person, Person.id == ApiKey.made_by)
        .where(ApiKey.school_id == viewer.school_id, ApiKey.ended_at.is_(None), ApiKey.until > today)
        .order_by(ApiKey.name, ApiKey.id)
    ).all()
    return [
        KeyHeld(key.id, key.name, tuple(map(Scope, key.scopes)), maker or "", key.until, key.used_on)
        for key, maker in rows
    ]


def end_key(session: Session, viewer: Viewer, key_id: UUID, *, now: datetime) -> None:
    """From now on the key opens nothing. Raises NotAllowed; NotFound, for another school's too."""
    _may_see(viewer)
    found = session.scalars(
        select(ApiKey).where(ApiKey.id == key_id, ApiKey.school_id == viewer.school_id, ApiKey.ended_at.is_(None))
    ).first()
    if found is None:
        raise NotFound("There is no such key.")
    found.ended_at = now
    _record(session, viewer, "key ended", found.id, now)


def viewer_with(session: Session, secret: str, *, now: datetime) -> Viewer | None:
    """Who a program with this key is; None for a key that never was, has ended or is over."""
    found = session.scalars(
        select(ApiKey).where(ApiKey.secret_hash == _hash(secret), ApiKey.ended_at.is_(None), ApiKey.until > now.date())
    ).first()
    if found is None:
        return None
    return Viewer(school_id=found.school_id, name=found.name, key_id=found.id, granted=granted_by(found.scopes))


def is_noted(session: Session, viewer: Viewer, *, today: date) -> bool:
    """Whether it is known already that the viewer's key was used today."""
    return session.scalars(select(ApiKey.used_on).where(ApiKey.id == viewer.key_id)).first() == today


def note_used(session: Session, viewer: Viewer, *, today: date) -> None:
    """Remember the day on which the viewer's key was used."""
    found = session.get(ApiKey, viewer.key_id)
    if found is not None:
        found.used_on = today


def _may_see(viewer: Viewer) -> None:
    if not viewer.may(Permission.MAKE_KEYS):
        raise NotAllowed("Keys are made by the school office and by those who run surveys.")


def _record(session: Session, viewer: Viewer, act: str, key_id: UUID, now: datetime) -> None:
    record(session, Act(act, f"key {key_id}", actor=viewer.person_id, school=viewer.school_id), now=now)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
