"""What comments share: themes that go together, words that one group uses more, and how much is written over time.

Each number is of a whole audience, counts at least ten comments, and is rounded as all counts are.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from analysis.comments.shelf import Group, in_groups, shown
from analysis.disclosure.rounding import Rounding
from analysis.editions import list_editions, load_edition
from analysis.measures.intervals import Interval, wilson
from analysis.measures.keyness import KeyWord, key_words
from analysis.models import CommentReading, CommentTheme, RoundingKey
from analysis.text.stems import Stems
from stakeholder.models import Job, School
from stakeholder.viewer import Viewer
from surveys.models import Audience, Comment, Wave

LEAST_OF_A_GROUP = 30
MOST_PAIRS = 12
ANEW = ("read_comments", "build_edition")
_WORD = re.compile(r"(?<!\[)\b[a-z][a-z']{2,}\b(?![\w ]*\])")
_EMPTY = frozenset(
    re.findall(
        r"\S+",
        "the and for are was were that this with have has had not but you your our they them their there then than can"
        " could should would will what when where who how why all any more less very too just about from into out also"
        " been being does did don't its it's i'm we're get got make made one some such only other like because much"
        " many really",
    )
)


@dataclass(frozen=True)
class Pair:
    """Two themes in the same comments; `lift` says how many times more often than by chance."""

    first: str
    second: str
    comments: int
    lift: float


@dataclass(frozen=True)
class Volume:
    """How many of a wave's comments name a theme, and the share with its 95 % range; None: too few to show."""

    wave: str
    comments: int
    read: int
    share: float
    interval: Interval


def pairs(session: Session, viewer: Viewer, audience: Sequence[Group]) -> list[Pair]:
    """Themes that stand together in at least ten comments of an audience, most often first."""
    key = session.get(RoundingKey, audience[0].wave_id) if audience else None
    themes, read = _themes(session, viewer, audience), _read(session, viewer, audience)
    if key is None or len(read) < LEAST_OF_A_GROUP:
        return []
    least, rounding = session.get_one(School, viewer.where).minimum_people, Rounding(key.key)
    found: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    alone = Counter(theme for named in themes.values() for theme in named)
    for comment, named in sorted(themes.items()):
        for pair in combinations(sorted(named), 2):
            found[pair].append(comment)
    kept = [
        Pair(a, b, rounding.count(f"{a} {b}", b"".join(keys), len(keys)), len(keys) * len(read) / alone[a] / alone[b])
        for (a, b), keys in found.items()
        if len(keys) >= least
    ]
    return sorted(kept, key=lambda pair: (-pair.comments, pair.first, pair.second))[:MOST_PAIRS]


def words_apart(session: Session, viewer: Viewer, one: Sequence[Group], other: Sequence[Group]) -> list[KeyWord]:
    """Words, by their stems, that one audience uses clearly more than another; both need 30 comments."""
    texts = [_texts(session, viewer, groups) for groups in (one, other)]
    if not one or not other or min(map(len, texts)) < LEAST_OF_A_GROUP:
        return []
    least = session.get_one(School, viewer.where).minimum_people
    faces: dict[str, Counter[str]] = defaultdict(Counter)
    used = [_used(each, faces) for each in texts]
    found = key_words(used[0], used[1], (len(texts[0]), len(texts[1])), least=least)
    return [
        KeyWord(faces[each.word].most_common(1)[0][0], each.first, each.second, each.likelihood, each.more_in_first)
        for each in found
    ]


def volumes(session: Session, viewer: Viewer, audience_key: str) -> dict[str, list[Volume]]:
    """By theme, how much of what an audience wrote names it, in each wave that asked it, oldest first.

    Both numbers are rounded counts: the theme's from the frozen edition, the comments' by the same rounding.
    """
    found: dict[str, list[Volume]] = defaultdict(list)
    ways = ways_of_reading(session, viewer)
    newest = next(
        (ways[each.wave_key] for each in reversed(list_editions(session, viewer)) if ways.get(each.wave_key)), ""
    )
    for summary in list_editions(session, viewer):
        if ways.get(summary.wave_key) != newest:
            continue  # read in another way, or being read anew: never in one figure with the others
        read = _comments_read(session, viewer, summary.wave_key, audience_key)
        if read < LEAST_OF_A_GROUP:
            continue
        for cell in load_edition(session, viewer, summary.wave_key).of("theme", audience_key, ()):
            if cell.status == "shown" and cell.n <= read:
                interval = wilson(cell.n, read)
                found[cell.subject].append(Volume(summary.wave_title, cell.n, read, cell.n / read, interval))
    return found


