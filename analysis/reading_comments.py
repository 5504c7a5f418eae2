"""Reading a wave's comments: what is new or was read in another way is read, chunk by chunk; nothing is read twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from analysis.comments.learning import toolkit_for
from analysis.comments.models import CommentCoding
from analysis.comments.roster import finder_of, roster_digest
from analysis.comments.settling import settle
from analysis.models import CommentReading, CommentTheme
from analysis.text.personal.finding import PersonalFinder
from analysis.text.personal.redacting import moved, redacted
from analysis.text.reading import CommentReading as Read
from analysis.text.reading import Toolkit, Written
from analysis.text.reading import read_comments as read_all
from stakeholder.db import Database
from surveys.models import Audience, Comment, Wave
from surveys.published import polarity_of_question

CHUNK = 200
Progress = Callable[[int, int], None]
Unread = Row[bytes, str, str, str, str, UUID]


@dataclass(frozen=True)
class Reader:
    """How a school's comments are read; readings of one `version` may stand in one figure."""

    toolkit: Toolkit
    finder: PersonalFinder
    version: str


def reader_of(session: Session, school_id: UUID) -> Reader:
    """How a school is read now: its codebook, word lists, the model with what it was taught, its names."""
    toolkit = toolkit_for(session, school_id)
    version = f"{toolkit.digest}-{roster_digest(session, school_id)}"
    return Reader(toolkit, finder_of(session, school_id), version)


def read_comments(database: Database, wave_id: UUID, progress: Progress = lambda _done, _total: None) -> int:
    """Read every comment of the wave that was not read in the present way; returns how many that were.

    Each chunk is one transaction, so a cut at any point loses and doubles nothing. When names change meanwhile, what
    was read with the old ones is read once more by the job that their change has written.
    """
    with database.reading() as session:
        reader = reader_of(session, session.get_one(Wave, wave_id).school_id)
        total = unread_count(session, wave_id, reader.version)
    done = 0
    while True:
        with database.writing() as session:
            comments = _unread(session, wave_id, reader.version)
            if not comments:
                return done
            _forget(session, [comment.key for comment in comments])
            _read_chunk(session, comments, reader)
        done += len(comments)
        progress(done, max(total, done))


def unread_count(session: Session, wave_id: UUID, version: str) -> int:
    """Comments of a wave that were not read in this way yet."""
    return session.execute(
        select(func.count())
        .select_from(Comment)
        .join(Audience, Audience.id == Comment.audience_id)
        .outerjoin(CommentReading, CommentReading.comment_key == Comment.key)
        .where(Audience.wave_id == wave_id, _not_read(version))
    ).scalar_one()


def _forget(session: Session, keys: Sequence[bytes]) -> None:
    session.execute(delete(CommentTheme).where(CommentTheme.comment_key.in_(keys)))
    session.execute(delete(CommentReading).where(CommentReading.comment_key.in_(keys)))


def _read_chunk(session: Session, comments: Sequence[Unread], reader: Reader) -> None:
    readings, themes = [], []
    written = (
        Written(comment.text, polarity_of_question(session, comment.version_id, comment.question_key), comment.language)
        for comment in comments
    )
    for comment, reading in zip(comments, read_all(written, toolkit=reader.toolkit), strict=True):
        row, named = _rows(comment, reading, reader)
        readings.append(row)
        themes += named
    session.execute(insert(CommentReading), readings)
    if themes:
        session.execute(insert(CommentTheme), themes)
    session.flush()
    for key in _coded(session, [comment.key for comment in comments]):
        settle(session, key)  # what people said outranks a new reading as it did the old one


def _rows(comment: Unread, reading: Read, reader: Reader) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The rows of one comment's reading and of its themes."""
    found = reader.finder.find(comment.text)
    places = ((reason.theme, moved(reason.start, reason.end, found)) for reason in reading.reasons)
    named = [[aspect.theme, aspect.sentiment] for aspect in reading.aspects]
    row = {
        "comment_key": comment.key,
        "language": reading.language,
        "sentiment": reading.sentiment,
        "score": reading.score,
        "safeguarding": reading.safeguarding,
        "concerns": sorted({concern.category for concern in reading.concerns}),
        "redacted": redacted(comment.text, found),
        "doubtful": sum(not each.sure for each in found),
        "version": reader.version,
        "probability": reading.probability,
        "sure": reading.sure,
        "reasons": [[theme, *place] for theme, place in places if place],
        "machine": {"sentiment": reading.sentiment, "themes": named},
        "by_person": False,
    }
    return row, [{"comment_key": comment.key, "theme": theme, "sentiment": mood} for theme, mood in named]


def _coded(session: Session, keys: Sequence[bytes]) -> Sequence[bytes]:
    wanted = select(CommentCoding.comment_key).where(CommentCoding.comment_key.in_(keys)).distinct()
    return session.scalars(wanted).all()


def _unread(session: Session, wave_id: UUID, version: str) -> Sequence[Unread]:
    return session.execute(
        select(Comment.key, Comment.text, Comment.question_key, Comment.language, Audience.group, Audience.version_id)
        .join(Audience, Audience.id == Comment.audience_id)
        .outerjoin(CommentReading, CommentReading.comment_key == Comment.key)
        .where(Audience.wave_id == wave_id, _not_read(version))
        .limit(CHUNK)
    ).all()


def _not_read(version: str) -> ColumnElement[bool]:
    return or_(
        CommentReading.comment_key.is_(None), CommentReading.version.is_(None), CommentReading.version != version
    )
