"""Reports of a school's own: made from views, read, brought up to date, and shown to others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.exploring import Exploration
from analysis.figures import Figure
from analysis.reports import releasing, selection
from analysis.reports.releasing import CIRCLES, Showing, Span
from analysis.reports.selection import ReportItem, ReportView
from analysis.views import charts, words
from analysis.views.exploration_table import Line, heads, lines
from analysis.views.explorer_notes import enquiry_of_form
from analysis.views.sharing import day_given
from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, open_to_all, requires
from stakeholder.web.database import reading, transaction

saved_reports = Blueprint("saved_reports", __name__)
ONE = "/reports/<uuid:report_id>"


@dataclass(frozen=True)
class Shown:
    """One view of a report as the page shows it."""

    item: ReportItem
    title: str
    figure: Figure | None
    heads: list[str]
    lines: list[Line]
    source: list[str]


@dataclass(frozen=True)
class Compared:
    """One row of a view before and now; `now` is empty where there is no such row any more."""

    label: str
    before: str
    now: str


@saved_reports.get("/reports")
@requires(Permission.EXPLORE)
def listing() -> str:
    """The reports that the viewer may read."""
    with reading() as session:
        found = selection.list_reports(session, current_viewer())
    return render_template("analysis/reports/list.html", reports=found)


@saved_reports.post("/reports")
@requires(Permission.EXPLORE)
def keep() -> ResponseReturnValue:
    """Put the view that the form names into a report: a new one, or one of the viewer's."""
    enquiry, viewer, chosen = enquiry_of_form(), current_viewer(), request.form.get("report", "")
    try:
        with transaction() as session:
            report_id = _chosen(chosen) or selection.new_report(
                session, viewer, request.form.get("title", "").strip() or _("My report"), now=datetime.now(UTC)
            )
            selection.add_view(session, viewer, report_id, enquiry.fields)
    except (Invalid, Conflict) as problem:
        flash(str(problem))
        return redirect(f"{url_for('explore.page')}?{urlencode(enquiry.fields)}#notes", 303)
    return redirect(url_for(".page", report_id=report_id), 303)


@saved_reports.get(ONE)
@requires(Permission.EXPLORE)
def page(report_id: UUID) -> str:
    """A report, and for those who decide it, to whom it is shown."""
    return _page(report_id)


@saved_reports.post(ONE + "/items/<key>")
@requires(Permission.EXPLORE)
def change_item(report_id: UUID, key: str) -> ResponseReturnValue:
    """Move a view up, or take it out."""
    change = selection.raise_item if request.form.get("do") == "raise" else selection.remove_item
    with transaction() as session:
        change(session, current_viewer(), report_id, key)
    return redirect(url_for(".page", report_id=report_id), 303)


@saved_reports.post(ONE + "/remove")
@requires(Permission.EXPLORE)
def remove(report_id: UUID) -> ResponseReturnValue:
    """Take the report away."""
    with transaction() as session:
        selection.remove_report(session, current_viewer(), report_id, now=datetime.now(UTC))
    flash(_("The report is gone, and its links no longer work."))
    return redirect(url_for(".listing"), 303)


@saved_reports.get(ONE + "/differences")
@requires(Permission.EXPLORE)
def differences(report_id: UUID) -> str:
    """What the report would say if it were made today."""
    viewer = current_viewer()
    with reading() as session:
        about = selection.open_report(session, viewer, report_id).about
        changes = selection.differences(session, viewer, report_id)
    found = [(each, _title(each.item.seen or each.now), list(_compared(each.item.seen, each.now))) for each in changes]
    return render_template("analysis/reports/differences.html", about=about, changes=found)


@saved_reports.post(ONE + "/differences")
@requires(Permission.EXPLORE)
def bring_up_to_date(report_id: UUID) -> ResponseReturnValue:
    """Take the newest numbers."""
    with transaction() as session:
        selection.bring_up_to_date(session, current_viewer(), report_id, now=datetime.now(UTC))
    flash(_("The report now has the newest numbers."))
    return redirect(url_for(".page", report_id=report_id), 303)


