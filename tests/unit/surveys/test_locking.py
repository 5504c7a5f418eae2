"""Licensed instruments, and scores of several items."""

from typing import Any

import pytest

from surveys.definition import Questionnaire
from surveys.locking import is_locked, notices
from surveys.scoring import scale_scores
from tests.makers import questionnaire

LICENSED = questionnaire("licensed")


def changed(page: int, question: int, **changes: Any) -> dict[str, Any]:
    content = LICENSED.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    content["pages"][page]["questions"][question].update(changes)
    return content


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "I have felt cheerful!"},
        {"hint": "In the last two weeks."},
        {"reverse": True},
        {"show_if": {"question": "calm", "answered": True}},
    ],
)
def test_a_licensed_question_cannot_be_changed(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"locked module 'feelings'|show_if"):
        Questionnaire.model_validate(changed(0, 0, **changes))


def test_other_questions_can() -> None:
    assert Questionnaire.model_validate(changed(1, 0, prompt="Anything to add?")).locked == LICENSED.locked


def test_its_place_in_the_framework_may_be_said() -> None:
    assert Questionnaire.model_validate(changed(0, 0, strand="wel.safety")).locked == LICENSED.locked


def test_it_cannot_be_split_turned_round_or_shown_in_part() -> None:
    content = changed(0, 0)
    content["pages"][0]["questions"].insert(1, {"type": "comment", "key": "why", "prompt": "Why?"})
    turned = changed(0, 0)
    turned["pages"][0]["questions"].reverse()
    shuffled = changed(0, 0)
    shuffled["pages"][0]["shuffle"] = True
    for each in (content, turned, shuffled):
        with pytest.raises(ValueError, match="locked module 'feelings'"):
            Questionnaire.model_validate(each)


def test_its_notice_stands_below_its_last_question() -> None:
    assert notices(LICENSED, frozenset({"calm"}), "en") == ("© The Invented Institute. Not to be changed.",)
    assert notices(LICENSED, frozenset({"cheerful"}), "en") == ()
    assert is_locked(LICENSED, "cheerful") and not is_locked(LICENSED, "anything")


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ({"cheerful": "strongly_agree", "calm": "strongly_agree"}, 6.0),  # 5, and 1 because it is reversed
        ({"cheerful": "agree"}, 8.0),  # 4, and the mean of what was answered in place of the other
        ({"anything": "no"}, None),
    ],
)
def test_a_sum_is_on_the_instruments_own_range(answers: dict[str, str], total: float | None) -> None:
    assert scale_scores(LICENSED, answers) == {"total": total}


def test_a_mean_needs_its_minimum() -> None:
    flow = questionnaire("flow")
    assert scale_scores(flow, {"safe": "agree", "lonely": "disagree"}) == {"belonging": 4.0}
    assert scale_scores(flow, {"safe": "agree"}) == {"belonging": 4.0}
    assert scale_scores(flow, {}) == {"belonging": None}
