"""Keys of programs over HTTP: made on a page, shown once, used on the interface, refused everywhere else."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from stakeholder.roles import Role
from tests.makers import person, school
from tests.whole.test_access import sign_in
from wsgi import create_app


@pytest.fixture
def demo(settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def head(demo: Flask) -> FlaskClient:
    with demo.extensions["database"].writing() as session:
        someone = person(session, school(session), "Hana", Role.HEAD).id
    return sign_in(demo.test_client(), someone)


def made(head: FlaskClient) -> dict[str, str]:
    """The header of a program with a new key for results."""
    page = head.post("/keys", data={"name": "Table", "for": "results", "days": "30"}).text
    found = re.search(r"svk_[\w-]{43}", page)
    assert found
    return {"Authorization": f"Bearer {found[0]}"}


def test_a_program_with_a_key_fetches_results_and_one_without_is_told_so(demo: Flask, head: FlaskClient) -> None:
    key = made(head)
    assert demo.test_client().get("/api/v1/waves", headers=key).json == {"waves": []}
    for headers in ({}, {"Authorization": "Bearer svk_wrong"}, {"Authorization": "Basic YTpi"}):
        refused = demo.test_client().get("/api/v1/waves", headers=headers)
        assert (refused.status_code, refused.content_type) == (401, "application/problem+json")
        assert refused.headers["WWW-Authenticate"] == "Bearer"
        assert refused.json["status"] == 401


def test_a_wrong_key_is_refused_even_in_a_signed_in_browser(head: FlaskClient) -> None:
    assert head.get("/api/v1/waves").status_code == 200
    assert head.get("/api/v1/waves", headers={"Authorization": "Bearer svk_wrong"}).status_code == 401


def test_a_key_opens_no_page(demo: Flask, head: FlaskClient) -> None:
    key = made(head)
    assert demo.test_client().get("/results/dimensions", headers=key).status_code == 302


def test_a_key_is_shown_once_and_ended_on_the_page(demo: Flask, head: FlaskClient) -> None:
    key = made(head)
    page = head.get("/keys").text
    assert "svk_" not in page
    ending = re.search(r'action="(/keys/[\w-]+/end)"', page)
    assert ending
    assert head.post(ending[1]).status_code == 303
    assert demo.test_client().get("/api/v1/waves", headers=key).status_code == 401
    assert "No program has a key." in head.get("/keys").text


def test_what_is_not_there_is_told_to_programs_as_a_document(demo: Flask, head: FlaskClient) -> None:
    for path in ("/api/v1/waves/none/results", "/api/v1/nothing"):
        missing = demo.test_client().get(path, headers=made(head))
        assert (missing.status_code, missing.json["status"]) == (404, 404)


@pytest.mark.parametrize("days", ["", "0", "367", "many", "٣", "99999"])
def test_a_key_for_ever_or_for_no_time_is_refused(head: FlaskClient, days: str) -> None:
    assert head.post("/keys", data={"name": "Table", "for": "results", "days": days}).status_code == 422
