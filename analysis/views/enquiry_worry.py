"""A worry that somebody meets in an enquiry goes to the safeguarding lead of their own school."""

from typing import cast
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.concerns.raising import Origin, SafetyNet, Told
from analysis.enquiry.entries import LONGEST
from analysis.enquiry.running import plain
from analysis.enquiry.seats import seat
from stakeholder.errors import Invalid
from stakeholder.models import School
from stakeholder.roles import Permission, Role
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

enquiry_worry = Blueprint("enquiry_worry", __name__, url_prefix="/enquiries/<uuid:enquiry_id>/worry")


@enquiry_worry.get("")
@requires(Permission.TAKE_PART)
def page(enquiry_id: UUID) -> str:
    """Ask what worries them."""
    return _page(enquiry_id, sent=request.args.get("sent") == "yes")


@enquiry_worry.post("")
@requires(Permission.TAKE_PART)
def tell(enquiry_id: UUID) -> ResponseReturnValue:
    """Pass it on."""
    viewer = current_viewer()
    try:
        words = plain(request.form.get("words", ""), LONGEST, _("Write what worries you, or go to an adult now."))
    except Invalid as problem:
        return _page(enquiry_id, str(problem)), 422
    net = cast(SafetyNet, current_app.extensions["screen"])
    place = " ".join(request.form.get("place", "").split())[:200]
    with transaction() as session:
        here = seat(session, viewer, enquiry_id)
        group = "student" if Role.STUDENT_RESEARCHER in viewer.roles else "staff"
        where = Origin(viewer.where, here.enquiry.title, group)
        net.told_by(session, where, Told(language="en", name=viewer.name, place=place, words=words))
    return redirect(url_for(".page", enquiry_id=enquiry_id, sent="yes"), 303)


def _page(enquiry_id: UUID, problem: str = "", *, sent: bool = False) -> str:
    with reading() as session:
        here = seat(session, current_viewer(), enquiry_id)
        contacts = session.get_one(School, current_viewer().where).contacts
    return render_template(
        "analysis/enquiries/worry.html", here=here, contacts=contacts, problem=problem, sent=sent, typed=request.form
    )
