"""The report of an enquiry: for those in it, and for whom it was given to."""

from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.enquiry.reporting import end_release, given_report, may_release, release, releases, report
from analysis.enquiry.seats import seat
from analysis.views import enquiry_words as words
from analysis.views.enquiries import now
from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, open_to_all, requires
from stakeholder.web.database import reading, transaction

enquiry_report = Blueprint("enquiry_report", __name__)
PLACE = "/enquiries/<uuid:enquiry_id>/report"


@enquiry_report.get(PLACE)
@requires(Permission.TAKE_PART)
def page(enquiry_id: UUID) -> str:
    """The report, and to whom it was given."""
    return _page(enquiry_id)


@enquiry_report.post(PLACE)
@requires(Permission.TAKE_PART)
def give(enquiry_id: UUID) -> ResponseReturnValue:
    """Give it to somebody."""
    try:
        with transaction() as session:
            here = seat(session, current_viewer(), enquiry_id)
            release(session, here, request.form.get("recipient", ""), now=now())
    except Invalid as problem:
        return _page(enquiry_id, str(problem)), 422
    return redirect(url_for(".page", enquiry_id=enquiry_id), 303)


@enquiry_report.post(PLACE + "/<uuid:release_id>/end")
@requires(Permission.TAKE_PART)
def take_back(enquiry_id: UUID, release_id: UUID) -> ResponseReturnValue:
    """Let a link work no longer."""
    with transaction() as session:
        end_release(session, seat(session, current_viewer(), enquiry_id), release_id, now=now())
    return redirect(url_for(".page", enquiry_id=enquiry_id), 303)


@enquiry_report.get("/given/<token>")
@open_to_all
def given(token: str) -> Response:
    """The report behind a recipient's own link."""
    with reading() as session:
        found = given_report(session, token, today=now().date())
    answer = make_response(
        render_template("analysis/enquiries/report.html", report=found, here=None, words=words, poster=False)
    )
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _page(enquiry_id: UUID, problem: str = "") -> str:
    with reading() as session:
        here = seat(session, current_viewer(), enquiry_id)
        found = report(session, here, today=now().date())
        given_to = releases(session, here) if here.is_host else []
    return render_template(
        "analysis/enquiries/report.html",
        report=found,
        here=here,
        words=words,
        releases=given_to,
        may_release=may_release(here),
        base_url=current_app.extensions["installation"].base_url,
        poster=request.args.get("poster") == "yes",
        problem=problem,
    )
