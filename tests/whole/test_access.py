"""Who may use which route: nobody, until it is declared; and never a stranger."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from config import Settings
from stakeholder.roles import PERMISSIONS, Permission, Role
from stakeholder.web.access import declared_access, open_to_all, refuse_undeclared
from stakeholder.web.security import HEADERS
from tests.makers import open_audience, person, school
from wsgi import create_app

UNKNOWN = {"uuid": str(uuid4()), "int": "987654", "path": "no/such/thing"}


def routes(app: Flask, method: str = "GET") -> Iterator[tuple[Rule, str]]:
    """Every route that takes this method, with an address on which its arguments name nothing that exists."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            kinds = {
                name: type(rule._converters[name]).__name__.removesuffix("Converter").lower() for name in rule.arguments
            }
            values = {name: UNKNOWN.get(kind, "no-such-thing") for name, kind in kinds.items()}
            with app.test_request_context():
                yield rule, app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


@pytest.fixture
def demo(settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, demo=True))
    yield app
    app.extensions["database"].dispose()


def sign_in(client: FlaskClient, person_id: UUID) -> FlaskClient:
    with client.session_transaction() as session:
        session["person"] = str(person_id)
    return client


def test_a_route_that_declares_nothing_stops_the_start() -> None:
    app = Flask("one")
    app.view_functions["static"] = open_to_all(app.view_functions["static"])
    app.add_url_rule("/secret", "secret", lambda: "secret")
    with pytest.raises(RuntimeError, match=r"declare no permission: secret\."):
        refuse_undeclared(app)


def test_every_route_has_declared_who_may_use_it(demo: Flask) -> None:
    assert {name for name, view in demo.view_functions.items() if declared_access(view) is None} == set()


def test_nobody_gets_no_page_that_needs_a_permission(app: Flask) -> None:
    for rule, address in routes(app):
        if isinstance(declared_access(app.view_functions[rule.endpoint]), Permission):
            answer = app.test_client().get(address)
            if address.startswith("/api/"):
                assert (answer.status_code, answer.json["status"]) == (401, 401), rule
                continue
            assert answer.status_code == 302, rule
            assert answer.location.startswith("/sign-in?after=/"), rule


def test_a_role_gets_no_page_that_its_permissions_do_not_name(app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        hill = school(session)
        people = {role: person(session, hill, role.value.replace("_", "-"), role).id for role in Role}
    for role, someone in people.items():
        client = sign_in(app.test_client(), someone)
        for rule, address in routes(app):
            needed = declared_access(app.view_functions[rule.endpoint])
            if isinstance(needed, Permission) and needed not in PERMISSIONS[role]:
                assert client.get(address).status_code == 404, (role, rule)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_what_does_not_exist_is_never_a_failure(app: Flask, method: str) -> None:
    with app.extensions["database"].writing() as session:
        hill = school(session)
        head = person(session, hill, "Carys", Role.HEAD).id
    client = sign_in(app.test_client(), head)
    for rule, address in routes(app, method):
        assert client.open(address, method=method).status_code < 500, rule


def test_the_personas_exist_in_demo_mode_only(app: Flask, demo: Flask) -> None:
    only_demo = {rule.rule for rule in demo.url_map.iter_rules()} - {rule.rule for rule in app.url_map.iter_rules()}
    assert only_demo == {"/be/<uuid:person_id>", "/be/nobody"}
    app.config["WTF_CSRF_ENABLED"] = False
    with app.extensions["database"].writing() as session:
        someone = person(session, school(session), "Carys", Role.GOVERNOR).id
    assert app.test_client().post(f"/be/{someone}").status_code == 404


def test_becoming_someone_needs_the_token_of_our_own_page(demo: Flask) -> None:
    with demo.extensions["database"].writing() as session:
        someone = person(session, school(session), "Carys", Role.GOVERNOR).id
    assert demo.test_client().post(f"/be/{someone}").status_code == 400


def test_the_start_page_shows_no_persona_outside_demo_mode(app: Flask) -> None:
    with app.extensions["database"].writing() as session:
        person(session, school(session), "Carys", Role.GOVERNOR)
    assert "Carys" not in app.test_client().get("/").text


def test_every_answer_carries_the_strict_headers(demo: Flask) -> None:
    client = demo.test_client()
    with demo.extensions["database"].writing() as session:
        token = open_audience(session, school(session)).token
    addresses = [address for _, address in routes(demo)] + [f"/s/{token}", "/no-such-page", "/static/css/main.css"]
    for address in addresses:
        with client.get(address) as answer:
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, address


def test_the_content_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_failure_shows_a_plain_page_and_no_inside(app: Flask) -> None:
    @open_to_all
    def broken() -> str:
        raise KeyError("the inside of the program")

    app.add_url_rule("/broken", "broken", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "the inside of the program" not in answer.text


def test_pages_are_not_kept_by_browsers(app: Flask) -> None:
    assert app.test_client().get("/").headers["Cache-Control"] == "no-store"


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="sqlite://")
    assert settings.secret() == settings.secret()
    assert len(settings.secret()) >= 48
    assert (tmp_path / "keys" / "secret").stat().st_mode & 0o077 == 0
