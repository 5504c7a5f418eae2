"""How enquiries run at a school: the process models, and a school's own versions of them."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.enquiry.process import library, read_process
from analysis.enquiry.running import keep_model, models_of
from stakeholder.errors import Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.documents import decode

processes = Blueprint("processes", __name__, url_prefix="/processes")


@processes.get("")
@requires(Permission.OVERSEE_ENQUIRIES)
def listing() -> str:
    """Every process the school can begin."""
    with reading() as session:
        texts = models_of(session, current_viewer())
    found = [(read_process(text), text == library().get(key)) for key, text in texts.items()]
    return render_template("analysis/enquiries/processes.html", processes=found)


@processes.get("/<key>")
@requires(Permission.OVERSEE_ENQUIRIES)
def page(key: str) -> str:
    """A process as text that can be changed."""
    with reading() as session:
        texts = models_of(session, current_viewer())
    if key not in texts:
        raise NotFound("There is no such process.")
    return render_template("analysis/enquiries/process.html", process=read_process(texts[key]), text=texts[key])


@processes.post("")
@requires(Permission.OVERSEE_ENQUIRIES)
def keep() -> ResponseReturnValue:
    """Keep the school's own version: what was written, or a file that was sent."""
    sent, text = request.files.get("file"), request.form.get("text", "")
    try:
        if sent and sent.filename:
            text = decode(sent.read(), "process")
        with transaction() as session:
            kept = keep_model(session, current_viewer(), text, now=datetime.now(UTC))
    except Invalid as problem:
        shown = render_template("analysis/enquiries/process.html", process=None, text=text, problem=str(problem))
        return shown, 422
    flash(_("Saved. Enquiries that have begun go on as they were."))
    return redirect(url_for(".page", key=kept.key), 303)
