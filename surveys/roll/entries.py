"""One line of a roll as the product understands it, and the columns that management systems call it by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from stakeholder.errors import Invalid

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "number", "upn", "admission number", "admission no", "adno", "adm no", "admno", "id", "student id", "pupil id",
        "mis id", "unique pupil number", "staff code", "employee number", "staff id", "parent id", "contact id",
        "person id", "external id",
    ),
    "given": ("given", "forename", "first name", "given name", "legal forename", "legal first name", "chosen forename"),
    "family": ("family", "surname", "last name", "family name", "legal surname", "legal last name", "chosen surname"),
    "known_as": ("known as", "preferred name", "preferred forename", "preferred first name"),
    "name": ("name", "full name", "student name", "pupil name", "student", "pupil"),
    "year": ("year", "year group", "nc year", "national curriculum year", "curriculum year", "yr"),
    "form": (
        "form", "class", "reg", "reg group", "registration group", "registration form", "tutor group", "tutor",
        "registration",
    ),
    "email": ("email", "e mail", "email address", "school email", "primary email", "main email", "work email"),
    "left_out": ("left out", "opted out", "opt out", "survey opt out"),
    "children": ("children", "child", "child number", "children numbers", "linked pupils", "pupil numbers", "upns"),
}  # fmt: skip
LONGEST = {"number": 60, "given": 100, "family": 100, "known_as": 100, "form": 40, "email": 254}
LEFT_OUT = {
    "": "", "no": "", "n": "", "false": "", "0": "", "yes": "parent", "y": "parent", "true": "parent", "1": "parent",
    "parent": "parent", "carer": "parent", "pupil": "pupil", "student": "pupil", "child": "pupil", "absent": "absent",
}  # fmt: skip
_YEAR = re.compile(r"(?:(?:national curriculum|nc) )?(?:year|yr|y)?[ .]*(\d{1,2})", re.IGNORECASE)
LAST_YEAR = 13


@dataclass(frozen=True)
class Entry:
    """One person of the file; `year` and `left_out` as in `Member`, `children` the numbers of their children."""

    number: str
    given: str = ""
    family: str = ""
    known_as: str = ""
    year: str = ""
    form: str = ""
    email: str = ""
    left_out: str = ""
    children: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.known_as or self.given} {self.family}".strip()

    @property
    def place(self) -> str:
        """Year and class in words for a list: "Year 7, 7B"."""
        year = {"": "", "R": "Reception"}.get(self.year, f"Year {self.year}")
        return ", ".join(part for part in (year, self.form) if part)


KEPT = tuple(field.name for field in fields(Entry))


def plan_columns(header: tuple[str, ...]) -> dict[str, str]:
    """What each column of a file means: {column: one of COLUMNS}; the others are not kept.

    >>> plan_columns(("Admission No.", "Legal_Surname", "Forename", "Gender"))
    {'Admission No.': 'number', 'Legal_Surname': 'family', 'Forename': 'given'}
    """
    plain = {column: " ".join(re.findall(r"[a-z0-9]+", column.lower())) for column in header}
    chosen: dict[str, str] = {}
    for meaning, names in COLUMNS.items():
        for name in names:
            column = next((column for column in header if plain[column] == name and column not in chosen), None)
            if column:
                chosen[column] = meaning
                break
    return chosen


def year_of(text: str) -> str:
    """A year group as one writes it: "Year 7", "Yr 07", "7" -> "7"; "Reception" -> "R"; "" stays empty.

    Raises Invalid for anything else.

    >>> year_of("Year 07"), year_of("Reception"), year_of("N2"), year_of("")
    ('7', 'R', 'N', '')
    """
    plain = " ".join(text.split())
    if not plain:
        return ""
    if plain.lower() in {"r", "reception", "year r", "yr r", "foundation", "0"}:
        return "R"
    if plain.lower() in {"n", "n1", "n2", "nursery"}:
        return "N"
    found = _YEAR.fullmatch(plain)
    if found is None or not 1 <= int(found[1]) <= LAST_YEAR:
        raise Invalid(f"found the year '{plain[:40]}', expected Reception or a year from 1 to {LAST_YEAR}.")
    return str(int(found[1]))


def entry_of(values: Mapping[str, str]) -> Entry:
    """One person from the cells of a line by meaning. Raises Invalid that says what was found and expected."""
    cells = {meaning: " ".join(value.split()) for meaning, value in values.items()}
    if not cells.get("number"):
        raise Invalid("found no number, expected the admission number or another number that stays the same.")
    if "name" in cells and not cells.get("family"):
        cells |= dict(zip(("family", "given"), _name_in_two(cells["name"]), strict=True))
    for meaning, longest in LONGEST.items():
        if len(cells.get(meaning, "")) > longest:
            raise Invalid(f"found {len(cells[meaning])} characters for {meaning}, expected at most {longest}.")
    left_out = cells.get("left_out", "").lower()
    if left_out not in LEFT_OUT:
        raise Invalid(f"found '{left_out[:40]}' for opted out, expected yes, no, parent, pupil or absent.")
    children = tuple(re.findall(r"[^;,|\s]+", cells.get("children", "")))
    plain = {meaning: cells.get(meaning, "") for meaning in LONGEST}
    return Entry(**plain, year=year_of(cells.get("year", "")), left_out=LEFT_OUT[left_out], children=children)


def _name_in_two(name: str) -> tuple[str, str]:
    """Family and given name of "Green, Sam" or "Sam Green"."""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    given, _, family = name.rpartition(" ")
    return family, given
