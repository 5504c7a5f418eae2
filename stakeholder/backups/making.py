"""Making a backup: by a command, or each night as a job."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillAtIt
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stakeholder.backups.copying import copy_of
from stakeholder.backups.folder import BackupFolder, expired, put_in_place, workplace
from stakeholder.backups.key_copies import copy_keys
from stakeholder.backups.sealed_copy import Manifest, seal
from stakeholder.db import Database
from stakeholder.jobs.daily import ask_for_tomorrow
from stakeholder.jobs.worker import JobRun
from stakeholder.migrations import revision

BACK_UP = "back_up"
BEAT_SECONDS = 5.0


@dataclass(frozen=True)
class Made:
    """A backup that was made: its size in bytes, rows in it, keys copied beside it, older ones deleted."""

    path: Path
    size: int
    rows: int
    keys: int
    deleted: int


def back_up(database: Database, folder: BackupFolder, keys: Path, *, now: datetime, days: int) -> Made:
    """Copy, pack and seal the database; copy new keys; delete backups older than `days`.

    Nothing bears a backup's name before it is whole and on the disk. Raises Invalid when no key was chosen.
    """
    to = folder.recipient()
    with workplace(folder.path) as work:
        plain, sealed = work / "database", work / "sealed"
        rows = copy_of(database, plain)
        engine = "sqlite" if database.is_sqlite else "postgresql"
        seal(Manifest(now.astimezone(UTC).isoformat(), engine, revision(database) or "", rows), plain, sealed, to)
        target = folder.path_for(now)
        put_in_place(sealed, target)
    copied = copy_keys(keys, folder.keys, to)
    deleted = folder.forget(before=expired(now, days))
    return Made(target, target.stat().st_size, sum(rows.values()), copied, deleted)


def back_up_job(run: JobRun, folder: BackupFolder, keys: Path, *, days: int) -> None:
    """The backup of tonight, and the question for tomorrow's; nothing but the question while no key was chosen."""
    now = datetime.now(UTC)
    with run.database.writing() as session:
        ask_for_tomorrow(session, BACK_UP, now=now)
    if folder.is_ready:
        with_beats(lambda: back_up(run.database, folder, keys, now=now, days=days), lambda: run.progress(0, 1))
        run.progress(1, 1)


def with_beats(work: Callable[[], object], beat: Callable[[], None], *, seconds: float = BEAT_SECONDS) -> None:
    """Do one long piece of work and call `beat` every few seconds meanwhile, so that its lease does not run out."""
    with ThreadPoolExecutor(1, thread_name_prefix=f"backup-{os.getpid()}") as pool:
        doing = pool.submit(work)
        while True:
            try:
                doing.result(seconds)
                return
            except StillAtIt:
                if doing.done():
                    raise
                beat()
