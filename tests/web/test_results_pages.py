"""Results pages of the example school, as their readers get them; and what nobody gets."""

import gzip
import re
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from config import Settings
from stakeholder.models import Person
from surveys.models import Audience, Wave
from tests.databases import sqlite_address
from tests.examples import example_in
from tests.makers import person, school
from tests.web.respondents import database_of
from wsgi import create_app

Reader = Callable[[str], FlaskClient]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The example school in demo mode."""
    folder = tmp_path_factory.mktemp("example")
    address = sqlite_address(example_in(folder, tmp_path_factory))
    app = create_app(Settings(data_dir=folder, database_url=str(address), demo=True, secret_key="for tests only"))
    app.testing = True
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
    assert re.search(r"\d+ more themes came up less often\.", words(page))
    assert page.count("<svg") >= 3
    assert "You said, we did" in words(page)
    assert "Staff stand at five busy points" in words(page)
    assert "Questions to ask" in words(page)
    assert "You never see fewer than 10 people, and every number may be off by up to two." in words(page)


def test_every_figure_has_a_table_with_the_same_numbers(reader: Reader) -> None:
    page = reader("Maya Osei").get("/governors").text
    assert page.count('class="figure-table"') == page.count('<section class="card figure-card') >= 3


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


SIDES = ("dimensions", "groups", "statements", "time", "together", "shown")


@pytest.mark.parametrize("side", SIDES)
def test_results_can_be_looked_at_from_every_side(reader: Reader, side: str) -> None:
    page = reader("Tomos Rees").get(f"/results/{side}").text
    assert page.count("<h1>") == 1
    assert "every number may be off by up to two" in words(page)
    assert 'aria-current="page">' in page


def test_groups_that_differ_clearly_are_named_with_their_range(reader: Reader) -> None:
    page = words(reader("Ann Hartley").get("/results/groups?audience=secondary&by=year").text)
    assert re.search(r"are higher than Year \d+, by \d+ points \(likely \d+ to \d+\)", page)
    assert "Year 9" in page


def test_nothing_that_goes_together_is_called_a_cause(reader: Reader) -> None:
    page = words(reader("Ann Hartley").get("/results/together?audience=secondary&subject=wel_happiness").text)
    assert "It does not say that one brings about the other" in page
    assert not re.search(r"\b(because|cause|leads? to|effect)\b", page)


def test_a_nonsense_choice_shows_something_sensible(reader: Reader) -> None:
    answer = reader("Ann Hartley").get("/results/groups?wave=none&audience=nobody&by=nothing&subject=x")
    assert answer.status_code == 200
    assert "<svg" in answer.text


def test_the_question_bank_shows_what_came_of_a_statement_where_that_may_be_shown(
    example: Flask, reader: Reader
) -> None:
    dev = reader("Dev Malik")
    example.config["WTF_CSRF_ENABLED"] = False
    home = dev.post("/questionnaires/new", data={"title": "A look", "audience": "secondary"}).location
    page = words(dev.get(f"{home}/bank?words=safe&audience=secondary").text)
    assert re.search(r"(Autumn|Spring) 20\d\d, Students: \d+% favourable", page)


def test_what_cannot_be_shown_is_counted_and_explained(reader: Reader) -> None:
    page = words(reader("Maya Osei").get("/results/shown").text)
    assert "Too few to show safely" in page
    assert re.search(r"a change of \d+ points or more in a share would be found four times in five", page)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "sav"])
def test_results_can_be_taken_away_as_files(reader: Reader, ending: str) -> None:
    answer = reader("Maya Osei").get(f"/results/files/spring-2026.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="spring-2026.{ending}"'
    assert len(answer.data) > 10_000


def test_other_programs_get_what_the_pages_show_and_what_it_means(reader: Reader) -> None:
    client = reader("Maya Osei")
    waves = client.get("/api/v1/waves").json["waves"]
    assert [each["key"] for each in waves] == ["spring-2024", "spring-2025", "spring-2026"]
    results = client.get("/api/v1/waves/spring-2026/results").json["results"]
    hidden = [row for row in results if row["status"] == "hidden"]
    assert hidden
    assert not any("people" in row for row in hidden)
    described = client.get("/api/v1/openapi.json").json
    assert {"/api/v1/waves", "/api/v1/waves/{wave}/results"} <= set(described["paths"])


def test_colluding_roles_and_exports_see_one_list(reader: Reader) -> None:
    """Whoever may see figures gets the same cells: sharing notes, or an export, adds nothing."""
    people = ("Maya Osei", "Tomos Rees", "Dev Malik", "Grace Lindqvist")
    lists = [reader(name).get("/api/v1/waves/spring-2026/results").json["results"] for name in people]
    assert all(each == lists[0] for each in lists)


@pytest.mark.parametrize(("ending", "starts"), [("pdf", b"%PDF"), ("docx", b"PK"), ("pptx", b"PK")])
def test_the_board_pack_is_a_file_of_each_kind(reader: Reader, ending: str, starts: bytes) -> None:
    answer = reader("Maya Osei").get(f"/governors/report/spring-2026.{ending}")
    assert answer.status_code == 200
    assert answer.data.startswith(starts)
    assert len(answer.data) < 400_000


def test_the_board_pack_is_tagged_and_describes_every_picture(reader: Reader) -> None:
    answer = reader("Maya Osei").get("/governors/report/spring-2026.pdf")
    with pikepdf.open(BytesIO(answer.data)) as pack:
        assert pack.Root.MarkInfo.Marked
        assert str(pack.Root.Lang) == "en"
        assert "Larkmere School" in str(pack.docinfo.Title)
        with pack.open_metadata() as about:
            assert about.get("pdfuaid:part") == "1"
        elements = [each for each in pack.objects if isinstance(each, pikepdf.Dictionary)]
        figures = [each for each in elements if each.get("/S") == "/Figure"]
        assert len(figures) >= 6
        assert all(len(str(each.Alt)) > 40 for each in figures)


def test_a_student_researcher_gets_no_board_pack(reader: Reader) -> None:
    assert reader("Tomos Rees").get("/governors/report/spring-2026.pdf").status_code == 404


def test_the_page_says_who_is_missing(reader: Reader) -> None:
    page = words(reader("Maya Osei").get("/governors").text)
    assert re.search(r"Of these groups the fewest answered: Parents and carers, .+?: \d+% \(\d+ of \d+\)", page)


def test_the_poster_tells_what_was_said_and_done(reader: Reader) -> None:
    page = words(reader("Maya Osei").get("/governors/said-and-done").text)
    assert "You said, we did" in page and "Staff stand at five busy points" in page and "We look again: " in page
    assert reader("Tomos Rees").get("/governors/said-and-done").status_code == 404


def test_decisions_stand_on_the_time_line(reader: Reader) -> None:
    page = words(reader("Dev Malik").get("/results/time").text)
    assert "Dotted lines: what was done." in page and "Staff stand at five busy points" in page


def families_link(client: FlaskClient) -> str:
    """The path of the page for families of the newest wave, as its lead finds it."""
    found = re.search(r'href="[^"]*(/heard/[\w-]+)"', client.get("/waves/spring-2026/sharing").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("What we heard", "Going well", "I feel safe in and around this school.", "Preparation for the future")),
        ("cy", ("Yr hyn a glywsom", "Disgyblion")),
        ("pl", ("Co usłyszeliśmy", "Uczniowie")),
        ("ur", ("ہم نے کیا سنا", 'dir="rtl"')),
    ],
)
def test_families_read_one_page_in_their_language_without_signing_in(
    example: Flask, reader: Reader, language: str, said: tuple[str, ...]
) -> None:
    answer = example.test_client().get(f"{families_link(reader('Dev Malik'))}?lang={language}")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    page = unescape(answer.text)
    assert [each for each in said if each not in page] == []
    assert "Maya" not in page


def test_the_page_for_families_ends_when_it_is_taken_back(example: Flask, reader: Reader) -> None:
    example.config["WTF_CSRF_ENABLED"] = False
    dev = reader("Dev Malik")
    link = families_link(dev)
    kept = {"governors": "2026-04-02", "researchers": "2026-04-02"}
    assert dev.post("/waves/spring-2026/sharing", data={**kept, "families": "soon"}).status_code == 422
    assert dev.post("/waves/spring-2026/sharing", data={**kept, "families": ""}).status_code == 303
    assert example.test_client().get(link).status_code == 404
    assert reader("Maya Osei").get("/waves/spring-2026/sharing").status_code == 404
    dev.post("/waves/spring-2026/sharing", data={**kept, "families": "2026-04-02"})
    assert example.test_client().get(link).status_code == 404
    assert example.test_client().get(families_link(dev)).status_code == 200
