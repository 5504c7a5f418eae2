"""Which comment to code next: a random sample to measure the machine by, or what teaches it most."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Label, func, insert, select
from sqlalchemy.orm import Session

from analysis.comments.coding import write_coding
from analysis.comments.models import CommentCoding, CommentSample
from analysis.comments.settling import Named
from analysis.comments.shelf import Group, groups, in_groups, one_comment, readable, shuffled
from analysis.models import CommentReading, CommentTheme
from stakeholder.audit import Act, record
from stakeholder.errors import NotAllowed
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Comment

QUEUES = ("sample", "useful")
A_SAMPLE = 60
MOST_SAMPLED = 400


@dataclass(frozen=True)
class Queue:
    """What waits for a coder: how many, how many are done, and the next comment, if there is one."""

    name: str
    waiting: int
    done: int
    next: UUID | None


def queue(session: Session, viewer: Viewer, wave: Sequence[Group], name: str) -> Queue:
    """A queue over these groups: "sample" in chance order; "useful": what the machine is least sure of first.

    The coder's own codings leave a queue; what others coded stays in it, so that comments are coded twice, blind.
    """
    _only_coders(viewer)
    if not wave:
        return Queue(name, 0, 0, None)
    mine = select(CommentCoding.id).where(
        CommentCoding.comment_key == Comment.key,
        CommentCoding.coder_id == viewer.who,
        CommentCoding.purpose == "blind",
    )
    wanted = readable(viewer).where(in_groups(wave), CommentReading.sentiment.is_not(None))
    if name == "sample":
        wanted = wanted.join(CommentSample, CommentSample.comment_key == Comment.key)
    rows = session.execute(
        wanted.with_only_columns(
            Comment.key, CommentReading.sure, CommentReading.probability, mine.exists().label("done"), _has_theme()
        )
    ).all()
    left = [row for row in rows if not row.done]
    order = shuffled([row.key for row in left], salt=f"{viewer.who}")
    if name == "useful":
        doubt = {row.key: (row.sure is not False, row.has_theme, row.probability or 0.0) for row in left}
        order = sorted(order, key=doubt.__getitem__)
    return Queue(name, len(left), len(rows) - len(left), UUID(bytes=order[0]) if order else None)


def draw_sample(session: Session, viewer: Viewer, wave: Sequence[Group], *, size: int, now: datetime) -> int:
    """Add comments of the wave to its random sample until it has `size`; returns how many it has. Raises NotAllowed."""
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only mentors and leads draw samples.")
    if not wave:
        return 0
    known = set(session.scalars(select(CommentSample.comment_key).where(CommentSample.wave_id == wave[0].wave_id)))
    wanted = readable(viewer).where(in_groups(wave), CommentReading.sentiment.is_not(None))
    rest = sorted(set(session.scalars(wanted.with_only_columns(Comment.key))) - known)
    missing = min(max(0, min(size, MOST_SAMPLED) - len(known)), len(rest))
    if missing:
        drawn = random.SystemRandom().sample(rest, missing)
        session.execute(insert(CommentSample), [{"comment_key": key, "wave_id": wave[0].wave_id} for key in drawn])
        record(session, Act("sample of comments drawn", f"{missing} comments", viewer.who, viewer.where), now=now)
    return len(known) + missing


def sample_size(session: Session, wave_id: UUID) -> int:
    """How many comments a wave's sample holds."""
    wanted = select(func.count()).select_from(CommentSample).where(CommentSample.wave_id == wave_id)
    return session.execute(wanted).scalar_one()


def code(session: Session, viewer: Viewer, comment_id: UUID, *, sentiment: str, themes: Sequence[str]) -> None:
    """Say what a comment is about, without seeing what others said. Raises Invalid, NotFound, NotAllowed."""
    _write(session, viewer, comment_id, "blind", sentiment, themes)


def adjudicate(session: Session, viewer: Viewer, comment_id: UUID, *, sentiment: str, themes: Sequence[str]) -> None:
    """Decide where coders differ. Raises Invalid, NotFound, NotAllowed."""
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only mentors and leads decide between coders.")
    _write(session, viewer, comment_id, "adjudicated", sentiment, themes)


def readable_waves(session: Session, viewer: Viewer) -> list[Group]:
    """Groups that may be coded. Raises NotAllowed."""
    _only_coders(viewer)
    return groups(session, viewer)


def _write(
    session: Session, viewer: Viewer, comment_id: UUID, purpose: str, sentiment: str, themes: Sequence[str]
) -> None:
    _only_coders(viewer)
    one_comment(session, viewer, comment_id)
    said: Named = tuple((theme, sentiment) for theme in dict.fromkeys(themes))
    write_coding(session, viewer, comment_id.bytes, purpose=purpose, sentiment=sentiment, themes=said)


def _has_theme() -> Label[bool]:
    named = select(CommentTheme.theme).where(CommentTheme.comment_key == Comment.key)
    return named.exists().label("has_theme")


def _only_coders(viewer: Viewer) -> None:
    if not viewer.may(Permission.CODE_COMMENTS):
        raise NotAllowed("Only those who may code comments can do so.")
