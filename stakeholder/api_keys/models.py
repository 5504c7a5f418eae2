"""Keys of programs as rows; of the key itself only a hash stands here."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class ApiKey(Base):
    """A key of a program.

    scopes       what it is good for, see `stakeholder.api_keys.scopes`
    secret_hash  SHA-256 of the key: it has 256 bits, so that guessing it from the hash is hopeless
    until        the first day on which it no longer counts
    used_on      the last day on which a program came with it
    """

    __tablename__ = "api_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    until: Mapped[date]
    used_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
