"""Sign-in as rows: links, visits and second factors. Secrets are hashed or sealed, never plain."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base

HASH_BYTES = 32


class SignInLink(Base):
    """A way in that works once: a link by e-mail, or a card for one supervised sitting."""

    __tablename__ = "sign_in_link"
    __table_args__ = (CheckConstraint("kind in ('link', 'card')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"))
    kind: Mapped[str] = mapped_column(String(4), default="link")
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(HASH_BYTES), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Visit(Base):
    """One signed-in browser; `proven_at` is when its person last used the second factor."""

    __tablename__ = "visit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(HASH_BYTES), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"))
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proven_at: Mapped[datetime | None]


class SecondFactor(Base):
    """An authenticator app or a passkey of a person.

    secret   sealed: the app's shared secret, or the passkey's public key
    handle   the passkey's credential id; empty for an app
    counter  the app's last used time step, or the passkey's signature count: nothing is accepted twice
    """

    __tablename__ = "second_factor"
    __table_args__ = (CheckConstraint("kind in ('app', 'passkey')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(80))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    handle: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    counter: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime]


class RecoveryCode(Base):
    """A code on paper that replaces the second factor once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(HASH_BYTES))
    used_at: Mapped[datetime | None]
