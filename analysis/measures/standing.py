"""Where a result stands on the scale of 0 to 100, and the range the true figure is likely to be in."""

from dataclasses import dataclass

from analysis.disclosure.reportable import Reportable
from analysis.measures.intervals import mean_interval, wilson

FEWEST_TOLD = 0.05


@dataclass(frozen=True)
class Standing:
    """A favourable share in per cent or a mean score, with its 95 % interval; 0 to 100, or on a scale's own range."""

    value: float
    low: float
    high: float


def standing(result: Reportable) -> Standing | None:
    """Where a result stands; None where there is no figure.

    Shares by Wilson's method, corrected for the roll where it is known; means by Student's t, cut at the scale's ends;
    near all or none only the limit is told, and the range around it, so that nobody learns that all or none did;
    a mean whose spread is not known has no interval of its own (low and high are the mean).
    """
    if result.status != "shown" or not result.n:
        return None
    if result.kind in {"score", "scale"}:
        return _mean(result)
    if result.share is None:
        return None
    fewest = FEWEST_TOLD * result.n
    favourable = min(max(result.favourable, fewest), result.n - fewest)
    low, high = wilson(favourable, result.n, roll=result.invited)
    return Standing(100 * favourable / result.n, 100 * low, 100 * high)


def _mean(result: Reportable) -> Standing | None:
    if result.mean is None:
        return None
    if result.sd is None or result.n < 2:
        return Standing(result.mean, result.mean, result.mean)
    low, high = mean_interval(result.mean, result.sd, result.n)
    return Standing(result.mean, max(result.figure("low") or 0.0, low), min(result.figure("high") or 100.0, high))
