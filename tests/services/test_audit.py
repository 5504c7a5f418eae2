"""The audit chain on both databases: whole when nobody touched it, broken at the first row that somebody did."""

import pytest
from sqlalchemy import delete, update

from stakeholder.audit import Act, all_events, record, verify
from stakeholder.db import Database
from stakeholder.errors import Invalid
from stakeholder.models import AuditEvent
from tests.makers import NOW


@pytest.fixture
def chain(database: Database) -> str:
    """Five acts; gives the newest digest."""
    with database.writing() as session:
        events = [record(session, Act("role given", f"membership {at}"), now=NOW) for at in range(5)]
        return events[-1].digest


def checked(database: Database, last: str | None = None) -> int:
    with database.reading() as session:
        return verify(all_events(session), last_known=last)


def test_a_chain_nobody_touched_is_whole(database: Database, chain: str) -> None:
    assert checked(database) == checked(database, chain) == 5


def test_a_changed_row_is_named(database: Database, chain: str) -> None:
    with database.writing() as session:
        session.execute(update(AuditEvent).where(AuditEvent.number == 3).values(reason="another"))
    with pytest.raises(Invalid, match="row 3"):
        checked(database)


def test_a_removed_row_is_named(database: Database, chain: str) -> None:
    with database.writing() as session:
        session.execute(delete(AuditEvent).where(AuditEvent.number == 2))
    with pytest.raises(Invalid, match="row 2"):
        checked(database)


def test_a_cut_end_shows_against_the_digest_that_was_sent_out(database: Database, chain: str) -> None:
    with database.writing() as session:
        session.execute(delete(AuditEvent).where(AuditEvent.number == 5))
    assert checked(database) == 4
    with pytest.raises(Invalid, match="was cut"):
        checked(database, chain)
