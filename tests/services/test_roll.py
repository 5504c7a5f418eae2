"""Keeping the roll: brought in, looked at, decided; it gives denominators and hides names."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.comments.roster import finder_of, roster_digest
from stakeholder.audit import all_events
from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Job, School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.models import Audience
from surveys.published import publish
from surveys.roll.counting import Asked, asked_by, summary
from surveys.roll.entries import Entry
from surveys.roll.keeping import ROLL_CHANGED, bring_in, decide, leave_out, waiting
from surveys.roll.models import Member, WaitingRoll
from surveys.roll.reading import RollFile
from surveys.waves import open_link
from tests.makers import NOW, lead, questionnaire, school

PUPILS = [Entry(str(number), f"Ada{number}", "Quill", year="7" if number < 12 else "8") for number in range(20)]


def office(here: School) -> Viewer:
    return Viewer(school_id=here.id, name="office", roles=frozenset({Role.SCHOOL_ADMIN}))


def put(
    session: Session, here: School, entries: Sequence[Entry] = PUPILS, *, group: str = "student", sure: bool = False
) -> None:
    """Bring in and decide at once."""
    bring_in(session, office(here), RollFile(tuple(entries), ()), group=group, whole=True, name="pupils.csv")
    found = waiting(session, office(here))
    assert found is not None
    decide(session, office(here), seen=found.change.digest, sure=sure, now=NOW)


def test_nothing_changes_before_it_is_decided_and_nothing_waits_after(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        bring_in(session, office(here), RollFile(tuple(PUPILS), ("Gender",)), group="student", whole=True, name="a.csv")
        found = waiting(session, office(here))
        assert found is not None
        assert (len(found.change.joining), found.notes) == (20, ("Not kept: Gender.",))
        assert session.scalars(select(Member)).all() == []
        decide(session, office(here), seen=found.change.digest, sure=False, now=NOW)
    with database.reading() as session:
        assert len(session.scalars(select(Member)).all()) == 20
        assert session.scalars(select(WaitingRoll)).all() == []
        assert session.scalars(select(Job.kind)).all() == [ROLL_CHANGED]
        event = all_events(session)[-1]
        assert (event.act, event.reason) == (
            "roll changed",
            "20 joined, 0 left, 0 moved, 0 otherwise changed, 0 the same",
        )


def test_a_new_year_moves_up_and_those_who_left_are_deleted(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        put(session, here)
        put(
            session,
            here,
            [Entry(each.number, each.given, each.family, year=str(int(each.year) + 1)) for each in PUPILS[1:]],
        )
    with database.reading() as session:
        assert [(line.year, line.people) for line in summary(session, here.id)] == [("8", 11), ("9", 8)]


def test_a_difference_that_was_not_seen_is_not_made(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        put(session, here)
        bring_in(session, office(here), RollFile(tuple(PUPILS[:19]), ()), group="student", whole=True, name="a.csv")
        seen = waiting(session, office(here))
        assert seen is not None
        leave_out(session, office(here), "student", "0", "parent", now=NOW)
        session.get_one(Member, session.scalars(select(Member.id).where(Member.number == "19")).one()).form = "8C"
        with pytest.raises(Conflict, match="has changed since"):
            decide(session, office(here), seen=seen.change.digest, sure=False, now=NOW)


def test_a_file_of_one_class_does_not_empty_the_roll_unasked(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        put(session, here)
        with pytest.raises(Invalid, match="Confirm that they have really left"):
            put(session, here, PUPILS[:5])
        put(session, here, PUPILS[:5], sure=True)
        assert len(session.scalars(select(Member)).all()) == 5


def test_only_the_office_keeps_the_roll_and_only_its_own(database: Database) -> None:
    with database.writing() as session:
        here, there = school(session), school(session, "Dale School")
        put(session, here)
        for call in (
            lambda: waiting(session, lead(here)),
            lambda: bring_in(session, lead(here), RollFile(tuple(PUPILS), ()), group="student", whole=True, name="a"),
            lambda: leave_out(session, lead(here), "student", "1", "parent", now=NOW),
        ):
            with pytest.raises(NotAllowed):
                call()
        with pytest.raises(NotFound):
            leave_out(session, office(there), "student", "1", "parent", now=NOW)
        with pytest.raises(NotFound, match="No roll is waiting"):
            decide(session, office(there), seen="", sure=True, now=NOW)
        with pytest.raises(Invalid, match="no group"):
            put(session, here, group="cats")


def test_a_wave_takes_its_numbers_from_the_roll_without_those_left_out(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        put(session, here)
        leave_out(session, office(here), "student", "3", "parent", now=NOW)
        publish(session, lead(here), questionnaire(), now=NOW)
        assert asked_by(session, lead(here), questionnaire(), "student").left_out == 1
        audience = open_link(session, lead(here), "tiny", "student", now=NOW)
        assert audience.invited == 19
        assert asked_by(session, lead(here), questionnaire(), "staff") == Asked()


def test_school_years_of_a_breakdown_choose_whom_to_ask(database: Database) -> None:
    from surveys.default_questionnaires import default_questionnaires
    from surveys.framework import default_framework

    secondary = default_questionnaires(default_framework())["secondary"]
    with database.writing() as session:
        here = school(session)
        put(session, here, [*PUPILS, Entry("99", "Kit", "Small", year="2")])
        found = asked_by(session, lead(here), secondary, "student")
        assert found.people == 20
        assert {key: people for key, people in found.by["year"].items() if people} == {"y7": 12, "y8": 8}


def test_a_number_of_ones_own_stands_above_the_roll(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        put(session, here)
        publish(session, lead(here), questionnaire(), now=NOW)
        audience = open_link(session, lead(here), "tiny", "student", now=NOW, asked=15)
        assert (audience.invited, audience.invited_by) == (15, {})
        assert session.scalars(select(Audience.invited)).all() == [15]


def test_names_on_the_roll_are_hidden_in_comments(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        before = roster_digest(session, here.id)
        put(session, here, [Entry("1", "Zebedee", "Quillfeather", known_as="Zeb")])
        assert roster_digest(session, here.id) != before
        found = finder_of(session, here.id).find("quillfeather and zeb sat on me")
        assert len(found) == 2
