"""The board of quotes: chosen by whoever reads comments, released by a mentor or a lead, then read by everybody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from analysis.comments.models import Quote
from analysis.comments.shelf import Group, ReadableComment, by_keys, groups, one_comment, readable, shuffled
from stakeholder.audit import Act, record
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Comment


def choose(session: Session, viewer: Viewer, comment_id: UUID, *, now: datetime) -> None:
    """Put a comment on the board. Raises NotFound, NotAllowed."""
    _to_show(session, viewer, comment_id)
    if session.get(Quote, comment_id.bytes) is None:
        session.add(Quote(comment_key=comment_id.bytes, chosen_by=viewer.who))
        _note(session, viewer, "quote chosen", now)


def release(session: Session, viewer: Viewer, comment_id: UUID, *, now: datetime) -> None:
    """Let student researchers and governors read a quote. Raises NotFound for what is not on the board, NotAllowed."""
    _to_show(session, viewer, comment_id)
    quote = session.get(Quote, comment_id.bytes)
    if quote is None:
        raise NotFound("This comment is not on the board.")
    if quote.released_by is None:
        quote.released_by = viewer.who
        _note(session, viewer, "quote released", now)


def take_down(session: Session, viewer: Viewer, comment_id: UUID, *, now: datetime) -> None:
    """Take a comment off the board. Raises NotFound, NotAllowed."""
    _to_show(session, viewer, comment_id)
    quote = session.get(Quote, comment_id.bytes)
    if quote is not None:
        session.delete(quote)
        _note(session, viewer, "quote taken down", now)


def board(session: Session, viewer: Viewer) -> list[tuple[Group, list[ReadableComment]]]:
    """Quotes by group, newest wave first, shuffled within a group; those that wait only for who may release them."""
    found = groups(session, viewer)
    keys = session.scalars(readable(viewer).with_only_columns(Comment.key).where(Quote.chosen_by.is_not(None))).all()
    shown = by_keys(session, viewer, shuffled(keys, salt="board"))
    by_group = [
        (
            group,
            [one for one in shown if (one.audience_id, one.question_key) == (group.audience_id, group.question_key)],
        )
        for group in found
    ]
    return [(group, quotes) for group, quotes in by_group if quotes]


def _to_show(session: Session, viewer: Viewer, comment_id: UUID) -> None:
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only mentors and leads put comments on the board.")
    one_comment(session, viewer, comment_id)


def _note(session: Session, viewer: Viewer, act: str, now: datetime) -> None:
    record(session, Act(act, "1 comment", viewer.who, viewer.where), now=now)
