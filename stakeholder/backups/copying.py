"""A copy of a whole database as it stands at one moment, while it goes on being used; and back from it.

SQLite copies itself with VACUUM INTO, which leaves behind what was deleted. PostgreSQL's own pg_dump and pg_restore do
it there; rows are counted in the same snapshot that pg_dump reads.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, func, inspect, select, table, text

from stakeholder.db import Database
from stakeholder.errors import Invalid

Counts = Mapping[str, int]


def copy_of(database: Database, target: Path) -> Counts:
    """Write a copy to `target`; returns how many rows each table holds in it. Raises Invalid where none can be made."""
    return _copy_of_sqlite(database, target) if database.is_sqlite else _copy_of_postgresql(database, target)


def counts_in(connection: Connection) -> Counts:
    """How many rows each table holds."""
    return {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        for name in sorted(inspect(connection).get_table_names())
    }


def put_into_postgresql(url: URL, dump: Path) -> None:
    """Fill an empty PostgreSQL database from a dump, whole or not at all. Raises Invalid."""
    _run(
        "pg_restore",
        url,
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        "-d",
        _address(url),
        dump,
    )


def check_sqlite(path: Path) -> None:
    """Raises Invalid when a SQLite file is not whole."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        raise Invalid(f"The database in this backup is damaged: {problem}.") from problem
    if found != ("ok",):
        raise Invalid(f"The database in this backup is damaged: {found[0]}.")


def _copy_of_sqlite(database: Database, target: Path) -> Counts:
    with database.glancing() as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
    target.chmod(0o600)
    copy = Database(f"sqlite:///{target}")
    try:
        with copy.engine.connect() as connection:
            counts = counts_in(connection)
        copy.overwrite_traces()
        return counts
    finally:
        copy.dispose()


def _copy_of_postgresql(database: Database, target: Path) -> Counts:
    with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        counts = counts_in(connection)
        _run(
            "pg_dump", database.url, "-Fc", "-Z0", f"--snapshot={snapshot}", "-f", target, "-d", _address(database.url)
        )
        return counts


def _address(url: URL) -> str:
    """What PostgreSQL's programs take; the password goes by the environment, where no list of processes shows it."""
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _run(program: str, url: URL, *arguments: str | Path) -> None:
    found = shutil.which(program)
    if found is None:
        raise Invalid(f"'{program}' is missing. Install PostgreSQL's client programs (on Debian: postgresql-client).")
    more = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = subprocess.run(  # noqa: S603 - found on the path, arguments in a list
        [found, *map(str, arguments)], env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Invalid(f"'{program}' failed: {said[:300]}")
