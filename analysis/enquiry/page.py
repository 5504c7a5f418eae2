"""An enquiry as its readers see it: the time line with its state, and one stage with all that is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from analysis.enquiry.entries import crosses, entries_of
from analysis.enquiry.evidence import Piece, pieces_of
from analysis.enquiry.models import ClaimLink, Entry, StageDone
from analysis.enquiry.process import Artefact, Stage
from analysis.enquiry.running import Seated, members
from analysis.enquiry.seats import Seat, schools_of
from analysis.enquiry.wording import advice_on
from stakeholder.errors import NotFound
from stakeholder.models import Person
from surveys.framework import default_framework

State = Literal["done", "now", "coming"]


@dataclass(frozen=True)
class StageMark:
    """A stage on the time line."""

    stage: Stage
    state: State
    due: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True)
class Behind:
    """What stands behind a claim, or against it: a piece of evidence or a note."""

    id: UUID
    against: bool
    piece: Piece | None
    note: str


@dataclass(frozen=True)
class EntryView:
    """An entry for a reader; `answers` to it, `behind` it where it is a claim, `advice` on its wording."""

    id: UUID
    text: str
    heading: str
    heading_key: str
    place: str
    writer: str
    school: str
    written_at: datetime
    is_own: bool
    is_own_side: bool
    is_shared: bool
    details: Mapping[str, object]
    evidence_id: UUID | None
    answers: tuple["EntryView", ...] = ()
    behind: tuple[Behind, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArtefactView:
    """An artefact with what is in it.

    there    whether all that it needs is there
    due      the day by which it is to be answered, where the process sets one
    asked    for answers: the entries they are about;  marked: for marks: the evidence they are about
    unread   cards that the viewer has not ticked
    to_sign  parts that still have to sign
    """

    artefact: Artefact
    may_write: bool
    entries: tuple[EntryView, ...]
    pieces: tuple[Piece, ...]
    there: bool
    due: date | None = None
    asked: tuple[EntryView, ...] = ()
    marked: tuple[Piece, ...] = ()
    unread: frozenset[str] = frozenset()
    to_sign: tuple[str, ...] = ()

    def on(self, evidence_id: UUID) -> list[EntryView]:
        """Marks on one piece of evidence."""
        return [each for each in self.entries if each.evidence_id == evidence_id]

    def own_mark(self, evidence_id: UUID) -> EntryView | None:
        """The viewer's own mark on a piece."""
        return next((each for each in self.on(evidence_id) if each.is_own), None)

    def under(self, heading: str) -> list[EntryView]:
        """Entries under one heading."""
        return [each for each in self.entries if each.heading_key == heading]


@dataclass(frozen=True)
class EnquiryPage:
    """The page, in reading order."""

    here: Seat
    line: tuple[StageMark, ...]
    shown: StageMark
    artefacts: tuple[ArtefactView, ...]
    people: tuple[Seated, ...]
    schools: Mapping[UUID, tuple[str, bool]]
    lacking: Mapping[str, str] = field(default_factory=dict)


def enquiry_page(session: Session, here: Seat, stage: str, *, today: date) -> EnquiryPage:
    """The page with one stage open: the one asked for, else the present one. Raises NotFound for an unknown stage."""
    line = time_line(session, here, today=today)
    chosen = stage or (here.stage.key if here.stage else line[-1].stage.key)
    shown = next((mark for mark in line if mark.stage.key == chosen), None)
    if shown is None:
        raise NotFound("This enquiry has no such stage.")
    all_views = views(session, here, line)
    within = {each.key for each in shown.stage.artefacts}
    return EnquiryPage(
        here=here,
        line=line,
        shown=shown,
        artefacts=tuple(each for each in all_views if each.artefact.key in within),
        people=tuple(members(session, here)),
        schools=schools_of(session, here.enquiry.id),
        lacking={each.artefact.key: str(each.artefact.title) for each in all_views if not each.there},
    )


def time_line(session: Session, here: Seat, *, today: date) -> tuple[StageMark, ...]:
    """Every stage with its day and state."""
    rows = session.scalars(select(StageDone).where(StageDone.enquiry_id == here.enquiry.id))
    done = {row.stage: row.done_at.date() for row in rows}
    return tuple(_mark(here, stage, done.get(stage.key), today) for stage in here.process.stages)


def _mark(here: Seat, stage: Stage, done_on: date | None, today: date) -> StageMark:
    due = here.enquiry.begun_on + timedelta(days=stage.day)
    state: State = "done" if done_on else "now" if stage == here.stage else "coming"
    return StageMark(stage, state, due, done_on, is_late=done_on is None and due < today)


def views(session: Session, here: Seat, line: Sequence[StageMark]) -> list[ArtefactView]:
    """Every artefact that the viewer may read, with all that is in it."""
    entries, pieces = entries_of(session, here), pieces_of(session, here)
    names = _names(session, entries)
    schools = {key: name for key, (name, _) in schools_of(session, here.enquiry.id).items()}
    shown = {
        key: [_shown(here, each, names, schools) for each in rows if each.school_id in schools]
        for key, rows in entries.items()
    }
    behind = _behind(session, here, pieces)
    return [
        _view(here, artefact, shown, pieces, behind, line)
        for artefact in here.process.artefacts
        if artefact.key in shown
    ]


