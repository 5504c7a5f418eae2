"""Whether the widest difference among groups may be chance."""

import pytest

from analysis.disclosure.reportable import OptionCount, Reportable, Slice
from analysis.disclosure.sealing import sealed
from analysis.spread import widest_spread


def item(favourable: int, n: int) -> Reportable:
    options = (OptionCount("no", "No", n - favourable), OptionCount("yes", "Yes", favourable, favourable=True))
    return sealed("item", "safe", "I feel safe", "w", Slice("student"), "shown", options, n)


def score(mean: float, sd: float | None, n: int) -> Reportable:
    return sealed("score", "wel", "Wellbeing", "w", Slice("student"), "shown", n=n, mean=mean, sd=sd)


def test_the_interval_of_two_groups_is_newcombes() -> None:
    # Newcombe 1998, table II, example (a): 56/70 and 48/80, method 10 gives 0.0524 to 0.3339
    spread = widest_spread([("Y7", item(56, 70)), ("Y8", item(48, 80))])
    assert spread and spread.points == pytest.approx(20.0)
    assert (spread.low, spread.high) == (pytest.approx(5.24, abs=0.01), pytest.approx(33.39, abs=0.01))
    assert not spread.may_be_chance


def test_the_same_difference_among_more_groups_may_be_chance() -> None:
    groups = [("Y7", item(56, 70)), ("Y8", item(48, 80)), *((f"G{number}", item(49, 70)) for number in range(8))]
    spread = widest_spread(groups)
    assert spread and spread.pairs == 45 and spread.may_be_chance


def test_scores_are_compared_by_their_means() -> None:
    spread = widest_spread([("Y7", score(70, 20, 100)), ("Y8", score(60, 20, 100))])
    assert spread and (spread.highest, spread.lowest, spread.points) == ("Y7", "Y8", 10)
    assert spread.low == pytest.approx(10 - 1.972 * 800**0.5 / 10, abs=0.01)  # t with 198 degrees of freedom


def test_scores_without_a_known_spread_may_always_be_chance() -> None:
    spread = widest_spread([("Y7", score(90, None, 100)), ("Y8", score(10, None, 100))])
    assert spread and spread.may_be_chance


def test_one_group_alone_has_no_spread() -> None:
    assert widest_spread([("Y7", item(5, 40))]) is None
