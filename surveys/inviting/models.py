"""Invitations and what is sent to them; nothing here leads to an answer, and an invitation keeps no time."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class Invitation(Base):
    """A link for one person of the roll; it goes when they leave the roll.

    token_hash  hash of the link's secret; the secret itself is made anew whenever it is needed
    given       what the roll answers beforehand: {question key: code}
    mailing_id  the last mailing they were sent, None: none yet
    opened      whether they are known to have opened it; written for ten people or more at a time
    came_back   why the e-mail did not reach them, empty when nothing is known of that
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("audience_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    given: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    mailing_id: Mapped[UUID | None]
    opened: Mapped[bool] = mapped_column(default=False)
    came_back: Mapped[str] = mapped_column(String(200), default="")


class Mailing(Base):
    """One round of e-mails: an invitation to all who have none yet, or a reminder.

    texts    what is written, by language: {"en": ["subject", "text"]}; several languages stand below each other
    send_at  not before
    state    'waiting', 'done', or 'dropped' when somebody called it off or the wave closed before
    """

    __tablename__ = "mailing"
    __table_args__ = (
        CheckConstraint("kind in ('invitation', 'reminder')", name="kind"),
        CheckConstraint("state in ('waiting', 'done', 'dropped')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audience.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    texts: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    send_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8), default="waiting")
