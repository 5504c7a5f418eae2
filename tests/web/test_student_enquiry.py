"""Students ask, find out, ask for something and get an answer, each step by its own people; and what nobody gets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.concerns.models import Concern
from analysis.sharing import share
from config import Settings
from stakeholder.roles import Role
from tests.makers import NOW, lead, school
from tests.services.test_editions import counted, people
from tests.web.enquiring import Cast
from tests.web.respondents import database_of
from wsgi import create_app

CLAUSES = [str(number) for number in range(8)]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    application = create_app(replace(settings, demo=True))
    application.config["WTF_CSRF_ENABLED"] = False
    yield application
    database_of(application).dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Hill School with a counted wave that its researchers may see, and people of Valley School."""
    with database_of(app).writing() as session:
        hill, valley = school(session), school(session, "Valley School")
        counted(session, hill, people(42, safe="agree") + people(21, safe="disagree"))
        share(session, lead(hill), "spring", {"researchers": date(2000, 1, 1)}, now=NOW)
    found = Cast(app)
    found.add(
        hill,
        Huw=Role.MENTOR,
        Tomos=Role.STUDENT_RESEARCHER,
        Beti=Role.STUDENT_RESEARCHER,
        Ann=Role.HEAD,
        Maya=Role.GOVERNOR,
        Grace=Role.SAFEGUARDING_LEAD,
    )
    found.add(valley, Zoe=Role.HEAD)
    return found


@pytest.fixture
def project(cast: Cast) -> Cast:
    """A project that Huw has begun, with Tomos and Maya in it."""
    cast.begins("Huw", "student_research", "The lunch queue")
    cast.names("Huw", Tomos="researcher", Maya="listener")
    return cast


def to_the_plan(project: Cast) -> None:
    project.writes("Tomos", "cards", card="fair")
    project.writes("Tomos", "rules", "We vote.")
    project.closes("Huw", "team")
    project.writes("Tomos", "question_ideas", "How is the lunch queue for you?")
    project.writes("Tomos", "chosen_question", "How is the lunch queue for you?")
    project.closes("Huw", "question")


def to_the_field(project: Cast) -> None:
    to_the_plan(project)
    project.writes("Tomos", "method", "We ask 20 in each year.", heading="interviews")
    project.writes("Tomos", "comparisons", "Younger and older. We expect no gap.")
    project.writes("Tomos", "ethics", "Tomos", clause=CLAUSES)
    project.writes("Huw", "ethics", "Huw", clause=CLAUSES)
    project.closes("Huw", "plan")
    project.writes("Tomos", "pilot_notes", "They did not know the word.")
    project.closes("Huw", "pilot")


def test_a_team_walks_from_its_question_to_a_written_answer_and_back(project: Cast) -> None:
    to_the_field(project)
    project.does("Tomos", "evidence/results/cite", wave="spring", what="item:safe:secondary", caption="Most feel safe.")
    note = project.writes("Tomos", "interviews", "The queue eats up our break.", heading="interview")
    project.writes("Tomos", "counts", "Monday, hall", **{"count-often": "12", "count-not_seen": "3"})
    project.closes("Huw", "fieldwork")
    claim = project.writes("Tomos", "claims", "The queue takes too long.")
    (result,) = project.evidence("results")
    project.does("Tomos", f"claims/{claim}", note=note, against="no")
    project.does("Tomos", f"claims/{claim}", evidence=result, against="yes")
    project.closes("Huw", "findings")
    wish = project.writes("Tomos", "recommendations", "A second till.")
    project.writes("Huw", "presented", "To leaders and governors in May.")
    project.closes("Huw", "wishes")
    assert "Not answered yet" in project.sees("Tomos")
    assert project.sends("Huw", "close/answer").status_code == 422
    project.writes("Ann", "answers", "It opens in January.", about=wish, heading="agreed")
    shown = project.sees("Tomos")
    assert "It opens in January." in shown
    project.closes("Ann", "answer")
    project.writes("Tomos", "what_became", "The till is there.")
    project.closes("Huw", "look_back")
    project.writes("Tomos", "next_question", "How is the bus for you?")
    project.closes("Huw", "next")
    report = project.sees("Maya", "/report")
    for words in ("The queue takes too long.", "The queue eats up our break.", "67% (42)", "It opens in January."):
        assert words in report
    assert "Speaks against it" in report
    assert "Tomos" not in report.partition("<main")[2]


