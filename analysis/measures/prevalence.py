"""How often a theme truly occurs when a fallible reader counted it, and how good that reader is. Pure.

The reader is measured on a random sample that people coded; the share it gives is then corrected for its errors
(Rogan and Gladen 1978, Am. J. Epidemiol. 107, 71-76). Intervals: Wilson's for precision and recall; for the corrected
share the middle 95 % of draws in which sample and count are both drawn again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.measures.intervals import Interval, wilson

DRAWS = 2_000
SEED = 20_262
LEAST_SAMPLE = 30
LEAST_TRUE = 5
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Errors:
    """What the reader said of a sample against what people said, in comments."""

    both: int
    only_reader: int
    only_people: int
    neither: int

    @property
    def sample(self) -> int:
        """Comments in the sample."""
        return self.both + self.only_reader + self.only_people + self.neither

    @property
    def true(self) -> int:
        """Comments that are about it, people say."""
        return self.both + self.only_people


@dataclass(frozen=True)
class Share:
    """A share, 0 to 1, with its interval."""

    value: float
    interval: Interval


def precision(found: Errors) -> Share | None:
    """Of what the reader found, the share that is right; None where it found nothing."""
    return _share(found.both, found.both + found.only_reader)


def recall(found: Errors) -> Share | None:
    """Of what is there, the share that the reader found; None where nothing is there."""
    return _share(found.both, found.true)


def corrected(found: Errors, counted: int, comments: int) -> Share | None:
    """The share of comments that are truly about something of which the reader counted so many.

    None where the sample is under 30, fewer than 5 of it are about it, or the reader is no better than chance.

    >>> round(corrected(Errors(40, 5, 10, 145), 50, 200).value, 3)
    0.28
    """
    if found.sample < LEAST_SAMPLE or found.true < LEAST_TRUE or found.sample == found.true or not comments:
        return None
    cells = np.array([found.both, found.only_reader, found.only_people, found.neither], dtype=float)
    value = float(_rogan_gladen(cells, np.array(counted / comments)))
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(found.sample, cells / found.sample, DRAWS).T.astype(float)
    values = _rogan_gladen(drawn, random.binomial(comments, counted / comments, DRAWS) / comments)
    known = values[np.isfinite(values)]
    if not np.isfinite(value) or len(known) < DRAWS // 2:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return Share(value, (float(low), float(high)))


def _rogan_gladen(cells: Floats, counted: Floats) -> Floats:
    """The corrected share, of one table or of many drawn ones; not a number where reading is no better than chance."""
    both, only_reader, only_people, neither = cells
    with np.errstate(divide="ignore", invalid="ignore"):
        spared = neither / (neither + only_reader)
        better = both / (both + only_people) + spared - 1
        found: Floats = np.clip(np.where(better > 0, (counted + spared - 1) / better, np.nan), 0.0, 1.0)
    return found


def _share(part: int, whole: int) -> Share | None:
    return Share(part / whole, wilson(part, whole)) if whole else None
