"""Means that may be told: of numbers that options stand for, and of people's own numbers, too coarse for one. Pure.

A mean of options is made of their rounded counts and gives nothing new away. A mean of people's own numbers is told to
two significant digits, and never nearer to an end of its range than a twentieth: so that nobody learns that everyone
stands there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure.reportable import OptionCount

NEAREST_END = 0.05


@dataclass(frozen=True)
class Level:
    """Mean and spread (n - 1; None for fewer than two people) of people's own numbers, which run from low to high."""

    mean: float
    sd: float | None
    low: float
    high: float

    @property
    def told_mean(self) -> float:
        """The mean as it is told."""
        near = NEAREST_END * (self.high - self.low)
        return min(max(two_digits(self.mean), self.low + near), self.high - near)

    @property
    def told_sd(self) -> float | None:
        """The spread as it is told: never so small that it says that all are alike."""
        return None if self.sd is None else max(two_digits(self.sd), NEAREST_END * (self.high - self.low))


def grouped_mean(options: Sequence[OptionCount], numbers: Mapping[str, float], *, least: int) -> float | None:
    """The mean of the numbers that options stand for; None for fewer than `least` people with a number.

    None too where nearly all of them chose one option: the mean would say whether it was all.

    options  with rounded counts

    >>> grouped_mean([OptionCount("1", "1", 12), OptionCount("2", "2", 24)], {"1": 1.0, "2": 2.0}, least=10)
    1.67
    """
    counted = [(numbers[option.code], option.people) for option in options if option.code in numbers]
    people = sum(count for _, count in counted)
    if people < least or max(count for _, count in counted) >= (1 - NEAREST_END) * people:
        return None
    return float(f"{sum(number * count for number, count in counted) / people:.3g}")


def two_digits(value: float) -> float:
    """A number to two significant digits, as results that are modelled from single answers are told.

    >>> two_digits(23.456), two_digits(0.0123)
    (23.0, 0.012)
    """
    return float(f"{value:.2g}")
