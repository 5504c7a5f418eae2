"""Somebody asks what is held about them, or asks to have it erased: found wherever a link to a person exists.

Where none exists nothing can be found, and the page says so: an anonymous answer leads to nobody, a sealed name is
opened for a concern alone, and concerns are the safeguarding lead's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import Membership, Person
from stakeholder.people import end_role, held_now
from stakeholder.protection.forgetting import forget_people
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from stakeholder.walls import everywhere
from surveys.identities.envelopes import Writer
from surveys.inviting.models import Invitation
from surveys.models import Audience, Response, Wave
from surveys.naming import told_in_words
from surveys.published import questionnaire_of
from surveys.roll.models import Member

SubjectKind = Literal["roll", "role", "answers"]
SHORTEST, MOST_FOUND = 2, 50


@dataclass(frozen=True)
class Subject:
    """Somebody whom data leads to.

    kind  "roll": on the roll; "role": with a role, now or once; "answers": off the roll, with answers by name
    key   the row's id, or of one of their answers, in hexadecimal
    """

    kind: SubjectKind
    key: str
    name: str
    about: str


@dataclass(frozen=True)
class Held:
    """Everything that leads to a person: ((heading, ((what, value), ...)), ...)."""

    subject: Subject
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def search(session: Session, viewer: Viewer, words: str) -> list[Subject]:
    """Whoever fits a name, number or e-mail address, at most 50. Raises NotAllowed, Invalid for too few letters."""
    _may_look(viewer)
    wanted = " ".join("".join(each for each in words if each.isprintable()).split()).lower()
    if len(wanted) < SHORTEST:
        raise Invalid("Write at least two letters of the name, or the number, or the e-mail address.")
    found = [*_on_roll(session, viewer, wanted), *_with_role(session, viewer, wanted)]
    return [*found, *_off_roll(session, viewer, wanted)][:MOST_FOUND]


def held_about(session: Session, viewer: Viewer, kind: str, key: str, *, now: datetime) -> Held:
    """What is held about one person; the look is written down. Raises NotAllowed, NotFound, for another school's too.

    What somebody answered by name is shown to those who may see answers by name; others see that it is there.
    """
    _may_look(viewer)
    subject, writer = _subject(session, viewer, kind, key)
    parts = [("", tuple(_row(session, viewer, subject)))]
    if writer is not None:
        parts += _named(session, viewer, writer)
    record(session, Act("data request viewed", f"{kind} {key}", viewer.actor, viewer.school_id), now=now)
    return Held(subject, tuple(parts))


def erase(session: Session, viewer: Viewer, kind: str, key: str, *, now: datetime) -> int:
    """Delete what leads to a person, and answers by name; returns how many answers went.

    Raises NotAllowed, NotFound, Conflict for the only school admin.
    """
    _may_look(viewer)
    if not viewer.may(Permission.MANAGE_PEOPLE):
        raise NotAllowed("Only the school office erases.")
    subject, writer = _subject(session, viewer, kind, key)
    if subject.kind == "role":
        _end_roles(session, viewer, UUID(key), now)
    keys = [row.key for row, _audience in _answers_of(session, viewer, writer)] if writer else []
    session.execute(delete(Response).where(Response.key.in_(keys)))
    if subject.kind == "roll":
        session.delete(session.get_one(Member, UUID(key)))
    act = Act("erased on request", f"{kind} {key}", viewer.actor, viewer.school_id, f"{len(keys)} answers by name")
    record(session, act, now=now)
    session.flush()
    return len(keys)


def _may_look(viewer: Viewer) -> None:
    if not viewer.may(Permission.PROTECT_DATA):
        raise NotAllowed("The head and the school office answer requests about data.")


def _on_roll(session: Session, viewer: Viewer, wanted: str) -> Iterator[Subject]:
    names = (func.lower(Member.given + " " + Member.family), func.lower(Member.known_as + " " + Member.family))
    fits = or_(*(name.contains(wanted, autoescape=True) for name in names), func.lower(Member.number) == wanted)
    mail = func.lower(Member.email) == wanted
    rows = session.scalars(
        select(Member)
        .where(Member.school_id == viewer.where, fits | mail)
        .order_by(Member.family, Member.given, Member.id)
        .limit(MOST_FOUND)
    )
    return (_member(each) for each in rows)


def _member(found: Member) -> Subject:
    return Subject("roll", str(found.id), f"{found.given} {found.family}".strip(), f"{found.group} {found.number}")


def _with_role(session: Session, viewer: Viewer, wanted: str) -> Iterator[Subject]:
    fits = func.lower(Person.name).contains(wanted, autoescape=True) | (func.lower(Person.email) == wanted)
    rows = session.scalars(
        select(Person)
        .where(Person.id.in_(_people_here(viewer)), fits)
        .order_by(Person.name, Person.id)
        .limit(MOST_FOUND)
    )
    return (Subject("role", str(each.id), each.name, each.email or "") for each in rows)


def _people_here(viewer: Viewer) -> Select[UUID]:
    return select(Membership.person_id).where(Membership.school_id == viewer.where)


def _off_roll(session: Session, viewer: Viewer, wanted: str) -> Iterator[Subject]:
    """Writers of answers by name whom the roll no longer holds, each once."""
    known = {
        (group, number)
        for group, number in session.execute(
            select(Member.group, Member.number).where(Member.school_id == viewer.where)
        )
    }
    for row, _audience in _all_named(session, viewer):
        writer = Writer.from_json(row.identity or b"")
        if (writer.group, writer.number) in known:
            continue
        if wanted in writer.name.lower() or wanted == writer.number.lower():
            known.add((writer.group, writer.number))
            yield Subject("answers", row.key.hex(), writer.name, f"{writer.group} {writer.number}")


def _all_named(session: Session, viewer: Viewer) -> list[tuple[Response, Audience]]:
    rows = session.execute(
        select(Response, Audience)
        .join(Audience, Audience.id == Response.audience_id)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.school_id == viewer.where, Audience.mode == "named", Response.identity.is_not(None))
        .order_by(Wave.opens_at, Response.key)
    )
    return [(response, audience) for response, audience in rows]


def _answers_of(session: Session, viewer: Viewer, writer: Writer) -> list[tuple[Response, Audience]]:
    whose = (writer.group, writer.number)
    found = ((row, audience, Writer.from_json(row.identity or b"")) for row, audience in _all_named(session, viewer))
    return [(row, audience) for row, audience, each in found if (each.group, each.number) == whose]


def _subject(session: Session, viewer: Viewer, kind: str, key: str) -> tuple[Subject, Writer | None]:
    """Whom kind and key mean, and how their answers by name are marked. Raises NotFound."""
    if kind == "answers":
        for row, _audience in _all_named(session, viewer):
            if row.key.hex() == key:
                writer = Writer.from_json(row.identity or b"")
                return Subject("answers", key, writer.name, f"{writer.group} {writer.number}"), writer
        raise NotFound("There is nobody like that here.")
    identifier = _uuid(key)
    if kind == "roll":
        member = session.get(Member, identifier)
        if member is not None and member.school_id == viewer.school_id:
            return _member(member), Writer("", member.group, member.number)
    if kind == "role":
        person = session.scalars(select(Person).where(Person.id == identifier, Person.id.in_(_people_here(viewer))))
        if (found := person.first()) is not None:
            return Subject("role", key, found.name, found.email or ""), None
    raise NotFound("There is nobody like that here.")


def _row(session: Session, viewer: Viewer, subject: Subject) -> Iterator[tuple[str, str]]:
    if subject.kind == "roll":
        member = session.get_one(Member, UUID(subject.key))
        for name in ("group", "number", "given", "family", "known_as", "year", "form", "email", "left_out"):
            yield name, str(getattr(member, name))
        yield "children", ", ".join(member.children)
        invited = select(Invitation, Wave.title).join(Audience, Audience.id == Invitation.audience_id)
        for each, title in session.execute(
            invited.join(Wave, Wave.id == Audience.wave_id).where(Invitation.member_id == member.id)
        ):
            yield "invitation", f"{title}{', ' + each.came_back if each.came_back else ''}"
    if subject.kind == "role":
        yield from (("name", subject.name), ("email", subject.about))
        held = select(Membership).where(
            Membership.person_id == UUID(subject.key), Membership.school_id == viewer.school_id
        )
        for role in session.scalars(held.order_by(Membership.role)):
            yield "role", f"{role.role}, {role.since or '–'} to {role.until or '–'}"


def _named(session: Session, viewer: Viewer, writer: Writer) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for row, audience in _answers_of(session, viewer, writer):
        questionnaire = questionnaire_of(session, audience.version_id)
        told = told_in_words(questionnaire, row.answers) if viewer.may(Permission.SEE_NAMED_ANSWERS) else ()
        yield str(questionnaire.title), told


def _end_roles(session: Session, viewer: Viewer, person_id: UUID, now: datetime) -> None:
    """End every role here; without a role anywhere the name goes at once, else the other school still needs it."""
    held = select(Membership.id).where(Membership.person_id == person_id, held_now(now.date()))
    for membership in session.scalars(held.where(Membership.school_id == viewer.school_id)).all():
        end_role(session, viewer, membership, now=now)
    session.flush()
    with everywhere(session):
        elsewhere = session.scalars(held.limit(1)).first()
    if elsewhere is None:
        forget_people(session, select(Person.id).where(Person.id == person_id))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound("There is nobody like that here.") from problem
