"""Words that may be names: hidden from everybody until a safeguarding lead has looked."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.comments.models import RosterName
from analysis.comments.roster import NO_NAME, finder_of, read_again
from analysis.models import CommentReading
from analysis.text.personal.finding import Personal
from analysis.text.personal.redacting import redacted
from analysis.text.personal.roster import name_parts
from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Audience, Comment, Wave

MOST_READ = 2_000
MOST_SHOWN = 60
ROUND_ABOUT = 60


@dataclass(frozen=True)
class Doubt:
    """A word with a capital inside a sentence: how often it stands there, and one place of it."""

    word: str
    times: int
    before: str
    after: str


def doubts(session: Session, viewer: Viewer) -> list[Doubt]:
    """Words to decide on, most frequent first; at most 60 at a time. Raises NotAllowed."""
    _only_leads(viewer)
    finder = finder_of(session, viewer.where)
    times: Counter[str] = Counter()
    places: dict[str, tuple[str, str]] = defaultdict(lambda: ("", ""))
    for text in _doubtful_texts(session, viewer):
        found = finder.find(text)
        for each in found:
            if not each.sure:
                word = text[each.start : each.end]
                times[word] += 1
                places.setdefault(word, _around(text, each, found))
    return [Doubt(word, count, *places[word]) for word, count in times.most_common(MOST_SHOWN)]


def decide(session: Session, viewer: Viewer, word: str, *, is_name: bool, now: datetime) -> None:
    """Keep a word hidden as a name, or show it from now on; comments are made anew. Raises Invalid, NotAllowed."""
    _only_leads(viewer)
    word = word.strip()
    if not name_parts(word) or len(word) > 200:
        raise Invalid("Choose one of the words on the page.")
    kind = "pupil_name" if is_name else NO_NAME
    known = select(RosterName.id).where(
        RosterName.school_id == viewer.where, RosterName.name == word, RosterName.kind == kind
    )
    if session.scalars(known).first() is None:
        session.add(RosterName(school_id=viewer.where, name=word, kind=kind))
        what = "a word is a name" if is_name else "a word is no name"
        record(session, Act(what, "1 word", viewer.who, viewer.where), now=now)
    read_again(session, viewer.where)


def _doubtful_texts(session: Session, viewer: Viewer) -> list[str]:
    """Comments with such words; those that raised a concern stay in the queue of concerns."""
    return list(
        session.scalars(
            select(Comment.text)
            .join(CommentReading, CommentReading.comment_key == Comment.key)
            .join(Audience, Audience.id == Comment.audience_id)
            .join(Wave, Wave.id == Audience.wave_id)
            .where(Wave.school_id == viewer.where, CommentReading.doubtful > 0, CommentReading.safeguarding.is_(False))
            .order_by(Comment.key)
            .limit(MOST_READ)
        )
    )


def _around(text: str, word: Personal, found: tuple[Personal, ...]) -> tuple[str, str]:
    """What stands before and after a word, other names hidden."""
    before = redacted(text[: word.start], [each for each in found if each.end <= word.start])
    rest = [Personal(a.start - word.end, a.end - word.end, a.kind) for a in found if a.start >= word.end]
    after = redacted(text[word.end :], rest)
    return before[-ROUND_ABOUT:], after[:ROUND_ABOUT]


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_CONCERNS):
        raise NotAllowed("Only safeguarding leads see what may be a name.")
