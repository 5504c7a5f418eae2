"""Results are shown in steps: the leads at once, other circles from their day on, families by a link."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from analysis.editions import list_editions, load_edition
from analysis.sharing import Circle, families_wave, share, sharing_of
from stakeholder.audit import all_events
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from tests.makers import NOW, lead, school
from tests.services.test_editions import counted, people

LONG_AGO, FAR_OFF = date(2000, 1, 1), date(2999, 1, 1)


def looking(session: Session, somewhere: School, role: Role) -> list[str]:
    """Waves that someone with this role sees."""
    viewer = Viewer(school_id=somewhere.id, roles=frozenset({role}))
    return [each.wave_key for each in list_editions(session, viewer)]


def test_a_new_wave_is_seen_by_the_leads_alone(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        counted(session, hill, people(42, safe="agree"))
        for first in (Role.HEAD, Role.SURVEY_LEAD, Role.SAFEGUARDING_LEAD):
            assert looking(session, hill, first) == ["spring"]
        for later in (Role.GOVERNOR, Role.STUDENT_RESEARCHER, Role.MENTOR):
            assert looking(session, hill, later) == []
            with pytest.raises(NotFound):
                load_edition(session, Viewer(school_id=hill.id, roles=frozenset({later})), "spring")


def test_each_circle_sees_it_from_its_own_day(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        counted(session, hill, people(42, safe="agree"))
        share(session, lead(hill), "spring", {"governors": LONG_AGO, "researchers": FAR_OFF}, now=NOW)
        assert looking(session, hill, Role.GOVERNOR) == ["spring"]
        assert looking(session, hill, Role.STUDENT_RESEARCHER) == []
        share(session, lead(hill), "spring", {"governors": None, "researchers": LONG_AGO}, now=NOW)
        assert looking(session, hill, Role.GOVERNOR) == []
        assert looking(session, hill, Role.MENTOR) == ["spring"]


def test_sharing_stands_in_the_audit_chain_once_for_each_change(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        counted(session, hill, people(42, safe="agree"))
        for _ in range(2):
            share(session, lead(hill), "spring", {"governors": LONG_AGO, "families": None}, now=NOW)
        said = [(each.object, each.reason) for each in all_events(session) if each.act == "results shared"]
    assert said == [("wave spring", "governors from 2000-01-01")]


def test_the_link_for_families_works_from_its_day_on_and_ends_when_it_is_taken_back(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        counted(session, hill, people(42, safe="agree"))
        share(session, lead(hill), "spring", {"families": FAR_OFF}, now=NOW)
        token = sharing_of(session, lead(hill), "spring")["families"].token or ""
        with pytest.raises(NotFound):
            families_wave(session, token)
        share(session, lead(hill), "spring", {"families": LONG_AGO}, now=NOW)
        assert families_wave(session, token).key == "spring"
        share(session, lead(hill), "spring", {"families": None}, now=NOW)
        with pytest.raises(NotFound):
            families_wave(session, token)


def test_only_those_who_run_surveys_share_and_only_their_own(database: Database) -> None:
    with database.writing() as session:
        hill, valley = school(session), school(session, "Valley School")
        counted(session, hill, people(42, safe="agree"))
        with pytest.raises(NotAllowed):
            share(session, Viewer(school_id=hill.id, roles=frozenset({Role.GOVERNOR})), "spring", {}, now=NOW)
        with pytest.raises(NotFound):
            share(session, lead(valley), "spring", {"governors": LONG_AGO}, now=NOW)


def test_the_head_waits_for_a_day_that_the_survey_lead_set(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        counted(session, hill, people(42, safe="agree"))
        share(session, lead(hill), "spring", {"heads": FAR_OFF}, now=NOW)
        assert looking(session, hill, Role.HEAD) == []
        assert looking(session, hill, Role.SAFEGUARDING_LEAD) == ["spring"]
        head = Viewer(school_id=hill.id, roles=frozenset({Role.HEAD}))
        with pytest.raises(NotAllowed, match="survey lead's to change"):
            share(session, head, "spring", {"heads": None}, now=NOW)
        share(session, lead(hill), "spring", {"heads": LONG_AGO}, now=NOW)
        assert looking(session, hill, Role.HEAD) == ["spring"]


@pytest.mark.parametrize(
    ("first", "later"), [("heads", "governors"), ("governors", "researchers"), ("governors", "families")]
)
def test_nobody_sees_results_before_an_earlier_step(database: Database, first: Circle, later: Circle) -> None:
    with database.writing() as session:
        hill = school(session)
        counted(session, hill, people(42, safe="agree"))
        share(session, lead(hill), "spring", {first: FAR_OFF}, now=NOW)
        with pytest.raises(Invalid, match=f"Let {first} see it first"):
            share(session, lead(hill), "spring", {later: LONG_AGO}, now=NOW)
        share(session, lead(hill), "spring", {first: LONG_AGO, later: LONG_AGO}, now=NOW)
