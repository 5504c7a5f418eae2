"""The names that comments must not show: the survey lead brings them in, the safeguarding lead decides on doubts."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.comments.doubts import decide, doubts
from analysis.comments.roster import count_names, replace_roster
from analysis.text.personal.roster import read_roster_bytes
from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

names = Blueprint("names", __name__, url_prefix="/comments/names")


@names.get("")
@requires(Permission.KEEP_NAMES)
def page() -> str:
    """How many names are listed, and the form to bring in others."""
    return _page()


@names.post("")
@requires(Permission.KEEP_NAMES)
def bring_in() -> ResponseReturnValue:
    """Put the names of a file in place of those there were."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise Invalid(_("Choose a file first."))
        found = read_roster_bytes(file.read(), _("The file"))
    except Invalid as problem:
        return _page(str(problem)), 422
    with transaction() as session:
        replace_roster(session, current_viewer(), found, now=datetime.now(UTC))
    flash(_("The names are in. Comments are being made anew without them."))
    return redirect(url_for(".page"), 303)


@names.get("/doubts")
@requires(Permission.READ_CONCERNS)
def in_doubt() -> str:
    """Words that may be names."""
    with reading() as session:
        found = doubts(session, current_viewer())
    return render_template("analysis/comments/doubts.html", doubts=found)


@names.post("/doubts")
@requires(Permission.READ_CONCERNS)
def decided() -> ResponseReturnValue:
    """A word is a name, or is none."""
    word, is_name = request.form.get("word", ""), request.form.get("is") == "name"
    with transaction() as session:
        decide(session, current_viewer(), word, is_name=is_name, now=datetime.now(UTC))
    flash(_("Noted. Comments are being made anew."))
    return redirect(url_for(".in_doubt"), 303)


def _page(problem: str | None = None) -> str:
    with reading() as session:
        kept = count_names(session, current_viewer())
    return render_template("analysis/comments/names.html", kept=kept, problem=problem)
