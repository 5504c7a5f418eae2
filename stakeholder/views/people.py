"""The people page: who has which role, adding and ending roles, links and cards."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed
from stakeholder.people import add_person, end_role, get_person, list_people, roles_of
from stakeholder.roles import Permission, Role
from stakeholder.signing_in import mail_link, make_card, make_link
from stakeholder.viewer import Viewer
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

people = Blueprint("people", __name__)


@people.get("/people")
@requires(Permission.INVITE_RESEARCHERS)
def page() -> str:
    """Everyone with a role; a mentor sees and invites student researchers only."""
    return _page(problem=None)


@people.post("/people")
@requires(Permission.INVITE_RESEARCHERS, freshly=True)
def add() -> ResponseReturnValue:
    """Give someone a role."""
    role = request.form.get("role", "")
    try:
        if role not in set(Role):
            raise Invalid(_("Choose a role."))
        with transaction() as session:
            person = add_person(
                session,
                current_viewer(),
                name=request.form.get("name", ""),
                email=request.form.get("email", ""),
                role=Role(role),
                now=datetime.now(UTC),
            )
    except (Invalid, Conflict) as problem:
        return _page(problem=str(problem)), 422
    flash(_("%(name)s can now sign in with the e-mail address you gave.", name=person.name))
    return redirect(url_for(".page"), 303)


@people.post("/people/roles/<uuid:membership_id>/end")
@requires(Permission.INVITE_RESEARCHERS, freshly=True)
def end(membership_id: UUID) -> ResponseReturnValue:
    """Take a role away."""
    with transaction() as session:
        end_role(session, current_viewer(), membership_id, now=datetime.now(UTC))
    flash(_("The role has ended."))
    return redirect(url_for(".page"), 303)


@people.post("/people/<uuid:person_id>/way-in")
@requires(Permission.INVITE_RESEARCHERS, freshly=True)
def way_in(person_id: UUID) -> ResponseReturnValue:
    """Mail a link, show one, or show a card for one sitting; what is shown is shown once."""
    viewer, now, kind = current_viewer(), datetime.now(UTC), request.form.get("kind", "mail")
    installation = current_app.extensions["installation"]
    with transaction() as session:
        person = get_person(session, viewer, person_id, today=now.date())
        _refuse_a_door_to_more(session, viewer, person_id, now)
        if kind == "mail":
            mail_link(session, person.id, viewer.where, now=now)
            flash(_("A link is on its way to %(name)s.", name=person.name))
            return redirect(url_for(".page"), 303)
        if kind == "card":
            shown = make_card(session, person.id, viewer.where, secret=installation.secret(), now=now)
        else:
            token = make_link(session, person.id, viewer.where, secret=installation.secret(), now=now)
            shown = f"{installation.base_url}/sign-in/{token}"
        act = Act(f"{kind} made", f"person {person.id}", viewer.who, viewer.where)
        record(session, act, now=now)
    card_address = f"{installation.base_url}{url_for('sign_in.card')}"
    return render_template(
        "stakeholder/sign_in/way_in.html", name=person.name, shown=shown, kind=kind, card_address=card_address
    )


def _refuse_a_door_to_more(session: Session, viewer: Viewer, person_id: UUID, now: datetime) -> None:
    """A mentor makes ways in for student researchers only: nobody opens a door to more than they may do."""
    roles = roles_of(session, person_id, viewer.where, today=now.date())
    if not viewer.may(Permission.MANAGE_PEOPLE) and roles != {Role.STUDENT_RESEARCHER}:
        raise NotAllowed("Mentors make ways in for student researchers only.")


def _page(problem: str | None) -> str:
    viewer = current_viewer()
    offered = list(Role) if viewer.may(Permission.MANAGE_PEOPLE) else [Role.STUDENT_RESEARCHER]
    with reading() as session:
        found = list_people(session, viewer, today=datetime.now(UTC).date())
    return render_template(
        "stakeholder/people.html",
        people=[each for each in found if each.role in offered],
        offered=[role for role in offered if role != Role.OPERATOR],
        mails=current_app.extensions["installation"].mail is not None,
        problem=problem,
    )
