"""A school asks a group of its own: added on a page, asked in a questionnaire of its own, seen in the results."""

import re

from flask import Flask
from sqlalchemy import select

from stakeholder.groups import groups_of
from stakeholder.models import School
from stakeholder.roles import Role
from surveys.models import Audience
from surveys.published import questionnaire_of
from surveys.storing import store_documents
from tests.makers import lead, person, school
from tests.web.respondents import Respondent, database_of
from tests.web.test_designer import LIKERT, Writer, words

NAMES = {"name_en": "Our community", "name_pl": "Sąsiedzi i przyjaciele"}


def dev_at_hill(app: Flask) -> Writer:
    """Dev, survey lead, at a school with a safeguarding lead."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        here = school(session)
        person(session, here, "Erin", Role.SAFEGUARDING_LEAD)
        who = person(session, here, "Dev", Role.SURVEY_LEAD).id
    return Writer(app, who)


def test_a_group_that_a_school_adds_is_asked_and_seen_in_the_results(app: Flask) -> None:
    writer = dev_at_hill(app)
    dev = writer.client
    assert dev.post("/groups", data=NAMES).location == "/groups"
    assert "Our community" in dev.get("/groups").text
    assert "Our community" in dev.get("/questionnaires/new").text
    writer.begin("Neighbours", "our_community").add("likert", LIKERT)
    writer.post("/publish")
    form = {"title": "Spring", "ask:neighbours:our_community": "yes", "cover": "Erin", "contacts": "yes"}
    assert dev.post("/waves/new", data=form).location == "/waves"
    with database_of(app).reading() as session:
        audience = session.scalars(select(Audience)).one()
        token, number, asked = audience.token, audience.id, questionnaire_of(session, audience.version_id)
    assert "feel safe" in words(Respondent(app.test_client(), token).begin().page.text)

    with database_of(app).writing() as session:
        answers = [("en", {"feel_safe_school": code}) for code in ("agree", "disagree", "agree") for _each in range(12)]
        assert sum(1 for _ in store_documents(session, number, asked, answers)) >= 0
    dev.post("/waves/spring/close", data={"sure": "yes"})
    app.extensions["installation"].worker.run_until_idle()
    page = words(dev.get("/results/statements").text)
    assert "Our community" in page
    assert re.search(r"\b6[0-9]%", page)  # 24 of 36, rounded to threes


def test_what_a_group_is_called_can_change_and_its_key_stays(app: Flask) -> None:
    dev = dev_at_hill(app).client
    dev.post("/groups", data=NAMES)
    dev.post("/groups", data={"key": "our_community", "name_en": "Friends of the school"})
    with database_of(app).reading() as session:
        found = groups_of(session, lead(session.scalars(select(School)).one()))
    assert [str(each.label) for each in found if each.key == "our_community"] == ["Friends of the school"]


def test_a_group_is_refused_in_words_and_what_was_typed_stays(app: Flask) -> None:
    dev = dev_at_hill(app).client
    for typed, said in (
        ({"name_en": " ", "name_pl": "Sąsiedzi"}, "Write what the group is called in English."),
        ({"name_en": "x" * 61, "name_pl": "Sąsiedzi"}, "at most 60 letters"),
        ({"name_en": "staff", "name_pl": "Sąsiedzi"}, "There is already a group"),
        ({"name_en": "Nobody", "key": "none"}, "There is no group"),
    ):
        answer = dev.post("/groups", data=typed)
        assert answer.status_code in {409, 422} and said in words(answer.text), typed
        assert "name_pl" not in typed or typed["name_pl"] in answer.text
