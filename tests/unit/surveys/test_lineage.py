"""What a new version does to what was measured."""

from typing import Any

import pytest

from surveys.definition import Questionnaire
from surveys.lineage import Change, classes, differences
from surveys.spelling import is_correction
from tests.makers import questionnaire

OLD = questionnaire()


def options(**labels: str) -> list[dict[str, str]]:
    return [{"code": code, "label": label} for code, label in labels.items()]


def edited(key: str, **changes: Any) -> Questionnaire:
    content = OLD.model_dump(mode="json", by_alias=True)
    for page in content["pages"]:
        for question in page["questions"]:
            if question["key"] == key:
                question.update(changes)
    return Questionnaire.model_validate(content)


@pytest.mark.parametrize(
    ("key", "changes", "change"),
    [
        ("safe", {"prompt": "I feel safe at school."}, Change.IDENTICAL),
        ("safe", {"prompt": "I feel safe at shcool"}, Change.IDENTICAL),
        ("safe", {"prompt": "I feel safe at this school"}, Change.WORDING),
        ("safe", {"prompt": "I never feel safe at school"}, Change.MEANING),
        ("safe", {"prompt": "Break time is long enough for everyone"}, Change.MEANING),
        ("safe", {"reverse": True}, Change.MEANING),
        ("safe", {"hint": "Think of last week."}, Change.WORDING),
        ("hours", {"max": 10}, Change.SCALE),
        ("year", {"options": [{"code": "y8", "label": "Year 8"}, {"code": "y7", "label": "Year 7"}]}, Change.WORDING),
        ("year", {"options": [{"code": "y7", "label": "Year 7"}, {"code": "y9", "label": "Year 9"}]}, Change.SCALE),
        (
            "year",
            {"options": [{"code": "y7", "label": "Year seven"}, {"code": "y8", "label": "Year 8"}]},
            Change.WORDING,
        ),
    ],
)
def test_a_change_is_classed(key: str, changes: dict[str, Any], change: Change) -> None:
    assert classes(OLD, edited(key, **changes))[key] is change


def test_only_identical_and_wording_continue_a_line() -> None:
    assert [change.continues for change in Change] == [True, True, False, False]


def test_the_same_has_no_differences() -> None:
    assert differences(OLD, edited("safe")) == ()


def test_differences_are_told_in_plain_words() -> None:
    content = OLD.model_dump(mode="json", by_alias=True)
    content["pages"][1]["questions"][0] = {"type": "comment", "key": "clubs", "prompt": "Which clubs?"}
    content["pages"][0]["questions"].reverse()
    content["title"] = "Another title"
    words = [difference.words for difference in differences(OLD, Questionnaire.model_validate(content))]
    assert "The question “Which clubs?” is new." in words
    assert "The question “How many clubs do you go to?” is no longer asked; its line over time ends." in words
    assert any("stands at another place" in each for each in words)
    assert any("“A tiny survey” and now reads “Another title”" in each for each in words)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("I feel saef at school", "I feel safe at school", False),  # four letters: in doubt it is not
        ("My techer helps me", "My teacher helps me", True),
        ("My teacher helps me.", "My teacher  helps me", True),
        ("i like School", "I like school", True),
        ("I have 3 friends", "I have 4 friends", False),
        ("I like my friend", "I like my friends", False),
        ("I am happy here", "I am unhappy here", False),
        ("It is hot", "It is not", False),
        ("Do you like it?", "You do like it", False),
        ("Is {{club|it}} fun?", "Is club it fun?", False),
        ("I recieve the informaiton", "I receive the information", True),
    ],
)
def test_a_correction_is_told_from_a_change(old: str, new: str, *, same: bool) -> None:
    assert is_correction(old, new) is same
