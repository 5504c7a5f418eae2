"""How well several statements measure one thing."""

import numpy as np
from numpy.typing import NDArray


def cronbach_alpha(scores: NDArray[np.float64]) -> float:
    """Cronbach's alpha (1951, Psychometrika 16, 297-334) over people who answered every statement.

    scores  shape (people, statements), any scale, reversed statements already turned round, NaN where unanswered
    Raises ValueError with fewer than two statements or fewer than two complete people.
    """
    complete = scores[~np.isnan(scores).any(axis=1)]
    people, statements = complete.shape
    if statements < 2 or people < 2:
        raise ValueError(f"found {people} complete people and {statements} statements, expected at least two of each.")
    whole = complete.sum(axis=1).var(ddof=1)
    if whole == 0:
        raise ValueError("found no spread at all between people, expected some.")
    return float(statements / (statements - 1) * (1 - complete.var(axis=0, ddof=1).sum() / whole))
