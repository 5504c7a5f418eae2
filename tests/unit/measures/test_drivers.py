"""Relative weights: they add up, they agree with what is known exactly, and they cope with statements that overlap."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray

from analysis.measures.drivers import drivers

Numbers = NDArray[np.float64]


def people(count: int = 2_000) -> tuple[Numbers, Numbers]:
    """An outcome, and four statements of which two overlap much."""
    random = np.random.default_rng(7)
    shared = random.standard_normal(count)
    own = random.standard_normal((4, count))
    x = np.stack([shared + own[0], shared + own[1], own[2], own[3]], axis=1)
    return x @ [0.6, 0.4, 0.5, 0.0] + random.standard_normal(count), x


def r_squared(y: Numbers, x: Numbers, chosen: tuple[int, ...]) -> float:
    return float(sm.OLS(y, sm.add_constant(x[:, chosen])).fit().rsquared) if chosen else 0.0


def lmg(y: Numbers, x: Numbers) -> list[float]:
    """Lindeman, Merenda and Gold (1980): what each adds, averaged over all orders."""
    count, found = x.shape[1], []
    for one in range(count):
        others = [each for each in range(count) if each != one]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            total += weight * sum(
                r_squared(y, x, (*before, one)) - r_squared(y, x, before) for before in combinations(others, size)
            )
        found.append(total)
    return found


def test_the_weights_add_up_to_what_a_regression_explains() -> None:
    y, x = people()
    found = drivers(y, x)
    assert found
    assert sum(found.weights) == pytest.approx(found.explained)
    assert found.explained == pytest.approx(r_squared(y, x, (0, 1, 2, 3)))


def test_for_two_statements_they_are_the_average_over_both_orders() -> None:
    # Johnson 2000 and Grömping 2007 (Am. Stat. 61, 139-147): with two regressors both methods are the same
    y, x = people()
    found = drivers(y, x[:, :2])
    assert found
    assert found.weights == pytest.approx(lmg(y, x[:, :2]))


def test_for_more_they_stay_close_to_the_average_over_all_orders() -> None:
    y, x = people()
    found = drivers(y, x)
    assert found
    assert found.weights == pytest.approx(lmg(y, x), abs=0.02)
    assert found.weights[3] == pytest.approx(0, abs=0.01)


def test_uncorrelated_statements_get_their_squared_correlation() -> None:
    random = np.random.default_rng(3)
    x, _ = np.linalg.qr(random.standard_normal((200, 3)) - 0.0)
    x -= x.mean(axis=0)
    x, _ = np.linalg.qr(x)
    y = x @ [3.0, 2.0, 1.0] + random.standard_normal(200) * 0.1
    found = drivers(y, x)
    assert found
    assert found.weights == pytest.approx([np.corrcoef(column, y)[0, 1] ** 2 for column in x.T], abs=1e-3)


def test_nothing_is_said_for_too_few_people_or_where_nothing_varies() -> None:
    y, x = people(30)
    assert drivers(y, x) is None
    y, x = people()
    x[:, 0] = 1.0
    assert drivers(y, x) is None
