"""Beginning an enquiry, joining it, naming its people, closing its stages, leaving it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from analysis.enquiry.models import Enquiry, EnquiryMember, EnquirySchool, Entry, Evidence, ProcessModel, StageDone
from analysis.enquiry.process import Process, library, load_process, read_process
from analysis.enquiry.seats import Seat, fits
from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Membership, Person
from stakeholder.people import held_now
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from stakeholder.walls import everywhere
from surveys.question_types.base import AnswerProblem, clean_text

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12
LONGEST_TITLE, LONGEST_QUESTION = 200, 500


@dataclass(frozen=True)
class Candidate:
    """Somebody who may take a part."""

    person_id: UUID
    name: str
    part: str
    title: str


@dataclass(frozen=True)
class Seated:
    """Somebody who takes part."""

    person_id: UUID
    school_id: UUID
    name: str
    part: str
    title: str


def plain(text: str, longest: int, missing: str) -> str:
    """What was written, clean. Raises Invalid for nothing (saying `missing`) and for too much."""
    try:
        found = clean_text(text, longest)
    except AnswerProblem as problem:
        raise Invalid(str(problem)) from problem
    if not found:
        raise Invalid(missing)
    return found


def models_of(session: Session, viewer: Viewer) -> dict[str, str]:
    """The processes a school can begin: YAML by key; a version of its own stands in the place of the product's."""
    if not viewer.may(Permission.TAKE_PART):
        raise NotAllowed("Only those who take part in enquiries see how they run.")
    own = session.scalars(select(ProcessModel).where(ProcessModel.school_id == viewer.school_id))
    return {**library(), **{each.key: each.text for each in own}}


def keep_model(session: Session, viewer: Viewer, text: str, *, now: datetime) -> Process:
    """Keep a school's own version of a process, or a new one. Raises NotAllowed, and Invalid that names the place."""
    if not viewer.may(Permission.OVERSEE_ENQUIRIES):
        raise NotAllowed("Only heads and survey leads change how enquiries run.")
    process = load_process(text, source="process")
    found = session.scalars(
        select(ProcessModel).where(ProcessModel.school_id == viewer.where, ProcessModel.key == process.key)
    ).first()
    if found is None:
        session.add(ProcessModel(school_id=viewer.where, key=process.key, text=text, changed_at=now))
    else:
        found.text, found.number, found.changed_at = text, found.number + 1, now
    record(session, Act("process changed", f"process {process.key}", viewer.person_id, viewer.school_id), now=now)
    return process


def begin(
    session: Session,
    viewer: Viewer,
    key: str,
    *,
    title: str,
    question: str,
    now: datetime,
    after_id: UUID | None = None,
) -> Enquiry:
    """Begin an enquiry at the viewer's school. Raises NotFound, NotAllowed, and Invalid for a title that is missing."""
    texts = models_of(session, viewer)
    if key not in texts:
        raise NotFound("There is no such process.")
    process = read_process(texts[key])
    if not viewer.may(Permission.RUN_ENQUIRIES) or not viewer.roles & set(process.begun_by):
        raise NotAllowed("Your role does not begin this process.")
    enquiry = Enquiry(
        school_id=viewer.where,
        process=texts[key],
        title=plain(title, LONGEST_TITLE, "Write a title."),
        question=plain(question or str(process.question or ""), LONGEST_QUESTION, "Write the question to begin with."),
        begun_on=now.date(),
        begun_by=viewer.person_id,
        code=_code() if process.sides[1] > 1 else None,
        after_id=after_id,
    )
    session.add(enquiry)
    session.flush()
    session.add(EnquirySchool(enquiry_id=enquiry.id, school_id=viewer.where, is_host=True, joined_on=now.date()))
    _seat_who_begins(session, viewer, enquiry, process, is_host=True)
    _record(session, viewer, "enquiry begun", enquiry.id, now)
    return enquiry


def join(session: Session, viewer: Viewer, code: str, *, now: datetime) -> Enquiry:
    """Join another school's enquiry by the code it gave. Raises NotAllowed, NotFound, and Conflict when it is full."""
    if not viewer.may(Permission.OVERSEE_ENQUIRIES):
        raise NotAllowed("Only heads and survey leads join for their school.")
    wanted = code.strip().lower().replace("-", "").replace(" ", "")
    with everywhere(session):
        enquiry = session.scalars(select(Enquiry).where(Enquiry.code == wanted)).first()
        if enquiry is None:
            raise NotFound("No enquiry has this code.")
        process = read_process(enquiry.process)
        _take_a_place(session, viewer, enquiry.id, process, now.date())
        _seat_who_begins(session, viewer, enquiry, process, is_host=False)
    _record(session, viewer, "enquiry joined", enquiry.id, now)
    return enquiry


def _take_a_place(session: Session, viewer: Viewer, enquiry: UUID, process: Process, today: date) -> None:
    in_it = session.scalars(select(EnquirySchool).where(EnquirySchool.enquiry_id == enquiry)).all()
    mine = next((each for each in in_it if each.school_id == viewer.where), None)
    if mine and mine.left_on is None:
        raise Conflict("Your school is in this enquiry already.")
    if sum(each.left_on is None for each in in_it) >= process.sides[1]:
        raise Conflict("All places in this enquiry are taken.")
    if mine:
        mine.left_on, mine.joined_on = None, today
    else:
        session.add(EnquirySchool(enquiry_id=enquiry, school_id=viewer.where, is_host=False, joined_on=today))
    session.flush()


