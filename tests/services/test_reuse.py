"""A database that is used again is as empty as a new one, and one whose shape was changed is not used again."""

from sqlalchemy import URL, func, select, text

from stakeholder.db import Database
from stakeholder.models import School
from tests.databases import administration
from tests.makers import school
from tests.reuse import empty_postgresql


def schools_before_one_is_made(address: URL) -> int:
    database = Database(address.render_as_string(hide_password=False))
    with database.writing() as session:
        before = session.execute(select(func.count()).select_from(School)).scalar_one()
        school(session)
    database.dispose()
    return before


def test_a_database_used_again_is_empty() -> None:
    names = set()
    for _ in range(2):
        with empty_postgresql() as address:
            names.add(address.database)
            assert schools_before_one_is_made(address) == 0
    assert len(names) == 1


def test_a_database_of_another_shape_is_dropped() -> None:
    with empty_postgresql() as address, administration(address) as connection:
        connection.execute(text("ALTER TABLE school ADD COLUMN motto text"))
    with empty_postgresql() as other:
        assert other.database != address.database
