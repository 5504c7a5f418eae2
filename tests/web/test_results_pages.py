"""Results pages of the example school, as their readers get them; and what nobody gets."""

import gzip
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from analysis.example.building import build_example_school
from config import Settings
from stakeholder.models import Person
from surveys.models import Audience, Wave
from tests.databases import fresh_sqlite
from tests.makers import person, school
from tests.web.respondents import database_of
from wsgi import create_app

Reader = Callable[[str], FlaskClient]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The example school in demo mode."""
    folder = tmp_path_factory.mktemp("example")
    address = fresh_sqlite(folder / "stakeholder.sqlite")
    app = create_app(Settings(data_dir=folder, database_url=str(address), demo=True, secret_key="for tests only"))
    app.testing = True
    build_example_school(database_of(app), progress=lambda _words, _done, _total: None)
    yield app
    database_of(app).dispose()


@pytest.fixture
def reader(example: Flask) -> Reader:
    """A browser in which someone of the school has signed in."""

    def sign_in(name: str) -> FlaskClient:
        with database_of(example).reading() as session:
            found = session.scalars(select(Person).where(Person.name == name)).one().id
        client = example.test_client()
        with client.session_transaction() as cookie:
            cookie["person"] = str(found)
        return client

    return sign_in


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_the_governor_reads_a_finding_tiles_figures_promises_and_questions(reader: Reader) -> None:
    page = reader("Maya Osei").get("/governors").text
    assert re.search(r"Students are happier about .+, and less happy about .+\.", words(page))
    assert len(re.findall(r'class="tile-number"', page)) == 4
    assert page.count("<svg") >= 3
    assert "You said, we did" in words(page)
    assert "Staff stand at five busy points" in words(page)
    assert "Questions to ask" in words(page)
    assert "You never see fewer than 10 people." in words(page)


def test_every_figure_has_a_table_with_the_same_numbers(reader: Reader) -> None:
    page = reader("Maya Osei").get("/governors").text
    assert page.count('class="figure-table"') == page.count('<section class="card figure-card">') >= 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("what=item:wel_safety&audience=secondary&by=year&wave=spring-2026", "Year 9"),
        ("what=item:wel_safety&audience=secondary&by=wave", "Spring 2024"),
        ("what=item:wel_safety&audience=secondary&by=group&wave=spring-2026", "Staff"),
        ("what=score:achievement&audience=secondary&by=year&wave=spring-2026", "Year 11"),
        ("what=item:wel_safety&audience=secondary&by=gender&wave=spring-2026", "Too few answers for a figure"),
        ("what=item:wel_safety&audience=primary&by=gender&wave=spring-2026", "too few to show safely"),
        ("what=nonsense&audience=nobody&by=nothing&wave=never", "The same numbers as a table"),
        ("", "The same numbers as a table"),
    ],
)
def test_a_researcher_looks_at_one_chart_at_a_time(reader: Reader, asked: str, said: str) -> None:
    answer = reader("Tomos Rees").get(f"/explore?{asked}")
    assert answer.status_code == 200
    assert said in words(answer.text)


def test_the_chart_and_its_table_say_the_same(reader: Reader) -> None:
    asked = "what=item:wel_safety&audience=secondary&by=year&wave=spring-2026"
    table = words(reader("Tomos Rees").get(f"/explore?{asked}").text)
    drawn = reader("Tomos Rees").get(f"/explore/figure.json?{asked}").get_json()["data"][0]
    shares = [round(float(share)) for share in drawn["x"]]
    assert len(shares) == 5
    for share in shares:
        assert f"{share}% (" in table


def test_hidden_groups_are_in_no_chart(reader: Reader) -> None:
    asked = "what=item:wel_safety&audience=secondary&by=gender&wave=spring-2026"
    drawn = reader("Tomos Rees").get(f"/explore/figure.json?{asked}").get_json()
    assert len([share for trace in drawn["data"] for share in trace["x"] if share is not None]) == 2


def test_a_researcher_gets_no_page_of_others(reader: Reader) -> None:
    client = reader("Tomos Rees")
    assert [client.get(path).status_code for path in ("/governors", "/jobs", "/style")] == [404, 404, 404]


def test_someone_of_another_school_sees_nothing_of_this_one(example: Flask) -> None:
    with database_of(example).writing() as session:
        from stakeholder.roles import Role

        stranger = person(session, school(session, "Another School"), "Stranger", Role.HEAD).id
    client = example.test_client()
    with client.session_transaction() as cookie:
        cookie["person"] = str(stranger)
    for path in ("/governors", "/explore?wave=spring-2026", "/jobs"):
        assert "Larkmere" not in client.get(path).text
        assert "744" not in client.get(path).text


def test_the_chart_script_comes_from_this_server_compressed_and_is_kept(reader: Reader) -> None:
    page = reader("Tomos Rees").get("/explore").text
    address = re.search(r'src="(/explore/plotly-[^"]+\.js)"', page)
    assert address
    with reader("Tomos Rees").get(address[1], headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert b"plotly" in gzip.decompress(answer.data)[:5000].lower()
    assert "//cdn" not in page


def test_a_demo_start_page_names_people_and_open_surveys(example: Flask) -> None:
    page = example.test_client().get("/").text
    assert {"Maya Osei", "Tomos Rees", "Ann Hartley", "Dev Malik", "Grace Lindqvist"} <= set(
        re.findall(r"(?:Maya|Tomos|Ann|Dev|Grace) \w+", words(page))
    )
    assert len(set(re.findall(r'href="(?:http://[^/"]+)?/s/[\w-]+"', page))) == 6


def test_no_results_page_asks_for_answers(example: Flask, reader: Reader) -> None:
    """Pages read editions; what is stored as answers may change or vanish without touching them."""
    before = words(reader("Maya Osei").get("/governors").text)
    with database_of(example).writing() as session:
        wave = session.scalars(select(Wave.id).where(Wave.key == "spring-2026")).one()
        session.execute(update(Audience).where(Audience.wave_id == wave).values(invited=1))
    assert words(reader("Maya Osei").get("/governors").text) == before
