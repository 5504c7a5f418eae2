"""Answers of every kind, stored and counted into an edition."""

from typing import Any

import pytest

from analysis.disclosure.reportable import Reportable
from analysis.editions import EditionView
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
    "clubs": ["sport", "music"],
    "play_with": "ball",
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


def choices_of(edition: EditionView) -> dict[str, Reportable]:
    return {cell.subject: cell for cell in edition.cells if cell.kind == "choice" and not cell.slice.filters}


def people_by_option(result: Reportable) -> dict[str, int]:
    return {option.code: option.people for option in result.options if option.people}


@pytest.fixture
def chosen(database: Database) -> dict[str, Reportable]:
    """What 60 people chose, 45 alike and 15 otherwise."""
    other = GIVEN | {
        "what_matters": ["food", "quiet"],
        "share_money": {"library": 20, "sport": 80},
        "clubs": ["none"],
        "way_to_school": "bus",
        "sleep": 5,
        "may_quote": "no",
        "joined": "2012-01",
    }
    documents = [check_document(every_kind(), given)[0] for given in [GIVEN] * 45 + [other] * 15]
    with database.writing() as session:
        return choices_of(counted(session, school(session), documents, of=every_kind()))


def test_what_has_no_good_side_is_counted_by_option(chosen: dict[str, Reportable]) -> None:
    assert people_by_option(chosen["way_to_school"]) == {"bus": 15, "other": 45}
    assert people_by_option(chosen["may_quote"]) == {"yes": 45, "no": 15}
    assert people_by_option(chosen["play_with"]) == {"ball": 60}
    assert people_by_option(chosen["sleeps_enough"]) == {"enough": 45, "too_little": 15}
    assert chosen["way_to_school"].share is None
    assert "By boat" not in str(chosen)


def test_a_ticked_option_has_a_share_and_knows_its_question(chosen: dict[str, Reportable]) -> None:
    sport = chosen["clubs.sport"]
    assert (sport.share, sport.n, sport.shape, sport.question) == (0.75, 60, "tick", "clubs")
    assert sport.asked == "Which clubs have you been to this term?"
    assert chosen["clubs.none"].share == 0.25
    assert (chosen["helpers.hurt.friend"].n, chosen["helpers.hurt.friend"].share) == (60, 1.0)


def test_a_ranking_tells_first_places_and_a_mean_place(chosen: dict[str, Reportable]) -> None:
    quiet, food = chosen["what_matters.quiet"], chosen["what_matters.food"]
    assert (quiet.share, quiet.figure("mean")) == (0.75, 1.25)
    assert (food.share, food.figure("mean")) == (0.25, 1.75)
    assert people_by_option(chosen["what_matters.sport"]) == {"not_ranked": 60}
    assert chosen["what_matters.sport"].figure("mean") is None


def test_what_is_shared_out_has_a_mean_share_that_never_says_all_or_none(chosen: dict[str, Reportable]) -> None:
    told = {key: chosen[f"share_money.{key}"].figure("mean") for key in ("library", "sport", "garden")}
    assert told == {"library": 80.0, "sport": 20.0, "garden": 5.0}


def test_numbers_and_dates_are_counted_in_ranges(chosen: dict[str, Reportable]) -> None:
    assert people_by_option(chosen["sleep"]) == {"band_1": 15, "band_3": 45}
    assert chosen["sleep"].figure("mean") == pytest.approx((15 * 3 + 45 * 9) / 60)
    assert [option.label for option in chosen["joined"].options][:2] == ["2005–2007", "2008–2010"]
    assert people_by_option(chosen["joined"]) == {"band_3": 15, "band_6": 45}


def test_small_groups_of_a_choice_are_hidden_like_those_of_a_statement(database: Database) -> None:
    yaml = every_kind_yaml() + "breakdowns: [way_to_school]\n"
    asking = load_questionnaire(yaml, source="split")
    documents = [
        check_document(asking, GIVEN | {"way_to_school": way})[0]
        for way, people in (("walk", 40), ("bus", 30), ("car", 4))
        for _ in range(people)
    ]
    with database.writing() as session:
        edition = counted(session, school(session), documents, of=asking)
    cells = [cell for cell in edition.cells if cell.subject == "clubs.sport" and cell.slice.filters]
    assert {cell.slice.filters[0][1]: cell.status for cell in cells if cell.slice.filters[0][1] != "other"} == {
        "walk": "shown",
        "bus": "hidden",
        "car": "hidden",
    }
    assert not [cell for cell in edition.cells if cell.kind == "choice" and cell.subject == "way_to_school"]
