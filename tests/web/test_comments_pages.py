"""Comments over HTTP: reading, contesting in two clicks, quotes; and what each role gets."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.comments.models import ThemeSuggestion
from analysis.editions import keep_rounding_key
from analysis.models import Sharing
from analysis.reading_comments import read_comments
from stakeholder.models import School
from stakeholder.roles import Role
from surveys.models import Audience, Comment, Wave
from surveys.storing import store_documents
from tests.makers import NOW, questionnaire
from tests.services.test_teaching import tried
from tests.web.respondents import database_of, open_survey
from tests.web.test_concerns_pages import signed_in

TEXTS = ("The toilets are dirty.", "Mrs Bevan is the best.", *(f"More of number {number}." for number in range(9)))


@pytest.fixture(autouse=True)
def _closed_wave(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    open_survey(app)
    database = database_of(app)
    with database.writing() as session:
        audience = session.scalars(select(Audience)).one()
        for _ in store_documents(session, audience.id, questionnaire(), [("en", {"better": text}) for text in TEXTS]):
            pass
        wave = audience.wave_id
    read_comments(database, wave)
    with database.writing() as session:
        session.get_one(Wave, wave).state = "closed"
        keep_rounding_key(session, wave, b"k" * 32)
        session.add(Sharing(wave_id=wave, circle="researchers", from_day=date(2000, 1, 1)))


def address_of(page: str, text: str) -> str:
    """Where the reasons of a comment stand."""
    card = next(each for each in page.split('<li class="card said">') if text in each)
    found = re.search(r'href="(/comments/[0-9a-f-]{36})"', card)
    assert found
    return found[1]


def test_a_lead_reads_comments_without_names(app: Flask) -> None:
    page = signed_in(app, "Dev", Role.SURVEY_LEAD).get("/comments").text
    assert "[staff] is the best." in page
    assert "Bevan" not in page


def test_a_reason_is_contested_in_two_clicks(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    address = address_of(dev.get("/comments?theme=wel.toilets").text, TEXTS[0])
    assert "<mark>toilets</mark>" in dev.get(address).text
    answer = dev.post(f"{address}/contest", data={"not": "wel.toilets"}, follow_redirects=True)
    assert "Your word holds now" in answer.text
    assert TEXTS[0] not in dev.get("/comments?theme=wel.toilets").text


def test_a_theme_that_is_not_known_is_refused_with_words(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    address = address_of(dev.get("/comments").text, TEXTS[0])
    answer = dev.post(f"{address}/contest", data={"theme": "no.such", "sentiment": "negative"})
    assert (answer.status_code, "Choose themes of the codebook" in answer.text) == (422, True)


def test_a_mentor_releases_a_quote_and_the_researcher_reads_it(app: Flask) -> None:
    huw, ben = signed_in(app, "Huw", Role.MENTOR), signed_in(app, "Ben", Role.STUDENT_RESEARCHER)
    address = address_of(huw.get("/comments").text, TEXTS[0])
    assert TEXTS[0] not in ben.get("/comments").text
    assert ben.get(address).status_code == 404
    assert ben.post(f"{address}/quote", data={"do": "release"}).status_code == 404
    huw.post(f"{address}/quote", data={"do": "choose"})
    assert TEXTS[0] not in ben.get("/comments/quotes").text
    huw.post(f"{address}/quote", data={"do": "release", "from": "board"})
    assert TEXTS[0] in ben.get("/comments/quotes").text
    assert TEXTS[0] in ben.get("/comments").text
    assert ben.post(f"{address}/contest", data={"not": "wel.toilets"}).status_code == 404


def test_odd_addresses_are_no_failures(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    for query in ("page=0", "page=99999", "page=x", "theme=no.such", "wave=none", "sentiment=odd", "words=%25_%5C"):
        assert dev.get(f"/comments?{query}").status_code == 200


def test_what_many_wrote_stands_once_and_a_meaning_is_searched(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    assert "Written 9 times, nearly so" in dev.get("/comments/alike").text
    found = dev.get("/comments?means=filthy+toilets").text
    assert TEXTS[0] in found
    assert TEXTS[2] not in found


def test_a_group_becomes_a_theme_of_the_schools_own(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    assert "Nothing waits for you." in dev.get("/comments/themes").text
    dev.post("/comments/themes/look")
    assert "We are looking through the comments" in dev.get("/comments/themes").text
    database = database_of(app)
    with database.writing() as session:
        keys = [key.hex() for key in session.scalars(select(Comment.key))]
        group = ThemeSuggestion(
            school_id=session.scalars(select(School.id)).one(), state="offered", name="Number, more", words=["number"],
            sure=["number"], members=keys, stability=0.8, made_at=NOW,
        )  # fmt: skip
        session.add(group)
        session.flush()
        address = f"/comments/themes/suggested/{group.id}"
    assert "80 in 100 of its words come back" in dev.get("/comments/themes").text
    refused = dev.post(address, data={"do": "accept", "label": "", "words": "number"})
    assert (refused.status_code, "Give the theme a name" in refused.text) == (422, True)
    assert dev.post(address, data={"do": "odd"}).status_code == 422
    accepted = dev.post(
        address, data={"do": "accept", "label": "Numbers", "words": "number"}, follow_redirects=True
    ).text
    assert "It is a theme now." in accepted
    assert "Version 1" in accepted
    assert "being read anew" in dev.get("/comments").text
    ben = signed_in(app, "Ben", Role.STUDENT_RESEARCHER)
    assert ben.get("/comments/themes").status_code == 404
    assert dev.post("/comments/themes/own/own.numbers", data={"do": "remove"}).status_code == 303


def test_what_was_learnt_is_used_and_undone_and_learning_takes_enough_codings(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    assert "Learn and try it out" not in dev.get("/comments/coding").text
    assert "It takes 30 comments" in dev.post("/comments/coding/teach", follow_redirects=True).text
    with database_of(app).writing() as session:
        tried(session, session.scalars(select(School.id)).one())
    page = dev.get("/comments/coding").text
    assert ("0.40 → 0.60" in page, "50% → 75%" in page) == (True, True)
    press = {"number": "1", "do": "use"}
    assert 'value="undo"' in dev.post("/comments/coding/teach", data=press, follow_redirects=True).text
    assert "being read anew" in dev.get("/comments").text
    press["do"] = "undo"
    assert "<p>Undone</p>" in dev.post("/comments/coding/teach", data=press, follow_redirects=True).text
    assert signed_in(app, "Ben", Role.STUDENT_RESEARCHER).post("/comments/coding/teach").status_code == 404


def test_the_school_office_reads_no_comments(app: Flask) -> None:
    assert signed_in(app, "Olu", Role.SCHOOL_ADMIN).get("/comments").status_code == 404


def test_comments_are_coded_one_after_the_other_without_scripts(app: Flask) -> None:
    dev = signed_in(app, "Dev", Role.SURVEY_LEAD)
    dev.post("/comments/coding/sample", data={"wave": ""})
    seen = set()
    for _ in range(len(TEXTS)):
        address = dev.get("/comments/coding/next?queue=sample").location
        screen = dev.get(address).text
        assert "Because of the words" not in screen
        assert dev.post(address, data={"theme": "wel.food"}).status_code == 422
        onward = dev.post(address, data={"sentiment": "negative", "theme": ["wel.food", "wel.toilets"]})
        seen.add(address.split("?")[0])
        assert onward.status_code == 303
    assert len(seen) == len(TEXTS)
    assert onward.location.startswith("/comments/coding?")
    assert "You have coded 11; 0 wait." in dev.get("/comments/coding").text


def test_what_two_coders_said_differently_is_decided(app: Flask) -> None:
    dev, huw = signed_in(app, "Dev", Role.SURVEY_LEAD), signed_in(app, "Huw", Role.MENTOR)
    address = dev.get("/comments/coding/next?queue=useful").location.split("?")[0]
    dev.post(address, data={"sentiment": "negative", "theme": "wel.food"})
    huw.post(address, data={"sentiment": "positive"})
    assert f"{address}/decide" in dev.get("/comments/coding").text
    assert "Huw: Positive" in dev.get(f"{address}/decide").text
    dev.post(f"{address}/decide", data={"sentiment": "negative"})
    assert f"{address}/decide" not in dev.get("/comments/coding").text
    assert signed_in(app, "Ben", Role.STUDENT_RESEARCHER).get(f"{address}/decide").status_code == 404


def test_the_figures_page_is_for_those_who_read_all(app: Flask) -> None:
    page = signed_in(app, "Dev", Role.SURVEY_LEAD).get("/comments/figures?audience=odd&against=none").text
    assert "How far to trust this" in page
    assert signed_in(app, "Ben", Role.STUDENT_RESEARCHER).get("/comments/figures").status_code == 404
