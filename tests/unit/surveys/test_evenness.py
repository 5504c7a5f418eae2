"""How far answers stand for all who were asked: published measures on small numbers, and the pace of answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.monitoring.evenness import (
    Turnout,
    effective_answers,
    evenness,
    expected_by,
    is_behind,
    more_by_reminder,
    school_days,
)
from surveys.monitoring.strata import FEWEST, strata_of


def test_equal_rates_are_even_and_opposite_ones_are_not() -> None:
    assert evenness([Turnout(50, 20), Turnout(500, 200)]) == 1.0
    assert evenness([Turnout(50, 50), Turnout(50, 0)]) == pytest.approx(1 - 2 * 0.5 * (100 / 99) ** 0.5)


def test_with_one_group_or_nobody_there_is_nothing_to_compare() -> None:
    assert evenness([Turnout(50, 20)]) is None
    assert effective_answers([]) is None


def test_the_effective_number_is_kishs() -> None:
    weights = [50 / 40] * 40 + [50 / 10] * 10
    kish = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    assert effective_answers([Turnout(50, 40), Turnout(50, 10)]) == pytest.approx(kish)


def test_no_weight_makes_up_for_a_group_that_is_silent() -> None:
    assert effective_answers([Turnout(50, 40), Turnout(50, 0)]) is None


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=1, max_size=8))
def test_weights_never_make_more_answers_than_there_are(groups: list[tuple[int, int]]) -> None:
    found = effective_answers([Turnout(*each) for each in groups])
    assert found is not None
    assert found <= sum(answered for _, answered in groups) + 1e-6


def test_a_group_ten_points_below_the_others_is_behind() -> None:
    assert is_behind(Turnout(100, 40), [Turnout(100, 50)])
    assert not is_behind(Turnout(100, 41), [Turnout(100, 50)])
    assert not is_behind(Turnout(100, 0), [])


def test_a_reminder_is_judged_by_those_asked_so_far() -> None:
    assert more_by_reminder(40, Turnout(100, 50)) == (10, 20)


def test_the_pace_counts_school_days_only() -> None:
    monday, friday = date(2026, 3, 2), date(2026, 3, 6)
    assert school_days(monday, date(2026, 3, 9)) == 6
    assert expected_by(date(2026, 3, 8), monday, date(2026, 3, 13), wanted=100) == 50
    assert expected_by(date(2026, 4, 1), monday, friday, wanted=100) == 100
    assert expected_by(date(2026, 3, 1), monday, friday, wanted=100) == 0
    assert expected_by(friday, friday, monday, wanted=100) is None


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 40), max_size=8))
def test_no_stratum_has_fewer_than_ten_people_and_none_is_lost(asked: dict[str, int]) -> None:
    found = strata_of(asked)
    assert all(sum(asked[option] for option in stratum) >= FEWEST for stratum in found)
    assert not found or [option for stratum in found for option in stratum] == list(asked)
