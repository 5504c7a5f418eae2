"""Readings of comments, frozen editions, and what was done about what was said."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base
from surveys.models import KEY_BYTES, NO_ORDER


class CommentReading(Base):
    """What was understood of one comment. `sentiment` is None where the language is not analysed.

    sentiment  what holds: a person's word where there is one, else the machine's
    redacted   the comment without names and contact details, all that anybody but the safeguarding lead may read
    doubtful   stretches of it that are hidden until a person has looked
    version    of codebook, model and names; None for what was read before comments were redacted
    reasons    words that decided: [[theme, start, end]], places in `redacted`, end exclusive
    machine    what the machine said: {"sentiment": ..., "themes": [[theme, sentiment], ...]}
    by_person  whether a person's coding stands in place of the machine's
    """

    __tablename__ = "comment_reading"
    __table_args__ = (NO_ORDER,)

    comment_key: Mapped[bytes] = mapped_column(
        LargeBinary(KEY_BYTES), ForeignKey("comment.key", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8))
    sentiment: Mapped[str | None] = mapped_column(String(10))
    score: Mapped[float | None] = mapped_column(Float)
    safeguarding: Mapped[bool] = mapped_column(default=False)
    concerns: Mapped[list[str]] = mapped_column(JSON, default=list)
    redacted: Mapped[str | None] = mapped_column(Text)
    doubtful: Mapped[int | None]
    version: Mapped[str | None] = mapped_column(String(32))
    probability: Mapped[float | None] = mapped_column(Float)
    sure: Mapped[bool | None]
    reasons: Mapped[list[list[Any]] | None] = mapped_column(JSON)
    machine: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    by_person: Mapped[bool | None]


class CommentTheme(Base):
    """One theme that a comment names, and how it speaks of it."""

    __tablename__ = "comment_theme"
    __table_args__ = (NO_ORDER,)

    comment_key: Mapped[bytes] = mapped_column(
        LargeBinary(KEY_BYTES), ForeignKey("comment.key", ondelete="CASCADE"), primary_key=True
    )
    theme: Mapped[str] = mapped_column(String(80), primary_key=True)
    sentiment: Mapped[str] = mapped_column(String(10))


class Edition(Base):
    """The results of a wave as they stood when they were counted; never changed, only followed by another.

    audiences  [{"key", "group", "label", "invited", "breakdowns": [[question, label, [[code, label], ...]], ...]}]
    cause      the job that counted it, so that a job done twice makes one edition
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("wave_id", "number"), UniqueConstraint("cause"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("wave.id"), index=True)
    number: Mapped[int]
    frozen_at: Mapped[datetime]
    audiences: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    cause: Mapped[UUID | None]


class EditionCell(Base):
    """One admitted result of an edition, in its place; `body` is a `Reportable` as JSON.

    people, members  for the next counting only: how many answered, and a keyed digest of who they are
    """

    __tablename__ = "edition_cell"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    people: Mapped[int] = mapped_column(default=0)
    members: Mapped[bytes] = mapped_column(LargeBinary(16), default=b"")


class RoundingKey(Base):
    """What fixes how a wave's counts are rounded, where no folder holds keys; see `editions.rounding_keys`."""

    __tablename__ = "rounding_key"

    wave_id: Mapped[UUID] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))


class Sharing(Base):
    """A wave's results shown to a circle of readers from a day on.

    circle  "heads", who see it at once where no row holds them back; "governors"; "researchers" (student researchers
            and their mentors); "families": everyone who has the link
    token   the secret of the link, for "families" only
    """

    __tablename__ = "sharing"
    __table_args__ = (
        UniqueConstraint("wave_id", "circle"),
        UniqueConstraint("token"),
        CheckConstraint("circle in ('heads', 'governors', 'researchers', 'families')", name="circle"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("wave.id"), index=True)
    circle: Mapped[str] = mapped_column(String(12))
    from_day: Mapped[date]
    token: Mapped[str | None] = mapped_column(String(60))


class Action(Base):
    """One "You said, we did"."""

    __tablename__ = "action"
    __table_args__ = (CheckConstraint("state in ('planned', 'checking', 'done')", name="state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    number: Mapped[int]
    said: Mapped[str] = mapped_column(Text)
    did: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    due: Mapped[date | None]


class ExplorerNote(Base):
    """What an explorer wrote: a note beside a view (`view`: the enquiry's fields), or a planned comparison."""

    __tablename__ = "explorer_note"
    __table_args__ = (CheckConstraint("kind in ('note', 'plan')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    wave_id: Mapped[UUID] = mapped_column(ForeignKey("wave.id"), index=True)
    kind: Mapped[str] = mapped_column(String(4))
    view: Mapped[dict[str, str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class SavedReport(Base):
    """A saved selection of views of the explorer, in reading order.

    items  [{"key": its own name, "view": the enquiry's fields, "counted": {wave key: number of the edition it was
           taken from}}]: from these it is made again, the same on any day
    """

    __tablename__ = "saved_report"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(200))
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_at: Mapped[datetime]


class ReportSharing(Base):
    """A report shown to a circle of readers from a day on, and until another day where one is set.

    token  the secret of the link, for circles that do not sign in
    """

    __tablename__ = "report_sharing"
    __table_args__ = (
        UniqueConstraint("report_id", "circle"),
        UniqueConstraint("token"),
        CheckConstraint(
            "circle in ('governors', 'researchers', 'staff', 'students', 'families', 'everyone')", name="circle"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    report_id: Mapped[UUID] = mapped_column(ForeignKey("saved_report.id", ondelete="CASCADE"))
    circle: Mapped[str] = mapped_column(String(12))
    from_day: Mapped[date]
    until: Mapped[date | None]
    token: Mapped[str | None] = mapped_column(String(60))
