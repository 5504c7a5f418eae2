"""What holds for a comment: a person's word before the machine's; both stay on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from analysis.comments.codebooks import OWN, successors
from analysis.comments.models import CommentCoding
from analysis.models import CommentReading, CommentTheme
from surveys.models import Audience, Comment, Wave

Named = tuple[tuple[str, str], ...]
SENTIMENTS = ("negative", "mixed", "neutral", "positive")


@dataclass(frozen=True)
class Coded:
    """What one person said of a comment: themes with how it speaks of each, and how it sounds on the whole."""

    purpose: str
    sentiment: str | None
    themes: Named


@dataclass(frozen=True)
class Settled:
    """What holds, and whether a person said it."""

    sentiment: str | None
    themes: Named
    by_person: bool


def settled(machine: Coded, people: Sequence[Coded]) -> Settled:
    """What holds: what was adjudicated; else the newest correction; else what blind coders agree on; else the machine.

    people  in the order in which they coded

    >>> food = Coded("blind", "negative", (("wel.food", "negative"),))
    >>> settled(Coded("machine", "positive", ()), [food, food]).by_person
    True
    """
    for purpose in ("adjudicated", "correction"):
        said = [each for each in people if each.purpose == purpose]
        if said:
            return Settled(said[-1].sentiment, said[-1].themes, by_person=True)
    blind = [each for each in people if each.purpose == "blind"]
    if blind and all(agree(blind[0], each) for each in blind[1:]):
        return Settled(blind[0].sentiment, blind[0].themes, by_person=True)
    return Settled(machine.sentiment, machine.themes, by_person=False)


def agree(one: Coded, other: Coded) -> bool:
    """Whether two people said the same."""
    return one.sentiment == other.sentiment and sorted(one.themes) == sorted(other.themes)


def settle(session: Session, key: bytes) -> None:
    """Write what holds for a comment into its reading and its themes."""
    reading = session.get(CommentReading, key)
    if reading is None:
        return
    found = settled(of_machine(reading), [_followed(session, key, of_coding(row)) for row in codings(session, key)])
    reading.sentiment, reading.by_person = found.sentiment, found.by_person
    session.execute(delete(CommentTheme).where(CommentTheme.comment_key == key))
    if found.themes:
        rows = [{"comment_key": key, "theme": theme, "sentiment": mood} for theme, mood in found.themes]
        session.execute(insert(CommentTheme), rows)
    session.flush()


def _followed(session: Session, key: bytes, coded: Coded) -> Coded:
    """A coding by themes that there still are: the school's own may have been merged or removed since."""
    if not any(theme.startswith(OWN) for theme, _ in coded.themes):
        return coded
    wanted = select(Wave.school_id).join(Audience, Audience.wave_id == Wave.id)
    wanted = wanted.join(Comment, Comment.audience_id == Audience.id).where(Comment.key == key)
    became = successors(session, session.scalars(wanted).one())
    kept = ((became.get(theme, theme), mood) for theme, mood in coded.themes)
    return Coded(
        coded.purpose, coded.sentiment, tuple({theme: (theme, mood) for theme, mood in kept if theme}.values())
    )


def codings(session: Session, key: bytes) -> Sequence[CommentCoding]:
    """All codings of a comment, in a steady order."""
    return session.scalars(
        select(CommentCoding).where(CommentCoding.comment_key == key).order_by(CommentCoding.number)
    ).all()


def of_coding(row: CommentCoding) -> Coded:
    """A stored coding."""
    return Coded(row.purpose, row.sentiment, named(row.themes))


def of_machine(reading: CommentReading) -> Coded:
    """What the machine said of a comment."""
    said: dict[str, Any] = reading.machine or {}
    return Coded("machine", said.get("sentiment"), named(said.get("themes", ())))


def named(pairs: Sequence[Sequence[str]]) -> Named:
    """Stored themes as pairs."""
    return tuple((theme, mood) for theme, mood in pairs)
