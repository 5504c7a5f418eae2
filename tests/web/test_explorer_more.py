"""Below a view of the explorer: crossings, files, notes, plans, who is missing, and what words mean."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from analysis.editions import build_edition
from analysis.sharing import share
from config import Settings
from stakeholder.models import School
from stakeholder.roles import Role
from surveys.loading import load_questionnaire
from surveys.models import Audience, Wave
from surveys.storing import store_documents
from surveys.waves import open_wave
from tests.databases import fresh_sqlite
from tests.makers import NOW, QUESTIONNAIRES, lead, person, school
from tests.services.test_editions import asked
from tests.web.respondents import database_of
from wsgi import create_app

SPLIT = "what=item:safe&audience=secondary&by=year&also=gender&wave=spring"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A school with two breakdowns, a wave with results and one without."""
    folder = tmp_path_factory.mktemp("explorer")
    address = fresh_sqlite(folder / "stakeholder.sqlite")
    made = create_app(Settings(data_dir=folder, database_url=str(address), demo=True, secret_key="for tests only"))
    made.testing, made.config["WTF_CSRF_ENABLED"] = True, False
    asking = load_questionnaire((QUESTIONNAIRES / "attacked.yaml").read_text("utf-8"), source="attacked")
    given = [
        {"safe": "agree" if at % 3 else "disagree", "year": f"y{7 + at % 2}", "gender": "girl" if at % 4 < 2 else "boy"}
        for at in range(240)
    ]
    with database_of(made).writing() as session:
        somewhere = school(session)
        audience = asked(session, somewhere, given, of=asking, invited=300)
        build_edition(session, audience.wave_id, now=NOW)
        share(session, lead(somewhere), "spring", {"researchers": NOW.date()}, now=NOW)
        open_wave(session, lead(somewhere), title="Summer", plans=(), now=NOW + timedelta(days=90))
        made.config["TOMOS"] = str(person(session, somewhere, "Tomos", Role.STUDENT_RESEARCHER).id)
        made.config["MEG"] = str(person(session, somewhere, "Meg", Role.STUDENT_RESEARCHER).id)
        made.config["DEV"] = str(person(session, somewhere, "Dev", Role.SURVEY_LEAD).id)
        made.config["CARYS"] = str(person(session, somewhere, "Carys", Role.GOVERNOR).id)
        other = school(session, "Other School")
        assert isinstance(other, School)
        made.config["STRANGER"] = str(person(session, other, "Stranger", Role.STUDENT_RESEARCHER).id)
    return made


def browser(app: Flask, name: str = "TOMOS") -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["person"] = app.config[name]
    return client


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_two_breakdowns_are_crossed_within_the_edition(app: Flask) -> None:
    page = words(browser(app).get(f"/explore?{SPLIT}").text)
    assert "Year 7, Girl" in page and "Year 8, Boy" in page
    assert "Year 9, Girl Hidden: too few to show safely" in page


def test_a_breakdown_is_not_crossed_with_itself(app: Flask) -> None:
    page = words(browser(app).get(f"/explore?{SPLIT.replace('also=gender', 'also=year')}").text)
    assert "Year 7, Year 7" not in page


def test_it_says_who_is_not_in_here_and_what_words_mean(app: Flask) -> None:
    page = words(browser(app).get(f"/explore?{SPLIT}").text)
    assert "80% of those asked answered" in page
    assert "People who did not say which group they belong to" in page
    assert "What do these words mean?" in page and "So few people are in the group" in page


def test_a_figure_file_has_its_title_and_source(app: Flask) -> None:
    answer = browser(app).get(f"/explore/figure.svg?{SPLIT}")
    drawing = ET.fromstring(answer.text.partition("\n")[2])
    said = " ".join(drawing.itertext())
    assert "I feel safe at school" in said and "Source: Stakeholder Voice" in said
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figure.svg"'


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_file_has_the_lines_of_the_page(app: Flask, ending: str) -> None:
    content = browser(app).get(f"/explore/table.{ending}?{SPLIT}").data
    if ending == "csv":
        text = content.decode("utf-8-sig")
    else:
        rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
        text = "\n".join(",".join(str(cell) for cell in row if cell is not None) for row in rows)
    assert "Year 7, Girl" in text and "Hidden: too few to show safely" in text and "Fewer than 10 people" in text


def test_notes_are_kept_with_the_view_and_only_their_writer_takes_them_away(app: Flask) -> None:
    view = dict(pair.split("=") for pair in SPLIT.split("&"))
    tomos, meg = browser(app), browser(app, "MEG")
    answer = tomos.post("/explore/notes", data=view | {"text": "Girls and boys <b>agree</b>."})
    assert answer.status_code == 302 and "also=gender" in answer.location
    assert "Girls and boys &lt;b&gt;agree&lt;/b&gt;." in meg.get(f"/explore?{SPLIT}").text
    assert "Girls and boys" not in meg.get(f"/explore?{SPLIT.replace('&also=gender', '')}").text
    found = re.search(r'action="(/explore/notes/[^"]+/remove)"', tomos.get(f"/explore?{SPLIT}").text)
    assert found and "/remove" not in meg.get(f"/explore?{SPLIT}").text
    assert meg.post(found.group(1), data=view).status_code == 404
    assert browser(app, "STRANGER").post(found.group(1), data=view).status_code == 404
    assert tomos.post(found.group(1), data=view).status_code == 302
    assert "Girls and boys" not in tomos.get(f"/explore?{SPLIT}").text