def test_a_plan_is_locked_before_results_and_needs_the_mentors_signature(project: Cast) -> None:
    to_the_plan(project)
    project.writes("Tomos", "method", "We ask.", heading="interviews")
    project.writes("Tomos", "comparisons", "No gap.")
    missing = project.sends("Tomos", "write/ethics", text="Tomos", clause=CLAUSES[:3])
    assert missing.status_code == 422
    assert "Tick every line" in missing.text
    project.writes("Tomos", "ethics", "Tomos", clause=CLAUSES)
    refused = project.sends("Huw", "close/plan")
    assert refused.status_code == 422
    assert "Doing no harm" in refused.text
    project.writes("Huw", "ethics", "Huw", clause=CLAUSES)
    project.closes("Huw", "plan")
    assert project.sends("Tomos", "write/comparisons", text="A gap, after all.").status_code == 404


def test_the_question_builder_says_what_to_think_about_and_takes_names_out(project: Cast) -> None:
    project.writes("Tomos", "cards", card="fair")
    project.writes("Tomos", "rules", "We vote.")
    project.closes("Huw", "team")
    project.writes("Tomos", "question_ideas", "Don't you think that Mr Smith is great?")
    shown = project.sees("Tomos")
    assert "It leads to an answer." in shown
    assert "Smith" not in shown
    project.writes("Tomos", "question_ideas", "{{ odd }} {braces} and 100% of it?")


def test_researchers_cite_only_what_all_students_said_in_waves_they_may_see(project: Cast, app: Flask) -> None:
    project.writes("Tomos", "cards", card="fair")
    project.writes("Tomos", "rules", "We vote.")
    project.closes("Huw", "team")
    offered = project.sees("Tomos", "/evidence/known_already")
    assert "item:safe:secondary" in offered
    for wave, what in (("spring", "item:safe:staff"), ("autumn", "item:safe:secondary"), ("spring", "nonsense")):
        answer = project.sends("Tomos", "evidence/known_already/cite", wave=wave, what=what)
        assert answer.status_code == 422, (wave, what)
    assert project.sends("Tomos", "evidence/known_already/bring", value="94%", source="office").status_code == 404


def test_interview_notes_stay_with_the_team(project: Cast) -> None:
    to_the_field(project)
    project.writes("Tomos", "interviews", "The queue eats up our break.", heading="interview")
    assert "eats up our break" in project.sees("Huw")
    assert "eats up our break" not in project.sees("Maya")
    assert project.sends("Maya", "write/interviews", text="Hello", heading="interview").status_code == 404


def test_nobody_who_was_not_named_gets_in_and_no_other_school(project: Cast) -> None:
    for name in ("Beti", "Zoe", "Grace"):
        answer = project.browsers[name].get(f"/enquiries/{project.enquiry}")
        assert answer.status_code == 404, name
        assert "lunch queue" not in project.browsers[name].get("/enquiries").text
    assert "lunch queue" in project.sees("Ann")
    assert project.sends("Zoe", "write/rules", text="Hello").status_code == 404


def test_a_worry_reaches_the_safeguarding_lead_in_two_clicks_and_nobody_else(project: Cast, app: Flask) -> None:
    assert f"/enquiries/{project.enquiry}/worry" in project.sees("Tomos")
    assert project.sends("Tomos", "worry", words="").status_code == 422
    project.does("Tomos", "worry", words="Someone told me that he is hurt.", place="Library")
    with database_of(app).reading() as session:
        raised = [(each.kind, each.name, each.place) for each in session.scalars(select(Concern))]
    assert raised == [("talk", "Tomos", "Library")]
    assert "he is hurt" not in project.sees("Huw")
    assert "Wants to talk" in project.browsers["Grace"].get("/concerns").text


def test_a_report_is_given_to_one_recipient_with_their_name_on_it_and_taken_back(project: Cast, app: Flask) -> None:
    to_the_plan(project)
    project.does("Huw", "report", recipient="Chair of the parents")
    link = project.sees("Huw", "/report").partition("/given/")[2].partition("<")[0]
    given = app.test_client().get(f"/given/{link}")
    assert "Chair of the parents" in given.text
    assert "How is the lunch queue for you?" in given.text
    assert project.sends("Tomos", "report", recipient="Me").status_code == 404
    release = project.sees("Huw", "/report").partition(f"/enquiries/{project.enquiry}/report/")[2].partition("/end")[0]
    project.does("Huw", f"report/{release}/end")
    assert app.test_client().get(f"/given/{link}").status_code == 404
