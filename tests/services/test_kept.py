"""Connections that go from hand to hand: nothing of one holder's work reaches the next, and none that failed stays."""

import threading

import pytest
from sqlalchemy import text

from stakeholder.db import Database
from stakeholder.kept import MOST_KEPT, KeptConnections


class Failed(Exception):
    """What a holder raises."""


@pytest.fixture
def kept(database: Database):
    """Kept connections of an engine on either kind of database."""
    connections = KeptConnections(database.engine)
    yield connections
    connections.close()


def test_the_same_connection_serves_again(kept: KeptConnections) -> None:
    with kept.lent() as first:
        pass
    with kept.lent() as second:
        assert second is first


def test_two_holders_never_share_one(kept: KeptConnections) -> None:
    with kept.lent() as first, kept.lent() as second:
        assert first is not second


def test_work_that_nobody_committed_is_undone(kept: KeptConnections) -> None:
    with kept.lent() as connection:
        connection.execute(text("CREATE TABLE left_behind (number INTEGER)"))
    with kept.lent() as again, pytest.raises(Exception, match="left_behind"):
        assert again is connection
        assert not again.in_transaction()
        again.execute(text("SELECT number FROM left_behind"))


def test_a_connection_that_failed_is_not_used_again(kept: KeptConnections) -> None:
    with pytest.raises(Failed), kept.lent() as failed:
        raise Failed
    assert failed.closed
    with kept.lent() as next_one:
        assert next_one is not failed


def test_a_lost_connection_takes_all_that_wait_with_it(kept: KeptConnections) -> None:
    with kept.lent() as first, kept.lent() as lost:
        pass
    assert not first.closed
    with pytest.raises(Failed), kept.lent() as again:
        again.invalidate()
        raise Failed
    assert first.closed
    assert lost.closed


def test_no_more_are_kept_than_may_be(kept: KeptConnections) -> None:
    held = [kept.lent() for _ in range(MOST_KEPT + 1)]
    connections = [each.__enter__() for each in held]
    for each in held:
        each.__exit__(None, None, None)
    assert [each.closed for each in connections] == [False] * MOST_KEPT + [True]


def test_disposing_of_the_database_closes_them(database: Database) -> None:
    with database.glancing() as looking, database.changing() as writing:
        pass
    database.dispose()
    assert looking.closed
    assert writing.closed


def test_another_thread_may_take_it_over(database: Database) -> None:
    found: list[int] = []

    def look() -> None:
        with database.glancing() as connection:
            found.append(connection.execute(text("SELECT 1")).scalar_one())

    look()
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [1, 1]
