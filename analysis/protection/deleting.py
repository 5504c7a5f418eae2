"""Deleting what a school no longer keeps, as a job that runs every day; safe to repeat.

Each kind of data is deleted in a transaction of its own, and how much stands in the audit chain. What
is deleted is overwritten in the file (SQLite's secure_delete) and in its log of recent writes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Delete, Select, delete, func, select
from sqlalchemy.orm import Session

from analysis.concerns.models import Concern, ConcernStep
from stakeholder.audit import Act, record
from stakeholder.db import Database
from stakeholder.jobs.daily import ask_for_tomorrow
from stakeholder.jobs.worker import JobRun
from stakeholder.models import Job, Membership, Person, School
from stakeholder.people import held_now
from stakeholder.protection.forgetting import forget_people
from stakeholder.protection.keeping import choices_of
from stakeholder.protection.periods import BY_KEY, KINDS, kept_from
from stakeholder.signing_in_models import SignInLink
from surveys.inviting.models import Invitation
from surveys.models import Audience, Comment, Response, Wave

KEEP_IN_TIME = "keep_in_time"


@dataclass(frozen=True)
class Due:
    """What is due at a school: data of a kind that ended before the first moment of `before`."""

    school_id: UUID
    before: datetime


def keep_in_time_job(run: JobRun) -> None:
    """Delete what is due at every school, and ask for the same tomorrow."""
    now = datetime.now(UTC)
    with run.database.writing() as session:
        ask_for_tomorrow(session, KEEP_IN_TIME, now=now)
    delete_due(run.database, now=now, progress=run.progress)


def delete_due(
    database: Database, *, now: datetime, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> dict[UUID, dict[str, int]]:
    """Delete what is due; returns how many rows of each kind went, by school, where any did."""
    with database.reading() as session:
        schools = list(session.scalars(select(School.id).order_by(School.slug)))
    gone: dict[UUID, dict[str, int]] = {}
    for done, school_id in enumerate(schools, 1):
        if counts := _delete_due_at(database, school_id, now):
            gone[school_id] = counts
        progress(done, len(schools))
    with database.writing() as session:
        session.execute(delete(SignInLink).where(SignInLink.expires_at < now - timedelta(days=1)))
    database.overwrite_traces()
    return gone


def is_past_keeping(session: Session, wave_id: UUID, *, today: date) -> bool:
    """Whether answers or comments of a wave are deleted by now: its last edition then stands for good."""
    wave = session.get_one(Wave, wave_id)
    lengths = choices_of(session, wave.school_id).periods
    first = max(kept_from(BY_KEY[key], lengths[key], today) for key in ("answers", "comments"))
    return wave.state == "closed" and (wave.closes_at or wave.opens_at) < _first_moment(first)


def _delete_due_at(database: Database, school_id: UUID, now: datetime) -> dict[str, int]:
    with database.reading() as session:
        lengths = choices_of(session, school_id).periods
    counts: dict[str, int] = {}
    for kind in KINDS:
        due = Due(school_id, _first_moment(kept_from(kind, lengths[kind.key], now.date())))
        with database.writing() as session:
            if number := _deleted(session, kind.key, due):
                counts[kind.key] = number
                act = Act("deleted in time", kind.key, school=school_id, reason=f"{number} rows")
                record(session, act, now=now)
    return counts


def _deleted(session: Session, kind: str, due: Due) -> int:
    if kind == "people":
        return forget_people(session, _people(due))
    return cast("CursorResult[Any]", session.execute(_DELETED[kind](due))).rowcount


def _first_moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _closed(due: Due) -> Select[UUID]:
    """Audiences of waves that closed before."""
    ended = func.coalesce(Wave.closes_at, Wave.opens_at)
    return (
        select(Audience.id)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.school_id == due.school_id, Wave.state == "closed", ended < due.before)
    )


def _answers(due: Due) -> Delete:
    return delete(Response).where(Response.audience_id.in_(_closed(due)))


def _comments(due: Due) -> Delete:
    """Readings, themes, codings and quotes of a comment go with it."""
    return delete(Comment).where(Comment.audience_id.in_(_closed(due)))


def _invitations(due: Due) -> Delete:
    return delete(Invitation).where(Invitation.audience_id.in_(_closed(due)))


def _concerns(due: Due) -> Delete:
    """Closed ones, a while after the last step; an open one is never deleted."""
    recent = select(ConcernStep.id).where(ConcernStep.concern_id == Concern.id, ConcernStep.at >= due.before)
    return delete(Concern).where(
        Concern.school_id == due.school_id,
        Concern.state == "closed",
        Concern.raised_at < due.before,
        ~recent.exists(),
    )


def _work(due: Due) -> Delete:
    ended = Job.state.in_(("done", "failed"))
    mine = (Job.school_id == due.school_id) | Job.school_id.is_(None)
    return delete(Job).where(ended, mine, Job.run_after < due.before)


def _people(due: Due) -> Select[UUID]:
    """Those whose last role, anywhere, ended before."""
    here = select(Membership.id).where(Membership.person_id == Person.id, Membership.school_id == due.school_id)
    kept = select(Membership.id).where(
        Membership.person_id == Person.id, held_now(due.before.date() - timedelta(days=1))
    )
    return select(Person.id).where(here.exists(), ~kept.exists())


_DELETED: Mapping[str, Callable[[Due], Delete]] = {
    "answers": _answers,
    "comments": _comments,
    "concerns": _concerns,
    "invitations": _invitations,
    "work": _work,
}
