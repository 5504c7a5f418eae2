"""The invented comments: enough of them, in many voices, none twice, each given to somebody it fits."""

from collections import Counter
from random import Random

import pytest

from analysis.example.answering import Respondent
from analysis.example.comments import WrittenComment, dealt, give, written_comments
from surveys.default_questionnaires import default_questionnaires
from surveys.framework import default_framework

YEARS = (2024, 2025, 2026)


def test_there_are_about_fifteen_hundred() -> None:
    assert 1_350 <= len(written_comments()) <= 2_000


def test_none_is_written_twice() -> None:
    said = Counter(" ".join(each.text.lower().split()) for each in written_comments() if len(each.text.split()) > 3)
    assert [text for text, times in said.items() if times > 1] == []


def test_each_fits_a_questionnaire_that_asks_it() -> None:
    asked = {
        key: {question.key for question in each.questions if question.is_comment}
        for key, each in default_questionnaires(default_framework()).items()
    }
    for each in written_comments():
        assert each.question in asked[each.audience], each
        assert each.wave in {0, *YEARS}, each
        assert each.mood in {"good", "bad", "mixed", "none"}, each
        assert each.text == each.text.strip() != "", each


def test_they_are_in_several_languages() -> None:
    spoken = Counter(each.language for each in written_comments())
    assert {"en", "cy", "pl", "ur"} <= spoken.keys()
    assert spoken["en"] < len(written_comments()) - 60


def test_each_is_dealt_once_and_to_its_year() -> None:
    hands = dealt(Random(1), YEARS)
    assert sum(map(len, hands.values())) == len(written_comments())
    assert all(each.wave in {0, year} for (_audience, year), hand in hands.items() for each in hand)


@pytest.mark.parametrize(("mood", "mood_of_speaker"), [("good", 2.0), ("bad", -2.0)])
def test_glad_words_come_from_the_glad(mood: str, mood_of_speaker: float) -> None:
    people = [Respondent("en", mood=-2.0), Respondent("en", mood=2.0)]
    said = WrittenComment("secondary", "best", 0, "", mood, "pl", "Coś.")
    assert give(Random(1), people, [said], frozenset({"best"})) == 1
    (speaker,) = [person for person in people if person.answers]
    assert (speaker.mood, speaker.language) == (mood_of_speaker, "pl")


def test_a_comment_without_a_fitting_speaker_is_left_out() -> None:
    said = WrittenComment("secondary", "best", 0, "y9", "good", "en", "Maths.")
    assert give(Random(1), [Respondent("en")], [said], frozenset({"best"})) == 0
