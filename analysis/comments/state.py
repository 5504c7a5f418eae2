"""What every figure about comments must say: how many, how many the machine did not read and why, by which versions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from analysis.comments.codebooks import codebook_of
from analysis.comments.learning import holding, shipped_model
from analysis.comments.shelf import Group, in_groups
from analysis.comments.together import ANEW
from analysis.editions.rounding_keys import rounding_of
from analysis.models import CommentReading
from stakeholder.models import Job
from stakeholder.viewer import Viewer
from surveys.models import Comment


@dataclass(frozen=True)
class ReadingState:
    """How the reading of some comments stands; every number is rounded like all numbers, off by at most two.

    comments    that may be shown
    unread      by language: not analysed, because the machine reads English only
    unsure      the machine is not sure how they sound: a person reads them first
    by_person   a person's coding holds
    codebook, model  of the present way of reading, as short digests
    is_whole    False while comments are being read anew: figures wait until all are read in one way
    """

    comments: int
    unread: tuple[tuple[str, int], ...]
    unsure: int
    by_person: int
    codebook: str
    model: str
    is_whole: bool


def reading_state(session: Session, viewer: Viewer, found: Sequence[Group]) -> ReadingState | None:
    """How the comments of these groups, all of one wave, stand; None without any."""
    rounding = rounding_of(session, found[0].wave_id) if found else None
    if rounding is None:
        return None
    rows = _rows(session, found)

    def rounded(what: str, keys: list[bytes]) -> int:
        return rounding.count(what, b"".join(sorted(keys)), len(keys))

    languages = Counter(row.language for row in rows if row.sentiment is None)
    return ReadingState(
        comments=rounded("comments", [row.key for row in rows]),
        unread=tuple(
            (language, rounded(f"unread {language}", _not_analysed(rows, language)))
            for language, _ in languages.most_common()
        ),
        unsure=rounded("unsure", [row.key for row in rows if row.sure is False and not row.by_person]),
        by_person=rounded("by person", [row.key for row in rows if row.by_person]),
        codebook=codebook_of(session, viewer.where).digest[:8],
        model=_model(session, viewer),
        is_whole=len({row.version for row in rows}) <= 1 and not _is_read_anew(session, found[0].wave_id),
    )


def _rows(session: Session, found: Sequence[Group]) -> Sequence[Row[*tuple[Any, ...]]]:
    return session.execute(
        select(
            Comment.key,
            CommentReading.language,
            CommentReading.sentiment,
            CommentReading.sure,
            CommentReading.by_person,
            CommentReading.version,
        )
        .join(CommentReading, CommentReading.comment_key == Comment.key)
        .where(
            in_groups(found),
            CommentReading.safeguarding.is_(False),
            or_(Comment.hidden.is_(None), Comment.hidden.is_(False)),
        )
    ).all()


def _not_analysed(rows: Sequence[Row[*tuple[Any, ...]]], language: str) -> list[bytes]:
    return [row.key for row in rows if row.sentiment is None and row.language == language]


def _model(session: Session, viewer: Viewer) -> str:
    """The model's short digest, and which of the school's own adjustments stands on it."""
    added = holding(session, viewer.where)
    return f"{shipped_model()[:8]}+{added.number}" if added else shipped_model()[:8]


def _is_read_anew(session: Session, wave_id: UUID) -> bool:
    """Whether a job that reads or counts this wave is waiting or under way: counts are of the reading before."""
    jobs = session.scalars(select(Job).where(Job.kind.in_(ANEW), Job.state.in_(("waiting", "running"))))
    return any(job.payload.get("wave") == str(wave_id) for job in jobs)
