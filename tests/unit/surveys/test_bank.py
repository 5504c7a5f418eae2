"""The bank: statements found by a wish, and ready surveys that keep to what they promise."""

from collections import Counter

import pytest

from surveys.checking import problems, simulate
from surveys.default_questionnaires import indicator_question
from surveys.designing.advice import target_of
from surveys.designing.bank import ReadySurvey, Wish, found_items, ready_surveys, uses_of
from surveys.framework import default_framework

FRAMEWORK = default_framework()
READY = {each.questionnaire.key: each for each in ready_surveys()}


def test_an_empty_wish_finds_every_indicator() -> None:
    assert len(found_items(FRAMEWORK, Wish(), Counter())) == len(FRAMEWORK.indicators) >= 186


@pytest.mark.parametrize(
    "wish",
    [
        Wish(audience="staff"),
        Wish(dimension=FRAMEWORK.dimensions[1].key),
        Wish(strand="wel.safety"),
        Wish(words="safe school"),
        Wish(language="ur", audience="parent"),
        Wish(age=7),
    ],
)
def test_a_wish_narrows_the_bank(wish: Wish) -> None:
    assert 0 < len(found_items(FRAMEWORK, wish, Counter())) < len(FRAMEWORK.indicators)


def test_uses_are_counted_once_for_each_questionnaire() -> None:
    pulse = READY["pulse"].questionnaire
    assert uses_of([pulse, pulse])["wel.safety.secondary.1"] == 2


def test_every_statement_of_the_bank_has_its_question() -> None:
    keys = {(each.audience, indicator_question(FRAMEWORK, each)["key"]) for each in FRAMEWORK.indicators}
    assert len(keys) == len(FRAMEWORK.indicators)


def test_the_seven_short_surveys_are_there() -> None:
    assert set(READY) == {
        "pulse", "transition", "parents_evening", "staff_workload", "careers", "bullying_follow_up",
        "governors_self_review",
    }  # fmt: skip


@pytest.mark.parametrize("ready", READY.values(), ids=READY)
def test_a_ready_survey_is_sound_short_and_plain(ready: ReadySurvey) -> None:
    questionnaire = ready.questionnaire
    assert [str(each) for each in problems(questionnaire) if each.hard] == []
    assert questionnaire.purpose
    assert questionnaire.minutes
    assert simulate(questionnaire).longest.minutes <= questionnaire.minutes
    assert ready.reading_age
    assert ready.reading_age <= target_of(questionnaire).age + 2
