"""Comments that somebody may read: redacted, of groups of ten or more, shuffled, without time, concerns left out.

Of a wave that was not shared with them yet nobody but the leads reads, counts or quotes any.

A group is who was asked what: an audience of a closed wave and one question. What a viewer filters by besides
(a theme, a feeling, words) describes the comment, not its writer.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from analysis.comments.models import Quote
from analysis.editions.describing import audience_labels
from analysis.models import CommentReading, CommentTheme, Edition
from analysis.sharing import may_see
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Audience, Comment, Wave
from surveys.published import questionnaire_of

A_PAGE = 20


@dataclass(frozen=True)
class Group:
    """Who was asked what, and how many comments of theirs may be read."""

    wave_id: UUID
    wave_key: str
    wave_title: str
    audience_id: UUID
    audience_key: str
    audience: str
    question_key: str
    question: str
    comments: int


@dataclass(frozen=True)
class Asked:
    """What a reader asks for; "" asks for everything. `means`: a text that the comments are like, most like first."""

    wave: str = ""
    audience: str = ""
    question: str = ""
    theme: str = ""
    sentiment: str = ""
    words: str = ""
    means: str = ""


@dataclass(frozen=True)
class ReadableComment:
    """One comment as it may be shown.

    themes   ((code, sentiment), ...) as they hold now
    quote    "" not on the board, "chosen", or "released"
    """

    id: UUID
    text: str
    audience_id: UUID
    question_key: str
    language: str
    sentiment: str | None
    sure: bool
    by_person: bool
    themes: tuple[tuple[str, str], ...]
    quote: str


def groups(session: Session, viewer: Viewer) -> list[Group]:
    """Groups whose comments may be read, newest wave first. Raises NotAllowed."""
    _only_readers(viewer)
    school = session.get_one(School, viewer.where)
    count = func.count().label("comments")
    rows = session.execute(
        shown(viewer)
        .with_only_columns(Comment.audience_id, Comment.question_key, count)
        .group_by(Comment.audience_id, Comment.question_key)
        .having(count >= school.minimum_people)
    ).all()
    counts = {(row.audience_id, row.question_key): row.comments for row in rows}
    audiences = session.execute(
        select(Audience, Wave)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Audience.id.in_({audience for audience, _ in counts}))
        .order_by(Wave.opens_at.desc(), Wave.key, Audience.key)
    ).all()
    return [
        each
        for audience, wave in _in_order(school, audiences)
        for each in _of_audience(session, audience, wave, counts)
    ]


def _in_order(school: School, audiences: Sequence[Row[Audience, Wave]]) -> list[tuple[Audience, Wave]]:
    """Newest wave first, and within a wave by the school's groups."""
    order = [group["key"] for group in school.groups]
    waves = list(dict.fromkeys(wave.id for _, wave in audiences))
    return sorted(
        ((one, wave) for one, wave in audiences), key=lambda x: (waves.index(x[1].id), order.index(x[0].group))
    )


def _of_audience(
    session: Session, audience: Audience, wave: Wave, counts: Mapping[tuple[UUID, str], int]
) -> Iterator[Group]:
    """The groups of one audience, in the order of its questions."""
    everyone = session.scalars(select(Audience).where(Audience.wave_id == wave.id).order_by(Audience.key)).all()
    label = audience_labels(session.get_one(School, wave.school_id), list(everyone))[audience.key]
    asked = questionnaire_of(session, audience.version_id).by_key
    known = list(asked)
    keys = sorted(
        (question for place, question in counts if place == audience.id),
        key=lambda question: (known.index(question) if question in asked else len(known), question),
    )
    for key in keys:
        words = str(asked[key].prompt) if key in asked else key
        comments = counts[audience.id, key]
        yield Group(wave.id, wave.key, wave.title, audience.id, audience.key, label, key, words, comments)


def asked_for(found: Sequence[Group], asked: Asked) -> list[Group]:
    """Those groups that fit; of the newest wave when none is named or the one named has none."""
    waves = [each.wave_key for each in found]
    wave = asked.wave if asked.wave in waves else next(iter(waves), "")
    return [
        each
        for each in found
        if each.wave_key == wave
        and asked.audience in {"", each.audience_key}
        and asked.question in {"", each.question_key}
    ]


def comments_of(
    session: Session, viewer: Viewer, found: Sequence[Group], asked: Asked, *, page: int = 1
) -> tuple[list[ReadableComment], int]:
    """One page of the comments of these groups that fit, and how many pages there are."""
    return a_page(session, viewer, fitting(session, viewer, found, asked), page)


def fitting(session: Session, viewer: Viewer, found: Sequence[Group], asked: Asked) -> list[bytes]:
    """The comments of these groups that fit, shuffled: the same order for everybody until there are new figures."""
    if not found:
        return []
    wanted = _readable(viewer).where(in_groups(found), *_fitting(asked))
    keys = session.scalars(wanted.with_only_columns(Comment.key)).all()
    return shuffled(keys, salt=_edition_of(session, found[0].wave_id))


