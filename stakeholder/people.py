"""People with roles at a school: add, list, end a role."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Membership, Person
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
LONGEST_ADDRESS, LONGEST_NAME = 254, 200
APART = frozenset({Role.SCHOOL_ADMIN, Role.SAFEGUARDING_LEAD})


@dataclass(frozen=True)
class RoleHeld:
    """One line of the people page: a person in one role."""

    membership_id: UUID
    person_id: UUID
    name: str
    email: str
    role: Role
    since: date | None


def add_person(session: Session, viewer: Viewer, *, name: str, email: str, role: Role, now: datetime) -> Person:
    """Give someone a role at the viewer's school; a person known by this e-mail address is not made twice.

    email   may be empty for a student researcher, who gets cards from the mentor
    Raises NotAllowed, Invalid for a name or address that cannot be one, Conflict when the role is held already
    or when one person would be both school admin and safeguarding lead.
    """
    _may_give(viewer, role)
    name, email = _clean_name(name), _clean_address(email, role)
    person = session.scalars(select(Person).where(Person.email == email)).first() if email else None
    if person is None:
        person = Person(name=name, email=email or None)
        session.add(person)
        session.flush()
    _refuse_roles_that_do_not_fit(session, viewer, person, role, now.date())
    held = session.scalars(
        select(Membership).where(
            Membership.person_id == person.id, Membership.school_id == viewer.school_id, Membership.role == role
        )
    ).first()
    if held is None:
        held = Membership(person_id=person.id, school_id=viewer.where, role=role, since=now.date())
        session.add(held)
    else:
        held.since, held.until = now.date(), None
    session.flush()
    _record(session, viewer, f"role given: {role}", held.id, now)
    return person


def end_role(session: Session, viewer: Viewer, membership_id: UUID, *, now: datetime) -> None:
    """Take a role away from today on. Raises NotFound, also for another school's; Conflict for one's own last admin."""
    held = session.scalars(
        select(Membership).where(Membership.id == membership_id, Membership.school_id == viewer.school_id)
    ).first()
    if held is None or not held_on(held, now.date()):
        raise NotFound("There is no such role here.")
    _may_give(viewer, Role(held.role))
    if held.role == Role.SCHOOL_ADMIN and _admins(session, viewer, now.date()) == 1:
        raise Conflict("This is the only school admin. Make someone else one first, so that the school can get in.")
    held.until = now.date()
    _record(session, viewer, f"role ended: {held.role}", held.id, now)


def list_people(session: Session, viewer: Viewer, *, today: date) -> list[RoleHeld]:
    """Everyone with a role at the viewer's school today, by name."""
    rows = session.execute(
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.school_id == viewer.school_id, held_now(today))
        .order_by(Person.name, Person.id, Membership.role)
    ).all()
    return [
        RoleHeld(held.id, person.id, person.name, person.email or "", Role(held.role), held.since)
        for held, person in rows
    ]


def get_person(session: Session, viewer: Viewer, person_id: UUID, *, today: date) -> Person:
    """Someone with a role at the viewer's school. Raises NotFound, for another school's people too."""
    person = session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.id == person_id, Membership.school_id == viewer.school_id, held_now(today))
        .limit(1)
    ).first()
    if person is None:
        raise NotFound("There is no such person here.")
    return person


def held_now(today: date) -> ColumnElement[bool]:
    """Whether a membership counts today: `until` is the first day without it."""
    return or_(Membership.until.is_(None), Membership.until > today)


def held_on(held: Membership, today: date) -> bool:
    """The same for one that was read."""
    return held.until is None or held.until > today


def roles_of(session: Session, person_id: UUID, school_id: UUID, *, today: date) -> frozenset[Role]:
    """What someone is at a school today."""
    found = session.scalars(
        select(Membership.role).where(
            Membership.person_id == person_id, Membership.school_id == school_id, held_now(today)
        )
    )
    return frozenset(Role(role) for role in found)


def _may_give(viewer: Viewer, role: Role) -> None:
    researcher = role == Role.STUDENT_RESEARCHER and viewer.may(Permission.INVITE_RESEARCHERS)
    if not (researcher or viewer.may(Permission.MANAGE_PEOPLE)):
        raise NotAllowed("Only the school office gives and takes roles; mentors invite student researchers.")


def _refuse_roles_that_do_not_fit(session: Session, viewer: Viewer, person: Person, role: Role, today: date) -> None:
    if role in APART and (roles_of(session, person.id, viewer.where, today=today) & (APART - {role})):
        raise Conflict(
            "Nobody is both school admin and safeguarding lead: the one gives roles, the other reads worries. "
            "Choose someone else for one of the two."
        )


def _admins(session: Session, viewer: Viewer, today: date) -> int:
    return session.execute(
        select(func.count())
        .select_from(Membership)
        .where(Membership.school_id == viewer.school_id, Membership.role == Role.SCHOOL_ADMIN, held_now(today))
    ).scalar_one()


def _record(session: Session, viewer: Viewer, act: str, membership_id: UUID, now: datetime) -> None:
    record(session, Act(act, f"membership {membership_id}", actor=viewer.person_id, school=viewer.school_id), now=now)


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"Write a name of at most {LONGEST_NAME} characters.")
    return name


def _clean_address(email: str, role: Role) -> str:
    email = email.strip().lower()
    if not email and role == Role.STUDENT_RESEARCHER:
        return ""
    if len(email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(email):
        raise Invalid("Write an e-mail address, such as name@school.example.")
    return email
