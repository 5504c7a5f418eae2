"""Reading a stream of comments, line by line, with one process or several; the order is kept."""

import gc
import json
import multiprocessing
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from analysis.text.language import load_identifier
from analysis.text.personal.finding import PersonalFinder
from analysis.text.personal.redacting import finder_for
from analysis.text.personal.roster import NameKind
from analysis.text.reading import CommentReading, Written, default_toolkit, read_comments
from stakeholder.errors import Invalid

LINES_OF_A_PART = 500
PARTS_AHEAD = 2
"""Parts given to each process before their results are fetched: memory stays constant, however long the stream."""

Names = tuple[tuple[str, NameKind], ...]
Numbered = tuple[int, bytes]
Answer = tuple[str, str]
"""The line to write and, when the line given could not be read, what is wrong with it; one of them is empty."""

_finder: PersonalFinder | None = None


def read_stream(stream: BinaryIO, names: Names | None, *, processes: int = 1) -> Iterator[Answer]:
    """An answer for each line of the stream that is not blank, in order.

    names  the school's people; with them each answer says where personal data stands
    """
    parts = _parts(_lines(stream))
    if processes == 1:
        _prepare(names)
        for part in parts:
            yield from _read_part(part)
        return
    context = _context()
    copies = context.get_start_method() == "fork"
    if copies:
        load_identifier()
        _prepare(names)
    with context.Pool(processes, None if copies else _prepare, () if copies else (names,)) as pool:
        waiting: deque[Any] = deque()
        for part in parts:
            waiting.append(pool.apply_async(_read_part, (part,)))
            if len(waiting) >= PARTS_AHEAD * processes:
                yield from waiting.popleft().get()
        while waiting:
            yield from waiting.popleft().get()


def _context() -> Any:
    """Copies of this process where that is safe, for they share the toolkit; new processes elsewhere."""
    can_copy = threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if can_copy else "spawn")


def _prepare(names: Names | None) -> None:
    """What one process needs, once: the toolkit, and a finder when there are names."""
    global _finder  # noqa: PLW0603 - a process of the pool has no other place to keep it
    default_toolkit()
    _finder = finder_for(names) if names is not None else None
    gc.collect()
    gc.freeze()  # word lists and weights stay for ever: looking through them for garbage took a quarter of the time


def _read_part(part: list[Numbered]) -> list[Answer]:
    given = [_given(number, line) for number, line in part]
    written = [
        Written(one["text"], one.get("question") or "", one.get("language") or None)
        for one in given
        if not isinstance(one, str)
    ]
    found = iter(read_comments(written))
    return [("", one) if isinstance(one, str) else (_answer(one, next(found)), "") for one in given]


def _given(number: int, line: bytes) -> dict[str, Any] | str:
    """The object on a line, or what is wrong with it."""
    try:
        return _comment(line)
    except Invalid as problem:
        return f"Line {number}: {problem}"


def _answer(given: dict[str, Any], reading: CommentReading) -> str:
    """The line to write."""
    found = reading.as_json()
    if _finder:
        found["personal"] = [
            {"start": each.start, "end": each.end, "kind": each.kind} for each in _finder.find(given["text"])
        ]
    return json.dumps({"id": given.get("id"), **found}) + "\n"


def _lines(stream: BinaryIO) -> Iterator[Numbered]:
    """Numbered lines that are not blank."""
    for number, line in enumerate(stream, start=1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line


def _parts(lines: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    remaining = iter(lines)
    while part := list(islice(remaining, LINES_OF_A_PART)):
        yield part


def _comment(line: bytes) -> dict[str, Any]:
    """The object on a line. Raises Invalid in words that say what is wrong with it."""
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise Invalid(
            f"found a byte that is not UTF-8 (0x{line[problem.start]:02x}), expected UTF-8 text."
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise Invalid(f"this is not JSON: {problem}.") from problem
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise Invalid('expected an object with a "text", such as {"id": 1, "text": "More clubs please"}.')
    for name in ("question", "role", "language"):
        if not isinstance(given.get(name), str | None):
            raise Invalid(f'found {given[name]!r} as "{name}", expected text.')
    return given
