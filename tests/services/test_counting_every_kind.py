"""Answers of every kind, stored and counted into an edition."""

from typing import Any

from stakeholder.db import Database
from surveys.answers import check_document
from surveys.definition import Questionnaire
from surveys.examples import every_kind_yaml
from surveys.loading import load_questionnaire
from tests.makers import school
from tests.services.test_editions import counted

GIVEN: dict[str, Any] = {
    "recommend": 9,
    "confident": 85,
    "lessons_are": {"pace": "p5", "noise": "p5"},
    "sleep": 9.5,
    "what_matters": ["quiet", "food"],
    "share_money": {"library": 100},
    "may_quote": "yes",
    "helpers": {"hurt": ["friend"]},
    "way_to_school": "other",
    "way_to_school.other.text": "By boat",
    "joined": "2021-09",
}


def every_kind() -> Questionnaire:
    return load_questionnaire(every_kind_yaml(), source="every kind")


def test_every_kind_is_stored_and_what_has_a_good_side_is_counted(database: Database) -> None:
    clean, problems = check_document(every_kind(), GIVEN)
    assert problems == {}
    assert clean["sleeps_enough"] == "enough"
    with database.writing() as session:
        edition = counted(session, school(session), [clean] * 30, of=every_kind())
        shares = {cell.subject: (cell.status, cell.n, cell.favourable) for cell in edition.cells if cell.kind == "item"}
    assert {key: shares[key] for key in ("recommend", "confident", "lessons_are.pace", "lessons_are.noise")} == {
        "recommend": ("shown", 30, 30),
        "confident": ("shown", 30, 30),
        "lessons_are.pace": ("shown", 30, 30),
        "lessons_are.noise": ("shown", 30, 0),
    }
    assert "By boat" not in str(edition.cells)
