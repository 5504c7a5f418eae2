"""A survey lead opens a wave in the browser, watches it, prints a poster and closes it; others get none of it."""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from stakeholder.audit import all_events
from stakeholder.models import Job, School
from stakeholder.roles import Role
from surveys.definition import Questionnaire
from surveys.models import Wave
from surveys.published import publish
from tests.makers import NOW, lead, person, questionnaire, school
from tests.web.respondents import database_of

FORM = {
    "title": "Spring 2027",
    "ask:tiny:student": "yes",
    "people:tiny:student": "120",
    "cover": "Erin, and Sam on Fridays",
    "contacts": "yes",
}


@pytest.fixture
def hill(app: Flask) -> UUID:
    """A school that can ask 'tiny'."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        here = school(session)
        publish(session, lead(here), questionnaire(), now=NOW)
        return here.id


def signed_in(app: Flask, where: UUID, name: str, role: Role) -> FlaskClient:
    with database_of(app).writing() as session:
        who = person(session, session.get_one(School, where), name, role).id
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["person"] = str(who)
    return client


@pytest.fixture
def dev(app: Flask, hill: UUID) -> FlaskClient:
    """Dev, survey lead, at a school with a safeguarding lead."""
    signed_in(app, hill, "Erin", Role.SAFEGUARDING_LEAD)
    return signed_in(app, hill, "Dev", Role.SURVEY_LEAD)


def test_the_languages_left_out_and_why_are_said_before_and_after_opening(
    app: Flask, hill: UUID, dev: FlaskClient
) -> None:
    with database_of(app).writing() as session:
        content = questionnaire().model_dump(mode="json", by_alias=True)
        polish = Questionnaire.model_validate({**content, "languages": ["en", "pl"]})
        publish(session, lead(session.get_one(School, hill)), polish, now=NOW)
    for page in (dev.get("/waves/new").text, dev.post("/waves/new", data=FORM, follow_redirects=True).text):
        said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        assert re.search(r"Asked in: English Not in Polski : \d+ texts are missing", said)


def test_a_wave_is_opened_answered_watched_and_closed(app: Flask, dev: FlaskClient) -> None:
    assert dev.post("/waves/new", data=FORM).location == "/waves"
    page = dev.get("/waves").text
    assert "0 of 120 people have answered" in page
    link = page.split("/s/")[1].split('"')[0]
    document = {"submission_key": "k" * 20, "language": "en", "answers": {"safe": "agree"}}
    assert app.test_client().put(f"/s/{link}/answers", json=document).status_code == 201
    assert "1 of 120 people have answered" in dev.get("/waves").text
    assert "Close Spring 2027?" in dev.post("/waves/spring-2027/close").text
    assert dev.post("/waves/spring-2027/close", data={"sure": "yes"}).status_code == 303
    with database_of(app).reading() as session:
        assert session.scalars(select(Wave.state)).all() == ["closed"]
        assert "release" in session.scalars(select(Job.kind)).all()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": " "}, "Give the wave a name"),
        ({"ask:tiny:student": None}, "Choose at least one questionnaire"),
        ({"cover": ""}, "Say who looks at the comments"),
        ({"contacts": None}, "tick that they are right"),
        ({"people:tiny:student": "many"}, "write a whole number"),
        ({"ask:tiny:student": None, "ask:nothing:student": "yes"}, "There is no questionnaire"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    app: Flask, dev: FlaskClient, change: dict[str, str | None], told: str
) -> None:
    form = {name: value for name, value in (FORM | change).items() if value is not None}
    answer = dev.post("/waves/new", data=form)
    assert (answer.status_code, told in answer.text) == (422, True)
    if form["title"].strip():
        assert 'value="Spring 2027"' in answer.text
    with database_of(app).reading() as session:
        assert session.scalars(select(Wave)).all() == []


def test_the_smallest_clear_change_is_told_before_opening(dev: FlaskClient) -> None:
    assert "Smallest clear change" not in dev.get("/waves/new").text
    told = dev.post("/waves/new", data=FORM | {"cover": ""}).text
    assert "from this wave to the next: 21 points, with about 84 answers each time" in told
    few = dev.post("/waves/new", data=FORM | {"cover": "", "people:tiny:student": "40"}).text
    assert "About 28 answers are too few to tell a change from chance" in few


def test_no_wave_opens_without_a_safeguarding_lead(app: Flask, hill: UUID) -> None:
    client = signed_in(app, hill, "Dev", Role.SURVEY_LEAD)
    assert "No safeguarding lead is named" in client.get("/waves/new").text
    answer = client.post("/waves/new", data=FORM)
    assert (answer.status_code, "Name a safeguarding lead first" in answer.text) == (422, True)


def test_who_covers_each_day_stands_in_the_audit_chain(app: Flask, dev: FlaskClient) -> None:
    dev.post("/waves/new", data=FORM)
    with database_of(app).reading() as session:
        opened = [event for event in all_events(session) if event.act == "wave opened"]
        assert [event.reason for event in opened] == ["cover: Erin, and Sam on Fridays"]


def test_a_poster_carries_the_code_and_the_address(dev: FlaskClient) -> None:
    dev.post("/waves/new", data=FORM)
    listed = dev.get("/waves").text
    address = listed.split('/poster"')[0].rsplit('href="', 1)[1] + "/poster"
    poster = dev.get(address).text
    assert "data:image/svg+xml" in poster
    assert listed.split("/s/")[1].split('"')[0] in poster
    assert dev.get("/waves/spring-2027/nobody/poster").status_code == 404


def test_others_and_other_schools_get_none_of_it(app: Flask, hill: UUID, dev: FlaskClient) -> None:
    dev.post("/waves/new", data=FORM)
    for name, role in (("Carys", Role.GOVERNOR), ("Ben", Role.STUDENT_RESEARCHER), ("Mo", Role.MENTOR)):
        client = signed_in(app, hill, name, role)
        assert client.get("/waves").status_code == 404
        assert client.post("/waves/new", data=FORM).status_code == 404
    with database_of(app).writing() as session:
        dale = school(session, "Dale School").id
    zoe = signed_in(app, dale, "Zoe", Role.SURVEY_LEAD)
    assert "Spring 2027" not in zoe.get("/waves").text
    assert zoe.post("/waves/spring-2027/close", data={"sure": "yes"}).status_code == 404
