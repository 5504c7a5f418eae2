"""How far coders agree, where they differ, and how good the machine is at this school."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.codebook import Codebook
from analysis.comments.models import CommentCoding, CommentSample
from analysis.comments.settling import Coded, agree, of_coding, of_machine, settled
from analysis.comments.shelf import Group, ReadableComment, by_keys, in_groups, readable
from analysis.measures.agreement import Agreement, agreement
from analysis.measures.prevalence import LEAST_SAMPLE, Errors, Share, corrected, precision, recall
from analysis.models import CommentReading
from stakeholder.errors import NotAllowed
from stakeholder.models import Person
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Comment

Coders = dict[bytes, dict[UUID, CommentCoding]]


@dataclass(frozen=True)
class Difference:
    """A comment on which coders differ, and what each said: ((name, coding), ...)."""

    comment: ReadableComment
    said: tuple[tuple[str, Coded], ...]


@dataclass(frozen=True)
class ThemeAccuracy:
    """How well the machine finds one theme here; "sentiment" and "all themes" stand for feelings and all together.

    prevalence  share of comments truly about it, corrected for the machine's errors; None where it cannot be told
    """

    theme: str
    errors: Errors
    precision: Share | None
    recall: Share | None
    prevalence: Share | None


@dataclass(frozen=True)
class Accuracy:
    """The machine against people on a wave's random sample; `themes` is empty under 30 coded comments.

    right  share of the sample whose feeling the machine named rightly
    """

    sample: int
    coded: int
    right: Share | None
    together: ThemeAccuracy | None
    themes: tuple[ThemeAccuracy, ...]

    def of(self, theme: str) -> ThemeAccuracy | None:
        """What is known of one theme."""
        return next((each for each in self.themes if each.theme == theme), None)


def agreements(
    session: Session, viewer: Viewer, wave: Sequence[Group], codebook: Codebook
) -> list[tuple[str, Agreement]]:
    """By theme that anybody coded, how far blind coders agree; the most often coded first."""
    _only_leads(viewer)
    coded = _blind(session, viewer, wave)
    coders = sorted({coder for each in coded.values() for coder in each}, key=str)
    found = []
    for theme in codebook.themes:
        verdicts = [
            [theme.code in {name for name, _ in each[one].themes} if one in each else None for one in coders]
            for each in coded.values()
        ]
        result = agreement(verdicts)
        if result.given:
            found.append((theme.code, result))
    return sorted(found, key=lambda pair: -pair[1].given)


def differences(session: Session, viewer: Viewer, wave: Sequence[Group]) -> list[Difference]:
    """Comments on which blind coders differ and nobody has decided yet."""
    _only_leads(viewer)
    decided = set(session.scalars(select(CommentCoding.comment_key).where(CommentCoding.purpose == "adjudicated")))
    coded = {key: each for key, each in _blind(session, viewer, wave).items() if key not in decided}
    apart = {key: said for key, each in coded.items() if (said := _apart(each))}
    names = {row.id: row.name for row in session.scalars(select(Person).where(Person.id.in_(_people(coded))))}
    comments = by_keys(session, viewer, sorted(apart))
    return [
        Difference(comment, tuple((names[coder], said) for coder, said in apart[comment.id.bytes]))
        for comment in comments
    ]


def accuracy(session: Session, viewer: Viewer, wave: Sequence[Group], codebook: Codebook) -> Accuracy | None:
    """The machine against people, on the sample of these groups' wave; None without a sample."""
    _only_leads(viewer)
    if not wave:
        return None
    sample = set(session.scalars(select(CommentSample.comment_key).where(CommentSample.wave_id == wave[0].wave_id)))
    if not sample:
        return None
    rows = session.execute(
        readable(viewer)
        .with_only_columns(Comment.key, CommentReading)
        .where(in_groups(wave), CommentReading.sentiment.is_not(None))
    ).all()
    said = {row.key: of_machine(row.CommentReading) for row in rows}
    truth = {key: coded for key, coded in _truth(session, sample).items() if key in said}
    if len(truth) < LEAST_SAMPLE:
        return Accuracy(len(sample), len(truth), None, None, ())
    themes = tuple(
        each
        for theme in codebook.themes
        if (each := _of_theme(theme.code, truth, said)).errors.sample > each.errors.neither
    )
    right = sum(truth[key].sentiment == said[key].sentiment for key in truth)
    errors = Errors(right, len(truth) - right, 0, 0)
    return Accuracy(len(sample), len(truth), precision(errors), _together(themes), themes)


def _of_theme(theme: str, truth: Mapping[bytes, Coded], said: Mapping[bytes, Coded]) -> ThemeAccuracy:
    by_people = {key for key, coded in truth.items() if theme in dict(coded.themes)}
    by_machine = {key for key, coded in said.items() if theme in dict(coded.themes)}
    sampled = by_machine & truth.keys()
    both = len(by_people & sampled)
    only_machine, only_people = len(sampled) - both, len(by_people) - both
    errors = Errors(both, only_machine, only_people, len(truth) - both - only_machine - only_people)
    share = corrected(errors, len(by_machine), len(said))
    return ThemeAccuracy(theme, errors, precision(errors), recall(errors), share)


def _together(themes: Sequence[ThemeAccuracy]) -> ThemeAccuracy:
    """All themes as one: every theme of every comment counts once."""
    parts = [each.errors for each in themes]
    errors = Errors(
        sum(each.both for each in parts),
        sum(each.only_reader for each in parts),
        sum(each.only_people for each in parts),
        sum(each.neither for each in parts),
    )
    return ThemeAccuracy("all themes", errors, precision(errors), recall(errors), None)


def _truth(session: Session, sample: set[bytes]) -> dict[bytes, Coded]:
    """What people say of sampled comments: decided, or blind without a difference; corrections saw the machine."""
    said: dict[bytes, list[Coded]] = defaultdict(list)
    wanted = select(CommentCoding).where(CommentCoding.purpose.in_(("blind", "adjudicated")))
    for row in session.scalars(wanted.order_by(CommentCoding.number)):
        if row.comment_key in sample:
            said[row.comment_key].append(of_coding(row))
    nothing = Coded("machine", None, ())
    found = {key: settled(nothing, people) for key, people in said.items()}
    return {key: Coded("people", each.sentiment, each.themes) for key, each in found.items() if each.by_person}


def _blind(session: Session, viewer: Viewer, wave: Sequence[Group]) -> Coders:
    """Blind codings of these groups' comments, by comment and coder."""
    if not wave:
        return {}
    keys = readable(viewer).with_only_columns(Comment.key).where(in_groups(wave))
    wanted = select(CommentCoding).where(CommentCoding.purpose == "blind", CommentCoding.comment_key.in_(keys))
    found: Coders = defaultdict(dict)
    for row in session.scalars(wanted):
        found[row.comment_key][row.coder_id] = row
    return found


def _apart(coded: Mapping[UUID, CommentCoding]) -> list[tuple[UUID, Coded]]:
    """What each said, where they differ; else nothing."""
    said = [(coder, of_coding(row)) for coder, row in sorted(coded.items(), key=lambda pair: str(pair[0]))]
    return said if any(not agree(said[0][1], each) for _, each in said[1:]) else []


def _people(coded: Mapping[bytes, Mapping[UUID, CommentCoding]]) -> set[UUID]:
    return {coder for each in coded.values() for coder in each}


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only mentors and leads see how coders agree.")
