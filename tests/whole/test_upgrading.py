"""Upgrading: results that a change of the tables dropped are counted again, each once and the oldest first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command as alembic_command
from click.testing import CliRunner
from sqlalchemy import URL, column, insert, select, table
from sqlalchemy.orm import Session

from analysis.example.cli import demo
from analysis.example.story import SCHOOL
from analysis.jobs import ask_for_missing_results
from analysis.models import Edition
from config import Settings
from stakeholder.db import Base, Database
from stakeholder.installation import Installation
from stakeholder.jobs import ledger
from stakeholder.jobs.worker import Worker
from stakeholder.migrations import alembic_config
from stakeholder.models import School
from surveys.models import Audience, QuestionnaireRow, QuestionnaireVersion, Response, Wave
from tests.databases import fresh_postgresql, sqlite_address
from tests.makers import NOW, open_audience, questionnaire, school
from wsgi import make_installation

ANSWERED = 24


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """The settings of an installation whose database has no tables yet."""
    if request.param == "sqlite":
        yield settings_of(tmp_path, sqlite_address(tmp_path / "one.sqlite"))
        return
    with fresh_postgresql(template="template0") as address:
        yield settings_of(tmp_path, address)


def settings_of(folder: Path, address: URL) -> Settings:
    return Settings(
        data_dir=folder, database_url=address.render_as_string(hide_password=False), secret_key="for tests only"
    )


def older(settings: Settings, school_name: str) -> Settings:
    """An installation of the third migration, with a school whose closed wave was answered and counted."""
    old, config = Database(settings.database_url), alembic_config()
    with old.writing() as session:
        config.attributes["connection"] = session.connection()
        alembic_command.upgrade(config, "0003")
        put_counted_wave(session, school_name)
    old.dispose()
    return settings


def put(session: Session, model: type[Base], **values: Any) -> UUID:
    """A row of those columns only: the others did not exist yet."""
    columns = [column(key, model.__table__.c[key].type) for key in values]
    session.execute(insert(table(model.__tablename__, *columns)).values(values))
    found: UUID = values.get("id", UUID(int=0))
    return found


def put_counted_wave(session: Session, name: str) -> None:
    where = put(
        session, School, id=uuid4(), slug="hill", name=name, language="en", time_zone="Europe/London",
        minimum_people=10, groups=[{"key": "student", "label": {"en": "Students"}}], contacts=[],
    )  # fmt: skip
    asked = put(session, QuestionnaireRow, id=uuid4(), school_id=where, key="tiny")
    version = put(
        session, QuestionnaireVersion, id=uuid4(), questionnaire_id=asked, number=1, digest="0" * 64,
        definition=questionnaire().model_dump_json(), published_at=NOW,
    )  # fmt: skip
    wave = put(
        session, Wave, id=uuid4(), school_id=where, key="tiny", title="Tiny", state="closed", opens_at=NOW,
        closes_at=NOW + timedelta(days=9),
    )  # fmt: skip
    audience = put(
        session, Audience, id=uuid4(), wave_id=wave, version_id=version, key="secondary", group="student",
        mode="anonymous", invited=40, invited_by={}, token="long-ago",
    )  # fmt: skip
    answer(session, audience)
    put(session, Edition, id=uuid4(), wave_id=wave, number=1, frozen_at=NOW, audiences=[], cause=None)


def answer(session: Session, audience: UUID) -> None:
    for number in range(ANSWERED):
        key, given = number.to_bytes(8) + audience.bytes[:8], '{"safe": "agree"}'
        put(session, Response, key=key, audience_id=audience, language="en", answers=given)


def audiences_counted(database: Database) -> list[list[str]]:
    with database.reading() as session:
        return [[each["key"] for each in found.audiences] for found in session.scalars(select(Edition))]


@contextmanager
def newer(settings: Settings) -> Iterator[Installation]:
    """The same installation as it runs today; its connections are closed at the end."""
    here = make_installation(settings)
    try:
        yield here
    finally:
        here.database.dispose()


def test_what_an_upgrade_dropped_is_counted_again(empty: Settings) -> None:
    with newer(older(empty, "Hill School")) as here:
        here.upgrade()
        assert audiences_counted(here.database) == []
        here.upgrade()
        assert here.worker.run_until_idle() == 2  # read, then count: an upgrade that is repeated asks once
        assert audiences_counted(here.database) == [["secondary"]]
        here.upgrade()
        assert here.worker.run_until_idle() == 0


def test_the_demo_counts_its_older_school_before_it_serves(empty: Settings) -> None:
    with newer(older(empty, SCHOOL)) as here:
        told = CliRunner().invoke(demo, ["--build-only"], obj=here)
        assert told.exit_code == 0, told.output
        assert "its results are counted again" in told.output
        assert audiences_counted(here.database) == [["secondary"]]


def closed_wave(session: Session, name: str, *, answered: bool = True, day: int = 0) -> Wave:
    audience = open_audience(session, school(session, name))
    wave = session.get_one(Wave, audience.wave_id)
    wave.state, wave.closes_at = "closed", NOW + timedelta(days=day)
    if answered:
        answer(session, audience.id)
    return wave


def test_only_what_is_missing_is_asked_for_and_the_oldest_first(database: Database) -> None:
    with database.writing() as session:
        late, early = closed_wave(session, "Hill", day=2), closed_wave(session, "Dale", day=1)
        closed_wave(session, "Silent", answered=False)
        closed_wave(session, "Open").state = "open"
        counted, releasing = closed_wave(session, "Counted"), closed_wave(session, "Releasing")
        session.add(Edition(wave_id=counted.id, number=1, frozen_at=NOW, audiences=[], cause=None))
        ledger.enqueue(session, "release", {"wave": str(releasing.id), "final": True})
    ask_for_missing_results(database)
    ask_for_missing_results(database)
    seen: list[str] = []
    Worker(
        database,
        {"release": lambda _run: None, "read_comments": lambda run: seen.append(run.payload["wave"])},
        "one",
    ).run_until_idle()
    assert seen == [str(early.id), str(late.id)]
