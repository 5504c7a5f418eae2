"""The work after a wave closes: read its comments, then count its edition."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.editions import count_wave, freeze, keep_rounding_key
from analysis.models import Edition
from analysis.protection.deleting import is_past_keeping
from stakeholder.db import Database
from stakeholder.jobs import ledger
from stakeholder.jobs.worker import JobRun
from stakeholder.models import Job
from surveys.models import Audience, Comment, Response, Wave
from surveys.waves import RELEASE

READ_COMMENTS, BUILD_EDITION, CHECK_READINGS = "read_comments", "build_edition", "check_readings"
GROUP_COMMENTS, LEARN_FROM_PEOPLE = "group_comments", "learn_from_people"


def ask_for_results(database: Database, wave_id: UUID) -> None:
    """Write the job that reads and counts a wave."""
    _enqueue(database, READ_COMMENTS, wave_id)


def ask_for_missing_results(database: Database) -> None:
    """Write that job for every closed wave with answers, without edition, and without work under way; oldest first.

    A change of the tables may have dropped editions that were counted in another way; comments once read stay read.
    """
    with database.reading() as session:
        missing = [wave_id for wave_id in _closed_without_edition(session) if not _is_under_way(session, wave_id)]
    for wave_id in missing:
        ask_for_results(database, wave_id)


def _closed_without_edition(session: Session) -> list[UUID]:
    answered = select(Response.key).join(Audience, Audience.id == Response.audience_id)
    closed = select(Wave.id).where(
        Wave.state == "closed",
        answered.where(Audience.wave_id == Wave.id).exists(),
        ~select(Edition.id).where(Edition.wave_id == Wave.id).exists(),
    )
    return list(session.scalars(closed.order_by(Wave.closes_at, Wave.opens_at, Wave.key)))


def _is_under_way(session: Session, wave_id: UUID) -> bool:
    kinds = (RELEASE, READ_COMMENTS, BUILD_EDITION)
    unfinished = select(Job).where(Job.kind.in_(kinds), Job.state.in_(("waiting", "running")))
    return any(job.payload.get("wave") == str(wave_id) for job in session.scalars(unfinished))


def ask_for_a_check_of_readings(database: Database) -> None:
    """Write a job that looks whether comments were read in an older way, where there are comments at all.

    The look itself loads the model, which takes seconds: that is not a server's start.
    """
    with database.writing() as session:
        if session.scalars(select(Comment.key).limit(1)).first() is not None:
            ledger.enqueue(session, CHECK_READINGS, {})


def check_readings_job(run: JobRun) -> None:
    """Ask for the reading of every closed wave whose comments were read with another codebook, model or names."""
    from analysis.reading_comments import reader_of, unread_count

    with run.database.reading() as session:
        closed = session.scalars(select(Wave).where(Wave.state == "closed").order_by(Wave.opens_at.desc(), Wave.key))
        stale = [
            wave.id
            for wave in closed
            if not _is_under_way(session, wave.id)
            and unread_count(session, wave.id, reader_of(session, wave.school_id).version)
        ]
    for wave_id in stale:
        ask_for_results(run.database, wave_id)


def read_comments_job(run: JobRun) -> None:
    """Read the comments of a wave, then ask for its edition."""
    from analysis.reading_comments import read_comments  # brings NLTK, which takes seconds to load

    wave_id = UUID(run.payload["wave"])
    read_comments(run.database, wave_id, run.progress)
    _enqueue(run.database, BUILD_EDITION, wave_id)


def group_comments_job(run: JobRun) -> None:
    """Group the comments of a school that have no theme."""
    from analysis.comments.suggesting import look_for_themes

    look_for_themes(run.database, UUID(run.payload["school"]))


def learn_from_people_job(run: JobRun) -> None:
    """Learn from what people at a school said of comments."""
    from analysis.comments.learning import learn

    learn(run.database, UUID(run.payload["school"]))


def build_edition_job(run: JobRun) -> None:
    """Count a wave; the job's own identity keeps a second attempt from making a second edition.

    Once answers or comments were deleted in time, the last edition stands: counting again would count too few.
    """
    wave_id = UUID(run.payload["wave"])
    with run.database.reading() as session:
        if is_past_keeping(session, wave_id, today=datetime.now(UTC).date()):
            return
    with run.database.writing() as session:
        keep_rounding_key(session, wave_id)
    with run.database.reading() as session:
        counting = count_wave(session, wave_id, progress=run.progress)
    with run.database.writing() as session:
        freeze(session, counting, now=datetime.now(UTC), cause=run.job_id)


def _enqueue(database: Database, kind: str, wave_id: UUID) -> None:
    with database.writing() as session:
        school_id = session.get_one(Wave, wave_id).school_id
        ledger.enqueue(session, kind, {"wave": str(wave_id)}, school_id=school_id)
