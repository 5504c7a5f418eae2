"""Links, cards, visits and second factors on both databases: each works once, in time, and for its own person."""

from datetime import timedelta
from uuid import UUID

import pyotp
import pytest
from sqlalchemy import select

from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Job, Membership
from stakeholder.people import add_person, end_role, list_people
from stakeholder.roles import Role
from stakeholder.second_factor import add_app, prove, recovery_codes_left
from stakeholder.signing_in import LinkUsed, admit_by_card, admit_by_link, ask_for_link, is_usable, make_card, make_link
from stakeholder.signing_in_models import RecoveryCode, SecondFactor, SignInLink, Visit
from stakeholder.viewer import Viewer
from stakeholder.visits import IDLE, begin_visit, end_other_visits, end_visit, is_live, open_visits
from tests.makers import NOW, person, school

SECRET = "for tests only"
Someone = tuple[UUID, UUID]


def office(school_id: UUID) -> Viewer:
    return Viewer(school_id=school_id, name="office", roles=frozenset({Role.SCHOOL_ADMIN}))


@pytest.fixture
def carys(database: Database) -> Someone:
    """Carys, a governor: her id and her school's."""
    with database.writing() as session:
        hill = school(session)
        return person(session, hill, "Carys", Role.GOVERNOR).id, hill.id


