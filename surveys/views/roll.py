"""The roll in the browser: how many are on it, bring a file in, look at the difference, decide."""

from datetime import UTC, datetime

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.roll.counting import summary
from surveys.roll.keeping import bring_in, decide, forget_waiting, leave_out, waiting
from surveys.roll.reading import read_roll_bytes

roll = Blueprint("roll", __name__, url_prefix="/roll")


@roll.get("")
@requires(Permission.MANAGE_PEOPLE)
def page() -> str:
    """How many are on the roll, and the form to bring another in."""
    return _page()


@roll.post("")
@requires(Permission.MANAGE_PEOPLE)
def upload() -> ResponseReturnValue:
    """Take a file in and show what it would change."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise Invalid(_("Choose a file first."))
        read = read_roll_bytes(file.read(), file.filename)
        with transaction() as session:
            bring_in(
                session,
                current_viewer(),
                read,
                group=request.form.get("group", ""),
                whole=request.form.get("part") != "yes",
                name=file.filename,
            )
    except Invalid as problem:
        return _page(str(problem)), 422
    return redirect(url_for(".review"), 303)


@roll.get("/review")
@requires(Permission.MANAGE_PEOPLE)
def review() -> ResponseReturnValue:
    """Who would join, leave and move; nothing has happened yet."""
    return _review()


@roll.post("/review")
@requires(Permission.MANAGE_PEOPLE, freshly=True)
def decided() -> ResponseReturnValue:
    """Change the roll, or drop the file."""
    form, viewer = request.form, current_viewer()
    try:
        with transaction() as session:
            if form.get("do") == "drop":
                forget_waiting(session, viewer)
                flash(_("The file is forgotten. The roll is as it was."))
            else:
                sure = form.get("sure") == "yes"
                decide(session, viewer, seen=form.get("seen", ""), sure=sure, now=datetime.now(UTC))
                flash(_("The roll is changed."))
    except (Conflict, Invalid) as problem:
        answer = make_response(_review(str(problem)))
        answer.status_code = 409 if isinstance(problem, Conflict) else 422
        return answer
    return redirect(url_for(".page"), 303)


@roll.post("/left-out")
@requires(Permission.MANAGE_PEOPLE)
def left_out() -> ResponseReturnValue:
    """Note that somebody is not asked, or is asked again."""
    form = request.form
    try:
        with transaction() as session:
            number, why = form.get("number", ""), form.get("why", "")
            leave_out(session, current_viewer(), form.get("group", ""), number, why, now=datetime.now(UTC))
    except (Invalid, NotFound) as problem:
        return _page(str(problem)), 422
    flash(_("Noted.") if why else _("Noted: they are asked again."))
    return redirect(url_for(".page"), 303)


def _page(problem: str | None = None) -> str:
    viewer = current_viewer()
    with reading() as session:
        lines = summary(session, viewer.where)
        groups = {
            each["key"]: each["label"].get("en", each["key"]) for each in session.get_one(School, viewer.where).groups
        }
        waits = waiting(session, viewer) is not None
    return render_template("surveys/roll/page.html", lines=lines, groups=groups, waits=waits, problem=problem)


def _review(problem: str | None = None) -> ResponseReturnValue:
    with reading() as session:
        found = waiting(session, current_viewer())
    if found is None:
        flash(_("No file is waiting. Bring one in."))
        return redirect(url_for(".page"), 303)
    return render_template("surveys/roll/review.html", found=found, change=found.change, problem=problem)
