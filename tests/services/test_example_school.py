"""The example school: alive, honest, repeatable, and never beside a real one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.editions import EditionView, load_edition
from analysis.example.building import build_example_school
from analysis.example.cli import refuse_a_real_school
from analysis.example.story import SCHOOL
from analysis.measures.comparing import change, response_rate
from stakeholder.db import Database
from stakeholder.errors import Conflict
from stakeholder.models import School
from surveys.models import Audience, Comment, Response, Wave
from tests.databases import fresh_postgresql, fresh_sqlite, sqlite_address
from tests.examples import example_in
from tests.makers import lead, school

DIMENSIONS = ("achievement", "wellbeing", "future", "community")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The example school on each kind of database, built once for all tests here."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            address = sqlite_address(example_in(tmp_path_factory.mktemp("example"), tmp_path_factory))
        else:
            address = stack.enter_context(fresh_postgresql())
        database = Database(address.render_as_string(hide_password=False))
        stack.callback(database.dispose)
        if request.param == "postgresql":
            build_example_school(database, progress=lambda _words, _done, _total: None)
        yield database


def edition(session: Session, year: int) -> EditionView:
    return load_edition(session, lead(session.scalars(select(School)).one()), f"spring-{year}")


def rows(session: Session, table: Any, audience: str, year: int) -> int:
    return session.scalars(
        select(func.count())
        .select_from(table)
        .join(Audience, Audience.id == table.audience_id)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Audience.key == audience, Wave.key == f"spring-{year}")
    ).one()


@pytest.mark.parametrize(
    ("audience", "least", "most"),
    [("secondary", 690, 790), ("staff", 80, 100), ("parent", 270, 340), ("governor", 10, 14), ("primary", 100, 130)],
)
def test_as_many_answer_as_in_a_school_of_its_size(built: Database, audience: str, least: int, most: int) -> None:
    with built.reading() as session:
        assert least <= rows(session, Response, audience, 2026) <= most


def test_about_fifteen_hundred_comments_are_written(built: Database) -> None:
    with built.reading() as session:
        per_audience = Counter(
            session.scalars(select(Audience.key).join(Comment, Comment.audience_id == Audience.id)).all()
        )
    assert sum(per_audience.values()) >= 1_350
    assert all(per_audience[audience] >= 20 for audience in ("secondary", "parent", "staff", "primary", "governor"))


def test_something_gets_better_something_worse_and_something_is_not_clear(built: Database) -> None:
    with built.reading() as session:
        before, now = edition(session, 2024), edition(session, 2026)
        verdicts = Counter(
            change(earlier, later).verdict
            for later in now.of("item", "secondary", ())
            if (earlier := before.find("item", later.subject, "secondary"))
        )
    assert min(verdicts["up"], verdicts["down"], verdicts["no clear change"]) >= 2


def test_every_dimension_has_a_score_and_they_differ(built: Database) -> None:
    with built.reading() as session:
        found = edition(session, 2026)
        scores = [found.find("score", dimension, "secondary") for dimension in DIMENSIONS]
    means = [round(score.mean or 0) for score in scores if score]
    assert len(means) == len(DIMENSIONS)
    assert max(means) - min(means) >= 3
    assert 40 < min(means) <= max(means) < 90


def test_response_rates_are_known(built: Database) -> None:
    with built.reading() as session:
        found = edition(session, 2026).find("response", "response", "parent")
    assert found
    rate = response_rate(found)
    assert rate
    assert 0.3 < rate < 1


def test_the_same_seed_builds_the_same_school(built: Database, tmp_path: Path) -> None:
    other = Database(str(fresh_sqlite(tmp_path / "again.sqlite")))
    build_example_school(other, progress=lambda _words, _done, _total: None)
    with built.reading() as one, other.reading() as two:
        assert edition(one, 2026).cells == edition(two, 2026).cells
        said = [sorted(session.scalars(select(Comment.text))) for session in (one, two)]
    other.dispose()
    assert said[0] == said[1]


def test_the_demo_does_not_start_beside_a_real_school(database: Database) -> None:
    refuse_a_real_school(database)
    with database.writing() as session:
        school(session, "Hill School")
    with pytest.raises(Conflict, match="Hill School"):
        refuse_a_real_school(database)
    assert SCHOOL != "Hill School"
