"""Comments without names beside what was written, on both databases: made at reading, made anew when names change."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from analysis.comments.doubts import decide, doubts
from analysis.comments.roster import Names, count_names, replace_roster
from analysis.jobs import (
    BUILD_EDITION,
    CHECK_READINGS,
    READ_COMMENTS,
    ask_for_a_check_of_readings,
    build_edition_job,
    check_readings_job,
    read_comments_job,
)
from analysis.models import CommentReading
from analysis.reading_comments import read_comments
from analysis.text.personal.roster import NameKind
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.jobs.worker import Worker
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.models import Comment
from tests.makers import NOW, lead, person
from tests.services.test_reading_comments import commented

HANDLERS = {READ_COMMENTS: read_comments_job, BUILD_EDITION: build_edition_job, CHECK_READINGS: check_readings_job}
STAFF: Sequence[tuple[str, NameKind]] = (("Mrs Ann Hartley", "staff_name"),)


def bring_in(database: Database, names: Sequence[tuple[str, NameKind]]) -> Names:
    with database.writing() as session:
        dev = lead(session.scalars(select(School)).one())
        replace_roster(session, dev, names, now=NOW)
        return count_names(session, dev)


def erin(database: Database) -> Viewer:
    with database.writing() as session:
        hill = session.scalars(select(School)).one()
        someone = person(session, hill, "Erin", Role.SAFEGUARDING_LEAD)
        return Viewer(someone.id, hill.id, "Erin", frozenset({Role.SAFEGUARDING_LEAD}))


def redacted_texts(database: Database) -> list[str | None]:
    with database.reading() as session:
        return list(session.scalars(select(CommentReading.redacted)))


def test_a_reading_holds_the_comment_without_names_and_keeps_what_was_written(database: Database) -> None:
    wave = commented(database, "The toilets are dirty, ask Mr Owen or ring 01632 960123.").wave_id
    read_comments(database, wave)
    assert redacted_texts(database) == ["The toilets are dirty, ask [staff] or ring [phone]."]
    with database.reading() as session:
        assert session.scalars(select(Comment.text)).one().endswith("01632 960123.")


def test_reasons_stand_at_their_words_in_the_redacted_comment(database: Database) -> None:
    read_comments(database, commented(database, "Mr Bartholomew says the toilets are dirty.").wave_id)
    with database.reading() as session:
        reading = session.scalars(select(CommentReading)).one()
        assert reading.redacted and reading.reasons
        words = {reading.redacted[start:end] for theme, start, end in reading.reasons if theme == "wel.toilets"}
    assert "toilets" in words


def test_bringing_in_names_hides_them_in_comments_that_were_read_before(database: Database) -> None:
    read_comments(database, commented(database, "hartley never listens").wave_id)
    assert redacted_texts(database) == ["hartley never listens"]
    assert bring_in(database, STAFF) == Names(staff=1, pupils=0)
    Worker(database, HANDLERS, "one").run_until_idle()
    assert redacted_texts(database) == ["[staff] never listens"]


def test_a_new_list_takes_the_place_of_the_old_one(database: Database) -> None:
    commented(database, "More clubs.")
    bring_in(database, STAFF)
    assert bring_in(database, (("Sam Green", "pupil_name"), ("Sam Green", "pupil_name"))) == Names(0, 1)


def test_an_unknown_capital_is_hidden_until_a_lead_says_that_it_is_no_name(database: Database) -> None:
    read_comments(database, commented(database, "We need more Zorbing at lunch.").wave_id)
    assert redacted_texts(database) == ["We need more [name] at lunch."]
    lead_of_care = erin(database)
    with database.writing() as session:
        (doubt,) = doubts(session, lead_of_care)
        assert (doubt.word, doubt.before, doubt.after) == ("Zorbing", "We need more ", " at lunch.")
        decide(session, lead_of_care, doubt.word, is_name=False, now=NOW)
    Worker(database, HANDLERS, "one").run_until_idle()
    assert redacted_texts(database) == ["We need more Zorbing at lunch."]
    with database.reading() as session:
        assert doubts(session, lead_of_care) == []


def test_a_word_that_is_a_name_stays_hidden_and_is_asked_no_more(database: Database) -> None:
    read_comments(database, commented(database, "I sit with Zebedee at lunch.").wave_id)
    lead_of_care = erin(database)
    with database.writing() as session:
        decide(session, lead_of_care, "Zebedee", is_name=True, now=NOW)
    Worker(database, HANDLERS, "one").run_until_idle()
    assert redacted_texts(database) == ["I sit with [name] at lunch."]
    with database.reading() as session:
        assert doubts(session, lead_of_care) == []


def test_only_the_safeguarding_lead_sees_doubtful_words(database: Database) -> None:
    commented(database, "I sit with Zebedee at lunch.")
    with database.writing() as session:
        dev = lead(session.scalars(select(School)).one())
        with pytest.raises(NotAllowed):
            doubts(session, dev)
        with pytest.raises(NotAllowed):
            decide(session, dev, "Zebedee", is_name=False, now=NOW)


def test_what_has_no_letters_is_no_word_to_decide_on(database: Database) -> None:
    commented(database, "More clubs.")
    lead_of_care = erin(database)
    with database.writing() as session, pytest.raises(Invalid):
        decide(session, lead_of_care, "  ", is_name=True, now=NOW)


def test_comments_read_before_redaction_are_read_again_after_an_upgrade(database: Database) -> None:
    wave = commented(database, *["The toilets are dirty."] * 3)
    read_comments(database, wave.wave_id)
    with database.writing() as session:
        for reading in session.scalars(select(CommentReading)):
            reading.version, reading.redacted = None, None
        from surveys.models import Wave

        session.get_one(Wave, wave.wave_id).state = "closed"
    ask_for_a_check_of_readings(database)
    Worker(database, HANDLERS, "one").run_until_idle()
    assert redacted_texts(database) == ["The toilets are dirty."] * 3
