"""The school office brings the roll in over HTTP: upload, difference, decision."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from stakeholder.roles import Role
from tests.web.respondents import open_survey
from tests.web.test_concerns_pages import signed_in

PUPILS = "UPN,Surname,Forename,Year,Gender\n" + "".join(f"{n},Green{n},Sam,7,M\n" for n in range(12))


@pytest.fixture
def office(app: Flask) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    open_survey(app)
    return signed_in(app, "Olu", Role.SCHOOL_ADMIN)


def upload(client: FlaskClient, content: str, **more: str) -> str:
    form = {"file": (io.BytesIO(content.encode()), "pupils.csv"), "group": "student", **more}
    return client.post("/roll", data=form, follow_redirects=True).text


def seen(page: str) -> dict[str, str]:
    return {"do": "change", "seen": page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]}


def test_a_roll_is_brought_in_looked_at_and_decided(office: FlaskClient) -> None:
    page = upload(office, PUPILS)
    assert "12 people join" in page
    assert "Not kept: Gender." in page
    assert "Nothing has happened yet" in page
    assert "Nobody yet" in office.get("/roll").text
    after = office.post("/roll/review", data=seen(page), follow_redirects=True).text
    assert "The roll is changed." in after
    assert "<td>12</td>" in after


def test_many_leavers_need_a_tick(office: FlaskClient) -> None:
    office.post("/roll/review", data=seen(upload(office, PUPILS)))
    page = upload(office, "".join(PUPILS.splitlines(keepends=True)[:4]))
    assert "9 people leave" in page
    assert "Confirm that they have really left" in office.post("/roll/review", data=seen(page)).text
    office.post("/roll/review", data=seen(page) | {"sure": "yes"})
    assert "<td>3</td>" in office.get("/roll").text


def test_a_stale_decision_is_refused_and_the_difference_shown_anew(office: FlaskClient) -> None:
    page = upload(office, PUPILS)
    upload(office, PUPILS.replace("Sam", "Pam"))
    answer = office.post("/roll/review", data=seen(page))
    assert answer.status_code == 409
    assert "Pam Green0" in answer.text


def test_a_file_can_be_forgotten(office: FlaskClient) -> None:
    upload(office, PUPILS)
    assert "forgotten" in office.post("/roll/review", data={"do": "drop"}, follow_redirects=True).text
    assert "No file is waiting" in office.get("/roll/review", follow_redirects=True).text


def test_a_bad_file_is_refused_with_words(office: FlaskClient) -> None:
    answer = office.post("/roll", data={"file": (io.BytesIO(b"a,b\n1,2\n"), "x.csv"), "group": "student"})
    assert (answer.status_code, "no column holds a number" in answer.text) == (422, True)
    assert "Choose a file first" in office.post("/roll", data={"group": "student"}).text


def test_somebody_is_left_out_by_number(office: FlaskClient) -> None:
    office.post("/roll/review", data=seen(upload(office, PUPILS)))
    office.post("/roll/left-out", data={"group": "student", "number": "3", "why": "parent"})
    assert "<td>12</td><td>1</td>" in office.get("/roll").text
    assert (
        "Nobody on the roll"
        in office.post("/roll/left-out", data={"group": "student", "number": "333", "why": ""}).text
    )


def test_the_survey_lead_sees_numbers_where_a_wave_is_opened_and_never_the_roll(
    app: Flask, office: FlaskClient
) -> None:
    office.post("/roll/review", data=seen(upload(office, PUPILS)))
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    assert dev.get("/roll").status_code == 404
    assert 'name="people:tiny:student"' in dev.get("/waves/new").text
    assert 'value="12"' in dev.get("/waves/new").text
