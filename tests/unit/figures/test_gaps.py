"""Marks of two groups on one line."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.reportable import Reportable
from analysis.figures import Figure, gap_dots
from tests.unit.figures.reading import at, collisions, contrast, drawings, every, outside, words
from tests.unit.figures.results import hidden, item

YES_NO = (("no", "No"), ("yes", "Yes"))


@dataclass(frozen=True)
class Audience:
    label: str
    group: str


@dataclass(frozen=True)
class Gap:
    label: str
    points: float
    low: float
    high: float
    named: bool


@dataclass(frozen=True)
class Compared:
    gap: Gap
    sides: tuple[Reportable, Reportable]


STUDENTS, STAFF = Audience("Students", "student"), Audience("Staff", "staff")


def compared(label: str, a: int, b: int, *, n: int = 100, named: bool = True) -> Compared:
    one, other = (item(label, (n - yes, yes), options=YES_NO) for yes in (a, b))
    points = 100 * (a - b) / n
    return Compared(Gap(label, points, points - 8, points + 8, named), (one, other))


SAY, SAFE = compared("Students have a say", 27, 71), compared("School is safe", 76, 80, named=False)


def figure(*rows: Compared) -> Figure:
    shown = rows or (SAY, SAFE)
    gaps, sides = [row.gap for row in shown], [row.sides for row in shown]
    return gap_dots(gaps, sides, a=STUDENTS, b=STAFF, title="Staff see more student say")


def test_every_mark_stands_at_its_share() -> None:
    for drawing in drawings(figure()):
        ticks = {text.text: at(text, "x") for text in every(drawing, "text") if text.text in {"0%", "100%"}}
        unit = (ticks["100%"] - ticks["0%"]) / 100
        circles = [at(circle, "cx") for circle in every(drawing, "circle", "figure-mark")]
        assert circles == pytest.approx([ticks["0%"] + unit * share for share in (27, 76)], abs=0.02)


def test_the_range_around_a_mark_is_wilsons() -> None:
    # Wilson 1927 for 27 of 100: 0.193 to 0.364
    for drawing in drawings(figure()):
        ticks = {text.text: at(text, "x") for text in every(drawing, "text") if text.text in {"0%", "100%"}}
        unit = (ticks["100%"] - ticks["0%"]) / 100
        drawn = every(drawing, "rect", "figure-range")[0]
        assert (at(drawn, "x") - ticks["0%"]) / unit == pytest.approx(19.3, abs=0.1)
        assert at(drawn, "width") / unit == pytest.approx(36.4 - 19.3, abs=0.1)


def test_a_gap_has_points_only_where_it_is_named() -> None:
    drawn = figure()
    for drawing in drawings(drawn):
        assert "44 points" in words(drawing) and "no clear gap" in words(drawing)
        assert words(drawing).count("points") == 1
    assert [row[5] for row in drawn.table.rows] == ["44", "no clear gap"]


def test_both_groups_are_named_once_over_their_marks() -> None:
    for drawing in drawings(figure()):
        assert words(drawing).count("Students ") - words(drawing).count("Students have") == 1
        assert words(drawing).count("Staff") == 1


def test_groups_differ_in_shape_too() -> None:
    for drawing in drawings(figure()):
        assert len(every(drawing, "circle", "figure-mark")) == len(every(drawing, "polygon", "figure-mark")) == 2


def test_a_pair_without_figures_is_left_out() -> None:
    lost = compared("Lost", 5, 5, named=False)
    assert "Lost" not in str(figure(SAY, Compared(lost.gap, (hidden("Lost"), lost.sides[1]))))


def test_the_table_turns_a_gap_so_that_it_is_never_below_zero() -> None:
    assert figure().table.rows[0][5:] == ("44", "36 to 52")


def test_names_of_groups_can_be_read() -> None:
    for drawing in drawings(figure()):
        assert all(contrast(text.get("fill", ""), "#ffffff") >= 4.5 for text in every(drawing, "text"))


@given(
    st.lists(
        st.tuples(
            st.text("Say łód میں", min_size=1, max_size=70).filter(str.strip),
            st.integers(0, 40),
            st.integers(0, 40),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_words_meet_and_none_is_cut(asked: list[tuple[str, int, int, bool]]) -> None:
    rows = [compared(label, a, b, n=40, named=named) for label, a, b, named in asked]
    for drawing in drawings(figure(*rows)):
        assert collisions(drawing) == []
        assert outside(drawing) == []
