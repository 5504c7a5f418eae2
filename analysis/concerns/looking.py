"""The daily duty: a person looks at everything that is not released yet, because a screen misses things."""

import json
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.concerns.models import DayLook
from stakeholder.audit import Act, record
from stakeholder.errors import NotAllowed
from stakeholder.key_folder import KeyFolder
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Audience, Ballot, Wave
from surveys.sealing import opened_ballot

MOST_DAYS_BACK = 14


@dataclass(frozen=True)
class Unreleased:
    """One comment that nobody else may see yet; no time, no order, no other answer of its writer."""

    group: str
    language: str
    text: str


@dataclass(frozen=True)
class Duty:
    """How the daily duty stands.

    waiting  comments in the ballot boxes of open waves
    looked   whether somebody has looked today
    missed   days since the first open wave began, at most 14 back, on which nobody did
    """

    waiting: int
    looked: bool
    missed: tuple[date, ...]


def unreleased_comments(session: Session, viewer: Viewer, *, keys: KeyFolder, now: datetime) -> list[Unreleased]:
    """Everything written in open waves and not yet released, shuffled; looking stands in the audit chain."""
    _only_leads(viewer)
    rows = session.execute(
        select(Ballot.body, Audience.group, Wave.id)
        .join(Audience, Audience.id == Ballot.audience_id)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.school_id == viewer.school_id, Wave.state == "open", Ballot.kind == "comment")
    ).all()
    opened = [(row.group, json.loads(opened_ballot(row.body, keys.private(str(row.id))))) for row in rows]
    found = [Unreleased(group, body["language"], body["text"]) for group, body in opened]
    random.SystemRandom().shuffle(found)
    record(
        session, Act("unreleased comments viewed", f"{len(found)} comments", viewer.person_id, viewer.where), now=now
    )
    return found


def note_look(session: Session, viewer: Viewer, *, now: datetime) -> None:
    """Remember that somebody has looked at today's comments."""
    _only_leads(viewer)
    today = now.date()
    known = select(DayLook.id).where(DayLook.school_id == viewer.where, DayLook.day == today)
    if session.scalars(known).first() is None:
        session.add(DayLook(school_id=viewer.where, day=today, person_id=viewer.who))
        record(session, Act("daily look done", today.isoformat(), viewer.who, viewer.where), now=now)


def duty(session: Session, school_id: UUID, *, today: date) -> Duty:
    """How the duty stands at a school."""
    began, waiting = session.execute(
        select(func.min(Wave.opens_at), func.count(Ballot.key))
        .select_from(Wave)
        .join(Audience, Audience.wave_id == Wave.id)
        .outerjoin(Ballot, (Ballot.audience_id == Audience.id) & (Ballot.kind == "comment"))
        .where(Wave.school_id == school_id, Wave.state == "open")
    ).one()
    looked = set(session.scalars(select(DayLook.day).where(DayLook.school_id == school_id)))
    return Duty(waiting, today in looked, _missed(began, looked, today))


def _missed(began: datetime | None, looked: set[date], today: date) -> tuple[date, ...]:
    if began is None:
        return ()
    first = max(began.date(), today - timedelta(days=MOST_DAYS_BACK))
    days = (first + timedelta(days=number) for number in range((today - first).days))
    return tuple(day for day in days if day not in looked and day.weekday() < 5)


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_CONCERNS):
        raise NotAllowed("Only safeguarding leads read what is not released.")
