"""A real survey through import and counting: 8,000 answers about reading (OECD, PISA 2009)."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import select

import surveys
from analysis.editions import build_edition, load_edition
from analysis.editions.answers import Answers, load_answers
from analysis.measures import cronbach_alpha
from stakeholder.db import Database
from stakeholder.models import School
from surveys.importing.mapping import propose
from surveys.importing.service import audience_for_import, prepare, store
from surveys.importing.tables import open_table
from surveys.loading import load_questionnaire
from surveys.models import Audience
from surveys.published import publish
from tests.makers import NOW, lead, school

EXAMPLE = Path(surveys.__file__).parent / "data" / "examples" / "reading_2009.yaml"
ENJOYMENT = "ST24"


@pytest.fixture
def audience(database: Database, samples: Path, tmp_path: Path) -> Audience:
    """The whole file, imported."""
    file = samples / "responses" / "pisa2009_reading_8000.csv.gz"
    asking = load_questionnaire(EXAMPLE.read_text("utf-8"), source=EXAMPLE.name)
    with open_table(file) as table:
        plan = propose(table.header, asking)
    prepared = prepare(file, asking, plan, folder=tmp_path, progress=lambda _done, _total: None)
    with prepared.documents, database.writing() as session:
        somewhere = school(session)
        publish(session, lead(somewhere), asking, now=NOW)
        found = audience_for_import(
            session, lead(somewhere), questionnaire_key=asking.key, wave_name="2009", group=None, now=NOW
        )
        assert store(session, prepared, found, lambda _done, _total: None) == 8_000
        return found


def scores(answers: Answers, prefix: str) -> NDArray[np.float64]:
    """People by statements, 0-100, negative statements turned round."""
    found = []
    for key, column in answers.columns.items():
        if key.lower().startswith(prefix.lower()):
            options = (*column.options, *column.unscored_options)
            table = np.array([np.nan, *(column.score(option.code) for option in options)], float)
            found.append(table[answers.codes[key] + 1])
    return np.stack(found, axis=1)


def test_the_enjoyment_of_reading_hangs_together_as_it_was_published(database: Database, audience: Audience) -> None:
    asking = load_questionnaire(EXAMPLE.read_text("utf-8"), source=EXAMPLE.name)
    with database.reading() as session:
        found = scores(load_answers(session, audience.id, asking), ENJOYMENT)
    assert found.shape == (8_000, 11)
    assert cronbach_alpha(found) == pytest.approx(0.89, abs=0.01)


def test_each_country_is_counted_and_their_people_add_up(database: Database, audience: Audience) -> None:
    with database.writing() as session:
        build_edition(session, audience.wave_id, now=NOW)
    with database.reading() as session:
        somewhere = session.scalars(select(School)).one()
        edition = load_edition(session, lead(somewhere))
        ((key, _, countries),) = edition.breakdowns(audience.key)
        found = [edition.find("response", "response", audience.key, ((key, code),)) for code, _ in countries]
    assert len(found) == 3
    assert abs(sum(each.n for each in found if each) - 8_000) <= 3 * 2  # each is rounded by itself, by two at most
    assert len(edition.of("item", audience.key, ())) >= 70
