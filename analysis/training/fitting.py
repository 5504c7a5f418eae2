"""Fitting the linear model: sentiment in three and in six classes, the kind of text, themes, concerns.

Logistic regression throughout (scikit-learn), on one thread and without chance: it comes out the same each time.
"""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from analysis.training.samples import Sample

CLASSES = ("negative", "neutral", "positive")
LABELS = ("mixed", "negative", "neutral", "no_content", "positive", "wish")
CATEGORIES = (
    "self_harm_suicide", "abuse_at_home", "neglect", "sexual_harm", "child_on_child", "exploitation_radicalisation",
    "staff_allegation", "eating_substance",
)  # fmt: skip
STRENGTH = {"s3": 1.5, "s6": 6.0, "school": 1.0, "t": 12.0, "d": 6.0, "concern": 30.0, "c": 6.0}
"""C of each part: the larger, the less the weights are held small. Chosen by leaving one author out."""
LEAN = {"s3:neutral": 0.8, "s6:neutral": 0.3, "s6:mixed": 0.3, "s6:no_content": 0.3}
"""Added to the bias: neutral answers are few, and a model that only counts would hardly ever name them."""
DIMENSION = 0.3
"""Share of what is learnt about a theme's whole dimension: themes of few lines borrow from their neighbours."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """Weights, features by outputs, and bias."""

    outputs: tuple[str, ...]
    weights: Numbers
    bias: Numbers

    def scores(self, rows: scipy.sparse.csr_matrix) -> Numbers:
        """Scores of rows, one column an output."""
        return np.asarray(rows @ self.weights) + self.bias


def fitted(rows: scipy.sparse.csr_matrix, samples: Sequence[Sample], themes: Sequence[str]) -> Fitted:
    """The whole model from labelled rows."""
    at = np.array
    parts = [
        _many("s3:", CLASSES, rows, samples, [sample.sentiment for sample in samples], STRENGTH["s3"]),
        _many(
            "s6:",
            LABELS,
            rows,
            samples,
            [sample.label if sample.school else None for sample in samples],
            STRENGTH["s6"],
        ),
        _two("school", rows, at([float(sample.school) for sample in samples]), STRENGTH["school"]),
    ]
    known = [place for place, sample in enumerate(samples) if sample.themes is not None]
    parts += _themes(rows[known], [samples[place].themes or {} for place in known], themes)
    screened = [place for place, sample in enumerate(samples) if sample.concern is not None]
    told = [samples[place].concern for place in screened]
    parts.append(_two("concern", rows[screened], at([float(bool(one)) for one in told]), STRENGTH["concern"]))
    raised = [place for place in screened if samples[place].concern]
    categories = [samples[place].concern for place in raised]
    parts.append(_many("c:", CATEGORIES, rows[raised], [samples[place] for place in raised], categories, STRENGTH["c"]))
    outputs = tuple(name for part in parts for name in part.outputs)
    bias = np.concatenate([part.bias for part in parts]) + [LEAN.get(name, 0.0) for name in outputs]
    return Fitted(outputs, np.hstack([part.weights for part in parts]), bias)


def _themes(rows: scipy.sparse.csr_matrix, told: Sequence[Mapping[str, str]], themes: Sequence[str]) -> list[Fitted]:
    """A regression for each theme, mixed with that of its dimension."""
    wide = {
        start: _two(start, rows, np.array([float(any(map(_within(start), one))) for one in told]), STRENGTH["d"])
        for start in dict.fromkeys(theme.split(".")[0] for theme in themes)
    }
    found = []
    for theme in themes:
        own = _two(f"t:{theme}", rows, np.array([float(theme in one) for one in told]), STRENGTH["t"])
        whole = wide[theme.split(".")[0]]
        weights = (1 - DIMENSION / 3) * own.weights + DIMENSION * whole.weights
        found.append(Fitted(own.outputs, weights, (1 - DIMENSION / 3) * own.bias + DIMENSION * whole.bias))
    return found


def _within(dimension: str) -> Callable[[str], bool]:
    return lambda theme: theme.startswith(f"{dimension}.")


def _many(
    prefix: str,
    names: Sequence[str],
    rows: scipy.sparse.csr_matrix,
    samples: Sequence[Sample],
    labels: Sequence[str | None],
    strength: float,
) -> Fitted:
    """One of several: multinomial; a class that never occurs is out of reach."""
    known = [place for place, label in enumerate(labels) if label]
    model = _regression(strength)
    model.fit(rows[known], [labels[place] for place in known], [samples[place].weight for place in known])
    weights, bias = np.zeros((rows.shape[1], len(names))), np.full(len(names), -20.0)
    for label, coefficients, intercept in zip(model.classes_, model.coef_, model.intercept_, strict=True):
        weights[:, names.index(label)], bias[names.index(label)] = coefficients, intercept
    return Fitted(tuple(prefix + name for name in names), weights, bias)


def _two(name: str, rows: scipy.sparse.csr_matrix, truth: Numbers, strength: float) -> Fitted:
    """Yes or no."""
    if not 0 < truth.sum() < len(truth):
        return Fitted((name,), np.zeros((rows.shape[1], 1)), np.array([-20.0 if not truth.any() else 20.0]))
    model = LogisticRegression(C=strength, solver="liblinear", intercept_scaling=10.0, random_state=0, tol=1e-2)
    model.fit(rows, truth)
    return Fitted((name,), model.coef_.T, model.intercept_)


def _regression(strength: float) -> LogisticRegression:
    warnings.simplefilter("ignore", ConvergenceWarning)
    return LogisticRegression(C=strength, max_iter=100, tol=1e-3)
