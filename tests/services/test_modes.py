"""The three modes on both databases: nobody's name, a sealed one, an open one; chosen once and never changed."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from analysis.concerns.identities import (
    TELL_OPENING,
    approve,
    ask_to_open,
    is_agreed,
    open_agreed,
    open_alone,
    rewrap_all,
    wishes,
)
from analysis.concerns.models import Concern
from analysis.concerns.raising import TELL, SafetyNet
from analysis.concerns.telling import tell_of_opening
from stakeholder.audit import all_events
from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.jobs.worker import Worker
from stakeholder.key_folder import KeyFolder
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.audiences import KnownAudiences, OpenAudience
from surveys.identities.envelopes import (
    Writer,
    new_recovery_key,
    new_secret,
    opened_identity,
    recovered,
    sealed_identity,
    unwrapped,
    wrapped,
)
from surveys.identities.keeping import make_key, make_recovery, recovery_secret, standing, unlock
from surveys.inviting.inviting import invite_all
from surveys.inviting.links import key_name, link_token
from surveys.inviting.models import Invitation
from surveys.models import Audience, Response, Wave
from surveys.naming import named_answers
from surveys.published import publish
from surveys.release import release
from surveys.responding import submit
from surveys.roll.models import Member
from surveys.screening import screened
from surveys.waves import close_wave, open_link
from tests.makers import NOW, lead, open_audience, questionnaire, school
from tests.services.test_concerns import WORRY, Post, someone

WORDS = "correct horse battery"
SAM = Writer("Sam Green", "student", "7", "7B")


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


@pytest.fixture
def leads(database: Database) -> tuple[Viewer, Viewer]:
    """Erin and Sol, safeguarding leads of a school with Sam on the roll, who both have keys; Hal is the head."""
    with database.writing() as session:
        hill = school(session)
        publish(session, lead(hill), questionnaire(), now=NOW)
        session.add(
            Member(school_id=hill.id, group="student", number="7", given="Sam", family="Green", form="7B", year="7")
        )
    erin, sol = (someone(database, name, Role.SAFEGUARDING_LEAD) for name in ("Erin", "Sol"))
    with database.writing() as session:
        for each in (erin, sol):
            make_key(session, each, f"{WORDS} of {each.name}", now=NOW)
    return erin, sol


def opened(database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder, mode: str) -> OpenAudience:
    """Sam's own link into a wave of this mode."""
    with database.writing() as session:
        hill = session.scalars(select(School)).one()
        audience = open_link(session, lead(hill), "tiny", "student", now=NOW, mode=mode)
        office = Viewer(school_id=hill.id, roles=frozenset({Role.SCHOOL_ADMIN}))
        invite_all(session, office, audience, keys=keys)
        invitation = session.scalars(select(Invitation.id)).one()
        token = link_token(keys.private(key_name(audience.wave_id)) or b"", invitation)
    return KnownAudiences(database, keys).of(token)


def sent(database: Database, here: OpenAudience, comment: str = "") -> None:
    answers = {"safe": "agree", **({"better": comment} if comment else {})}
    net = SafetyNet(database, lambda: "for tests only", lambda: NOW)
    screened(net, here, answers, language="en", key="k" * 20)
    with database.changing() as connection:
        submit(connection, here, answers=answers, language="en", submission_key=here.credential)


def finally_closed(database: Database, keys: KeyFolder) -> None:
    with database.writing() as session:
        hill, wave = session.scalars(select(School)).one(), session.scalars(select(Wave)).one()
        close_wave(session, lead(hill), wave.key, now=NOW)
    release(database, wave.id, keys=keys, final=True)


def confidential(database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder) -> UUID:
    """Sam has written a worry in a confidential wave; returns the concern."""
    with database.writing() as session:
        make_recovery(session, leads[0], now=NOW)
    sent(database, opened(database, leads, keys, "confidential"), WORRY)
    with database.reading() as session:
        return session.scalars(select(Concern.id)).one()


def test_an_envelope_tells_nothing_by_its_length_and_opens_by_each_key() -> None:
    one, two = new_secret(), new_secret()
    envelopes = [sealed_identity(each, [one[1], two[1]]) for each in (SAM, Writer("X" * 300, "staff", "1"))]
    assert len({len(each) for each in envelopes}) == 1
    assert opened_identity(envelopes[0], one[0]) == opened_identity(envelopes[0], two[0]) == SAM
    with pytest.raises(Invalid, match="does not open"):
        opened_identity(envelopes[0], new_secret()[0])


