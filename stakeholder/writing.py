"""Group commit: one of those who wait writes for all of them, many in one flush to the disk.

A durable SQLite commit costs one flush (some 3 ms); a request that waits for its own flush allows only a few
hundred saves a second. Whoever's turn it is takes all work that is waiting, commits once, and only then is anyone
answered: an answer is acknowledged after its commit, never before. If one piece of work fails, all is undone and each
is tried again alone, so that one caller's mistake costs nobody else; work must therefore bear being run twice, and in
another thread than its caller's.
Work on people (opening a link) and on ballots (answers) never shares a commit, because rows of one commit
could be matched. On PostgreSQL each caller writes by itself: its commits run side by side.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection

from stakeholder.db import Database

T = TypeVar("T")
Subject = Literal["people", "ballots"]
MOST_IN_ONE_COMMIT = 64


@dataclass(slots=True)
class _Errand:
    """Work, and what became of it once it is done."""

    subject: Subject
    work: Callable[[Connection], Any]
    is_done: bool = False
    result: Any = None
    failure: BaseException | None = None

    def end(self, result: Any, failure: BaseException | None = None) -> None:
        self.result, self.failure, self.is_done = result, failure, True


class Writer:
    """Writes respondents' work; `write` returns what the work returned, after it is safely stored."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Errand] = deque()
        self._turn = threading.Lock()

    def write(self, work: Callable[[Connection], T], *, subject: Subject = "ballots") -> T:
        """Run `work` in a writing transaction and return its result once committed; raises what it raised."""
        if not self._database.is_sqlite:
            with self._database.changing() as connection:
                return work(connection)
        errand = _Errand(subject, work)
        self._waiting.append(errand)
        while not errand.is_done:
            with self._turn:
                if not errand.is_done:  # nobody has written it meanwhile, so it is still waiting
                    self._commit(self._next_batch())
        if errand.failure is not None:
            raise errand.failure
        result: T = errand.result
        return result

    def _next_batch(self) -> list[_Errand]:
        """The errand that waited longest and all others of its subject right behind it."""
        batch = [self._waiting.popleft()]
        while self._waiting and self._waiting[0].subject == batch[0].subject and len(batch) < MOST_IN_ONE_COMMIT:
            batch.append(self._waiting.popleft())
        return batch

    def _commit(self, batch: list[_Errand]) -> None:
        try:
            with self._database.changing() as connection:
                results = [errand.work(connection) for errand in batch]
        except BaseException as failure:  # noqa: BLE001 - every caller must hear of it, whatever it is
            if len(batch) == 1:
                batch[0].end(None, failure)
                return
            for errand in batch:
                self._commit([errand])
            return
        for errand, result in zip(batch, results, strict=True):
            errand.end(result)
