"""Reading comments on both databases: each once, in chunks, whatever cuts in."""

import pytest
from sqlalchemy import func, select

from analysis.editions import list_editions
from analysis.jobs import BUILD_EDITION, READ_COMMENTS, ask_for_results, build_edition_job, read_comments_job
from analysis.models import CommentReading, CommentTheme, Edition
from analysis.reading_comments import CHUNK, read_comments
from stakeholder.db import Database
from stakeholder.jobs.worker import Worker
from stakeholder.models import School
from surveys.models import Audience
from surveys.storing import store_documents
from tests.makers import lead, open_audience, questionnaire, school

HANDLERS = {READ_COMMENTS: read_comments_job, BUILD_EDITION: build_edition_job}


def commented(database: Database, *texts: str, language: str = "en") -> Audience:
    """An audience whose people wrote these comments about what would make the school better."""
    with database.writing() as session:
        audience = open_audience(session, school(session))
        documents = [(language, {"better": text}) for text in texts]
        assert sum(1 for _ in store_documents(session, audience.id, questionnaire(), documents)) > 0
        return audience


def readings(database: Database) -> list[CommentReading]:
    with database.reading() as session:
        found = list(session.scalars(select(CommentReading)))
        session.expunge_all()
        return found


def test_every_comment_is_read_once(database: Database) -> None:
    wave = commented(database, "The toilets are dirty.", "I love maths.").wave_id
    assert (read_comments(database, wave), read_comments(database, wave)) == (2, 0)
    assert len(readings(database)) == 2


def test_a_reading_says_what_it_is_about_and_how(database: Database) -> None:
    read_comments(database, commented(database, "The toilets are dirty and disgusting.").wave_id)
    (reading,) = readings(database)
    with database.reading() as session:
        themes = [(theme.theme, theme.sentiment) for theme in session.scalars(select(CommentTheme))]
    assert (reading.language, reading.sentiment, reading.safeguarding) == ("en", "negative", False)
    assert ("wel.toilets", "negative") in themes


def test_a_comment_that_worries_is_kept_with_its_kind_of_worry(database: Database) -> None:
    read_comments(database, commented(database, "i dont want to be here anymore, i want to die").wave_id)
    (reading,) = readings(database)
    assert (reading.safeguarding, reading.concerns) == (True, ["self_harm_suicide"])


def test_another_language_is_kept_and_not_judged(database: Database) -> None:
    words = "Toalety są brudne i nie ma w nich papieru, proszę to naprawić."
    read_comments(database, commented(database, words, language="pl").wave_id)
    (reading,) = readings(database)
    assert (reading.language, reading.sentiment, reading.score) == ("pl", None, None)
    with database.reading() as session:
        assert session.scalars(select(CommentTheme)).all() == []


def test_a_cut_between_chunks_loses_nothing_and_doubles_nothing(database: Database) -> None:
    wave = commented(database, *(f"More of number {number}." for number in range(CHUNK + 30))).wave_id

    def cut(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_comments(database, wave, cut)
    assert len(readings(database)) == CHUNK
    assert read_comments(database, wave) == 30
    assert len(readings(database)) == CHUNK + 30


def test_progress_counts_up_to_all_comments(database: Database) -> None:
    seen: list[tuple[int, int]] = []
    wave = commented(database, *(f"More of number {number}." for number in range(CHUNK + 1))).wave_id
    read_comments(database, wave, lambda done, total: seen.append((done, total)))
    assert seen == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_comments_of_another_wave_stay_unread(database: Database) -> None:
    commented(database, "The toilets are dirty.")
    with database.writing() as session:
        other = open_audience(session, school(session, "Valley School")).wave_id
    assert read_comments(database, other) == 0


def test_asking_for_results_reads_the_comments_and_then_counts(database: Database) -> None:
    wave = commented(database, *["The toilets are dirty."] * 12).wave_id
    ask_for_results(database, wave)
    assert Worker(database, HANDLERS, "one").run_until_idle() == 2
    with database.reading() as session:
        dev = lead(session.scalars(select(School)).one())
        assert len(list_editions(session, dev)) == 1
        assert session.execute(select(func.count()).select_from(CommentReading)).scalar_one() == 12


def test_asking_twice_before_anything_ran_counts_once(database: Database) -> None:
    wave = commented(database, "The toilets are dirty.").wave_id
    ask_for_results(database, wave)
    ask_for_results(database, wave)
    Worker(database, HANDLERS, "one").run_until_idle()
    with database.reading() as session:
        assert len(session.scalars(select(Edition)).all()) == 1