def test_a_key_opens_by_its_passphrase_only() -> None:
    box = wrapped("a secret", WORDS)
    assert b"a secret" not in box
    assert unwrapped(box, f"  {WORDS} ") == "a secret"
    with pytest.raises(Invalid, match="not the passphrase"):
        unwrapped(box, f"{WORDS}s")
    with pytest.raises(Invalid, match="at least 14"):
        wrapped("a secret", "too short")


def test_two_of_three_sheets_recover_and_one_does_not() -> None:
    made = new_recovery_key()
    envelope = sealed_identity(SAM, [made.public])
    one, two, three = made.sheets
    for pair in ((one, two), (two, one), (one, three), (three, two)):
        assert opened_identity(envelope, recovered(made.pairs, *pair)) == SAM
    for wrong in ((one, one), (one, new_secret()[0]), ("", two)):
        with pytest.raises(Invalid, match="two different sheets"):
            recovered(made.pairs, *wrong)


def test_a_mode_never_changes_once_it_is_chosen(database: Database) -> None:
    with database.writing() as session:
        audience = open_audience(session, school(session)).id
    with pytest.raises(DBAPIError, match="never changes"), database.writing() as session:
        session.execute(update(Audience).where(Audience.id == audience).values(mode="named"))
    with database.writing() as session:
        session.execute(update(Audience).where(Audience.id == audience).values(mode="anonymous", invited=3))
        with pytest.raises(Conflict, match="never changes"):
            open_link(session, lead(session.scalars(select(School)).one()), "tiny", "student", now=NOW, mode="named")


def test_an_anonymous_answer_cannot_carry_a_name(database: Database) -> None:
    with database.writing() as session:
        audience = open_audience(session, school(session)).id
    for identity, refused in ((b"{}", True), (None, False)):
        row = Response(key=bytes(16), audience_id=audience, language="en", answers="{}", identity=identity)
        if refused:
            with pytest.raises(DBAPIError, match="has no identity"), database.writing() as session:
                session.add(row)
        else:
            with database.writing() as session:
                session.add(row)


def test_a_confidential_wave_waits_for_two_leads_and_a_recovery_key(
    database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder
) -> None:
    with pytest.raises(Invalid, match="recovery key"):
        opened(database, leads, keys, "confidential")
    with database.writing() as session:
        make_recovery(session, leads[0], now=NOW)
        assert standing(session, leads[0].where, now=NOW).may_seal
        assert not standing(session, leads[0].where, now=NOW + timedelta(days=31)).may_seal
        unlock(session, leads[0], f"{WORDS} of Erin", now=NOW + timedelta(days=31))
        assert standing(session, leads[0].where, now=NOW + timedelta(days=31)).leads_ready == 1


def test_a_sealed_name_is_nowhere_to_be_read(
    database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder, tmp_path: Path
) -> None:
    confidential(database, leads, keys)
    finally_closed(database, keys)
    with database.reading() as session:
        envelopes = [*session.scalars(select(Response.identity)), *session.scalars(select(Concern.identity))]
    assert len(envelopes) == 2
    assert all(each and b"Green" not in each and each[4:22] == b"age-encryption.org" for each in envelopes)


def test_it_takes_a_second_person_within_a_day_to_open_one(
    database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder
) -> None:
    erin, sol = leads
    concern, head = confidential(database, leads, keys), someone(database, "Hal", Role.HEAD)
    with database.writing() as session:
        with pytest.raises(Conflict, match="second person"):
            open_agreed(session, erin, concern, f"{WORDS} of Erin", now=NOW)
        wish = ask_to_open(session, erin, concern, "The comment names a real danger.", now=NOW).id
        assert wishes(session, erin, now=NOW) == []
        with pytest.raises(Conflict, match="Somebody else"):
            approve(session, erin, wish, now=NOW)
        with pytest.raises(NotFound):
            approve(session, sol, wish, now=NOW + timedelta(hours=25))
        assert [each.by for each in wishes(session, head, now=NOW)] == ["Erin"]
        approve(session, head, wish, now=NOW)
        with pytest.raises(Invalid, match="not the passphrase"):
            open_agreed(session, erin, concern, "another passphrase", now=NOW)
        assert open_agreed(session, erin, concern, f"{WORDS} of Erin", now=NOW).name == "Sam Green"
        assert not is_agreed(session, sol, concern, now=NOW)
        assert not is_agreed(session, erin, concern, now=NOW + timedelta(hours=25))
        acts = [event.act for event in all_events(session)]
    assert [act for act in acts if "identity" in act and "key" not in act] == [
        "opening of identity asked for",
        "opening of identity agreed to",
        "identity opened",
    ]


