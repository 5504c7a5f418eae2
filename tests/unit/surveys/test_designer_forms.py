"""Forms read from the models: what a form shows and gives back is the question as it was."""

from typing import Any

import pytest
import yaml
from werkzeug.datastructures import MultiDict

from surveys.designing.content import Content, moved_to_number, new_content, question_keys, with_question
from surveys.designing.fields import fields_of_kind
from surveys.designing.forms import complaints, read, shown
from surveys.designing.rules import condition_from, fitting, rules_shown
from surveys.framework import default_framework
from surveys.question_types import REGISTRY
from surveys.scales import Scale

SCALES: dict[str, Scale] = {scale.key: scale for scale in default_framework().scales}


def sent(values: dict[str, Any]) -> MultiDict[str, str]:
    """What a browser sends of a form that shows these values."""
    ticked = {name: "yes" if value is True else str(value) for name, value in values.items() if value is not False}
    return MultiDict({name: value for name, value in ticked.items() if value != ""})


def example(kind: str) -> dict[str, Any]:
    """The kind's own example as a definition holds it."""
    content = yaml.safe_load(REGISTRY[kind].example)
    if isinstance(content.get("scale"), str):
        content["scale"] = SCALES[content["scale"]].model_dump(mode="json", exclude_defaults=True)
    stored: dict[str, Any] = (
        REGISTRY[kind].model_validate(content).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    )
    return stored


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_every_kind_goes_through_its_form_unchanged(kind: str) -> None:
    before = example(kind)
    fields = fields_of_kind(kind)
    found = read(fields, sent(shown(fields, before)), before, SCALES)
    assert found.problems == {}
    assert complaints(REGISTRY[kind], found.content) == {}
    again = REGISTRY[kind].model_validate(found.content)
    assert again == REGISTRY[kind].model_validate(before)


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "year", "is": "y7"},
        {"question": "clubs", "includes": "chess"},
        {"question": "hours", "more_than": 3},
        {"question": "day", "at_least": "2026-09-01"},
        {"question": "views", "row": "food", "is": "agree"},
        {"not": {"question": "clubs", "includes": "none"}},
        {"question": "hours", "more_than": {"answer": "hours_all"}},
        {"all": [{"question": "year", "one_of": ["y7", "y8"]}, {"question": "hours", "at_least": 2}]},
        {
            "all": [
                {"any": [{"question": "hours", "less_than": 1}, {"question": "hours", "more_than": 9}]},
                {"question": "year", "is": "y7"},
            ]
        },
        {"all": [{"question": "year", "is_not": "y7"}, {"question": "hours", "answered": False}]},
        {"any": [{"question": "year", "is": "y7"}, {"question": "clubs", "chosen_at_least": 2}]},
    ],
)
def test_a_rule_goes_through_its_menus_unchanged(condition: dict[str, Any]) -> None:
    problems: dict[str, str] = {}
    assert condition_from(sent(rules_shown(condition, "show_if")), "show_if", None, problems) == condition
    assert problems == {}


def test_a_rule_of_several_codes_becomes_one_row_for_each() -> None:
    menus = sent(rules_shown({"question": "year", "one_of": ["y7", "y8"]}, "show_if"))
    both = [{"question": "year", "is": "y7"}, {"question": "year", "is": "y8"}]
    assert condition_from(menus, "show_if", None, {}) == {"any": both}


def test_a_rule_too_deep_for_menus_stays_as_it_is() -> None:
    deep = {"all": [{"not": {"question": "year", "is": "y7"}}, {"question": "hours", "at_least": 1}]}
    assert condition_from(sent(rules_shown(deep, "show_if")), "show_if", deep, {}) == deep


def test_an_answer_of_another_question_is_refused() -> None:
    problems: dict[str, str] = {}
    form = MultiDict({"show_if.0.question": "year", "show_if.0.test": "is", "show_if.0.answer": "club:chess"})
    condition_from(form, "show_if", None, problems)
    assert problems == {"show_if.0.answer": "Choose an answer of that question."}


def test_moving_to_a_number_puts_it_there() -> None:
    content: Content = new_content(key="k", title="T", group="student", audience="secondary", style="standard")
    for name in "abcde":
        content = with_question(content, {"type": "comment", "key": name, "prompt": {"en": name}})
    order = [question["key"] for question in moved_to_number(content, "b", 4)["pages"][0]["questions"]]
    assert order == ["a", "c", "d", "b", "e"]
    assert question_keys(content) == set("abcde")


@pytest.mark.parametrize(
    ("question", "measured", "answers", "first"),
    [
        ({"type": "choice"}, False, True, "is"),
        ({"type": "choices"}, False, True, "includes"),
        ({"type": "picture_choice", "several": True}, False, True, "includes"),
        ({"type": "number"}, True, False, "at_least"),
        ({"type": "comment"}, False, False, "answered"),
    ],
)
def test_the_test_that_fits_comes_first(question: dict[str, object], measured: bool, answers: bool, first: str) -> None:
    assert fitting(question, measured=measured, has_answers=answers)[0] == first