def test_a_link_lets_in_once(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        token = make_link(session, *carys, secret=SECRET, now=NOW)
        assert is_usable(session, token, now=NOW)
        admitted = admit_by_link(session, token, now=NOW)
        assert (admitted.person_id, admitted.school_id) == carys
        with pytest.raises(LinkUsed):
            admit_by_link(session, token, now=NOW)


def test_a_link_is_over_after_15_minutes(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        token = make_link(session, *carys, secret=SECRET, now=NOW)
        assert is_usable(session, token, now=NOW + timedelta(minutes=14, seconds=59))
        with pytest.raises(LinkUsed):
            admit_by_link(session, token, now=NOW + timedelta(minutes=15))


def test_the_database_holds_no_link_and_no_card_that_opens_anything(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        token = make_link(session, *carys, secret=SECRET, now=NOW)
        code = make_card(session, *carys, secret=SECRET, now=NOW)
        stored = b"".join(link.token_hash + link.id.bytes for link in session.scalars(select(SignInLink)))
        assert token.encode() not in stored
        assert code.replace("-", "").encode() not in stored
        with pytest.raises(NotFound):
            admit_by_link(session, code.replace("-", ""), now=NOW)


def test_a_card_is_read_however_it_is_spaced_and_works_once(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        code = make_card(session, *carys, secret=SECRET, now=NOW)
        assert admit_by_card(session, f" {code.upper()} ", secret=SECRET, now=NOW).person_id == carys[0]
        with pytest.raises(LinkUsed):
            admit_by_card(session, code, secret=SECRET, now=NOW)
        with pytest.raises(NotFound):
            admit_by_card(session, "aaaaa-aaaaa", secret=SECRET, now=NOW)


def test_only_a_known_address_is_mailed_and_nobody_can_tell(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        ask_for_link(session, " Carys@hill-school.example ", now=NOW)
        ask_for_link(session, "stranger@hill-school.example", now=NOW)
        jobs = session.scalars(select(Job)).all()
        assert [job.payload["person"] for job in jobs] == [str(carys[0])]


def test_who_has_no_role_any_more_is_not_mailed(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        held = session.scalars(select(Membership)).one()
        end_role(session, office(carys[1]), held.id, now=NOW)
        ask_for_link(session, "carys@hill-school.example", now=NOW)
        assert session.scalars(select(Job)).all() == []
        assert list_people(session, office(carys[1]), today=NOW.date()) == []


def test_a_visit_ends_by_itself_and_can_be_ended(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        here = begin_visit(session, *carys, now=NOW)
        begin_visit(session, *carys, now=NOW + timedelta(seconds=1))
        there, _this = open_visits(session, carys[0], here, now=NOW + timedelta(seconds=1))
        end_visit(session, carys[0], there.id)
        assert [each.is_this_one for each in open_visits(session, carys[0], here, now=NOW)] == [True]
        begin_visit(session, *carys, now=NOW)
        end_other_visits(session, carys[0], here)
        assert len(open_visits(session, carys[0], here, now=NOW)) == 1
        assert open_visits(session, carys[0], here, now=NOW + IDLE) == []
        assert not is_live(NOW, NOW + timedelta(hours=8), NOW + timedelta(hours=8))
        with pytest.raises(NotFound):
            end_visit(session, UUID(int=1), session.scalars(select(Visit.id)).one())


def test_an_apps_code_is_accepted_once(database: Database, carys: Someone) -> None:
    shared = pyotp.random_base32()
    app = pyotp.TOTP(shared)
    with database.writing() as session:
        with pytest.raises(Invalid):
            add_app(session, carys[0], shared, "000000x", secret=SECRET, now=NOW)
        add_app(session, carys[0], shared, app.at(NOW), secret=SECRET, now=NOW)
        with pytest.raises(Invalid):
            prove(session, carys[0], app.at(NOW), secret=SECRET, now=NOW)
        later = NOW + timedelta(minutes=1)
        prove(session, carys[0], app.at(later), secret=SECRET, now=later)
        with pytest.raises(Invalid):
            prove(session, carys[0], app.at(later), secret=SECRET, now=later)
        with pytest.raises(Invalid):
            prove(session, carys[0], "é12345", secret=SECRET, now=later)


def test_a_recovery_code_replaces_the_app_once(database: Database, carys: Someone) -> None:
    shared = pyotp.random_base32()
    with database.writing() as session:
        codes = add_app(session, carys[0], shared, pyotp.TOTP(shared).at(NOW), secret=SECRET, now=NOW)
        assert len(set(codes)) == 10
        prove(session, carys[0], codes[3], secret=SECRET, now=NOW)
        with pytest.raises(Invalid):
            prove(session, carys[0], codes[3], secret=SECRET, now=NOW)
        assert recovery_codes_left(session, carys[0]) == 9


def test_second_factors_are_sealed_and_recovery_codes_keyed(database: Database, carys: Someone) -> None:
    shared = pyotp.random_base32()
    with database.writing() as session:
        codes = add_app(session, carys[0], shared, pyotp.TOTP(shared).at(NOW), secret=SECRET, now=NOW)
        assert shared.encode() not in session.scalars(select(SecondFactor.secret)).one()
        kept = session.scalars(select(RecoveryCode.code_hash)).all()
        assert all(code.replace("-", "").encode() not in b"".join(kept) for code in codes)
        with pytest.raises(Invalid):
            prove(session, carys[0], codes[0], secret="another secret", now=NOW)


def test_nobody_is_both_school_admin_and_safeguarding_lead(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        add_person(session, office(carys[1]), name="Erin", email="e@x.example", role=Role.SAFEGUARDING_LEAD, now=NOW)
        with pytest.raises(Conflict, match="Nobody is both"):
            add_person(session, office(carys[1]), name="Erin", email="e@x.example", role=Role.SCHOOL_ADMIN, now=NOW)


def test_the_only_school_admin_stays(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        add_person(session, office(carys[1]), name="Ada", email="ada@x.example", role=Role.SCHOOL_ADMIN, now=NOW)
        only = next(each for each in list_people(session, office(carys[1]), today=NOW.date()) if each.name == "Ada")
        with pytest.raises(Conflict, match="only school admin"):
            end_role(session, office(carys[1]), only.membership_id, now=NOW)


def test_a_mentor_invites_researchers_and_nobody_else(database: Database, carys: Someone) -> None:
    mentor = Viewer(person_id=carys[0], school_id=carys[1], roles=frozenset({Role.MENTOR}))
    with database.writing() as session:
        add_person(session, mentor, name="Ben", email="", role=Role.STUDENT_RESEARCHER, now=NOW)
        with pytest.raises(NotAllowed):
            add_person(session, mentor, name="Max", email="m@x.example", role=Role.HEAD, now=NOW)
        with pytest.raises(Invalid, match="e-mail address"):
            add_person(session, office(carys[1]), name="Max", email="no address", role=Role.HEAD, now=NOW)


def test_roles_of_another_school_are_not_ended(database: Database, carys: Someone) -> None:
    with database.writing() as session:
        dale = school(session, "Dale School")
        held = session.scalars(select(Membership.id)).one()
        with pytest.raises(NotFound):
            end_role(session, office(dale.id), held, now=NOW)
