"""Enquiries as rows: who takes part, what they wrote, which evidence they cite, to whom the report was given."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base

KEY = 60


class ProcessModel(Base):
    """A school's own version of a process; `number` counts its changes."""

    __tablename__ = "process_model"
    __table_args__ = (UniqueConstraint("school_id", "key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    key: Mapped[str] = mapped_column(String(KEY))
    text: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class Enquiry(Base):
    """One run of a process, hosted by a school.

    process   the YAML it runs by, as it was when it began: a later change of the model leaves it alone
    question  the focus question as it stands; earlier ones are entries
    code      what the host gives another school so that it can join; None where nobody else can
    after_id  the enquiry whose next question this one asks
    """

    __tablename__ = "enquiry"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    process: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(Text)
    begun_on: Mapped[date]
    begun_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    code: Mapped[str | None] = mapped_column(String(20))
    after_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry.id", ondelete="SET NULL"))


class EnquirySchool(Base):
    """A school that takes part; whoever left is kept with the day, and sees and shows nothing any more."""

    __tablename__ = "enquiry_school"

    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"), primary_key=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), primary_key=True, index=True)
    is_host: Mapped[bool]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]


class EnquiryMember(Base):
    """Somebody's part in an enquiry, for a school."""

    __tablename__ = "enquiry_member"

    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(KEY), primary_key=True)


class StageDone(Base):
    """A stage that was closed, by whom and when; the first stage without such a row is the present one."""

    __tablename__ = "stage_done"

    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    done_at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Entry(Base):
    """Something that was written for an artefact.

    school_id   the side it was written for
    heading     the heading chosen, where the artefact has some
    place       the dimension it stands under, where the artefact is a grid
    details     counts of a tally {heading: count}, clauses agreed to {"clauses": [...], "digest"}, a card {"card": key}
    about_id    the entry that it answers;  evidence_id  the evidence that it marks
    shared_at   since when the other side sees it, where it was put into the evidence room
    """

    __tablename__ = "enquiry_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"), index=True)
    artefact: Mapped[str] = mapped_column(String(KEY))
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text, default="")
    heading: Mapped[str] = mapped_column(String(KEY), default="")
    place: Mapped[str] = mapped_column(String(KEY), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry_entry.id", ondelete="CASCADE"), index=True)
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry_evidence.id", ondelete="CASCADE"), index=True)
    written_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]


class Evidence(Base):
    """One piece of evidence: a result of an edition by its place, or something from elsewhere with its own value.

    wave_id, kind, subject, audience   a result of a whole audience; audience "": of every audience, side by side
    value, source, day, strand                  from elsewhere, shown as it was written and never combined with anything
    """

    __tablename__ = "enquiry_evidence"
    __table_args__ = (
        CheckConstraint("(wave_id is null) <> (kind <> 'elsewhere')", name="one_source"),
        CheckConstraint("kind in ('item', 'score', 'elsewhere')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"), index=True)
    artefact: Mapped[str] = mapped_column(String(KEY))
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(10))
    wave_id: Mapped[UUID | None] = mapped_column(ForeignKey("wave.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(120), default="")
    audience: Mapped[str] = mapped_column(String(80), default="")
    caption: Mapped[str] = mapped_column(Text, default="")
    value: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    day: Mapped[date | None]
    strand: Mapped[str] = mapped_column(String(80), default="")
    added_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]


class ClaimLink(Base):
    """What stands behind a claim, or against it: a piece of evidence, or an entry such as an interview note."""

    __tablename__ = "claim_link"
    __table_args__ = (CheckConstraint("(evidence_id is null) <> (note_id is null)", name="one_end"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry_entry.id", ondelete="CASCADE"), index=True)
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry_evidence.id", ondelete="CASCADE"))
    note_id: Mapped[UUID | None] = mapped_column(ForeignKey("enquiry_entry.id", ondelete="CASCADE"))
    against: Mapped[bool]


class ReportRelease(Base):
    """The report given to one recipient, by a link of their own; `ended_on` takes it back."""

    __tablename__ = "report_release"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enquiry_id: Mapped[UUID] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"), index=True)
    recipient: Mapped[str] = mapped_column(String(200))
    token: Mapped[str] = mapped_column(String(60), unique=True)
    released_on: Mapped[date]
    ended_on: Mapped[date | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
