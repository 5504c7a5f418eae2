"""Somebody's own link in the browser: one answer, replaced if sent again, taken back; the office's pages."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from stakeholder.mail import MailServer
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.signing_in_models import Visit
from surveys.inviting.models import Invitation, Mailing
from surveys.models import Audience, Ballot, Spent
from surveys.published import publish
from surveys.roll.models import Member
from surveys.waves import open_link
from tests.makers import NOW, lead, questionnaire, school
from tests.web.respondents import Respondent, ballots, database_of, stored
from tests.web.test_concerns_pages import signed_in as proven
from tests.web.test_waves_pages import signed_in


@pytest.fixture
def hill(app: Flask) -> UUID:
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        here = school(session)
        publish(session, lead(here), questionnaire(), now=NOW)
        open_link(session, lead(here), "tiny", "student", now=NOW)
        session.add(
            Member(school_id=here.id, group="student", number="1", given="Sam", year="7", email="s@hill.example")
        )
        return here.id


@pytest.fixture
def office(app: Flask, hill: UUID) -> FlaskClient:
    return proven(app, "Oona", Role.SCHOOL_ADMIN)


def audience_of(app: Flask) -> UUID:
    with database_of(app).reading() as session:
        return session.scalars(select(Audience.id)).one()


@pytest.fixture
def token(app: Flask, office: FlaskClient) -> str:
    """Sam's own link, out of the file for letters."""
    answer = office.post(f"/invitations/{audience_of(app)}/links.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="links.csv"'
    return answer.text.strip().rsplit("/s/", 1)[1]


def test_a_link_of_ones_own_counts_once_however_often_it_is_used(app: Flask, token: str) -> None:
    for clubs in ("More clubs", "Fewer tests"):
        sam = Respondent(app.test_client(), token).begin()
        sam.save(safe="agree")
        sam.save(better=clubs) if "better" in sam.page.text else None
        sam.go("/check").send()
        assert "Thank you" in sam.words
    with database_of(app).reading() as session:
        assert len(session.scalars(select(Spent.key_hash)).all()) == 1
    assert len([each for each in ballots(app) if '"answers"' in each]) == 1


def test_a_sent_answer_is_never_shown_to_whoever_has_the_link(app: Flask, token: str) -> None:
    sam = Respondent(app.test_client(), token).begin()
    sam.save(safe="agree")
    sam.go("/check").send()
    other = Respondent(app.test_client(), token)
    assert "Go on where you stopped" not in other.words
    other.begin().go("/check")
    assert "Not answered" in other.words


def test_answers_are_taken_back_with_the_receipt(app: Flask, token: str) -> None:
    sam = Respondent(app.test_client(), token).begin()
    sam.save(safe="agree")
    sam.go("/check").send()
    receipt = re.search(r"<bdi>((?:[a-z2-9]{4}-){3}[a-z2-9]{4})</bdi>", sam.page.text)
    assert receipt
    assert stored(app, Ballot) >= 1
    client = app.test_client()
    assert client.get(f"/s/{token}/take-back").status_code == 200
    for typed, status in (("nonsense", 422), ("b" * 16, 404), (receipt[1].upper().replace("-", " "), 200)):
        answer = client.post(f"/s/{token}/take-back", data={"receipt": typed})
        assert answer.status_code == status
    assert stored(app, Ballot) == 0
    assert client.post(f"/s/{token}/take-back", data={"receipt": receipt[1]}).status_code == 404


def test_a_script_may_send_by_a_personal_link_too(app: Flask, token: str) -> None:
    body = {"submission_key": "k" * 20, "language": "en", "answers": {"safe": "agree"}}
    sends = [(body, 201), (body, 200), (body | {"answers": {"safe": "disagree"}}, 409)]
    for sent, status in [*sends, (body | {"submission_key": "j" * 20}, 201)]:
        assert app.test_client().put(f"/s/{token}/answers", json=sent).status_code == status
    assert stored(app, Ballot) == 1


def test_the_office_looks_at_the_message_and_plans_it_for_the_schools_own_time(app: Flask, office: FlaskClient) -> None:
    address = f"/invitations/{audience_of(app)}/invitation"
    assert "It goes to 1 person" in office.get(address).text
    form = {"languages": "en", "subject:en": "Tell [school]", "text:en": "Hello [name]\n[link]"}
    looked = office.post(address, data=form | {"do": "preview"}).text
    assert "Tell Hill School" in looked
    assert "Hello Sam Example" in looked
    assert "sends no e-mail" in office.post(address, data=form).text
    object.__setattr__(app.extensions["installation"], "mail", MailServer("x", 1, "voice@hill.example"))
    assert office.post(address, data=form | {"day": "soon"}).status_code == 422
    assert office.post(address, data=form | {"day": "2026-07-01", "time": "08:30"}).status_code == 303
    with database_of(app).reading() as session:
        assert session.scalars(select(School.time_zone)).one() == "Europe/London"
        mailing, send_at = session.execute(select(Mailing.id, Mailing.send_at)).one()
    assert send_at.isoformat() == "2026-07-01T07:30:00+00:00"
    page = office.get("/invitations").text
    assert "2026-07-01 08:30" in page
    assert office.post(f"/invitations/mailings/{mailing}/call-off").status_code == 303
    assert "called off" in office.get("/invitations").text


def test_other_schools_and_roles_get_none_of_it(app: Flask, office: FlaskClient, hill: UUID, token: str) -> None:
    with database_of(app).writing() as session:
        there = school(session, "Dale School").id
    addresses = ["/invitations", f"/invitations/{audience_of(app)}/invitation"]
    stranger = signed_in(app, there, "Mia", Role.SCHOOL_ADMIN)
    with database_of(app).writing() as session:
        session.execute(update(Visit).values(proven_at=datetime.now(UTC)))
    assert [stranger.get(each).status_code for each in addresses] == [200, 404]
    assert "tiny" not in stranger.get("/invitations").text
    assert stranger.post(f"/invitations/{audience_of(app)}/links.csv").status_code == 404
    dev = signed_in(app, hill, "Dev", Role.SURVEY_LEAD)
    assert [dev.get(each).status_code for each in addresses] == [404, 404]


def test_a_link_that_nobody_was_given_leads_nowhere(app: Flask, token: str) -> None:
    assert app.test_client().get(f"/s/{'x' * len(token)}").status_code == 404
    with database_of(app).writing() as session:
        session.delete(session.scalars(select(Invitation)).one())
    assert app.test_client().get(f"/s/{token}").status_code == 404