def _view(
    here: Seat,
    artefact: Artefact,
    shown: Mapping[str, Sequence[EntryView]],
    pieces: Mapping[str, Sequence[Piece]],
    behind: Mapping[UUID, Sequence[Behind]],
    line: Sequence[StageMark],
) -> ArtefactView:
    own = [_furnished(here, artefact, each, shown, behind) for each in shown[artefact.key]]
    evidence = tuple(pieces.get(artefact.key, ()))
    asked = tuple(_answered(each, own) for each in shown.get(artefact.about, ())) if artefact.kind == "response" else ()
    ticked = {each.details.get("card") for each in own if each.is_own}
    signed = {each.heading_key for each in own}
    return ArtefactView(
        artefact=artefact,
        may_write=here.may_write(artefact),
        entries=tuple(own),
        pieces=evidence,
        there=_is_there(artefact, own, evidence, asked, signed),
        due=_due(here, artefact, line),
        asked=asked,
        marked=tuple(pieces.get(artefact.about, ())) if artefact.kind == "marks" else (),
        unread=frozenset(card.key for card in artefact.cards) - {str(each) for each in ticked},
        to_sign=tuple(part for part in artefact.signed_by if part not in signed),
    )


def _is_there(
    artefact: Artefact,
    own: Sequence[EntryView],
    evidence: Sequence[Piece],
    asked: Sequence[EntryView],
    signed: set[str],
) -> bool:
    if artefact.kind == "agreement":
        return set(artefact.signed_by) <= signed
    if artefact.kind == "evidence":
        return bool(evidence)
    if artefact.kind == "response":
        return bool(asked) and all(each.answers for each in asked)
    return bool(own) or artefact.kind in {"actions", "effect"}


def _due(here: Seat, artefact: Artefact, line: Sequence[StageMark]) -> date | None:
    """Counted from the day on which the stage before was closed."""
    if not artefact.within_days:
        return None
    at = [mark.stage.key for mark in line].index(here.process.stage_of(artefact.key).key)
    asked_on = line[at - 1].done_on if at else here.enquiry.begun_on
    return asked_on + timedelta(days=artefact.within_days) if asked_on else None


def _furnished(
    here: Seat,
    artefact: Artefact,
    entry: EntryView,
    shown: Mapping[str, Sequence[EntryView]],
    behind: Mapping[UUID, Sequence[Behind]],
) -> EntryView:
    answering = next(
        (each.key for each in here.process.artefacts if each.kind == "response" and each.about == artefact.key), ""
    )
    with_answers = _answered(entry, shown.get(answering, ())) if answering else entry
    advice = tuple(advice_on(entry.text)) if artefact.check_wording else ()
    heading = artefact.heading(entry.heading_key) or _part_title(here, entry.heading_key)
    return replace(with_answers, heading=heading, behind=tuple(behind.get(entry.id, ())), advice=advice)


def _answered(entry: EntryView, answers: Sequence[EntryView]) -> EntryView:
    return replace(entry, answers=tuple(each for each in answers if each.details.get("about") == str(entry.id)))


def _part_title(here: Seat, key: str) -> str:
    part = here.process.part(key)
    return str(part.title) if part else ""


def _names(session: Session, entries: Mapping[str, Sequence[Entry]]) -> dict[UUID, str]:
    people = {each.person_id for rows in entries.values() for each in rows if each.person_id}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row.id: row.name for row in rows}


def _shown(here: Seat, row: Entry, names: Mapping[UUID, str], schools: Mapping[UUID, str]) -> EntryView:
    dimensions = {each.key: str(each.short) for each in default_framework().dimensions}
    artefact = here.process.artefact(row.artefact)
    return EntryView(
        id=row.id,
        text=row.text,
        heading=artefact.heading(row.heading) if artefact else "",
        heading_key=row.heading,
        place=dimensions.get(row.place, ""),
        writer=names.get(row.person_id, "") if row.person_id else "",
        school=schools.get(row.school_id, ""),
        written_at=row.written_at,
        is_own=row.person_id is not None and row.person_id == here.viewer.person_id,
        is_own_side=row.school_id == here.viewer.school_id,
        is_shared=row.shared_at is not None,
        details={**row.details, "about": str(row.about_id)} if row.about_id else row.details,
        evidence_id=row.evidence_id,
    )


def _behind(
    session: Session,
    here: Seat,
    pieces: Mapping[str, Sequence[Piece]],
) -> dict[UUID, list[Behind]]:
    """By claim, what stands behind it.

    A note that the team put there is read by whoever reads the claim, for that is what they chose it for.
    """
    evidence = {each.id: each for rows in pieces.values() for each in rows}
    note = aliased(Entry)
    rows = session.execute(
        select(ClaimLink, note)
        .join(Entry, Entry.id == ClaimLink.claim_id)
        .outerjoin(note, note.id == ClaimLink.note_id)
        .where(Entry.enquiry_id == here.enquiry.id)
        .order_by(ClaimLink.against, ClaimLink.id)
    )
    found: dict[UUID, list[Behind]] = {}
    for link, told in rows:
        piece = evidence.get(link.evidence_id) if link.evidence_id else None
        words = told.text if told is not None and _reaches(here, told) else ""
        if piece or words:
            found.setdefault(link.claim_id, []).append(Behind(link.id, link.against, piece, words))
    return found


def _reaches(here: Seat, note: Entry) -> bool:
    artefact = here.process.artefact(note.artefact)
    return artefact is not None and crosses(here, artefact, note)
