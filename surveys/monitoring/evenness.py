"""How far those who have answered stand for all who were asked, and what more answers would do. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

BEHIND = 0.1
SATURDAY = 5


@dataclass(frozen=True)
class Turnout:
    """People of a group: how many are asked (1 or more), how many of them have answered."""

    asked: int
    answered: int

    @property
    def rate(self) -> float:
        """Share who have answered, 0 to 1; a link that many use may bring more answers than people."""
        return min(self.answered / self.asked, 1.0) if self.asked else 0.0


def evenness(groups: Sequence[Turnout]) -> float | None:
    """How alike the groups' response rates are, 0 to 1; 1 when all are the same. None without two groups.

    The R-indicator: one less twice the standard deviation of the rates over all people asked
    (Schouten, Cobben and Bethlehem 2009, Survey Methodology 35, 101-113).

    >>> evenness([Turnout(50, 25), Turnout(50, 25)])
    1.0
    >>> round(evenness([Turnout(50, 50), Turnout(50, 0)]), 2)
    -0.01
    """
    people = sum(group.asked for group in groups)
    if len(groups) < 2 or people < 2:
        return None
    middle = sum(group.asked * group.rate for group in groups) / people
    spread = sum(group.asked * (group.rate - middle) ** 2 for group in groups) / (people - 1)
    return 1 - 2 * sqrt(spread)


def effective_answers(groups: Sequence[Turnout]) -> float | None:
    """How many answers, spread evenly over the groups, would tell as much as these do when each group gets its weight.

    Kish's effective sample size with weights asked / answered (Kish 1965, Survey Sampling, 11.7). None while a group
    has no answer at all: no weight makes up for that.

    >>> effective_answers([Turnout(50, 20), Turnout(50, 20)])
    40.0
    >>> effective_answers([Turnout(50, 40), Turnout(50, 10)])
    32.0
    """
    if not groups or any(group.asked and not group.answered for group in groups):
        return None
    people = sum(group.asked for group in groups)
    return people**2 / sum(group.asked**2 / group.answered for group in groups if group.answered)


def is_behind(group: Turnout, others: Sequence[Turnout]) -> bool:
    """Whether a group's response rate is ten points or more below that of the others together."""
    rest = Turnout(sum(each.asked for each in others), sum(each.answered for each in others))
    return rest.asked > 0 and round(rest.rate - group.rate, 9) >= BEHIND


def more_by_reminder(reached: int, whole: Turnout) -> tuple[int, int]:
    """How many more answers a reminder to `reached` people may bring: low and high.

    High: they answer as willingly as those asked so far. Low: half as willingly, because the willing answer first.

    >>> more_by_reminder(40, Turnout(100, 50))
    (10, 20)
    """
    high = reached * whole.rate
    return round(high / 2), round(high)


def expected_by(today: date, first: date, last: date, *, wanted: int) -> int | None:
    """Answers there would be by the end of `today` if they came evenly over the school days until `last`.

    wanted  answers hoped for by the end of the last day. None when the last day is before the first.

    >>> expected_by(date(2026, 3, 4), date(2026, 3, 2), date(2026, 3, 6), wanted=100)
    60
    """
    days = school_days(first, last)
    return None if not days else round(wanted * min(school_days(first, today) / days, 1.0))


def school_days(first: date, last: date) -> int:
    """Mondays to Fridays from the first day to the last, both counted."""
    span = (last - first).days + 1
    return sum((first + timedelta(days=each)).weekday() < SATURDAY for each in range(max(span, 0)))
