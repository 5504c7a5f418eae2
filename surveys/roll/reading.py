"""A roll from a file that a management system wrote: CSV or XLSX, whatever the columns are called."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath

from stakeholder.errors import Invalid
from surveys.importing.tables import Table, open_table
from surveys.roll.entries import Entry, entry_of, plan_columns

MOST_PEOPLE = 50_000
MOST_PROBLEMS = 10
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
NOT_IN_NAMES = re.compile(r"[^\w. -]")
LONGEST_NAME = 60  # characters of four bytes each still fit into what file systems take


@dataclass(frozen=True)
class RollFile:
    """What a file says.

    entries   the people, each number once
    not_kept  columns that mean nothing here; nothing of them is stored
    notes     what whoever brought it in should know
    """

    entries: tuple[Entry, ...]
    not_kept: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_roll(path: Path) -> RollFile:
    """The people of a file. Raises Invalid naming the lines that cannot be read, at most ten of them."""
    _refuse_other_files(path)
    with open_table(path) as table:
        meanings = plan_columns(table.header)
        _refuse_unreadable(path.name, table.header, set(meanings.values()))
        entries, doubles = _entries(table, meanings)
        notes = table.notes
    if doubles:
        notes = (*notes, f"{doubles} lines stand in the file twice and are counted once.")
    return RollFile(tuple(entries.values()), tuple(each for each in table.header if each not in meanings), notes)


def read_roll_bytes(content: bytes, name: str) -> RollFile:
    """The same of an upload, whose name only says its kind and stands in messages. Raises Invalid."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NOT_IN_NAMES.sub("_", PurePath(name.replace("\\", "/")).name)[-LONGEST_NAME:]
        _refuse_other_files(path)
        path.write_bytes(content)
        return read_roll(path)


def _refuse_other_files(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise Invalid(f"{path.name}: expected a CSV or XLSX file. In your management system choose 'Export to Excel'.")


def _entries(table: Table, meanings: dict[str, str]) -> tuple[dict[str, Entry], int]:
    found: dict[str, Entry] = {}
    problems: list[str] = []
    doubles = 0
    for number, row in table.rows:
        cells = {meanings[column]: value for column, value in zip(table.header, row, strict=True) if column in meanings}
        if not any(value.strip() for value in cells.values()):
            continue
        try:
            doubles += _add(found, entry_of(cells))
        except Invalid as problem:
            problems.append(f"line {number}: {problem}")
        if len(found) > MOST_PEOPLE:
            raise Invalid(f"{table.name}: more than {MOST_PEOPLE:,} people.")
    if problems:
        more = f" And {len(problems) - MOST_PROBLEMS} more." if len(problems) > MOST_PROBLEMS else ""
        raise Invalid(f"{table.name}: {' '.join(problems[:MOST_PROBLEMS])}{more}")
    if not found:
        raise Invalid(f"{table.name}: there is nobody in it, only the header.")
    return found, doubles


def _add(found: dict[str, Entry], entry: Entry) -> bool:
    """Add one person; returns whether the same line stood there already. Raises Invalid for another of that number."""
    before = found.setdefault(entry.number, entry)
    if before != entry:
        raise Invalid(f"the number '{entry.number}' stands for {before.name} above and for {entry.name} here.")
    return before is not entry


def _refuse_unreadable(name: str, header: tuple[str, ...], meanings: set[str]) -> None:
    if "number" not in meanings:
        raise Invalid(
            f"{name}: no column holds a number that stays the same, such as 'Admission number' or 'UPN'. "
            f"Found: {', '.join(header)[:200]}."
        )
    if not meanings & {"family", "name"}:
        raise Invalid(f"{name}: no column holds names, such as 'Surname' or 'Name'. Found: {', '.join(header)[:200]}.")
