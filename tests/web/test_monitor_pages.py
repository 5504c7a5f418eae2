"""The response monitor in the browser: words with numbers, aims, and nobody else's wave."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from stakeholder.roles import Role
from surveys.published import publish
from surveys.roll.models import Member
from surveys.waves import open_link
from tests.makers import NOW, lead, questionnaire, school
from tests.web.respondents import database_of
from tests.web.test_waves_pages import signed_in

PAGE = "/waves/tiny/monitor"


@pytest.fixture
def hill(app: Flask) -> UUID:
    """A school that asks 'tiny' of twenty pupils in year 7 and ten in year 8."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        here = school(session)
        for number in range(30):
            year = "7" if number < 20 else "8"
            session.add(Member(school_id=here.id, group="student", number=str(number), form="", year=year))
        session.flush()
        publish(session, lead(here), questionnaire(), now=NOW)
        open_link(session, lead(here), "tiny", "student", now=NOW)
        return here.id


@pytest.fixture
def dev(app: Flask, hill: UUID) -> FlaskClient:
    return signed_in(app, hill, "Dev", Role.SURVEY_LEAD)


def answer(app: Flask, dev: FlaskClient, year: str, count: int) -> None:
    link = "/s/" + dev.get("/waves").text.split("/s/")[1].split('"', maxsplit=1)[0]
    for number in range(count):
        body = {"submission_key": f"{year} number {number} of many", "language": "en", "answers": {"year": year}}
        assert app.test_client().put(f"{link}/answers", json=body).status_code == 201


def test_the_monitor_says_in_words_how_it_stands(app: Flask, dev: FlaskClient) -> None:
    answer(app, dev, "y7", 12)
    answer(app, dev, "y8", 1)
    page = dev.get(PAGE).text
    for words in (
        "have answered: 13 of 30 people",
        "60% (12 of 20)",
        "Year 8 is far behind the others: 1 of 10. Ask there first.",
        "13 answers came by a link that many use",
        "tell as much as",
        "17 people have not answered",
        'data-refresh-seconds="10"',
    ):
        assert words in page, words
    assert PAGE in dev.get("/waves").text


def test_aims_are_kept_and_wrong_ones_are_said(dev: FlaskClient) -> None:
    assert dev.post(PAGE, data={"ends_on": "2026-03-20", "target:secondary": "80 %"}).status_code == 303
    assert "If answers came evenly until the last day" in dev.get(PAGE).text
    for wrong in ({"ends_on": "soon"}, {"target:secondary": "most"}, {"target:secondary": "101"}):
        refused = dev.post(PAGE, data=wrong)
        assert (refused.status_code, "Something needs changing" in refused.text) == (422, True)


def test_others_see_no_monitor(app: Flask, dev: FlaskClient, hill: UUID) -> None:
    with database_of(app).writing() as session:
        there = school(session, "Dale School").id
    assert signed_in(app, there, "Mia", Role.SURVEY_LEAD).get(PAGE).status_code == 404
    assert signed_in(app, hill, "Carys", Role.GOVERNOR).get(PAGE).status_code == 404
