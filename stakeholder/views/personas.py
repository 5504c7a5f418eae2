"""Demo mode only: choose whom to be. The routes do not exist in any other mode."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from stakeholder.errors import NotFound
from stakeholder.models import Membership, Person, School
from stakeholder.roles import Role
from stakeholder.web.access import open_to_all
from stakeholder.web.database import reading

personas = Blueprint("personas", __name__)
_ORDER = [Role.GOVERNOR, Role.STUDENT_RESEARCHER, Role.HEAD, Role.SURVEY_LEAD]


@dataclass(frozen=True)
class Persona:
    """One person to be in the demo, with all they are at their school."""

    id: UUID
    name: str
    school: str
    roles: tuple[Role, ...]


def demo_start(database_session: Session) -> str:
    """The demo's start page: people, and links to answer as a respondent."""
    links = [link for source in current_app.extensions.get("demo_links", ()) for link in source(database_session)]
    return render_template("stakeholder/demo.html", schools=people_by_school(database_session), links=links)


def people_by_school(database_session: Session) -> list[tuple[str, list[Persona]]]:
    """The cast of each school, the largest cast first; governors and student researchers lead it."""
    rows = database_session.execute(
        select(Person.id, Person.name, School.name.label("school"), Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .join(School, School.id == Membership.school_id)
        .order_by(School.name, Person.name, Person.id)
    ).all()
    casts = [(school, _cast(school, people)) for school, people in groupby(rows, key=lambda row: row.school)]
    return sorted(casts, key=lambda cast: -len(cast[1]))


def _cast(school: str, rows: Iterable[Row[UUID, str, str, str]]) -> list[Persona]:
    people = groupby(rows, key=lambda row: (row.id, row.name))
    cast = [Persona(who, name, school, tuple(sorted(Role(row.role) for row in mine))) for (who, name), mine in people]
    return sorted(cast, key=_place)


def _place(persona: Persona) -> int:
    return min((_ORDER.index(role) for role in persona.roles if role in _ORDER), default=len(_ORDER))


@personas.app_context_processor
def way_out() -> dict[str, str]:
    """Lets the header offer to be someone else; nothing offers it where this blueprint is not registered."""
    return {"leave_endpoint": "personas.nobody"}


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