def test_in_immediate_danger_one_opens_alone_and_the_head_and_the_chair_hear_of_it(
    database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder
) -> None:
    concern = confidential(database, leads, keys)
    for name, role in (("Hal", Role.HEAD), ("Carys", Role.CHAIR), ("Gwen", Role.GOVERNOR)):
        someone(database, name, role)
    with database.writing() as session:
        with pytest.raises(Invalid, match="Say why"):
            open_alone(session, leads[0], concern, f"{WORDS} of Erin", reason="!", now=NOW)
        writer = open_alone(session, leads[0], concern, f"{WORDS} of Erin", reason="A life is at risk.", now=NOW)
    assert writer == SAM
    post = Post()
    handlers = {TELL_OPENING: lambda run: tell_of_opening(run, server=post, base_url="https://voice.example")}
    Worker.of(database, {**handlers, TELL: lambda run: None}).run_until_idle()
    assert [to for to, _subject, _text in post.sent] == ["carys@hill-school.example", "hal@hill-school.example"]  # type: ignore[attr-defined]
    assert not any("Sam" in text for _to, _subject, text in post.sent)  # type: ignore[attr-defined]


def test_a_new_lead_opens_what_was_sealed_before_once_it_is_sealed_anew(
    database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder
) -> None:
    concern = confidential(database, leads, keys)
    finally_closed(database, keys)
    nia = someone(database, "Nia", Role.SAFEGUARDING_LEAD)
    with database.writing() as session:
        make_key(session, nia, f"{WORDS} of Nia", now=NOW)
        with pytest.raises(Invalid, match="does not open"):
            open_alone(session, nia, concern, f"{WORDS} of Nia", reason="A life is at risk.", now=NOW)
        with pytest.raises(Invalid, match="opens none"):
            rewrap_all(session, nia, new_secret()[0], now=NOW)
        assert rewrap_all(session, leads[0], unlock(session, leads[0], f"{WORDS} of Erin", now=NOW), now=NOW) == 2
        assert open_alone(session, nia, concern, f"{WORDS} of Nia", reason="A life is at risk.", now=NOW) == SAM


def test_sheets_of_paper_bring_names_back_to_the_present_leads(
    database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder
) -> None:
    with database.writing() as session:
        sheets = make_recovery(session, leads[0], now=NOW).sheets
    sent(database, opened(database, leads, keys, "confidential"), WORRY)
    with database.writing() as session:
        secret = recovery_secret(session, leads[1], sheets[2], sheets[0])
        assert rewrap_all(session, leads[1], secret, now=NOW) == 1


def test_a_named_wave_shows_names_to_the_roles_it_tells_of_and_to_nobody_else(
    database: Database, leads: tuple[Viewer, Viewer], keys: KeyFolder
) -> None:
    sent(database, opened(database, leads, keys, "named"))
    dev = someone(database, "Dev", Role.SURVEY_LEAD)
    with database.writing() as session, pytest.raises(NotFound):
        named_answers(session, dev, "tiny", "secondary", now=NOW)
    finally_closed(database, keys)
    with database.writing() as session:
        found = named_answers(session, dev, "tiny", "secondary", now=NOW)
        with pytest.raises(NotAllowed):
            named_answers(session, leads[0], "tiny", "secondary", now=NOW)
        assert all_events(session)[-1].act == "named answers viewed"
    (((writer, answers),), title) = found.people, found.title
    assert (writer, answers[0]) == (SAM, ("I feel safe at school", "Agree"))
    assert title == "A tiny survey"
