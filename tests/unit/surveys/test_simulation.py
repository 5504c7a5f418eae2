"""Walking all paths, and what the checker proves from it."""

from typing import Any

import pytest

from surveys.checking import problems
from surveys.definition import Questionnaire
from surveys.loading import load_questionnaire
from surveys.path import visible_pages
from surveys.simulation import Length, simulate
from tests.makers import questionnaire

FLOW = questionnaire("flow")
YES_NO = "options: [{code: 'yes', label: 'Yes'}, {code: 'no', label: 'No'}]"

CHOICE = f"{{key: a, questions: [{{key: one, type: choice, prompt: One?, {YES_NO}}}]}}"
NUMBER = "{key: a, questions: [{key: one, type: number, prompt: One?, max: 10}]}"


def small(*pages: str, **more: Any) -> Questionnaire:
    head = "key: small\ntitle: Small\ngroups: [student]\naudience: secondary\n"
    rest = "".join(f"{name}: {value}\n" for name, value in more.items())
    return load_questionnaire(f"{head}{rest}pages:\n" + "\n".join(f"- {page}" for page in pages), "small.yaml")


def test_longest_shortest_and_mean_of_a_questionnaire_that_branches_once() -> None:
    follow_up = "{key: b, show_if: {question: one, is: 'yes'}, questions: [{key: two, type: comment, prompt: Two?}]}"
    report = simulate(small(CHOICE, follow_up))
    assert (report.paths, report.complete) == (2, True)
    assert (report.longest.questions, report.shortest.questions, report.mean.questions) == (2, 1, 1.5)


def test_a_questionnaire_without_branches_has_one_path() -> None:
    report = simulate(questionnaire())
    assert (report.paths, report.longest.questions, report.shortest) == (1, 4, report.longest)
    assert report.longest == Length(4, report.longest.minutes) and 0.5 < report.longest.minutes < 3


def test_the_whole_flow_is_walked_and_sound() -> None:
    report = simulate(FLOW)
    assert report.complete and report.paths > 100
    assert [str(problem) for problem in problems(FLOW) if problem.hard] == []
    assert report.shortest.questions == 4


def test_what_is_called_reachable_is_reached() -> None:
    for (what, key), found in simulate(FLOW).reached.items():
        pages = visible_pages(FLOW, found.answers, draw=found.draw)
        shown = {("page", page.key) for page in pages} | {("question", q.key) for page in pages for q in page.questions}
        for question in (question for page in pages for question in page.questions):
            shown |= {("option", f"{question.key}.{option.code}") for option in getattr(question, "options", ())}
            shown |= {("row", f"{question.key}.{row.key}") for row in getattr(question, "rows", ())}
        assert (what, key) in shown


def test_many_paths_are_counted_without_walking_each() -> None:
    pages = [f"{{key: p{n}, questions: [{{key: q{n}, type: choice, prompt: Q?, {YES_NO}}}]}}" for n in range(30)]
    follow = ["{key: end, show_if: {any: [%s]}, questions: [{key: more, type: comment, prompt: More?}]}"]
    tests = ", ".join(f"{{question: q{n}, is: 'yes'}}" for n in range(12))
    report = simulate(small(*pages, follow[0] % tests))
    assert report.paths == 2**12
    assert report.complete


def added_up(condition: str, *, ticks: bool = False) -> Questionnaire:
    """Two numbers of 0 to 5 (or ticks), their sum, and a page that hangs on it."""
    numbers = "".join(f"{{key: {key}, type: number, prompt: '{key}?', min: 0, max: 5}}, " for key in ("one", "two"))
    box = "{key: box, type: choices, prompt: 'Box?', options: [{code: a, label: A}, {code: b, label: B}]}"
    many = f"{{key: a, questions: [{numbers} {box}]}}"
    value = "{count: [{question: box, includes: a}]}" if ticks else "{sum: [{answer: one}, {answer: two}]}"
    total = f"{{key: total, type: calculated, prompt: Total, value: {value}}}"
    worked = f"{{key: b, questions: [{total}, {{key: why, type: comment, prompt: Why?}}]}}"
    last = f"{{key: c, show_if: {condition}, questions: [{{key: end, type: comment, prompt: End?}}]}}"
    return small(many, worked, last)


