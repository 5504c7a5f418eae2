"""Schools, people and what they may do."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stakeholder.db import Base


class School(Base):
    """One school. `groups` lists the groups of people it asks: [{"key", "label"}]."""

    __tablename__ = "school"
    __table_args__ = (CheckConstraint("minimum_people >= 10", name="minimum_people"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="en")
    time_zone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    minimum_people: Mapped[int] = mapped_column(default=10)
    groups: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    contacts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class Person(Base):
    """Someone with a role; pupils and parents who answer have no row here."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))


class Membership(Base):
    """A person's role at a school, from one day to another; without an end it goes on."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "school_id", "role"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    school_id: Mapped[UUID] = mapped_column(ForeignKey("school.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    since: Mapped[date | None]
    until: Mapped[date | None]


class AuditEvent(Base):
    """One row of the audit chain, see `stakeholder.audit`: added, never changed, and outliving whom it names."""

    __tablename__ = "audit_event"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    actor_id: Mapped[UUID | None]
    school_id: Mapped[UUID | None] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(String(400), default="")
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class Job(Base):
    """Work after the request, written in the transaction of its cause; see `stakeholder.jobs`."""

    __tablename__ = "job"
    __table_args__ = (CheckConstraint("state in ('waiting', 'running', 'done', 'failed')", name="state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("school.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    run_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(60))
    lease_until: Mapped[datetime | None]
    done_chunks: Mapped[int] = mapped_column(default=0)
    total_chunks: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(400), default="")
