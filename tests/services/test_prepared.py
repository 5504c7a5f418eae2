"""Prepared statements on both databases: the same rows, and failures that give away no values."""

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from stakeholder.db import Database
from stakeholder.models import School
from stakeholder.prepared import Prepared, ask
from surveys.models import Spent
from tests.makers import school

USED = Prepared(select(Spent.__table__.c.body_hash).where(Spent.__table__.c.key_hash == bindparam("used")))
SPEND = Prepared(insert(Spent), values=("key_hash", "body_hash", "audience_id"))
NAMED = Prepared(select(School.__table__.c.name).where(School.__table__.c.id == bindparam("school")))


def test_a_prepared_statement_finds_by_every_kind_of_value(database: Database) -> None:
    with database.writing() as session:
        made = school(session)
        school_id, name = made.id, made.name
    with database.glancing() as connection:
        assert NAMED.first(connection, {"school": school_id}) == (name,)
        assert USED.first(connection, {"used": b"never used"}) is None


def test_a_failure_is_told_without_the_values(database: Database) -> None:
    with pytest.raises(IntegrityError) as told, database.changing() as connection:
        SPEND.run(connection, {"key_hash": b"k" * 32, "body_hash": None, "audience_id": None})
    assert "kkkk" not in str(told.value)
    with database.glancing() as connection:
        assert USED.first(connection, {"used": b"k" * 32}) is None


def test_what_the_database_does_not_know_is_told_as_ever(database: Database) -> None:
    with pytest.raises((OperationalError, ProgrammingError)), database.glancing() as connection:
        ask(connection, "SELECT nothing FROM nowhere")
    with database.glancing() as connection:
        assert ask(connection, "SELECT 1", wants_row=True) == (1,)
