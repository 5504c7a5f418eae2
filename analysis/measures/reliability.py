"""How well several statements measure one thing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENOUGH = 0.70
ROUNDS, STILL = 500, 1e-9
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Reliability:
    """How well the statements of one scale belong together, from people who answered all of them.

    alpha, omega  near 1: they measure one thing; from 0.70 on they may be told as one number
    rest          each statement's correlation with the sum of the others, -1 to 1
    """

    people: int
    alpha: float
    omega: float
    rest: tuple[float, ...]

    @property
    def is_enough(self) -> bool:
        """Whether the statements may be told as one number: the better of the two measures reaches 0.70."""
        return max(self.alpha, self.omega) >= ENOUGH


def reliability(scores: Numbers) -> Reliability:
    """All measures of one scale; arguments and errors as for `cronbach_alpha`."""
    complete = _complete(scores)
    alpha = cronbach_alpha(scores)
    return Reliability(len(complete), alpha, mcdonald_omega(scores), item_rest_correlations(scores))


def cronbach_alpha(scores: Numbers) -> float:
    """Cronbach's alpha (1951, Psychometrika 16, 297-334) over people who answered every statement.

    scores  shape (people, statements), any scale, reversed statements already turned round, NaN where unanswered
    Raises ValueError with fewer than two statements or fewer than two complete people.
    """
    complete = _complete(scores)
    statements = complete.shape[1]
    whole = complete.sum(axis=1).var(ddof=1)
    if whole == 0:
        raise ValueError("found no spread at all between people, expected some.")
    return float(statements / (statements - 1) * (1 - complete.var(axis=0, ddof=1).sum() / whole))


def mcdonald_omega(scores: Numbers) -> float:
    """McDonald's omega (1999, Test Theory, chapter 6): what one common factor explains of the sum's variance.

    Loadings of one factor by iterated principal axes on the covariances; with exact covariances of one factor it is
    exact. Arguments and errors as for `cronbach_alpha`; for two statements it equals alpha.
    """
    complete = _complete(scores)
    covariances = np.cov(complete, rowvar=False)
    if covariances.sum() == 0:
        raise ValueError("found no spread at all between people, expected some.")
    if len(covariances) == 2:
        return cronbach_alpha(scores)
    loadings = _loadings(covariances)
    common = float(loadings.sum()) ** 2
    unique = float(np.clip(np.diag(covariances) - loadings**2, 0, None).sum())
    return common / (common + unique)


def item_rest_correlations(scores: Numbers) -> tuple[float, ...]:
    """Each statement's correlation with the sum of the others; 0 where one of them does not vary."""
    complete = _complete(scores)
    whole = complete.sum(axis=1)
    return tuple(_correlation(each, whole - each) for each in complete.T)


def _complete(scores: Numbers) -> Numbers:
    complete: Numbers = scores[~np.isnan(scores).any(axis=1)]
    people, statements = complete.shape
    if statements < 2 or people < 2:
        raise ValueError(f"found {people} complete people and {statements} statements, expected at least two of each.")
    return complete


def _loadings(covariances: Numbers) -> Numbers:
    """Loadings of one factor: the diagonal is replaced by what the factor explains until that no longer moves."""
    variances = np.diag(covariances)
    shared = 0.5 * variances
    loadings = np.zeros(len(variances))
    for _ in range(ROUNDS):
        values, vectors = np.linalg.eigh(covariances - np.diag(variances - shared))
        loadings = np.sqrt(max(float(values[-1]), 0.0)) * vectors[:, -1]
        before, shared = shared, np.minimum(loadings**2, variances)
        if np.abs(shared - before).max() < STILL * float(variances.max()):
            break
    return loadings if loadings.sum() >= 0 else -loadings


def _correlation(one: Numbers, other: Numbers) -> float:
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
