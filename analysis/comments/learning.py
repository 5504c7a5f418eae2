"""A school teaches the model: its people's codings become an adjustment, tried first, then used or undone."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.comments.codebooks import codebook_of
from analysis.comments.models import CommentCoding, CommentSample, SchoolAdjustment
from analysis.comments.roster import read_again
from analysis.comments.settling import Coded, of_coding, settled
from analysis.comments.shelf import shown
from analysis.jobs import LEARN_FROM_PEOPLE
from analysis.models import CommentReading
from analysis.text.adjusting import Adjustment
from analysis.text.weights import MODEL, MODELS
from stakeholder.audit import Act, record
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.jobs import ledger
from stakeholder.models import Job
from stakeholder.roles import Permission
from stakeholder.schools import command_line_viewer
from stakeholder.viewer import Viewer
from surveys.models import Audience, Comment
from surveys.published import polarity_of_question

if TYPE_CHECKING:
    from analysis.text.toolkit import Toolkit

LEAST_LESSONS = 30


def ask_to_learn(session: Session, viewer: Viewer) -> None:
    """Write the job that learns from what people said. Raises Invalid under 30 lessons, NotAllowed."""
    _only_leads(viewer)
    if lesson_count(session, viewer) < LEAST_LESSONS:
        raise Invalid(f"It takes {LEAST_LESSONS} comments that people coded outside the random sample.")
    ledger.enqueue(session, LEARN_FROM_PEOPLE, {"school": str(viewer.where)}, school_id=viewer.where)


def is_learning(session: Session, viewer: Viewer) -> bool:
    """Whether that job waits or is under way."""
    wanted = select(Job.id).where(
        Job.kind == LEARN_FROM_PEOPLE, Job.school_id == viewer.where, Job.state.in_(("waiting", "running"))
    )
    return session.scalars(wanted.limit(1)).first() is not None


def lesson_count(session: Session, viewer: Viewer) -> int:
    """How many comments people coded that the model may learn from: the random sample stays apart, to measure by."""
    return len(_codings(session, viewer))


def learn(database: Database, school_id: UUID) -> SchoolAdjustment | None:
    """Learn from people's codings and keep what was learnt as tried; None where there is too little."""
    from analysis.text.toolkit import toolkit_of
    from analysis.training.adjusting import Lessons, Said

    viewer = command_line_viewer(school_id)
    with database.reading() as session:
        tools = toolkit_of(codebook_of(session, school_id))
        said = [Said(*one) for one in _lessons(session, viewer)]
    if len(said) < LEAST_LESSONS:
        return None
    lessons = Lessons(said, tools)
    helped, learnt = lessons.helped(), lessons.learnt()
    with database.writing() as session:
        row = SchoolAdjustment(
            school_id=school_id,
            number=_next_number(session, school_id),
            state="tried",
            model=shipped_model(),
            lessons=len(said),
            figures={
                "themes": [helped.themes_before, helped.themes_after],
                "feeling": [helped.feeling_before, helped.feeling_after],
            },
            added={"weights": learnt.weights, "bias": learnt.bias},
            made_at=datetime.now(UTC),
        )
        session.add(row)
    return row


def adjustments(session: Session, viewer: Viewer) -> Sequence[SchoolAdjustment]:
    """What was tried, used and undone, newest first. Raises NotAllowed."""
    _only_leads(viewer)
    return _all(session, viewer.where)


def use(session: Session, viewer: Viewer, number: int, *, now: datetime) -> None:
    """Read all comments with what was learnt. Raises NotFound, NotAllowed."""
    _set(session, viewer, number, ("tried", "used"), now)


def undo(session: Session, viewer: Viewer, number: int, *, now: datetime) -> None:
    """Read all comments as before. Raises NotFound, NotAllowed."""
    _set(session, viewer, number, ("used", "undone"), now)


def holding(session: Session, school_id: UUID) -> SchoolAdjustment | None:
    """The adjustment by which the school's comments are read now, if there is one."""
    rows = _all(session, school_id)
    return next((row for row in rows if row.state == "used" and row.model == shipped_model()), None)


def toolkit_for(session: Session, school_id: UUID) -> "Toolkit":
    """How a school's comments are read: its codebook, the shipped model, and what its people added to it."""
    from analysis.text.toolkit import toolkit_of

    row = holding(session, school_id)
    added = Adjustment(row.added["weights"], row.added["bias"]) if row else None
    return toolkit_of(codebook_of(session, school_id), added)


@cache
def shipped_model() -> str:
    """The digest of the model that the product comes with."""
    card = json.loads((MODELS / f"{MODEL}.json").read_text(encoding="utf-8"))
    return str(card["digest"])


def _set(session: Session, viewer: Viewer, number: int, states: tuple[str, str], now: datetime) -> None:
    _only_leads(viewer)
    wanted = select(SchoolAdjustment).where(
        SchoolAdjustment.school_id == viewer.where,
        SchoolAdjustment.number == number,
        SchoolAdjustment.state == states[0],
    )
    row = session.scalars(wanted).first()
    if row is None:
        raise NotFound("There is nothing of that kind to use or undo.")
    row.state = states[1]
    act = Act(f"what was learnt {states[1]}", f"adjustment {number}", viewer.person_id, viewer.where)
    record(session, act, now=now)
    session.flush()
    read_again(session, viewer.where)


def _lessons(session: Session, viewer: Viewer) -> list[tuple[str, str, str | None, frozenset[str]]]:
    """Redacted text, what the question asks for, and what people say; in the order of the comments' keys."""
    coded = _codings(session, viewer)
    rows = session.execute(
        shown(viewer)
        .with_only_columns(Comment.key, CommentReading.redacted, Audience.version_id, Comment.question_key)
        .where(Comment.key.in_(coded), CommentReading.sentiment.is_not(None))
        .order_by(Comment.key)
    ).all()
    nothing = Coded("machine", None, ())
    found = [(row, settled(nothing, coded[row.key])) for row in rows]
    return [
        (
            row.redacted or "",
            polarity_of_question(session, row.version_id, row.question_key),
            what.sentiment,
            frozenset(theme for theme, _ in what.themes),
        )
        for row, what in found
        if what.by_person
    ]


def _codings(session: Session, viewer: Viewer) -> dict[bytes, list[Coded]]:
    """What people said, by comment, of comments outside the random samples."""
    keys = shown(viewer).with_only_columns(Comment.key)
    sampled = select(CommentSample.comment_key)
    wanted = select(CommentCoding).where(CommentCoding.comment_key.in_(keys), CommentCoding.comment_key.not_in(sampled))
    found: dict[bytes, list[Coded]] = defaultdict(list)
    for row in session.scalars(wanted.order_by(CommentCoding.number)):
        found[row.comment_key].append(of_coding(row))
    return found


def _all(session: Session, school_id: UUID) -> Sequence[SchoolAdjustment]:
    return session.scalars(
        select(SchoolAdjustment).where(SchoolAdjustment.school_id == school_id).order_by(SchoolAdjustment.number.desc())
    ).all()


def _next_number(session: Session, school_id: UUID) -> int:
    newest = func.coalesce(func.max(SchoolAdjustment.number), 0)
    return session.execute(select(newest).where(SchoolAdjustment.school_id == school_id)).scalar_one() + 1


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only those who read all comments teach the machine.")
