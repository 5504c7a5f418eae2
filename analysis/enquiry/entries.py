"""What people write in an enquiry: checked by the kind of the artefact, seen by whom its process says."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.comments.roster import finder_of
from analysis.enquiry.models import Entry, Evidence
from analysis.enquiry.process import Artefact, Kind
from analysis.enquiry.running import plain
from analysis.enquiry.seats import Seat
from analysis.text.personal.redacting import redacted
from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.walls import everywhere
from surveys.framework import default_framework

LONGEST = 4_000
MOST_COUNTED = 9_999
WRITE_SOMETHING = "Nothing is written yet. Write something, then save it."


@dataclass(frozen=True)
class Written:
    """What a form brought: every field as it was sent.

    counts  of a tally, by heading;  clauses  numbers of the clauses that were ticked, from 0
    """

    text: str = ""
    heading: str = ""
    place: str = ""
    card: str = ""
    counts: Mapping[str, str] = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()
    about_id: UUID | None = None
    evidence_id: UUID | None = None


def write(session: Session, here: Seat, key: str, written: Written, *, now: datetime) -> Entry:
    """Write an entry. Raises NotFound, NotAllowed, Invalid saying what to fill in, Conflict when there is no room."""
    artefact = here.to_write(key)
    entry = Entry(
        enquiry_id=here.enquiry.id,
        artefact=key,
        school_id=here.viewer.where,
        person_id=here.viewer.person_id,
        written_at=now,
        details={},
    )
    if artefact.kind not in FILLERS:
        raise NotFound("Nothing is written here.")
    FILLERS[artefact.kind](session, here, artefact, written, entry)
    if artefact.hide_names and entry.text:
        with everywhere(session):
            finder = finder_of(session, here.enquiry.school_id)
        entry.text = redacted(entry.text, finder.find(entry.text))
    session.add(entry)
    session.flush()
    if artefact.kind in {"agreement", "response"}:
        act = "agreement signed" if artefact.kind == "agreement" else f"answered: {entry.heading}"
        record(session, Act(act, f"enquiry {here.enquiry.id}", here.viewer.person_id, here.viewer.school_id), now=now)
    return entry


def remove(session: Session, here: Seat, entry_id: UUID) -> None:
    """Take away one's own entry while its stage is open. Raises NotFound and NotAllowed."""
    entry = find(session, here, entry_id)
    artefact = here.to_write(entry.artefact)
    if entry.person_id != here.viewer.person_id or artefact.kind in {"agreement", "response"}:
        raise NotAllowed("This entry is not yours to take away.")
    session.delete(entry)


def show(session: Session, here: Seat, entry_id: UUID, *, now: datetime) -> None:
    """Put an entry of one's own side into the room that the other side sees. Raises NotFound and NotAllowed."""
    entry = find(session, here, entry_id)
    if not here.organises or entry.school_id != here.viewer.school_id:
        raise NotAllowed("Only those who lead your side decide what the other side sees.")
    entry.shared_at = entry.shared_at or now
    record(
        session,
        Act("shown to the other side", f"entry {entry_id}", here.viewer.person_id, here.viewer.school_id),
        now=now,
    )


def find(session: Session, here: Seat, entry_id: UUID) -> Entry:
    """An entry the viewer may read. Raises NotFound."""
    entry = session.scalars(select(Entry).where(Entry.id == entry_id, Entry.enquiry_id == here.enquiry.id)).first()
    if entry is None:
        raise NotFound("There is no such entry.")
    artefact = here.needed(entry.artefact)
    if not crosses(here, artefact, entry):
        raise NotFound("There is no such entry.")
    return entry


def crosses(here: Seat, artefact: Artefact, thing: Entry | Evidence) -> bool:
    """Whether something reaches the viewer's side: their own, or what the process or its owner lets across."""
    if thing.school_id == here.viewer.school_id or artefact.across == "both":
        return True
    return artefact.across == "room" and thing.shared_at is not None


def entries_of(session: Session, here: Seat) -> dict[str, list[Entry]]:
    """What the viewer may read, by artefact, oldest first; marks of others only beside a mark of one's own."""
    rows = session.scalars(
        select(Entry).where(Entry.enquiry_id == here.enquiry.id).order_by(Entry.written_at, Entry.id)
    ).all()
    found: dict[str, list[Entry]] = {}
    for artefact in here.process.artefacts:
        if here.may_read(artefact):
            mine = [each for each in rows if each.artefact == artefact.key and crosses(here, artefact, each)]
            found[artefact.key] = _after_ones_own(here, artefact, mine)
    return found


def _after_ones_own(here: Seat, artefact: Artefact, entries: Sequence[Entry]) -> list[Entry]:
    """Marks, without those of others on what one has not marked oneself, until the stage is done."""
    if not artefact.own_first or here.process.stage_of(artefact.key).key in here.done:
        return list(entries)
    marked = {each.evidence_id for each in entries if each.person_id == here.viewer.person_id}
    return [each for each in entries if each.evidence_id in marked]


