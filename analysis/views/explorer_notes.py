"""Notes beside a view, and comparisons planned before there are results."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.exploring import Enquiry, explore
from analysis.noting import keep_note, plan_comparison, plans_of, take_away, waves_to_plan
from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

explorer_notes = Blueprint("explorer_notes", __name__)


@explorer_notes.post("/explore/notes")
@requires(Permission.EXPLORE)
def keep() -> ResponseReturnValue:
    """Keep what someone noticed beside the view they looked at."""
    enquiry = enquiry_of_form()
    try:
        with transaction() as session:
            keep_note(session, current_viewer(), enquiry.fields, request.form.get("text", ""), now=datetime.now(UTC))
    except Invalid as problem:
        flash(str(problem))
    return redirect(_address(enquiry))


@explorer_notes.post("/explore/notes/<uuid:note_id>/remove")
@requires(Permission.EXPLORE)
def remove(note_id: UUID) -> ResponseReturnValue:
    """Take away one's own note."""
    with transaction() as session:
        take_away(session, current_viewer(), note_id)
    return redirect(_address(enquiry_of_form()))


@explorer_notes.get("/explore/plans")
@requires(Permission.EXPLORE)
def plans() -> str:
    """Waves whose results nobody knows yet, and what is planned for them."""
    return _plans()


@explorer_notes.post("/explore/plans")
@requires(Permission.EXPLORE)
def plan() -> ResponseReturnValue:
    """Write down what will be compared; it can never be changed."""
    wave, text = request.form.get("wave", ""), request.form.get("text", "")
    try:
        with transaction() as session:
            plan_comparison(session, current_viewer(), wave, text, now=datetime.now(UTC))
    except (Invalid, Conflict) as problem:
        return _plans(str(problem), text), 422
    flash(_("Your plan is kept. It cannot be changed, so that everyone can see it was made before the results."))
    return redirect(url_for("explorer_notes.plans"))


def _plans(problem: str = "", text: str = "") -> str:
    viewer = current_viewer()
    with reading() as session:
        waves = waves_to_plan(session, viewer)
        planned = [(title, plans_of(session, viewer, key)) for key, title in waves]
    return render_template("analysis/plans.html", waves=waves, planned=planned, problem=problem, text=text)


def enquiry_of_form() -> Enquiry:
    """The view that the form names. Raises NotFound where there are no results."""
    with reading() as session:
        seen = explore(session, current_viewer(), request.form)
    if seen is None:
        raise NotFound("There are no results yet.")
    return seen.enquiry


def _address(enquiry: Enquiry) -> str:
    """Of the notes below a view."""
    return f"{url_for('explore.page')}?{urlencode(enquiry.fields)}#notes"
