"""The rules for addresses, headers, secrets and limits, each with a test of its name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from stakeholder.models import School
from stakeholder.roles import POWERFUL, Role
from stakeholder.signing_in import make_card, make_link
from stakeholder.web.limits import limiter
from tests.makers import person, school
from tests.servers import command, environment
from wsgi import create_app


@pytest.fixture
def secured(settings: Settings) -> Iterator[Flask]:
    """An installation as a school runs it: by https under its own name, behind one proxy."""
    app = create_app(replace(settings, base_url="https://voice.hill.example", proxies=1))
    limiter.reset()
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def hill(secured: Flask) -> School:
    with secured.extensions["database"].writing() as session:
        made = school(session)
        for name, role in (("Carys", Role.GOVERNOR), ("Ben", Role.STUDENT_RESEARCHER), ("Ada", Role.SCHOOL_ADMIN)):
            person(session, made, name, role)
        session.expunge_all()
        return made


def browser(app: Flask, address: str = "10.0.0.1") -> FlaskClient:
    client = app.test_client()
    client.environ_base |= {"HTTP_X_FORWARDED_FOR": address, "HTTP_X_FORWARDED_PROTO": "https"}
    return client


def forget_the_minute() -> None:
    """As if a minute had passed: what was counted by the minute is forgotten, by the hour it stays."""
    counts = limiter.storage.storage  # type: ignore[attr-defined]
    for key in [key for key in counts if key.endswith("/5/1/minute")]:
        limiter.storage.clear(key)


def test_hosts_other_than_the_schools_own_are_refused(secured: Flask) -> None:
    assert browser(secured).get("/sign-in", base_url="https://voice.hill.example").status_code == 200
    for path in ("/sign-in", "/s/none", "/nowhere", "/static/css/main.css"):
        assert browser(secured).get(path, base_url="https://evil.example").status_code == 400, path


def test_browsers_are_told_to_come_by_https_only_and_only_where_there_is_https(
    secured: Flask, client: FlaskClient
) -> None:
    assert browser(secured).get("/sign-in").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


def test_the_session_cookie_is_secure_and_unread_by_scripts(secured: Flask) -> None:
    cookie = browser(secured).post("/sign-in", data={"email": "x@x.example", "after": "/explore"}).headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_links_are_built_from_the_settings_and_never_from_the_request(secured: Flask) -> None:
    templates = Path(__file__).parent.parent.parent / "templates"
    assert [str(path) for path in templates.rglob("*.html") if "_external" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("weak", ["secret", "changeme-changeme-changeme-changeme", "a" * 64, "0123456789" * 3])
def test_production_refuses_a_secret_that_can_be_guessed(tmp_path: Path, weak: str) -> None:
    assert Settings(data_dir=tmp_path, database_url="", secret_key=weak).has_weak_secret


def test_the_program_does_not_start_with_such_a_secret(tmp_path: Path) -> None:
    told = command("db", "upgrade", settings=environment(tmp_path, STAKEHOLDER_SECRET="secret"))
    assert (told.returncode, "can be guessed" in told.stderr, "Traceback" in told.stderr) == (1, True, False)


def test_one_mailbox_gets_at_most_twenty_letters_an_hour_and_others_go_on(secured: Flask, hill: School) -> None:
    carys, ben = {"email": "carys@hill-school.example"}, {"email": "ben@hill-school.example"}
    statuses = []
    for number in range(25):
        if number % 5 == 0:
            forget_the_minute()
        statuses.append(browser(secured, f"10.0.1.{number}").post("/sign-in", data=carys).status_code)
    assert statuses == [303] * 20 + [429] * 5
    assert browser(secured).post("/sign-in", data=ben).status_code == 303


def test_a_whole_school_behind_one_address_asks_for_new_links(secured: Flask, hill: School) -> None:
    with secured.extensions["database"].writing() as session:
        secret, who = "for tests only", person(session, hill, "Mo", Role.MENTOR)
        links = [
            make_link(session, who.id, hill.id, secret=secret, now=datetime(2026, 1, 1, tzinfo=UTC)) for _ in range(12)
        ]
    assert {browser(secured).post(f"/sign-in/{link}/again").status_code for link in links} == {303}
    assert [browser(secured).post(f"/sign-in/{links[0]}/again").status_code for _ in range(5)] == [303] * 4 + [429]


def test_wrong_cards_of_a_club_do_not_lock_out_the_school(secured: Flask, hill: School) -> None:
    with secured.extensions["database"].writing() as session:
        ben = person(session, hill, "Bo", Role.STUDENT_RESEARCHER)
        code = make_card(session, ben.id, hill.id, secret="for tests only", now=datetime.now(UTC))
    for _ in range(60):
        assert browser(secured).post("/card", data={"code": "wrong-wrong"}).status_code == 422
    assert browser(secured).post("/card", data={"code": code}).status_code == 303


def test_behind_a_proxy_each_school_has_its_own_address(secured: Flask) -> None:
    for _ in range(121):
        last = browser(secured, "10.0.0.1").post("/card", data={"code": "wrong-wrong"})
    assert last.status_code == 429
    assert browser(secured, "10.0.0.2").post("/card", data={"code": "wrong-wrong"}).status_code == 422


def test_the_chair_of_governors_needs_the_second_factor_too() -> None:
    assert {Role.HEAD, Role.CHAIR, Role.SCHOOL_ADMIN, Role.SAFEGUARDING_LEAD, Role.OPERATOR} == POWERFUL
