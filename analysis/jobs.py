"""The work after a wave closes: read its comments, then count its edition."""

from datetime import UTC, datetime
from uuid import UUID

from analysis.editions import count_wave, freeze, keep_rounding_key
from stakeholder.db import Database
from stakeholder.jobs import ledger
from stakeholder.jobs.worker import JobRun
from surveys.models import Wave

READ_COMMENTS, BUILD_EDITION = "read_comments", "build_edition"


def ask_for_results(database: Database, wave_id: UUID) -> None:
    """Write the job that reads and counts a wave."""
    _enqueue(database, READ_COMMENTS, wave_id)


def read_comments_job(run: JobRun) -> None:
    """Read the comments of a wave, then ask for its edition."""
    from analysis.reading_comments import read_comments  # brings NLTK, which takes seconds to load

    wave_id = UUID(run.payload["wave"])
    read_comments(run.database, wave_id, run.progress)
    _enqueue(run.database, BUILD_EDITION, wave_id)


def build_edition_job(run: JobRun) -> None:
    """Count a wave; the job's own identity keeps a second attempt from making a second edition."""
    wave_id = UUID(run.payload["wave"])
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
