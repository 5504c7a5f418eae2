"""Which answers go together with an outcome, shared out fairly among answers that go together with each other.

Nothing here is about causes: whoever answers one statement favourably may also answer another so for a third reason.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST_A_STATEMENT = 10
_NOTHING = 1e-10
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Drivers:
    """How much of the outcome's variance goes together with the statements.

    explained  share of the variance, 0 to 1 (R squared)
    weights    each statement's part of it, in their order; they add up to `explained`
    """

    people: int
    explained: float
    weights: tuple[float, ...]


def drivers(outcome: Numbers, statements: Numbers) -> Drivers | None:
    """Johnson's relative weights (2000, Multivariate Behav. Res. 35, 1-19), which cope with correlated statements.

    outcome     shape (people,), any scale, NaN where unanswered
    statements  shape (people, statements)
    None with fewer than ten complete people a statement, or where an answer does not vary.

    The statements are replaced by the uncorrelated variables nearest to them; the outcome's variance is shared among
    those, and back to the statements by how much each has to do with each.
    """
    known = ~np.isnan(outcome) & ~np.isnan(statements).any(axis=1)
    y, x = outcome[known], statements[known]
    people, count = x.shape
    if not count or people < FEWEST_A_STATEMENT * count or y.std() == 0 or (x.std(axis=0) == 0).any():
        return None
    correlations = np.atleast_2d(np.corrcoef(x, rowvar=False))
    values, vectors = np.linalg.eigh(correlations)
    if values.min() < _NOTHING:
        return None
    root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    with_outcome = np.array([np.corrcoef(column, y)[0, 1] for column in x.T])
    betas = np.linalg.solve(root, with_outcome)
    weights = (root**2) @ (betas**2)
    return Drivers(people, float(weights.sum()), tuple(float(each) for each in weights))
