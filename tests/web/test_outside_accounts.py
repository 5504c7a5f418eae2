"""Signing in with an account elsewhere, against a real OpenID Connect provider: who gets in, and who never does."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select
from werkzeug.test import TestResponse

from config import Settings
from stakeholder.errors import Invalid
from stakeholder.models import Membership, Person
from stakeholder.outside.models import OutsideAccount
from stakeholder.outside.provider import Provider
from stakeholder.roles import Role
from tests.makers import NOW, person, school
from tests.web.oidc_provider import CLIENT, SECRET, RunningProvider, running_provider
from wsgi import create_app

HERE = "http://127.0.0.1:8000"
CARYS = {"sub": "outside-carys", "email": "Carys@Hill-School.example", "email_verified": True}


@pytest.fixture(scope="module")
def running() -> Iterator[RunningProvider]:
    with running_provider(f"{HERE}/sign-in/outside/back") as provider:
        yield provider


@pytest.fixture
def elsewhere(running: RunningProvider) -> RunningProvider:
    running.account, running.claims, running.published = dict(CARYS), {}, None
    running.codes.clear()
    return running


@pytest.fixture
def app(settings: Settings, elsewhere: RunningProvider) -> Iterator[Flask]:
    chosen = {"issuer": elsewhere.issuer, "client": CLIENT, "secret": SECRET, "name": "School account"}
    made = create_app(replace(settings, oidc=chosen, base_url=HERE))
    with made.extensions["database"].writing() as session:
        hill = school(session)
        person(session, hill, "Carys", Role.GOVERNOR)
        person(session, hill, "Hana", Role.HEAD)
    yield made
    made.extensions["database"].dispose()


def came_back(client: FlaskClient, *, after: str = "", **changed: str) -> TestResponse:
    """Go to the provider as the browser does, and come back with what it gave, perhaps changed on the way."""
    away = client.get("/sign-in/outside", query_string={"after": after} if after else {})
    assert away.status_code == 303
    given = requests.get(away.location, allow_redirects=False, timeout=10)
    assert given.status_code == 302, given.text
    found = {key: values[0] for key, values in parse_qs(urlsplit(given.headers["Location"]).query).items()}
    return client.get("/sign-in/outside/back", query_string=found | changed)


def test_the_page_offers_the_account_and_it_lets_in(app: Flask) -> None:
    client = app.test_client()
    assert "Sign in with School account" in client.get("/sign-in").text
    assert came_back(client, after="/explore?by=year").location == "/explore?by=year"
    assert client.get("/governors").status_code == 200


def test_a_powerful_role_still_needs_the_second_factor(app: Flask, elsewhere: RunningProvider) -> None:
    elsewhere.account = {"sub": "outside-hana", "email": "hana@hill-school.example"}
    client = app.test_client()
    assert came_back(client).status_code == 303
    assert client.get("/jobs").location == "/proof?after=/jobs"


@pytest.mark.parametrize(
    "account",
    [
        {"sub": "stranger", "email": "stranger@elsewhere.example", "email_verified": True},
        {"sub": "nameless", "email_verified": True},
    ],
)
def test_whom_the_office_has_not_named_is_not_let_in(
    app: Flask, elsewhere: RunningProvider, account: dict[str, object]
) -> None:
    elsewhere.account = account
    refused = came_back(app.test_client())
    assert (refused.status_code, "opens nothing here" in refused.text) == (403, True)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"exp": 1_000_000_000},
        {"nonce": "another-nonce"},
        {"email_verified": False},
        {"email_verified": "no"},
    ],
)
def test_a_token_that_is_not_quite_right_lets_nobody_in(
    app: Flask, elsewhere: RunningProvider, claims: dict[str, object]
) -> None:
    elsewhere.claims = claims
    client = app.test_client()
    assert came_back(client).status_code == 400
    assert client.get("/governors").status_code == 302


def test_a_token_that_another_key_signed_lets_nobody_in(app: Flask, elsewhere: RunningProvider) -> None:
    elsewhere.published = RSAKey.generate_key(2048, {"kid": "first"})
    assert came_back(app.test_client()).status_code == 400


def test_a_state_that_is_not_this_browsers_lets_nobody_in(app: Flask) -> None:
    assert came_back(app.test_client(), state="another").status_code == 400
    assert came_back(app.test_client(), code="another").status_code == 400
    assert app.test_client().get("/sign-in/outside/back?state=x&code=y").status_code == 400
    client = app.test_client()
    client.get("/sign-in/outside")
    assert client.get("/sign-in/outside/back?error=access_denied").status_code == 400


def test_a_code_is_used_once(app: Flask, elsewhere: RunningProvider) -> None:
    client = app.test_client()
    assert came_back(client).status_code == 303
    assert elsewhere.codes == {}


def test_an_address_that_was_given_to_another_account_opens_nothing(app: Flask, elsewhere: RunningProvider) -> None:
    assert came_back(app.test_client()).status_code == 303
    elsewhere.account = CARYS | {"sub": "the next holder of the address"}
    assert came_back(app.test_client()).status_code == 403
    elsewhere.account = CARYS | {"email": "married@hill-school.example"}
    assert came_back(app.test_client()).status_code == 303
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(OutsideAccount.subject)).all() == ["outside-carys"]


def test_who_has_no_role_any_more_is_not_let_in(app: Flask) -> None:
    assert came_back(app.test_client()).status_code == 303
    with app.extensions["database"].writing() as session:
        held = session.scalars(select(Membership).join(Person).where(Person.name == "Carys")).one()
        held.until = NOW.date()
    assert came_back(app.test_client()).status_code == 403


def test_the_tenant_is_checked_where_everybody_has_an_account(app: Flask, elsewhere: RunningProvider) -> None:
    app.extensions["installation"].provider.domain = "hill-school.example"
    assert came_back(app.test_client()).status_code == 400
    elsewhere.claims = {"hd": "hill-school.example"}
    assert came_back(app.test_client()).status_code == 303
    with pytest.raises(Invalid, match="OIDC_DOMAIN"):
        Provider("Google", "https://accounts.google.com", "a", "b")


def test_a_provider_over_plain_http_elsewhere_or_without_a_secret_is_refused_at_the_start() -> None:
    with pytest.raises(Invalid, match="https"):
        Provider("School", "http://login.example", "a", "b")
    with pytest.raises(Invalid, match="OIDC_SECRET"):
        Provider("School", "https://login.example", "a", "")


def test_a_provider_that_does_not_answer_is_a_page_and_no_failure(settings: Settings) -> None:
    chosen = {"issuer": "http://127.0.0.1:9", "client": CLIENT, "secret": SECRET}
    made = create_app(replace(settings, oidc=chosen))
    answer = made.test_client().get("/sign-in/outside")
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)
    made.extensions["database"].dispose()


def test_without_a_provider_there_is_no_such_way(settings: Settings) -> None:
    made = create_app(settings)
    assert made.test_client().get("/sign-in/outside").status_code == 404
    assert "outside" not in made.test_client().get("/sign-in").text
    made.extensions["database"].dispose()
