"""The roll for other programs: put in step with a key, the same again changes nothing, and nobody else gets in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from config import Settings
from stakeholder.api_keys.keeping import make_key
from stakeholder.api_keys.models import ApiKey
from stakeholder.audit import all_events
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.roll.models import Member, WaitingRoll
from tests.makers import person, school
from tests.whole.test_access import sign_in
from wsgi import create_app

SAM = {"number": "1", "given": "Sam", "family": "Hill", "year": "Year 7", "form": "7B", "gender": "not kept"}
LEE = {"number": "2", "given": "Lee", "family": "Dale", "year": "8"}
EVERYBODY = [{"number": str(number), "family": f"Pupil{number}", "year": "7"} for number in range(30)]


@pytest.fixture
def demo(settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, demo=True))  # its forms' tokens are on: a program needs none
    yield app
    app.extensions["database"].dispose()


def key_of(app: Flask, name: str, scope: str = "roll") -> dict[str, str]:
    """The header of a program of a new school."""
    with app.extensions["database"].writing() as session:
        office = Viewer(school_id=school(session, name).id, roles=frozenset({Role.SCHOOL_ADMIN, Role.HEAD}))
        secret = make_key(session, office, name="MIS", scopes=[scope], days=30, now=datetime.now(UTC))
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def key(demo: Flask) -> dict[str, str]:
    return key_of(demo, "Hill School")


def put(app: Flask, key: dict[str, str], people: Any, **more: Any) -> TestResponse:
    return app.test_client().put("/api/v1/roll/student", json={"people": people, **more}, headers=key)


def test_a_program_puts_the_roll_in_step_and_the_same_again_changes_nothing(demo: Flask, key: dict[str, str]) -> None:
    first, again = put(demo, key, [SAM, LEE]), put(demo, key, [SAM, LEE])
    assert (sorted(first.json["joining"]), first.json["changed"]) == (["1", "2"], True)
    assert (again.json["same"], again.json["changed"]) == (2, False)
    found = demo.test_client().get("/api/v1/roll/student", headers=key).json
    assert found["people"][0] == {
        "number": "1", "given": "Sam", "family": "Hill", "known_as": "", "year": "7", "form": "7B", "email": "",
        "left_out": "", "children": [],
    }  # fmt: skip
    with demo.extensions["database"].reading() as session:
        changes = [each for each in all_events(session) if each.act == "roll changed"]
        assert [each.actor_id for each in changes] == [session.scalars(select(ApiKey.id)).one()]


def test_a_dry_run_tells_and_changes_nothing(demo: Flask, key: dict[str, str]) -> None:
    assert put(demo, key, [SAM], dry_run=True).json["joining"] == ["1"]
    with demo.extensions["database"].reading() as session:
        assert session.scalars(select(Member)).all() == []
        assert session.scalars(select(WaitingRoll)).all() == []


def test_a_part_makes_nobody_leave_and_many_leave_only_when_confirmed(demo: Flask, key: dict[str, str]) -> None:
    put(demo, key, EVERYBODY)
    assert put(demo, key, EVERYBODY[:3], whole=False).json["leaving"] == []
    refused = put(demo, key, EVERYBODY[:3])
    assert (refused.status_code, "really left" in refused.json["detail"]) == (422, True)
    assert len(put(demo, key, EVERYBODY[:3], many_left=True).json["leaving"]) == 27


def test_who_is_not_asked_is_noted(demo: Flask, key: dict[str, str]) -> None:
    put(demo, key, [SAM])
    client = demo.test_client()
    noted = client.put("/api/v1/roll/student/1/left-out", json={"why": "parent"}, headers=key)
    assert noted.json == {"number": "1", "left_out": "parent"}
    assert client.put("/api/v1/roll/student/9/left-out", json={"why": ""}, headers=key).status_code == 404
    assert client.put("/api/v1/roll/student/1/left-out", json={"why": "tired"}, headers=key).status_code == 422


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], "people"),
        ([{"given": "Sam"}], "people.0.number"),
        ([{"number": 1}], "people.0.number"),
        ([{"number": " "}], "people.0: found no number"),
        ([SAM, SAM | {"given": "Kim"}], "people.1: the number '1' stands for two people"),
        ([SAM | {"year": "99"}], "people.0: found the year"),
        ([SAM | {"family": "x" * 101}], "people.0: found 101 characters"),
        ([SAM | {"given": "a\x00b"}], "cannot be printed"),
        ([SAM | {"children": ["1"] * 21}], "people.0.children"),
        ("Sam", "people"),
    ],
)
def test_what_cannot_be_is_refused_in_words(demo: Flask, key: dict[str, str], people: Any, said: str) -> None:
    refused = put(demo, key, people)
    assert (refused.status_code, refused.content_type) == (422, "application/problem+json")
    assert said in refused.json["detail"]


def test_no_json_and_no_such_group_are_told_apart(demo: Flask, key: dict[str, str]) -> None:
    client = demo.test_client()
    assert client.put("/api/v1/roll/student", data=b"{", headers=key).status_code == 400
    assert client.get("/api/v1/roll/cats", headers=key).status_code == 422
    assert client.get("/api/v1/roll/a%00b", headers=key).status_code == 404


def test_another_schools_key_another_scope_and_a_browser_get_nothing(demo: Flask, key: dict[str, str]) -> None:
    put(demo, key, [SAM])
    stranger = key_of(demo, "Dale School")
    assert demo.test_client().get("/api/v1/roll/student", headers=stranger).json["people"] == []
    assert put(demo, stranger, [LEE]).json["leaving"] == []
    reader = key_of(demo, "Mere School", "results")
    assert demo.test_client().get("/api/v1/roll/student", headers=reader).status_code == 404
    office = _office(demo)
    assert office.get("/api/v1/roll/student").status_code == 401
    assert office.put("/api/v1/roll/student", json={"people": [SAM]}).status_code == 401
    with demo.extensions["database"].reading() as session:
        assert sorted(session.scalars(select(Member.number))) == ["1", "2"]


def _office(demo: Flask) -> FlaskClient:
    with demo.extensions["database"].writing() as session:
        ada: UUID = person(session, school(session, "Fell School"), "Ada", Role.SCHOOL_ADMIN).id
    return sign_in(demo.test_client(), ada)
