"""Reports of a school's own: selections of views of the explorer, made again from the editions they were taken from.

Editions never change, so a report says the same on any day, until somebody brings it up to date. What would change
then can be looked at first (`differences`).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from analysis.editions import list_editions, load_edition
from analysis.exploring import Exploration, answer, explore
from analysis.models import ReportSharing, SavedReport
from analysis.sharing import circles_of
from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Person
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from surveys.question_types.base import AnswerProblem, clean_text

MOST_ITEMS, LONGEST_TITLE, KEY_BYTES = 40, 200, 6
View = Mapping[str, str]


@dataclass(frozen=True)
class ReportSummary:
    """A report in a list; `may_change`: the viewer made it, or runs surveys."""

    id: UUID
    title: str
    writer: str
    made_at: datetime
    items: int
    may_change: bool


@dataclass(frozen=True)
class ReportItem:
    """One view of a report; `seen` is None where its wave is not shown to the reader, or has no such view any more."""

    key: str
    seen: Exploration | None


@dataclass(frozen=True)
class ReportView:
    """A report as somebody reads it."""

    about: ReportSummary
    school_id: UUID
    items: tuple[ReportItem, ...]


@dataclass(frozen=True)
class Recount:
    """A wave that was counted again, or counted at all, since a view was taken; `before` is None for a new wave."""

    title: str
    before: int | None
    now: int
    counted: datetime


@dataclass(frozen=True)
class ItemChange:
    """A view as the report has it, as it would be made now, and which waves were counted since."""

    item: ReportItem
    now: Exploration | None
    recounts: tuple[Recount, ...]


def new_report(session: Session, viewer: Viewer, title: str, *, now: datetime) -> UUID:
    """Begin an empty report. Raises NotAllowed, and Invalid for an empty or too long title."""
    _allowed(viewer)
    try:
        clean = clean_text(title, LONGEST_TITLE)
    except AnswerProblem as problem:
        raise Invalid(str(problem)) from problem
    if not clean:
        raise Invalid("Give the report a title, such as 'Safety in Year 9'.")
    report = SavedReport(school_id=viewer.where, person_id=viewer.who, title=clean, items=[], made_at=now)
    session.add(report)
    session.flush()
    return report.id


def add_view(session: Session, viewer: Viewer, report_id: UUID, view: View) -> None:
    """Put a view at the end of a report, as it stands now. Raises NotFound, Conflict for a full report."""
    report = _own(session, viewer, report_id)
    if len(report.items) >= MOST_ITEMS:
        raise Conflict(f"A report holds {MOST_ITEMS} figures. Begin another one.")
    if explore(session, viewer, view) is None:
        raise NotFound("There are no results yet.")
    item = {"key": secrets.token_hex(KEY_BYTES), "view": dict(view), "counted": _counted_now(session, viewer)}
    report.items = [*report.items, item]


def remove_item(session: Session, viewer: Viewer, report_id: UUID, key: str) -> None:
    """Take a view out. Raises NotFound."""
    report = _own(session, viewer, report_id)
    report.items = [each for each in report.items if each["key"] != key]


def raise_item(session: Session, viewer: Viewer, report_id: UUID, key: str) -> None:
    """Move a view up by one place. Raises NotFound."""
    report = _own(session, viewer, report_id)
    items = list(report.items)
    for at in range(1, len(items)):
        if items[at]["key"] == key:
            items[at - 1], items[at] = items[at], items[at - 1]
            break
    report.items = items


def remove_report(session: Session, viewer: Viewer, report_id: UUID, *, now: datetime) -> None:
    """Take a report away for everybody; its links end. Raises NotFound."""
    session.delete(_own(session, viewer, report_id))
    act = Act("report removed", f"report {report_id}", viewer.actor, viewer.school_id)
    record(session, act, now=now)


def bring_up_to_date(session: Session, viewer: Viewer, report_id: UUID, *, now: datetime) -> None:
    """Take every view from the newest editions, for all who read the report. Raises NotFound."""
    report = _own(session, viewer, report_id)
    counted = _counted_now(session, viewer)
    report.items = [each | {"counted": counted} for each in report.items]
    act = Act("report brought up to date", f"report {report_id}", viewer.actor, viewer.school_id)
    record(session, act, now=now)


def list_reports(session: Session, viewer: Viewer) -> list[ReportSummary]:
    """Reports that the viewer made or was shown, or all of the school for those who run surveys; newest first."""
    _allowed(viewer)
    shown = select(ReportSharing.report_id).where(ReportSharing.circle.in_(circles_of(viewer)), is_shown_now())
    wanted = select(SavedReport).where(SavedReport.school_id == viewer.where)
    if not viewer.may(Permission.SHARE_RESULTS):
        wanted = wanted.where(or_(SavedReport.person_id == viewer.person_id, SavedReport.id.in_(shown)))
    rows = session.scalars(wanted.order_by(SavedReport.made_at.desc(), SavedReport.title))
    return [_summary(session, viewer, row) for row in rows]


def open_report(session: Session, viewer: Viewer, report_id: UUID) -> ReportView:
    """A report with its figures. Raises NotFound and NotAllowed.

    Those to whom it was shown see what who shared it saw; its maker sees what a maker may see today.
    """
    report = _readable(session, viewer, report_id)
    may_change = _may_change(viewer, report)
    return as_saved(
        session, report, viewer if may_change else sharer(report.school_id), _summary(session, viewer, report)
    )


def as_saved(session: Session, report: SavedReport, eyes: Viewer, about: ReportSummary) -> ReportView:
    """The report made from the editions it was taken from, with what `eyes` may see."""
    items = tuple(ReportItem(each["key"], _seen(session, eyes, each)) for each in report.items)
    return ReportView(about, report.school_id, items)


def differences(session: Session, viewer: Viewer, report_id: UUID) -> list[ItemChange]:
    """For each view of one's report, what it would say if it were taken now. Raises NotFound."""
    report = _own(session, viewer, report_id)
    known = list_editions(session, viewer)
    found = []
    for each in report.items:
        recounts = tuple(
            Recount(wave.wave_title, each["counted"].get(wave.wave_key), wave.number, wave.frozen_at)
            for wave in known
            if each["counted"].get(wave.wave_key) != wave.number
        )
        now = _exactly(explore(session, viewer, each["view"]), each["view"])
        found.append(ItemChange(ReportItem(each["key"], _seen(session, viewer, each)), now, recounts))
    return found


