"""What explorers write down: notes beside a view of the results, and comparisons planned before results are there.

A planned comparison is written before anyone has seen a number and can never be changed: it keeps one from looking at
everything and telling only what stood out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models import Edition, ExplorerNote
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Person
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Wave
from surveys.question_types.base import AnswerProblem, clean_text

LONGEST = 1_000
View = Mapping[str, str]


@dataclass(frozen=True)
class NoteView:
    """A note as readers at the school see it; `is_own`: the viewer may take it away."""

    id: UUID
    text: str
    writer: str
    written_at: datetime
    is_own: bool


def keep_note(session: Session, viewer: Viewer, view: View, text: str, *, now: datetime) -> None:
    """Keep a note beside one view. Raises NotAllowed, NotFound, and Invalid for an empty or too long text."""
    session.add(_new(viewer, _wave(session, viewer, view["wave"]), "note", dict(view), text, now))


def notes_on(session: Session, viewer: Viewer, view: View) -> list[NoteView]:
    """Notes that people of the school kept beside this view, oldest first."""
    wave = _wave(session, viewer, view["wave"])
    return [each for each, of in _notes(session, viewer, wave.id, "note") if of == dict(view)]


def take_away(session: Session, viewer: Viewer, note_id: UUID) -> None:
    """Take away one's own note; a plan stays. Raises NotFound."""
    _allowed(viewer)
    found = session.get(ExplorerNote, note_id)
    if found is None or found.person_id != viewer.person_id or found.school_id != viewer.school_id:
        raise NotFound("There is no such note of yours.")
    if found.kind == "plan":
        raise Conflict("A planned comparison stays as it was written.")
    session.delete(found)


def plan_comparison(session: Session, viewer: Viewer, wave_key: str, text: str, *, now: datetime) -> None:
    """Write down what will be compared. Raises Conflict once the wave has results, else like `keep_note`."""
    wave = _wave(session, viewer, wave_key)
    if _has_results(session, wave.id):
        raise Conflict("This wave has results already, so it is too late to plan without knowing them.")
    session.add(_new(viewer, wave, "plan", {}, text, now))


def plans_of(session: Session, viewer: Viewer, wave_key: str) -> list[NoteView]:
    """Comparisons that were planned for a wave before it had results."""
    return [each for each, _ in _notes(session, viewer, _wave(session, viewer, wave_key).id, "plan")]


def waves_to_plan(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Waves of the school without results yet: key and title, newest first."""
    _allowed(viewer)
    counted = select(Edition.wave_id)
    rows = session.scalars(
        select(Wave)
        .where(Wave.school_id == viewer.school_id, Wave.id.not_in(counted))
        .order_by(Wave.opens_at.desc(), Wave.key)
    )
    return [(wave.key, wave.title) for wave in rows]


def _new(viewer: Viewer, wave: Wave, kind: str, view: dict[str, str], text: str, now: datetime) -> ExplorerNote:
    try:
        clean = clean_text(text, LONGEST)
    except AnswerProblem as problem:
        raise Invalid(str(problem)) from problem
    if not clean:
        raise Invalid("The note is empty. Write what you noticed.")
    return ExplorerNote(
        school_id=viewer.where,
        person_id=viewer.who,
        wave_id=wave.id,
        kind=kind,
        view=view,
        text=clean,
        written_at=now,
    )


def _notes(session: Session, viewer: Viewer, wave_id: UUID, kind: str) -> list[tuple[NoteView, dict[str, str]]]:
    rows = session.execute(
        select(ExplorerNote, Person.name)
        .join(Person, Person.id == ExplorerNote.person_id)
        .where(ExplorerNote.wave_id == wave_id, ExplorerNote.kind == kind)
        .order_by(ExplorerNote.written_at, ExplorerNote.id)
    )
    return [
        (NoteView(note.id, note.text, name, note.written_at, note.person_id == viewer.person_id), note.view)
        for note, name in rows
    ]


def _wave(session: Session, viewer: Viewer, key: str) -> Wave:
    _allowed(viewer)
    found = session.scalars(select(Wave).where(Wave.school_id == viewer.school_id, Wave.key == key)).first()
    if found is None:
        raise NotFound("There is no such wave.")
    return found


def _has_results(session: Session, wave_id: UUID) -> bool:
    return session.scalars(select(Edition.id).where(Edition.wave_id == wave_id).limit(1)).first() is not None


def _allowed(viewer: Viewer) -> None:
    if not viewer.may(Permission.EXPLORE):
        raise NotAllowed("Only those who explore results keep notes on them.")
