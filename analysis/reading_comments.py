"""Reading a wave's comments: what is new is read, chunk by chunk; doing it again reads nothing twice."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from analysis.models import CommentReading, CommentTheme
from analysis.text.reading import read_comment
from stakeholder.db import Database
from surveys.models import Audience, Comment
from surveys.published import questionnaire_of

CHUNK = 200
Progress = Callable[[int, int], None]
Unread = Row[bytes, str, str, str, str, UUID]


def read_comments(database: Database, wave_id: UUID, progress: Progress = lambda _done, _total: None) -> int:
    """Read every comment of the wave that was not read yet; returns how many that were.

    Each chunk is one transaction, so a cut at any point loses and doubles nothing.
    """
    with database.reading() as session:
        total = _unread_count(session, wave_id)
    done = 0
    while True:
        with database.writing() as session:
            comments = _unread(session, wave_id)
            if not comments:
                return done
            _read_chunk(session, comments)
        done += len(comments)
        progress(done, max(total, done))


def _read_chunk(session: Session, comments: Sequence[Unread]) -> None:
    readings, themes = [], []
    for comment in comments:
        polarity = _polarity(session, comment.version_id, comment.question_key)
        reading = read_comment(comment.text, question=polarity, role=comment.group, language=comment.language)
        readings.append(
            {
                "comment_key": comment.key,
                "language": reading.language,
                "sentiment": reading.sentiment,
                "score": reading.score,
                "safeguarding": reading.safeguarding,
                "concerns": sorted({concern.category for concern in reading.concerns}),
            }
        )
        themes += [
            {"comment_key": comment.key, "theme": aspect.theme, "sentiment": aspect.sentiment}
            for aspect in reading.aspects
        ]
    session.execute(insert(CommentReading), readings)
    if themes:
        session.execute(insert(CommentTheme), themes)


def _polarity(session: Session, version_id: UUID, question_key: str) -> str:
    """What the question asks for: "positive", "improve" or "neutral"."""
    question = questionnaire_of(session, version_id).by_key.get(question_key)
    return str(getattr(question, "polarity", "neutral"))


def _unread(session: Session, wave_id: UUID) -> Sequence[Unread]:
    return session.execute(
        select(Comment.key, Comment.text, Comment.question_key, Comment.language, Audience.group, Audience.version_id)
        .join(Audience, Audience.id == Comment.audience_id)
        .outerjoin(CommentReading, CommentReading.comment_key == Comment.key)
        .where(Audience.wave_id == wave_id, CommentReading.comment_key.is_(None))
        .limit(CHUNK)
    ).all()


def _unread_count(session: Session, wave_id: UUID) -> int:
    return session.execute(
        select(func.count())
        .select_from(Comment)
        .join(Audience, Audience.id == Comment.audience_id)
        .outerjoin(CommentReading, CommentReading.comment_key == Comment.key)
        .where(Audience.wave_id == wave_id, CommentReading.comment_key.is_(None))
    ).scalar_one()
