"""Coding by several people: queues, blindness, differences, decisions, and the machine measured, on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import select

from analysis.codebook import default_codebook
from analysis.comments.measuring import accuracy, agreements, differences
from analysis.comments.models import CommentSample
from analysis.comments.queueing import adjudicate, code, draw_sample, queue
from analysis.comments.quotes import choose, release
from analysis.comments.shelf import Group, groups
from analysis.models import CommentReading
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from tests.makers import NOW
from tests.services.test_shelf import TOILETS, closed, comment_id, someone

FORTY = tuple(f"The toilets on floor {number} are dirty." for number in range(40))


def wave_for(database: Database, viewer: Viewer) -> list[Group]:
    with database.reading() as session:
        return groups(session, viewer)


def say(database: Database, viewer: Viewer, text: str, *themes: str, mood: str = "negative") -> None:
    with database.writing() as session:
        code(session, viewer, comment_id(database, text), sentiment=mood, themes=themes)


def next_of(database: Database, viewer: Viewer, name: str) -> tuple[int, int, UUID | None]:
    with database.reading() as session:
        found = queue(session, viewer, groups(session, viewer), name)
        return found.waiting, found.done, found.next


def test_what_the_machine_is_least_sure_of_comes_first(database: Database) -> None:
    _, dev = closed(database, *FORTY[:11], TOILETS)
    with database.writing() as session:
        for reading in session.scalars(select(CommentReading)):
            reading.sure = reading.comment_key != comment_id(database).bytes
    assert next_of(database, dev, "useful") == (12, 0, comment_id(database))


def test_a_coder_meets_each_comment_once_and_another_meets_it_too(database: Database) -> None:
    _, dev = closed(database, *FORTY[:11], TOILETS)
    huw = someone(database, "Huw", Role.MENTOR)
    say(database, dev, TOILETS, "wel.toilets")
    assert next_of(database, dev, "useful")[:2] == (11, 1)
    assert next_of(database, huw, "useful")[:2] == (12, 0)


def test_a_sample_is_drawn_by_chance_once_and_grows(database: Database) -> None:
    _, dev = closed(database, *FORTY)
    with database.writing() as session:
        wave = groups(session, dev)
        assert draw_sample(session, dev, wave, size=12, now=NOW) == 12
        first = set(session.scalars(select(CommentSample.comment_key)))
        assert draw_sample(session, dev, wave, size=100, now=NOW) == 40
        assert first < set(session.scalars(select(CommentSample.comment_key)))
    assert next_of(database, dev, "sample")[0] == 40


def test_student_researchers_code_only_what_was_released(database: Database) -> None:
    _, dev = closed(database, *FORTY[:11], TOILETS)
    ben = someone(database, "Ben", Role.STUDENT_RESEARCHER)
    assert next_of(database, ben, "useful") == (0, 0, None)
    with database.writing() as session:
        choose(session, dev, comment_id(database), now=NOW)
        release(session, dev, comment_id(database), now=NOW)
    assert next_of(database, ben, "useful") == (1, 0, comment_id(database))
    say(database, ben, TOILETS, "wel.toilets")
    with database.writing() as session:
        wave = groups(session, ben)
        for forbidden in (
            lambda: differences(session, ben, wave),
            lambda: accuracy(session, ben, wave, default_codebook()),
            lambda: draw_sample(session, ben, wave, size=9, now=NOW),
            lambda: adjudicate(session, ben, comment_id(database), sentiment="negative", themes=()),
        ):
            with pytest.raises(NotAllowed):
                forbidden()


def test_governors_and_strangers_code_nothing(database: Database) -> None:
    _, dev = closed(database, *FORTY[:11], TOILETS)
    carys = someone(database, "Carys", Role.GOVERNOR)
    with database.writing() as session, pytest.raises(NotAllowed):
        code(session, carys, comment_id(database), sentiment="negative", themes=())
    with database.writing() as session, pytest.raises(Invalid):
        code(session, dev, comment_id(database), sentiment="", themes=("no.such",))


def test_a_difference_is_listed_until_it_is_decided(database: Database) -> None:
    _, dev = closed(database, *FORTY[:11], TOILETS)
    huw = someone(database, "Huw", Role.MENTOR)
    say(database, dev, TOILETS, "wel.toilets")
    say(database, huw, TOILETS, "wel.food")
    with database.writing() as session:
        wave = groups(session, dev)
        (found,) = differences(session, dev, wave)
        assert (found.comment.text, sorted(name for name, _ in found.said)) == (TOILETS, ["Dev", "Huw"])
        adjudicate(session, dev, comment_id(database), sentiment="negative", themes=("wel.toilets",))
        assert differences(session, dev, wave) == []


def test_agreement_is_told_by_theme(database: Database) -> None:
    _, dev = closed(database, *FORTY[:12])
    huw = someone(database, "Huw", Role.MENTOR)
    for number, text in enumerate(FORTY[:12]):
        say(database, dev, text, *(["wel.toilets"] if number % 2 else ["wel.food"]))
        say(database, huw, text, *(["wel.toilets"] if number % 2 else []))
    with database.reading() as session:
        found = dict(agreements(session, dev, groups(session, dev), default_codebook()))
    assert (found["wel.toilets"].comments, found["wel.toilets"].kappa) == (12, 1.0)
    assert found["wel.food"].kappa == 0.0


def test_the_machine_is_measured_from_thirty_comments_on(database: Database) -> None:
    _, dev = closed(database, *FORTY)
    book = default_codebook()
    with database.writing() as session:
        draw_sample(session, dev, groups(session, dev), size=40, now=NOW)
    for text in FORTY[:29]:
        say(database, dev, text, "wel.toilets")
    with database.reading() as session:
        early = accuracy(session, dev, groups(session, dev), book)
    assert early is not None
    assert (early.sample, early.coded, early.themes) == (40, 29, ())
    say(database, dev, FORTY[29])
    with database.reading() as session:
        found = accuracy(session, dev, groups(session, dev), book)
    assert found is not None
    toilets = found.of("wel.toilets")
    assert toilets is not None
    assert (toilets.errors.both, toilets.errors.only_reader, toilets.errors.only_people) == (29, 1, 0)
    assert found.right is not None
    assert found.right.value == 1.0
