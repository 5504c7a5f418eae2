"""What colleagues say about a question of a sketch, or about the whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid, NotFound
from stakeholder.models import Person
from stakeholder.viewer import Viewer
from surveys.designing.models import SketchNote
from surveys.designing.sketches import get_sketch

LONGEST = 2_000


@dataclass(frozen=True)
class Note:
    """One note as it is read."""

    id: UUID
    question_key: str
    text: str
    by: str
    at: datetime
    settled: bool


def write_note(
    session: Session, viewer: Viewer, sketch_id: UUID, *, question_key: str, text: str, now: datetime
) -> SketchNote:
    """Add a note. Raises NotFound for another school's sketch, Invalid for an empty or endless text."""
    sketch = get_sketch(session, viewer, sketch_id)
    words = text.replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST:
        raise Invalid(f"Write a note of 1 to {LONGEST:,} letters.")
    note = SketchNote(
        sketch_id=sketch.id, question_key=question_key[:120], text=words, person_id=viewer.person_id, written_at=now
    )
    session.add(note)
    session.flush()
    return note


def settle_note(session: Session, viewer: Viewer, sketch_id: UUID, note_id: UUID) -> None:
    """Mark a note as settled; it stays readable. Raises NotFound."""
    sketch = get_sketch(session, viewer, sketch_id)
    note = session.scalars(
        select(SketchNote).where(SketchNote.id == note_id, SketchNote.sketch_id == sketch.id)
    ).first()
    if note is None:
        raise NotFound("There is no such note.")
    note.state = "settled"


def notes_on(session: Session, sketch_id: UUID) -> list[Note]:
    """All notes of a sketch that was looked up before, oldest first."""
    rows = session.execute(
        select(SketchNote, Person.name)
        .outerjoin(Person, Person.id == SketchNote.person_id)
        .where(SketchNote.sketch_id == sketch_id)
        .order_by(SketchNote.written_at, SketchNote.id)
    ).all()
    return [
        Note(note.id, note.question_key, note.text, name or "", note.written_at, note.state == "settled")
        for note, name in rows
    ]


def notes_by_question(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Notes by the key of their question; "" for those on the whole."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.question_key, []).append(note)
    return found
