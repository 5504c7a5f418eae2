"""SurveyJS definitions: what their panels, triggers, validators and hand-written JSON become."""

import json
from typing import Any

import pytest

from surveys.definition import Questionnaire
from surveys.interchange.formats import read, sniffed
from surveys.interchange.losses import LossReport
from surveys.interchange.relaxed_json import relaxed

Row = dict[str, Any]


def asked(name: str, kind: str = "radiogroup", **more: Any) -> Row:
    """An element; a choice of a and b unless said otherwise."""
    return {"type": kind, "name": name} | ({"choices": ["a", "b"]} if kind in {"radiogroup", "checkbox"} else {}) | more


def imported(*pages: list[Row], **more: Any) -> tuple[Questionnaire, LossReport]:
    """What pages of elements become."""
    whole = {"pages": [{"name": f"page{at}", "elements": page} for at, page in enumerate(pages, 1)]} | more
    return read(json.dumps(whole).encode(), "survey.json")


def test_json_as_people_write_it_is_read() -> None:
    text = """// our survey
export const json = {
  title: 'How\\'s it going?', /* a title */
  elements: [
    { type: "radiogroup", name: 'q1', choices: ["a", "b",], min: -1, max: .5, isRequired: true, },
  ],
};"""
    assert sniffed(text.encode(), "survey.js") == "surveyjs"
    found, report = read(text.encode(), "survey.js")
    assert (str(found.title), report.counts.options, found.questions[0].required) == ("How's it going?", 2, True)


