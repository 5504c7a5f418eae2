"""Themes that nobody has named yet: comments without a theme in groups, offered to a person to decide on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.comments.codebooks import codebook_of
from analysis.comments.models import ThemeSuggestion
from analysis.comments.own_themes import add_own_theme
from analysis.comments.shelf import Asked, Group, ReadableComment, by_keys, fitting, groups
from analysis.jobs import GROUP_COMMENTS
from analysis.text.emerging import STABLE, Emerging, emerging, halves, jaccard
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.jobs import ledger
from stakeholder.models import Job
from stakeholder.roles import Permission
from stakeholder.schools import command_line_viewer
from stakeholder.viewer import Viewer

QUOTES = 3


@dataclass(frozen=True)
class Suggestion:
    """A group of comments that may be a theme: a name made of its words, and quotes of different people and moods.

    stability  how much of its words comes back when a part of the comments is left out, 0 to 1
    """

    id: UUID
    name: str
    words: tuple[str, ...]
    sure: tuple[str, ...]
    comments: int
    stability: float
    quotes: tuple[ReadableComment, ...]


def ask_for_suggestions(session: Session, viewer: Viewer) -> None:
    """Write the job that groups the school's comments. Raises NotAllowed."""
    _only_leads(viewer)
    ledger.enqueue(session, GROUP_COMMENTS, {"school": str(viewer.where)}, school_id=viewer.where)


def is_being_grouped(session: Session, viewer: Viewer) -> bool:
    """Whether that job waits or is under way."""
    wanted = select(Job.id).where(
        Job.kind == GROUP_COMMENTS, Job.school_id == viewer.where, Job.state.in_(("waiting", "running"))
    )
    return session.scalars(wanted.limit(1)).first() is not None


def look_for_themes(database: Database, school_id: UUID) -> int:
    """Group the comments of a school that have no theme, and offer the groups; returns how many there are.

    What was offered before and not decided on makes room; what was dismissed is not offered again.
    """
    viewer = command_line_viewer(school_id)
    with database.reading() as session:
        comments = _without_theme(session, viewer)
    found = emerging([each.text for each in comments])
    keys = [each.id.bytes.hex() for each in comments]
    with database.writing() as session:
        session.execute(
            delete(ThemeSuggestion).where(ThemeSuggestion.school_id == school_id, ThemeSuggestion.state == "offered")
        )
        known = session.scalars(
            select(ThemeSuggestion).where(ThemeSuggestion.school_id == school_id, ThemeSuggestion.state == "dismissed")
        ).all()
        new = [each for each in found if all(jaccard(each.words, row.words) < STABLE for row in known)]
        session.add_all(_row(school_id, each, keys) for each in new)
    return len(new)


def suggestions(session: Session, viewer: Viewer) -> list[Suggestion]:
    """What is offered, the largest group first. Raises NotAllowed."""
    _only_leads(viewer)
    rows = session.scalars(
        select(ThemeSuggestion).where(ThemeSuggestion.school_id == viewer.where, ThemeSuggestion.state == "offered")
    )
    places = {(each.audience_id, each.question_key): each for each in groups(session, viewer)}
    found = [_described(session, viewer, row, places) for row in rows]
    return sorted(found, key=lambda each: (-each.comments, each.name))


def accept(
    session: Session,
    viewer: Viewer,
    suggestion_id: UUID,
    *,
    label: str,
    words: Sequence[str],
    dimension: str | None,
    now: datetime,
) -> str:
    """Make a theme of the school's own of it, for all comments from now on and before. Raises Invalid, NotFound."""
    row = _offered(session, viewer, suggestion_id)
    of = [f"{len(row.members)} comments: {', '.join(row.words)}"]
    row.theme = add_own_theme(session, viewer, label, words, dimension=dimension, of=of, now=now)
    row.state = "accepted"
    return row.theme


def dismiss(session: Session, viewer: Viewer, suggestion_id: UUID) -> None:
    """This is no theme; do not offer it again. Raises NotFound, NotAllowed."""
    _offered(session, viewer, suggestion_id).state = "dismissed"


