"""How carefully a questionnaire was answered."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FEWEST_IN_LINE = 8
Codes = NDArray[np.int8]


def straight_lining(codes: Sequence[Codes]) -> float | None:
    """Share of people who chose the same place on the scale for every statement they answered, 0 to 1.

    codes  one array a statement of the same scale, shape (people,), -1 where unanswered
    Among people who answered at least eight of them; None where there is nobody. It is a flag, not a verdict: someone
    may mean it.
    """
    if len(codes) < FEWEST_IN_LINE:
        return None
    stacked = np.stack(codes)
    given = stacked >= 0
    enough = given.sum(axis=0) >= FEWEST_IN_LINE
    if not enough.any():
        return None
    most = np.where(given, stacked, -1).max(axis=0)
    least = np.where(given, stacked, 127).min(axis=0)
    return float((most == least)[enough].mean())


def left_out(codes: Sequence[Codes], shown: Sequence[NDArray[np.bool_]] = ()) -> float | None:
    """Share of statements that were left without any answer, over all people, 0 to 1; None where nobody saw any.

    shown  one array a statement: who was shown it; without them everyone was
    What someone was not shown, by a condition or by chance, is not left out.
    """
    if not codes or not len(codes[0]):
        return None
    empty = np.stack(codes) < 0
    seen = np.stack(shown) if shown else np.ones_like(empty)
    return float(empty[seen].mean()) if seen.any() else None