def test_values_worked_out_are_walked_for_all_answers_there_are() -> None:
    report = simulate(added_up("{question: total, at_least: 10}"))
    assert report.complete and ("page", "c") in report.reached
    assert report.reached["page", "c"].answers["total"] == 10
    never = added_up("{question: total, more_than: 10}")
    assert simulate(never).complete
    assert any(each.hard and each.place == "page 'c'" for each in problems(never))


def test_values_of_too_many_answers_are_walked_by_example_and_it_says_so() -> None:
    whole = added_up("{question: total, at_least: 1}", ticks=True)
    report = simulate(whole)
    assert (report.complete, report.by_example) == (False, True)
    assert any("only examples" in each.words for each in problems(whole))


def test_beyond_the_bound_the_report_says_so() -> None:
    pages = [f"{{key: p{n}, questions: [{{key: q{n}, type: choice, prompt: Q?, {YES_NO}}}]}}" for n in range(10)]
    tests = ", ".join(f"{{question: q{n}, is: 'yes'}}" for n in range(10))
    follow = f"{{key: end, show_if: {{all: [{tests}]}}, questions: [{{key: more, type: comment, prompt: More?}}]}}"
    report = simulate(small(*pages, follow), bound=50)
    assert not report.complete and report.bound == 50


@pytest.mark.parametrize(
    ("first", "condition", "place", "words"),
    [
        (CHOICE, "{all: [{question: one, is: 'yes'}, {question: one, is: 'no'}]}", "page 'b'", "can never hold"),
        (CHOICE, "{all: [{question: one, is: 'yes'}, {question: one, is: 'no'}]}", "page 'b'", "Nobody can ever reach"),
        (NUMBER, "{question: one, more_than: 10}", "page 'b'", "can never hold"),
        (NUMBER, "{any: [{question: one, less_than: 0}, {question: one, is: 3}]}", "page 'b'", "can never hold"),
        (CHOICE, "{question: one, at_least: 3}", "page 'b'", "can never hold"),
    ],
)
def test_a_contradiction_is_found(first: str, condition: str, place: str, words: str) -> None:
    page = f"{{key: b, show_if: {condition}, questions: [{{key: two, type: comment, prompt: Two?}}]}}"
    found = problems(small(first, page))
    assert any(problem.hard and problem.place == place and words in problem.words for problem in found)


def test_a_condition_that_always_holds_is_advice() -> None:
    page = "{key: b, show_if: {not: {question: one, is: 11}}, questions: [{key: two, type: comment, prompt: Two?}]}"
    (found,) = problems(small(NUMBER, page))
    assert not found.hard and "always holds" in found.words


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("{en: 'Hi {{nobody|you}}'}", "not the key of a question on an earlier page"),
        ("{en: 'Hi {{two|you}}'}", "not the key of a question on an earlier page"),
        ("{en: 'Hi {{one}}'}", "has no words for those who did not answer"),
        ("{en: 'Hi {{one|you}}', pl: 'Cześć'}", "does not take up the same answers"),
        ("{en: Hi, cy: Helo}", "which is not offered"),
        ("{pl: Cześć}", "no English words"),
    ],
)
def test_texts_that_do_not_fit_are_found(prompt: str, words: str) -> None:
    page = f"{{key: b, questions: [{{key: two, type: comment, prompt: {prompt}}}]}}"
    found = problems(small(CHOICE, page, languages="[en, pl]"))
    assert any(words in problem.words for problem in found), [str(problem) for problem in found]


def test_the_first_questionnaires_have_nothing_wrong() -> None:
    from surveys.default_questionnaires import default_questionnaires
    from surveys.framework import default_framework

    for each in default_questionnaires(default_framework()).values():
        assert [str(problem) for problem in problems(each) if problem.hard] == []


def test_a_question_that_nobody_gets_past_is_worth_a_thought() -> None:
    page = "{key: b, questions: [{key: two, type: comment, prompt: Two?, required: true}]}"
    (found,) = problems(small(CHOICE, page))
    assert not found.hard and found.place == "question 'two'" and "without an answer" in found.words