def ways_of_reading(session: Session, viewer: Viewer) -> dict[str, str]:
    """By wave, the version in which all its comments were read; without waves that are being read or counted anew."""
    jobs = session.scalars(select(Job).where(Job.kind.in_(ANEW), Job.state.in_(("waiting", "running"))))
    busy = {job.payload.get("wave") for job in jobs}
    rows = session.execute(
        select(Wave.id, Wave.key, CommentReading.version)
        .join(Audience, Audience.wave_id == Wave.id)
        .join(Comment, Comment.audience_id == Audience.id)
        .join(CommentReading, CommentReading.comment_key == Comment.key)
        .where(Wave.school_id == viewer.where)
        .distinct()
    ).all()
    versions: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        versions[row.key].add(row.version or "")
    running = {row.key for row in rows if str(row.id) in busy}
    return {key: next(iter(found)) for key, found in versions.items() if len(found) == 1 and key not in running}


def _comments_read(session: Session, viewer: Viewer, wave_key: str, audience_key: str) -> int:
    """Comments of an audience that the machine read, rounded; 0 where there are none."""
    row = session.execute(
        select(Wave.id, Audience.id.label("audience"))
        .join(Audience, Audience.wave_id == Wave.id)
        .where(Wave.school_id == viewer.where, Wave.key == wave_key, Audience.key == audience_key)
    ).first()
    key = session.get(RoundingKey, row.id) if row else None
    if row is None or key is None:
        return 0
    wanted = (
        select(Comment.key)
        .join(CommentReading, CommentReading.comment_key == Comment.key)
        .where(
            Comment.audience_id == row.audience,
            CommentReading.sentiment.is_not(None),
            CommentReading.safeguarding.is_(False),
            or_(Comment.hidden.is_(None), Comment.hidden.is_(False)),
        )
    )
    keys = sorted(session.scalars(wanted))
    return Rounding(key.key).count("comments read", b"".join(keys), len(keys))


def _themes(session: Session, viewer: Viewer, groups: Sequence[Group]) -> Mapping[bytes, set[str]]:
    if not groups:
        return {}
    keys = shown(viewer).where(in_groups(groups))
    found: dict[bytes, set[str]] = defaultdict(set)
    for row in session.scalars(select(CommentTheme).where(CommentTheme.comment_key.in_(keys))):
        found[row.comment_key].add(row.theme)
    return found


def _read(session: Session, viewer: Viewer, groups: Sequence[Group]) -> list[bytes]:
    if not groups:
        return []
    wanted = shown(viewer).where(in_groups(groups), CommentReading.sentiment.is_not(None))
    return list(session.scalars(wanted.with_only_columns(Comment.key)))


def _texts(session: Session, viewer: Viewer, groups: Sequence[Group]) -> list[str]:
    """English comments of these groups, without names."""
    if not groups:
        return []
    wanted = shown(viewer).where(in_groups(groups), CommentReading.sentiment.is_not(None))
    return [text or "" for text in session.scalars(wanted.with_only_columns(CommentReading.redacted))]


def _used(texts: Sequence[str], faces: dict[str, Counter[str]]) -> Counter[str]:
    """In how many texts each stem stands; `faces` learns how it is mostly written."""
    found: Counter[str] = Counter()
    for text in texts:
        words = content_words(text)
        stems = dict(zip(_stems().all_of(words), words, strict=True))
        found.update(stems.keys())
        for stem, word in stems.items():
            faces[stem][word] += 1
    return found


@cache
def _stems() -> Stems:
    return Stems({})


def content_words(text: str) -> list[str]:
    """The words of a text that say something, in small letters and in order; what stands for a name is left out."""
    return [word for word in _WORD.findall(text.lower()) if word not in _EMPTY]


def content_stems(text: str) -> list[str]:
    """The stems of those words, in order."""
    return list(_stems().all_of(content_words(text)))


def by_audience(found: Sequence[Group]) -> dict[UUID, list[Group]]:
    """Groups of one wave by who wrote."""
    kept: dict[UUID, list[Group]] = defaultdict(list)
    for each in found:
        kept[each.audience_id].append(each)
    return kept
