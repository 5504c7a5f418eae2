"""The first page: in demo mode it says who to be, elsewhere what this place is."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from stakeholder.first_run import is_first_run
from stakeholder.web.access import current_viewer, open_to_all
from stakeholder.web.database import reading

start = Blueprint("start", __name__)


@start.get("/")
@open_to_all
def home() -> ResponseReturnValue:
    """The start page; in demo mode with the people one can be and the surveys one can answer."""
    if not current_app.extensions["installation"].demo:
        with reading() as session:
            return render_template("stakeholder/start.html", first_run=is_first_run(session))
    from stakeholder.views.personas import demo_start

    with reading() as session:
        return demo_start(session)


@start.get("/home")
@open_to_all
def landing() -> ResponseReturnValue:
    """Where a viewer's work begins."""
    for permission, endpoint in current_app.extensions.get("landings", ()):
        if current_viewer().may(permission):
            return redirect(url_for(endpoint))
    for permission, endpoint in current_app.extensions.get("landings", ()):
        if current_viewer().might(permission):
            return redirect(url_for("proof.page", after=url_for(endpoint)))
    return redirect(url_for("start.home"))
