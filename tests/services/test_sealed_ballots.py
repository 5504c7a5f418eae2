"""The ballot box is sealed: nobody who reads tables and files finds an answer, and after the close nobody ever can."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from stakeholder.audit import all_events
from stakeholder.db import Database
from stakeholder.errors import Invalid
from stakeholder.key_folder import KeyFolder
from stakeholder.models import School
from surveys.audiences import KnownAudiences, OpenAudience
from surveys.models import Ballot, Comment, Draft, Response, Wave
from surveys.release import release
from surveys.responding import save_page, start_draft, submit
from surveys.sealing import (
    PADDED_TO,
    Unreadable,
    draft_row_key,
    opened_ballot,
    opened_draft,
    sealed_ballot,
    sealed_draft,
)
from surveys.waves import close_wave
from tests.makers import NOW, lead, open_audience, school

MARKER = "Only Amina would ever write zanzibarquux"


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys" / "surveys")


@pytest.fixture
def audience(database: Database, keys: KeyFolder) -> OpenAudience:
    with database.writing() as session:
        token = open_audience(session, school(session)).token
    return KnownAudiences(database, keys).of(token)


def send(database: Database, audience: OpenAudience, number: int, comment: str = MARKER) -> None:
    with database.changing() as connection:
        answers = {"safe": "agree", "better": comment}
        submit(connection, audience, answers=answers, language="en", submission_key=f"key-{number:020}")


def close(database: Database, keys: KeyFolder) -> Wave:
    with database.writing() as session:
        hill, wave = session.scalars(select(School)).one(), session.scalars(select(Wave)).one()
        close_wave(session, lead(hill), wave.key, now=NOW)
    release(database, wave.id, keys=keys, final=True)
    return wave


def files_with(folder: Path, words: str) -> list[str]:
    """Files below a folder that hold the words."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_neither_tables_nor_files_hold_an_answer_before_the_close(
    database: Database, audience: OpenAudience, tmp_path: Path
) -> None:
    for number in range(12):
        send(database, audience, number)
    with database.reading() as session:
        bodies = session.scalars(select(Ballot.body)).all()
    assert not any(b"zanzibarquux" in body or b"agree" in body for body in bodies)
    assert files_with(tmp_path, "zanzibarquux") == []


def test_all_ballots_of_everyday_length_look_alike(database: Database, audience: OpenAudience) -> None:
    send(database, audience, 1, "No")
    send(database, audience, 2, "A much longer comment about lunch, queues and clubs. " * 20)
    with database.reading() as session:
        lengths = {len(body) for body in session.scalars(select(Ballot.body))}
    assert len(lengths) == 1
    assert lengths.pop() > PADDED_TO


def test_release_opens_every_ballot_and_the_key_is_gone(
    database: Database, audience: OpenAudience, keys: KeyFolder
) -> None:
    for number in range(12):
        send(database, audience, number)
    with database.reading() as session:
        kept = session.scalars(select(Ballot.body)).first()
    wave = close(database, keys)
    with database.reading() as session:
        assert {json.loads(each)["safe"] for each in session.scalars(select(Response.answers))} == {"agree"}
        assert set(session.scalars(select(Comment.text))) == {MARKER}
        assert [event.act for event in all_events(session)] == ["survey key destroyed"]
    assert keys.private(str(wave.id)) is None
    assert kept is not None
    with pytest.raises(Unreadable):
        opened_ballot(kept, keys.private(str(wave.id)))
    with pytest.raises(Invalid, match="destroyed"):
        keys.public(str(wave.id))


def test_releasing_again_finds_nothing_and_breaks_nothing(
    database: Database, audience: OpenAudience, keys: KeyFolder
) -> None:
    send(database, audience, 1)
    wave = close(database, keys)
    assert release(database, wave.id, keys=keys, final=True) == 0


def test_a_draft_is_readable_only_with_the_devices_key(
    database: Database, audience: OpenAudience, tmp_path: Path
) -> None:
    with database.changing() as connection:
        key = start_draft(connection, audience, language="en")
        save_page(connection, audience, key, lambda answers, _layout, _draw: {**answers, "better": MARKER})
    with database.reading() as session:
        row_key, answers = session.execute(select(Draft.key, Draft.answers)).one()
    assert row_key != key
    assert "zanzibarquux" not in answers
    assert files_with(tmp_path, "zanzibarquux") == []
    assert json.loads(opened_draft(answers, key)) == {"better": MARKER}


def test_what_an_earlier_version_stored_openly_is_still_read() -> None:
    assert opened_ballot(b'{"language":"en"}', None) == b'{"language":"en"}'
    assert opened_draft('{"safe":"agree"}', b"k" * 16) == '{"safe":"agree"}'


def test_sealing_the_same_words_twice_gives_two_boxes(keys: KeyFolder) -> None:
    public = keys.public("wave")
    one, two = sealed_ballot(b"{}", public), sealed_ballot(b"{}", public)
    assert one != two
    assert opened_ballot(one, keys.private("wave")) == opened_ballot(two, keys.private("wave")) == b"{}"
    assert sealed_draft("{}", b"k" * 16) != sealed_draft("{}", b"k" * 16)
    assert draft_row_key(b"k" * 16) == draft_row_key(b"k" * 16)


def test_a_key_is_made_once_and_kept_from_others(keys: KeyFolder) -> None:
    assert keys.public("wave") == KeyFolder(keys.folder).public("wave")
    assert (keys.folder / "wave").stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="\\.\\."):
        keys.public("../secret")
