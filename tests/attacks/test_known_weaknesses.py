"""Weaknesses that survey tools and their libraries really had, tried against this one; one test each.

Numbers are of the public list of vulnerabilities, where one is certain.
"""

import ast
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from stakeholder.first_run import set_up_code
from stakeholder.models import Membership, School
from stakeholder.roles import Role
from stakeholder.spreadsheets import harmless
from surveys.models import Audience
from tests.makers import open_audience, person, school
from tests.web.respondents import ballots
from tests.whole.test_access import sign_in
from wsgi import create_app

ROOT = Path(__file__).parent.parent.parent
CODE = [path for name in ("stakeholder", "surveys", "analysis") for path in (ROOT / name).rglob("*.py")]
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def demo(settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def everyone(demo: Flask) -> FlaskClient:
    """Somebody with every role but the office's, so that nothing is refused for want of a permission."""
    with demo.extensions["database"].writing() as session:
        here = school(session)
        someone = person(session, here, "Dev", Role.HEAD)
        session.add_all(
            Membership(person_id=someone.id, school_id=here.id, role=role) for role in set(Role) - {Role.HEAD}
        )
        open_audience(session, here)
    return sign_in(demo.test_client(), someone.id)


def calls(name: str) -> list[str]:
    """Files in which something of this name is called or imported."""
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            words = {getattr(called, "id", ""), getattr(called, "attr", "")}
            if isinstance(node, ast.Import | ast.ImportFrom):
                words |= {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
            if name in words:
                found.append(str(path.relative_to(ROOT)))
    return sorted(set(found))


def test_the_installer_does_nothing_once_somebody_has_a_role(app: Flask) -> None:
    """CVE-2018-7556: the installer of a survey tool could be run again on a live installation."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.extensions["database"].writing() as session:
        person(session, school(session), "Carys", Role.GOVERNOR)
    form = {
        "code": set_up_code(app.extensions["installation"].data_dir),
        "school": "x",
        "name": "x",
        "email": "x@x.example",
    }
    assert app.test_client().get("/set-up").status_code == 404
    assert app.test_client().post("/set-up", data=form).status_code == 404
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(School.name)).all() == ["Hill School"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../config.py",
        "/static/..%2f..%2fconfig.py",
        "/static/css/..\\..\\..\\..\\config.py",
        "/results/files/..%2f..%2f..%2fconfig.csv",
        "/governors/report/..%2f..%2fx.pdf",
        "/api/v1/waves/..%2f..%2fx/results",
        "//etc/passwd",
        "/static/%2e%2e/%2e%2e/wsgi.py",
    ],
)
def test_no_address_reads_a_file_of_the_server(everyone: FlaskClient, path: str) -> None:
    """CVE-2019-9960, CVE-2020-11455: exports and file managers that gave out any file of the server."""
    answer = everyone.get(path)
    assert answer.status_code in {302, 308, 400, 404}
    assert "create_app" not in answer.text


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1"])
def test_no_cell_that_somebody_wrote_is_a_formula_in_a_spreadsheet(cell: str) -> None:
    """CVE-2019-16184: answers that ran as formulas in the administrator's spreadsheet."""
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell)])
    (back,) = next(csv.reader(io.StringIO(written.getvalue(), newline="")))
    assert back.lstrip()[:1] == "'"


def test_nothing_that_was_sent_is_ever_made_into_objects_or_run() -> None:
    """CVE-2018-17057 and its kind: objects made of an uploaded file, authors' expressions evaluated."""
    names = ("pickle", "marshal", "shelve", "eval", "exec", "unsafe_load", "render_template_string")
    for name in names:
        assert calls(name) == [], name
    careless = re.compile(r"yaml\.load\((?![^)]*Loader)")
    yaml_readers = [path for path in CODE if careless.search(path.read_text(encoding="utf-8"))]
    assert yaml_readers == []


def test_no_upload_becomes_code_or_a_file_that_is_served(everyone: FlaskClient) -> None:
    """CVE-2021-44967: a plugin's archive that put a program onto the server."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("config.xml", "<metadata/>")
        archive.writestr("../../../stakeholder/static/shell.py", "print('here')")
    before = set((ROOT / "stakeholder" / "static").rglob("*"))
    for path, field in (("/roll", "file"), ("/comments/names", "file")):
        for name in ("plugin.zip", "shell.php", "x.xlsx", "x.csv"):
            packed.seek(0)
            sent = {field: (io.BytesIO(packed.getvalue()), name), "group": "student"}
            answer = everyone.post(path, data=sent, content_type="multipart/form-data")
            assert answer.status_code < 500, (path, name)
    assert set((ROOT / "stakeholder" / "static").rglob("*")) == before


def test_names_that_people_give_things_are_shown_and_never_run(demo: Flask, everyone: FlaskClient) -> None:
    """Stored scripts in titles of surveys, label sets, groups and participants: the commonest of all."""
    with demo.extensions["database"].writing() as session:
        session.scalars(select(School)).one().name = SCRIPT
        token = session.scalars(select(Audience.token)).one()
    everyone.post("/people", data={"name": SCRIPT, "email": "x@x.example", "role": "governor"})
    everyone.post("/keys", data={"name": SCRIPT, "for": "roll", "days": "3"})
    everyone.post("/questionnaires/new", data={"title": SCRIPT, "group": "student"})
    pages = ("/people", "/keys", "/questionnaires", "/waves", "/protection/record", f"/s/{token}", f"/s/{token}/notice")
    for path in pages:
        assert "<script>alert" not in everyone.get(path).text, path
        assert "<img src=x" not in everyone.get(path).text, path
    assert "&lt;script&gt;" in everyone.get("/people").text


def test_a_search_is_data_and_no_statement(everyone: FlaskClient) -> None:
    """Injected statements in searches and sorted lists of participants."""
    for words in ("' OR '1'='1", "%", "_", "\\", "x'; DROP TABLE member; --", "\x00"):
        answer = everyone.post("/protection/requests", data={"words": words + "  zz"})
        assert answer.status_code in {200, 422}
        assert "See what is held" not in answer.text


def test_no_statement_is_put_together_from_what_was_sent() -> None:
    """The same, for the whole code: text of SQL with values in it stands nowhere but where roles are granted."""
    made = [
        str(path.relative_to(ROOT))
        for path in CODE
        if "migrations" not in path.parts
        and re.search(r"(?<![\w.])text\(\s*f|exec_driver_sql\(\s*f[\"']", path.read_text(encoding="utf-8"))
    ]
    assert made == []


def test_an_answer_document_cannot_name_its_own_writer_or_wave(demo: Flask) -> None:
    """Mass assignment: fields of a submission that set whose it is, or that a comment is harmless."""
    with demo.extensions["database"].writing() as session:
        token = open_audience(session, school(session)).token
    body = {
        "submission_key": "0123456789abcdef0123456789abcdef",
        "language": "en",
        "answers": {"safe": "agree"},
        "identity": "00",
        "audience_id": "x",
    }
    answer = demo.test_client().put(f"/s/{token}/answers", json=body)
    assert answer.status_code in {200, 201, 400, 422}
    assert all("identity" not in each for each in ballots(demo))


def test_redirects_lead_to_pages_of_ours_only(everyone: FlaskClient) -> None:
    """Open redirects after signing in, used to send people to a copy of the sign-in page."""
    places = ("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\r\nX: y")
    for place in places:
        answer = everyone.get("/proof", query_string={"after": place})
        assert "evil.example" not in answer.headers.get("Location", "").split("?")[0]
