"""Exports hold what the pages show: the same numbers, and no others."""

import json
from pathlib import Path

import pyreadstat
import pytest
from openpyxl import load_workbook

from analysis.editions import EditionView
from analysis.exports.codebook import MEANINGS, columns
from analysis.exports.files import writer_for
from analysis.exports.rows import HEADER, rows_of
from stakeholder.db import Database
from stakeholder.errors import Invalid
from tests.makers import school
from tests.services.test_editions import counted, people
from tests.unit.figures.results import item


@pytest.fixture
def edition(database: Database) -> EditionView:
    given = people(42, safe="agree", year="y7") + people(33, safe="disagree", year="y8") + people(4, safe="agree")
    with database.writing() as session:
        return counted(session, school(session), given)


def test_every_column_of_an_export_is_explained() -> None:
    assert set(MEANINGS) == set(HEADER)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".json", ".sav"])
def test_an_export_has_a_row_for_each_answer_of_each_result(edition: EditionView, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"results{ending}"
    assert writer_for(ending)(edition, file) == sum(len(list(rows_of(cell))) for cell in edition.cells)
    assert file.stat().st_size > 0


def test_the_numbers_of_a_workbook_are_the_pages_numbers(edition: EditionView, tmp_path: Path) -> None:
    writer_for(".xlsx")(edition, tmp_path / "results.xlsx")
    book = load_workbook(tmp_path / "results.xlsx", read_only=True)
    assert book.sheetnames == ["Results", "Columns", "Subjects", "Answers", "Breakdowns"]
    rows = [dict(zip(HEADER, row, strict=True)) for row in book["Results"].iter_rows(values_only=True)][1:]
    book.close()
    found = edition.find("item", "safe", "secondary")
    told = [row for row in rows if row["subject"] == "safe" and not row["breakdown_1"]]
    assert found
    few = {each.code for each in found.options if each.scored and each.people <= 0.05 * found.n}
    assert {row["answer"]: row["answer_people"] for row in told} == {
        each.code: None if each.code in few else each.people for each in found.options
    }
    assert (
        {row["answer"] for row in told if row["answer_percent"] == "<=5"}
        == few
        == {
            "strongly_disagree",
            "neither",
            "strongly_agree",
        }
    )
    assert {row["people"] for row in told} == {found.n}


def test_spss_gets_labels(edition: EditionView, tmp_path: Path) -> None:
    writer_for(".sav")(edition, tmp_path / "results.sav")
    frame, meta = pyreadstat.read_sav(str(tmp_path / "results.sav"))
    assert meta.column_names_to_labels["people"].startswith("People whose answer counts")
    assert "hidden" in meta.variable_value_labels["status"]
    assert len(frame) == sum(len(list(rows_of(cell))) for cell in edition.cells)


def test_hidden_groups_are_in_an_export_without_a_number(edition: EditionView, tmp_path: Path) -> None:
    writer_for(".json")(edition, tmp_path / "results.json")
    found = json.loads((tmp_path / "results.json").read_text("utf-8"))["results"]
    hidden = [row for row in found if row["status"] == "hidden"]
    assert hidden
    assert not [row for row in hidden if {"people", "answer_people", "favourable_percent"} & set(row)]


def test_all_or_none_is_told_as_nearly_all_or_hardly_any() -> None:
    shares = [rows_of(item("All", (0, 0, 0, 0, 60))), rows_of(item("None", (60, 0, 0, 0, 0)))]
    place = HEADER.index("favourable_percent")
    assert [next(rows)[place] for rows in shares] == [">=95", "<=5"]


def test_an_unknown_ending_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Invalid, match=r"\.csv, \.xlsx, \.json, \.sav, \.parquet"):
        writer_for(".doc")


def test_parquet_holds_the_rows_with_numbers_as_numbers(edition: EditionView, tmp_path: Path) -> None:
    from pyarrow import parquet

    written = writer_for(".parquet")(edition, tmp_path / "results.parquet")
    table = parquet.read_table(tmp_path / "results.parquet")
    assert table.column_names == list(HEADER) and table.num_rows == written
    expected = [row for cell in edition.cells for row in rows_of(cell)]
    people = HEADER.index("people")
    assert table["people"].to_pylist() == [None if row[people] == "" else float(row[people]) for row in expected]
    assert table["status"].to_pylist() == [row[HEADER.index("status")] for row in expected]
    assert table.schema.field("people").metadata[b"meaning"] == dict(columns())["people"].encode()
