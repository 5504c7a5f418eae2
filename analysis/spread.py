"""The widest difference among several groups' results, and whether it may be chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.disclosure.reportable import Reportable
from analysis.measures.comparing import difference

ERROR_RATE = 0.05


@dataclass(frozen=True)
class Spread:
    """Between the group that stands highest and the one that stands lowest.

    points     their difference in points, 0 to 100
    low, high  its interval, widened for the number of pairs that could have been picked
    pairs      how many pairs that was
    """

    highest: str
    lowest: str
    points: float
    low: float
    high: float
    pairs: int

    @property
    def may_be_chance(self) -> bool:
        """Whether no difference at all would fit the answers too."""
        return self.low <= 0


def widest_spread(results: Sequence[tuple[str, Reportable]]) -> Spread | None:
    """The spread of items (favourable share) or scores (mean); None with fewer than two results.

    Picking the widest of many pairs finds differences where there are none, so the interval holds for all pairs
    together (Bonferroni 1936): each at 1 - 0.05 / pairs. Shares by Newcombe's method 10, means by Welch.
    """
    known = [(label, result, level) for label, result in results if (level := _level(result)) is not None]
    if len(known) < 2:
        return None
    pairs = len(list(combinations(known, 2)))
    top, bottom = max(known, key=lambda each: each[2]), min(known, key=lambda each: each[2])
    points, (low, high) = difference(top[1], bottom[1], 1 - ERROR_RATE / pairs)
    return Spread(top[0], bottom[0], points, low, high, pairs)


def _level(result: Reportable) -> float | None:
    """Where a result stands, 0 to 100."""
    if result.kind in {"score", "scale"}:
        return result.mean
    return None if result.share is None else 100 * result.share
