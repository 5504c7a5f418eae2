"""To whom a report is shown, from which day and until when: circles who sign in, and links for those who do not."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models import ReportSharing, SavedReport
from analysis.reports.selection import ReportSummary, ReportView, as_saved, is_shown_now, sharer
from analysis.sharing import TOKEN_BYTES, refuse_out_of_step
from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer

SIGNED_IN = ("governors", "researchers")
BY_LINK = ("staff", "students", "families", "everyone")
CIRCLES = SIGNED_IN + BY_LINK


@dataclass(frozen=True)
class Span:
    """From this day on, and until the end of another one; `until` None: until somebody ends it."""

    from_day: date
    until: date | None = None


@dataclass(frozen=True)
class Showing:
    """A circle that sees a report, or will; `token` makes its link where it does not sign in."""

    span: Span
    token: str | None


def showings(session: Session, viewer: Viewer, report_id: UUID) -> dict[str, Showing]:
    """By circle, since when and until when it sees the report. Raises NotFound and NotAllowed."""
    _sharable(session, viewer, report_id)
    return {
        circle: Showing(Span(row.from_day, row.until), row.token) for circle, row in _rows(session, report_id).items()
    }


def show_to(
    session: Session, viewer: Viewer, report_id: UUID, spans: Mapping[str, Span | None], *, now: datetime
) -> None:
    """Show a report to circles for these days, or no longer where a span is None; other circles stay.

    A link stays the same when its days change; shared anew it is another link. Raises NotFound, NotAllowed, and
    Invalid for days that are out of step or end before they begin.
    """
    _sharable(session, viewer, report_id)
    known = _rows(session, report_id)
    days = {circle: row.from_day for circle, row in known.items()}
    refuse_out_of_step({**days, **{circle: span.from_day if span else None for circle, span in spans.items()}})
    for circle, span in spans.items():
        row = known.get(circle)
        if (Span(row.from_day, row.until) if row else None) == span:
            continue
        _set(session, row, report_id, circle, span)
        act = Act("report shared", f"report {report_id}", viewer.actor, viewer.school_id, _said(circle, span))
        record(session, act, now=now)


def shown_by_link(session: Session, token: str) -> ReportView:
    """The report behind a link that has begun and not ended. Raises NotFound."""
    found = session.scalars(
        select(SavedReport)
        .join(ReportSharing, ReportSharing.report_id == SavedReport.id)
        .where(ReportSharing.token == token, is_shown_now())
    ).first()
    if found is None:
        raise NotFound("There is no such page.")
    about = ReportSummary(found.id, found.title, "", found.made_at, len(found.items), may_change=False)
    return as_saved(session, found, sharer(found.school_id), about)


def _said(circle: str, span: Span | None) -> str:
    if span is None:
        return f"{circle} no longer"
    return f"{circle} from {span.from_day.isoformat()}" + (f" until {span.until.isoformat()}" if span.until else "")


def _set(session: Session, row: ReportSharing | None, report_id: UUID, circle: str, span: Span | None) -> None:
    if span and span.until and span.until < span.from_day:
        raise Invalid(f"For {circle} the last day is before the first.")
    if row and span:
        row.from_day, row.until = span.from_day, span.until
    elif row:
        session.delete(row)
    elif span:
        token = secrets.token_urlsafe(TOKEN_BYTES) if circle in BY_LINK else None
        session.add(
            ReportSharing(report_id=report_id, circle=circle, from_day=span.from_day, until=span.until, token=token)
        )
    session.flush()


def _rows(session: Session, report_id: UUID) -> dict[str, ReportSharing]:
    rows = session.scalars(select(ReportSharing).where(ReportSharing.report_id == report_id))
    return {row.circle: row for row in rows}


def _sharable(session: Session, viewer: Viewer, report_id: UUID) -> SavedReport:
    if not viewer.may(Permission.SHARE_RESULTS):
        raise NotAllowed("Only those who run surveys decide who sees a report.")
    found = session.scalars(
        select(SavedReport).where(SavedReport.school_id == viewer.where, SavedReport.id == report_id)
    ).first()
    if found is None:
        raise NotFound("There is no such report.")
    return found
