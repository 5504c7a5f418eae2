"""Jobs that every night brings: each asks for the next when it is done, and a worker asks at its start."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.db import Database
from stakeholder.jobs import ledger
from stakeholder.models import Job

AT_NIGHT = time(3, 0, tzinfo=UTC)


def ask_for_today(database: Database, kind: str) -> None:
    """See that the daily job is under way or waits; safe to repeat."""
    with database.writing() as session:
        unfinished = select(Job.id).where(Job.kind == kind, Job.state.in_(("waiting", "running")))
        if session.scalars(unfinished.limit(1)).first() is None:
            ledger.enqueue(session, kind, {})


def ask_for_tomorrow(session: Session, kind: str, *, now: datetime) -> None:
    """Write the next day's job."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), AT_NIGHT)
    ledger.enqueue(session, kind, {}, after=tomorrow)