def test_a_comparison_is_planned_before_results_and_stays(app: Flask) -> None:
    tomos = browser(app)
    assert "Summer" in tomos.get("/explore/plans").text and "Spring" not in words(tomos.get("/explore/plans").text)
    assert tomos.post("/explore/plans", data={"wave": "summer", "text": "Year 7 and Year 8"}).status_code == 302
    assert "Year 7 and Year 8" in tomos.get("/explore/plans").text
    too_late = tomos.post("/explore/plans", data={"wave": "spring", "text": "Girls and boys"})
    assert too_late.status_code == 422 and "too late" in words(too_late.text)
    assert browser(app, "STRANGER").post("/explore/plans", data={"wave": "summer", "text": "x"}).status_code == 404


def report_of(app: Flask, title: str, name: str = "TOMOS") -> str:
    """The path of a new report with one view, that this person made."""
    fields = dict(pair.split("=") for pair in SPLIT.split("&"))
    answer = browser(app, name).post("/reports", data=fields | {"report": "", "title": title})
    assert answer.status_code == 303
    return str(answer.location)


def test_a_report_is_read_by_its_maker_and_those_who_run_surveys_alone(app: Flask) -> None:
    path = report_of(app, "Safety in Year 7")
    for name in ("TOMOS", "DEV"):
        page = words(browser(app, name).get(path).text)
        assert "Safety in Year 7" in page and "Year 7, Girl" in page
    assert [browser(app, name).get(path).status_code for name in ("MEG", "CARYS", "STRANGER")] == [404] * 3
    assert "Safety in Year 7" not in words(browser(app, "CARYS").get("/reports").text)


def test_a_report_is_shown_to_governors_from_a_day_until_another(app: Flask) -> None:
    path, dev = report_of(app, "For the board"), browser(app, "DEV")
    assert browser(app).post(f"{path}/sharing", data={"governors-from": "2026-01-01"}).status_code == 404
    assert dev.post(f"{path}/sharing", data={"governors-until": "2026-01-01"}).status_code == 422
    for begins, ends, status in (("2999-01-01", "", 404), ("2020-01-01", "2020-02-01", 404), ("2020-01-01", "", 200)):
        assert dev.post(f"{path}/sharing", data={"governors-from": begins, "governors-until": ends}).status_code == 303
        assert browser(app, "CARYS").get(path).status_code == status
    page = browser(app, "CARYS").get(path).text
    assert "Year 7, Girl" in words(page) and "Take out" not in page
    assert browser(app, "CARYS").get(f"{path}/differences").status_code == 404
    assert browser(app, "MEG").get(path).status_code == 404


def test_a_single_view_is_shown_by_a_link_that_ends(app: Flask) -> None:
    path, dev = report_of(app, "One figure"), browser(app, "DEV")
    late = {"governors-from": "2999-01-01", "families-from": "2020-01-01"}
    assert "Let governors see it first" in words(dev.post(f"{path}/sharing", data=late).text)
    dev.post(f"{path}/sharing", data={"families-from": "2020-01-01"})
    found = re.search(r'href="[^"]*(/shown/[\w-]+)"', dev.get(path).text)
    assert found
    answer = app.test_client().get(found[1])
    assert "Year 7, Girl" in words(answer.text) and answer.headers["X-Robots-Tag"] == "noindex"
    assert "Tomos" not in answer.text
    dev.post(f"{path}/sharing", data={})
    assert app.test_client().get(found[1]).status_code == 404


def test_a_report_keeps_its_numbers_until_it_is_brought_up_to_date(app: Flask) -> None:
    path, here = report_of(app, "Kept"), browser(app)
    assert "The report has the newest numbers" in words(here.get(f"{path}/differences").text)
    before = words(here.get(path).text)
    with database_of(app).writing() as session:
        wave = session.scalars(select(Wave).where(Wave.key == "spring")).one()
        audience = session.scalars(select(Audience).where(Audience.wave_id == wave.id)).one()
        asking = load_questionnaire((QUESTIONNAIRES / "attacked.yaml").read_text("utf-8"), source="attacked")
        more = {"safe": "strongly_disagree", "year": "y7", "gender": "girl"}
        list(store_documents(session, audience.id, asking, [("en", more)] * 60))
        build_edition(session, wave.id, now=NOW)
    assert words(here.get(path).text) == before
    changes = words(here.get(f"{path}/differences").text)
    assert "Spring was counted again" in changes and "Year 7, Girl Favourable" in changes
    assert here.post(f"{path}/differences").status_code == 303
    assert words(here.get(path).text) != before
    assert "The report has the newest numbers" in words(here.get(f"{path}/differences").text)


def test_views_of_a_report_are_put_in_order_and_taken_out(app: Flask) -> None:
    path, here = report_of(app, "In order"), browser(app)
    report = path.rpartition("/")[2]
    here.post(
        "/reports", data={"report": report, "what": "item:safe", "audience": "secondary", "by": "", "wave": "spring"}
    )
    keys = re.findall(rf"{path}/items/(\w+)", here.get(path).text)
    here.post(f"{path}/items/{keys[1]}", data={"do": "raise"})
    assert re.findall(rf"{path}/items/(\w+)", here.get(path).text) == keys[::-1]
    here.post(f"{path}/items/{keys[0]}", data={"do": "remove"})
    assert re.findall(rf"{path}/items/(\w+)", here.get(path).text) == keys[1:]
    assert browser(app, "MEG").post(f"{path}/remove").status_code == 404
    assert here.post(f"{path}/remove").status_code == 303
    assert here.get(path).status_code == 404
