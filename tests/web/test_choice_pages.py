"""Pages, files and answers about questions of every kind: what has no good side is shown beside what has."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis.editions import build_edition
from config import Settings
from stakeholder.roles import Role
from surveys.answers import check_document
from surveys.loading import load_questionnaire
from tests.databases import fresh_sqlite
from tests.makers import NOW, person, school
from tests.services.test_counting_every_kind import GIVEN, every_kind, every_kind_yaml
from tests.services.test_editions import asked
from tests.web.respondents import database_of
from wsgi import create_app

SCALES = """scales:
  - {key: pace, title: A good pace, items: [lessons_are.pace, lessons_are.interest], minimum_answered: 1}
breakdowns: [way_to_school]
"""
OTHER = GIVEN | {
    "what_matters": ["food", "quiet"],
    "share_money": {"library": 20, "sport": 80},
    "clubs": ["none"],
    "way_to_school": "bus",
    "sleep": 5,
    "play_with": "music",
    "lessons_are": {"pace": "p2"},
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A school that asked every kind of question."""
    folder = tmp_path_factory.mktemp("kinds")
    address = fresh_sqlite(folder / "stakeholder.sqlite")
    made = create_app(Settings(data_dir=folder, database_url=str(address), demo=True, secret_key="for tests only"))
    made.testing = True
    asking = load_questionnaire(every_kind_yaml() + SCALES, source="every kind")
    documents = [check_document(asking, given)[0] for given in [GIVEN] * 60 + [OTHER] * 45]
    with database_of(made).writing() as session:
        somewhere = school(session)
        audience = asked(session, somewhere, documents, of=asking)
        build_edition(session, audience.wave_id, now=NOW)
        made.config["READER"] = str(person(session, somewhere, "Maya", Role.SURVEY_LEAD).id)
    yield made
    database_of(made).dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    reader = app.test_client()
    with reader.session_transaction() as cookie:
        cookie["person"] = app.config["READER"]
    return reader


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_every_choice_has_a_figure_and_a_table_on_the_statements_page(client: FlaskClient) -> None:
    page = client.get("/results/statements").text
    for said in (
        "What do you like best at break?",
        "Which clubs have you been to this term?",
        "If you had 100 pounds for our school",
        "Which matter most to you at break?",
        "How many hours did you sleep last night?",
        "When did your child join this school?",
        "May we quote what you write?",
        "A good pace",
    ):
        assert said in words(page), said
    assert page.count('class="figure-table"') == page.count('<section class="card figure-card')
    assert "By boat" not in page


def test_every_subject_can_be_explored_split_and_drawn(client: FlaskClient) -> None:
    page = client.get("/explore").text
    subjects = re.findall(r'<option value="((?:choice|scale):[^"]+)"', page)
    assert len(subjects) > 12
    for subject in subjects:
        for by in ("", "way_to_school"):
            seen = client.get("/explore", query_string={"what": subject, "by": by})
            assert seen.status_code == 200
            drawn = client.get("/explore/figure.json", query_string={"what": subject, "by": by}).get_json()
            assert drawn["data"], subject


def test_an_option_is_compared_between_groups_and_a_scale_tells_its_range(client: FlaskClient) -> None:
    sport = words(client.get("/explore?what=choice:clubs.sport&by=way_to_school").text)
    assert "unlikely to be chance" in sport
    assert "nearly all" in sport
    scale = words(client.get("/explore?what=scale:scale:pace&by=way_to_school").text)
    assert "on 1 to 5" in scale


def test_files_and_the_interface_for_programs_hold_choices_and_scales(client: FlaskClient) -> None:
    found = client.get("/api/v1/waves/spring/results").get_json()["results"]
    kinds = {row["kind"] for row in found}
    assert {"choice", "scale", "item", "response"} <= kinds
    (library,) = [row for row in found if row["subject"] == "share_money.library" and "breakdown_1" not in row][:1]
    assert (library["question"], library["figures"]) == ("share_money", "mean=66")


def test_governors_see_what_people_chose(client: FlaskClient) -> None:
    assert "could choose several" in words(client.get("/governors").text) or "how many in 100" in words(
        client.get("/governors").text
    )


def test_the_board_pack_tells_choices(client: FlaskClient) -> None:
    assert client.get("/governors/report/spring.docx").status_code == 200


def test_the_questionnaire_asks_every_kind() -> None:
    assert {"choice", "choices", "ranking", "allocation", "number", "date", "consent"} <= {
        question.type for question in every_kind().questions
    }
