"""Themes of an audience's comments as cells: how many comments name each, and how they speak of it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.codebook import Codebook
from analysis.comments.codebooks import codebook_of
from analysis.disclosure.admission import AGREEING, BASE, UNSCORED, Cell
from analysis.disclosure.reportable import OptionCount, Slice
from analysis.models import CommentReading, CommentTheme
from surveys.models import Audience, Comment, Wave

SENTIMENTS = (("negative", "Critical"), ("neutral", "Mixed or neutral"), ("positive", "Positive"))


def theme_cells(session: Session, audience_id: UUID, *, wave: str, audience: str) -> Iterator[Cell]:
    """One cell a theme, in the codebook's order; comments carry no breakdown, so there is only the whole audience.

    Comments that raised a safeguarding concern are for the lead's eyes and count in no theme.
    """
    found = _counts(session, audience_id)
    for theme in _codebook(session, audience_id).themes:
        people = found.get(theme.code)
        if people:
            total = sum(len(keys) for keys in people.values())
            yield Cell(
                "theme",
                theme.code,
                str(theme.label),
                wave,
                Slice(audience),
                n=total,
                options=tuple(
                    OptionCount(code, label, len(people[code]), scored=True, favourable=code == "positive")
                    for code, label in SENTIMENTS
                ),
                members=_members(people),
            )


def _codebook(session: Session, audience_id: UUID) -> Codebook:
    school = select(Wave.school_id).join(Audience, Audience.wave_id == Wave.id).where(Audience.id == audience_id)
    return codebook_of(session, session.scalars(school).one())


def _members(people: Mapping[str, list[bytes]]) -> Callable[[str], bytes]:
    """The comments behind each count."""
    everyone = [key for keys in people.values() for key in keys]
    groups = {BASE: everyone, AGREEING: people["positive"], UNSCORED: list[bytes]()}
    return lambda count: b"".join(sorted(groups.get(count, people.get(count, []))))


def _counts(session: Session, audience_id: UUID) -> dict[str, dict[str, list[bytes]]]:
    rows = session.execute(
        select(CommentTheme.theme, CommentTheme.sentiment, CommentTheme.comment_key)
        .join(Comment, Comment.key == CommentTheme.comment_key)
        .join(CommentReading, CommentReading.comment_key == CommentTheme.comment_key)
        .where(Comment.audience_id == audience_id, CommentReading.safeguarding.is_(False))
    )
    found: dict[str, dict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for theme, sentiment, key in rows:
        found[theme]["neutral" if sentiment == "mixed" else sentiment].append(key)
    return found
