"""What keeps an acknowledged answer safe: how the database is opened, and how writing transactions begin."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select, text

from stakeholder.db import Database
from stakeholder.models import School
from tests.databases import fresh_sqlite


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    return Database(str(fresh_sqlite(tmp_path / "one.sqlite")))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 15_000), ("secure_delete", 1)],
)
def test_sqlite_is_opened_for_safety(sqlite: Database, pragma: str, value: object) -> None:
    with sqlite.writing() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_a_writing_transaction_takes_its_turn_at_the_start(sqlite: Database) -> None:
    begun = _statements(sqlite.engine)
    with sqlite.writing() as session:
        session.execute(select(School.id))
    assert begun[0] == "BEGIN IMMEDIATE"


def test_a_reading_transaction_lets_others_write(sqlite: Database) -> None:
    with sqlite.reading() as looking:
        looking.execute(select(School.id)).all()
        with sqlite.writing() as session:
            session.add(School(slug="hill", name="Hill"))
        assert looking.execute(select(School.id)).all() == []


def test_while_one_writes_another_waits_and_then_succeeds(sqlite: Database) -> None:
    holding, order = threading.Event(), []

    def second() -> None:
        holding.wait(5)
        with sqlite.writing() as session:
            session.add(School(slug="second", name="Second"))
        order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with sqlite.writing() as session:
        session.add(School(slug="first", name="First"))
        session.flush()
        holding.set()
        other.join(0.3)
        order.append("first")
    other.join(5)
    assert order == ["first", "second"]


def test_work_that_fails_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(School(slug="hill", name="Hill"))
        session.flush()
        _ = 1 / 0
    with database.reading() as session:
        assert session.scalars(select(School)).all() == []


def test_looking_never_writes(database: Database) -> None:
    with database.reading() as session:
        session.add(School(slug="hill", name="Hill"))
        session.flush()
    with database.reading() as session:
        assert session.scalars(select(School)).all() == []


def test_deleted_words_are_not_left_in_the_file(sqlite: Database, tmp_path: Path) -> None:
    secret = "a name that must go away entirely"
    with sqlite.writing() as session:
        session.add(School(slug="hill", name=secret))
    with sqlite.writing() as session:
        session.execute(text("DELETE FROM school"))
    sqlite.dispose()
    with sqlite3.connect(tmp_path / "one.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert secret.encode() not in (tmp_path / "one.sqlite").read_bytes()


def test_ballots_and_answers_have_no_order_no_time_and_no_way_to_a_person(database: Database) -> None:
    from surveys.models import Ballot, Comment, Draft, Response, Spent

    for table in (Ballot.__table__, Comment.__table__, Draft.__table__, Response.__table__, Spent.__table__):
        kinds = {column.type.python_type.__name__ for column in table.columns}
        assert kinds <= {"bytes", "str", "bool", "UUID"}, table.name
        assert {key.column.table.name for key in table.foreign_keys} == {"audience"}, table.name


def test_sqlite_keeps_ballots_without_row_numbers(sqlite: Database) -> None:
    with sqlite.reading() as session:
        for table in ("ballot", "comment", "draft", "response", "spent"):
            with pytest.raises(Exception, match="no such column: rowid"):
                session.execute(text(f"SELECT rowid FROM {table}"))


def _statements(engine: Engine) -> list[str]:
    """Statements that reach SQLite from now on, in order."""
    seen: list[str] = []

    @event.listens_for(engine, "connect")
    def trace(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(seen.append)

    return seen
