"""Differences between waves and between audiences; only what is shown in figures is compared. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from analysis.disclosure.reportable import Reportable
from analysis.measures.intervals import CONFIDENCE, Z_95, Interval, newcombe, newcombe_p, welch, z_for

FEWEST_COMPARED = 30
FALSE_DISCOVERIES = 0.05
BOARD = "board"
Verdict = Literal["up", "down", "no clear change", "not compared"]
Why = Literal["", "too few", "another subject", "another scale"]


class Results(Protocol):
    """What gaps are looked for in: the results of one wave."""

    def find(self, kind: Literal["item"], subject: str, audience: str) -> Reportable | None:
        """One result of a whole audience."""

    def of(self, kind: Literal["item"], audience: str, filters: tuple[()]) -> Sequence[Reportable]:
        """All results of one kind of a whole audience."""


@dataclass(frozen=True)
class Change:
    """Later minus earlier, in points (-100 to 100), with its 95 % interval; zeros when not compared."""

    points: float
    low: float
    high: float
    verdict: Verdict
    reason: Why = ""


@dataclass(frozen=True)
class Gap:
    """How many points more favourably audience `a` answers about a strand than audience `b`.

    subject    the question key of `a`
    low, high  interval adjusted for all the gaps that were looked at
    named      whether it stays clear of 0 after that adjustment
    """

    subject: str
    label: str
    a: str
    b: str
    points: float
    low: float
    high: float
    named: bool


def change(earlier: Reportable, later: Reportable) -> Change:
    """Whether a result moved between two waves; named only where the interval of the difference excludes 0.

    Shares by Newcombe's method 10, means by Welch. Waves are compared as independent samples: answers are
    anonymous, so nobody's two answers can be paired, and the interval is then rather too wide than too narrow.
    Another group of people is another subject; a statement whose answers have changed is not compared.
    """
    if _asked(earlier) != _asked(later):
        return Change(0.0, 0.0, 0.0, "not compared", "another subject")
    if not (comparable(earlier) and comparable(later)):
        return Change(0.0, 0.0, 0.0, "not compared", "too few")
    if _scale(earlier) != _scale(later):
        return Change(0.0, 0.0, 0.0, "not compared", "another scale")
    points, (low, high) = difference(later, earlier, CONFIDENCE)
    verdict: Verdict = "up" if low > 0 else "down" if high < 0 else "no clear change"
    return Change(points, low, high, verdict)


def comparable(result: Reportable) -> bool:
    """Whether a result may be compared: shown in figures, of at least 30 people, never a count of comments."""
    return result.status == "shown" and result.n >= FEWEST_COMPARED and result.kind in {"item", "score", "scale"}


def gaps(results: Results, *, a: str, b: str) -> list[Gap]:
    """Gaps between two audiences on the parallel core statements of each strand, in the order of the strands.

    Only statements about experience: those on the governing board itself are left out on either side. Which
    gaps are real is decided for all together: at most 5 % false discoveries (Benjamini and Hochberg 1995, J. R.
    Stat. Soc. B 57, 289-300) among the error rates at which Newcombe's intervals reach 0. The intervals are widened
    to match (Benjamini and Yekutieli 2005, J. Am. Stat. Assoc. 100, 71-81), so exactly the named gaps exclude 0.
    """
    return tested(_parallel(results, a, b), a=a, b=b)


def tested(pairs: Iterable[tuple[Reportable, Reportable]], *, a: str, b: str) -> list[Gap]:
    """The gap of each pair that may be compared, all looked at together (see `gaps`); `a` and `b` name the sides."""
    kept = [(mine, theirs) for mine, theirs in pairs if comparable(mine) and comparable(theirs)]
    chosen = discoveries([newcombe_p(one.favourable, one.n, other.favourable, other.n) for one, other in kept])
    confidence = 1 - FALSE_DISCOVERIES * max(1, len(chosen)) / max(1, len(kept))
    found = []
    for number, (mine, theirs) in enumerate(kept):
        points, (low, high) = difference(mine, theirs, confidence)
        found.append(Gap(mine.subject, mine.label, a, b, points, low, high, named=number in chosen))
    return found


def discoveries(p_values: Sequence[float]) -> frozenset[int]:
    """Positions of the p-values that Benjamini and Hochberg's procedure keeps at 5 % false discoveries.

    >>> sorted(discoveries([0.01, 0.2, 0.03, 0.9]))
    [0]
    """
    ordered = sorted(range(len(p_values)), key=lambda position: p_values[position])
    kept = 0
    for rank, position in enumerate(ordered, 1):
        if p_values[position] <= FALSE_DISCOVERIES * rank / len(p_values):
            kept = rank
    return frozenset(ordered[:kept])


def response_rate(result: Reportable) -> float | None:
    """Share of those asked who answered, 0 to 1; None when hidden or when it is not known how many were asked."""
    return min(1.0, result.n / result.invited) if result.invited and result.status != "hidden" else None


def _asked(result: Reportable) -> tuple[object, ...]:
    return result.kind, result.subject, result.slice, result.reverse


def _scale(result: Reportable) -> list[tuple[str, bool]]:
    return [(option.code, option.favourable) for option in result.options if option.scored]


def _parallel(results: Results, a: str, b: str) -> Iterable[tuple[Reportable, Reportable]]:
    theirs = {item.parallel: item for item in reversed(results.of("item", b, ())) if item.parallel}
    seen: set[str] = set()
    for mine in results.of("item", a, ()):
        other = theirs.get(mine.parallel)
        if mine.parallel in seen or other is None or BOARD in {mine.focus, other.focus}:
            continue
        seen.add(mine.parallel)
        yield mine, other


def difference(one: Reportable, other: Reportable, confidence: float) -> tuple[float, Interval]:
    """Points of `one` minus `other` and their interval."""
    if one.kind in {"score", "scale"}:
        return _mean_difference(one, other, confidence)
    z = Z_95 if confidence == CONFIDENCE else z_for(confidence)
    low, high = newcombe(one.favourable, one.n, other.favourable, other.n, z)
    return 100 * (one.favourable / one.n - other.favourable / other.n), (100 * low, 100 * high)


def _mean_difference(one: Reportable, other: Reportable, confidence: float) -> tuple[float, Interval]:
    means, spreads = (one.mean or 0.0, other.mean or 0.0), (one.sd, other.sd)
    points = means[0] - means[1]
    if spreads[0] is None or spreads[1] is None:
        return points, (-100.0, 100.0)
    return points, welch(means[0], spreads[0], one.n, means[1], spreads[1], other.n, confidence)
