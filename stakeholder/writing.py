"""Group commit: one thread writes what respondents' requests bring, many in one flush to the disk.

A durable SQLite commit costs one flush (some 3 ms); a request that waits for its own flush allows only a few
hundred saves a second. The writer takes all work that is waiting, commits once, and only then answers each
caller: an answer is acknowledged after its commit, never before. If one of them fails, all is undone and each is
tried again alone, so that one caller's mistake costs nobody else; work must therefore bear being run twice.
Work on people (opening a link) and on ballots (answers) never shares a commit, because rows of one commit
could be matched. On PostgreSQL each caller writes by itself: its commits run side by side.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection

from stakeholder.db import Database

T = TypeVar("T")
Subject = Literal["people", "ballots"]
MOST_IN_ONE_COMMIT = 64


@dataclass(frozen=True)
class _Errand:
    subject: Subject
    work: Callable[[Connection], Any]
    answer: Future[Any]


class Writer:
    """Writes respondents' work; `write` returns what the work returned, after it is safely stored."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: queue.SimpleQueue[_Errand] = queue.SimpleQueue()
        self._held: _Errand | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def write(self, work: Callable[[Connection], T], *, subject: Subject = "ballots") -> T:
        """Run `work` in a writing transaction and return its result once committed; raises what it raised."""
        if not self._database.is_sqlite:
            with self._database.changing() as connection:
                return work(connection)
        self._start()
        errand = _Errand(subject, work, Future())
        self._waiting.put(errand)
        result: T = errand.answer.result()
        return result

    def _start(self) -> None:
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
                    self._thread.start()

    def _serve(self) -> None:
        while True:
            self._commit(self._next_batch())

    def _next_batch(self) -> list[_Errand]:
        """The errand that waited longest and all others of its subject right behind it."""
        batch = [self._held or self._waiting.get()]
        self._held = None
        while len(batch) < MOST_IN_ONE_COMMIT and not self._waiting.empty():
            errand = self._waiting.get()
            if errand.subject != batch[0].subject:
                self._held = errand
                break
            batch.append(errand)
        return batch

    def _commit(self, batch: list[_Errand]) -> None:
        try:
            with self._database.changing() as connection:
                results = [errand.work(connection) for errand in batch]
        except BaseException as failure:  # noqa: BLE001 - every caller must hear of it, whatever it is
            if len(batch) == 1:
                batch[0].answer.set_exception(failure)
                return
            for errand in batch:
                self._commit([errand])
            return
        for errand, result in zip(batch, results, strict=True):
            errand.answer.set_result(result)
