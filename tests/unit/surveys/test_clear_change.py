"""What a wave will be able to tell, against R."""

import pytest

from surveys.clear_change import power, smallest_clear_change
from surveys.expecting import Expected, expected
from surveys.waves import WaveSummary


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


def test_a_wave_is_held_against_the_last_closed_one_of_its_kind() -> None:
    def line(state: str, answers: int, invited: int | None) -> WaveSummary:
        return WaveSummary(
            "w", "Spring", state, "student", "student", "anonymous", "tiny", answers, 0, invited, "", (), {}
        )

    lines = [line("open", 10, 100), line("closed", 400, 500), line("closed", 50, 100)]
    found = expected(lines, ["tiny:student", "tiny:staff", "other:student"], {"tiny:student": 1_250, "tiny:staff": 100})
    assert found["tiny:student"] == Expected("Spring", 400, 1_000, 9)
    assert (found["tiny:staff"].before, found["tiny:staff"].after, found["tiny:staff"].since) == (70, 70, "")
    assert expected(lines, ["tiny:student"], {})["tiny:student"].after == 400
    assert "other:student" not in found
