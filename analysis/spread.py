"""The widest difference among several groups' results, and whether it may be chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist

from analysis.disclosure.reportable import Reportable

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
    together (Bonferroni 1936): each at 1 - 0.05 / pairs. Shares by Newcombe's method 10 (1998, Stat. Med. 17,
    873-890), means by the difference's standard error.
    """
    known = [(label, result, level) for label, result in results if (level := _level(result)) is not None]
    if len(known) < 2:
        return None
    pairs = len(list(combinations(known, 2)))
    top, bottom = max(known, key=lambda each: each[2]), min(known, key=lambda each: each[2])
    z = NormalDist().inv_cdf(1 - ERROR_RATE / pairs / 2)
    low, high = _interval(top[1], bottom[1], z)
    return Spread(top[0], bottom[0], top[2] - bottom[2], low, high, pairs)


def _level(result: Reportable) -> float | None:
    """Where a result stands, 0 to 100."""
    if result.kind == "score":
        return result.mean
    return None if result.share is None else 100 * result.share


def _interval(top: Reportable, bottom: Reportable, z: float) -> tuple[float, float]:
    if top.kind == "score":
        return _means(top, bottom, z)
    (p1, l1, u1), (p2, l2, u2) = _share(top, z), _share(bottom, z)
    below, above = sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return 100 * (p1 - p2 - below), 100 * (p1 - p2 + above)


def _share(result: Reportable, z: float) -> tuple[float, float, float]:
    """Share and its Wilson interval (1927, J. Am. Stat. Assoc. 22, 209-212), 0 to 1."""
    n, p = result.n, result.favourable / result.n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return p, middle - half, middle + half


def _means(top: Reportable, bottom: Reportable, z: float) -> tuple[float, float]:
    """Without a spread of the answers nothing is known about chance: the interval is then all there could be."""
    if top.mean is None or bottom.mean is None or top.sd is None or bottom.sd is None:
        return -100.0, 100.0
    half = z * sqrt(top.sd**2 / top.n + bottom.sd**2 / bottom.n)
    return top.mean - bottom.mean - half, top.mean - bottom.mean + half