def _text(_session: Session, _here: Seat, _artefact: Artefact, written: Written, entry: Entry) -> None:
    entry.text = plain(written.text, LONGEST, WRITE_SOMETHING)


def _note(session: Session, here: Seat, artefact: Artefact, written: Written, entry: Entry) -> None:
    _text(session, here, artefact, written, entry)
    if artefact.headings:
        entry.heading = _heading(artefact, written)
    if artefact.by_dimension:
        entry.place = _dimension(written.place)
    there = session.scalars(
        select(Entry.id).where(Entry.enquiry_id == entry.enquiry_id, Entry.artefact == entry.artefact)
    )
    if artefact.most and len(there.all()) >= artefact.most:
        raise Conflict(f"There is room for {artefact.most} here. Take one away first.")


def _tally(_session: Session, _here: Seat, artefact: Artefact, written: Written, entry: Entry) -> None:
    entry.text = plain(written.text, LONGEST, "Write when and where you counted.")
    counts = {each.key: written.counts.get(each.key, "").strip() or "0" for each in artefact.headings}
    wrong = next((value for value in counts.values() if not value.isdecimal() or int(value) > MOST_COUNTED), None)
    if wrong is not None:
        raise Invalid("Write whole numbers, such as 12.")
    entry.details = {key: int(value) for key, value in counts.items()}


def _card(session: Session, here: Seat, artefact: Artefact, written: Written, entry: Entry) -> None:
    if written.card not in {each.key for each in artefact.cards}:
        raise NotFound("There is no such card.")
    mine = session.scalars(
        select(Entry).where(
            Entry.enquiry_id == here.enquiry.id, Entry.artefact == entry.artefact, Entry.person_id == entry.person_id
        )
    )
    if any(each.details.get("card") == written.card for each in mine):
        raise Conflict("You have ticked this card already.")
    entry.details = {"card": written.card}


def _agreement(_session: Session, here: Seat, artefact: Artefact, written: Written, entry: Entry) -> None:
    if written.clauses != {str(number) for number in range(len(artefact.clauses))}:
        raise Invalid("Tick every line, or talk about the one that you cannot agree to.")
    part = next((each for each in artefact.signed_by if each in here.parts), None)
    if part is None:
        raise NotAllowed("Your part does not sign this.")
    entry.text = plain(written.text, 200, "Write your name.")
    entry.heading = part
    entry.details = {"digest": clauses_digest(artefact)}


def _mark(session: Session, here: Seat, artefact: Artefact, written: Written, entry: Entry) -> None:
    entry.heading = _heading(artefact, written)
    entry.text = plain(written.text, LONGEST, WRITE_SOMETHING) if written.text.strip() else ""
    evidence = session.scalars(
        select(Evidence).where(
            Evidence.id == written.evidence_id,
            Evidence.enquiry_id == here.enquiry.id,
            Evidence.artefact == artefact.about,
        )
    ).first()
    if evidence is None or not crosses(here, here.needed(artefact.about), evidence):
        raise NotFound("There is no such evidence.")
    mine = select(Entry).where(
        Entry.artefact == artefact.key, Entry.evidence_id == evidence.id, Entry.person_id == here.viewer.person_id
    )
    for earlier in session.scalars(mine):
        session.delete(earlier)
    entry.evidence_id = evidence.id


def _response(session: Session, here: Seat, artefact: Artefact, written: Written, entry: Entry) -> None:
    entry.heading = _heading(artefact, written)
    entry.text = plain(written.text, LONGEST, "Write why. Whoever asked wants to know the reason.")
    asked = session.scalars(
        select(Entry).where(
            Entry.id == written.about_id, Entry.enquiry_id == here.enquiry.id, Entry.artefact == artefact.about
        )
    ).first()
    if asked is None:
        raise NotFound("There is nothing like that to answer.")
    entry.about_id = asked.id


def clauses_digest(artefact: Artefact) -> str:
    """Changes when any clause does: which text was signed."""
    return hashlib.sha256("\0".join(str(each) for each in artefact.clauses).encode()).hexdigest()[:16]


def _heading(artefact: Artefact, written: Written) -> str:
    if not artefact.heading(written.heading):
        raise Invalid("Choose one of the headings.")
    return written.heading


def _dimension(key: str) -> str:
    if key not in {each.key for each in default_framework().dimensions}:
        raise Invalid("Choose one of the dimensions.")
    return key


Filler = Callable[[Session, Seat, Artefact, Written, Entry], None]
FILLERS: dict[Kind, Filler] = {
    "text": _text,
    "notes": _note,
    "claims": _text,
    "tally": _tally,
    "cards": _card,
    "agreement": _agreement,
    "marks": _mark,
    "response": _response,
}
