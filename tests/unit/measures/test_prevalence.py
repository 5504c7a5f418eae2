"""A fallible reader's counts, put right."""

import pytest

from analysis.measures.prevalence import Errors, corrected, precision, recall


def test_a_perfect_reader_is_left_alone() -> None:
    found = corrected(Errors(20, 0, 0, 80), 300, 1000)
    assert found is not None
    assert found.value == pytest.approx(0.3)


def test_the_correction_is_rogans_and_gladens() -> None:
    found = corrected(Errors(40, 30, 10, 120), 350, 1000)
    assert found is not None
    assert found.value == pytest.approx((0.35 + 0.8 - 1) / (0.8 + 0.8 - 1))
    assert found.interval[0] < found.value < found.interval[1]


@pytest.mark.parametrize(
    ("errors", "counted"),
    [(Errors(10, 5, 4, 10), 10), (Errors(2, 5, 2, 91), 10), (Errors(5, 50, 45, 0), 10), (Errors(40, 0, 0, 0), 10)],
    ids=["small sample", "rare", "no better than chance", "all of it"],
)
def test_where_it_cannot_be_told_nothing_is_said(errors: Errors, counted: int) -> None:
    assert corrected(errors, counted, 100) is None


def test_a_larger_sample_narrows_the_interval() -> None:
    small, large = corrected(Errors(12, 3, 3, 42), 250, 1000), corrected(Errors(120, 30, 30, 420), 250, 1000)
    assert small
    assert large
    assert large.interval[1] - large.interval[0] < small.interval[1] - small.interval[0]


def test_precision_and_recall() -> None:
    found = Errors(8, 2, 4, 86)
    right, there = precision(found), recall(found)
    assert right and there
    assert (right.value, there.value) == (0.8, pytest.approx(2 / 3))
    assert precision(Errors(0, 0, 4, 86)) is None
    assert recall(Errors(0, 2, 0, 86)) is None
