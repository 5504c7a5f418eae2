"""Definitions with one thing wrong, invented by hypothesis: each is refused in words that name the place."""

import json
import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder.errors import Invalid
from surveys.checking import problems
from surveys.interchange.formats import read
from surveys.question_types import REGISTRY
from tests.strategies import questions

KINDS = sorted(REGISTRY.keys() - {"calculated"})
FEW = settings(max_examples=500 if os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep" else 5, deadline=None)
Break = Callable[[dict[str, Any], dict[str, Any], st.DataObject], None]


def _set(name: str, value: Any) -> Break:
    def broken(_whole: dict[str, Any], question: dict[str, Any], _data: st.DataObject) -> None:
        question[name] = value

    return broken


def _without(name: str) -> Break:
    def broken(_whole: dict[str, Any], question: dict[str, Any], _data: st.DataObject) -> None:
        del question[name]

    return broken


def _twice(whole: dict[str, Any], question: dict[str, Any], _data: st.DataObject) -> None:
    whole["pages"].append({"key": "second", "questions": [dict(question)]})


def _misspelt(_whole: dict[str, Any], question: dict[str, Any], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(question.keys() - {"type"})))
    question[word[::-1] + "x"] = question[word]


def _anything(_whole: dict[str, Any], question: dict[str, Any], data: st.DataObject) -> None:
    question[data.draw(st.sampled_from(["key", "prompt", "type"]))] = data.draw(st.sampled_from([None, [], {}, True]))


WRONG: dict[str, Break] = {
    "no kind": _without("type"),
    "an unknown kind": _set("type", "sundial"),
    "no words": _without("prompt"),
    "blank words": _set("prompt", {"en": " "}),
    "words in no language that is offered": _set("prompt", {"xx": "?"}),
    "a key that is none": _set("key", "Not A Key"),
    "the same question twice": _twice,
    "an unknown word": _misspelt,
    "something else in its place": _anything,
    "a rule about nothing": _set("show_if", {}),
    "a rule without a test": _set("show_if", {"question": "first"}),
    "a rule with an unknown test": _set("show_if", {"question": "first", "resembles": "y"}),
    "a rule about a question that is not there": _set("show_if", {"question": "nobody", "answered": True}),
    "a rule about itself": _set("show_if", {"question": "mine", "answered": True}),
    "an answer that the question has not": _set("show_if", {"question": "first", "is": "perhaps"}),
    "orders that are none": _set("shuffle", -3),
}


@pytest.mark.parametrize("what", WRONG)
@FEW
@given(data=st.data(), kind=st.sampled_from(KINDS))
def test_what_is_wrong_is_named_with_its_place(what: str, data: st.DataObject, kind: str) -> None:
    question = data.draw(questions(kind)).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    question |= {"key": "mine", "type": kind}
    first = {"key": "first", "type": "consent", "prompt": "First?", "statement": "Yes."}
    whole: dict[str, Any] = {
        "key": "whole", "title": "Whole", "groups": ["student"], "audience": "secondary",
        "languages": ["en", "ur", "pl"],
        "pages": [{"key": "before", "questions": [first]}, {"key": "page", "questions": [question]}],
    }  # fmt: skip
    WRONG[what](whole, question, data)
    said = refusals(whole)
    assert said, what
    assert all(re.search(r"pages 2|question '\w+'|'mine'|questions 1", each) for each in said), said


def refusals(whole: dict[str, Any]) -> list[str]:
    """Why a definition cannot be used: what the reader says, or the checker's hard words with their place."""
    try:
        questionnaire, _ = read(json.dumps(whole).encode(), "broken.json", "own")
    except Invalid as problem:
        return str(problem).splitlines()
    return [str(each) for each in problems(questionnaire) if each.hard]
