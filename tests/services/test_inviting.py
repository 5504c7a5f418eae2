"""Invitations on both databases: who gets what, when, how often; and nothing that leads from them to an answer."""

import smtplib
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from stakeholder.audit import all_events
from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.jobs.worker import Worker
from stakeholder.key_folder import KeyFolder
from stakeholder.mail import MailServer
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.audiences import KnownAudiences, find_audience
from surveys.inviting.inviting import (
    SEND,
    call_off,
    note_came_back,
    open_audiences,
    plan_mailing,
    progress_of,
)
from surveys.inviting.links import credential, key_name, link_token
from surveys.inviting.merging import merge_file
from surveys.inviting.models import Invitation, Mailing
from surveys.inviting.opened import SMALLEST_BATCH, Opened
from surveys.inviting.sending import send_mailing
from surveys.inviting.words import offered
from surveys.models import Audience, Ballot, Spent, Wave
from surveys.receipts import receipt_code
from surveys.release import release
from surveys.responding import submit, withdraw
from surveys.roll.models import Member
from surveys.waves import close_wave
from tests.makers import NOW, lead, open_audience, school

BASE = "https://voice.example"
ENGLISH = {"en": offered("invitation", "en")}


class Post(MailServer):
    """A mail server that keeps what it was given and refuses some addresses."""

    def __init__(self, *refused: str) -> None:
        super().__init__(host="x", port=1, sender="voice@hill.example")
        object.__setattr__(self, "sent", [])
        object.__setattr__(self, "refused", refused)

    def send(self, to: str, subject: str, text: str) -> None:
        if to in self.refused:  # type: ignore[attr-defined]
            raise smtplib.SMTPRecipientsRefused({to: (550, b"no such person")})
        self.sent.append((to, subject, text))  # type: ignore[attr-defined]

    @property
    def addresses(self) -> list[str]:
        return sorted(to for to, _subject, _text in self.sent)  # type: ignore[attr-defined]


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


@pytest.fixture
def audience(database: Database) -> UUID:
    """Students are asked 'tiny'; twelve are on the roll, one is left out, one has no address."""
    with database.writing() as session:
        hill = school(session)
        found = open_audience(session, hill).id
        for number in range(12):
            session.add(
                Member(
                    school_id=hill.id,
                    group="student",
                    number=str(number),
                    given=f"=Pupil{number}",
                    family="Green",
                    year="7",
                    form="7B",
                    email="" if number == 1 else f"p{number}@hill.example",
                    left_out="parent" if number == 0 else "",
                )
            )
        return found


@pytest.fixture
def office(database: Database, audience: UUID) -> Viewer:
    with database.reading() as session:
        return Viewer(school_id=session.scalars(select(School.id)).one(), roles=frozenset({Role.SCHOOL_ADMIN}))


def plan(database: Database, office: Viewer, audience: UUID, keys: KeyFolder, kind: str = "invitation") -> UUID:
    with database.writing() as session:
        return plan_mailing(session, office, audience, kind=kind, texts=ENGLISH, send_at=NOW, now=NOW, keys=keys).id


def work(database: Database, keys: KeyFolder, server: MailServer) -> int:
    handlers = {SEND: lambda run: send_mailing(run, server=server, keys=keys, base_url=BASE)}
    return Worker.of(database, handlers).run_until_idle()


