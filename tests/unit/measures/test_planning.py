"""What a wave will be able to tell, against R."""

import pytest

from analysis.measures.planning import power, smallest_clear_change


def test_power_is_rs() -> None:
    # R 4, help page of power.prop.test: n = 50, p1 = .50, p2 = .75 gives power 0.740; .90 needs n = 76.7
    assert power(50, 0.50, 0.75) == pytest.approx(0.740, abs=0.001)
    assert power(76.7, 0.50, 0.75) == pytest.approx(0.90, abs=0.001)


def test_the_smallest_clear_change_is_found_four_times_in_five() -> None:
    points = smallest_clear_change(400, 400)
    assert points
    assert power(400, 0.5, 0.5 + points / 100) == pytest.approx(0.8, abs=1e-4)
    smaller = smallest_clear_change(400, 1_000)
    assert smaller
    assert smaller < points


def test_a_handful_of_people_cannot_show_a_change() -> None:
    assert smallest_clear_change(3, 3) is None
    assert smallest_clear_change(0, 50) is None
