"""Themes of an audience's comments as cells: how many comments name each, and how they speak of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.codebook import default_codebook
from analysis.disclosure.admission import Cell
from analysis.disclosure.reportable import OptionCount, Slice
from analysis.models import CommentReading, CommentTheme
from surveys.models import Comment

SENTIMENTS = (("negative", "Critical"), ("neutral", "Mixed or neutral"), ("positive", "Positive"))


def theme_cells(session: Session, audience_id: UUID, *, wave: str, audience: str) -> Iterator[Cell]:
    """One cell a theme, in the codebook's order; comments carry no breakdown, so there is only the whole audience.

    Comments that raised a safeguarding concern are for the lead's eyes and count in no theme.
    """
    found = _counts(session, audience_id)
    for theme in default_codebook().themes:
        people = found.get(theme.code)
        if people:
            yield Cell(
                "theme",
                theme.code,
                str(theme.label),
                wave,
                Slice(audience),
                n=people.total(),
                options=tuple(
                    OptionCount(code, label, people[code], scored=True, favourable=code == "positive")
                    for code, label in SENTIMENTS
                ),
            )


def _counts(session: Session, audience_id: UUID) -> dict[str, Counter[str]]:
    rows = session.execute(
        select(CommentTheme.theme, CommentTheme.sentiment, func.count())
        .join(Comment, Comment.key == CommentTheme.comment_key)
        .join(CommentReading, CommentReading.comment_key == CommentTheme.comment_key)
        .where(Comment.audience_id == audience_id, CommentReading.safeguarding.is_(False))
        .group_by(CommentTheme.theme, CommentTheme.sentiment)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for theme, sentiment, count in rows:
        found[theme]["neutral" if sentiment == "mixed" else sentiment] += count
    return found