def test_an_invitation_goes_once_to_everyone_who_may_be_asked_and_can_be_reached(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    post = Post()
    plan(database, office, audience, keys)
    work(database, keys, post)
    assert post.addresses == sorted(f"p{number}@hill.example" for number in range(2, 12))
    plan(database, office, audience, keys)
    work(database, keys, post)
    assert len(post.addresses) == 10
    with database.reading() as session:
        found = progress_of(session, office, audience)
    assert (found.on_roll, found.reachable, found.written_to, found.not_yet) == (11, 10, 10, 0)


def test_a_letter_carries_its_own_link_the_name_and_the_promise_of_the_mode(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    post = Post()
    plan(database, office, audience, keys)
    work(database, keys, post)
    texts = [text for _to, _subject, text in post.sent]  # type: ignore[attr-defined]
    links = {text.split(f"{BASE}/s/")[1].split()[0] for text in texts}
    assert len(links) == 10
    assert all("Nobody at school sees which answers are yours" in text and "Green" in text for text in texts)
    with database.reading() as session:
        assert {find_audience(session, link, keys).id for link in links} == {audience}
        stored = str([vars(each) for each in session.scalars(select(Invitation))])
    assert not any(link in stored for link in links)


def test_many_letters_are_sent_in_runs_so_that_a_concern_need_not_wait(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.inviting.sending.LETTERS_IN_A_RUN", 4)
    post = Post()
    plan(database, office, audience, keys)
    assert work(database, keys, post) == 3
    assert len(post.addresses) == 10


def test_a_reminder_goes_to_all_who_are_not_known_to_have_opened(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    plan(database, office, audience, keys)
    work(database, keys, Post("p2@hill.example"))
    with database.writing() as session:
        opened = select(Invitation).join(Member, Member.id == Invitation.member_id).where(Member.number == "3")
        session.scalars(opened).one().opened = True
    post = Post()
    plan(database, office, audience, keys, "reminder")
    work(database, keys, post)
    assert post.addresses == sorted(f"p{number}@hill.example" for number in range(4, 12))
    with database.reading() as session:
        found = progress_of(session, office, audience)
    assert (found.opened, found.came_back, found.would_remind) == (1, 1, 8)


def test_openings_are_written_for_ten_people_at_a_time(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    plan(database, office, audience, keys)
    key, opened = keys.keep(key_name(wave_of(database).id), b""), Opened()
    with database.reading() as session:
        tokens = [link_token(key, each) for each in session.scalars(select(Invitation.id))]

    def note(token: str) -> int:
        with database.changing() as connection:
            opened.note(audience, token, lambda work: work(connection))
        with database.reading() as session:
            return progress_of(session, office, audience).opened

    assert [note(token) for token in [tokens[0], *tokens[: SMALLEST_BATCH - 1]]] == [0] * SMALLEST_BATCH
    assert note(tokens[SMALLEST_BATCH - 1]) == SMALLEST_BATCH


def wave_of(database: Database) -> Wave:
    with database.writing() as session:
        return session.scalars(select(Wave)).one()


def test_a_personal_link_counts_once_and_its_last_answers_count(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    plan(database, office, audience, keys)
    with database.reading() as session:
        invitation = session.scalars(select(Invitation.id)).first()
    assert invitation
    token = link_token(keys.keep(key_name(wave_of(database).id), b""), invitation)
    here = KnownAudiences(database, keys).of(token)

    def send(attempt: str, safe: str, **more: str) -> bool:
        answers = {"safe": safe, **more}
        with database.changing() as connection:
            sent_as = here.credential
            return submit(
                connection, here, answers=answers, language="en", submission_key=sent_as, attempt=attempt
            ).is_new

    assert send("first device", "agree", better="More clubs")
    assert not send("first device", "agree", better="More clubs")
    with pytest.raises(Conflict, match="Different answers"):
        send("first device", "disagree")
    assert send("second device", "disagree")
    with database.reading() as session:
        assert len(session.scalars(select(Ballot.key)).all()) == 1
        assert session.scalars(select(Spent.way_id)).all() == [audience]
    with database.changing() as connection:
        assert withdraw(connection, here, receipt_code(here.credential))
        assert not withdraw(connection, here, receipt_code(here.credential))
    assert send("third device", "agree")


def test_after_the_close_nothing_leads_from_an_invitation_to_what_was_sent(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    plan(database, office, audience, keys)
    wave = wave_of(database)
    key = keys.keep(key_name(wave.id), b"")
    with database.reading() as session:
        tokens = [link_token(key, each) for each in session.scalars(select(Invitation.id))]
    for token in tokens:
        here = KnownAudiences(database, keys).of(token)
        with database.changing() as connection:
            submit(connection, here, answers={"safe": "agree"}, language="en", submission_key=here.credential)
    with database.writing() as session:
        close_wave(session, lead(session.scalars(select(School)).one()), wave.key, now=NOW)
    release(database, wave.id, keys=keys, final=True)
    assert keys.private(key_name(wave.id)) is None
    with database.reading() as session:
        spent = {bytes(each) for each in session.scalars(select(Spent.key_hash))}
        kept = [bytes(each.token_hash) + each.id.bytes for each in session.scalars(select(Invitation))]
        assert find_audience(session, tokens[0], keys).credential == ""
    known = {sha256(part).digest() for each in kept for part in (each, each[:32], each[32:])}
    known |= {sha256(credential(bytes(32), token).encode()).digest() for token in tokens}
    assert len(spent) == len(tokens) == 11
    assert not spent & (known | {each[:32] for each in kept})


def test_who_leaves_the_roll_takes_the_link_along(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    plan(database, office, audience, keys)
    with database.writing() as session:
        session.delete(session.scalars(select(Member).where(Member.number == "5")).one())
    with database.reading() as session:
        assert len(session.scalars(select(Invitation.id)).all()) == 10


def test_the_file_of_links_is_harmless_to_spreadsheets_and_is_written_down(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    with database.writing() as session:
        lines = merge_file(session, office, audience, keys=keys, base_url=BASE, now=NOW).splitlines()
        assert [event.act for event in all_events(session)][-1] == "links downloaded"
    assert lines[0] == "number,name,year,class,email,link"
    assert len(lines) == 12
    assert all(",'=Pupil" in line and f"{BASE}/s/" in line for line in lines[1:])


def test_a_mailing_can_be_called_off_and_two_never_wait_at_once(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    mailing = plan(database, office, audience, keys)
    with pytest.raises(Conflict, match="Another mailing"):
        plan(database, office, audience, keys)
    with database.writing() as session:
        call_off(session, office, mailing, now=NOW)
    post = Post()
    work(database, keys, post)
    assert post.addresses == []


def test_addresses_that_came_back_get_nothing_more(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    plan(database, office, audience, keys)
    work(database, keys, Post())
    with database.writing() as session:
        assert note_came_back(session, office, audience, "P2@hill.example, p3@hill.example\nx@y.example", now=NOW) == 2
        with pytest.raises(Invalid, match="None of these"):
            note_came_back(session, office, audience, "nobody@hill.example", now=NOW)
    post = Post()
    plan(database, office, audience, keys, "reminder")
    work(database, keys, post)
    assert len(post.addresses) == 8


def test_nothing_is_sent_once_the_wave_has_closed(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    plan(database, office, audience, keys)
    with database.writing() as session:
        hill, wave = session.scalars(select(School)).one(), session.scalars(select(Wave)).one()
        close_wave(session, lead(hill), wave.key, now=NOW)
    post = Post()
    handler = {SEND: lambda run: send_mailing(run, server=post, keys=keys, base_url=BASE), "release": lambda run: None}
    Worker.of(database, handler).run_until_idle()
    assert post.addresses == []
    with database.reading() as session:
        assert session.scalars(select(Mailing.state)).all() == ["dropped"]


def test_texts_without_their_link_a_year_ahead_and_strangers_are_refused(
    database: Database, office: Viewer, audience: UUID, keys: KeyFolder
) -> None:
    with database.writing() as session:

        def planned(viewer: Viewer = office, **other: object) -> Mailing:
            wanted: dict[str, object] = {"kind": "invitation", "texts": ENGLISH, "send_at": NOW, **other}
            return plan_mailing(session, viewer, audience, now=NOW, keys=keys, **wanted)  # type: ignore[arg-type]

        for wrong in ({"texts": {}}, {"texts": {"en": ("Hello", "no way in")}}, {"texts": {"en": (" ", "[link]")}}):
            with pytest.raises(Invalid):
                planned(**wrong)
        with pytest.raises(Invalid, match="next year"):
            planned(send_at=NOW + timedelta(days=400))
        with pytest.raises(Invalid, match="an invitation or a reminder"):
            planned(kind="advert")
        with pytest.raises(NotAllowed):
            planned(lead(session.get_one(School, office.where)))
        with pytest.raises(NotFound):
            planned(Viewer(school_id=school(session, "Dale").id, roles=office.roles))
        assert open_audiences(session, office)[0].audience_id == audience
        assert session.get_one(Audience, audience).mode == "anonymous"
