"""Signing in as people do it: from the first run to the second factor, by link, by card, and out again."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from config import Settings
from stakeholder.first_run import set_up_code
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.signing_in import make_card, make_link
from stakeholder.signing_in_models import Visit
from stakeholder.web.limits import limiter
from tests.makers import person, school
from wsgi import create_app

Ids = dict[str, UUID]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An installation without a demo and without the forms' tokens, which other tests try."""
    application = create_app(replace(settings, mail="smtp://127.0.0.1:9", mail_from="voice@hill.example"))
    application.config["WTF_CSRF_ENABLED"] = False
    limiter.reset()
    yield application
    application.extensions["database"].dispose()


@pytest.fixture
def cast(app: Flask) -> Ids:
    """Carys the governor, Hana the head, Mo the mentor, Ben the researcher, and their school."""
    roles = {
        "Carys": Role.GOVERNOR,
        "Hana": Role.HEAD,
        "Mo": Role.MENTOR,
        "Ben": Role.STUDENT_RESEARCHER,
        "Ada": Role.SCHOOL_ADMIN,
    }
    with app.extensions["database"].writing() as session:
        hill = school(session)
        return {"school": hill.id} | {name: person(session, hill, name, role).id for name, role in roles.items()}


def link_for(app: Flask, cast: Ids, name: str, when: datetime | None = None) -> str:
    with app.extensions["database"].writing() as session:
        secret = app.extensions["installation"].secret()
        token = make_link(session, cast[name], cast["school"], secret=secret, now=when or datetime.now(UTC))
    return f"/sign-in/{token}"


def signed_in(app: Flask, cast: Ids, name: str) -> FlaskClient:
    client = app.test_client()
    assert client.post(link_for(app, cast, name)).status_code == 303
    return client


def with_factor(client: FlaskClient) -> pyotp.TOTP:
    """Set an authenticator app up in this browser."""
    page = client.get("/proof/set-up").text
    app = pyotp.TOTP(re.search(r'class="letters">([A-Z2-7 ]+)<', page)[1].replace(" ", ""))  # type: ignore[index]
    done = client.post("/proof/set-up", data={"code": app.now()})
    assert "Print or write these down now" in done.text
    return app


def test_a_link_signs_in_by_its_button_and_only_once(app: Flask, cast: Ids) -> None:
    client, address = app.test_client(), link_for(app, cast, "Carys")
    assert "Press the button" in client.get(address).text
    assert "Press the button" in client.get(address).text  # looking uses nothing up
    assert client.post(address).location == "/home"
    assert client.get("/governors").status_code == 200
    other = app.test_client()
    assert other.post(address).status_code == 410
    assert "This link has been used" in other.get(address).text


def test_a_link_that_is_over_offers_a_new_one_in_one_click(app: Flask, cast: Ids) -> None:
    client = app.test_client()
    address = link_for(app, cast, "Carys", datetime.now(UTC) - timedelta(hours=1))
    assert f'action="{address}/again"' in client.get(address).text
    assert client.post(f"{address}/again").location == "/sign-in/sent"


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask, cast: Ids) -> None:
    answers = [
        app.test_client().post("/sign-in", data={"email": f"{name}@hill-school.example"})
        for name in ("carys", "nobody")
    ]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/sign-in/sent")] * 2


def test_an_account_is_asked_for_five_times_a_minute_and_others_go_on(app: Flask, cast: Ids) -> None:
    client = app.test_client()
    for _ in range(5):
        assert client.post("/sign-in", data={"email": "carys@hill-school.example"}).status_code == 303
    refused = client.post("/sign-in", data={"email": "Carys@hill-school.example "})
    assert (refused.status_code, "Too many tries" in refused.text) == (429, True)
    assert client.post("/sign-in", data={"email": "mo@hill-school.example"}).status_code == 303


def test_after_signing_in_one_comes_back_to_the_page_asked_for_and_to_no_other_site(app: Flask, cast: Ids) -> None:
    for asked, reached in (("/explore?by=year", "/explore?by=year"), ("//evil.example/x", "/home")):
        client = app.test_client()
        client.post("/sign-in", data={"email": "carys@hill-school.example", "after": asked})
        assert client.post(link_for(app, cast, "Carys")).location == reached


