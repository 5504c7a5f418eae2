"""A school teaches the model by what its people say of comments: tried, used, undone; on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.comments.learning import adjustments, ask_to_learn, learn, lesson_count, shipped_model, undo, use
from analysis.comments.models import CommentSample, SchoolAdjustment
from analysis.comments.queueing import code
from analysis.comments.shelf import groups
from analysis.comments.state import reading_state
from analysis.reading_comments import read_comments, reader_of
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import Job
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.models import Audience
from tests.makers import NOW, person, school
from tests.services.test_shelf import closed, comment_id, someone, themes_of

WORDS = ("again", "every day", "after lunch", "in winter", "since June", "on Mondays", "for months", "upstairs")
BEANPOLE = tuple(f"Beanpole {word} {place}" for word in WORDS for place in ("near C block", "by the gate"))
OTHERS = tuple(f"Windmill {word} {place}" for word in WORDS for place in ("near C block", "by the gate"))
UNREAD = "Beanpole as usual"


def taught(database: Database) -> tuple[Audience, Viewer]:
    """A read wave in which Dev says that "Beanpole", a word of this school only, is about the toilets."""
    audience, dev = closed(database, *BEANPOLE, *OTHERS, UNREAD)
    with database.writing() as session:
        for text in BEANPOLE:
            code(session, dev, comment_id(database, text), sentiment="negative", themes=["wel.toilets"])
        for text in OTHERS:
            code(session, dev, comment_id(database, text), sentiment="neutral", themes=[])
    return audience, dev


def tried(session: Session, school_id: UUID) -> None:
    """Something that was learnt and waits for a decision."""
    figures = {"themes": [0.4, 0.6], "feeling": [0.5, 0.75]}
    session.add(
        SchoolAdjustment(
            school_id=school_id, number=1, state="tried", model=shipped_model(), lessons=32, figures=figures,
            added={"weights": {}, "bias": {"t:wel.toilets": 0.5}}, made_at=NOW,
        )
    )  # fmt: skip


def test_what_was_learnt_is_tried_used_and_undone(database: Database) -> None:
    audience, dev = taught(database)
    before = themes_of(database, comment_id(database, UNREAD))
    assert learn(database, dev.where) is not None
    with database.writing() as session:
        tried = adjustments(session, dev)[0]
        shipped = reader_of(session, dev.where).version
        assert (tried.number, tried.state, tried.lessons) == (1, "tried", 32)
        assert tried.figures["themes"][1] > tried.figures["themes"][0]
        use(session, dev, 1, now=NOW)
        assert reader_of(session, dev.where).version != shipped
        assert [job.kind for job in session.scalars(select(Job))] == ["read_comments"]
        state = reading_state(session, dev, groups(session, dev))
        assert state is not None
        assert (state.model[-2:], state.is_whole) == ("+1", False)
    read_comments(database, audience.wave_id)
    assert set(themes_of(database, comment_id(database, UNREAD))) == {"wel.toilets"} != set(before)
    with database.writing() as session:
        undo(session, dev, 1, now=NOW)
        assert reader_of(session, dev.where).version == shipped
    read_comments(database, audience.wave_id)
    assert themes_of(database, comment_id(database, UNREAD)) == before


def test_the_random_sample_is_never_learnt_from(database: Database) -> None:
    audience, dev = taught(database)
    with database.writing() as session:
        for text in BEANPOLE[:3]:
            key = comment_id(database, text).bytes
            session.add(CommentSample(wave_id=audience.wave_id, comment_key=key))
    with database.writing() as session:
        assert lesson_count(session, dev) == 29
        with pytest.raises(Invalid, match="30 comments"):
            ask_to_learn(session, dev)
    assert learn(database, dev.where) is None


def test_other_schools_and_readers_of_quotes_teach_nothing(database: Database) -> None:
    _, dev = closed(database, *BEANPOLE)
    ben = someone(database, "Ben", Role.STUDENT_RESEARCHER)
    with database.writing() as session:
        tried(session, dev.where)
        valley = school(session, "Valley School")
        zoe = Viewer(person(session, valley, "Zoe", Role.HEAD).id, valley.id, "Zoe", frozenset({Role.HEAD}))
        assert (list(adjustments(session, zoe)), lesson_count(session, zoe)) == ([], 0)
        with pytest.raises(NotFound):
            use(session, zoe, 1, now=NOW)
        with pytest.raises(NotAllowed):
            ask_to_learn(session, ben)
        with pytest.raises(NotFound):
            undo(session, dev, 1, now=NOW)
