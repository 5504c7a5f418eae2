"""Lines over time."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.reportable import Reportable
from analysis.figures import Figure, trend_lines
from tests.unit.figures.reading import at, collisions, drawings, every, outside, words
from tests.unit.figures.results import score

WAVES = (("2024", "Autumn 2024"), ("2025", "Autumn 2025"), ("2026", "Autumn 2026"))
NAME = st.text("Wellbeing, łódź میں", min_size=1, max_size=40).filter(str.strip)
VALUES = st.lists(st.none() | st.floats(0, 100), min_size=3, max_size=3)


def history(label: str, *means: float | None) -> list[Reportable]:
    return [
        score(
            label,
            mean,
            wave=wave,
            status="shown" if mean is not None else "hidden",
            reason="" if mean is not None else "Too few people answered.",
            n=0 if mean is None else 400,
        )
        for (wave, _title), mean in zip(WAVES, means, strict=True)
    ]


WELLBEING, ACHIEVEMENT = history("Wellbeing", 56, 60, 66), history("Achievement", 71, 68, 65)


def figure(*histories: list[Reportable], verdicts: tuple[str, ...] = ()) -> Figure:
    return trend_lines(histories or (WELLBEING, ACHIEVEMENT), waves=WAVES, title="Wellbeing is up", verdicts=verdicts)


def places(drawing: Element) -> list[tuple[float, float]]:
    return [(at(mark, "cx"), at(mark, "cy")) for mark in every(drawing, "circle", "figure-mark")]


def test_every_mark_stands_at_its_value_on_one_scale_for_all_panels() -> None:
    for drawing in drawings(figure()):
        heights = [y for _x, y in places(drawing)]
        unit = (heights[0] - heights[2]) / 10
        assert [(heights[0] - y) / unit for y in heights] == pytest.approx([0, 4, 10, 15, 12, 9], abs=0.01)


def test_waves_stand_at_even_distances() -> None:
    for drawing in drawings(figure(WELLBEING)):
        first, second, third = (x for x, _y in places(drawing))
        assert second - first == pytest.approx(third - second, abs=0.02)


def test_the_range_is_the_means_standard_error_twice_each_way() -> None:
    for drawing in drawings(figure(WELLBEING)):
        heights = [y for _x, y in places(drawing)]
        drawn = every(drawing, "rect", "figure-range")[0]
        assert at(drawn, "height") / ((heights[0] - heights[2]) / 10) == pytest.approx(2 * 1.96, abs=0.02)


def test_first_and_latest_value_are_printed() -> None:
    for drawing in drawings(figure()):
        assert all(value in words(drawing).split() for value in ("56", "66", "71", "65"))


def test_a_scale_that_is_not_the_whole_is_told() -> None:
    assert figure().note == "The scale runs from 40 to 80."
    assert figure(history("Wide", 1, 50, 99)).note == ""


def test_a_wave_without_figure_breaks_the_line_and_shows_no_number() -> None:
    drawn = figure(history("Wellbeing", 56, None, 66))
    assert "Hatched" in drawn.note and drawn.table.rows[0][2] == "Hidden: Too few people answered"
    for drawing in drawings(drawn):
        assert len(places(drawing)) == 2
        assert not [line for line in every(drawing, "line") if line.get("stroke-width") == "3"]


def test_a_wave_that_did_not_ask_is_said_so() -> None:
    drawn = figure(WELLBEING[1:])
    assert drawn.table.rows[0][1] == "not asked" and "Autumn 2024: not asked" in drawn.summary


def test_a_clear_change_has_its_arrow_and_colour() -> None:
    for drawing in drawings(figure(verdicts=("up", "down"))):
        arrows = every(drawing, "polygon", "figure-arrow")
        marks = every(drawing, "circle", "figure-mark")
        assert [arrow.get("fill") for arrow in arrows] == [marks[0].get("fill"), marks[3].get("fill")]
        assert arrows[0].get("fill") != arrows[1].get("fill")


def test_no_arrow_without_a_clear_change() -> None:
    assert all(not every(drawing, "polygon") for drawing in drawings(figure(verdicts=("no clear change", ""))))


@given(st.lists(st.tuples(NAME, VALUES), min_size=1, max_size=7), st.integers(1, 3))
def test_no_words_meet_and_none_is_cut(asked: list[tuple[str, list[float | None]]], waves: int) -> None:
    histories = [history(label, *values)[:waves] for label, values in asked]
    for drawing in drawings(trend_lines(histories, waves=WAVES[:waves], title="Trends")):
        assert collisions(drawing) == []
        assert outside(drawing) == []


def test_what_was_done_is_a_lettered_dotted_line_at_its_place() -> None:
    decided = [(0.5, "Staff stand at busy points."), (1.9, "A second till.")]
    drawn = trend_lines([WELLBEING], waves=WAVES, title="Wellbeing", decisions=decided)
    for drawing in drawings(drawn):
        dotted = [at(each, "x1") for each in every(drawing, "line") if each.get("stroke-dasharray")]
        marks = [at(each, "cx") for each in every(drawing, "circle", "figure-mark")]
        assert dotted[0] == pytest.approx((marks[0] + marks[1]) / 2, abs=0.1)
        assert marks[1] < dotted[1] < marks[2]
        assert collisions(drawing) == []
    assert "A: Staff stand at busy points." in drawn.note and "not say that it was the cause" in drawn.note
