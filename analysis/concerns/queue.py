"""The safeguarding lead's queue: list, read, note, hand over, close, and hand to the school's own record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from analysis.concerns.models import Concern, ConcernStep
from analysis.concerns.telling import IN_TIME
from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Person
from stakeholder.people import roles_of
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from surveys.identities.envelopes import Writer

OUTCOMES = ("no_action", "advice", "referred")
LONGEST_NOTE = 4000


@dataclass(frozen=True)
class QueueEntry:
    """One line of the queue: no words of the person who wrote."""

    id: UUID
    kind: str
    urgency: str
    state: str
    group: str
    wave_title: str
    categories: tuple[str, ...]
    raised_at: datetime
    handler: str
    is_late: bool


@dataclass(frozen=True)
class StepTaken:
    """What was done, by whom, when."""

    what: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True)
class OpenConcern:
    """A concern with its words, split where they raised it: ((text, category or ""), ...).

    is_sealed  who wrote comes with it in an envelope
    writer     who wrote, in a named wave
    """

    entry: QueueEntry
    pieces: tuple[tuple[str, str], ...]
    name: str
    place: str
    question_key: str
    outcome: str
    steps: tuple[StepTaken, ...]
    is_sealed: bool = False
    writer: Writer | None = None


def list_concerns(session: Session, viewer: Viewer, *, now: datetime) -> list[QueueEntry]:
    """The school's concerns: unread first, danger before others, then by age."""
    _only_leads(viewer)
    order = case({"new": 0, "read": 1, "closed": 2}, value=Concern.state)
    rows = session.execute(
        select(Concern, Person.name)
        .outerjoin(Person, Person.id == Concern.handler_id)
        .where(Concern.school_id == viewer.school_id)
        .order_by(order, Concern.urgency != "danger", Concern.raised_at, Concern.id)
    ).all()
    return [_entry(concern, handler or "", now) for concern, handler in rows]


def count_unread(session: Session, viewer: Viewer) -> int:
    """How many concerns nobody has read yet: the head may know the number."""
    return session.execute(
        select(func.count()).select_from(Concern).where(Concern.school_id == viewer.school_id, Concern.state == "new")
    ).scalar_one()


def open_concern(session: Session, viewer: Viewer, concern_id: UUID, *, now: datetime) -> OpenConcern:
    """Read a concern; the first reading acknowledges it, and every reading stands in the audit chain."""
    concern = _get(session, viewer, concern_id)
    if concern.state == "new":
        concern.state, concern.handler_id = "read", viewer.person_id
        _step(session, viewer, concern, "read", "", now)
    _audit(session, viewer, concern, "concern viewed", now)
    session.flush()
    handler = session.get(Person, concern.handler_id) if concern.handler_id else None
    return OpenConcern(
        entry=_entry(concern, handler.name if handler else "", now),
        pieces=marked(concern.words, concern.spots),
        name=concern.name,
        place=concern.place,
        question_key=concern.question_key,
        outcome=concern.outcome,
        steps=tuple(_steps(session, concern_id)),
        is_sealed=bool(concern.identity) and not _is_open(concern.identity),
        writer=Writer.from_json(concern.identity) if concern.identity and _is_open(concern.identity) else None,
    )


def add_note(session: Session, viewer: Viewer, concern_id: UUID, note: str, *, now: datetime) -> None:
    """Write down what was done. Raises Invalid for an empty or endless note."""
    _step(session, viewer, _open(session, viewer, concern_id), "note", _clean(note), now)


def hand_over(session: Session, viewer: Viewer, concern_id: UUID, to: UUID, *, now: datetime) -> None:
    """Give a concern to another safeguarding lead of the school. Raises Invalid when that is someone else."""
    concern = _open(session, viewer, concern_id)
    if Role.SAFEGUARDING_LEAD not in roles_of(session, to, viewer.where, today=now.date()):
        raise Invalid("Choose another safeguarding lead of this school.")
    concern.handler_id = to
    _step(session, viewer, concern, "handed_over", "", now)
    _audit(session, viewer, concern, "concern handed over", now)


