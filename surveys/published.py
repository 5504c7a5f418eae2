"""Published questionnaires: stored as versions that never change, read back once per process."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from stakeholder.errors import NotFound
from stakeholder.viewer import NOBODY, Viewer
from surveys.definition import Questionnaire
from surveys.lineage import classes
from surveys.models import QuestionnaireRow, QuestionnaireVersion


@dataclass(frozen=True)
class VersionSummary:
    """One line of `questionnaire list`."""

    key: str
    title: str
    number: int
    questions: int
    languages: tuple[str, ...]


def publish(session: Session, viewer: Viewer, questionnaire: Questionnaire, *, now: datetime) -> QuestionnaireVersion:
    """Store the questionnaire as a new version, unless its newest version is the same to the letter."""
    row = session.scalars(_row_of(viewer.school_id, questionnaire.key)).first()
    if row is None:
        row = QuestionnaireRow(school_id=viewer.school_id, key=questionnaire.key)
        session.add(row)
        session.flush()
    newest = session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == row.id)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    ).first()
    if newest is not None and newest.digest == questionnaire.digest:
        return newest
    version = QuestionnaireVersion(
        questionnaire_id=row.id,
        number=newest.number + 1 if newest else 1,
        definition=questionnaire.to_json(),
        digest=questionnaire.digest,
        published_at=now,
        lineage=_lineage(newest, questionnaire),
    )
    session.add(version)
    session.flush()
    return version


def _lineage(before: QuestionnaireVersion | None, questionnaire: Questionnaire) -> dict[str, str] | None:
    """What became of each question since the version before, None for the first version."""
    if before is None:
        return None
    old = Questionnaire.from_json(before.definition)
    return {key: change.value for key, change in classes(old, questionnaire).items()}


def publish_library(session: Session, questionnaires: Iterable[Questionnaire], *, now: datetime) -> None:
    """Store the questionnaires that every school can use; those that are the same as before stay as they are."""
    for questionnaire in questionnaires:
        publish(session, NOBODY, questionnaire, now=now)


def newest_version(session: Session, viewer: Viewer, key: str) -> QuestionnaireVersion:
    """The newest version of a questionnaire of the viewer's school, else of the shared library.

    Raises NotFound, naming the key, when there is none.
    """
    found = session.scalars(
        select(QuestionnaireVersion)
        .join(QuestionnaireRow, QuestionnaireRow.id == QuestionnaireVersion.questionnaire_id)
        .where(QuestionnaireRow.key == key, _ours(viewer.school_id))
        .order_by(QuestionnaireRow.school_id.is_(None), QuestionnaireVersion.number.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound(f"There is no questionnaire '{key}'. 'stakeholder questionnaire list' shows what there is.")
    return found


def list_questionnaires(session: Session, viewer: Viewer) -> list[VersionSummary]:
    """The newest version of every questionnaire the school can use; its own stands in for the library's."""
    newest = (
        select(QuestionnaireVersion.questionnaire_id, func.max(QuestionnaireVersion.number).label("number"))
        .group_by(QuestionnaireVersion.questionnaire_id)
        .subquery()
    )
    rows = session.execute(
        select(QuestionnaireRow.key, QuestionnaireVersion.number, QuestionnaireVersion.id)
        .join(QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == QuestionnaireRow.id)
        .join(
            newest,
            (newest.c.questionnaire_id == QuestionnaireVersion.questionnaire_id)
            & (newest.c.number == QuestionnaireVersion.number),
        )
        .where(_ours(viewer.school_id))
        .order_by(QuestionnaireRow.key, QuestionnaireRow.school_id.is_not(None))
    ).all()
    used = {row.key: row for row in rows}
    return [_summary(session, row.key, row.number, row.id) for row in used.values()]


def questionnaire_of(session: Session, version_id: UUID) -> Questionnaire:
    """The questionnaire of a version, parsed once per process: versions never change."""
    cached = _PARSED.get(version_id)
    if cached is None:
        definition = session.execute(
            select(QuestionnaireVersion.definition).where(QuestionnaireVersion.id == version_id)
        ).scalar_one()
        cached = _PARSED[version_id] = _parsed(definition)
    return cached


def polarity_of_question(session: Session, version_id: UUID, question_key: str) -> str:
    """What a question asks for: "positive", "improve" or "neutral"."""
    question = questionnaire_of(session, version_id).by_key.get(question_key)
    return str(getattr(question, "polarity", "neutral"))


_PARSED: dict[UUID, Questionnaire] = {}


@lru_cache(maxsize=64)
def _parsed(definition: str) -> Questionnaire:
    return Questionnaire.from_json(definition)


def _summary(session: Session, key: str, number: int, version_id: UUID) -> VersionSummary:
    questionnaire = questionnaire_of(session, version_id)
    asked = sum(question.counts_as_question for question in questionnaire.questions)
    return VersionSummary(key, str(questionnaire.title), number, asked, questionnaire.languages)


def _ours(school_id: UUID | None) -> ColumnElement[bool]:
    return QuestionnaireRow.school_id.is_(None) | (QuestionnaireRow.school_id == school_id)


def _row_of(school_id: UUID | None, key: str) -> Select[QuestionnaireRow]:
    same_owner = QuestionnaireRow.school_id.is_(None) if school_id is None else QuestionnaireRow.school_id == school_id
    return select(QuestionnaireRow).where(QuestionnaireRow.key == key, same_owner)
