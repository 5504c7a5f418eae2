"""What a school tells us about names, and what people make of comments. No table leads to who wrote one."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base
from surveys.models import KEY_BYTES, NO_ORDER


class RosterName(Base):
    """A name that comments must not show, or a word that somebody looked at and found to be no name.

    kind  "staff_name", "pupil_name", or "no_name"
    """

    __tablename__ = "roster_name"
    __table_args__ = (
        UniqueConstraint("school_id", "name", "kind"),
        CheckConstraint("kind in ('staff_name', 'pupil_name', 'no_name')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))


class CommentCoding(Base):
    """What a person says a comment is about; it outranks the machine, and both are kept.

    purpose   "blind": coded without seeing what others or the machine said; "correction": a reason was contested;
              "adjudicated": decided where two coders differed
    themes    [[theme, sentiment], ...]; codebook is the digest of the one it was coded by
    number    orders the codings of one comment
    """

    __tablename__ = "comment_coding"
    __table_args__ = (
        UniqueConstraint("comment_key", "coder_id", "purpose"),
        CheckConstraint("purpose in ('blind', 'correction', 'adjudicated')", name="purpose"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    comment_key: Mapped[bytes] = mapped_column(
        LargeBinary(KEY_BYTES), ForeignKey("comment.key", ondelete="CASCADE"), index=True
    )
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(12))
    sentiment: Mapped[str | None] = mapped_column(String(10))
    themes: Mapped[list[list[str]]] = mapped_column(JSON)
    codebook: Mapped[str] = mapped_column(String(16))
    number: Mapped[int]


class CommentSample(Base):
    """One comment of a wave's random sample, by which the machine is measured."""

    __tablename__ = "comment_sample"
    __table_args__ = (NO_ORDER,)

    comment_key: Mapped[bytes] = mapped_column(
        LargeBinary(KEY_BYTES), ForeignKey("comment.key", ondelete="CASCADE"), primary_key=True
    )
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("wave.id"), index=True)


class Quote(Base):
    """A comment on the quotes board; student researchers and governors read it once somebody has released it."""

    __tablename__ = "quote"
    __table_args__ = (NO_ORDER,)

    comment_key: Mapped[bytes] = mapped_column(
        LargeBinary(KEY_BYTES), ForeignKey("comment.key", ondelete="CASCADE"), primary_key=True
    )
    chosen_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class SchoolCodebook(Base):
    """One version of a school's own themes, which stand beside the shared codebook; never changed, only followed.

    themes  as `analysis.codebook.Theme`, dumped
    change  {"kind": "accepted", "renamed", "merged" or "removed", "from": [...], "to": [...]}: what made this version
    """

    __tablename__ = "school_codebook"
    __table_args__ = (UniqueConstraint("school_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    number: Mapped[int]
    themes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class SchoolAdjustment(Base):
    """What a school's people taught the model; the newest that is used, and made for the present model, holds.

    state    "tried", "used" or "undone"
    model    digest of the model that it adds to
    lessons  how many comments it learnt from
    figures  {"themes": [before, after], "feeling": [before, after]} on comments held out
    added    {"weights": {feature: {output: number}}, "bias": {output: number}}
    """

    __tablename__ = "school_adjustment"
    __table_args__ = (
        UniqueConstraint("school_id", "number"),
        CheckConstraint("state in ('tried', 'used', 'undone')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(6))
    model: Mapped[str] = mapped_column(String(16))
    lessons: Mapped[int]
    figures: Mapped[dict[str, list[float]]] = mapped_column(JSON)
    added: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]


class ThemeSuggestion(Base):
    """A group of comments without a theme, offered to a person.

    state    "offered", "accepted", "merged", "split" or "dismissed"
    words    what comes back in its comments; `sure` those that mostly stand in them
    members  keys of its comments as hexadecimal digits, the clearest first
    theme    the code of the theme that it became
    """

    __tablename__ = "theme_suggestion"
    __table_args__ = (
        CheckConstraint("state in ('offered', 'accepted', 'merged', 'split', 'dismissed')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="offered")
    name: Mapped[str] = mapped_column(String(80))
    words: Mapped[list[str]] = mapped_column(JSON)
    sure: Mapped[list[str]] = mapped_column(JSON)
    members: Mapped[list[str]] = mapped_column(JSON)
    stability: Mapped[float] = mapped_column(Float)
    theme: Mapped[str | None] = mapped_column(String(80))
    made_at: Mapped[datetime]
