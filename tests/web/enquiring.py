"""A cast of people from two schools who walk through enquiries by their browsers."""

from html import unescape
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from analysis.enquiry.models import Entry, Evidence
from stakeholder.models import School
from stakeholder.roles import Role
from tests.makers import person
from tests.web.respondents import database_of


class Cast:
    """People by their first names, each with a browser of their own."""

    def __init__(self, app: Flask) -> None:
        self.app, self.enquiry = app, ""
        self.browsers: dict[str, FlaskClient] = {}
        self.ids: dict[str, UUID] = {}

    def add(self, school: School, **people: Role) -> None:
        """Let people into a school, each in a role."""
        with database_of(self.app).writing() as session:
            self.ids |= {name: person(session, school, name, role).id for name, role in people.items()}
        for name in people:
            self.browsers[name] = self.app.test_client()
            with self.browsers[name].session_transaction() as cookie:
                cookie["person"] = str(self.ids[name])

    def begins(self, name: str, key: str, title: str, **fields: str) -> None:
        """Somebody begins an enquiry; everybody goes on in this one."""
        answer = self.browsers[name].post(f"/enquiries/new/{key}", data={"title": title, **fields})
        assert answer.status_code == 303, answer.text
        self.enquiry = answer.location.rpartition("/")[2]

    def names(self, organiser: str, **parts: str) -> None:
        """An organiser gives people their parts."""
        for name, part in parts.items():
            self.does(organiser, "people", who=f"{self.ids[name]}:{part}")

    def sees(self, name: str, where: str = "", /) -> str:
        """What somebody reads on a page of the enquiry; a stage by `?stage=`."""
        answer = self.browsers[name].get(f"/enquiries/{self.enquiry}{where}")
        assert answer.status_code == 200, (name, where, answer.status_code)
        return unescape(answer.text)

    def sends(self, name: str, where: str, /, **fields: object) -> TestResponse:
        """What comes back when somebody sends a form."""
        return self.browsers[name].post(f"/enquiries/{self.enquiry}/{where}", data=fields)

    def does(self, name: str, where: str, /, **fields: object) -> None:
        """Somebody sends a form that is taken."""
        answer = self.sends(name, where, **fields)
        assert answer.status_code == 303, (name, where, answer.status_code, unescape(answer.text)[-3000:])

    def writes(self, name: str, artefact: str, text: str = "", **fields: object) -> str:
        """Somebody writes an entry; returns its id."""
        self.does(name, f"write/{artefact}", text=text, **fields)
        with database_of(self.app).reading() as session:
            rows = session.scalars(select(Entry).where(Entry.artefact == artefact).order_by(Entry.written_at))
            return str(rows.all()[-1].id)

    def evidence(self, artefact: str) -> list[str]:
        """Ids of the evidence of an artefact, oldest first."""
        with database_of(self.app).reading() as session:
            rows = session.scalars(select(Evidence).where(Evidence.artefact == artefact).order_by(Evidence.added_at))
            return [str(each.id) for each in rows]

    def closes(self, name: str, *stages: str) -> None:
        """Somebody says that stages are done, one after the other."""
        for stage in stages:
            self.does(name, f"close/{stage}")
