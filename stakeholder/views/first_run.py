"""The first-run wizard: one page, there only until somebody has a role."""

import secrets
from datetime import UTC, datetime

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import Invalid, NotFound
from stakeholder.first_run import begin, is_first_run, set_up_code
from stakeholder.web.access import open_to_all
from stakeholder.web.database import reading, transaction
from stakeholder.web.limits import WRONG_CODES_PER_ADDRESS, limiter

first_run = Blueprint("first_run", __name__)
LONGEST_SCHOOL = 200


@first_run.get("/set-up")
@open_to_all
def page() -> ResponseReturnValue:
    """Ask for the code, the school and the first administrator."""
    _refuse_later_runs()
    return render_template("stakeholder/sign_in/first_run.html", problem=None)


@first_run.post("/set-up")
@open_to_all
@limiter.limit(WRONG_CODES_PER_ADDRESS, deduct_when=lambda response: response.status_code >= 400)
def save() -> ResponseReturnValue:
    """Name them, sign the administrator in, and go on to the second factor."""
    _refuse_later_runs()
    try:
        _refuse_a_wrong_code(request.form.get("code", ""))
        with transaction() as writing:
            person, school = begin(
                writing,
                school=_school_name(request.form.get("school", "")),
                name=request.form.get("name", ""),
                email=request.form.get("email", ""),
                now=datetime.now(UTC),
            )
    except Invalid as problem:
        return render_template("stakeholder/sign_in/first_run.html", problem=str(problem)), 422
    session.clear()
    session["person"], session["school"] = str(person.id), str(school.id)
    return redirect(url_for("proof.set_up", after=url_for("people.page")), 303)


def _refuse_later_runs() -> None:
    with reading() as looking:
        if not is_first_run(looking):
            raise NotFound("This was done already.")


def _refuse_a_wrong_code(code: str) -> None:
    right = set_up_code(current_app.extensions["installation"].data_dir)
    if not secrets.compare_digest(code.strip().encode(), right.encode()):
        raise Invalid(_("This is not the set-up code. It is printed where the server was started."))


def _school_name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_SCHOOL:
        raise Invalid(_("Write the name of your school."))
    return name
