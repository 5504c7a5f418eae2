"""Demo mode only: choose whom to be. The routes do not exist in any other mode."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.errors import NotFound
from stakeholder.models import Membership, Person, School
from stakeholder.web.access import open_to_all
from stakeholder.web.database import reading

personas = Blueprint("personas", __name__)


@dataclass(frozen=True)
class Persona:
    """One person to be in the demo."""

    id: UUID
    name: str
    school: str
    role: str


def demo_start(database_session: Session) -> str:
    """The demo's start page: people, and links to answer as a respondent."""
    people = database_session.execute(
        select(Person.id, Person.name, School.name.label("school"), Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .join(School, School.id == Membership.school_id)
        .order_by(School.name, Person.name)
    ).all()
    links = [link for source in current_app.extensions.get("demo_links", ()) for link in source(database_session)]
    chooser = [Persona(row.id, row.name, row.school, row.role) for row in people]
    return render_template("stakeholder/demo.html", personas=chooser, links=links)


@personas.post("/be/<uuid:person_id>")
@open_to_all
def be(person_id: UUID) -> ResponseReturnValue:
    """Become this person for the rest of the visit."""
    with reading() as database_session:
        if database_session.get(Person, person_id) is None:
            raise NotFound("There is no such person.")
    session.clear()
    session["person"] = str(person_id)
    return redirect(url_for("start.landing"))


@personas.post("/be/nobody")
@open_to_all
def nobody() -> ResponseReturnValue:
    """Leave the role and return to the start page."""
    session.clear()
    return redirect(url_for("start.home"))
