"""Intervals against other people's programs, and what must hold for any numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis.measures import newcombe, welch, wilson
from analysis.measures.intervals import mean_interval, t_quantile

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_wilson_agrees_with_another_program(count: tuple[int, int]) -> None:
    assert wilson(*count) == pytest.approx(proportion_confint(*count, method="wilson"), abs=1e-9)


@given(counts, counts)
def test_newcombe_agrees_with_another_program(one: tuple[int, int], other: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(one[0], one[1], other[0], other[1], method="newcomb")
    assert newcombe(*one, *other) == pytest.approx(expected, abs=1e-9)


@given(counts, counts)
def test_turning_the_groups_round_turns_the_interval_round(one: tuple[int, int], other: tuple[int, int]) -> None:
    low, high = newcombe(*one, *other)
    assert newcombe(*other, *one) == pytest.approx((-high, -low))


@given(counts)
def test_a_share_lies_in_its_interval_within_0_and_1(count: tuple[int, int]) -> None:
    low, high = wilson(*count)
    assert 0 <= low <= count[0] / count[1] <= high <= 1


@pytest.mark.parametrize(("k", "n"), [(1, 0), (3, 2), (-1, 5)])
def test_counts_that_cannot_be_are_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="expected 0 <= k <= n"):
        wilson(k, n)


@given(st.floats(20, 2000), st.sampled_from([0.9, 0.95, 0.975, 0.995]))
def test_students_quantile_agrees_with_another_program(freedom: float, probability: float) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(stats.t.ppf(probability, freedom), abs=1e-3)


def test_welch_agrees_with_another_program() -> None:
    random = np.random.default_rng(3)
    one, other = random.normal(60, 20, 80), random.normal(55, 12, 45)
    expected = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    found = welch(one.mean(), one.std(ddof=1), 80, other.mean(), other.std(ddof=1), 45)
    assert found == pytest.approx((expected.low, expected.high), abs=0.01)


def test_the_finite_population_correction_narrows_the_range_with_the_share_that_answered() -> None:
    # Cochran 1977, 2.6: a sample of n from N counts as n (N - 1) / (N - n) people
    assert wilson(30, 60, roll=119) == pytest.approx(wilson(60, 120), abs=0.003)
    widths = [high - low for low, high in (wilson(30, 60, roll=roll) for roll in (10_000, 200, 100, 70))]
    assert widths == sorted(widths, reverse=True)


def test_even_a_whole_population_keeps_the_room_that_rounding_needs() -> None:
    assert wilson(30, 60, roll=60) == pytest.approx((28 / 60, 32 / 60))
    assert wilson(30, 60, roll=50) == pytest.approx((28 / 60, 32 / 60))


def test_the_interval_of_a_mean_is_students() -> None:
    # t with 9 degrees of freedom is 2.262 (Student's table, any textbook): 2.262 * 3 / sqrt(10) = 2.146
    assert mean_interval(5.0, 3.0, 10) == pytest.approx((5 - 2.146, 5 + 2.146), abs=0.001)
