"""Questionnaires on the drawing board: every save is kept, with who made it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class Sketch(Base):
    """A questionnaire that is being written; `saves` numbers its newest save.

    key             the questionnaire's key: publishing makes the next version under it
    published_save  the save that was published last, None before the first
    """

    __tablename__ = "sketch"
    __table_args__ = (UniqueConstraint("school_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300))
    saves: Mapped[int] = mapped_column(default=0)
    published_save: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10), default="open")


class SketchSave(Base):
    """One save: the whole content, what was done, by whom and when. Saves never change."""

    __tablename__ = "sketch_save"
    __table_args__ = (UniqueConstraint("sketch_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sketch_id: Mapped[UUID] = mapped_column(ForeignKey("sketch.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]


class SketchNote(Base):
    """What a colleague says about a question, or about the whole when `question_key` is empty."""

    __tablename__ = "sketch_note"
    __table_args__ = (CheckConstraint("state in ('open', 'settled')", name="state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sketch_id: Mapped[UUID] = mapped_column(ForeignKey("sketch.id"), index=True)
    question_key: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="open")


class CheckedWording(Base):
    """A translation that a speaker of the language has read and found right.

    pair  SHA-256 of the English words and the translation: when either changes, it must be read again
    """

    __tablename__ = "checked_wording"
    __table_args__ = (UniqueConstraint("school_id", "language", "pair"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    language: Mapped[str] = mapped_column(String(8))
    pair: Mapped[bytes] = mapped_column(LargeBinary(32))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime]


class AcceptedRisk(Base):
    """Someone's word that a questionnaire may be asked in a language that no speaker has checked, and why."""

    __tablename__ = "accepted_risk"
    __table_args__ = (UniqueConstraint("school_id", "questionnaire_key", "language"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    questionnaire_key: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime]
