"""Hostile input on every way in: no failure of the server, and nothing that holds it up.

Quick: some hundred requests. `make deep`: 10,000, and schemathesis on the interface for programs.
"""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy import select

from config import Settings
from stakeholder.api_keys.keeping import make_key
from stakeholder.api_keys.scopes import Scope
from stakeholder.models import Membership, Person
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.models import Audience, Wave
from tests.attacks.hostile import bent, json_bodies
from tests.attacks.ways_in import Way, forms, walked
from tests.databases import sqlite_address
from tests.examples import example_in
from tests.web.respondents import database_of
from wsgi import create_app

DEEP = os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep"
REQUESTS = 10_000 if DEEP else 250
MOST_SECONDS = 2.0
MOST_SECONDS_OF_A_DOCUMENT = 10.0  # a board pack or a workbook is drawn while its reader waits
DOCUMENTS = (".pdf", ".docx", ".pptx", ".xlsx", ".sav")
FRESH_AFTER = 500
HOSTILE_RUN = settings(
    max_examples=REQUESTS,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


class Target:
    """The example school with someone in it who may do everything; put back as it was after some hundred requests."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.kept, self.sent = folder, kept, 0
        address = str(sqlite_address(folder / "stakeholder.sqlite"))
        self.app = create_app(Settings(data_dir=folder, database_url=address, demo=True, secret_key="for tests only"))
        self.app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
        self.tokens = self._prepared()
        self.staff = self.someone()
        self.ways = [*walked(self.app, self.staff, "/home"), *self._respondents()]
        database_of(self.app).dispose()
        shutil.copy(folder / "stakeholder.sqlite", kept)
        described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", self.app)
        self.operations = [each.ok() for each in described.get_all_operations()]

    def someone(self) -> FlaskClient:
        """A browser in which a person with every role has signed in."""
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["person"] = str(self.who)
        return client

    def send(self, client: FlaskClient, request: dict[str, Any]) -> tuple[int, float]:
        """The status and the seconds of this thread's processor that a request took."""
        self.sent += 1
        if self.sent % FRESH_AFTER == 0:
            self.put_back()
        sender = self.someone() if client is self.staff else client
        begun = time.thread_time()
        with sender.open(**request) as answer:
            return answer.status_code, time.thread_time() - begun

    def _prepared(self) -> tuple[str, ...]:
        with database_of(self.app).writing() as session:
            self.who: UUID = session.scalars(select(Person.id).where(Person.name == "Dev Malik")).one()
            held = session.scalars(select(Membership).where(Membership.person_id == self.who)).all()
            for role in set(Role) - {each.role for each in held}:
                session.add(Membership(person_id=self.who, school_id=held[0].school_id, role=role))
            office = Viewer(school_id=held[0].school_id, roles=frozenset(Role))
            self.key = make_key(session, office, name="T", scopes=list(Scope), days=366, now=datetime.now(UTC))
            return tuple(session.scalars(select(Audience.token).join(Wave).where(Wave.state == "open")))

    def put_back(self) -> None:
        """Everything as it was: what was sent before may have withdrawn the key or the roles."""
        database_of(self.app).dispose()
        for ending in ("-wal", "-shm"):
            (self.folder / f"stakeholder.sqlite{ending}").unlink(missing_ok=True)
        shutil.copy(self.kept, self.folder / "stakeholder.sqlite")

    def _respondents(self) -> Iterator[Way]:
        for token in self.tokens:
            client = self.app.test_client()
            client.post(f"/s/{token}/begin", data={"language": "en"})
            for path in ("", "/p/start", "/check", "/talk", "/who"):
                with client.get(f"/s/{token}{path}", follow_redirects=True) as answer:
                    if answer.status_code == 200 and answer.text:
                        yield from forms(client, html.fromstring(answer.text), answer.request.path)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("hostile")
    example_in(folder, tmp_path_factory)
    made = Target(folder, folder / "kept")
    yield made
    database_of(made.app).dispose()


def test_the_walk_finds_the_ways_in(target: Target) -> None:
    posts = {way.path for way in target.ways if way.method == "POST"}
    assert len(posts) >= 40
    assert {"/waves/new", "/roll", "/comments/names", "/people"} <= posts
    assert any(way.files for way in target.ways)
    assert any(way.path.startswith("/s/") and len(way.fields) > 5 for way in target.ways)


@HOSTILE_RUN
@given(data=st.data())
def test_no_form_or_address_fails_or_holds_up(target: Target, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(target.ways))
    request = data.draw(bent(way))
    status, seconds = target.send(way.client, request)
    assert status < 500, request
    assert seconds < (MOST_SECONDS_OF_A_DOCUMENT if request["path"].endswith(DOCUMENTS) else MOST_SECONDS), request


@settings(HOSTILE_RUN, max_examples=REQUESTS // 10)
@given(data=st.data())
def test_no_document_of_answers_fails_or_holds_up(target: Target, data: st.DataObject) -> None:
    path = f"/s/{data.draw(st.sampled_from(target.tokens))}/answers"
    request = data.draw(json_bodies(("submission_key", "language", "answers", "slip", "order", "arms", "wel_safety")))
    status, seconds = target.send(target.app.test_client(), {"path": path, "method": "PUT", **request})
    assert 400 <= status < 500 or status in {200, 201}, request
    assert seconds < MOST_SECONDS, request


@pytest.fixture
def afresh(target: Target) -> Target:
    target.put_back()
    return target


@settings(HOSTILE_RUN, max_examples=REQUESTS // 20)
@given(data=st.data())
def test_the_interface_for_programs_keeps_to_its_description(afresh: Target, data: st.DataObject) -> None:
    case = data.draw(st.one_of([each.as_strategy() for each in afresh.operations]))
    case.headers = {**case.headers, "Authorization": f"Bearer {afresh.key}"}
    answer = case.call()
    case.validate_response(answer, excluded_checks=[positive_data_acceptance])  # a roll has rules that no schema tells
    assert answer.status_code not in {302, 401}, "it brings a key"
