"""Who is on the roll; no answer, draft or ballot ever points here."""

from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class Member(Base):
    """One person on the roll of a group; whoever leaves is deleted.

    number    what the school's own system calls them: admission number, UPN, staff code
    year      "R", "1" to "13", or empty; form is the class
    left_out  why they are not asked: 'parent' or 'pupil' opted out, 'absent', or empty
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("school_id", "group", "number"),
        CheckConstraint("left_out in ('', 'parent', 'pupil', 'absent')", name="left_out"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    group: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(60))
    given: Mapped[str] = mapped_column(String(100), default="")
    family: Mapped[str] = mapped_column(String(100), default="")
    known_as: Mapped[str] = mapped_column(String(100), default="")
    year: Mapped[str] = mapped_column(String(4), default="")
    form: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    left_out: Mapped[str] = mapped_column(String(8), default="")
    children: Mapped[list[str]] = mapped_column(JSON, default=list)


class WaitingRoll(Base):
    """A roll that was brought in and waits for somebody to look at the difference; deleted as soon as it is decided.

    entries  the people as JSON, see `surveys.roll.entries`
    whole    whether the file holds everyone of the group, so that who is missing in it has left
    """

    __tablename__ = "waiting_roll"

    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), primary_key=True)
    group: Mapped[str] = mapped_column(String(40))
    whole: Mapped[bool]
    file_name: Mapped[str] = mapped_column(String(200))
    entries: Mapped[str] = mapped_column(Text)
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