def close_concern(
    session: Session, viewer: Viewer, concern_id: UUID, *, outcome: str, note: str, now: datetime
) -> None:
    """Close a concern with an outcome and the reason for it. Raises Invalid for anything else."""
    if outcome not in OUTCOMES:
        raise Invalid("Choose what came of it.")
    concern = _open(session, viewer, concern_id)
    concern.state, concern.outcome = "closed", outcome
    _step(session, viewer, concern, "closed", _clean(note), now)
    _audit(session, viewer, concern, f"concern closed: {outcome}", now)


def move_to_own_record(session: Session, viewer: Viewer, concern_id: UUID, *, now: datetime) -> None:
    """After the case was printed into the school's own safeguarding record: forget words, name and notes here."""
    concern = _get(session, viewer, concern_id)
    if concern.state != "closed":
        raise Conflict("Close the case first: say what came of it.")
    concern.words, concern.name, concern.place, concern.spots = "", "", "", []
    concern.identity = None
    for step in session.scalars(select(ConcernStep).where(ConcernStep.concern_id == concern_id)):
        step.note = ""
    _step(session, viewer, concern, "moved", "", now)
    _audit(session, viewer, concern, "concern moved to the school's own record", now)


def marked(words: str, spots: list[list[int | str]]) -> tuple[tuple[str, str], ...]:
    """The words in pieces, those that raised the concern with their category.

    >>> marked("so sad today", [[3, 6, "self_harm_suicide"]])
    (('so ', ''), ('sad', 'self_harm_suicide'), (' today', ''))
    """
    pieces: list[tuple[str, str]] = []
    at = 0
    for start, end, category in sorted((int(a), int(b), str(c)) for a, b, c in spots):
        if start < at or not words:
            continue
        pieces += [(words[at:start], ""), (words[start:end], category)]
        at = end
    return tuple(piece for piece in (*pieces, (words[at:], "")) if piece[0])


def _is_open(identity: bytes | None) -> bool:
    """Whether a writer stands there by name, as the named mode keeps it."""
    return identity is not None and identity.startswith(b"{")


def _entry(concern: Concern, handler: str, now: datetime) -> QueueEntry:
    late: timedelta = now - concern.raised_at
    return QueueEntry(
        id=concern.id,
        kind=concern.kind,
        urgency=concern.urgency,
        state=concern.state,
        group=concern.group,
        wave_title=concern.wave_title,
        categories=tuple(concern.categories),
        raised_at=concern.raised_at,
        handler=handler,
        is_late=concern.state == "new" and late > IN_TIME[concern.urgency],
    )


def _steps(session: Session, concern_id: UUID) -> list[StepTaken]:
    rows = session.execute(
        select(ConcernStep, Person.name)
        .outerjoin(Person, Person.id == ConcernStep.person_id)
        .where(ConcernStep.concern_id == concern_id)
        .order_by(ConcernStep.at, ConcernStep.id)
    ).all()
    return [StepTaken(step.what, name or "", step.at, step.note) for step, name in rows]


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_CONCERNS):
        raise NotAllowed("Only safeguarding leads read concerns.")


def _get(session: Session, viewer: Viewer, concern_id: UUID) -> Concern:
    _only_leads(viewer)
    concern = session.scalars(
        select(Concern).where(Concern.id == concern_id, Concern.school_id == viewer.school_id).with_for_update()
    ).first()
    if concern is None:
        raise NotFound("There is no such concern.")
    return concern


def _open(session: Session, viewer: Viewer, concern_id: UUID) -> Concern:
    concern = _get(session, viewer, concern_id)
    if concern.state == "closed":
        raise Conflict("This case is closed.")
    return concern


def _step(session: Session, viewer: Viewer, concern: Concern, what: str, note: str, now: datetime) -> None:
    session.add(ConcernStep(concern_id=concern.id, person_id=viewer.person_id, at=now, what=what, note=note))


def _audit(session: Session, viewer: Viewer, concern: Concern, act: str, now: datetime) -> None:
    record(session, Act(act, f"concern {concern.id}", viewer.person_id, viewer.school_id), now=now)


def _clean(note: str) -> str:
    note = note.strip()
    if not note or len(note) > LONGEST_NOTE:
        raise Invalid(f"Write what was done, in at most {LONGEST_NOTE:,} characters.")
    return note
