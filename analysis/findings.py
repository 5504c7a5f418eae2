"""What a results page says first: what rose, what fell, and where two groups see the school most differently.

Pure choice, no words: the page puts the words, in its reader's language. A finding never hints at a cause and
never ranks people, classes or schools.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

Direction = Literal["up", "down"]
CONFIDENCE = 0.95
_Z_95 = NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / 2)


@dataclass(frozen=True)
class Movement:
    """A difference between two waves in one subject, with its 95 % interval, all in points (-100 to 100)."""

    subject: str
    label: str
    points: float
    low: float
    high: float

    @property
    def direction(self) -> Direction:
        """Which way it went."""
        return "up" if self.points > 0 else "down"


@dataclass(frozen=True)
class Gulf:
    """A named gap: how many points more favourably group `a` answers than group `b` about the same thing."""

    subject: str
    label: str
    a: str
    b: str
    points: float

    @property
    def brighter(self) -> str:
        """The group that answers more favourably."""
        return self.a if self.points > 0 else self.b

    @property
    def dimmer(self) -> str:
        """The group that answers less favourably."""
        return self.b if self.points > 0 else self.a


@dataclass(frozen=True)
class Standing:
    """Where a subject stands, 0 to 100."""

    subject: str
    label: str
    score: float


@dataclass(frozen=True)
class Headline:
    """What to say first. At most one of each, so that it can be read at a glance; all None: nothing is clear.

    compared  whether there was an earlier wave to compare with
    """

    compared: bool
    risen: Movement | None = None
    fallen: Movement | None = None
    gulf: Gulf | None = None
    highest: Standing | None = None
    lowest: Standing | None = None


def headline(
    movements: Sequence[Movement], gulfs: Sequence[Gulf], standings: Sequence[Standing], *, compared: bool
) -> Headline:
    """The finding: the largest clear rise and fall, else the widest gap, else where things stand.

    movements  every comparison made, clear or not: their number is needed for the correction
    gulfs      gaps already named by their own corrected interval
    """
    clear = clear_movements(movements)
    risen = max((move for move in clear if move.points > 0), key=lambda move: move.points, default=None)
    fallen = min((move for move in clear if move.points < 0), key=lambda move: move.points, default=None)
    gulf = None if risen and fallen else widest(gulfs)
    if risen or fallen or gulf:
        return Headline(compared, risen, fallen, gulf)
    highest, lowest = _ends(standings)
    return Headline(compared, highest=highest, lowest=lowest)


def clear_movements(movements: Sequence[Movement]) -> tuple[Movement, ...]:
    """Movements that stay clear of 0 when all comparisons are counted (Bonferroni 1936).

    A headline picks the largest of many changes, so each must pass at 0.05 / number of comparisons: the 95 %
    interval is widened on each side by the ratio of the two normal quantiles.

    >>> wide = Movement("a", "A", 5.0, 0.5, 9.5)
    >>> len(clear_movements([wide])), len(clear_movements([wide] * 20))
    (1, 0)
    """
    if not movements:
        return ()
    stretch = NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / 2 / len(movements)) / _Z_95
    return tuple(move for move in movements if _clear_of_zero(move, stretch))


def widest(gulfs: Iterable[Gulf]) -> Gulf | None:
    """The widest of the named gaps; None when there is none."""
    return max(gulfs, key=lambda gulf: abs(gulf.points), default=None)


def _clear_of_zero(move: Movement, stretch: float) -> bool:
    low = move.points - (move.points - move.low) * stretch
    high = move.points + (move.high - move.points) * stretch
    return low > 0 or high < 0


def _ends(standings: Sequence[Standing]) -> tuple[Standing | None, Standing | None]:
    """Highest and lowest, when there are two that a reader would tell apart (rounded to whole points)."""
    ordered = sorted(standings, key=lambda standing: (-standing.score, standing.subject))
    if len(ordered) < 2 or round(ordered[0].score) == round(ordered[-1].score):
        return None, None
    return ordered[0], ordered[-1]
