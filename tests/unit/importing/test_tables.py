"""Reading tables as other tools write them."""

import gzip
from pathlib import Path

import pytest
from openpyxl import Workbook

from stakeholder.errors import Invalid
from surveys.importing.tables import open_table

CSV = 'Name,Note\nA,"two, parts"\nB,"line\nbreak"\n'


def read(path: Path) -> tuple[tuple[str, ...], list[list[str]]]:
    with open_table(path) as table:
        return table.header, [list(row) for _, row in table.rows]


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plain.csv", CSV.encode()),
        ("marked.csv", b"\xef\xbb\xbf" + CSV.encode()),
        ("wide.csv", CSV.encode("utf-16")),
        ("semicolons.csv", b'Name;Note\nA;"two, parts"\nB;"line\nbreak"\n'),
        ("tabs.tsv", b'Name\tNote\nA\ttwo, parts\nB\t"line\nbreak"\n'),
        ("packed.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
        ("rows.jsonl", b'{"Name":"A","Note":"two, parts"}\n\n{"Name":"B","Note":"line\\nbreak"}\n'),
    ],
)
def test_a_table_is_read_whatever_its_form(tmp_path: Path, name: str, data: bytes) -> None:
    assert read(written(tmp_path, name, data)) == (("Name", "Note"), [["A", "two, parts"], ["B", "line\nbreak"]])


def test_a_workbook_is_read_from_its_first_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Name", "Age"])
    book.active.append(["A", 12.0])
    book.create_sheet("More")
    book.save(tmp_path / "book.xlsx")
    with open_table(tmp_path / "book.xlsx") as table:
        assert (table.header, [row for _, row in table.rows]) == (("Name", "Age"), [["A", "12"]])
        assert "Only the first of 2 sheets" in table.notes[0]


def test_old_encodings_are_read_and_said(tmp_path: Path) -> None:
    with open_table(written(tmp_path, "old.csv", "Name,Note\nA,caf\u00e9\n".encode("cp1252"))) as table:
        assert [list(row) for _, row in table.rows] == [["A", "caf\u00e9"]]
        assert "Windows-1252" in table.notes[0]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("quote.csv", b'Name,Note\nA,"x" y\nB,z\n', "line 2: there is a stray quote"),
        ("open.csv", b'Name,Note\nA,"never closed\nB,z\n', "never closed"),
        ("wide.csv", b"Name,Note\nA,b,c\n", "line 2: 3 fields, but the header has 2"),
        ("twice.csv", b"Name,Name\nA,b\n", "names these columns twice: Name"),
        ("empty.csv", b"", "no header line"),
        ("cut.csv.gz", gzip.compress(CSV.encode() * 5000, mtime=0)[:-20], "not a whole gzip file"),
        ("not.csv.gz", b"plain", "not a whole gzip file"),
        ("broken.jsonl", b'{"a": 1}\nnot json\n', "line 2: not JSON"),
        ("list.jsonl", b'{"a": 1}\n[1]\n', "line 2: found list"),
        ("fake.xlsx", b"PK not a workbook", "not a readable XLSX workbook"),
        ("late.csv", b"Name,Note\n" + b"A,b\n" * 30_000 + b"caf\xe9,x\n", "is not utf-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(written(tmp_path, name, data))
    assert said in str(refused.value)
    assert name in str(refused.value)


def test_missing_cells_at_the_end_of_a_row_are_empty(tmp_path: Path) -> None:
    assert read(written(tmp_path, "short.csv", b"a,b,c\n1\n\n2,3,,,\n")) == (
        ("a", "b", "c"),
        [["1", "", ""], ["2", "3", ""]],
    )
