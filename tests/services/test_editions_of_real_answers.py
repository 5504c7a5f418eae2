"""A real survey through import and counting: 8,000 answers about reading (OECD, PISA 2009)."""

import csv
import gzip
import random
from collections import Counter
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import select

import surveys
from analysis.editions import EditionView, build_edition, load_edition
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
def file(samples: Path) -> Path:
    """The real file."""
    return samples / "responses" / "pisa2009_reading_8000.csv.gz"


@pytest.fixture
def audience(database: Database, file: Path, tmp_path: Path) -> Audience:
    """The whole file, imported."""
    return imported(database, file, tmp_path, rows=8_000)


def imported(database: Database, file: Path, tmp_path: Path, *, rows: int) -> Audience:
    """A file of the reading questionnaire, imported."""
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
        assert store(session, prepared, found, lambda _done, _total: None) == rows
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


def reckoned(file: Path, country: str = "") -> dict[str, Counter[str]]:
    """By column in small letters, how often each cell's words stand there: counted from the file and nothing else."""
    content = file.read_bytes()
    text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode().replace("’", "'")
    listed = [row for row in csv.DictReader(StringIO(text)) if not country or row["CNT"] == country]
    return {name.lower(): Counter(row[name].lower() for row in listed) for name in listed[0]}


def off(edition: EditionView, audience: str, file: Path) -> list[str]:
    """Numbers of people that differ from the file's own by more than the two of rounding."""
    wrong = []
    ((key, _, countries),) = edition.breakdowns(audience)
    for filters, country in [((), ""), *((((key, code),), words) for code, words in countries)]:
        counts = reckoned(file, country)
        for item in edition.of("item", audience, filters):
            if item.status == "shown":
                told = {option.label.lower(): option.people for option in item.options}
                wrong += [
                    f"{country} {item.subject} {words}: {people}, in the file {counts[item.subject][words]}"
                    for words, people in told.items()
                    if abs(people - counts[item.subject][words]) > 2
                ]
                scored = sum(counts[item.subject][option.label.lower()] for option in item.options if option.scored)
                wrong += (
                    [f"{country} {item.subject}: {item.n}, in the file {scored}"] if abs(item.n - scored) > 2 else []
                )
    return wrong


def made_up(path: Path, rows: int) -> Path:
    """A file in the layout of the export: words of the questionnaire's own options, drawn at random."""
    asking, chance = load_questionnaire(EXAMPLE.read_text("utf-8"), source=EXAMPLE.name), random.Random(7)
    columns = [question.columns()[0] for question in asking.questions if question.columns()]
    with path.open("w", encoding="utf-8", newline="") as opened:
        write = csv.writer(opened)
        write.writerow([column.key.upper() for column in columns])
        for _ in range(rows):
            write.writerow(
                [chance.choice(["", *(str(option.label) for option in column.options)]) for column in columns]
            )
    return path


def test_a_made_up_file_is_counted_as_it_stands(database: Database, tmp_path: Path) -> None:
    file = made_up(tmp_path / "made_up.csv", 300)
    audience = imported(database, file, tmp_path, rows=300)
    with database.writing() as session:
        build_edition(session, audience.wave_id, now=NOW)
        edition = load_edition(session, lead(session.scalars(select(School)).one()))
    assert len([item for item in edition.of("item", audience.key) if item.status == "shown"]) > 150
    assert off(edition, audience.key, file) == []


def test_each_country_is_counted_and_their_people_add_up(database: Database, file: Path, audience: Audience) -> None:
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
    assert off(edition, audience.key, file) == []
