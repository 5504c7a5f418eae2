"""What people say of comments: contesting a reason, coding without seeing the machine, deciding where two differ."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.codebook import Codebook
from analysis.comments.codebooks import codebook_of
from analysis.comments.models import CommentCoding
from analysis.comments.settling import SENTIMENTS, Named, codings, settle
from analysis.comments.shelf import ReadableComment, one_comment
from analysis.models import CommentReading
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.models import Person
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer

MOST_THEMES = 12


@dataclass(frozen=True)
class Saying:
    """One voice on a comment: "machine" or a person, by which codebook, and what was said."""

    by: str
    purpose: str
    codebook: str
    sentiment: str | None
    themes: Named


@dataclass(frozen=True)
class Explained:
    """A comment with its reasons.

    pieces  the text in pieces: (words, themes for which they spoke)
    """

    comment: ReadableComment
    group: str
    wave: str
    question: str
    pieces: tuple[tuple[str, tuple[str, ...]], ...]
    sayings: tuple[Saying, ...]
    probability: float | None
    version: str


def explained(session: Session, viewer: Viewer, comment_id: UUID) -> Explained:
    """A comment with all that was said of it. Raises NotFound, NotAllowed."""
    comment, group = one_comment(session, viewer, comment_id)
    reading = session.get_one(CommentReading, comment_id.bytes)
    said = reading.machine or {"sentiment": reading.sentiment, "themes": []}
    machine = Saying(
        "", "machine", (reading.version or "")[:16], said["sentiment"], tuple((a, b) for a, b in said["themes"])
    )
    people = tuple(_saying(session, row) for row in codings(session, comment_id.bytes))
    return Explained(
        comment,
        group.audience,
        group.wave_title,
        group.question,
        pieces(comment.text, reading.reasons or []),
        (machine, *people) if viewer.may(Permission.READ_ALL_COMMENTS) else (machine,),
        reading.probability,
        reading.version or "",
    )


def contest_theme(session: Session, viewer: Viewer, comment_id: UUID, theme: str) -> None:
    """Say that a comment is not about a theme. Raises NotFound, NotAllowed."""
    comment = _to_correct(session, viewer, comment_id)
    _correct(session, viewer, comment, comment.sentiment, tuple(each for each in comment.themes if each[0] != theme))


def add_theme(session: Session, viewer: Viewer, comment_id: UUID, theme: str, sentiment: str) -> None:
    """Say that a comment is about a theme, and how it speaks of it. Raises Invalid, NotFound, NotAllowed."""
    comment = _to_correct(session, viewer, comment_id)
    rest = tuple(each for each in comment.themes if each[0] != theme)
    _correct(session, viewer, comment, comment.sentiment, (*rest, (theme, sentiment)))


def contest_sentiment(session: Session, viewer: Viewer, comment_id: UUID, sentiment: str) -> None:
    """Say how a comment sounds; a lone theme sounds so too. Raises Invalid, NotFound, NotAllowed."""
    comment = _to_correct(session, viewer, comment_id)
    themes = tuple((theme, sentiment) for theme, _ in comment.themes) if len(comment.themes) == 1 else comment.themes
    _correct(session, viewer, comment, sentiment, themes)


def write_coding(
    session: Session, viewer: Viewer, key: bytes, *, purpose: str, sentiment: str | None, themes: Named
) -> None:
    """Store what the viewer says of a comment, in place of what they said for the same purpose before; settle it."""
    checked(codebook_of(session, viewer.where), sentiment, themes)
    row = session.scalars(
        select(CommentCoding).where(
            CommentCoding.comment_key == key,
            CommentCoding.coder_id == viewer.who,
            CommentCoding.purpose == purpose,
        )
    ).first()
    if row is None:
        row = CommentCoding(comment_key=key, coder_id=viewer.who, purpose=purpose)
    row.sentiment, row.themes = sentiment, [list(each) for each in sorted(themes)]
    row.codebook, row.number = codebook_of(session, viewer.where).digest, _next_number(session, key)
    session.add(row)
    session.flush()
    settle(session, key)


def checked(codebook: Codebook, sentiment: str | None, themes: Named) -> None:
    """Raises Invalid for a theme or a feeling that is not known, or for too many themes."""
    known = {theme.code for theme in codebook.themes}
    moods = {mood for _, mood in themes} | ({sentiment} if sentiment else set())
    if not {theme for theme, _ in themes} <= known:
        raise Invalid("Choose themes of the codebook.")
    if not moods <= set(SENTIMENTS):
        raise Invalid("Choose how it sounds.")
    if len({theme for theme, _ in themes}) != len(themes) or len(themes) > MOST_THEMES:
        raise Invalid(f"Choose at most {MOST_THEMES} themes, each once.")


def pieces(text: str, reasons: Sequence[Sequence[object]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A text in pieces, each with the themes for which its words spoke.

    >>> pieces("dirty toilets", [["wel.toilets", 6, 13]])
    (('dirty ', ()), ('toilets', ('wel.toilets',)))
    """
    spots = [(str(theme), int(str(start)), int(str(end))) for theme, start, end in reasons]
    edges = sorted(
        {0, len(text), *(edge for _, start, end in spots for edge in (start, end) if 0 <= edge <= len(text))}
    )
    return tuple(
        (text[start:end], tuple(dict.fromkeys(theme for theme, a, b in spots if a <= start and end <= b)))
        for start, end in itertools.pairwise(edges)
    )


def _to_correct(session: Session, viewer: Viewer, comment_id: UUID) -> ReadableComment:
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only those who read all comments correct the machine.")
    return one_comment(session, viewer, comment_id)[0]


def _correct(session: Session, viewer: Viewer, comment: ReadableComment, sentiment: str | None, themes: Named) -> None:
    write_coding(session, viewer, comment.id.bytes, purpose="correction", sentiment=sentiment, themes=themes)


def _next_number(session: Session, key: bytes) -> int:
    newest = select(func.coalesce(func.max(CommentCoding.number), 0)).where(CommentCoding.comment_key == key)
    return session.execute(newest).scalar_one() + 1


def _saying(session: Session, row: CommentCoding) -> Saying:
    person = session.get_one(Person, row.coder_id)
    return Saying(person.name, row.purpose, row.codebook, row.sentiment, tuple((a, b) for a, b in row.themes))