@pytest.mark.parametrize("text", ["{a: b}", "{'a': alert(1)}", "{a: 1", "{a: `x` + y}", "{a b}", "[1,,2]", "{'a' 'b'}"])
def test_what_is_no_data_is_not_taken_for_json(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        relaxed(text)


def test_panels_in_panels_hold_the_conditions_of_both() -> None:
    inner = {"type": "panel", "name": "in", "visibleIf": "{q2} = 'a'", "elements": [asked("q3")]}
    outer = {"type": "panel", "name": "out", "visibleIf": "{q1} = 'a'", "elements": [inner]}
    found, report = imported([asked("q1"), asked("q2")], [outer])
    rule = found.question("q3").show_if
    assert rule is not None and len(rule.all_ or ()) == 2
    assert (report.counts.questions, report.counts.conditions, report.counts.pages) == (3, 2, 2)


def test_a_panel_that_an_answer_counts_is_asked_as_often() -> None:
    panel = {"type": "paneldynamic", "name": "kid", "title": "Child", "bindings": {"panelCount": "kids"},
             "maxPanelCount": 4, "templateElements": [asked("name", "text")]}  # fmt: skip
    found, report = imported([asked("kids", "text", inputType="number"), panel, asked("last")])
    repeat = found.sections[0].repeat
    assert repeat is not None and (repeat.count, repeat.most) == ("kids", 4)
    assert [len(page.questions) for page in found.pages] == [1, 1, 1]
    assert (report.counts.questions, report.counts.pages) == (3, 1)


def test_a_trigger_that_completes_ends_the_page_of_its_question() -> None:
    found, _ = imported([asked("q1")], [asked("q2")], triggers=[{"type": "complete", "expression": "{q1} = 'b'"}])
    assert found.pages[0].skip_to_end_if is not None
    assert found.pages[0].skip_to_end_if.is_ == "b"


def test_a_trigger_that_skips_hides_what_lies_between() -> None:
    skip = {"type": "skip", "expression": "{q1} = 'b'", "gotoName": "q4"}
    found, report = imported([asked("q1")], [asked("q2")], [asked("q3"), asked("q4")], triggers=[skip])
    assert found.pages[1].show_if is not None and found.question("q3").show_if is not None
    assert found.question("q4").show_if is None
    assert report.counts.conditions == 0


def test_an_old_trigger_shows_a_question_that_is_hidden_otherwise() -> None:
    show = {"type": "visible", "name": "q1", "operator": "equal", "value": "a", "questions": ["q2"]}
    found, report = imported([asked("q1")], [asked("q2", visible=False)], triggers=[show])
    assert found.question("q2").show_if is not None
    assert report.counts.conditions == 1


def test_what_the_file_hides_from_everybody_does_not_go_live() -> None:
    found, report = imported([asked("q1"), asked("q2", visible=False)])
    assert [question.key for question in found.questions] == ["q1"]
    assert report.fates["question q2"][0] == "dropped"


def test_validators_and_needed_answers_are_checks() -> None:
    validator = {"type": "expression", "expression": "{some} <= {all}", "text": "No more than all."}
    number = {"inputType": "number"}
    found, _ = imported([asked("all", "text", **number), asked("some", "text", validators=[validator], **number),
                         asked("why", "comment", requiredIf="{all} > 3")])  # fmt: skip
    assert [str(check.message) for check in found.checks] == ["No more than all.", "This one needs an answer."]
    assert found.checks[1].wrong_if.holds({"all": 4}) and not found.checks[1].wrong_if.holds({"all": 4, "why": "x"})


def test_a_rule_over_all_choices_is_one_of_each() -> None:
    found, report = imported([asked("q1", "checkbox")], [asked("q2", choicesVisibleIf="{q1} contains {item}")])
    options = found.question("q2").model_dump()["options"]
    assert [option["show_if"]["includes"] for option in options] == ["a", "b"]
    assert report.counts.conditions == 0


def test_values_that_are_worked_out_stand_after_what_they_are_made_of() -> None:
    number = {"inputType": "number"}
    found, report = imported([asked("a", "text", **number)], [asked("b", "text", **number)],
                             calculatedValues=[{"name": "both", "expression": "{a} + {b}"}])  # fmt: skip
    assert found.question("both").computed({"a": 1, "b": 2}, found.by_key) == 3
    assert report.counts.questions == 2


def test_a_rule_of_a_column_is_counted_and_kept() -> None:
    columns = [{"name": "x", "cellType": "dropdown"}, {"name": "y", "cellType": "dropdown", "visibleIf": "{q1} = 'a'"}]
    table = asked("t", "matrixdropdown", columns=columns, choices=[1, 2, 3], rows=["r1", "r2"])
    found, report = imported([asked("q1")], [table])
    assert [question.show_if is not None for question in found.questions] == [False, False, True]
    assert (report.counts.questions, report.counts.sub_questions, report.counts.options) == (2, 2, 5)
    assert report.counts.conditions == 1


def test_random_order_and_answers_in_texts_are_kept() -> None:
    found, _ = imported([asked("q1")], [asked("q2", title="More of {q1}?"), asked("q3", title="{no} {question}")],
                        questionsOrder="random")  # fmt: skip
    assert [page.shuffle for page in found.pages] == [True, True]
    assert str(found.question("q2").prompt) == "More of {{q1}}?"
    assert str(found.question("q3").prompt) == "{no} {question}"


@pytest.mark.parametrize(
    ("more", "bounds"),
    [({}, (1, 5)), ({"rateMin": 0}, (0, 5)), ({"rateMax": 10}, (1, 10)), ({"rateMin": 0, "rateCount": 4}, (0, 3))],
)
def test_a_rating_has_the_ends_that_the_library_gives_it(more: Row, bounds: tuple[int, int]) -> None:
    rating = imported([asked("q1", "rating", **more)])[0].question("q1").model_dump()
    assert (rating["min"], rating["max"]) == bounds


def test_the_language_shown_first_is_not_always_that_of_plain_words() -> None:
    title = {"default": "How?", "de": "Wie?"}
    both, _ = imported([asked("a", title=title)], locale="de")
    assert (both.languages, both.questions[0].prompt.root) == (("en", "de"), {"en": "How?", "de": "Wie?"})
    only, _ = imported([asked("a", title="Wie?")], locale="de")
    assert only.questions[0].prompt.root["de"] == "Wie?"


def test_settings_of_pages_and_panels_are_told() -> None:
    panel = {"type": "panel", "name": "box", "elements": [asked("a")], "enableIf": "{b} = 1"}
    whole = {"pages": [{"name": "one", "elements": [panel], "readOnly": True}]}
    _, report = read(json.dumps(whole).encode(), "survey.json")
    told = {entry["item"] for entry in report.of("dropped")}
    assert told == {"setting readOnly of page one", "setting enableIf of panel box"}


def test_the_check_of_a_field_for_addresses_is_its_kind() -> None:
    found, report = imported([asked("a", "text", inputType="email", validators=[{"type": "email"}])])
    assert (found.questions[0].model_dump()["format"], report.of("dropped")) == ("email", [])
