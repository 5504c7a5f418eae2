"""Questionnaires, waves, and answers kept apart from everyone who gave them.

Ballots, drafts, responses and comments have random 16-byte keys, no row order, no time, and no foreign key
to a person or a code (a test holds this). Participation (`spent`) stands in a table without answers.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base

KEY_BYTES = 16
NO_ORDER = {"sqlite_with_rowid": False}


class QuestionnaireRow(Base):
    """A questionnaire by its key; without a school it belongs to the shared library."""

    __tablename__ = "questionnaire"
    __table_args__ = (UniqueConstraint("school_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"))
    key: Mapped[str] = mapped_column(String(80), index=True)


class QuestionnaireVersion(Base):
    """One published state of a questionnaire; it never changes, and `digest` proves it.

    lineage  what became of each question since the version before: {question key: class}; None for the first
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    questionnaire_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire.id"))
    number: Mapped[int]
    definition: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    lineage: Mapped[dict[str, str] | None] = mapped_column(JSON)


class Wave(Base):
    """One round of asking; `ends_on` is the last day on which answers are hoped for, when one was said."""

    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("school_id", "key"),
        CheckConstraint("state in ('planned', 'open', 'closed')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="planned")


class Audience(Base):
    """One questionnaire version put to one group in a wave; `mode` never changes once answers can arrive.

    key      names the audience within the wave: the questionnaire's audience, e.g. "secondary"
    token    the secret of the open link, /s/<token>
    invited  people asked, when the roll is known; from_roll: it follows the roll until the wave closes
    target   percent of them whose answers are hoped for
    languages  in which it is asked, with whether safety texts are checked in each; None: all, for what opened earlier
    left_out   in which it is offered and not asked, with how many texts were in the way (`LeftOut`) when it opened
    """

    __tablename__ = "audience"
    __table_args__ = (
        UniqueConstraint("wave_id", "key"),
        CheckConstraint("mode in ('anonymous', 'confidential', 'named')", name="mode"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("wave.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire_version.id"))
    key: Mapped[str] = mapped_column(String(80))
    group: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(12), default="anonymous")
    invited: Mapped[int | None]
    invited_by: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    from_roll: Mapped[bool | None]
    target: Mapped[int | None]
    token: Mapped[str] = mapped_column(String(60), unique=True)
    languages: Mapped[dict[str, bool] | None] = mapped_column(JSON(none_as_null=True))
    left_out: Mapped[dict[str, dict[str, int]] | None] = mapped_column(JSON(none_as_null=True))


class Draft(Base):
    """Answers on their way: random key held by the respondent's device only; no time, no order.

    draw  which of a few orders, and which arms, chance chose; empty where nothing is left to chance
    """

    __tablename__ = "draft"
    __table_args__ = (NO_ORDER,)

    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES), primary_key=True)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    layout: Mapped[str] = mapped_column(String(8), default="pages")
    draw: Mapped[str | None] = mapped_column(String(400))
    answers: Mapped[str] = mapped_column(Text, default="{}")


class Spent(Base):
    """Participation: a submission key that has been used, the hash of what came with it, the way in. No answers.

    body_hash  keyed with the submission's key, which is not stored: whoever has the database cannot tell what came
    way_id     by which link, or the audience itself for somebody's own link; None for the open link
    """

    __tablename__ = "spent"
    __table_args__ = (NO_ORDER,)

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), index=True)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    way_id: Mapped[UUID | None]


class WayIn(Base):
    """A further link into an audience, such as a class's; nothing is stored about the slips printed for it.

    given  what everybody who comes by it has answered beforehand: {question key: code}
    slips  how many slips were printed; 0 for a link that all of them use
    asked  people who get it, when the roll is known
    """

    __tablename__ = "way_in"
    __table_args__ = (UniqueConstraint("audience_id", "title"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"))
    title: Mapped[str] = mapped_column(String(80))
    given: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    token: Mapped[str] = mapped_column(String(60), unique=True)
    slips: Mapped[int] = mapped_column(default=0)
    asked: Mapped[int | None]


class QuotaCount(Base):
    """How many of those whom a quota describes have sent their answers; a number and nothing about any of them."""

    __tablename__ = "quota_count"

    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), primary_key=True)
    quota: Mapped[str] = mapped_column(String(80), primary_key=True)
    people: Mapped[int] = mapped_column(default=0)


class ModulePermission(Base):
    """A school's leave to ask a licensed instrument; `digest` names exactly which text it is for."""

    __tablename__ = "module_permission"
    __table_args__ = (UniqueConstraint("school_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    module: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64))
    reference: Mapped[str] = mapped_column(String(300))
    until: Mapped[date | None]
    recorded_at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class Ballot(Base):
    """A submission in the ballot box: the answers as one ballot, each comment as one of its own."""

    __tablename__ = "ballot"
    __table_args__ = (CheckConstraint("kind in ('answers', 'comment')", name="kind"), NO_ORDER)

    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES), primary_key=True)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Response(Base):
    """One person's released answers, codes only; comments stand apart in `Comment`.

    draw      which of a few orders, and which arms, they met; many others met the same
    identity  who wrote: sealed in a confidential wave, open in a named one, never in an anonymous one (a trigger)
    """

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_audience_id", "audience_id"), NO_ORDER)

    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES), primary_key=True)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"))
    language: Mapped[str] = mapped_column(String(8))
    draw: Mapped[str | None] = mapped_column(String(400))
    answers: Mapped[str] = mapped_column(Text)
    identity: Mapped[bytes | None]


class Comment(Base):
    """One released comment, never joined to a response; a hidden one raised a concern and is shown nowhere."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_audience_id", "audience_id"), NO_ORDER)

    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES), primary_key=True)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"))
    question_key: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    hidden: Mapped[bool | None]
