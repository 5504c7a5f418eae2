"""What steers a questionnaire of ours, written for other tools and read again."""

import json
from typing import Any

import pytest

from surveys.definition import Questionnaire
from surveys.interchange.formats import read
from surveys.interchange.losses import LossReport
from surveys.interchange.writers import WRITERS
from surveys.loading import load_questionnaire
from surveys.path import visible_pages

EXCHANGED = ("xlsform", "lss", "limesurvey-txt", "qsf", "surveyjs")
YES_NO = [{"code": "y", "label": "Yes"}, {"code": "n", "label": "No"}]


def choice(key: str, **more: Any) -> dict[str, Any]:
    """A question of yes or no."""
    return {"key": key, "type": "choice", "prompt": f"About {key}?", "options": YES_NO} | more


def number(key: str, **more: Any) -> dict[str, Any]:
    """A question for a number."""
    return {"key": key, "type": "number", "prompt": f"About {key}?", "max": 9} | more


def page(key: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A page."""
    return {"key": key, "questions": list(questions)} | more


def whole(*pages: dict[str, Any], **more: Any) -> Questionnaire:
    """A questionnaire of these pages."""
    head = {"key": "ours", "title": "Ours", "groups": ["student"], "audience": "secondary"}
    return load_questionnaire(json.dumps(head | {"pages": list(pages)} | more), "ours.yaml")


def there_and_back(name: str, asked: Questionnaire) -> tuple[Questionnaire, LossReport]:
    """What comes back, and what the writer told."""
    written, report = WRITERS[name].write(asked, "en")
    return read(written, f"file{WRITERS[name].ending}")[0], report


def keys_asked(asked: Questionnaire, answers: dict[str, Any]) -> list[str]:
    """What someone is asked who gives these answers."""
    return [each.key for shown in visible_pages(asked, answers) for each in shown.questions if each.counts_as_question]


def translated(back: Questionnaire, answers: dict[str, str]) -> dict[str, Any]:
    """Answers of yes or no, with the codes that came back."""
    words = {"y": "Yes", "n": "No"}
    options = {key: back.question(key).model_dump()["options"] for key in answers}
    return {
        key: next(option["code"] for option in options[key] if option["label"]["en"] == words[code])
        for key, code in answers.items()
    }


@pytest.mark.parametrize("name", EXCHANGED)
def test_needed_answers_come_back(name: str) -> None:
    asked = whole(page("p1", choice("a", required=True), choice("b", ask_if_empty=True), choice("c")))
    back, report = there_and_back(name, asked)
    assert [question.required for question in back.questions] == [True, False, False]
    again = name in {"lss", "limesurvey-txt", "qsf"}
    assert back.questions[1].ask_if_empty == again
    assert (report.fates["question b"][0] == "mapped") == again


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_check_comes_back(name: str) -> None:
    check = {"key": "some", "wrong_if": {"question": "b", "more_than": 5}, "message": "Too many.", "at": "b"}
    back, _ = there_and_back(name, whole(page("p1", number("a"), number("b")), checks=[check]))
    found = back.checks[0]
    assert found.at == "b"
    assert [found.wrong_if.holds({"b": value}) for value in (5, 6)] == [False, True]
    assert (str(found.message) == "Too many.") == (name != "qsf")


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_check_of_two_answers_comes_back_where_it_can_be_said(name: str) -> None:
    check = {"key": "some", "wrong_if": {"question": "b", "more_than": {"answer": "a"}}, "message": "Too many."}
    back, report = there_and_back(name, whole(page("p1", number("a"), number("b")), checks=[check]))
    if name == "qsf":
        assert report.fates["check some"][0] == "dropped"
    else:
        assert back.checks[0].wrong_if.holds({"a": 1, "b": 2}) and not back.checks[0].wrong_if.holds({"a": 2, "b": 2})


@pytest.mark.parametrize("name", EXCHANGED)
def test_those_who_end_early_see_nothing_after(name: str) -> None:
    asked = whole(page("p1", choice("a"), skip_to_end_if={"question": "a", "is": "n"}), page("p2", choice("b")))
    back, _ = there_and_back(name, asked)
    if name in {"qsf", "surveyjs"}:
        assert back.pages[0].skip_to_end_if is not None
    else:
        assert back.pages[1].show_if is not None and back.pages[1].show_if.not_ is not None


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_page_whose_questions_are_hidden_ends_for_nobody(name: str) -> None:
    silent = {"question": "a", "answered": False}
    hidden = choice("b", show_if={"not": silent})
    ends = {"question": "b", "answered": False}
    asked = whole(
        page("p1", choice("a")), page("p2", hidden, show_if=silent, skip_to_end_if=ends), page("p3", choice("c"))
    )
    assert keys_asked(there_and_back(name, asked)[0], {}) == keys_asked(asked, {}) == ["a", "c"]


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_page_with_nothing_but_a_text_ends_for_nobody(name: str) -> None:
    text = {"key": "t", "type": "text", "prompt": "Read this."}
    hidden = choice("b", show_if={"question": "a", "is": "y"})
    ends = {"question": "b", "answered": False}
    asked = whole(page("p1", choice("a")), page("p2", text, hidden, skip_to_end_if=ends), page("p3", choice("c")))
    back = there_and_back(name, asked)[0]
    for answers, keys in (({}, ["a", "c"]), ({"a": "y"}, ["a", "b"]), ({"a": "y", "b": "n"}, ["a", "b", "c"])):
        assert keys_asked(back, translated(back, answers)) == keys_asked(asked, answers) == keys


@pytest.mark.parametrize("name", ["xlsform", "surveyjs"])
def test_a_repeated_section_comes_back(name: str) -> None:
    section = {"key": "child", "repeat": {"count": "kids", "most": 3, "label": "Child {number}"}}
    asked = whole(page("p1", number("kids")), page("p2", choice("a"), section="child"), sections=[section])
    back, _ = there_and_back(name, asked)
    repeat = back.sections[0].repeat
    assert repeat is not None and (repeat.count, str(repeat.label)) == ("kids", "Child {number}")


@pytest.mark.parametrize("name", ["lss", "limesurvey-txt", "qsf"])
def test_pages_in_random_order_come_back(name: str) -> None:
    pages = [page("p1", choice("a"), section="s"), page("p2", choice("b"), section="s"), page("p3", choice("c"))]
    back, _ = there_and_back(name, whole(*pages, sections=[{"key": "s", "shuffle": True}]))
    assert [section.shuffle for section in back.sections] == [True]
    assert [bool(each.section) for each in back.pages] == [True, True, False]


def test_arms_of_a_block_come_back_from_qualtrics() -> None:
    arms = [{"key": "x", "pages": ["p1"]}, {"key": "y", "pages": ["p2"]}]
    asked = whole(page("p1", choice("a")), page("p2", choice("b")), blocks=[{"key": "form", "arms": arms}])
    back, _ = there_and_back("qsf", asked)
    assert [len(arm.pages) for arm in back.blocks[0].arms] == [1, 1]


@pytest.mark.parametrize("name", ["lss", "qsf"])
def test_a_quota_comes_back(name: str) -> None:
    quota = {"key": "enough", "limit": 40, "when": {"question": "a", "is": "y"}}
    back, _ = there_and_back(name, whole(page("p1", choice("a")), quotas=[quota], breakdowns=["a"]))
    assert [(each.limit, each.when is not None) for each in back.quotas] == [(40, True)]


@pytest.mark.parametrize("name", ["xlsform", "lss", "limesurvey-txt", "surveyjs"])
def test_a_calculated_value_comes_back(name: str) -> None:
    total = {"product": [{"sum": [{"answer": "a"}, {"answer": "b"}]}, {"number": 2}]}
    value = {"key": "total", "type": "calculated", "prompt": "Total", "value": total}
    back, _ = there_and_back(name, whole(page("p1", number("a"), number("b")), page("p2", value, choice("c"))))
    assert back.question("total").computed({"a": 1, "b": 2}, back.by_key) == 6


@pytest.mark.parametrize("name", EXCHANGED)
def test_an_answer_in_a_later_text_comes_back(name: str) -> None:
    asked = whole(page("p1", choice("a")), page("p2", choice("b", prompt="You said {{a|nothing}}. And b?")))
    assert str(there_and_back(name, asked)[0].question("b").prompt) == "You said {{a}}. And b?"


@pytest.mark.parametrize("name", ["lss", "limesurvey-txt", "qsf", "surveyjs"])
def test_rules_of_rows_and_boxes_come_back(name: str) -> None:
    rule = {"question": "a", "is": "y"}
    boxes = [{"code": "r", "label": "Red", "show_if": rule}, {"code": "b", "label": "Blue"}]
    grid = {"key": "g", "type": "choice_grid", "prompt": "Grid?", "options": YES_NO,
            "rows": [{"key": "r1", "label": "One", "show_if": rule}, {"key": "r2", "label": "Two"}]}  # fmt: skip
    several = {"key": "c", "type": "choices", "prompt": "Colours?", "options": boxes}
    back, _ = there_and_back(name, whole(page("p1", choice("a")), page("p2", grid, several)))
    shown = [[part["show_if"] is not None for part in question.model_dump()[kind]]
             for question, kind in ((back.question("g"), "rows"), (back.question("c"), "options"))]  # fmt: skip
    assert shown == [[True, False], [True, False]]


@pytest.mark.parametrize("name", ["lss", "limesurvey-txt", "qsf", "surveyjs"])
def test_a_text_box_beside_other_comes_back(name: str) -> None:
    options = [*YES_NO, {"code": "other", "label": "Another way", "other": True}]
    back, _ = there_and_back(name, whole(page("p1", choice("a", options=options))))
    last = back.question("a").model_dump()["options"][-1]
    assert (last["label"]["en"], last["other"]) == ("Another way", True)


@pytest.mark.parametrize("name", EXCHANGED)
def test_options_in_random_order_come_back(name: str) -> None:
    assert there_and_back(name, whole(page("p1", choice("a", shuffle=True))))[0].questions[0].shuffle


def test_words_at_both_ends_come_back_from_qualtrics() -> None:
    pairs = [{"key": "k", "start": "dull", "end": "lively"}, {"key": "m", "start": "slow", "end": "quick"}]
    asked = whole(page("p1", {"key": "d", "type": "differential", "prompt": "Lessons are", "rows": pairs}))
    rows = there_and_back("qsf", asked)[0].question("d").model_dump()["rows"]
    assert [(row["start"]["en"], row["end"]["en"]) for row in rows] == [("dull", "lively"), ("slow", "quick")]
