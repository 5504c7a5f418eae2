"""Bars of comments."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import theme_bars
from tests.unit.figures.reading import at, collisions, drawings, every, outside, words
from tests.unit.figures.results import hidden, result, theme

TOILETS, FRIENDS = theme("Toilets", 61, 12, 4), theme("Friends", 6, 20, 140)
COUNTS = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400)).filter(lambda drawn: sum(drawn) >= 30)
NAME = st.text("Toilets, łódź ŵ میں محفوظ", min_size=1, max_size=60).filter(str.strip)


def lengths(drawing: Element) -> list[float]:
    return [at(part, "width") for part in every(drawing, "rect", "figure-part")]


def test_every_part_is_as_long_as_its_count() -> None:
    for drawing in drawings(theme_bars((TOILETS, FRIENDS), title="Comments")):
        unit = sum(lengths(drawing)) / (77 + 166)
        assert lengths(drawing) == pytest.approx([count * unit for count in (61, 12, 4, 6, 20, 140)], abs=0.02)


def test_bars_start_at_one_line_with_the_negative_comments() -> None:
    for drawing in drawings(theme_bars((TOILETS, FRIENDS), title="Comments")):
        firsts = every(drawing, "rect", "figure-part")[::3]
        assert len({(part.get("x"), part.get("fill")) for part in firsts}) == 1


def test_all_comments_are_counted_at_the_end() -> None:
    drawn = theme_bars((TOILETS, FRIENDS), title="Comments")
    assert all("77" in words(drawing) and "166" in words(drawing) for drawing in drawings(drawn))
    assert drawn.table.rows[0] == ("Toilets", "61", "12", "4", "77")


def test_hidden_themes_are_counted_in_the_note_and_nowhere_named() -> None:
    drawn = theme_bars((TOILETS, hidden("Bullying", "theme")), title="Comments", note="Read by a program.")
    assert drawn.note == "Read by a program. 1 theme is hidden: too few people wrote about it."
    assert "Bullying" not in str(drawn)


def test_few_comments_are_said_in_words() -> None:
    small = result("theme", "Trips", status="words", n=12, options=theme("Trips", 9, 1, 2).options)
    drawn = theme_bars((small,), title="Comments")
    assert all("more than half sound negative" in words(drawing) for drawing in drawings(drawn))
    assert not any(letter.isdigit() for letter in drawn.summary + str(drawn.table.rows))


@given(st.lists(st.tuples(NAME, COUNTS), max_size=6))
def test_no_words_meet_and_none_is_cut(asked: list[tuple[str, tuple[int, int, int]]]) -> None:
    themes = [theme(label, *counts) for label, counts in asked]
    for drawing in drawings(theme_bars(themes, title="Comments")):
        assert collisions(drawing) == []
        assert outside(drawing) == []
