"""Agreement of people who coded the same comments, with bootstrap intervals. Pure.

Cohen's kappa for two coders (Cohen 1960, Educ. Psychol. Meas. 20, 37-46), Krippendorff's alpha for nominal data and any
number of coders, some of whom may not have coded everything (Krippendorff 2004, Content Analysis, ch. 11).
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]
DRAWS = 1_000
SEED = 20_261
Verdicts = Sequence[Sequence[bool | None]]
"""One row a comment, one column a coder: whether the theme was coded; None where the coder did not code it."""


@dataclass(frozen=True)
class Agreement:
    """How far coders agree on one theme beyond chance; 1 is complete, 0 is chance.

    comments  coded by two or more
    given     share of verdicts that say yes
    kappa     of the two coders who share most comments; None where it is not defined (nobody ever differed from all)
    alpha     of all coders; None where it is not defined
    """

    comments: int
    given: float
    kappa: float | None
    kappa_interval: Interval | None
    alpha: float | None
    alpha_interval: Interval | None


def agreement(verdicts: Verdicts, *, draws: int = DRAWS) -> Agreement:
    """Agreement on one theme; comments coded by fewer than two people do not count.

    >>> found = agreement([(True, True), (False, False), (True, False), (False, False)])
    >>> round(found.kappa, 2), round(found.alpha, 2)
    (0.5, 0.53)
    """
    shared = [row for row in verdicts if sum(each is not None for each in row) > 1]
    table = np.array([[np.nan if each is None else float(each) for each in row] for row in shared], dtype=float)
    if not len(shared):
        return Agreement(0, 0.0, None, None, None, None)
    ones, coded = np.nansum(table, axis=1), np.sum(~np.isnan(table), axis=1)
    pair = _busiest_pair(table)
    chosen = np.random.default_rng(SEED).integers(0, len(shared), (draws, len(shared)))
    return Agreement(
        len(shared),
        float(ones.sum() / coded.sum()),
        _kappa(pair),
        _spread(_kappas(pair, draws)),
        _alpha(table),
        _spread(_alphas(coded - ones, ones, chosen)),
    )


def _busiest_pair(table: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The verdicts of the two coders who share most comments: one row a comment, two columns."""
    pairs = [(a, b) for a in range(table.shape[1]) for b in range(a + 1, table.shape[1])]
    shared = {pair: table[~np.isnan(table[:, list(pair)]).any(axis=1)][:, list(pair)] for pair in pairs}
    return shared[max(pairs, key=lambda pair: len(shared[pair]))].astype(bool)


def _kappa(pair: NDArray[np.bool_]) -> float | None:
    if not len(pair) or pair.all() or not pair.any():
        return None
    from sklearn.metrics import cohen_kappa_score  # takes two seconds to load, which no other page waits for

    return float(cohen_kappa_score(pair[:, 0], pair[:, 1]))


def _kappas(pair: NDArray[np.bool_], draws: int) -> NDArray[np.float64]:
    """Kappa of resampled comments: the four counts of a two by two table, drawn again."""
    if not len(pair):
        return np.array([])
    cells = np.array([np.sum((pair[:, 0] == a) & (pair[:, 1] == b)) for a in (True, False) for b in (True, False)])
    drawn = np.random.default_rng(SEED).multinomial(len(pair), cells / len(pair), draws) / len(pair)
    both, first, second, neither = drawn.T
    by_chance = (both + first) * (both + second) + (neither + second) * (neither + first)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = (both + neither - by_chance) / (1 - by_chance)
    return found


def _alpha(table: NDArray[np.float64]) -> float | None:
    said = table[~np.isnan(table)]
    if said.all() or not said.any():
        return None
    import krippendorff

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(krippendorff.alpha(reliability_data=table.T, level_of_measurement="nominal"))


def _alphas(zeros: NDArray[np.float64], ones: NDArray[np.float64], chosen: NDArray[np.int64]) -> NDArray[np.float64]:
    """Alpha of resampled comments, by the coincidence formula for two values."""
    differing = 2 * zeros * ones / (zeros + ones - 1)
    no, yes = zeros[chosen].sum(axis=1), ones[chosen].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: NDArray[np.float64] = 1 - (no + yes - 1) * differing[chosen].sum(axis=1) / (2 * no * yes)
    return found


def _spread(drawn: NDArray[np.float64]) -> Interval | None:
    """Where the middle 95 % of the drawn values lie; None where most draws give no value."""
    known = drawn[np.isfinite(drawn)]
    if len(known) < max(1, len(drawn) // 2):
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
