"""An edition as a file of a kind: CSV, XLSX with a codebook, SPSS with labels, Parquet, JSON."""

import json
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.editions import EditionView
from analysis.exports import codebook
from analysis.exports.rows import HEADER, rows_of, write_edition
from stakeholder.errors import Invalid
from stakeholder.spreadsheets import harmless

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Writer = Callable[[EditionView, Path], int]
NUMBERS = frozenset(
    {"people", "not_scored", "asked", "low_percent", "high_percent", "mean", "answer_people", "shown_to"}
)
LONGEST_TEXT = 255
NEEDED = {".sav": "pyreadstat", ".parquet": "pyarrow"}


def writer_for(ending: str) -> Writer:
    """What writes a file with this ending. Raises Invalid where nothing can."""
    writers: dict[str, Writer] = {
        ".csv": write_csv,
        ".xlsx": write_xlsx,
        ".json": write_json,
        ".sav": write_sav,
        ".parquet": write_parquet,
    }
    if ending not in writers:
        raise Invalid(f"found the ending '{ending}', expected one of {', '.join(writers)}.")
    if ending in NEEDED and find_spec(NEEDED[ending]) is None:
        raise Invalid(f"Files ending in {ending} need the extra 'documents': run 'make documents' to add it.")
    return writers[ending]


def rows(edition: EditionView) -> list[tuple[object, ...]]:
    """All rows, texts made harmless for spreadsheets."""
    return [tuple(harmless(value) for value in row) for cell in edition.cells for row in rows_of(cell)]


def write_csv(edition: EditionView, file: Path) -> int:
    """Comma-separated, UTF-8 with its mark so that spreadsheets read it rightly; returns the number of rows."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        return write_edition(edition, opened)


def write_xlsx(edition: EditionView, file: Path) -> int:
    """A workbook: results, and sheets that say what everything means; texts are typed as texts."""
    from xlsxwriter import Workbook

    found = rows(edition)
    sheets: list[tuple[str, tuple[str, ...], list[Any]]] = [
        ("Results", HEADER, found),
        ("Columns", ("column", "meaning"), codebook.columns()),
        ("Subjects", ("audience", "kind", "subject", "label"), codebook.subjects(edition)),
        ("Answers", ("audience", "subject", "answer", "label"), codebook.answers(edition)),
        ("Breakdowns", ("audience", "breakdown", "label", "option", "option label"), codebook.breakdowns(edition)),
    ]
    with Workbook(str(file), {"in_memory": True}) as book:
        for name, head, lines in sheets:
            _fill(book.add_worksheet(name), [head, *lines])
    return len(found)


def _fill(sheet: Any, lines: Iterable[Iterable[Any]]) -> None:
    """Write lines of texts and numbers, each as what it is; nothing is a formula."""
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, str) and value:
                sheet.write_string(row, column, harmless(value))
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value)


def document(edition: EditionView) -> dict[str, Any]:
    """An edition as values for JSON: its rows by name, and its codebook."""
    return {
        "format": "stakeholder-voice/edition/1",
        "wave": {"key": edition.wave_key, "title": edition.wave_title, "counted": edition.frozen_at.isoformat()},
        "rules": "Fewer than 10 people are not shown; every number of people may be off by up to two.",
        "columns": dict(codebook.columns()),
        "results": [
            {name: value for name, value in zip(HEADER, row, strict=True) if value != ""}
            for cell in edition.cells
            for row in rows_of(cell)
        ],
    }


def write_json(edition: EditionView, file: Path) -> int:
    """One JSON document."""
    content = document(edition)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(content["results"])


def write_sav(edition: EditionView, file: Path) -> int:
    """SPSS: numbers as numbers, a label on every column, and value labels for what has a short code."""
    import pandas as pd
    import pyreadstat

    found = rows(edition)
    frame = pd.DataFrame(found, columns=list(HEADER))
    for name in HEADER:
        if name in NUMBERS:
            frame[name] = pd.to_numeric(frame[name].replace("", None))
        else:
            frame[name] = frame[name].astype(str).str.slice(0, LONGEST_TEXT)
    labels: list[str | None] = [meaning[:LONGEST_TEXT] for _name, meaning in codebook.columns()]
    statuses: Any = {
        "shown": "Figures",
        "words": "Words, 10 to 29 answers",
        "hidden": "Too few to show safely",
    }
    audiences: Any = {each.key: each.label for each in edition.audiences}
    pyreadstat.write_sav(
        frame,
        str(file),
        file_label=edition.wave_title[:60],
        column_labels=labels,
        variable_value_labels={"status": statuses, "audience": audiences},
    )
    return len(found)


def write_parquet(edition: EditionView, file: Path) -> int:
    """Parquet: numbers as numbers, all else as text, the meaning of each column in its metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    found = [row for cell in edition.cells for row in rows_of(cell)]
    meanings = dict(codebook.columns())
    fields = [
        pa.field(name, pa.float64() if name in NUMBERS else pa.string(), metadata={"meaning": meanings[name]})
        for name in HEADER
    ]
    columns = [
        [None if value == "" else float(str(value)) if name in NUMBERS else str(value) for value in values]
        for name, values in zip(HEADER, zip(*found, strict=True), strict=True)
    ]
    about = {"wave": edition.wave_title, "counted": edition.frozen_at.isoformat()}
    parquet.write_table(pa.table(columns, schema=pa.schema(fields, metadata=about)), file)
    return len(found)
