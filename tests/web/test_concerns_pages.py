"""From a worrying comment to a closed case, over HTTP; and the form for who wants to talk."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from analysis.concerns.models import Concern
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.web.limits import limiter
from tests.makers import person
from tests.web.respondents import ballots, database_of, open_survey

WORRY = "My dad hits me when he is drunk."


@pytest.fixture
def token(app: Flask) -> str:
    limiter.reset()
    app.config["WTF_CSRF_ENABLED"] = False
    return open_survey(app)


@pytest.fixture
def erin(app: Flask, token: str) -> FlaskClient:
    """Erin, safeguarding lead, signed in and proven."""
    return signed_in(app, "Erin", Role.SAFEGUARDING_LEAD)


def signed_in(app: Flask, name: str, role: Role) -> FlaskClient:
    from datetime import UTC, datetime

    from sqlalchemy import update

    from stakeholder.signing_in_models import Visit

    with database_of(app).writing() as session:
        hill = session.scalars(select(School)).one()
        who = person(session, hill, name, role).id
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["person"] = str(who)
    with database_of(app).writing() as session:
        session.execute(update(Visit).where(Visit.person_id == who).values(proven_at=datetime.now(UTC)))
    return client


def send(app: Flask, token: str, comment: str) -> None:
    document = {"submission_key": "k" * 20, "language": "en", "answers": {"safe": "disagree", "better": comment}}
    assert app.test_client().put(f"/s/{token}/answers", json=document).status_code == 201


def only(app: Flask) -> UUID:
    with database_of(app).reading() as session:
        found: UUID = session.scalars(select(Concern.id)).one()
        return found


def test_a_worrying_comment_waits_in_the_queue_and_is_hidden_in_the_ballot(
    app: Flask, token: str, erin: FlaskClient
) -> None:
    send(app, token, WORRY)
    assert any('"hidden":true' in body and WORRY in body for body in ballots(app))
    page = erin.get("/concerns").text
    assert "Harm at home" in page
    assert "Nobody has read it yet" in page
    assert WORRY not in page


def test_an_ordinary_comment_raises_nothing(app: Flask, token: str) -> None:
    send(app, token, "More clubs please.")
    with database_of(app).reading() as session:
        assert session.scalars(select(Concern)).all() == []
    assert not any('"hidden"' in body for body in ballots(app))


def test_looking_a_concern_up_reads_nothing_and_the_button_does(app: Flask, token: str, erin: FlaskClient) -> None:
    send(app, token, WORRY)
    address = f"/concerns/{only(app)}"
    assert WORRY not in erin.get(address).text
    assert "Nobody has read it yet" in erin.get("/concerns").text
    opened = erin.post(f"{address}/read").text
    assert "<mark" in opened
    assert "nobody can find out who wrote this" in opened
    assert "With Erin" in erin.get("/concerns").text


def test_a_case_is_closed_and_its_words_forgotten(app: Flask, token: str, erin: FlaskClient) -> None:
    send(app, token, WORRY)
    address = f"/concerns/{only(app)}"
    assert erin.post(f"{address}/close", data={"outcome": "referred", "note": ""}).status_code == 422
    assert "The case is closed" in erin.post(f"{address}/close", data={"outcome": "referred", "note": "Done."}).text
    assert erin.post(f"{address}/move").status_code == 303
    assert "no longer kept here" in erin.post(f"{address}/read").text


def test_others_get_no_page_of_it(app: Flask, token: str, erin: FlaskClient) -> None:
    send(app, token, WORRY)
    for name, role in (("Carys", Role.GOVERNOR), ("Dev", Role.SURVEY_LEAD), ("Ben", Role.STUDENT_RESEARCHER)):
        client = signed_in(app, name, role)
        assert client.get("/concerns").status_code == 404
        assert client.post(f"/concerns/{only(app)}/read").status_code == 404
        assert client.post("/concerns/today").status_code == 404


def test_the_daily_look_is_shown_and_noted(app: Flask, token: str, erin: FlaskClient) -> None:
    send(app, token, "More clubs please.")
    assert "Not done today" in erin.get("/concerns").text
    assert "More clubs please." in erin.post("/concerns/today").text
    erin.post("/concerns/today/done")
    assert "Done today" in erin.get("/concerns").text


def test_who_wants_to_talk_gives_a_name_and_is_found(app: Flask, token: str, erin: FlaskClient) -> None:
    client = app.test_client()
    assert f"/s/{token}/talk" in client.get(f"/s/{token}/thanks").text
    nameless = client.post(f"/s/{token}/talk", data={"words": "about my friends"})
    assert (nameless.status_code, "about my friends" in nameless.text) == (422, True)
    sent = client.post(f"/s/{token}/talk", data={"name": "Amina", "place": "8B", "words": ""})
    assert "We will come and find you" in client.get(sent.location).text
    assert "Wants to talk" in erin.get("/concerns").text
    assert "Amina" in erin.post(f"/concerns/{only(app)}/read").text
