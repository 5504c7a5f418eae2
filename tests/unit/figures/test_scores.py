"""Scores of several groups on one line each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import score_dots
from tests.unit.figures.reading import at, collisions, drawings, every, outside, words
from tests.unit.figures.results import hidden, score

GROUPS = ("Year 7", "Year 8")
SCORES = (score("Wellbeing", 40.0, n=400), score("Wellbeing", 65.0, n=400))


def test_every_mark_stands_at_its_score() -> None:
    for drawing in drawings(score_dots(SCORES, title="Wellbeing", labels=GROUPS)):
        ticks = {text.text: at(text, "x") for text in every(drawing, "text") if text.text in {"0", "100"}}
        unit = (ticks["100"] - ticks["0"]) / 100
        circles = [at(circle, "cx") for circle in every(drawing, "circle", "figure-mark")]
        assert circles == pytest.approx([ticks["0"] + unit * value for value in (40, 65)], abs=0.02)


def test_the_number_and_its_range_are_told() -> None:
    drawn = score_dots(SCORES, title="Wellbeing", labels=GROUPS)
    assert all("Year 8" in words(each) and "65" in words(each).split() for each in drawings(drawn))
    assert drawn.table.rows[1] == ("Year 8", "65", "63 to 67", "400")


def test_what_is_hidden_has_its_reason_and_no_mark() -> None:
    drawn = score_dots((hidden("Wellbeing", "score"),), title="Wellbeing", labels=("Year 9",))
    for drawing in drawings(drawn):
        assert "Too few people answered" in words(drawing) and not every(drawing, "circle")
    assert len(drawn.table.rows[0]) == 2


@given(
    st.lists(
        st.tuples(st.text("Year ł میں", min_size=1, max_size=60).filter(str.strip), st.floats(0, 100)),
        min_size=1,
        max_size=6,
    )
)
def test_no_words_meet_and_none_is_cut(asked: list[tuple[str, float]]) -> None:
    results = [*(score("Wellbeing", value, n=40) for _, value in asked), hidden("Wellbeing", "score")]
    drawn = score_dots(results, title="Wellbeing", labels=[*(label for label, _ in asked), "Hidden"])
    for drawing in drawings(drawn):
        assert collisions(drawing) == []
        assert outside(drawing) == []
