"""Scores 0-100 of strands and dimensions, for each person and for groups. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST_STRANDS = 0.6
DIGITS = 6  # responses come in no order: a sum differs in its last digits from one counting to the next
Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """Where a group stands: people with a score, their mean, and their spread (n - 1), to six digits."""

    n: int
    mean: float
    sd: float


def dimension_scores(strands: Sequence[Scores]) -> Scores:
    """Each person's dimension score: the mean of their strand scores.

    strands  one array a strand, shape (people,), 0-100, NaN where the strand's core statement is unanswered
    A person with answers to fewer than three in five of the strands has none (NaN).
    """
    stacked = np.vstack(strands)
    answered = (~np.isnan(stacked)).sum(axis=0)
    enough = answered >= np.ceil(FEWEST_STRANDS * len(strands))
    totals = np.nansum(stacked, axis=0)
    return np.where(enough, totals / np.maximum(answered, 1), np.nan)


def level(scores: Scores) -> Level:
    """Mean and spread of the people who have a score; zeros when nobody has."""
    known = scores[~np.isnan(scores)]
    if not known.size:
        return Level(0, 0.0, 0.0)
    spread = known.std(ddof=1) if known.size > 1 else 0.0
    return Level(int(known.size), round(float(known.mean()), DIGITS), round(float(spread), DIGITS))
