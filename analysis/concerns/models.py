"""Concerns as rows. One holds its own copy of the words, and no key to a response, a comment or a person."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base

HASH_BYTES = 32


class Concern(Base):
    """Something a safeguarding lead must look at.

    kind      "comment": raised by the screen; "talk": somebody gave their name and wants to talk
    source    keyed hash of the submission and question, so that sending twice raises once
    spots     places of the words that raised it: [[start, end, category]], end exclusive
    identity  who wrote, sealed or open as the wave's mode keeps it; None in an anonymous wave
    words     what was written; emptied when the case was handed to the school's own record
    """

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("kind in ('comment', 'talk')", name="kind"),
        CheckConstraint("urgency in ('danger', 'other')", name="urgency"),
        CheckConstraint("state in ('new', 'read', 'closed')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    wave_title: Mapped[str] = mapped_column(String(200))
    group: Mapped[str] = mapped_column(String(40))
    question_key: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(8))
    source: Mapped[bytes] = mapped_column(LargeBinary(HASH_BYTES), unique=True)
    words: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    categories: Mapped[list[str]] = mapped_column(JSON)
    spots: Mapped[list[list[int | str]]] = mapped_column(JSON, default=list)
    urgency: Mapped[str] = mapped_column(String(6))
    state: Mapped[str] = mapped_column(String(6), default="new", index=True)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    told: Mapped[int] = mapped_column(default=0)
    raised_at: Mapped[datetime]
    handler_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    identity: Mapped[bytes | None]


class ConcernStep(Base):
    """What was done about a concern, by whom and when."""

    __tablename__ = "concern_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")


class IdentityOpening(Base):
    """A lead's wish to open one sealed identity, and who agreed to it.

    asked_at     the wish holds for a day, and so does the agreement
    approved_by  another person than who asked, the database sees to that
    """

    __tablename__ = "identity_opening"
    __table_args__ = (CheckConstraint("approved_by <> asked_by", name="two_people"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(400))
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]


class DayLook(Base):
    """On this day somebody looked at everything that was written."""

    __tablename__ = "day_look"
    __table_args__ = (UniqueConstraint("school_id", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    day: Mapped[date]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