def rename(session: Session, viewer: Viewer, suggestion_id: UUID, name: str) -> None:
    """Call a group otherwise while it waits. Raises Invalid, NotFound, NotAllowed."""
    row = _offered(session, viewer, suggestion_id)
    if not name.strip() or len(name) > 80:
        raise Invalid("Give the group a name of at most 80 letters.")
    row.name = " ".join(name.split())


def merge(session: Session, viewer: Viewer, suggestion_id: UUID, other_id: UUID) -> None:
    """Put one group into another. Raises Invalid, NotFound, NotAllowed."""
    row, other = _offered(session, viewer, suggestion_id), _offered(session, viewer, other_id)
    if row is other:
        raise Invalid("Choose two different groups.")
    other.words = list(dict.fromkeys((*other.words, *row.words)))
    other.sure = list(dict.fromkeys((*other.sure, *row.sure)))
    other.members = list(dict.fromkeys((*other.members, *row.members)))
    other.stability = min(row.stability, other.stability)
    row.state = "merged"


def split(session: Session, viewer: Viewer, suggestion_id: UUID) -> None:
    """Take a group apart in two, each of at least ten comments. Raises Invalid, NotFound, NotAllowed."""
    row = _offered(session, viewer, suggestion_id)
    comments = by_keys(session, viewer, [bytes.fromhex(key) for key in row.members])
    parts = halves([each.text for each in comments])
    if not parts:
        raise Invalid("This group does not come apart in two of at least ten comments.")
    session.add_all(_row(row.school_id, part, [each.id.bytes.hex() for each in comments]) for part in parts)
    row.state = "split"


def _without_theme(session: Session, viewer: Viewer) -> list[ReadableComment]:
    """Comments that were read and fit no theme, or only the one for whatever else, in a steady order."""
    fallbacks = [theme.code for theme in codebook_of(session, viewer.where).themes if theme.fallback]
    places = groups(session, viewer)
    keys = {
        key
        for theme in ("none", *fallbacks)
        for wave in {each.wave_id for each in places}
        for key in fitting(session, viewer, [each for each in places if each.wave_id == wave], Asked(theme=theme))
    }
    return [
        each
        for each in by_keys(session, viewer, sorted(keys))
        if each.sentiment is not None and {theme for theme, _ in each.themes} <= set(fallbacks)
    ]


def _row(school_id: UUID, group: Emerging, keys: Sequence[str]) -> ThemeSuggestion:
    return ThemeSuggestion(
        school_id=school_id,
        state="offered",
        name=", ".join(group.words[:2]).capitalize(),
        words=list(group.words),
        sure=list(group.sure),
        members=[keys[at] for at in group.members],
        stability=group.stability,
        made_at=datetime.now(UTC),
    )


def _described(
    session: Session, viewer: Viewer, row: ThemeSuggestion, places: dict[tuple[UUID, str], Group]
) -> Suggestion:
    found = by_keys(session, viewer, [bytes.fromhex(key) for key in row.members])
    shown = [each for each in found if (each.audience_id, each.question_key) in places]
    return Suggestion(
        row.id, row.name, tuple(row.words), tuple(row.sure), len(shown), row.stability, tuple(spread(shown))
    )


def spread(comments: Sequence[ReadableComment]) -> list[ReadableComment]:
    """Three quotes of different people and moods, as far as there are: each time what is newest beside those taken."""
    taken: list[ReadableComment] = []
    left = list(comments)
    while left and len(taken) < QUOTES:
        people, moods = {each.audience_id for each in taken}, {each.sentiment for each in taken}
        best = min(left, key=lambda each: (each.audience_id in people) + (each.sentiment in moods))
        taken.append(best)
        left.remove(best)
    return taken


def _offered(session: Session, viewer: Viewer, suggestion_id: UUID) -> ThemeSuggestion:
    _only_leads(viewer)
    wanted = select(ThemeSuggestion).where(
        ThemeSuggestion.id == suggestion_id,
        ThemeSuggestion.school_id == viewer.where,
        ThemeSuggestion.state == "offered",
    )
    found = session.scalars(wanted).first()
    if found is None:
        raise NotFound("There is no such group.")
    return found


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only those who read all comments decide on themes.")
