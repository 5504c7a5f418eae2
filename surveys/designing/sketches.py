"""Sketches: begun, changed, undone and published. Every change is a save with a name to it; none is ever lost."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import Person
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.checking import problems
from surveys.definition import Questionnaire
from surveys.designing.checked import checked_questionnaire
from surveys.designing.content import Content, key_from, places, words_of
from surveys.designing.judgements import changed_questions
from surveys.designing.licensed import keeping_licensed
from surveys.designing.models import Sketch, SketchSave
from surveys.models import QuestionnaireRow, QuestionnaireVersion
from surveys.published import newest_version, publish, questionnaire_of


@dataclass(frozen=True)
class SketchSummary:
    """One line of the list of questionnaires."""

    id: UUID
    title: str
    questions: int
    saved_at: datetime
    saved_by: str
    changed: bool
    published: bool


@dataclass(frozen=True)
class SaveSummary:
    """One save of the history."""

    number: int
    act: str
    about: str
    by: str
    at: datetime


@dataclass(frozen=True)
class OpenSketch:
    """A sketch as it stands: its newest content, and the number of the save that holds it."""

    id: UUID
    school_id: UUID
    key: str
    title: str
    number: int
    published_save: int | None
    content: Content


def begin(session: Session, viewer: Viewer, content: Content, *, now: datetime, act: str = "begin") -> Sketch:
    """A new sketch of the viewer's school with this content, under a key that is free."""
    school_id = _writer(viewer)
    key = key_from(content["key"].replace("_", " "), _taken_keys(session, school_id))
    sketch = Sketch(school_id=school_id, key=key, title=words_of(content.get("title"))[:300])
    session.add(sketch)
    session.flush()
    _save(session, viewer, sketch, {**content, "key": key}, act=act, about=sketch.title, now=now)
    return sketch


def begin_from_published(session: Session, viewer: Viewer, key: str, *, now: datetime) -> Sketch:
    """The sketch in which a published questionnaire goes on; the one there is, or a new one. Raises NotFound."""
    school_id = _writer(viewer)
    found = session.scalars(select(Sketch).where(Sketch.school_id == school_id, Sketch.key == key)).first()
    if found is not None and found.state == "open":
        return found
    content = json.loads(newest_version(session, viewer, key).definition)
    sketch = found or Sketch(school_id=school_id, key=key, title="")
    session.add(sketch)
    session.flush()
    _save(session, viewer, sketch, content, act="open", about=words_of(content["title"]), now=now)
    sketch.state, sketch.published_save = "open", sketch.saves
    return sketch


def get_sketch(session: Session, viewer: Viewer, sketch_id: UUID) -> OpenSketch:
    """A sketch of the viewer's school as it stands. Raises NotFound, for another school's too."""
    row = _row(session, viewer, sketch_id)
    return _open(row, content_at(session, row.id, row.saves))


