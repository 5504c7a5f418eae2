"""Concerns on both databases: raised once, before anything is stored; read, handed over, closed, forgotten."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from analysis.concerns.looking import duty, note_look, unreleased_comments
from analysis.concerns.models import Concern
from analysis.concerns.queue import (
    add_note,
    close_concern,
    hand_over,
    list_concerns,
    move_to_own_record,
    open_concern,
)
from analysis.concerns.raising import TELL, SafetyNet
from analysis.concerns.telling import LADDER, reached, tell_of_concern
from stakeholder.audit import all_events, verify
from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.jobs.worker import JobRun
from stakeholder.key_folder import KeyFolder
from stakeholder.mail import MailServer
from stakeholder.models import Job
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.screening import Said, Talk
from tests.makers import NOW, cast_ballots, open_audience, person, school

WORRY = "My dad hits me when he is drunk."
HARMLESS = "The lunch queue is far too long."


class Post(MailServer):
    """A mail server that keeps what it was given."""

    def __init__(self) -> None:
        super().__init__(host="x", port=1, sender="voice@hill.example")
        object.__setattr__(self, "sent", [])

    def send(self, to: str, subject: str, text: str) -> None:
        self.sent.append((to, subject, text))  # type: ignore[attr-defined]


@pytest.fixture
def net(database: Database) -> SafetyNet:
    return SafetyNet(database, lambda: "for tests only", lambda: NOW)


@pytest.fixture
def audience(database: Database) -> UUID:
    with database.writing() as session:
        return open_audience(session, school(session)).id


@pytest.fixture
def erin(database: Database, audience: UUID) -> Viewer:
    """Erin, safeguarding lead."""
    return someone(database, "Erin", Role.SAFEGUARDING_LEAD)


def someone(database: Database, name: str, role: Role, where: str = "hill-school") -> Viewer:
    from stakeholder.models import School

    with database.writing() as session:
        hill = session.scalars(select(School).where(School.slug == where)).one()
        who = person(session, hill, name, role).id
        return Viewer(person_id=who, school_id=hill.id, name=name, roles=frozenset({role}))


def said(audience: UUID, *texts: str, key: str = "k") -> Said:
    return Said(audience, "en", tuple((f"q{at}", text) for at, text in enumerate(texts)), key)


def only_concern(database: Database, viewer: Viewer) -> UUID:
    with database.reading() as session:
        (entry,) = list_concerns(session, viewer, now=NOW)
        return entry.id


def test_a_worry_is_raised_and_its_comment_hidden(
    net: SafetyNet, audience: UUID, database: Database, erin: Viewer
) -> None:
    assert net.look_at(said(audience, HARMLESS, WORRY)) == {"q1"}
    with database.reading() as session:
        (entry,) = list_concerns(session, erin, now=NOW)
    assert (entry.state, entry.urgency, entry.categories) == ("new", "danger", ("abuse_at_home",))


def test_sending_twice_raises_once(net: SafetyNet, audience: UUID, database: Database) -> None:
    for _ in range(2):
        assert net.look_at(said(audience, WORRY)) == {"q0"}
    net.look_at(said(audience, WORRY, key="another"))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Concern)) == 2


def test_the_words_are_shown_with_the_reason_and_reading_is_recorded(
    net: SafetyNet, audience: UUID, database: Database, erin: Viewer
) -> None:
    net.look_at(said(audience, WORRY))
    with database.writing() as session:
        found = open_concern(session, erin, only_concern(database, erin), now=NOW)
    assert "".join(words for words, _ in found.pieces) == WORRY
    assert any(why == "abuse_at_home" for _, why in found.pieces)
    assert (found.entry.state, found.entry.handler) == ("read", "Erin")
    with database.reading() as session:
        events = all_events(session)
        assert (events[-1].act, events[-1].actor_id) == ("concern viewed", erin.person_id)
        assert WORRY not in str([(event.act, event.object, event.reason) for event in events])
        assert verify(events) == len(events)


def test_a_case_is_noted_handed_over_closed_and_then_forgotten_here(
    net: SafetyNet, audience: UUID, database: Database, erin: Viewer
) -> None:
    net.look_at(said(audience, WORRY))
    sam, number = someone(database, "Sam", Role.SAFEGUARDING_LEAD), only_concern(database, erin)
    with database.writing() as session:
        add_note(session, erin, number, "Spoke to the year group.", now=NOW)
        with pytest.raises(Invalid):
            add_note(session, erin, number, "  ", now=NOW)
        hand_over(session, erin, number, sam.who, now=NOW)
        with pytest.raises(Conflict):
            move_to_own_record(session, sam, number, now=NOW)
        close_concern(session, sam, number, outcome="referred", note="Referred today.", now=NOW)
        with pytest.raises(Conflict):
            add_note(session, sam, number, "Too late.", now=NOW)
        move_to_own_record(session, sam, number, now=NOW)
    with database.writing() as session:
        found = open_concern(session, sam, number, now=NOW)
    assert (found.pieces, found.outcome) == ((), "referred")
    assert all(step.note == "" for step in found.steps)


def test_nobody_else_and_no_other_school_gets_a_concern(
    net: SafetyNet, audience: UUID, database: Database, erin: Viewer
) -> None:
    net.look_at(said(audience, WORRY))
    number, head = only_concern(database, erin), someone(database, "Hana", Role.HEAD)
    with database.writing() as session:
        school(session, "Dale School")
    zoe = someone(database, "Zoe", Role.SAFEGUARDING_LEAD, "dale-school")
    with database.writing() as session:
        with pytest.raises(NotFound):
            open_concern(session, zoe, number, now=NOW)
        with pytest.raises(NotAllowed):
            open_concern(session, head, number, now=NOW)
        assert list_concerns(session, zoe, now=NOW) == []


def test_it_is_told_without_words_and_climbs_until_somebody_reads_it(
    net: SafetyNet, audience: UUID, database: Database, erin: Viewer
) -> None:
    someone(database, "Hana", Role.HEAD)
    net.look_at(said(audience, WORRY))
    number, post = only_concern(database, erin), Post()
    for _ in range(2):
        run = JobRun(database, UUID(int=1), "test", {"concern": str(number)})
        tell_of_concern(run, server=post, base_url="https://voice.example")
    told = post.sent  # type: ignore[attr-defined]
    assert [to.split("@")[0] for to, _, _ in told] == ["erin", "erin", "hana"]
    assert all(WORRY not in text and "hits" not in text for _, _, text in told)
    with database.writing() as session:
        waiting = session.scalars(select(Job).where(Job.kind == TELL).order_by(Job.run_after)).all()
        assert len(waiting) == 3  # at once, after an hour, after another
        open_concern(session, erin, number, now=NOW)
    tell_of_concern(JobRun(database, UUID(int=1), "test", {"concern": str(number)}), server=post, base_url="")
    assert len(post.sent) == 3  # type: ignore[attr-defined]


def test_the_last_step_reaches_the_governors(database: Database, audience: UUID, erin: Viewer) -> None:
    chair = someone(database, "Carys", Role.GOVERNOR)
    with database.reading() as session:
        assert "Carys" not in {each.name for each in reached(session, chair.where, LADDER[1], NOW)}
        assert "Carys" in {each.name for each in reached(session, chair.where, LADDER[2], NOW)}


def test_where_a_chair_is_named_the_other_governors_are_not_told(
    database: Database, audience: UUID, erin: Viewer
) -> None:
    someone(database, "Gwen", Role.GOVERNOR)
    chair = someone(database, "Carys", Role.CHAIR)
    with database.reading() as session:
        assert {each.name for each in reached(session, chair.where, LADDER[2], NOW)} == {"Carys", "Erin"}


def test_late_is_an_hour_for_danger_and_a_day_for_others(
    net: SafetyNet, audience: UUID, database: Database, erin: Viewer
) -> None:
    net.look_at(said(audience, WORRY))
    net.wants_to_talk(Talk(audience, "en", "Amina", "8B", "about my friends"))
    with database.reading() as session:
        soon = [(each.kind, each.is_late) for each in list_concerns(session, erin, now=NOW + timedelta(hours=2))]
        next_day = list_concerns(session, erin, now=NOW + timedelta(hours=25))
    assert soon == [("comment", True), ("talk", False)]
    assert all(each.is_late for each in next_day)


def test_who_wants_to_talk_is_named(net: SafetyNet, audience: UUID, database: Database, erin: Viewer) -> None:
    net.wants_to_talk(Talk(audience, "en", "Amina", "8B", ""))
    with database.writing() as session:
        found = open_concern(session, erin, only_concern(database, erin), now=NOW)
    assert (found.entry.kind, found.name, found.place) == ("talk", "Amina", "8B")


def test_the_daily_look_shows_everything_and_missed_days_show(
    database: Database, audience: UUID, erin: Viewer, tmp_path: Path
) -> None:
    keys = KeyFolder(tmp_path / "keys")
    with database.writing() as session:
        cast_ballots(session, audience, 12)
        assert len(unreleased_comments(session, erin, keys=keys, now=NOW)) == 12
        note_look(session, erin, now=NOW)
        note_look(session, erin, now=NOW)
    with database.reading() as session:
        today = duty(session, erin.where, today=NOW.date())
        later = duty(session, erin.where, today=NOW.date() + timedelta(days=3))
    assert (today.waiting, today.looked, today.missed) == (12, True, ())
    assert (later.looked, len(later.missed)) == (False, 2)
    with database.writing() as session, pytest.raises(NotAllowed):
        unreleased_comments(session, someone(database, "Carys", Role.GOVERNOR), keys=keys, now=NOW)
