"""Which comments may be read, by whom, and what people's words do to them, on both databases."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from analysis.comments.coding import add_theme, contest_sentiment, contest_theme, explained, write_coding
from analysis.comments.quotes import board, choose, release, take_down
from analysis.comments.shelf import Asked, asked_for, comments_of, groups
from analysis.comments.state import reading_state
from analysis.editions import keep_rounding_key
from analysis.models import CommentReading, CommentTheme
from analysis.reading_comments import read_comments
from analysis.sharing import share
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.models import Audience, Comment, Wave
from tests.makers import NOW, person, school
from tests.services.test_reading_comments import commented

LONG_AGO = date(2000, 1, 1)
TOILETS = "The toilets are dirty."
NINE = tuple(f"More of number {number}." for number in range(9))


def someone(database: Database, name: str, role: Role) -> Viewer:
    with database.writing() as session:
        hill = session.scalars(select(School)).first()
        assert hill is not None
        who = person(session, hill, name, role)
        return Viewer(who.id, hill.id, name, frozenset({role}))


def closed(database: Database, *texts: str) -> tuple[Audience, Viewer]:
    """A closed wave whose comments are read and shared with everybody, and Dev."""
    audience = commented(database, *texts)
    read_comments(database, audience.wave_id)
    with database.writing() as session:
        session.get_one(Wave, audience.wave_id).state = "closed"
        keep_rounding_key(session, audience.wave_id, b"k" * 32)
    dev = someone(database, "Dev", Role.SURVEY_LEAD)
    show_from(database, dev, LONG_AGO)
    return audience, dev


def show_from(database: Database, dev: Viewer, day: date | None) -> None:
    """Share every wave with governors and researchers from a day on, or no longer."""
    with database.writing() as session:
        for key in session.scalars(select(Wave.key).where(Wave.school_id == dev.where)):
            share(session, dev, key, {"governors": day, "researchers": day}, now=NOW)


def texts_for(database: Database, viewer: Viewer, asked: Asked | None = None) -> list[str]:
    with database.reading() as session:
        wanted = asked or Asked()
        found, _ = comments_of(session, viewer, asked_for(groups(session, viewer), wanted), wanted)
        return [each.text for each in found]


def comment_id(database: Database, text: str = TOILETS) -> UUID:
    with database.reading() as session:
        return UUID(bytes=session.scalars(select(Comment.key).where(Comment.text == text)).one())


def themes_of(database: Database, comment: UUID) -> dict[str, str]:
    with database.reading() as session:
        rows = session.scalars(select(CommentTheme).where(CommentTheme.comment_key == comment.bytes))
        return {row.theme: row.sentiment for row in rows}


def test_ten_comments_are_read_and_nine_are_not(database: Database) -> None:
    _, dev = closed(database, TOILETS, *NINE)
    assert len(texts_for(database, dev)) == 10


def test_a_group_of_nine_is_not_listed(database: Database) -> None:
    _, dev = closed(database, *NINE)
    assert texts_for(database, dev) == []


def test_a_comment_that_worries_is_on_no_shelf_and_does_not_fill_the_group(database: Database) -> None:
    _, dev = closed(database, "i dont want to be here anymore, i want to die", *NINE)
    assert texts_for(database, dev) == []


def test_a_comment_hidden_when_it_was_sent_stays_hidden(database: Database) -> None:
    _, dev = closed(database, TOILETS, *NINE, "More shade.")
    with database.writing() as session:
        session.get_one(Comment, comment_id(database).bytes).hidden = True
    assert TOILETS not in texts_for(database, dev)
    with database.reading() as session, pytest.raises(NotFound):
        explained(session, dev, comment_id(database))


def test_comments_of_an_open_wave_are_not_read_yet(database: Database) -> None:
    audience, dev = closed(database, TOILETS, *NINE)
    with database.writing() as session:
        session.get_one(Wave, audience.wave_id).state = "open"
    assert texts_for(database, dev) == []


def test_names_are_never_shown(database: Database) -> None:
    _, dev = closed(database, "Mr Owen shouts, ring 01632 960123.", *NINE)
    assert "[staff] shouts, ring [phone]." in texts_for(database, dev)


def test_filters_by_theme_feeling_and_words(database: Database) -> None:
    _, dev = closed(database, TOILETS, "I love the trips.", *NINE)
    assert texts_for(database, dev, Asked(theme="wel.toilets")) == [TOILETS]
    assert "I love the trips." in texts_for(database, dev, Asked(sentiment="positive"))
    assert texts_for(database, dev, Asked(words="TOILETS dirty")) == [TOILETS]
    assert texts_for(database, dev, Asked(words="%")) == []


def test_researchers_and_governors_read_what_was_released_and_nothing_else(database: Database) -> None:
    _, dev = closed(database, TOILETS, *NINE)
    readers = [someone(database, "Ben", Role.STUDENT_RESEARCHER), someone(database, "Carys", Role.GOVERNOR)]
    toilets, other = comment_id(database), comment_id(database, NINE[0])
    with database.writing() as session:
        choose(session, dev, toilets, now=NOW)
        choose(session, dev, other, now=NOW)
        release(session, dev, toilets, now=NOW)
    for reader in readers:
        assert texts_for(database, reader) == [TOILETS]
        with database.reading() as session:
            assert [one.text for _, quotes in board(session, reader) for one in quotes] == [TOILETS]
            assert len(explained(session, reader, toilets).sayings) == 1
            with pytest.raises(NotFound):
                explained(session, reader, other)
            with pytest.raises(NotAllowed):
                contest_theme(session, reader, toilets, "wel.toilets")
    with database.writing() as session:
        take_down(session, dev, toilets, now=NOW)
    assert texts_for(database, readers[0]) == []


@pytest.mark.parametrize("day", [None, date(2999, 1, 1)])
def test_what_was_released_waits_until_the_wave_is_shared(database: Database, day: date | None) -> None:
    _, dev = closed(database, TOILETS, *NINE)
    ben, carys = (someone(database, "Ben", Role.STUDENT_RESEARCHER), someone(database, "Carys", Role.CHAIR))
    morgan = someone(database, "Morgan", Role.MENTOR)
    with database.writing() as session:
        choose(session, dev, comment_id(database), now=NOW)
        release(session, dev, comment_id(database), now=NOW)
    show_from(database, dev, day)
    for reader in (ben, carys, morgan):
        with database.reading() as session:
            assert groups(session, reader) == []
            assert board(session, reader) == []
            with pytest.raises(NotFound):
                explained(session, reader, comment_id(database))
    assert len(texts_for(database, dev)) == 10


def test_another_school_reads_nothing(database: Database) -> None:
    closed(database, TOILETS, *NINE)
    with database.writing() as session:
        valley = school(session, "Valley School")
        zoe = Viewer(person(session, valley, "Zoe", Role.SURVEY_LEAD).id, valley.id, "Zoe", frozenset({Role.HEAD}))
    assert texts_for(database, zoe) == []
    with database.reading() as session, pytest.raises(NotFound):
        explained(session, zoe, comment_id(database))


def test_reasons_show_the_words_that_decided(database: Database) -> None:
    _, dev = closed(database, TOILETS, *NINE)
    with database.reading() as session:
        found = explained(session, dev, comment_id(database))
    assert ("toilets", ("wel.toilets",)) in found.pieces
    assert "".join(words for words, _ in found.pieces) == TOILETS


def test_a_contested_theme_is_gone_and_both_voices_stay_on_record(database: Database) -> None:
    _, dev = closed(database, TOILETS, *NINE)
    comment = comment_id(database)
    with database.writing() as session:
        contest_theme(session, dev, comment, "wel.toilets")
        add_theme(session, dev, comment, "wel.food", "negative")
        contest_sentiment(session, dev, comment, "mixed")
    assert "wel.toilets" not in themes_of(database, comment)
    assert "wel.food" in themes_of(database, comment)
    with database.reading() as session:
        found = explained(session, dev, comment)
        machine, corrected = found.sayings
    assert "wel.toilets" in dict(machine.themes)
    assert (corrected.by, corrected.purpose, corrected.sentiment) == ("Dev", "correction", "mixed")
    assert found.comment.by_person


def test_what_people_said_holds_when_the_machine_reads_again(database: Database) -> None:
    audience, dev = closed(database, TOILETS, *NINE)
    comment = comment_id(database)
    with database.writing() as session:
        contest_theme(session, dev, comment, "wel.toilets")
        session.get_one(CommentReading, comment.bytes).version = "older"
    assert read_comments(database, audience.wave_id) == 1
    assert "wel.toilets" not in themes_of(database, comment)


def test_two_blind_coders_who_differ_leave_the_machines_word(database: Database) -> None:
    _, dev = closed(database, TOILETS, *NINE)
    huw = someone(database, "Huw", Role.MENTOR)
    comment, before = comment_id(database), themes_of(database, comment_id(database))
    food, rest = (("wel.food", "negative"),), (("wel.toilets", "negative"),)
    with database.writing() as session:
        write_coding(session, dev, comment.bytes, purpose="blind", sentiment="negative", themes=food)
        assert session.get_one(CommentReading, comment.bytes).by_person
        write_coding(session, huw, comment.bytes, purpose="blind", sentiment="negative", themes=rest)
    assert themes_of(database, comment) == before
    with database.writing() as session:
        write_coding(session, huw, comment.bytes, purpose="adjudicated", sentiment="negative", themes=food)
    assert themes_of(database, comment) == {"wel.food": "negative"}


@pytest.mark.parametrize(("theme", "mood"), [("no.such", "negative"), ("wel.food", "furious")])
def test_unknown_themes_and_feelings_are_refused(database: Database, theme: str, mood: str) -> None:
    _, dev = closed(database, TOILETS, *NINE)
    with database.writing() as session, pytest.raises(Invalid):
        add_theme(session, dev, comment_id(database), theme, mood)


def test_the_state_says_how_many_were_not_read_and_why(database: Database) -> None:
    polish = "Toalety są brudne i nie ma w nich papieru, proszę to naprawić."
    audience, dev = closed(database, *[polish] * 3, *(f"{each} Please." for each in NINE))
    with database.writing() as session:
        found = reading_state(session, dev, groups(session, dev))
        assert found is not None
        assert (found.comments, found.unread, found.is_whole) == (12, (("pl", 3),), True)
        key = session.scalars(select(Comment.key).where(Comment.audience_id == audience.id)).first()
        session.get_one(CommentReading, key).version = "older"
        session.flush()
        again = reading_state(session, dev, groups(session, dev))
    assert again is not None
    assert not again.is_whole
