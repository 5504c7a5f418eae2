"""Counts of answers by stratum, such as a school year: numbers, and nothing about anybody."""

from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class StratumCount(Base):
    """How many of a stratum have sent their answers, counted in the transaction of the answer.

    stratum    its options joined by a blank; fixed when the wave opens
    breakdown  the question whose options tell the strata apart
    options    those that fall into it: several where one alone has fewer than ten people to ask
    """

    __tablename__ = "stratum_count"

    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(200), primary_key=True)
    breakdown: Mapped[str] = mapped_column(String(120))
    options: Mapped[list[str]] = mapped_column(JSON)
    people: Mapped[int] = mapped_column(default=0)
