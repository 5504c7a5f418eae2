"""The database: engine, sessions, and the rules that keep an acknowledged answer safe.

SQLite runs in WAL mode with full flushes, foreign keys, a busy timeout and secure deletion; every
writing transaction begins IMMEDIATE, so that it waits for its turn at the start and never fails in the middle.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    TypeDecorator,
    Uuid,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Session

from stakeholder.kept import KeptConnections
from stakeholder.key_folder import KeyFolder
from stakeholder.prepared import ask
from stakeholder.walls import narrow, wall_in

BUSY_TIMEOUT_MS = 15_000
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA secure_delete=ON",
)
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """A moment, always in UTC and always aware of it; SQLite keeps no time zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite gets it without the zone."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Back as an aware UTC moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Parent of every table; constraints have names, so that migrations can change them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {UUID: Uuid(), bytes: LargeBinary(), datetime: UtcTime()}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Database:
    """One database: `writing()` gives a committed or rolled-back transaction, `reading()` one that never writes."""

    def __init__(self, url: str, keys: KeyFolder | None = None) -> None:
        """Open it; `keys`: where keys lie that must not be in the database, told to every session."""
        self.info = {"keys": keys}
        self.url = make_url(url)
        if self.url.get_backend_name() == "postgresql" and self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._writing_engine = self.engine.execution_options(begin_immediate=True)
        alone = {"no_begin": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._glancing_engine = self.engine.execution_options(**alone)
        self._to_change = KeptConnections(self._glancing_engine if self.is_sqlite else self._writing_engine)
        self._to_glance = KeptConnections(self._glancing_engine)

    @contextmanager
    def writing(self, school_id: UUID | None = None) -> Iterator[Session]:
        """A session whose work is committed at the end, or undone if anything is raised.

        school_id  the only school whose rows it reaches, see `stakeholder.walls`; None: it belongs to no school's staff
        """
        with Session(self._writing_engine, expire_on_commit=False, info=self.info) as session, session.begin():
            narrow(session, school_id)
            yield session

    @contextmanager
    def reading(self, school_id: UUID | None = None) -> Iterator[Session]:
        """A session for looking only; nothing it does is kept."""
        with Session(self.engine, expire_on_commit=False, info=self.info) as session:
            narrow(session, school_id)
            yield session
            session.rollback()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A plain connection whose work is committed at the end, or undone if anything is raised.

        On SQLite the driver is told itself to begin and commit: the same statements at a third of the cost.
        """
        if self.is_sqlite:
            with self._to_change.lent() as connection:
                ask(connection, "BEGIN IMMEDIATE")
                yield connection
                ask(connection, "COMMIT")
        else:
            with self._to_change.lent() as connection, connection.begin():
                yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """A plain connection for single looks: each statement stands alone, without a transaction around it."""
        with self._to_glance.lent() as connection:
            yield connection

    def upgrade(self) -> None:
        """Bring the tables to the newest migration; forward only, safe to repeat."""
        from stakeholder.migrations import upgrade

        upgrade(self)

    def overwrite_traces(self) -> None:
        """Let nothing that was deleted linger beside the tables: on SQLite, empty the log of recent writes."""
        if self.is_sqlite:
            with self._glancing_engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def is_empty(self) -> bool:
        """Whether the database holds no table at all, as before its first migration."""
        return not inspect(self.engine).get_table_names()

    def dispose(self) -> None:
        """Close all connections."""
        self._to_change.close()
        self._to_glance.close()
        self.engine.dispose()


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into; one that is there already stays as its owner left it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def lock_for_order(session: Session, number: int) -> None:
    """Wait until no other transaction holds this lock; on SQLite only one transaction writes anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(number)))


def _postgresql_engine(url: Any) -> Engine:
    engine = create_engine(url, pool_size=10, max_overflow=20)
    wall_in(engine)
    return engine


def _sqlite_engine(url: Any) -> Engine:
    if url.database and url.database != ":memory:":
        make_private_folder(Path(url.database).parent)
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("no_begin"):
            ask(connection, "BEGIN IMMEDIATE" if options.get("begin_immediate") else "BEGIN")

    return engine
