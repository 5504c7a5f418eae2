"""Each kind of data is kept for as long as the school chose, then gone, also from copies; and never before."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from analysis.concerns.models import Concern, ConcernStep
from analysis.models import CommentReading
from analysis.protection.deleting import KEEP_IN_TIME, delete_due, is_past_keeping, keep_in_time_job
from stakeholder.audit import all_events
from stakeholder.db import Base, Database
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.jobs.daily import ask_for_today
from stakeholder.jobs.worker import Worker
from stakeholder.models import Job, Membership, Person
from stakeholder.protection.keeping import choices_of, choose
from stakeholder.protection.periods import KINDS
from stakeholder.roles import Role
from stakeholder.signing_in_models import SignInLink, Visit
from stakeholder.viewer import Viewer
from surveys.inviting.models import Invitation
from surveys.models import Audience, Comment, Response, Wave
from surveys.roll.models import Member
from surveys.storing import store_documents
from tests.databases import fresh_sqlite
from tests.makers import NOW, open_audience, person, questionnaire, school

MARK = "the unicorn in the boiler room"


def head(school_id: UUID) -> Viewer:
    return Viewer(school_id=school_id, name="head", roles=frozenset({Role.HEAD}))


def closed_wave(database: Database, closed_at: datetime = NOW) -> Audience:
    """A wave with two answers and two comments that closed then."""
    with database.writing() as session:
        audience = open_audience(session, school(session))
        documents = [("en", {"safe": "agree", "better": f"{MARK} {number}"}) for number in range(2)]
        assert list(store_documents(session, audience.id, questionnaire(), documents))
        session.add_all(
            CommentReading(comment_key=key, language="en", safeguarding=False, concerns=[], redacted=MARK)
            for key in session.scalars(select(Comment.key))
        )
        wave = session.get_one(Wave, audience.wave_id)
        wave.state, wave.closes_at = "closed", closed_at
        return audience


def school_of(database: Database, audience: Audience) -> UUID:
    with database.reading() as session:
        return session.get_one(Wave, audience.wave_id).school_id


def rows(database: Database, table: type[Base]) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_answers_and_comments_go_after_their_own_time_and_not_before(database: Database) -> None:
    audience = closed_wave(database)
    here = school_of(database, audience)
    with database.writing() as session:
        wanted = {"answers": 24, "comments": 12}
        choose(session, head(here), contact="", wanted=wanted, now=NOW)
    assert delete_due(database, now=NOW + timedelta(days=364)) == {}
    assert delete_due(database, now=NOW + timedelta(days=366)) == {here: {"comments": 2}}
    assert (rows(database, Comment), rows(database, CommentReading), rows(database, Response)) == (0, 0, 2)
    assert delete_due(database, now=NOW + timedelta(days=2 * 366)) == {here: {"answers": 2}}
    assert rows(database, Response) == 0


def test_a_wave_that_is_open_keeps_everything(database: Database) -> None:
    audience = closed_wave(database)
    with database.writing() as session:
        session.get_one(Wave, audience.wave_id).state = "open"
    assert delete_due(database, now=NOW + timedelta(days=10_000)) == {}


def test_what_was_deleted_stands_in_the_audit_chain_in_numbers(database: Database) -> None:
    audience = closed_wave(database)
    delete_due(database, now=NOW + timedelta(days=4_000))
    with database.reading() as session:
        acts = [(each.act, each.object, each.reason) for each in all_events(session)]
        assert acts == [("deleted in time", "answers", "2 rows"), ("deleted in time", "comments", "2 rows")]
        assert is_past_keeping(session, audience.wave_id, today=(NOW + timedelta(days=4_000)).date())
        assert not is_past_keeping(session, audience.wave_id, today=NOW.date())


def test_deleted_words_are_in_no_file_and_in_no_copy(tmp_path: Path) -> None:
    file = tmp_path / "school.sqlite"
    database = Database(str(fresh_sqlite(file)))
    closed_wave(database)
    database.overwrite_traces()
    assert MARK.encode() in file.read_bytes()
    delete_due(database, now=NOW + timedelta(days=4_000))
    copy = tmp_path / "backup.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    database.dispose()
    assert [each.name for each in tmp_path.iterdir() if MARK.encode() in each.read_bytes()] == []


def test_invitations_go_after_the_close_and_the_roll_stays(database: Database) -> None:
    audience = closed_wave(database)
    here = school_of(database, audience)
    with database.writing() as session:
        member = Member(school_id=here, group="student", number="1", given="Sam")
        session.add(member)
        session.flush()
        session.add(Invitation(audience_id=audience.id, member_id=member.id, token_hash=b"x" * 32))
    delete_due(database, now=NOW + timedelta(days=29))
    assert rows(database, Invitation) == 1
    assert delete_due(database, now=NOW + timedelta(days=31)) == {here: {"invitations": 1}}
    assert rows(database, Member) == 1


def test_closed_concerns_go_a_year_after_the_last_step_and_open_ones_never(database: Database) -> None:
    with database.writing() as session:
        here = school(session).id
        for state in ("closed", "closed", "read"):
            number = uuid4()
            session.add(
                Concern(
                    id=number,
                    school_id=here,
                    wave_title="Spring",
                    group="student",
                    language="en",
                    kind="comment",
                    source=number.bytes * 2,
                    words=MARK,
                    categories=["bullying"],
                    urgency="other",
                    state=state,
                    raised_at=NOW,
                )
            )
        session.flush()
        late = session.scalars(select(Concern.id).where(Concern.state == "closed")).first()
        session.add(ConcernStep(concern_id=late, at=NOW + timedelta(days=300), what="note"))
    assert delete_due(database, now=NOW + timedelta(days=370)) == {here: {"concerns": 1}}
    delete_due(database, now=NOW + timedelta(days=10_000))
    with database.reading() as session:
        assert session.scalars(select(Concern.state)).all() == ["read"]


def test_names_and_ways_in_of_those_who_left_go_and_of_those_who_stay_do_not(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        left, stays = person(session, here, "Left", Role.GOVERNOR), person(session, here, "Stays", Role.HEAD)
        session.scalars(select(Membership).where(Membership.person_id == left.id)).one().until = NOW.date()
        session.add(Visit(key_hash=b"k" * 32, person_id=left.id, begun_at=NOW, seen_at=NOW))
        here_id, stays_name = here.id, stays.name
    assert delete_due(database, now=NOW + timedelta(days=100)) == {}
    assert delete_due(database, now=NOW + timedelta(days=200)) == {here_id: {"people": 1}}
    with database.reading() as session:
        assert sorted(session.scalars(select(Person.name))) == sorted(["–", stays_name])
        assert session.scalars(select(Visit)).all() == []
    assert delete_due(database, now=NOW + timedelta(days=201)) == {}


def test_links_that_are_over_and_work_that_is_done_go(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        someone = person(session, here, "Carys", Role.GOVERNOR)
        session.add(SignInLink(person_id=someone.id, school_id=here.id, token_hash=b"t" * 32, expires_at=NOW))
        session.add_all(
            Job(kind="tell", school_id=here.id, state=state, run_after=NOW) for state in ("done", "waiting")
        )
        here_id = here.id
    assert delete_due(database, now=NOW + timedelta(days=31)) == {here_id: {"work": 1}}
    assert rows(database, SignInLink) == 0
    with database.reading() as session:
        assert session.scalars(select(Job.state)).all() == ["waiting"]


def test_the_job_runs_each_day_by_itself(database: Database) -> None:
    closed_wave(database, closed_at=NOW - timedelta(days=4_000))
    ask_for_today(database, KEEP_IN_TIME)
    ask_for_today(database, KEEP_IN_TIME)
    assert Worker.of(database, {KEEP_IN_TIME: keep_in_time_job}).run_until_idle() == 1
    assert rows(database, Response) == 0
    ask_for_today(database, KEEP_IN_TIME)
    with database.reading() as session:
        states = sorted(session.scalars(select(Job.state).where(Job.kind == KEEP_IN_TIME)))
    assert states == ["done", "waiting"]


def test_a_school_chooses_within_limits_and_only_its_head_or_office_does(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        for wanted in ({"answers": 11}, {"answers": 85}, {"letters": 3}, {"answers": 12, "comments": 24}):
            with pytest.raises(Invalid):
                choose(session, head(here.id), contact="", wanted=wanted, now=NOW)
        governor = Viewer(school_id=here.id, roles=frozenset({Role.GOVERNOR}))
        with pytest.raises(NotAllowed):
            choose(session, governor, contact="", wanted={}, now=NOW)
        assert choices_of(session, here.id).periods == {kind.key: kind.usual for kind in KINDS}
        choose(session, head(here.id), contact="Ms Green", wanted={"answers": 24, "comments": 12}, now=NOW)
        assert choices_of(session, here.id).periods["answers"] == 24
        assert all_events(session)[-1].reason == "answers 60 to 24, comments 36 to 12"
