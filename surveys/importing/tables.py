"""Reading a table that another tool wrote: CSV in any common encoding, gzip, XLSX, or JSON lines.

Rows are streamed; nothing but one row is held. What cannot be read is refused with the place.
"""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from stakeholder.errors import Invalid

Row = Sequence[str]
LONGEST_FIELD = 200_000
SNIFFED_BYTES = 65_536
DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Table:
    """A header and the rows below it; `position` tells how many bytes of the file have been read."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Row]]
    position: Callable[[], int]
    size: int
    notes: tuple[str, ...] = ()


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open FILE.csv, .csv.gz, .tsv, .xlsx or .jsonl. Raises Invalid, saying where and what would be right."""
    if not path.is_file():
        raise Invalid(f"There is no file {path}.")
    kind = [suffix.lower() for suffix in path.suffixes]
    with ExitStack() as opened:
        raw = opened.enter_context(path.open("rb"))
        size = path.stat().st_size
        if kind[-1:] == [".xlsx"]:
            yield _xlsx(path.name, raw, size)
            return
        packed = kind[-1:] == [".gz"]
        stream: io.BufferedIOBase = opened.enter_context(gzip.open(raw)) if packed else raw
        inner = kind[-2:-1] if packed else kind[-1:]
        try:
            if inner in ([".jsonl"], [".ndjson"]):
                yield _json_lines(path.name, stream, raw.tell, size)
            else:
                yield _csv(path.name, stream, raw.tell, size, opened)
        except (gzip.BadGzipFile, EOFError) as problem:
            raise Invalid(f"{path.name} is not a whole gzip file: {problem}.") from problem


def _csv(name: str, stream: io.BufferedIOBase, position: Callable[[], int], size: int, opened: ExitStack) -> Table:
    head = stream.read(SNIFFED_BYTES)
    stream.seek(0)
    encoding, notes = guess_encoding(head)
    text = opened.enter_context(io.TextIOWrapper(stream, encoding=encoding, newline=""))  # type: ignore[type-var]
    csv.field_size_limit(LONGEST_FIELD)
    delimiter = guess_delimiter(head.decode(encoding, "replace"))
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    lines = _checked_lines(name, reader, encoding)
    header = _header(name, next(lines, (1, ()))[1])
    return Table(name, header, _even_rows(name, header, lines), position, size, notes)


def _checked_lines(name: str, reader: Iterator[Row], encoding: str) -> Iterator[tuple[int, Row]]:
    while True:
        before = int(getattr(reader, "line_num", 0)) + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise Invalid(
                f"{name}, line {before}: {_csv_words(str(problem))} Mend the quotes on that line and import again."
            ) from problem
        except UnicodeDecodeError as problem:
            raise Invalid(
                f"{name}, line {before} or just after: a character is not {encoding}. "
                "Save the file as UTF-8 and import again."
            ) from problem
        if row:
            yield before, row


def _csv_words(problem: str) -> str:
    if "limit" in problem:
        return f"a field is longer than {LONGEST_FIELD:,} characters; a quote is probably never closed."
    if "unexpected end" in problem:
        return "a quote opened here or earlier is never closed."
    return f"there is a stray quote ({problem})."


def _even_rows(name: str, header: Row, lines: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Rows as wide as the header; trailing empty fields may be missing or too many, nothing else."""
    width = len(header)
    for number, row in lines:
        if len(row) == width:
            yield number, row
        elif len(row) < width:
            yield number, [*row, *[""] * (width - len(row))]
        elif any(field.strip() for field in row[width:]):
            raise Invalid(
                f"{name}, line {number}: {len(row)} fields, but the header has {width}. "
                "A delimiter or quote is probably out of place on that line."
            )
        else:
            yield number, row[:width]


def _header(name: str, row: Row) -> tuple[str, ...]:
    header = tuple(field.strip() for field in row)
    if not any(header):
        raise Invalid(f"{name} has no header line. The first line must name the columns.")
    doubled = sorted({field for field in header if field and header.count(field) > 1})
    if doubled:
        raise Invalid(f"{name}: the header names these columns twice: {', '.join(doubled)}. Rename one of each.")
    return header


def guess_encoding(head: bytes) -> tuple[str, tuple[str, ...]]:
    """The encoding of a file from its first bytes, and what to tell the reader about it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", ("Read as UTF-16.",)
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        cut_short = len(head) == SNIFFED_BYTES and problem.start >= len(head) - 4
        if not cut_short:
            return "cp1252", ("Not UTF-8; read as Windows-1252. Look at accents and apostrophes below.",)
    return "utf-8-sig", ()


def guess_delimiter(head: str) -> str:
    """The delimiter that the first line holds most often outside quotes."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    outside = "".join(part for index, part in enumerate(first.split('"')) if index % 2 == 0)
    return max(DELIMITERS, key=outside.count)


def _json_lines(name: str, stream: Iterable[bytes], position: Callable[[], int], size: int) -> Table:
    records = _json_records(name, stream)
    first = next(records, None)
    if first is None:
        raise Invalid(f"{name} is empty.")
    header = tuple(first[1])

    def rows() -> Iterator[tuple[int, Row]]:
        for number, record in chain((first,), records):
            yield number, [_plain(record.get(column)) for column in header]

    return Table(name, header, rows(), position, size)


def _json_records(name: str, stream: Iterable[bytes]) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as problem:
            raise Invalid(f"{name}, line {number}: not JSON ({problem}). Each line must be one object.") from problem
        if not isinstance(record, dict):
            raise Invalid(f"{name}, line {number}: found {type(record).__name__}, expected an object in braces.")
        yield number, record


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _xlsx(name: str, raw: BinaryIO, size: int) -> Table:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(raw, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as problem:
        raise Invalid(
            f"{name} is not a readable XLSX workbook: {problem}. Save it again as .xlsx or .csv."
        ) from problem
    sheet = book.worksheets[0]
    lines = (
        (number, [_cell(value) for value in row]) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
    )
    filled = ((number, row) for number, row in lines if any(row))
    header = _header(name, next(filled, (1, ()))[1])
    notes = (
        (f"Only the first of {len(book.worksheets)} sheets was read: {sheet.title}.",)
        if len(book.worksheets) > 1
        else ()
    )
    return Table(name, header, _even_rows(name, header, filled), raw.tell, size, notes)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
