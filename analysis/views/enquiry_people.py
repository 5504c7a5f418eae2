"""Who takes part in an enquiry."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.enquiry.running import candidates, members, seat_person, unseat_person
from analysis.enquiry.seats import schools_of, seat
from analysis.views.enquiries import as_uuid, now
from stakeholder.errors import NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

enquiry_people = Blueprint("enquiry_people", __name__, url_prefix="/enquiries/<uuid:enquiry_id>/people")


@enquiry_people.get("")
@requires(Permission.TAKE_PART)
def page(enquiry_id: UUID) -> str:
    """Everybody in it, and who may be named."""
    return _page(enquiry_id)


@enquiry_people.post("")
@requires(Permission.TAKE_PART)
def add(enquiry_id: UUID) -> ResponseReturnValue:
    """Name somebody."""
    who, _, part = request.form.get("who", "").partition(":")
    person = as_uuid(who)
    try:
        with transaction() as session:
            here = seat(session, current_viewer(), enquiry_id)
            if person is None:
                raise NotFound("Choose somebody from the list.")
            seat_person(session, here, person, part, now=now())
    except NotFound as problem:
        return _page(enquiry_id, str(problem)), 422
    return redirect(url_for(".page", enquiry_id=enquiry_id), 303)


@enquiry_people.post("/<uuid:person_id>/<part>/end")
@requires(Permission.TAKE_PART)
def end(enquiry_id: UUID, person_id: UUID, part: str) -> ResponseReturnValue:
    """Take a part away from somebody."""
    with transaction() as session:
        unseat_person(session, seat(session, current_viewer(), enquiry_id), person_id, part, now=now())
    return redirect(url_for(".page", enquiry_id=enquiry_id), 303)


def _page(enquiry_id: UUID, problem: str = "") -> str:
    with reading() as session:
        here = seat(session, current_viewer(), enquiry_id)
        people, schools = members(session, here), schools_of(session, enquiry_id)
        seated = {(each.person_id, each.part) for each in people}
        open_to = [
            each
            for each in candidates(session, here, today=now().date())
            if here.organises and (each.person_id, each.part) not in seated
        ]
    return render_template(
        "analysis/enquiries/people.html",
        here=here,
        people=people,
        schools=schools,
        candidates=open_to,
        problem=problem,
    )
