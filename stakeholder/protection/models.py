"""A school's choices about the protection of data as a row."""

from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class Protection(Base):
    """What a school chose; a school without a row keeps everything for the usual time.

    contact  whom to ask about data, in the school's own words: name, address, telephone
    periods  {kind: length}, see `stakeholder.protection.periods`
    """

    __tablename__ = "protection"

    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), primary_key=True)
    contact: Mapped[str] = mapped_column(String(300), default="")
    periods: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
