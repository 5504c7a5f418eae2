"""The style guide's pages about questions."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from stakeholder.roles import Role
from surveys.examples import example_yaml
from surveys.models import Ballot, Draft
from surveys.question_types import REGISTRY
from tests.makers import person, school
from tests.web.respondents import database_of, stored


@pytest.fixture
def mentor(app: Flask, client: FlaskClient) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        someone = person(session, school(session), "Ada", Role.MENTOR).id
    with client.session_transaction() as cookie:
        cookie["person"] = str(someone)
    return client


def test_every_kind_has_a_page_with_its_yaml(mentor: FlaskClient) -> None:
    index = mentor.get("/style/questions").text
    for kind in REGISTRY:
        page = mentor.get(f"/style/questions/{kind}")
        assert (page.status_code, page.text.count("<h1>")) == (200, 1), kind
        assert f'href="/style/questions/{kind}"' in index
        assert example_yaml(kind).splitlines()[0] in page.text
        assert mentor.get(f"/style/questions/{kind}?lang=ur").status_code == 200, kind


def test_a_page_says_what_would_be_stored_and_stores_nothing(app: Flask, mentor: FlaskClient) -> None:
    page = mentor.post("/style/questions/choice", data={"way_to_school.other.text": "By boat"})
    assert "&#34;other&#34;" in page.text
    assert "&#34;By boat&#34;" in page.text
    assert "stored apart from the answers" in page.text
    assert stored(app, Ballot) == stored(app, Draft) == 0


def test_a_page_shows_what_is_wrong_as_a_respondent_sees_it(mentor: FlaskClient) -> None:
    page = mentor.post("/style/questions/allocation", data={"share_money.library": "70"})
    assert "You have given 70 of 100. Give 30 more." in page.text


def test_there_is_no_page_of_an_unknown_kind(mentor: FlaskClient) -> None:
    assert mentor.get("/style/questions/crystal_ball").status_code == 404
