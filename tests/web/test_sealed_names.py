"""Sealed names over HTTP: a lead's key and the sheets, a wish, a second person's agreement, and one name opened."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from analysis.concerns.models import Concern
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.inviting.inviting import invite_all
from surveys.inviting.links import key_name, link_token
from surveys.inviting.models import Invitation
from surveys.published import publish
from surveys.roll.models import Member
from surveys.waves import open_link
from tests.makers import NOW, lead, questionnaire, school
from tests.services.test_concerns import WORRY
from tests.web.respondents import database_of
from tests.web.test_concerns_pages import signed_in

WORDS = "correct horse battery"
KEYS = "/concerns/keys"


@pytest.fixture
def leads(app: Flask) -> tuple[FlaskClient, FlaskClient]:
    """Erin and Sol, who made their keys and the recovery key in the browser."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        hill = school(session)
        publish(session, lead(hill), questionnaire(), now=NOW)
        session.add(Member(school_id=hill.id, group="student", number="7", given="Sam", family="Green", year="7"))
    erin, sol = (signed_in(app, name, Role.SAFEGUARDING_LEAD) for name in ("Erin", "Sol"))
    for each in (erin, sol):
        form = {"do": "make", "passphrase": WORDS}
        assert "Write the same passphrase twice" in each.post(KEYS, data=form).text
        assert each.post(KEYS, data=form | {"again": WORDS}).status_code == 303
    return erin, sol


@pytest.fixture
def concern(app: Flask, leads: tuple[FlaskClient, FlaskClient]) -> UUID:
    """Sam's worry in a confidential wave."""
    assert "AGE-SECRET-KEY" in leads[0].post(f"{KEYS}/recovery").text
    keys = app.extensions["installation"].survey_keys
    with database_of(app).writing() as session:
        hill = session.scalars(select(School)).one()
        audience = open_link(session, lead(hill), "tiny", "student", now=datetime.now(UTC), mode="confidential")
        office = Viewer(school_id=hill.id, roles=frozenset({Role.SCHOOL_ADMIN}))
        invite_all(session, office, audience, keys=keys)
        invitation = session.scalars(select(Invitation.id)).one()
        token, shared = link_token(keys.private(key_name(audience.wave_id)) or b"", invitation), audience.token
    pupil = app.test_client()
    assert "Your name is sealed" in pupil.get(f"/s/{token}").text
    body = {"submission_key": "k" * 20, "language": "en", "answers": {"safe": "disagree", "better": WORRY}}
    assert pupil.put(f"/s/{shared}/answers", json=body).status_code == 403
    for answer in (pupil.get(f"/s/{shared}"), pupil.post(f"/s/{shared}/begin", data={"language": "en"})):
        assert (answer.status_code, "You need your own link" in answer.text) == (403, True)
    assert pupil.put(f"/s/{token}/answers", json=body).status_code == 201
    with database_of(app).reading() as session:
        return session.scalars(select(Concern.id)).one()


def test_two_people_open_one_name(leads: tuple[FlaskClient, FlaskClient], concern: UUID) -> None:
    erin, sol = leads
    read, identity = f"/concerns/{concern}/read", f"/concerns/{concern}/identity"
    page = erin.post(read).text
    assert "Who wrote it is sealed" in page
    assert "Green" not in page
    early = erin.post(identity, data={"do": "open", "passphrase": WORDS})
    assert (early.status_code, "A second person must agree first" in early.text) == (422, True)
    assert erin.post(identity, data={"do": "ask", "reason": "Somebody hits this child."}).status_code == 303
    assert "Nobody asks" in erin.get("/concerns/openings").text
    wish = re.search(r"/concerns/openings/([0-9a-f-]{36})", sol.get("/concerns/openings").text)
    assert wish
    assert sol.post(wish[0]).status_code == 303
    assert "A second person has agreed" in erin.post(read).text
    assert "not the passphrase" in erin.post(identity, data={"do": "open", "passphrase": "wrong"}).text
    assert "Sam Green" in erin.post(identity, data={"do": "open", "passphrase": WORDS}).text
    assert sol.post(identity, data={"do": "open", "passphrase": WORDS}).status_code == 422


def test_a_key_is_proven_dropped_and_names_are_sealed_anew(
    leads: tuple[FlaskClient, FlaskClient], concern: UUID
) -> None:
    erin, sol = leads
    assert erin.post(KEYS, data={"do": "prove", "passphrase": "wrong"}).status_code == 422
    assert erin.post(KEYS, data={"do": "prove", "passphrase": WORDS}).status_code == 303
    assert erin.post(KEYS, data={"do": "drop"}).status_code == 303
    assert "Make your key" in erin.get(KEYS).text
    anew = sol.post(KEYS, data={"do": "rewrap", "passphrase": WORDS}, follow_redirects=True)
    assert "1 name is sealed anew" in anew.text
    assert "two different sheets" in sol.post(KEYS, data={"do": "recover", "one": "a", "two": "b"}).text


def test_the_head_agrees_and_sees_no_concern_and_others_see_nothing(
    app: Flask, leads: tuple[FlaskClient, FlaskClient], concern: UUID
) -> None:
    leads[0].post(f"/concerns/{concern}/identity", data={"do": "ask", "reason": "Somebody hits this child."})
    head, dev = signed_in(app, "Hal", Role.HEAD), signed_in(app, "Dev", Role.SURVEY_LEAD)
    assert "Somebody hits this child." in head.get("/concerns/openings").text
    assert [head.get(each).status_code for each in (KEYS, f"/concerns/{concern}")] == [404, 404]
    assert [dev.get(each).status_code for each in (KEYS, "/concerns/openings")] == [404, 404]
