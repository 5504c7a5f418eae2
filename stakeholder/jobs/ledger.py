"""The job ledger: work after the request, as rows.

A job is written in the transaction of its cause, so that neither can be without the other. A worker takes it
on a lease and renews the lease with each chunk of progress; when the worker dies the lease runs out and
another takes the job up again. Handlers are safe to repeat, so a job killed anywhere loses and doubles nothing.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from stakeholder.models import Job

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 5


def database_now(session: Session) -> datetime:
    """The database's clock, which all workers share, in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    now: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return now.astimezone(UTC)


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    school_id: UUID | None = None,
    after: datetime | None = None,
) -> Job:
    """Write a job in the caller's transaction; an equal job that still waits is returned instead."""
    waiting = session.scalars(select(Job).where(Job.kind == kind, Job.state == "waiting")).all()
    for job in waiting:
        if job.payload == payload:
            return job
    job = Job(kind=kind, payload=payload, school_id=school_id, run_after=after or database_now(session))
    session.add(job)
    return job


def claim(session: Session, worker: str) -> Job | None:
    """Lease the job that waited longest, or one whose worker has gone silent; None when nothing is due."""
    now = database_now(session)
    due = (
        select(Job)
        .where(
            or_((Job.state == "waiting") & (Job.run_after <= now), (Job.state == "running") & (Job.lease_until < now))
        )
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = session.scalars(due).first()
    if job is not None and job.attempts >= MOST_ATTEMPTS:
        job.state, job.problem = "failed", job.problem or "The work was cut off too often."
        return None
    if job is not None:
        job.state, job.attempts, job.lease_owner, job.lease_until = "running", job.attempts + 1, worker, now + LEASE
    return job


def renew(session: Session, job_id: UUID, worker: str, *, done: int, total: int) -> bool:
    """Note progress and lengthen the lease; False when the job is no longer this worker's."""
    job = _held(session, job_id, worker)
    if job is None:
        return False
    job.lease_until = database_now(session) + LEASE
    job.done_chunks, job.total_chunks = done, total
    return True


def finish(session: Session, job_id: UUID, worker: str) -> None:
    """Mark the job done."""
    if job := _held(session, job_id, worker):
        job.state, job.lease_owner, job.lease_until, job.problem = "done", None, None, ""
        job.done_chunks = job.total_chunks


def give_back(session: Session, job_id: UUID, worker: str, *, problem: str) -> None:
    """After a failure: wait a little longer each time, or give up after the last attempt."""
    if job := _held(session, job_id, worker):
        job.state = "failed" if job.attempts >= MOST_ATTEMPTS else "waiting"
        job.run_after = database_now(session) + timedelta(seconds=2**job.attempts)
        job.lease_owner, job.lease_until, job.problem = None, None, problem[:400]


def _held(session: Session, job_id: UUID, worker: str) -> Job | None:
    return session.scalars(
        select(Job).where(Job.id == job_id, Job.lease_owner == worker, Job.state == "running").with_for_update()
    ).first()
