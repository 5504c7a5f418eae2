"""What a school tells us about names, and what people make of comments. No table leads to who wrote one."""

from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


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
