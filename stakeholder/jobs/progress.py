"""How far the work after a request is, for the page that shows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from stakeholder.models import Job
from stakeholder.roles import Role
from stakeholder.viewer import Viewer

MOST_SHOWN = 50
_URGENCY = {"running": 0, "waiting": 1, "failed": 2, "done": 3}


@dataclass(frozen=True)
class JobProgress:
    """One piece of work.

    state    "waiting", "running", "done" or "failed"
    done     chunks finished, of `total`; total 0 when the work has no chunks or has not begun
    problem  what went wrong last, empty when nothing did
    """

    kind: str
    state: str
    done: int
    total: int
    attempts: int
    problem: str
    since: datetime

    @property
    def is_unfinished(self) -> bool:
        """Whether something will still happen by itself."""
        return self.state in {"waiting", "running"}

    @property
    def percent(self) -> int | None:
        """Whole per cent done, 0 to 100; None when that is not known."""
        return min(100, 100 * self.done // self.total) if self.total else None


def list_jobs(session: Session, viewer: Viewer) -> list[JobProgress]:
    """Work of the viewer's school, unfinished first, newest first within; an operator also sees work of no school."""
    mine = Job.school_id == viewer.school_id
    if Role.OPERATOR in viewer.roles:
        mine = or_(mine, Job.school_id.is_(None))
    rows = session.scalars(
        select(Job)
        .where(mine)
        .order_by(case(_URGENCY, value=Job.state), Job.run_after.desc(), Job.id)
        .limit(MOST_SHOWN)
    )
    return [
        JobProgress(job.kind, job.state, job.done_chunks, job.total_chunks, job.attempts, job.problem, job.run_after)
        for job in rows
    ]