def a_page(session: Session, viewer: Viewer, ordered: Sequence[bytes], page: int) -> tuple[list[ReadableComment], int]:
    """One page of these comments, and how many pages there are."""
    pages = -(-len(ordered) // A_PAGE)
    at = (min(max(page, 1), max(pages, 1)) - 1) * A_PAGE
    return by_keys(session, viewer, ordered[at : at + A_PAGE]), pages


def one_comment(session: Session, viewer: Viewer, comment_id: UUID) -> tuple[ReadableComment, Group]:
    """A comment that the viewer may read, and its group. Raises NotFound for any other, NotAllowed."""
    place = {(each.audience_id, each.question_key): each for each in groups(session, viewer)}
    found = by_keys(session, viewer, [comment_id.bytes])
    group = place.get((found[0].audience_id, found[0].question_key)) if found else None
    if group is None:
        raise NotFound("There is no such comment.")
    return found[0], group


def by_keys(session: Session, viewer: Viewer, keys: Sequence[bytes]) -> list[ReadableComment]:
    """These comments, in this order, without those that the viewer may not read."""
    rows = session.execute(
        _readable(viewer)
        .with_only_columns(
            Comment.key,
            Comment.audience_id,
            Comment.question_key,
            CommentReading.redacted,
            CommentReading.language,
            CommentReading.sentiment,
            CommentReading.sure,
            CommentReading.by_person,
            Quote.chosen_by,
            Quote.released_by,
        )
        .where(Comment.key.in_(keys))
    ).all()
    themes = _themes(session, keys)
    found = {
        row.key: ReadableComment(
            UUID(bytes=row.key),
            row.redacted or "",
            row.audience_id,
            row.question_key,
            row.language,
            row.sentiment,
            row.sure is not False,
            bool(row.by_person),
            tuple(sorted(themes.get(row.key, ()))),
            "released" if row.released_by else "chosen" if row.chosen_by else "",
        )
        for row in rows
    }
    return [found[key] for key in keys if key in found]


def shuffled(keys: Sequence[bytes], *, salt: str) -> list[bytes]:
    """The keys in an order that says nothing and differs from one edition to the next."""
    key = hashlib.sha256(salt.encode()).digest()
    return sorted(keys, key=lambda one: hashlib.blake2b(one, key=key, digest_size=16).digest())


def readable(viewer: Viewer) -> Select[bytes]:
    """A statement over the comments that the viewer may read, whatever the size of their group. Raises NotAllowed."""
    _only_readers(viewer)
    return _readable(viewer)


def _readable(viewer: Viewer) -> Select[bytes]:
    wanted = shown(viewer)
    return wanted if viewer.may(Permission.READ_ALL_COMMENTS) else wanted.where(Quote.released_by.is_not(None))


def shown(viewer: Viewer) -> Select[bytes]:
    """All comments of the school that somebody may be shown, for counting; to show one, ask `readable`."""
    return (
        select(Comment.key)
        .join(CommentReading, CommentReading.comment_key == Comment.key)
        .join(Audience, Audience.id == Comment.audience_id)
        .join(Wave, Wave.id == Audience.wave_id)
        .outerjoin(Quote, Quote.comment_key == Comment.key)
        .where(
            Wave.school_id == viewer.where,
            Wave.state == "closed",
            may_see(viewer),
            CommentReading.redacted.is_not(None),
            CommentReading.safeguarding.is_(False),
            or_(Comment.hidden.is_(None), Comment.hidden.is_(False)),
        )
    )


def in_groups(found: Sequence[Group]) -> ColumnElement[bool]:
    """Comments of these groups."""
    places = {(each.audience_id, each.question_key) for each in found}
    return or_(
        *((Comment.audience_id == audience) & (Comment.question_key == question) for audience, question in places)
    )


def _fitting(asked: Asked) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if asked.theme == "none":
        wanted.append(~select(CommentTheme.theme).where(CommentTheme.comment_key == Comment.key).exists())
    elif asked.theme:
        named = select(CommentTheme.theme).where(CommentTheme.comment_key == Comment.key)
        wanted.append(named.where(CommentTheme.theme == asked.theme).exists())
    if asked.sentiment == "unread":
        wanted.append(CommentReading.sentiment.is_(None))
    elif asked.sentiment == "unsure":
        wanted.append(CommentReading.sure.is_(False) & CommentReading.by_person.is_(False))
    elif asked.sentiment:
        wanted.append(CommentReading.sentiment == asked.sentiment)
    words = asked.words.lower().split()[:8]
    return [*wanted, *(func.lower(CommentReading.redacted).contains(word, autoescape=True) for word in words)]


def _themes(session: Session, keys: Sequence[bytes]) -> dict[bytes, list[tuple[str, str]]]:
    found: dict[bytes, list[tuple[str, str]]] = {}
    wanted = select(CommentTheme).where(CommentTheme.comment_key.in_(keys))
    for row in session.scalars(wanted):
        found.setdefault(row.comment_key, []).append((row.theme, row.sentiment))
    return found


def _edition_of(session: Session, wave_id: UUID) -> str:
    newest = select(func.coalesce(func.max(Edition.number), 0)).where(Edition.wave_id == wave_id)
    return f"{wave_id} {session.execute(newest).scalar_one()}"


def _only_readers(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_COMMENTS):
        raise NotAllowed("Only those who may read comments can open them.")