def content_at(session: Session, sketch_id: UUID, number: int) -> Content:
    """What a save held. Raises NotFound."""
    found = session.execute(
        select(SketchSave.content).where(SketchSave.sketch_id == sketch_id, SketchSave.number == number)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such save.")
    content: Content = json.loads(found)
    return content


def change(
    session: Session,
    viewer: Viewer,
    sketch_id: UUID,
    work: Callable[[Content], Content],
    *,
    act: str,
    about: str = "",
    now: datetime,
) -> OpenSketch:
    """Apply a change to the newest content and save it; a change that changes nothing saves nothing.

    The row is locked, so that two people's changes follow each other and both are kept. Raises Invalid for a change of
    a licensed instrument.
    """
    row = _row(session, viewer, sketch_id)
    before = content_at(session, row.id, row.saves)
    after = keeping_licensed(before, work(before))
    if after != before:
        _save(session, viewer, row, after, act=act, about=about, now=now)
    return _open(row, after)


def restore(session: Session, viewer: Viewer, sketch_id: UUID, number: int, *, now: datetime) -> OpenSketch:
    """Make an earlier save the newest again, as a save of its own, so that this too can be undone."""
    sketch = get_sketch(session, viewer, sketch_id)
    earlier = content_at(session, sketch.id, number)
    return change(session, viewer, sketch_id, lambda _: earlier, act="restore", about=str(number), now=now)


def remove_sketch(session: Session, viewer: Viewer, sketch_id: UUID) -> str:
    """Put a sketch away; its saves stay, and what was published stays published. Returns its title."""
    row = _row(session, viewer, sketch_id)
    row.state = "removed"
    return row.title


def history(session: Session, sketch: OpenSketch) -> list[SaveSummary]:
    """All saves, newest first."""
    rows = session.execute(
        select(SketchSave, Person.name)
        .outerjoin(Person, Person.id == SketchSave.person_id)
        .where(SketchSave.sketch_id == sketch.id)
        .order_by(SketchSave.number.desc())
    ).all()
    return [SaveSummary(save.number, save.act, save.about, name or "", save.saved_at) for save, name in rows]


def list_sketches(session: Session, viewer: Viewer) -> list[SketchSummary]:
    """The school's sketches, the one changed last first."""
    rows = session.execute(
        select(Sketch, SketchSave, Person.name)
        .join(SketchSave, (SketchSave.sketch_id == Sketch.id) & (SketchSave.number == Sketch.saves))
        .outerjoin(Person, Person.id == SketchSave.person_id)
        .where(Sketch.school_id == viewer.school_id, Sketch.state == "open")
        .order_by(SketchSave.saved_at.desc(), Sketch.key)
    ).all()
    return [_summary(sketch, save, name) for sketch, save, name in rows]


def newest_published(session: Session, sketch: OpenSketch) -> Questionnaire | None:
    """The newest published version of the sketch's questionnaire at its school, None before the first."""
    found = session.scalars(
        select(QuestionnaireVersion.id)
        .join(QuestionnaireRow, QuestionnaireRow.id == QuestionnaireVersion.questionnaire_id)
        .where(QuestionnaireRow.school_id == sketch.school_id, QuestionnaireRow.key == sketch.key)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    ).first()
    return questionnaire_of(session, found) if found else None


def publish_sketch(session: Session, viewer: Viewer, sketch_id: UUID, *, now: datetime) -> QuestionnaireVersion:
    """Make the newest content the next version. Raises Invalid when it is not sound, NotAllowed for a drafter."""
    if not viewer.may(Permission.PUBLISH_SURVEYS):
        raise NotAllowed("Only a survey lead or head may publish.")
    row = _row(session, viewer, sketch_id)
    questionnaire = checked_questionnaire(content_at(session, row.id, row.saves))
    wrong = [str(problem) for problem in problems(questionnaire) if problem.hard]
    if wrong:
        raise Invalid("\n".join(wrong))
    before = newest_published(session, _open(row, {}))
    version = publish(session, viewer, questionnaire, now=now)
    row.published_save = row.saves
    for changed in changed_questions(before, questionnaire) if before else ():
        if changed.said:
            words = f"{changed.key}: {changed.machine} -> {changed.change}. {changed.said.reason}"[:400]
            act = Act("change judged", f"questionnaire version {version.id}", viewer.person_id, row.school_id, words)
            record(session, act, now=now)
    return version


def _writer(viewer: Viewer) -> UUID:
    if not viewer.may(Permission.WRITE_SURVEYS) or viewer.school_id is None:
        raise NotAllowed("Only people who write surveys may do this.")
    return viewer.school_id


def _row(session: Session, viewer: Viewer, sketch_id: UUID) -> Sketch:
    """The sketch's row, locked on PostgreSQL; SQLite's writers already follow each other. Raises NotFound."""
    mine = (Sketch.id == sketch_id) & (Sketch.school_id == _writer(viewer)) & (Sketch.state == "open")
    row = session.scalars(select(Sketch).where(mine).with_for_update()).first()
    if row is None:
        raise NotFound("There is no such draft.")
    return row


def _open(row: Sketch, content: Content) -> OpenSketch:
    return OpenSketch(row.id, row.school_id, row.key, row.title, row.saves, row.published_save, content)


def _save(
    session: Session, viewer: Viewer, sketch: Sketch, content: Content, *, act: str, about: str, now: datetime
) -> None:
    sketch.saves += 1
    sketch.title = words_of(content.get("title"))[:300]
    session.add(
        SketchSave(
            sketch_id=sketch.id,
            number=sketch.saves,
            content=json.dumps(content, ensure_ascii=False),
            act=act,
            about=about[:200],
            person_id=viewer.person_id,
            saved_at=now,
        )
    )
    session.flush()


def _taken_keys(session: Session, school_id: UUID) -> set[str]:
    sketches = session.scalars(select(Sketch.key).where(Sketch.school_id == school_id))
    published = session.scalars(
        select(QuestionnaireRow.key).where(
            (QuestionnaireRow.school_id == school_id) | QuestionnaireRow.school_id.is_(None)
        )
    )
    return {*sketches, *published}


def _summary(sketch: Sketch, save: SketchSave, name: str | None) -> SketchSummary:
    content: Content = json.loads(save.content)
    return SketchSummary(
        id=sketch.id,
        title=sketch.title,
        questions=sum(place.question.get("type") != "text" for place in places(content)),
        saved_at=save.saved_at,
        saved_by=name or "",
        changed=sketch.published_save != sketch.saves,
        published=sketch.published_save is not None,
    )
