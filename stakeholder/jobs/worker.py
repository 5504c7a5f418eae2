"""The worker that polls the ledger; on one machine nothing else is needed."""

import logging
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stakeholder.db import Database
from stakeholder.errors import StakeholderError
from stakeholder.jobs import ledger

log = logging.getLogger(__name__)
POLL_SECONDS = 0.5


class LeaseLost(StakeholderError):
    """Another worker has taken the job over; stop at once."""


@dataclass(frozen=True)
class JobRun:
    """One attempt at a job, handed to its handler."""

    database: Database
    job_id: UUID
    worker: str
    payload: Mapping[str, Any]

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is and keep the lease; raises LeaseLost when it was taken over."""
        with self.database.writing() as session:
            if not ledger.renew(session, self.job_id, self.worker, done=done, total=total):
                raise LeaseLost("Another worker has taken this job over.")


Handler = Callable[[JobRun], None]


@dataclass(frozen=True)
class Worker:
    """Runs jobs by the handlers registered for their kinds."""

    database: Database
    handlers: Mapping[str, Handler]
    name: str

    @classmethod
    def of(cls, database: Database, handlers: Mapping[str, Handler]) -> "Worker":
        """A worker with a name of its own."""
        return cls(database, handlers, f"{os.getpid()}-{secrets.token_hex(4)}")

    def run_one(self) -> bool:
        """Do one job that is due; False when there was none."""
        with self.database.writing() as session:
            job = ledger.claim(session, self.name)
            if job is None:
                return False
            kind, run = job.kind, JobRun(self.database, job.id, self.name, dict(job.payload))
        self._attempt(kind, run)
        return True

    def run_until_idle(self) -> int:
        """Do everything that is due and return how many jobs were run."""
        count = 0
        while self.run_one():
            count += 1
        return count

    def run_for_ever(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Poll until told to stop."""
        while not stop():
            if not self.run_one():
                time.sleep(POLL_SECONDS)

    def _attempt(self, kind: str, run: JobRun) -> None:
        try:
            self.handlers[kind](run)
        except LeaseLost:
            log.warning("job_lease_lost kind=%s", kind)
        except Exception as problem:  # noqa: BLE001 - a failing job must not take the worker down
            log.warning("job_failed kind=%s problem=%s", kind, type(problem).__name__)
            with self.database.writing() as session:
                ledger.give_back(session, run.job_id, self.name, problem=f"{type(problem).__name__}: {problem}")
        else:
            with self.database.writing() as session:
                ledger.finish(session, run.job_id, self.name)
