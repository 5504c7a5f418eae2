"""Keys of safeguarding leads and of recovery; no private half stands here unwrapped."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class IdentityKey(Base):
    """A safeguarding lead's key for sealed identities.

    wrapped      the private half under the lead's passphrase, see `surveys.identities.envelopes.wrapped`
    unlocked_at  when the lead last proved to know the passphrase
    """

    __tablename__ = "identity_key"
    __table_args__ = (UniqueConstraint("school_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    public: Mapped[str] = mapped_column(String(80))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    unlocked_at: Mapped[datetime]


class IdentityRecovery(Base):
    """A school's recovery key, for each pair of its three holders."""

    __tablename__ = "identity_recovery"

    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), primary_key=True)
    public: Mapped[str] = mapped_column(String(80))
    pairs: Mapped[dict[str, str]] = mapped_column(JSON)
    made_at: Mapped[datetime]
