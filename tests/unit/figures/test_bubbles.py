"""Circles of themes and feelings."""

import pytest

from analysis.figures import theme_bubbles
from tests.unit.figures.reading import at, collisions, drawings, every, outside, words
from tests.unit.figures.results import hidden, theme

TOILETS, FRIENDS = theme("Toilets", 61, 12, 4), theme("Friendship, belonging and inclusion", 0, 20, 140)


def test_areas_are_counts() -> None:
    for drawing in drawings(theme_bubbles((TOILETS, FRIENDS), title="Comments")):
        areas = [at(circle, "r") ** 2 for circle in every(drawing, "circle", "figure-part")]
        unit = sum(areas) / (61 + 12 + 4 + 20 + 140)
        assert areas == pytest.approx([count * unit for count in (61, 12, 4, 20, 140)], rel=0.02)


def test_every_count_is_printed_and_in_the_table() -> None:
    drawn = theme_bubbles((TOILETS, FRIENDS), title="Comments")
    assert all({"61", "12", "4", "0", "140"} <= set(words(drawing).split()) for drawing in drawings(drawn))
    assert drawn.table.rows == (("Toilets", "61", "12", "4"), ("Friendship, belonging and inclusion", "0", "20", "140"))


def test_nothing_is_cut_or_crossed() -> None:
    for drawing in drawings(theme_bubbles((TOILETS, FRIENDS), title="Comments")):
        assert outside(drawing) == []
        assert collisions(drawing) == []


def test_hidden_themes_are_nowhere() -> None:
    drawn = theme_bubbles((TOILETS, hidden("Bullying", "theme")), title="Comments")
    assert "Bullying" not in str(drawn)
    assert theme_bubbles((), title="Comments").table.rows == ()