@saved_reports.post(ONE + "/sharing")
@requires(Permission.SHARE_RESULTS)
def share(report_id: UUID) -> ResponseReturnValue:
    """Show it to circles of readers, later or no longer."""
    try:
        spans = {circle: _span(circle) for circle in CIRCLES}
        with transaction() as session:
            releasing.show_to(session, current_viewer(), report_id, spans, now=datetime.now(UTC))
    except Invalid as problem:
        return _page(report_id, str(problem)), 422
    flash(_("Saved."))
    return redirect(url_for(".page", report_id=report_id), 303)


@saved_reports.get("/shown/<token>")
@open_to_all
def shown(token: str) -> Response:
    """A report for whoever has its link: no sign-in, no comments."""
    with reading() as session:
        found = releasing.shown_by_link(session, token)
    answer = make_response(render_template("analysis/reports/shown.html", report=found, shown=_shown(found)))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _page(report_id: UUID, problem: str = "") -> str:
    viewer, showings = current_viewer(), dict[str, Showing]()
    with reading() as session:
        found = selection.open_report(session, viewer, report_id)
        if viewer.may(Permission.SHARE_RESULTS):
            showings = releasing.showings(session, viewer, report_id)
    base: str = current_app.extensions["installation"].base_url
    links = {
        circle: base + url_for(".shown", token=each.token)
        for circle, each in showings.items()
        if each.token is not None
    }
    return render_template(
        "analysis/reports/one.html",
        report=found,
        shown=_shown(found),
        circles=_circles(),
        showings=showings,
        links=links,
        may_share=viewer.may(Permission.SHARE_RESULTS),
        problem=problem,
    )


def _circles() -> list[tuple[str, str]]:
    names = {
        "governors": _("Governors"),
        "researchers": _("Student researchers and their mentors"),
        "staff": _("Staff who get the link"),
        "students": _("Students who get the link"),
        "families": _("Families who get the link"),
        "everyone": _("Everyone who gets the link"),
    }
    return [(circle, names[circle]) for circle in CIRCLES]


def _shown(report: ReportView) -> list[Shown]:
    return [_shown_item(each) for each in report.items]


def _shown_item(item: ReportItem) -> Shown:
    seen = item.seen
    if seen is None:
        return Shown(item, "", None, [], [], [])
    drawn = charts.exploration_figure(seen, key=f"figure-{item.key}")
    return Shown(item, _title(seen), drawn, heads(seen.enquiry.kind), lines(seen), words.source_words(seen)[:1])


def _title(seen: Exploration | None) -> str:
    return words.exploration_title(seen) if seen else ""


def _compared(before: Exploration | None, now: Exploration | None) -> Iterator[Compared]:
    """Rows whose words differ, and rows that came or went."""
    old, new = _told(before), _told(now)
    for label in dict.fromkeys([*old, *new]):
        if old.get(label) != new.get(label):
            yield Compared(label, old.get(label, ""), new.get(label, ""))


def _told(seen: Exploration | None) -> dict[str, str]:
    """Each row in words, by its label."""
    if seen is None:
        return {}
    names = heads(seen.enquiry.kind)
    return {
        line.label: line.why or "; ".join(f"{name}: {cell}" for name, cell in zip(names, line.cells, strict=False))
        for line in lines(seen)
    }


def _span(circle: str) -> Span | None:
    begins, ends = day_given(f"{circle}-from"), day_given(f"{circle}-until")
    if ends and not begins:
        raise Invalid(_("Give the first day too, or leave both days empty."))
    return Span(begins, ends) if begins else None


def _chosen(report: str) -> UUID | None:
    """The report that was chosen, None for a new one. Raises NotFound for what is no report's."""
    try:
        return UUID(report) if report else None
    except ValueError as problem:
        raise NotFound("There is no such report.") from problem
