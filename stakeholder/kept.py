"""Connections that are kept open and go from hand to hand.

Taking one from the pool, and giving it back, costs some 40 microseconds, eight times what SQLite takes to answer; a
respondent's request asks for one each time. What went wrong is never kept: such a connection is closed, and after a
lost one so are all that wait, because whatever took one away took them all.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

MOST_KEPT = 5


class KeptConnections:
    """At most `MOST_KEPT` idle connections of one engine, for any thread, each for one at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[Connection] = deque()

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection in no transaction; what is not committed when it comes back is undone."""
        connection = self._take()
        try:
            yield connection
            if connection.in_transaction():
                connection.rollback()
        except BaseException:
            lost = connection.invalidated
            connection.close()
            if lost:
                self.close()
            raise
        if len(self._idle) < MOST_KEPT:
            self._idle.append(connection)
        else:
            connection.close()

    def close(self) -> None:
        """Close all that nobody holds."""
        while self._idle:
            self._idle.popleft().close()

    def _take(self) -> Connection:
        try:
            return self._idle.pop()  # the one used last: the others may rest
        except IndexError:
            return self._engine.connect()
