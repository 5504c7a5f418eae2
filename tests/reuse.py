"""One migrated PostgreSQL database per test process, emptied between tests: making one costs ten times as much.

A database whose shape a test has changed (tables, columns, rules, triggers, version) is dropped, never used again.
"""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

from sqlalchemy import URL, Connection, text

from tests.databases import administration, fresh_postgresql

Shape = tuple[object, ...]

SHAPE = """
SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped),
       (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_policy),
       (SELECT string_agg(version_num, ',') FROM alembic_version)
"""
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
OTHERS_LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
COUNT_FROM_ONE = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences
WHERE last_value IS NOT NULL
"""

idle: list[tuple[ExitStack, URL, Shape]] = []


@contextmanager
def empty_postgresql() -> Iterator[URL]:
    """A migrated, empty PostgreSQL database; the process takes one that it has emptied before making another."""
    stack, address, shape = idle.pop() if idle else _made()
    with stack:
        yield address
        if _emptied(address, shape):
            idle.append((stack.pop_all(), address, shape))


def _made() -> tuple[ExitStack, URL, Shape]:
    _drop_at_the_end()
    stack = ExitStack()
    address = stack.enter_context(fresh_postgresql())
    with administration(address) as connection:
        return stack, address, _shape(connection)


@cache
def _drop_at_the_end() -> None:
    atexit.register(lambda: [stack.close() for stack, _, _ in idle])


def _shape(connection: Connection) -> Shape:
    return tuple(connection.execute(text(SHAPE)).one())


def _emptied(address: URL, shape: Shape) -> bool:
    """Whether the database at `address` is again as it was made."""
    with administration(address) as connection:
        connection.execute(text(OTHERS_LEAVE))
        if _shape(connection) != shape:
            return False
        filled = _filled(connection)
        if filled:
            connection.execute(text(f"TRUNCATE {', '.join(filled)} CASCADE"))
        connection.execute(text(COUNT_FROM_ONE))
        return True


def _filled(connection: Connection) -> list[str]:
    tables = connection.scalars(text(TABLES)).all()
    asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
    return list(connection.scalars(text(asked)))
