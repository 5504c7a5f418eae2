"""Where somebody sits in an enquiry: for which school, in which parts; every other service asks here first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from analysis.enquiry.models import Enquiry, EnquiryMember, EnquirySchool, StageDone
from analysis.enquiry.process import Artefact, Process, Stage, read_process
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer


@dataclass(frozen=True)
class Facts:
    """An enquiry as its readers need it."""

    id: UUID
    school_id: UUID
    title: str
    question: str
    begun_on: date
    code: str | None

    @classmethod
    def of(cls, row: Enquiry) -> "Facts":
        """The facts of a row."""
        return cls(row.id, row.school_id, row.title, row.question, row.begun_on, row.code)


@dataclass(frozen=True)
class Seat:
    """A viewer in an enquiry.

    parts  keys of the parts they hold;  is_host  whether they sit on the host's side;  done  stages that were closed
    """

    enquiry: Facts
    process: Process
    viewer: Viewer
    parts: frozenset[str]
    is_host: bool
    done: frozenset[str]

    @property
    def organises(self) -> bool:
        """Whether they name people, close stages and decide what the other side sees."""
        return any(part.organises and part.key in self.parts for part in self.process.parts)

    @property
    def stage(self) -> Stage | None:
        """The present stage; None when all are done."""
        return next((stage for stage in self.process.stages if stage.key not in self.done), None)

    def may_close(self, stage: Stage) -> bool:
        """Whether they may say that this stage is done."""
        return stage == self.stage and bool(self.parts & set(stage.closed_by))

    def may_write(self, artefact: Artefact) -> bool:
        """Whether they may write for an artefact now: in its stage, or later where it stays open throughout."""
        home = self.process.stage_of(artefact.key)
        present = self.stage
        if present is None or not self.parts & set(artefact.by):
            return False
        return home == present or (artefact.throughout and home.key in self.done)

    def may_read(self, artefact: Artefact) -> bool:
        """Whether they may read an artefact at all."""
        return not artefact.seen_by or bool(self.parts & {*artefact.seen_by, *artefact.by, *artefact.signed_by})

    def needed(self, key: str) -> Artefact:
        """The artefact with this key, which they may read. Raises NotFound."""
        found = self.process.artefact(key)
        if found is None or not self.may_read(found):
            raise NotFound("There is no such part of this enquiry.")
        return found

    def to_write(self, key: str) -> Artefact:
        """The artefact with this key, which they may write now. Raises NotFound and NotAllowed."""
        found = self.needed(key)
        if not self.may_write(found):
            raise NotAllowed("This part of the enquiry is not yours to write now.")
        return found


def seat(session: Session, viewer: Viewer, enquiry_id: UUID) -> Seat:
    """Where the viewer sits. Raises NotFound where they do not, and for an enquiry of other schools."""
    _takes_part(viewer)
    row = session.execute(
        select(Enquiry, EnquirySchool.is_host)
        .join(EnquirySchool, EnquirySchool.enquiry_id == Enquiry.id)
        .where(Enquiry.id == enquiry_id, EnquirySchool.school_id == viewer.school_id, EnquirySchool.left_on.is_(None))
    ).first()
    if row is None:
        raise NotFound("There is no such enquiry.")
    enquiry, is_host = row.Enquiry, row.is_host
    process = read_process(enquiry.process)
    parts = _parts(session, viewer, enquiry, process, is_host=is_host)
    if not parts:
        raise NotFound("There is no such enquiry.")
    done = session.scalars(select(StageDone.stage).where(StageDone.enquiry_id == enquiry_id))
    return Seat(Facts.of(enquiry), process, viewer, parts, is_host, frozenset(done))


def seats(session: Session, viewer: Viewer) -> list[Seat]:
    """Every enquiry in which the viewer sits, the newest first."""
    _takes_part(viewer)
    member = select(EnquiryMember.enquiry_id).where(
        EnquiryMember.person_id == viewer.person_id, EnquiryMember.school_id == viewer.school_id
    )
    mine = or_(Enquiry.id.in_(member), _oversees(viewer))
    ids = session.scalars(
        select(Enquiry.id)
        .join(EnquirySchool, EnquirySchool.enquiry_id == Enquiry.id)
        .where(EnquirySchool.school_id == viewer.school_id, EnquirySchool.left_on.is_(None), mine)
        .order_by(Enquiry.begun_on.desc(), Enquiry.title, Enquiry.id)
    ).all()
    return _sat(session, viewer, ids)


def _sat(session: Session, viewer: Viewer, ids: Sequence[UUID]) -> list[Seat]:
    found = []
    for each in ids:
        try:
            found.append(seat(session, viewer, each))
        except NotFound:
            continue
    return found


def _parts(session: Session, viewer: Viewer, enquiry: Enquiry, process: Process, *, is_host: bool) -> frozenset[str]:
    """The parts that somebody was given, and those that leaders of a school hold by their office."""
    given = session.scalars(
        select(EnquiryMember.part).where(
            EnquiryMember.enquiry_id == enquiry.id,
            EnquiryMember.person_id == viewer.person_id,
            EnquiryMember.school_id == viewer.school_id,
        )
    )
    held = set(given)
    if viewer.may(Permission.OVERSEE_ENQUIRIES):
        held |= {
            part.key
            for part in process.parts
            if part.by_office and fits(part.side, viewer.roles, part.roles, is_host=is_host)
        }
    known = {part.key: part for part in process.parts}
    return frozenset(key for key in held if key in known and set(known[key].roles) & viewer.roles)


def fits(side: str, roles: frozenset[Role], wanted: Sequence[Role], *, is_host: bool) -> bool:
    """Whether somebody with these roles on this side may take a part."""
    on_side = side == "either" or (side == "host") == is_host
    return on_side and bool(roles & set(wanted))


def _oversees(viewer: Viewer) -> ColumnElement[bool]:
    return true() if viewer.may(Permission.OVERSEE_ENQUIRIES) else false()


def _takes_part(viewer: Viewer) -> None:
    if not viewer.may(Permission.TAKE_PART):
        raise NotAllowed("Only those who take part in enquiries see them.")


def schools_of(session: Session, enquiry_id: UUID) -> dict[UUID, tuple[str, bool]]:
    """Schools that take part now: {school: (name, whether it is the host)}."""
    rows = session.execute(
        select(School.id, School.name, EnquirySchool.is_host)
        .join(EnquirySchool, EnquirySchool.school_id == School.id)
        .where(EnquirySchool.enquiry_id == enquiry_id, EnquirySchool.left_on.is_(None))
        .order_by(EnquirySchool.is_host.desc(), School.name)
    )
    return {row.id: (row.name, row.is_host) for row in rows}
