"""Importing on both databases: all of a file or nothing, once."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.models import Job
from surveys.importing.mapping import propose
from surveys.importing.service import Prepared, audience_for_import, prepare, store
from surveys.models import Audience, Comment, Response, Wave
from surveys.published import publish
from surveys.waves import RELEASE
from tests.makers import NOW, lead, questionnaire, school


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def prepared(folder: Path, text: str) -> Prepared:
    path = folder / "answers.csv"
    path.write_text(text, encoding="utf-8")
    tiny = questionnaire()
    header = text.splitlines()[0].split(",")
    return prepare(path, tiny, propose(header, tiny), folder=folder, progress=quiet)


def audience(session: Session, name: str = "Autumn 2025", key: str = "tiny") -> Audience:
    somewhere = school(session)
    publish(session, lead(somewhere), questionnaire(), now=NOW)
    return audience_for_import(session, lead(somewhere), questionnaire_key=key, wave_name=name, group=None, now=NOW)


def count(session: Session, table: type[Response] | type[Comment]) -> int:
    return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_file_becomes_responses_comments_and_a_job(database: Database, tmp_path: Path) -> None:
    file = prepared(tmp_path, "safe,better\nAgree,More clubs\nDisagree,\n")
    with file.documents, database.writing() as session:
        assert store(session, file, audience(session), quiet) == 2
        assert (count(session, Response), count(session, Comment)) == (2, 1)
        assert session.scalars(select(Job.kind)).all() == [RELEASE]


def test_the_wave_is_made_closed_and_found_again(database: Database) -> None:
    with database.writing() as session:
        first = audience(session)
        wave = session.get_one(Wave, first.wave_id)
        assert (wave.key, wave.state, first.group) == ("autumn-2025", "closed", "student")


def test_the_same_file_is_refused_a_second_time(database: Database, tmp_path: Path) -> None:
    file = prepared(tmp_path, "safe\nAgree\n")
    with file.documents, database.writing() as session:
        found = audience(session)
        store(session, file, found, quiet)
        with pytest.raises(Conflict, match="already imported"):
            store(session, file, found, quiet)
        assert count(session, Response) == 1


def test_a_file_that_breaks_off_stores_nothing(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="line 3"):
        prepared(tmp_path, 'safe\nAgree\n"Agree" x\n')
    with database.reading() as session:
        assert count(session, Response) == 0


def test_a_text_that_is_too_long_refuses_the_file_and_says_where(database: Database, tmp_path: Path) -> None:
    long = "x" * 100_001
    with pytest.raises(Invalid) as refused:
        prepared(tmp_path, f"safe,better\nAgree,Clubs\nAgree,{long}\nAgree,{long}y\n")
    words = str(refused.value)
    assert "2 texts are longer" in words
    assert "line 3, column 'better': 100,001 characters, at most 5,000 are kept" in words
    assert "line 4, column 'better': 100,002 characters" in words
    with database.reading() as session:
        assert count(session, Response) == 0


def test_a_text_as_long_as_its_question_keeps_comes_in_whole(tmp_path: Path) -> None:
    file = prepared(tmp_path, f"safe,better\nAgree,{'x' * 5_000}\n")
    with file.documents:
        assert [answers["better"] for _, answers in file] == ["x" * 5_000]


def test_a_file_that_answers_nothing_is_refused_with_a_way_on(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="--save-mapping"):
        prepared(tmp_path, "shoe size\n7\n")


def test_an_unknown_questionnaire_is_named(database: Database) -> None:
    with database.writing() as session, pytest.raises(NotFound, match="'nothing'"):
        audience(session, key="nothing")
