"""Raising concerns: the screen reads what respondents write before it is stored."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.concerns.models import Concern
from analysis.text.cleaning import clean
from analysis.text.screening import default_screener
from analysis.text.words import Words
from stakeholder.db import Database
from stakeholder.jobs import ledger
from stakeholder.keys import derived_key
from stakeholder.models import School
from surveys.models import Audience, Wave
from surveys.screening import Said, Talk

TELL = "tell_of_concern"
Spot = tuple[int, int, str]
"""Where words stand that call for a person, end exclusive, and their category."""
DANGEROUS = frozenset({"self_harm_suicide", "abuse_at_home", "sexual_harm"})
LONGEST_NAME = 200


@dataclass(frozen=True)
class Origin:
    """Where words come from: enough to act on, nothing that leads to who wrote them."""

    school_id: UUID
    wave_title: str
    group: str


class Wish(Protocol):
    """What somebody told by their name."""

    @property
    def language(self) -> str:
        """The language it is written in."""

    @property
    def name(self) -> str:
        """Who told it."""

    @property
    def place(self) -> str:
        """Where they can be found."""

    @property
    def words(self) -> str:
        """What they told."""


@dataclass(frozen=True)
class Told:
    """A worry that somebody signed in told."""

    language: str
    name: str
    place: str
    words: str


@dataclass(frozen=True)
class SafetyNet:
    """The screen that respondents' requests are given.

    Concerns are written in a transaction of their own, before the ballots: a crash in between loses no concern, and
    nothing in the database ties a concern to the answers that came with it.
    """

    database: Database
    secret: Callable[[], str]
    clock: Callable[[], datetime]

    def look_at(self, said: Said) -> frozenset[str]:
        """Raise a concern for each comment that gives reason to; returns the questions of those comments."""
        found = {question: spotted(text, said.language) for question, text in said.comments}
        flagged = {question: spots for question, spots in found.items() if spots}
        if flagged:
            texts = dict(said.comments)
            with self.database.writing() as session:
                where = origin_of(session, said.audience_id)
                for question, spots in flagged.items():
                    source = self._source(said.key, question)
                    self._raise(session, where, said, source, question, texts[question], spots)
        return frozenset(flagged)

    def wants_to_talk(self, talk: Talk) -> None:
        """Put somebody who wants to talk into the queue, with the name they gave."""
        with self.database.writing() as session:
            self.told_by(session, origin_of(session, talk.audience_id), talk)

    def told_by(self, session: Session, where: Origin, told: Wish) -> None:
        """Put what somebody told by their name into the queue, wherever they told it."""
        now = self.clock()
        concern = _new(where, told.language, self._source(f"{told.name}\0{told.words}", now.isoformat()), now)
        concern.kind, concern.words = "talk", told.words
        concern.name, concern.place = told.name[:LONGEST_NAME], told.place[:LONGEST_NAME]
        concern.urgency = "danger" if spotted(told.words, told.language) else "other"
        _store(session, concern, now)

    def _raise(
        self,
        session: Session,
        where: Origin,
        said: Said,
        source: bytes,
        question: str,
        text: str,
        spots: tuple[Spot, ...],
    ) -> None:
        if session.scalars(select(Concern.id).where(Concern.source == source)).first():
            return
        now = self.clock()
        concern = _new(where, said.language, source, now)
        concern.words, concern.question_key, concern.identity = text, question, said.identity
        concern.categories = sorted({category for _start, _end, category in spots})
        concern.spots = [list(spot) for spot in spots]
        concern.urgency = "danger" if DANGEROUS & set(concern.categories) else "other"
        _store(session, concern, now)

    def _source(self, *parts: str) -> bytes:
        """Keyed, so that whoever reads the database cannot tie a concern to a submission's key."""
        return hmac.new(derived_key(self.secret(), "concerns"), "\0".join(parts).encode(), hashlib.sha256).digest()


def spotted(text: str, language: str) -> tuple[Spot, ...]:
    """The words in a text that call for a person; none for most texts."""
    cleaned = clean(text)
    found = default_screener().concerns(Words(cleaned.text), language)
    return tuple((*cleaned.span(each.start, each.end), each.category) for each in found)


def get_ready() -> None:
    """Load what screening needs: a server does it aside while it already answers."""
    spotted("ready", "en")


def origin_of(session: Session, audience_id: UUID) -> Origin:
    """School, wave and group of an audience."""
    row = session.execute(
        select(School.id, Wave.title, Audience.group)
        .join(Wave, Wave.school_id == School.id)
        .join(Audience, Audience.wave_id == Wave.id)
        .where(Audience.id == audience_id)
    ).one()
    return Origin(row.id, row.title, row.group)


def _new(where: Origin, language: str, source: bytes, now: datetime) -> Concern:
    return Concern(
        school_id=where.school_id,
        wave_title=where.wave_title,
        group=where.group,
        language=language,
        kind="comment",
        source=source,
        words="",
        name="",
        place="",
        question_key="",
        categories=[],
        spots=[],
        urgency="other",
        state="new",
        outcome="",
        told=0,
        raised_at=now,
    )


def _store(session: Session, concern: Concern, now: datetime) -> None:
    """The concern and the job that tells of it, in one transaction."""
    session.add(concern)
    session.flush()
    ledger.enqueue(session, TELL, {"concern": str(concern.id)}, school_id=concern.school_id, after=now)
