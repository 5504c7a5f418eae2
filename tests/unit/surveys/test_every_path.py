"""Whatever a sound questionnaire asks and whatever is answered: the walk ends, and the simulator knew all of it."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.answers import check_document
from surveys.checking import problems
from surveys.definition import Page, Questionnaire
from surveys.ordering import Draw
from surveys.path import visible_pages
from surveys.simulation import PathReport, simulate
from surveys.walking import ONE_AT_A_TIME, Walk
from tests.definitions import definitions, respondents

CASES = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def walk_to_the_end(asked: Questionnaire, draw: Draw, would_answer: dict[str, Any], layout: str) -> dict[str, Any]:
    """Go on from page to page as a respondent does; the answers given on the way."""
    answers: dict[str, Any] = {}
    place = steps = 0
    while place < len((walk := Walk.of(asked, answers, layout, draw)).pages):
        page = walk.pages[place]
        for question in page.questions:
            if question.key in would_answer:
                try:
                    answers[question.key] = question.check(would_answer[question.key])
                except ValueError:
                    continue
        place = (Walk.of(asked, answers, layout, draw).at(page.key) or 0) + 1
        steps += 1
        assert steps <= 40
    return answers


def names(pages: tuple[Page, ...]) -> set[tuple[str, str]]:
    shown = {("page", page.key) for page in pages}
    for question in (question for page in pages for question in page.questions):
        shown.add(("question", question.key))
        fields = type(question).model_fields
        options = getattr(question, "options", ()) if "options" in fields else ()
        shown |= {("option", f"{question.key}.{option.code}") for option in options}
        shown |= {("row", f"{question.key}.{row.key}") for row in getattr(question, "rows", ())}
    return shown


@given(data=st.data())
@CASES
def test_every_walk_comes_to_its_end_and_keeps_what_counts(data: st.DataObject) -> None:
    asked = data.draw(definitions())
    draw, would_answer = data.draw(respondents(asked))
    layout = data.draw(st.sampled_from(["pages", ONE_AT_A_TIME]))
    answers = walk_to_the_end(asked, draw, would_answer, layout)
    clean, wrong = check_document(asked, answers, draw)
    assert wrong == {}
    assert check_document(asked, clean, draw) == (clean, {})
    assert set(clean) <= {key for what, key in names(visible_pages(asked, clean, draw=draw)) if what == "question"}


@given(data=st.data())
@CASES
def test_nobody_sees_what_the_simulator_did_not(data: st.DataObject) -> None:
    asked = data.draw(definitions())
    report: PathReport = simulate(asked)
    draw, would_answer = data.draw(respondents(asked))
    pages = visible_pages(asked, walk_to_the_end(asked, draw, would_answer, "pages"), draw=draw)
    count = sum(question.counts_as_question for page in pages for question in page.questions)
    if report.complete:
        assert names(pages) <= report.reached.keys()
        assert report.shortest.questions <= count <= report.longest.questions
    assert report.shortest.questions <= report.mean.questions <= report.longest.questions


@given(data=st.data())
@CASES
def test_what_the_simulator_calls_reachable_is_reached(data: st.DataObject) -> None:
    asked = data.draw(definitions())
    for thing, found in simulate(asked).reached.items():
        assert thing in names(visible_pages(asked, found.answers, draw=found.draw))


@given(asked=definitions())
@CASES
def test_checking_names_a_place_that_there_is(asked: Questionnaire) -> None:
    known = {question.key for question in asked.questions} | {page.key for page in asked.pages}
    for problem in problems(asked):
        assert problem.words
        assert problem.what == "questionnaire" or problem.key.partition(".")[0] in known


@given(asked=definitions())
@CASES
def test_a_definition_comes_back_as_it_was_stored(asked: Questionnaire) -> None:
    assert Questionnaire.from_json(asked.to_json()) == asked
