"""Counting a wave into a frozen edition: the only maker of results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from analysis.disclosure.admission import admit
from analysis.disclosure.reportable import Reportable, Slice
from analysis.disclosure.rounding import Rounding
from analysis.editions.answers import Answers, load_answers
from analysis.editions.cells import from_json, to_json
from analysis.editions.comment_themes import theme_cells
from analysis.editions.counting import Counted, atoms_of, count
from analysis.editions.describing import described
from analysis.editions.modelling import models
from analysis.editions.rounding_keys import keep_rounding_key, needed_rounding
from analysis.editions.scoring import scores
from analysis.editions.succession import Kept, Place, noted, succeeding
from analysis.models import Edition, EditionCell
from stakeholder.models import School
from surveys.definition import Questionnaire
from surveys.flow import ScoreScale
from surveys.framework import Framework, default_framework
from surveys.models import Audience, Wave
from surveys.published import questionnaire_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Counting:
    """A wave counted and admitted, not yet frozen."""

    wave_id: UUID
    audiences: list[dict[str, object]]
    kept: list[Kept]

    @property
    def results(self) -> list[Reportable]:
        """What may be shown."""
        return [each.result for each in self.kept]


def build_edition(session: Session, wave_id: UUID, *, now: datetime, cause: UUID | None = None) -> Edition:
    """Count the wave's released answers and read comments into a new edition, and freeze it, in one transaction."""
    keep_rounding_key(session, wave_id)
    return freeze(session, count_wave(session, wave_id), now=now, cause=cause)


def count_wave(session: Session, wave_id: UUID, *, progress: Progress = lambda _done, _total: None) -> Counting:
    """Count a wave and admit what may be shown; only reads, so that answering goes on meanwhile.

    progress  called with audiences counted and audiences in all
    The wave needs its rounding key (`keep_rounding_key`).
    """
    wave = session.get_one(Wave, wave_id)
    school = session.get_one(School, wave.school_id)
    audiences = _in_order(session, school, wave_id)
    rounding = needed_rounding(session, wave_id)
    before = _before(session, wave_id)
    kept: list[Kept] = []
    for done, (audience, questionnaire) in enumerate(audiences):
        progress(done, len(audiences))
        kept += _counted(session, wave, audience, questionnaire, rounding, before, school.minimum_people)
    return Counting(wave_id, described(school, audiences), kept)


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
        {
            "edition_id": edition.id,
            "place": place,
            "body": to_json(each.result),
            "people": each.people,
            "members": each.members,
        }
        for place, each in enumerate(counting.kept)
    ]
    if bodies:
        session.execute(insert(EditionCell), bodies)
    return edition


def _counted(
    session: Session,
    wave: Wave,
    audience: Audience,
    questionnaire: Questionnaire,
    rounding: Rounding,
    before: dict[Place, Kept],
    minimum: int,
) -> list[Kept]:
    """An audience's results: counted, admitted, held against the edition before, and scores made of them."""
    answers = load_answers(session, audience.id, questionnaire)
    counted = Counted(wave.key, audience.key, questionnaire, audience.invited, audience.invited_by)
    cells = [*count(counted, answers), *theme_cells(session, audience.id, wave=wave.key, audience=audience.key)]
    admitted = admit(cells, rounding=rounding, minimum=minimum, atoms=atoms_of(counted, answers))
    new = [noted(cell, result, rounding) for cell, result in zip(cells, admitted, strict=True)]
    kept = succeeding(new, before, minimum=minimum)
    framework = None if questionnaire.style == "youngest" else _framework(questionnaire)
    made = _models(answers, (framework, questionnaire.scales), wave, audience, kept, before)
    if framework is not None:
        made += scores(answers, framework, [each.result for each in kept if each.result.kind == "item"])
    return [*kept, *(Kept(result) for result in made)]


def _models(
    answers: Answers,
    measures: tuple[Framework | None, Sequence[ScoreScale]],
    wave: Wave,
    audience: Audience,
    kept: list[Kept],
    before: dict[Place, Kept],
) -> list[Reportable]:
    """What is worked out from single answers; as it was where too few have answered since.

    measures  the framework whose strands are asked about, and the questionnaire's own scales
    """
    earlier = before.get(("response", "response", Slice(audience.key)))
    if earlier is not None and earlier in kept:
        return [
            each.result
            for (kind, _, place), each in before.items()
            if kind in {"care", "reliability", "drivers"} and place.audience == audience.key
        ]
    framework, scales = measures
    return list(models(answers, framework, wave=wave.key, audience=audience.key, scales=scales))


def _before(session: Session, wave_id: UUID) -> dict[Place, Kept]:
    """The newest edition's results, by place."""
    newest = select(Edition.id).where(Edition.wave_id == wave_id).order_by(Edition.number.desc()).limit(1)
    wanted = select(EditionCell.body, EditionCell.people, EditionCell.members).where(EditionCell.edition_id.in_(newest))
    found = (Kept(from_json(row.body), row.people, row.members) for row in session.execute(wanted))
    return {(kept.result.kind, kept.result.subject, kept.result.slice): kept for kept in found}


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


def _next_number(session: Session, wave_id: UUID) -> int:
    newest = select(func.coalesce(func.max(Edition.number), 0)).where(Edition.wave_id == wave_id)
    return session.execute(newest).scalar_one() + 1
