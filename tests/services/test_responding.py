"""Drafts and submissions on both databases: nothing acknowledged is lost, nothing is stored twice or after the end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from stakeholder.db import Database
from stakeholder.errors import Conflict
from stakeholder.key_folder import KeyFolder
from stakeholder.schools import command_line_viewer
from stakeholder.writing import Writer
from surveys.audiences import KnownAudiences, OpenAudience
from surveys.models import Ballot, Comment, Draft, Response, Wave
from surveys.release import release
from surveys.responding import (
    DraftGone,
    WaveClosed,
    change_draft,
    save_page,
    standing,
    start_draft,
    submit,
    was_submitted,
)
from surveys.waves import close_wave
from tests.makers import NOW, open_audience, school

ANSWERS = {"safe": "agree", "better": "More clubs"}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


@pytest.fixture
def audience(database: Database, keys: KeyFolder) -> OpenAudience:
    with database.writing() as session:
        token = open_audience(session, school(session)).token
    return KnownAudiences(database, keys).of(token)


def close(database: Database) -> Wave:
    with database.writing() as session:
        wave = session.scalars(select(Wave)).one()
        return close_wave(session, command_line_viewer(wave.school_id), wave.key, now=NOW)


def count(database: Database, table: Any) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def sent(connection: Connection, audience: OpenAudience, key: str, answers: dict[str, Any] | None = None) -> bool:
    answers = ANSWERS if answers is None else answers
    return submit(connection, audience, answers=answers, language="en", submission_key=key).is_new


def test_a_draft_keeps_answers_language_and_layout(database: Database, audience: OpenAudience) -> None:
    with database.changing() as connection:
        key = start_draft(connection, audience, language="en")
        save_page(connection, audience, key, lambda answers, _layout, _draw: {**answers, "safe": "agree"})
        change_draft(connection, key, language="pl", layout="one")
    with database.glancing() as connection:
        here = standing(connection, audience, key)
    assert here.is_open
    assert here.draft
    assert (here.draft.answers, here.draft.language, here.draft.layout) == ({"safe": "agree"}, "pl", "one")


def test_a_device_without_a_draft_stands_at_the_start(database: Database, audience: OpenAudience) -> None:
    with database.glancing() as connection:
        assert standing(connection, audience, None).draft is None
        assert standing(connection, audience, bytes(16)).draft is None


def test_the_same_key_stores_once_and_other_answers_are_refused(database: Database, audience: OpenAudience) -> None:
    with database.changing() as connection:
        assert sent(connection, audience, "k" * 20)
        assert not sent(connection, audience, "k" * 20)
        with pytest.raises(Conflict, match="Different answers"):
            sent(connection, audience, "k" * 20, {"safe": "disagree"})
        assert was_submitted(connection, "k" * 20)
    assert count(database, Ballot) == 2  # the answers, and the comment by itself


def test_after_the_end_nothing_is_taken_any_more(database: Database, audience: OpenAudience) -> None:
    with database.changing() as connection:
        key = start_draft(connection, audience, language="en")
    close(database)
    with database.changing() as connection:
        with pytest.raises(WaveClosed):
            save_page(connection, audience, key, lambda answers, _layout, _draw: answers)
        with pytest.raises(WaveClosed):
            sent(connection, audience, "k" * 20)
        with pytest.raises(WaveClosed):
            start_draft(connection, audience, language="en")
        assert not standing(connection, audience, key).is_open
    assert count(database, Ballot) == 0


def test_an_unknown_draft_is_gone(database: Database, audience: OpenAudience) -> None:
    with database.changing() as connection, pytest.raises(DraftGone):
        save_page(connection, audience, bytes(16), lambda answers, _layout, _draw: answers)


def test_many_who_send_at_once_are_all_stored(database: Database, audience: OpenAudience) -> None:
    writer = Writer(database)
    with ThreadPoolExecutor(12) as crowd:
        done = list(
            crowd.map(
                lambda number: writer.write(lambda connection: sent(connection, audience, f"key-{number:030}")),
                range(60),
            )
        )
    assert done == [True] * 60
    assert count(database, Ballot) == 120


def test_one_mistake_in_a_crowd_costs_nobody_else(database: Database, audience: OpenAudience) -> None:
    writer, ready = Writer(database), threading.Barrier(8)

    def one(number: int) -> bool:
        def work(connection: Connection) -> bool:
            stored = sent(connection, audience, f"key-{number:030}")
            if number == 3:
                raise Conflict("A mistake of number 3.")
            return stored

        ready.wait(10)
        try:
            return writer.write(work)
        except Conflict:
            return False

    with ThreadPoolExecutor(8) as crowd:
        done = list(crowd.map(one, range(8)))
    assert done == [True, True, True, False, True, True, True, True]
    assert count(database, Ballot) == 14


def test_closing_waits_for_those_who_are_sending(database: Database, audience: OpenAudience, keys: KeyFolder) -> None:
    checked, go_on = threading.Event(), threading.Event()

    def sending() -> None:
        with database.changing() as connection:
            sent(connection, audience, "k" * 20)
            checked.set()
            go_on.wait(10)

    with ThreadPoolExecutor(2) as crowd:
        answer = crowd.submit(sending)
        assert checked.wait(10)
        closing = crowd.submit(close, database)
        with pytest.raises(TimeoutError):
            closing.result(0.5)
        go_on.set()
        answer.result(10)
        wave = closing.result(10)
    release(database, wave.id, keys=keys, final=True)
    assert (count(database, Ballot), count(database, Response), count(database, Comment)) == (0, 1, 1)


def test_the_end_clears_what_nobody_sent(database: Database, audience: OpenAudience, keys: KeyFolder) -> None:
    with database.changing() as connection:
        start_draft(connection, audience, language="en")
    release(database, close(database).id, keys=keys, final=True)
    assert count(database, Draft) == 0


def test_what_was_drawn_for_an_audience_serves_as_long_as_nothing_changes(
    database: Database, keys: KeyFolder, audience: OpenAudience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.audiences.REMEMBERED_SECONDS", -1.0)
    known = KnownAudiences(database, keys)
    first = known.of(audience.token)
    assert known.of(audience.token) is first
    with database.writing() as session:
        session.scalars(select(Wave)).one().title = "Another title"
    assert known.of(audience.token).wave_title == "Another title"
