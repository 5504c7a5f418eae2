"""The job ledger: work is taken once, kept while it is alive, and taken up again when its worker falls silent."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from stakeholder.db import Database
from stakeholder.jobs import ledger
from stakeholder.jobs.worker import JobRun, LeaseLost, Worker
from stakeholder.models import Job


def queue(database: Database, kind: str = "count", **payload: object) -> None:
    with database.writing() as session:
        ledger.enqueue(session, kind, dict(payload))


def jobs(database: Database) -> list[Job]:
    with database.reading() as session:
        found = list(session.scalars(select(Job)))
        session.expunge_all()
        return found


def silence_the_worker(session: Session) -> None:
    """Let every lease run out, as it does when a worker has died."""
    session.execute(update(Job).values(lease_until=datetime.now(UTC) - timedelta(seconds=1)))


def make_due(session: Session) -> None:
    """Let the waiting time after a failure pass."""
    session.execute(update(Job).values(run_after=datetime.now(UTC) - timedelta(seconds=1)))


def test_a_job_is_done_once(database: Database) -> None:
    seen: list[object] = []
    queue(database, number=1)
    worker = Worker(database, {"count": lambda run: seen.append(run.payload["number"])}, "one")
    assert worker.run_until_idle() == 1
    assert seen == [1]
    assert [job.state for job in jobs(database)] == ["done"]


def test_a_job_exists_only_when_its_cause_was_committed(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        ledger.enqueue(session, "count", {})
        session.flush()
        _ = 1 / 0
    assert jobs(database) == []


def test_an_equal_job_that_still_waits_is_not_written_twice(database: Database) -> None:
    queue(database, wave="a")
    queue(database, wave="a")
    queue(database, wave="b")
    assert len(jobs(database)) == 2


def test_a_leased_job_is_not_taken_by_another_worker(database: Database) -> None:
    queue(database)
    with database.writing() as session:
        assert ledger.claim(session, "one") is not None
    with database.writing() as session:
        assert ledger.claim(session, "two") is None


def test_a_job_whose_worker_fell_silent_is_taken_up_by_another(database: Database) -> None:
    queue(database)
    with database.writing() as session:
        ledger.claim(session, "one")
        session.flush()
        silence_the_worker(session)
    with database.writing() as session:
        job = ledger.claim(session, "two")
        assert job is not None
        assert (job.lease_owner, job.attempts) == ("two", 2)


def test_a_worker_that_lost_its_job_stops_and_does_not_finish_it(database: Database) -> None:
    queue(database)
    with database.writing() as session:
        job = ledger.claim(session, "slow")
        assert job is not None
        run = JobRun(database, job.id, "slow", {})
        session.flush()
        silence_the_worker(session)
    with database.writing() as session:
        ledger.claim(session, "quick")
    with pytest.raises(LeaseLost):
        run.progress(1, 2)
    with database.writing() as session:
        ledger.finish(session, run.job_id, "slow")
    assert [job.state for job in jobs(database)] == ["running"]


def test_progress_can_be_read_from_the_table_while_the_work_goes_on(database: Database) -> None:
    noted: list[tuple[int, int]] = []

    def work(run: JobRun) -> None:
        run.progress(3, 10)
        noted.extend((job.done_chunks, job.total_chunks) for job in jobs(database))

    queue(database)
    Worker(database, {"count": work}, "one").run_one()
    assert noted == [(3, 10)]


def test_a_failing_job_is_tried_again_and_then_given_up_with_its_reason(database: Database) -> None:
    def fail(_run: JobRun) -> None:
        raise ValueError("the disk is full")

    queue(database)
    worker = Worker(database, {"count": fail}, "one")
    for _ in range(ledger.MOST_ATTEMPTS):
        assert worker.run_one()
        with database.writing() as session:
            make_due(session)
    assert not worker.run_one()
    (job,) = jobs(database)
    assert (job.state, job.attempts) == ("failed", ledger.MOST_ATTEMPTS)
    assert "the disk is full" in job.problem


def test_after_a_failure_the_job_waits_before_the_next_attempt(database: Database) -> None:
    def fail(_run: JobRun) -> None:
        raise ValueError

    queue(database)
    worker = Worker(database, {"count": fail}, "one")
    assert worker.run_one()
    assert not worker.run_one()


def test_a_failing_job_does_not_hold_up_the_others(database: Database) -> None:
    done: list[str] = []

    def fail(_run: JobRun) -> None:
        raise ValueError

    queue(database, "bad")
    queue(database, "good")
    Worker(database, {"bad": fail, "good": lambda run: done.append("good")}, "one").run_until_idle()
    assert done == ["good"]
