"""A roll from a management system's file, and what it changes."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from stakeholder.errors import Invalid
from surveys.roll.differing import difference
from surveys.roll.entries import Entry, plan_columns, year_of
from surveys.roll.reading import read_roll, read_roll_bytes

SAM = Entry("1", "Sam", "Green", year="7", form="7B")
AIDA = Entry("2", "Aida", "Khan", year="8", form="8A")
FILE = (
    "Admission Number,Legal Surname,Legal Forename,Preferred Forename,Year Group,Reg Group,Gender\n"
    "1,Green,Samuel,Sam,Year 7,7B,M\n2,Khan,Aida,,Year  8,8A,F\n"
)


def test_the_usual_columns_are_known_and_the_others_are_not_kept() -> None:
    found = read_roll_bytes(FILE.encode(), "pupils.csv")
    assert found.not_kept == ("Gender",)
    assert [entry.name for entry in found.entries] == ["Sam Green", "Aida Khan"]
    assert [(entry.year, entry.form) for entry in found.entries] == [("7", "7B"), ("8", "8A")]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("UPN", "Forename", "Surname", "Reg"),
         {"UPN": "number", "Forename": "given", "Surname": "family", "Reg": "form"}),
        (("Student ID", "Student Name", "Year"), {"Student ID": "number", "Student Name": "name", "Year": "year"}),
        (("Staff Code", "First Name", "Last Name", "Work Email"),
         {"Staff Code": "number", "First Name": "given", "Last Name": "family", "Work Email": "email"}),
        (("UPN", "Admission No", "Surname"), {"UPN": "number", "Surname": "family"}),
    ],
)  # fmt: skip
def test_columns_of_several_systems(header: tuple[str, ...], expected: dict[str, str]) -> None:
    assert plan_columns(header) == expected


def test_a_workbook_with_whole_names_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("ID", "Name", "Year"), (4711, "Green, Sam", 7), (4712, "Aida Khan", "Reception")):
        sheet.append(row)
    book.save(tmp_path / "pupils.xlsx")
    found = read_roll(tmp_path / "pupils.xlsx").entries
    assert found == (Entry("4711", "Sam", "Green", year="7"), Entry("4712", "Aida", "Khan", year="R"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Surname,Forename\nGreen,Sam\n", "no column holds a number"),
        ("UPN,Year\n1,7\n", "no column holds names"),
        ("UPN,Surname,Year\n1,Green,Year 99\n", "line 2: found the year 'Year 99'"),
        ("UPN,Surname\n,Green\n", "line 2: found no number"),
        ("UPN,Surname\n1,Green\n1,Khan\n", "line 3: the number '1' stands for Green above and for Khan"),
        ("UPN,Surname\n", "nobody in it"),
        ("UPN,Surname,Opted out\n1,Green,perhaps\n", "found 'perhaps' for opted out"),
        (f"UPN,Surname\n1,{'x' * 101}\n", "at most 100"),
        ('UPN,Surname\n1,"Green\n', "never closed"),
        ("", "no header"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(content: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read_roll_bytes(content.encode(), "pupils.csv")


def test_another_kind_of_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(Invalid, match="CSV or XLSX"):
        read_roll_bytes(b"%PDF", "..\\..\\pupils.pdf")


def test_the_same_line_twice_counts_once_and_is_told() -> None:
    found = read_roll_bytes(b"UPN,Surname\n1,Green\n1,Green\n", "pupils.csv")
    assert len(found.entries) == 1
    assert "1 lines stand in the file twice" in found.notes[-1]


def test_who_joins_leaves_moves_and_stays() -> None:
    moved, new = Entry("1", "Sam", "Green", year="8", form="8B"), Entry("3", "Bo", "Li", year="7")
    found = difference({"1": SAM, "2": AIDA, "4": Entry("4", "Di", "Fox")}, [moved, new, AIDA], whole=True)
    assert [entry.name for entry in found.joining] == ["Bo Li"]
    assert [entry.name for entry in found.leaving] == ["Di Fox"]
    assert [(each.before.form, each.after.form) for each in found.moving] == [("7B", "8B")]
    assert (found.changed, found.same) == ((), 1)


def test_nobody_leaves_who_is_missing_in_a_part_of_the_roll() -> None:
    assert difference({"1": SAM, "2": AIDA}, [AIDA], whole=False).is_nothing


def test_an_opt_out_noted_here_stays() -> None:
    out = Entry("1", "Sam", "Green", year="7", form="7B", left_out="parent")
    assert difference({"1": out}, [SAM], whole=True).is_nothing


def test_many_leavers_are_asked_about() -> None:
    now = {str(number): Entry(str(number), "A", f"B{number}") for number in range(40)}
    assert difference(now, list(now.values())[:30], whole=True).many_leave
    assert not difference(now, list(now.values())[:33], whole=True).many_leave


def test_one_child_twice_and_a_link_to_nobody_are_shown() -> None:
    twice = [SAM, Entry("9", "sam", "Green", year="7", form="7B"), Entry("5", "Jo", "Green", children=("1", "77"))]
    found = difference({}, twice, whole=True, pupils=frozenset({"1"}))
    assert "Sam Green (Year 7, 7B)" in found.alike
    assert found.unknown == ("77",)


def test_the_digest_stands_for_the_difference() -> None:
    one, other = difference({}, [SAM], whole=True), difference({}, [AIDA], whole=True)
    assert one.digest != other.digest
    assert one.digest == difference({}, [SAM], whole=True).digest


@pytest.mark.parametrize(
    ("text", "year"), [("Y11", "11"), ("yr 3", "3"), ("0", "R"), ("Nursery", "N"), ("NC Year 5", "5")]
)
def test_years_as_they_are_written(text: str, year: str) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize("name", ["a\x00b.csv", "💥" * 100 + ".csv", "\ud800.csv", "a/b\\..csv", "..csv", "'\n.csv"])
def test_whatever_a_file_is_called_it_is_read(name: str) -> None:
    assert len(read_roll_bytes(b"UPN,Surname\n1,Green\n", name).entries) == 1


@pytest.mark.parametrize("name", ["", ".", "..", "/", ".csv", "a.csv/.."])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="expected a CSV or XLSX file"):
        read_roll_bytes(b"UPN,Surname\n1,Green\n", name)