def leave(session: Session, here: Seat, *, now: datetime) -> None:
    """Take the viewer's school out; what it wrote and showed goes with it. Raises NotAllowed for the host."""
    if here.is_host or not here.viewer.may(Permission.OVERSEE_ENQUIRIES):
        raise NotAllowed("The host closes an enquiry; only heads and survey leads of the others leave it.")
    enquiry, school = here.enquiry.id, here.viewer.where
    session.execute(delete(Evidence).where(Evidence.enquiry_id == enquiry, Evidence.school_id == school))
    session.execute(delete(Entry).where(Entry.enquiry_id == enquiry, Entry.school_id == school))
    session.execute(delete(EnquiryMember).where(EnquiryMember.enquiry_id == enquiry, EnquiryMember.school_id == school))
    session.get_one(EnquirySchool, (enquiry, school)).left_on = now.date()
    _record(session, here.viewer, "enquiry left", enquiry, now)


def members(session: Session, here: Seat) -> list[Seated]:
    """Who takes part, by part and name."""
    titles = {part.key: str(part.title) for part in here.process.parts}
    rows = session.execute(
        select(EnquiryMember, Person.name)
        .join(Person, Person.id == EnquiryMember.person_id)
        .where(EnquiryMember.enquiry_id == here.enquiry.id)
        .order_by(Person.name, Person.id)
    )
    found = [
        Seated(row.person_id, row.school_id, name, row.part, titles[row.part])
        for row, name in rows
        if row.part in titles
    ]
    order = list(titles)
    return sorted(found, key=lambda each: order.index(each.part))


def candidates(session: Session, here: Seat, *, today: date) -> list[Candidate]:
    """People of the viewer's school who may take a part, each with each part that fits their roles."""
    rows = session.execute(
        select(Person.id, Person.name, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.school_id == here.viewer.school_id, held_now(today))
        .order_by(Person.name, Person.id)
    )
    people: dict[UUID, tuple[str, set[Role]]] = {}
    for row in rows:
        people.setdefault(row.id, (row.name, set()))[1].add(Role(row.role))
    return [
        Candidate(who, name, part.key, str(part.title))
        for part in here.process.parts
        for who, (name, roles) in people.items()
        if fits(part.side, frozenset(roles), part.roles, is_host=here.is_host)
    ]


def seat_person(session: Session, here: Seat, person_id: UUID, part: str, *, now: datetime) -> None:
    """Give somebody of the viewer's school a part. Raises NotAllowed and NotFound."""
    _only_organisers(here)
    if not any(
        each.person_id == person_id and each.part == part for each in candidates(session, here, today=now.date())
    ):
        raise NotFound("Nobody like that can take this part.")
    key = (here.enquiry.id, person_id, here.viewer.where, part)
    if session.get(EnquiryMember, key) is None:
        session.add(EnquiryMember(enquiry_id=key[0], person_id=key[1], school_id=key[2], part=part))
        _record(session, here.viewer, f"part given: {part}", here.enquiry.id, now)


def unseat_person(session: Session, here: Seat, person_id: UUID, part: str, *, now: datetime) -> None:
    """Take a part away from somebody of the viewer's school. Raises NotAllowed and NotFound."""
    _only_organisers(here)
    found = session.get(EnquiryMember, (here.enquiry.id, person_id, here.viewer.where, part))
    if found is None:
        raise NotFound("Nobody of your school has this part.")
    session.delete(found)
    _record(session, here.viewer, f"part ended: {part}", here.enquiry.id, now)


def close_stage(session: Session, here: Seat, key: str, lacking: Mapping[str, str], *, now: datetime) -> None:
    """Say that the present stage is done; what was written in it is then fixed.

    lacking  artefacts that are still to be made, by key, with their titles
    Raises NotAllowed, and Conflict naming what is missing.
    """
    stage = here.stage
    if stage is None or stage.key != key or not here.may_close(stage):
        raise NotAllowed("This stage is not yours to close now.")
    present = session.scalar(
        select(func.count()).where(EnquirySchool.enquiry_id == here.enquiry.id, EnquirySchool.left_on.is_(None))
    )
    if (present or 0) < here.process.sides[0]:
        raise Conflict("Wait until the other school has joined.")
    missing = [title for each, title in lacking.items() if each in stage.needs]
    if missing:
        raise Conflict(f"Before this stage is done, these are needed: {', '.join(missing)}.")
    session.add(StageDone(enquiry_id=here.enquiry.id, stage=key, done_at=now, person_id=here.viewer.person_id))
    _record(session, here.viewer, f"stage closed: {key}", here.enquiry.id, now)


def ask(session: Session, here: Seat, question: str, *, now: datetime) -> None:
    """Put another focus question in the place of the present one. Raises NotAllowed and Invalid."""
    _only_organisers(here)
    session.get_one(Enquiry, here.enquiry.id).question = plain(question, LONGEST_QUESTION, "Write the question.")
    _record(session, here.viewer, "question changed", here.enquiry.id, now)


def _seat_who_begins(session: Session, viewer: Viewer, enquiry: Enquiry, process: Process, *, is_host: bool) -> None:
    for part in process.parts:
        if viewer.person_id and part.organises and fits(part.side, viewer.roles, part.roles, is_host=is_host):
            session.add(
                EnquiryMember(enquiry_id=enquiry.id, person_id=viewer.person_id, school_id=viewer.where, part=part.key)
            )
    session.flush()


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _only_organisers(here: Seat) -> None:
    if not here.organises:
        raise NotAllowed("Only those who lead this enquiry do that.")


def _record(session: Session, viewer: Viewer, act: str, enquiry: UUID, now: datetime) -> None:
    record(session, Act(act[:60], f"enquiry {enquiry}", viewer.person_id, viewer.school_id), now=now)
