"""The protection of data in the browser: lengths, papers from real settings, notices, requests of people."""

import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from stakeholder.audit import all_events
from stakeholder.models import Membership, Person
from stakeholder.protection.keeping import choices_of
from stakeholder.roles import Role
from surveys.identities.envelopes import Writer
from surveys.models import Audience, Response
from surveys.roll.models import Member
from tests.makers import open_audience, person, school
from tests.whole.test_access import sign_in
from wsgi import create_app

LENGTHS = {"answers": "24", "comments": "12", "concerns": "6", "invitations": "10", "people": "3", "work": "30"}


@pytest.fixture
def demo(settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def here(demo: Flask) -> UUID:
    """A school whose pupil Sam answered by name, and whose roll holds Sam."""
    with demo.extensions["database"].writing() as session:
        hill = school(session)
        for name, role in (("Hana", Role.HEAD), ("Ada", Role.SCHOOL_ADMIN), ("Carys", Role.GOVERNOR)):
            person(session, hill, name, role)
        audience = open_audience(session, hill)
        named = Audience(
            wave_id=audience.wave_id,
            version_id=audience.version_id,
            key="named",
            group="student",
            mode="named",
            token="t",
        )
        session.add_all((named, Member(school_id=hill.id, group="student", number="7", given="Sam", family="Hill")))
        session.flush()
        for number, name in (("7", "Sam Hill"), ("8", "Lee Gone")):
            identity = Writer(name, "student", number).to_json()
            answers = '{"safe": "agree"}'
            session.add(
                Response(
                    key=number.encode() * 16, audience_id=named.id, language="en", answers=answers, identity=identity
                )
            )
        return hill.id


def as_(demo: Flask, name: str) -> FlaskClient:
    with demo.extensions["database"].reading() as session:
        return sign_in(demo.test_client(), session.scalars(select(Person.id).where(Person.name == name)).one())


def found(client: FlaskClient, words: str) -> list[str]:
    page = client.post("/protection/requests", data={"words": words}).text
    return re.findall(r'href="(/protection/requests/[^"]+)"', page)


def test_the_lengths_are_changed_on_the_page_and_stand_in_notice_and_record(demo: Flask, here: UUID) -> None:
    head = as_(demo, "Hana")
    assert head.post("/protection", data=LENGTHS | {"contact": "Ms Green"}).status_code == 303
    assert "24 months after the survey closes" in head.get("/privacy/young").text
    assert "Ms Green" in head.get("/privacy/adults").text
    record = head.get("/protection/record").text
    assert "24 months after the survey closes" in record
    assert "kept by name" in record
    assert head.post("/protection", data=LENGTHS | {"answers": "5"}).status_code == 422
    assert head.post("/protection", data=LENGTHS | {"answers": "x"}).status_code == 422
    with demo.extensions["database"].reading() as session:
        assert choices_of(session, here).periods["answers"] == 24


def test_the_notice_is_there_for_each_band_mode_and_language(demo: Flask, here: UUID) -> None:
    head = as_(demo, "Hana")
    pages = {
        (band, mode, language): head.get(f"/privacy/{band}?mode={mode}&lang={language}").text
        for band in ("children", "young", "adults")
        for mode in ("anonymous", "confidential", "named")
        for language in ("en", "cy", "pl", "ur")
    }
    assert len(set(pages.values())) == 36
    assert "Information Commissioner" not in pages["children", "anonymous", "en"]
    assert "cannot find them" in pages["young", "anonymous", "en"]
    assert "to have it deleted" in pages["young", "named", "en"]
    assert head.get("/privacy/babies").status_code == head.get("/privacy/young?mode=none").status_code == 404


def test_respondents_read_the_notice_of_their_own_survey(demo: Flask, here: UUID) -> None:
    with demo.extensions["database"].reading() as session:
        token = session.scalars(select(Audience.token).where(Audience.key != "named")).one()
    assert f"/s/{token}/notice" in demo.test_client().get(f"/s/{token}/who").text
    page = demo.test_client().get(f"/s/{token}/notice?lang=en").text
    assert "60 months after the survey closes" in page


def test_a_request_finds_whoever_a_link_leads_to_and_says_where_none_does(demo: Flask, here: UUID) -> None:
    office = as_(demo, "Ada")
    assert len(found(office, "sam")) == 1
    assert len(found(office, "carys")) == 1
    assert len(found(office, "gone")) == 1
    assert found(office, "nobody like that") == []
    page = office.post("/protection/requests", data={"words": "x"})
    assert (page.status_code, "Article 11" in page.text) == (422, True)


def test_the_office_sees_that_there_are_answers_by_name_and_the_head_what_they_are(demo: Flask, here: UUID) -> None:
    (address,) = found(as_(demo, "Ada"), "sam hill")
    assert "Agree" not in as_(demo, "Ada").get(address).text
    assert "Agree" in as_(demo, "Hana").get(address).text
    with demo.extensions["database"].reading() as session:
        assert [each.act for each in all_events(session)] == ["data request viewed"] * 2


def test_what_is_erased_is_gone_and_only_the_office_erases(demo: Flask, here: UUID) -> None:
    office = as_(demo, "Ada")
    (address,) = found(office, "sam hill")
    assert as_(demo, "Hana").post(f"{address}/erase", data={"sure": "yes"}).status_code == 404
    assert office.post(f"{address}/erase").status_code == 422
    assert office.post(f"{address}/erase", data={"sure": "yes"}).status_code == 303
    assert office.get(address).status_code == 404
    with demo.extensions["database"].reading() as session:
        assert session.scalars(select(Member)).all() == []
        assert session.scalars(select(Response.key)).all() == [b"8" * 16]


def test_somebody_off_the_roll_is_erased_by_their_answers(demo: Flask, here: UUID) -> None:
    office = as_(demo, "Ada")
    (address,) = found(office, "lee")
    office.post(f"{address}/erase", data={"sure": "yes"})
    with demo.extensions["database"].reading() as session:
        assert session.scalars(select(Response.key)).all() == [b"7" * 16]


def test_an_erased_governor_has_no_name_no_role_and_no_way_in(demo: Flask, here: UUID) -> None:
    office, carys = as_(demo, "Ada"), as_(demo, "Carys")
    (address,) = found(office, "carys")
    assert carys.get("/governors").status_code == 200
    office.post(f"{address}/erase", data={"sure": "yes"})
    assert carys.get("/governors").status_code == 302
    with demo.extensions["database"].reading() as session:
        assert sorted(session.scalars(select(Person.name))) == ["Ada", "Hana", "–"]
        ended = session.scalars(select(Membership.until).where(Membership.role == Role.GOVERNOR)).one()
        assert ended is not None


def test_another_school_finds_and_erases_nothing_here(demo: Flask, here: UUID) -> None:
    (address,) = found(as_(demo, "Ada"), "sam hill")
    with demo.extensions["database"].writing() as session:
        zoe = person(session, school(session, "Dale School"), "Zoe", Role.SCHOOL_ADMIN).id
    stranger = sign_in(demo.test_client(), zoe)
    assert found(stranger, "sam") == []
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/erase", data={"sure": "yes"}).status_code == 404
    for kind in ("roll", "role", "answers", "cats"):
        assert stranger.get(f"/protection/requests/{kind}/none").status_code == 404
