"""Bringing in the school's names, and deciding on doubtful words, over HTTP."""

import io

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.comments.models import RosterName
from stakeholder.roles import Role
from tests.web.respondents import database_of, open_survey
from tests.web.test_concerns_pages import signed_in


@pytest.fixture(autouse=True)
def _school(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    open_survey(app)


def upload(content: bytes) -> dict[str, tuple[io.BytesIO, str]]:
    return {"file": (io.BytesIO(content), "names.csv")}


def test_the_survey_lead_brings_in_names_and_sees_only_how_many(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    sent = dev.post("/comments/names", data=upload(b"name,kind\nMrs Ann Hartley,staff_name\nSam Green,pupil_name\n"))
    page = dev.get(sent.location).text
    assert "1 name of staff" in page
    assert "Hartley" not in page
    with database_of(app).reading() as session:
        assert len(session.scalars(select(RosterName.name)).all()) == 2


@pytest.mark.parametrize("content", [b"", b"who,what\n", b"name,kind\nAnn,cat\n", b"\xff\xfe"])
def test_a_file_that_is_no_list_is_refused_with_words(app: Flask, content: bytes) -> None:
    answer = signed_in(app, "Dev", Role.SURVEY_LEAD).post("/comments/names", data=upload(content))
    assert answer.status_code == 422
    assert "expected" in answer.text


def test_without_a_file_the_page_says_so(app: Flask) -> None:
    assert "Choose a file first" in signed_in(app, "Dev", Role.SURVEY_LEAD).post("/comments/names").text


def test_doubts_are_for_the_safeguarding_lead_alone(app: Flask) -> None:
    assert "nothing to decide" in signed_in(app, "Erin", Role.SAFEGUARDING_LEAD).get("/comments/names/doubts").text
    assert signed_in(app, "Dev", Role.SURVEY_LEAD).get("/comments/names/doubts").status_code == 404
    assert signed_in(app, "Ben", Role.STUDENT_RESEARCHER).get("/comments/names").status_code == 404
