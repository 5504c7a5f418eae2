"""Questions: what they ask for."""

import pytest

from analysis.text.question import polarity_of


@pytest.mark.parametrize(
    ("question", "polarity"),
    [
        ("What is the best thing about this school?", "positive"),
        ("What does our school do well that we should keep?", "positive"),
        ("What do you enjoy most?", "positive"),
        ("What one thing would make this school better?", "improve"),
        ("What one change would help you most to understand and shape your future?", "improve"),
        ("What worries you at the moment?", "improve"),
        ("What don't you like about school?", "improve"),
        ("How well do we work with you as a family?", "neutral"),
        ("Is there anything else you would like to tell us?", "neutral"),
        ("", "neutral"),
        ("positive", "positive"),
        (" Improve ", "improve"),
        ("neutral", "neutral"),
    ],
)
def test_a_question_asks_for_good_for_bad_or_for_anything(question: str, polarity: str) -> None:
    assert polarity_of(question) == polarity
