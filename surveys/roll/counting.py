"""How many people a survey asks, from the roll: the denominators of response rates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire
from surveys.roll.entries import year_of
from surveys.roll.keeping import PUPILS
from surveys.roll.models import Member


@dataclass(frozen=True)
class Asked:
    """People to ask: all together, and by option of the breakdown that stands for years; 0 without a roll.

    left_out  people on the roll who are not asked
    """

    people: int = 0
    by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    left_out: int = 0


@dataclass(frozen=True)
class Line:
    """One line of the roll's summary: a year of a group, how many are on it, and how many of them are not asked."""

    group: str
    year: str
    people: int
    left_out: int


def summary(session: Session, school_id: UUID) -> list[Line]:
    """The roll by group and year, youngest first; numbers only."""
    rows = session.execute(
        select(
            Member.group,
            Member.year,
            func.count().label("people"),
            func.count().filter(Member.left_out != "").label("left_out"),
        )
        .where(Member.school_id == school_id)
        .group_by(Member.group, Member.year)
    )
    lines = [Line(*row) for row in rows]
    return sorted(lines, key=lambda line: (line.group, order_of(line.year)))


def order_of(year: str) -> int:
    """Where a year stands: none, nursery, reception, 1, 2, ..."""
    return {"": -3, "N": -2, "R": -1}.get(year) or int(year)


def asked_by(session: Session, viewer: Viewer, questionnaire: Questionnaire, group: str) -> Asked:
    """Whom a questionnaire for `group` would ask.

    Where one of its breakdowns lists school years, only those years are asked. Nobody is counted who is left out.
    """
    where = (Member.school_id == viewer.where, Member.group == group)
    rows = session.execute(select(Member.year, Member.left_out).where(*where)).all()
    breakdown, options = years_of(questionnaire) if group == PUPILS else ("", {})
    inside = [row for row in rows if not options or row.year in options]
    kept = [row for row in inside if not row.left_out]
    by = {breakdown: _counted((row.year for row in kept), options)} if options and kept else {}
    return Asked(len(kept), by, len(inside) - len(kept))


def people_asked(session: Session, viewer: Viewer, questionnaires: Mapping[str, Questionnaire]) -> dict[str, int]:
    """People whom each questionnaire would ask, by "key:group"; only where the roll knows of any."""
    found = {
        f"{key}:{group}": asked_by(session, viewer, questionnaire, group).people
        for key, questionnaire in questionnaires.items()
        for group in questionnaire.groups
    }
    return {name: people for name, people in found.items() if people}


def names_on_roll(session: Session, school_id: UUID) -> Sequence[tuple[str, str]]:
    """Every name on the roll with its group, also the short form people use: what comments must not show."""
    rows = session.execute(
        select(Member.given, Member.family, Member.known_as, Member.group).where(Member.school_id == school_id)
    )
    found = {
        (f"{given} {row.family}".strip(), row.group) for row in rows for given in {row.given, row.known_as or row.given}
    }
    return sorted(each for each in found if each[0])


def _counted(years: Iterable[str], options: Mapping[str, str]) -> dict[str, int]:
    counts = Counter(options[year] for year in years)
    return {code: counts.get(code, 0) for code in options.values()}


def years_of(questionnaire: Questionnaire) -> tuple[str, dict[str, str]]:
    """The breakdown whose options are school years, and {year: option code}; empty when there is none."""
    for key in questionnaire.breakdowns:
        options = getattr(questionnaire.by_key[key], "options", ())
        years = {year: option.code for option in options if (year := _year_in(str(option.label)))}
        if years and len(years) >= len(options) - 1:
            return key, years
    return "", {}


def _year_in(label: str) -> str:
    try:
        return year_of(label)
    except Invalid:
        return ""
