"""Statements of respondents' requests: compiled once for each kind of database, then given to its driver as they are.

SQLAlchemy takes 120 microseconds around a statement that SQLite answers in ten. What it does there for safety is kept:
a failure is raised as its own exceptions (never with the values in it), and a lost connection is given up.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Compiled, Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, Executable

Values = Mapping[str, Any]
Row = tuple[Any, ...]


class Prepared:
    """A statement with named values, whose results are plain texts, numbers and bytes.

    values  names of an INSERT's columns; other statements name theirs by `bindparam`
    """

    def __init__(self, statement: Executable, *, values: Iterable[str] = ()) -> None:
        self._statement, self._columns = statement, list(values) or None
        self._compiled: dict[str, tuple[str, Callable[[Values], Any]]] = {}

    def run(self, connection: Connection, values: Values) -> None:
        """Run it and want nothing back. Raises DBAPIError."""
        sql, bound = self._for(connection.dialect)
        ask(connection, sql, bound(values))

    def run_all(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Run it for each of the rows. Raises DBAPIError."""
        sql, bound = self._for(connection.dialect)
        for row in rows:
            ask(connection, sql, bound(row))

    def first(self, connection: Connection, values: Values) -> Row | None:
        """The first row it finds, None when there is none. Raises DBAPIError."""
        sql, bound = self._for(connection.dialect)
        return ask(connection, sql, bound(values), wants_row=True)

    def _for(self, dialect: Dialect) -> tuple[str, Callable[[Values], Any]]:
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = _compiled(self._statement, self._columns, dialect)
        return known


def ask(connection: Connection, sql: str, values: Any = (), *, wants_row: bool = False) -> Row | None:
    """Give a statement to the driver within the connection's transaction; its first row if asked. Raises DBAPIError."""
    driver = connection.connection.driver_connection
    cursor: Any = None
    try:
        cursor = driver.cursor()  # type: ignore[union-attr]
        cursor.execute(sql, values)
        row: Row | None = cursor.fetchone() if wants_row else None
        cursor.close()
    except connection.dialect.loaded_dbapi.Error as failure:
        raise _told(connection, sql, failure, driver, cursor) from failure
    return row


def _told(connection: Connection, sql: str, failure: Any, driver: Any, cursor: Any) -> BaseException:
    """The failure as SQLAlchemy tells it, without the values; a connection that is lost is not used again."""
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(failure, driver, cursor)
    if is_lost:
        connection.invalidate(failure)
    told: BaseException = DBAPIError.instance(
        sql,
        None,
        failure,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_lost,
        dialect=dialect,
    )
    return told


def _compiled(
    statement: Executable, columns: list[str] | None, dialect: Dialect
) -> tuple[str, Callable[[Values], Any]]:
    if not isinstance(statement, ClauseElement):
        raise TypeError("found a statement without words, expected one that can be compiled.")
    compiled: Compiled = statement.compile(dialect=dialect, column_keys=columns)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("found a statement without values, expected a SELECT, INSERT, UPDATE or DELETE.")
    ready = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is
        for name, bind in compiled.binds.items()
    }
    if compiled.positiontup is not None:
        in_order = [(name, ready[name]) for name in compiled.positiontup]
        return str(compiled), lambda values: [prepare(values[name]) for name, prepare in in_order]
    return str(compiled), lambda values: {name: prepare(values[name]) for name, prepare in ready.items()}


def _as_it_is(value: Any) -> Any:
    return value
