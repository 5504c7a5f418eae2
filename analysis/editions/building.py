"""Counting a wave into a frozen edition: the only maker of results."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from analysis.disclosure.admission import Cell, admit
from analysis.disclosure.reportable import Reportable
from analysis.editions.answers import load_answers
from analysis.editions.cells import to_json
from analysis.editions.comment_themes import theme_cells
from analysis.editions.counting import Counted, count
from analysis.models import Edition, EditionCell
from stakeholder.models import School
from surveys.definition import Questionnaire
from surveys.framework import Framework, default_framework
from surveys.models import Audience, Wave
from surveys.published import questionnaire_of

Progress = Callable[[int, int], None]
BREAKDOWN_NAMES = {"year": "Year group", "phase": "School phase", "send": "Special educational needs"}


@dataclass(frozen=True)
class Counting:
    """A wave counted and admitted, not yet frozen."""

    wave_id: UUID
    audiences: list[dict[str, object]]
    results: list[Reportable]


def build_edition(session: Session, wave_id: UUID, *, now: datetime, cause: UUID | None = None) -> Edition:
    """Count the wave's released answers and read comments into a new edition, and freeze it, in one transaction."""
    return freeze(session, count_wave(session, wave_id), now=now, cause=cause)


def count_wave(session: Session, wave_id: UUID, *, progress: Progress = lambda _done, _total: None) -> Counting:
    """Count a wave and admit what may be shown; only reads, so that answering goes on meanwhile.

    progress  called with audiences counted and audiences in all
    """
    wave = session.get_one(Wave, wave_id)
    school = session.get_one(School, wave.school_id)
    audiences = _in_order(session, school, wave_id)
    cells: list[Cell] = []
    for done, (audience, questionnaire) in enumerate(audiences):
        progress(done, len(audiences))
        cells += _cells(session, wave, audience, questionnaire)
    return Counting(wave_id, _described(school, audiences), admit(cells, minimum=school.minimum_people))


def freeze(session: Session, counting: Counting, *, now: datetime, cause: UUID | None = None) -> Edition:
    """Store what was counted as the wave's next edition.

    cause   the job that asks for it; asked again by the same job, the edition there is comes back
    """
    if cause is not None and (before := session.scalars(select(Edition).where(Edition.cause == cause)).first()):
        return before
    edition = Edition(
        wave_id=counting.wave_id,
        number=_next_number(session, counting.wave_id),
        frozen_at=now,
        cause=cause,
        audiences=counting.audiences,
    )
    session.add(edition)
    session.flush()
    bodies = [
        {"edition_id": edition.id, "place": place, "body": to_json(result)}
        for place, result in enumerate(counting.results)
    ]
    if bodies:
        session.execute(insert(EditionCell), bodies)
    return edition


def _cells(session: Session, wave: Wave, audience: Audience, questionnaire: Questionnaire) -> Iterator[Cell]:
    answers = load_answers(session, audience.id, questionnaire)
    counted = Counted(wave.key, audience.key, questionnaire, audience.invited, audience.invited_by)
    yield from count(counted, answers, _framework(questionnaire))
    yield from theme_cells(session, audience.id, wave=wave.key, audience=audience.key)


def _framework(questionnaire: Questionnaire) -> Framework | None:
    """The framework whose strands the questionnaire asks about, None when it has none that is known here."""
    known = default_framework()
    return known if questionnaire.framework == known.key else None


def _in_order(session: Session, school: School, wave_id: UUID) -> list[tuple[Audience, Questionnaire]]:
    """Audiences in the order of the school's groups, and within a group by the questionnaire's audience."""
    groups = [group["key"] for group in school.groups]
    known = [audience.key for audience in default_framework().audiences]
    rows = session.scalars(select(Audience).where(Audience.wave_id == wave_id)).all()
    rank = {key: number for number, key in enumerate(known)}
    ordered = sorted(rows, key=lambda row: (groups.index(row.group), rank.get(row.key, len(rank)), row.key))
    return [(row, questionnaire_of(session, row.version_id)) for row in ordered]


def _described(school: School, audiences: list[tuple[Audience, Questionnaire]]) -> list[dict[str, object]]:
    labels = _labels(school, [audience for audience, _ in audiences])
    return [
        {
            "key": audience.key,
            "group": audience.group,
            "label": labels[audience.key],
            "invited": audience.invited,
            "breakdowns": [_breakdown(questionnaire, key) for key in questionnaire.breakdowns],
        }
        for audience, questionnaire in audiences
    ]


def _breakdown(questionnaire: Questionnaire, key: str) -> list[object]:
    (column,) = questionnaire.question(key).columns()
    options = [[option.code, str(option.label)] for option in column.options]
    return [key, _breakdown_name(key, str(column.label)), options]


def _breakdown_name(key: str, asked: str) -> str:
    """What results are split by: a name to use in a sentence, where the question itself cannot be."""
    plain = key.replace("_", " ").capitalize() if asked.endswith("?") else asked
    return BREAKDOWN_NAMES.get(key, plain)


def _labels(school: School, audiences: list[Audience]) -> dict[str, str]:
    """The group's name; where a group has several audiences, the framework's name for each after the first."""
    groups = {group["key"]: str(group["label"].get("en", group["key"])) for group in school.groups}
    names = {audience.key: str(audience.label) for audience in default_framework().audiences}
    labels: dict[str, str] = {}
    for audience in audiences:
        label = groups.get(audience.group, audience.group)
        labels[audience.key] = names.get(audience.key, audience.key) if label in labels.values() else label
    return labels


def _next_number(session: Session, wave_id: UUID) -> int:
    newest = select(func.coalesce(func.max(Edition.number), 0)).where(Edition.wave_id == wave_id)
    return session.execute(newest).scalar_one() + 1
