"""The way back from a backup: opened, checked against its manifest, and only then put in place."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyrage

from stakeholder.audit import Act, record
from stakeholder.backups.copying import Counts, check_sqlite, counts_in, put_into_postgresql
from stakeholder.backups.folder import BackupFolder, put_in_place, workplace
from stakeholder.backups.key_copies import put_keys_back
from stakeholder.backups.sealed_copy import Manifest, unseal
from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid
from stakeholder.installation import Installation
from stakeholder.migrations import knows


@dataclass(frozen=True)
class Restored:
    """What came back: rows, keys put back; `kept` is where the database that was there lies now."""

    manifest: Manifest
    rows: int
    keys: int
    kept: Path | None


def restore(
    here: Installation, backup: Path, identity: pyrage.x25519.Identity, *, replace: bool, now: datetime
) -> Restored:
    """Put the database of a backup, and the keys copied beside it, where this installation has its own.

    replace  a SQLite database that is there is set aside under another name, never deleted
    Raises Invalid for a wrong key, a damaged or newer backup, another engine; Conflict when something is in the way.
    Until all is checked nothing is changed on SQLite; on PostgreSQL the new database is filled whole or not at all.
    """
    target = Database(here.database_url)
    try:
        with workplace(here.data_dir) as work:
            manifest, copy = unseal(backup, work, identity)
            _refuse_what_does_not_fit(manifest, target)
            kept = (
                _into_sqlite(copy, manifest, target, replace, now)
                if target.is_sqlite
                else _into_postgresql(copy, manifest, target)
            )
    finally:
        target.dispose()
    keys = put_keys_back(BackupFolder(here.backups).keys, here.keys, identity)
    here.upgrade()
    with here.database.writing() as session:
        record(session, Act("restore", f"backup {manifest.made}"), now=now)
    return Restored(manifest, sum(manifest.rows.values()), keys, kept)


def _refuse_what_does_not_fit(manifest: Manifest, target: Database) -> None:
    if not knows(manifest.version):
        raise Invalid("This backup was made by a newer version of the program. Update the program, then try again.")
    here = "sqlite" if target.is_sqlite else "postgresql"
    if manifest.engine != here:
        raise Invalid(
            f"This backup is of a {manifest.engine} database, and DATABASE_URL names a {here} one. Let them match."
        )


def _into_sqlite(copy: Path, manifest: Manifest, target: Database, replace: bool, now: datetime) -> Path | None:
    check_sqlite(copy)
    opened = Database(f"sqlite:///{copy}")
    try:
        _compare(opened, manifest)
        opened.overwrite_traces()
    finally:
        opened.dispose()
    place = Path(target.url.database or "")
    kept = _set_aside(target, place, replace, now) if place.exists() else None
    put_in_place(copy, place)
    return kept


def _set_aside(target: Database, place: Path, replace: bool, now: datetime) -> Path | None:
    """Rename the database that is there; one without a table is nothing worth keeping."""
    empty = target.is_empty()
    target.dispose()
    if not empty and not replace:
        raise Conflict(f"There is a database at {place}. With --replace it is set aside, not deleted.")
    _close_for_good(place)
    kept = place.with_name(f"{place.name}.before-{now.astimezone(UTC):%Y%m%dT%H%M%S}")
    place.rename(kept)
    return kept


def _close_for_good(place: Path) -> None:
    """Bring everything into the one file; raises Conflict while a server or worker still has it open."""
    connection = sqlite3.connect(place, timeout=1.0)
    try:
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
            raise sqlite3.OperationalError
    except sqlite3.OperationalError as problem:
        raise Conflict("The database is in use. Stop the server and its worker, then try again.") from problem
    finally:
        connection.close()


def _into_postgresql(copy: Path, manifest: Manifest, target: Database) -> Path | None:
    if not target.is_empty():
        raise Conflict("The database that DATABASE_URL names is not empty. Make an empty one for what comes back.")
    put_into_postgresql(target.url, copy)
    _compare(target, manifest)
    return None


def _compare(database: Database, manifest: Manifest) -> None:
    with database.engine.connect() as connection:
        found = counts_in(connection)
    if wrong := _different(found, manifest.rows):
        raise Invalid(f"The backup is not whole: table {wrong} holds other rows than were copied.")


def _different(found: Counts, expected: Counts) -> str:
    """The first table that differs, empty when none does."""
    return next((table for table in sorted({*found, *expected}) if found.get(table) != expected.get(table)), "")
