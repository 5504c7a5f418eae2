"""Links for classes and slips: made by the lead, used by pupils, counted without names; each slip once."""

import re
from uuid import UUID

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from sqlalchemy import select

from stakeholder.roles import Role
from surveys.default_questionnaires import default_questionnaires
from surveys.framework import default_framework
from surveys.models import Draft, Spent, WayIn
from surveys.published import publish
from surveys.roll.models import Member
from surveys.waves import open_link
from tests.makers import NOW, lead, school
from tests.web.respondents import database_of
from tests.web.test_waves_pages import signed_in

WAYS = "/waves/secondary/secondary/ways"


@pytest.fixture
def hill(app: Flask) -> UUID:
    """A school that asks 'secondary'; 7B has twelve pupils on the roll, one of them not asked, and 8A three."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        here = school(session)
        publish(session, lead(here), default_questionnaires(default_framework())["secondary"], now=NOW)
        wave = open_link(session, lead(here), "secondary", "student", now=NOW)
        assert wave.key == "secondary"
        for number in range(15):
            form, year = ("7B", "7") if number < 12 else ("8A", "8")
            out = "parent" if number == 0 else ""
            session.add(
                Member(school_id=here.id, group="student", number=str(number), form=form, year=year, left_out=out)
            )
        return here.id


@pytest.fixture
def dev(app: Flask, hill: UUID) -> FlaskClient:
    return signed_in(app, hill, "Dev", Role.SURVEY_LEAD)


def link_in(page: str) -> str:
    return "/s/" + page.split("/s/")[1].split('"', maxsplit=1)[0].split("<", maxsplit=1)[0]


def begin(client: FlaskClient, link: str, **form: str) -> str:
    answer = client.post(f"{link}/begin", data={"language": "en", **form})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def send(client: FlaskClient, link: str) -> int:
    page = client.get(f"{link}/check").text
    token = page.split('name="token" value="')[1].split('"')[0]
    return client.post(f"{link}/send", data={"token": token}).status_code


def test_each_large_class_of_the_roll_gets_a_link_that_knows_its_year(app: Flask, dev: FlaskClient) -> None:
    assert dev.post(WAYS, data={"do": "classes", "with": "link"}).status_code == 303
    page = dev.get(WAYS).text
    assert "0 of 11 people have answered" in page
    assert "8A" not in page
    pupil, link = app.test_client(), link_in(page)
    begin(pupil, link)
    assert "Year 7" in pupil.get(f"{link}/check").text
    assert send(pupil, link) == 303
    assert "1 of 11 people have answered" in dev.get(WAYS).text
    assert "1 class is new" not in dev.post(WAYS, data={"do": "classes"}, follow_redirects=True).text


def slips_of(dev: FlaskClient, **form: str) -> tuple[str, list[str]]:
    """A link with slips: its path and its codes."""
    dev.post(WAYS, data={"title": "library", "slips": "30", **form})
    address = re.search(r"/waves/ways/[^/]+/slips", dev.get(WAYS).text)
    assert address
    page = dev.get(address[0]).text
    return link_in(page), re.findall(r'slip-code">([^<]+)<', page)


def test_a_slip_lets_one_answer_in_and_counts_once(app: Flask, dev: FlaskClient) -> None:
    link, codes = slips_of(dev)
    assert len(set(codes)) == 30
    pupil = app.test_client()
    assert f'value="{codes[0]}"' in pupil.get(f"{link}?slip={codes[0]}").text
    begin(pupil, link, slip=codes[0])
    other = app.test_client()  # the same slip on a second device before the first has sent
    begin(other, link, slip=codes[0].upper())
    assert send(pupil, link) == 303
    assert send(other, link) in {303, 409}
    again = app.test_client().post(f"{link}/begin", data={"slip": codes[0]})
    assert (again.status_code, "Each slip works once" in again.text) == (409, True)
    assert "1 of 30 people have answered" in dev.get(WAYS).text
    with database_of(app).reading() as session:
        assert len(session.scalars(select(Spent.key_hash)).all()) == 1


@pytest.mark.parametrize("slip", ["", "bbbb-bbbb", "nonsense", "x" * 300])
def test_without_a_right_code_nobody_comes_in(app: Flask, dev: FlaskClient, slip: str) -> None:
    link, _codes = slips_of(dev)
    answer = app.test_client().post(f"{link}/begin", data={"slip": slip})
    assert (answer.status_code, "This code is not right" in answer.text) == (422, True)
    with database_of(app).reading() as session:
        assert session.scalars(select(Draft.key)).all() == []


def test_a_document_needs_a_slip_too_and_stores_once(app: Flask, dev: FlaskClient) -> None:
    link, codes = slips_of(dev, year="7")
    body = {"submission_key": "k" * 20, "language": "en", "answers": {}}
    assert "slip" in app.test_client().put(f"{link}/answers", json=body).get_json()["problem"]
    assert app.test_client().put(f"{link}/answers", json=body | {"slip": codes[3]}).status_code == 201
    twice = app.test_client().put(f"{link}/answers", json=body | {"slip": codes[3], "submission_key": "j" * 20})
    assert twice.status_code == 200


def test_nothing_is_stored_about_a_slip(app: Flask, dev: FlaskClient) -> None:
    link, codes = slips_of(dev)
    pupil = app.test_client()
    begin(pupil, link, slip=codes[5])
    plain = codes[5].replace("-", "")
    with database_of(app).reading() as session:
        rows = [str(vars(row)) for row in (*session.scalars(select(Draft)), *session.scalars(select(WayIn)))]
    assert rows
    assert not any(plain in row or codes[5] in row for row in rows)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": ""}, "Give the link a name"),
        ({"title": "a", "slips": "many"}, "in digits"),
        ({"title": "a", "slips": "5000"}, "up to 2,000"),
        ({"title": "a", "year": "3"}, "not for the year"),
    ],
)
def test_what_cannot_be_made_is_refused_with_words(dev: FlaskClient, form: dict[str, str], words: str) -> None:
    answer = dev.post(WAYS, data=form)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_a_name_is_taken_once(dev: FlaskClient) -> None:
    dev.post(WAYS, data={"title": "7C"})
    assert "There is a link" in dev.post(WAYS, data={"title": "7C"}).text


def test_other_schools_and_roles_get_none_of_it(app: Flask, dev: FlaskClient, hill: UUID) -> None:
    slips_of(dev)
    address = re.search(r"/waves/ways/[^/]+/slips", dev.get(WAYS).text)
    assert address
    with database_of(app).writing() as session:
        there = school(session, "Dale School").id
    stranger = signed_in(app, there, "Mia", Role.SURVEY_LEAD)
    assert [stranger.get(each).status_code for each in (WAYS, address[0])] == [404, 404]
    researcher = signed_in(app, hill, "Ben", Role.STUDENT_RESEARCHER)
    assert researcher.get(WAYS).status_code == 404


def test_pages_are_drawn_once_for_all_links_and_each_leads_on_by_its_own(app: Flask, dev: FlaskClient) -> None:
    for title in ("hall", "library"):
        dev.post(WAYS, data={"title": title})
    hall, library = sorted(set(re.findall(r"/s/[\w-]+", dev.get(WAYS).text)))[:2]
    drawn: list[str] = []

    def note(_app: Flask, template: Template, **_more: object) -> None:
        drawn.append(str(template.name))

    def walk(link: str) -> str:
        pupil = app.test_client()
        start, first_page = pupil.get(link).text, begin(pupil, link)
        return start + pupil.get(first_page).text + pupil.get(f"{link}/check").text

    with template_rendered.connected_to(note, app):
        first, before = walk(hall), len(drawn)
        second = walk(library)
    assert before >= 3
    assert drawn[before:] == []
    assert f'action="{hall}/' in first and library not in first
    assert second.count(library) == first.count(hall)
    assert hall not in second