def test_a_card_lets_a_researcher_in_for_the_sitting(app: Flask, cast: Ids) -> None:
    with app.extensions["database"].writing() as session:
        secret = app.extensions["installation"].secret()
        code = make_card(session, cast["Ben"], cast["school"], secret=secret, now=datetime.now(UTC))
    client = app.test_client()
    assert client.post("/card", data={"code": "wrong-wrong"}).status_code == 422
    assert client.post("/card", data={"code": code}).location == "/home"
    assert client.get("/explore").status_code == 200


def test_a_powerful_role_counts_only_after_the_second_factor(app: Flask, cast: Ids) -> None:
    client = signed_in(app, cast, "Hana")
    assert client.get("/jobs").location == "/proof?after=/jobs"
    assert client.get("/proof?after=/jobs").location == "/proof/set-up?after=/jobs"
    with_factor(client)
    assert client.get("/jobs").status_code == 200
    again = signed_in(app, cast, "Hana")
    assert again.get("/jobs").location == "/proof?after=/jobs"
    assert again.get("/proof/set-up").status_code == 404  # a stolen mailbox cannot put in its own
    assert again.post("/proof", data={"code": "123"}).status_code == 422


def test_changing_roles_asks_for_the_second_factor_again_after_ten_minutes(app: Flask, cast: Ids) -> None:
    client = signed_in(app, cast, "Ada")
    with_factor(client)
    new = {"name": "Gwen", "email": "gwen@hill.example", "role": "governor"}
    assert client.post("/people", data=new).location == "/people"
    with app.extensions["database"].writing() as session:
        session.execute(update(Visit).values(proven_at=datetime.now(UTC) - timedelta(minutes=11)))
    assert client.post("/people", data=new).location == "/proof"
    assert "Gwen" in client.get("/people").text  # looking needs no fresh proof


def test_a_mentor_sees_and_lets_in_researchers_only(app: Flask, cast: Ids) -> None:
    client = signed_in(app, cast, "Mo")
    page = client.get("/people").text
    assert "Ben" in page
    assert "Hana" not in page
    assert "A card for Ben" in client.post(f"/people/{cast['Ben']}/way-in", data={"kind": "card"}).text
    assert client.post(f"/people/{cast['Hana']}/way-in", data={"kind": "link"}).status_code == 404
    wrong = client.post("/people", data={"name": "Max", "email": "max@x.example", "role": "head"})
    assert wrong.status_code == 404


def test_signing_out_and_ending_other_visits_close_the_door(app: Flask, cast: Ids) -> None:
    here, there = signed_in(app, cast, "Carys"), signed_in(app, cast, "Carys")
    assert here.get("/my-visits").text.count("Signed in") >= 2
    assert here.post("/my-visits/end").status_code == 303
    assert there.get("/governors").status_code == 302
    assert here.get("/governors").status_code == 200
    stolen = here.get_cookie("__Host-session")
    here.post("/sign-out")
    assert stolen is not None
    here.set_cookie("__Host-session", stolen.value)
    assert here.get("/governors").status_code == 302


def test_an_idle_visit_ends_after_30_minutes(app: Flask, cast: Ids) -> None:
    client = signed_in(app, cast, "Carys")
    with app.extensions["database"].writing() as session:
        session.execute(update(Visit).values(seen_at=datetime.now(UTC) - timedelta(minutes=31)))
    assert client.get("/governors").location == "/sign-in?after=/governors"


def test_the_first_run_names_a_school_and_its_administrator_once(app: Flask) -> None:
    client = app.test_client()
    assert "Set up your school" in client.get("/").text
    form = {"school": "Hill School", "name": "Ada", "email": "ada@hill.example", "code": "guess"}
    refused = client.post("/set-up", data=form)
    assert (refused.status_code, 'value="Hill School"' in refused.text) == (422, True)
    form["code"] = set_up_code(app.extensions["installation"].data_dir)
    assert client.post("/set-up", data=form).location.startswith("/proof/set-up")
    with_factor(client)
    assert "ada@hill.example" in client.get("/people").text
    assert app.test_client().get("/set-up").status_code == 404
    with app.extensions["database"].reading() as session:
        assert [row.name for row in session.query(School)] == ["Hill School"]