def is_shown_now() -> Any:
    """Whether a sharing has begun and not ended, by the database's own day."""
    today = func.current_date()
    return (ReportSharing.from_day <= today) & (ReportSharing.until.is_(None) | (ReportSharing.until >= today))


def sharer(school_id: UUID) -> Viewer:
    """What was shared is seen as whoever shares sees it: the sharing is the permission."""
    return Viewer(school_id=school_id, roles=frozenset({Role.SURVEY_LEAD}))


def _seen(session: Session, eyes: Viewer, item: Mapping[str, Any]) -> Exploration | None:
    editions = []
    for key, number in item["counted"].items():
        try:
            editions.append(load_edition(session, eyes, key, number=number))
        except NotFound:
            continue  # not shown to them; a view of it alone is then left out below
    keys = [each.wave_key for each in editions]
    if item["view"]["wave"] not in keys:
        return None
    return _exactly(answer(editions, item["view"], at=keys.index(item["view"]["wave"])), item["view"])


def _exactly(seen: Exploration | None, view: View) -> Exploration | None:
    """What was seen, if it is what was asked: the explorer puts a sensible choice in place of one that is gone."""
    return seen if seen and seen.enquiry.fields == dict(view) else None


def _counted_now(session: Session, viewer: Viewer) -> dict[str, int]:
    return {each.wave_key: each.number for each in list_editions(session, viewer)}


def _summary(session: Session, viewer: Viewer, report: SavedReport) -> ReportSummary:
    writer = session.scalars(select(Person.name).where(Person.id == report.person_id)).first() or ""
    return ReportSummary(
        report.id, report.title, writer, report.made_at, len(report.items), _may_change(viewer, report)
    )


def _may_change(viewer: Viewer, report: SavedReport) -> bool:
    made_it = viewer.person_id is not None and report.person_id == viewer.person_id
    return made_it or viewer.may(Permission.SHARE_RESULTS)


def _readable(session: Session, viewer: Viewer, report_id: UUID) -> SavedReport:
    """The report, where it stands in the viewer's list. Raises NotFound and NotAllowed."""
    if all(each.id != report_id for each in list_reports(session, viewer)):
        raise NotFound("There is no such report.")
    return session.get_one(SavedReport, report_id)


def _own(session: Session, viewer: Viewer, report_id: UUID) -> SavedReport:
    report = _readable(session, viewer, report_id)
    if not _may_change(viewer, report):
        raise NotFound("There is no such report of yours.")
    return report


def _allowed(viewer: Viewer) -> None:
    if not viewer.may(Permission.EXPLORE):
        raise NotAllowed("Only those who explore results keep reports.")
