"""Learning from what people at one school said of comments: what to add to the shipped model, and whether it helps.

The shipped scores stay where they are (an offset); for each theme, and for the three classes of sentiment, a logistic
regression learns what words of the school's comments add to them. A strong penalty keeps it near nothing where little
was said. Seconds for hundreds of comments; no chance in it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from analysis.text.adjusting import Adjustment
from analysis.text.cleaning import clean
from analysis.text.judging import CLASS_OF, Judge
from analysis.text.toolkit import Toolkit
from analysis.text.words import Words
from analysis.training.fitting import CLASSES
from analysis.training.matrix import features_of, in_columns
from analysis.training.samples import Sample, fold_of

PARTS = 5
LEAST_OF_A_THEME = 5
HELD, BIAS_HELD = 1.0, 0.1
POSITIVE = 2.0
"""Weight of a comment that is about a theme beside one that is not: most are not."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Said:
    """What people say of one comment. `themes` are codes; `sentiment` one of the four words of results, or None."""

    text: str
    question: str
    sentiment: str | None
    themes: frozenset[str]


@dataclass(frozen=True)
class Helped:
    """How right the machine was on comments held out, before and after: themes (micro-F1) and feeling (share right)."""

    themes_before: float
    themes_after: float
    feeling_before: float
    feeling_after: float


class Lessons:
    """Comments with what people said, as the shipped model sees them."""

    def __init__(self, said: Sequence[Said], tools: Toolkit) -> None:
        self.said, self._tools = said, tools
        table = tools.hearing.weights.table
        samples = [Sample("", one.text, one.question, None) for one in said]
        found = [features_of(sample, tools) for sample in samples]
        self._shipped = np.asarray(in_columns(found, table.features) @ table.weights) + table.bias
        seen = Counter(name for row in found for name in row if name[:2] in {"w:", "s:"})
        self.features = tuple(sorted(name for name, number in seen.items() if number >= 2))
        self._rows = in_columns(found, self.features)
        self._outputs = tools.hearing.weights.outputs
        self._phrases = [tools.themes.reasons(Words(clean(one.text).text)) for one in said]
        self._judge = Judge(tools.hearing.weights)

    def learnt(self, places: Sequence[int] | None = None) -> Adjustment:
        """What these comments teach; all of them without `places`."""
        at = np.arange(len(self.said)) if places is None else np.asarray(places, np.int64)
        weights, bias = np.zeros((len(self.features), len(self._outputs))), np.zeros(len(self._outputs))
        for theme in sorted({theme for one in self.said for theme in one.themes}):
            column = self._outputs.get(f"t:{theme}")
            told = np.array([theme in self.said[place].themes for place in at])
            if column is not None and min(told.sum(), (~told).sum()) >= LEAST_OF_A_THEME:
                weights[:, column], bias[column] = self._theme(at, column, told)
        self._learn_sentiment(at, weights, bias)
        return self._as_adjustment(weights, bias)

    def helped(self) -> Helped:
        """Before and after, each comment judged by what was learnt from the other four fifths."""
        after = self._shipped.copy()
        part = np.array([fold_of(one.text, PARTS) for one in self.said])
        for number in range(PARTS):
            out = np.flatnonzero(part == number)
            if len(out):
                after[out] += self._added(self.learnt(np.flatnonzero(part != number).tolist()), out)
        before = self._right(self._shipped)
        return Helped(before[0], self._right(after)[0], before[1], self._right(after)[1])

    def _theme(self, at: NDArray[np.int64], column: int, told: NDArray[np.bool_]) -> tuple[Numbers, float]:
        least = float(self._tools.hearing.weights.table.card["decision"]["themes"]["least"])
        offset = self._shipped[at, column].astype(float) - least
        weight = np.where(told, POSITIVE, 1.0)
        found = _binary(self._rows[at], np.where(told, 1.0, -1.0), offset, weight)
        return found[:-1], float(found[-1])

    def _learn_sentiment(self, at: NDArray[np.int64], weights: Numbers, bias: Numbers) -> None:
        """Add to both parts of the sentiment alike: that moves a class's odds wherever the gate stands."""
        classes = [CLASS_OF.get(one, one) if (one := self.said[place].sentiment) else None for place in at]
        known = [place for place, name in enumerate(classes) if name]
        if len(known) < 2 * LEAST_OF_A_THEME:
            return
        told = np.array([CLASSES.index(str(classes[place])) for place in known])
        shares = np.log(np.maximum(self._judge.shares(self._shipped[at[known]]), 1e-6))
        order = [self._judge.classes.index(name) for name in CLASSES]
        added, plus = _several(self._rows[at[known]], told, shares[:, order])
        heat = float(self._tools.hearing.weights.table.card["decision"]["heat"])
        for name, column in self._outputs.items():
            kind, _, label = name.partition(":")
            if kind in {"s3", "s6"}:
                of = CLASSES.index(CLASS_OF.get(label, label))
                weights[:, column], bias[column] = added[:, of] * heat, plus[of] * heat

    def _added(self, adjustment: Adjustment, places: NDArray[np.int64]) -> NDArray[np.float32]:
        dense = np.zeros((len(self.features), len(self._outputs)))
        row = {name: at for at, name in enumerate(self.features)}
        for name, values in adjustment.weights.items():
            for output, value in values.items():
                dense[row[name], self._outputs[output]] = value
        bias = np.array([adjustment.bias.get(name, 0.0) for name in self._outputs])
        return np.asarray(self._rows[places] @ dense + bias, np.float32)

    def _right(self, scores: NDArray[np.float32]) -> tuple[float, float]:
        """Themes' micro-F1, and the share of feelings that are right."""
        hits = given = right = known = 0
        for one, row, phrases, judged in zip(
            self.said, scores.tolist(), self._phrases, self._judge.judgements(scores), strict=True
        ):
            found = set(self._tools.themes.themes(phrases, row))
            hits, given = hits + len(found & one.themes), given + len(found) + len(one.themes)
            if one.sentiment:
                known += 1
                right += CLASS_OF.get(judged.label, judged.label) == CLASS_OF.get(one.sentiment, one.sentiment)
        return round(2 * hits / max(1, given), 4), round(right / max(1, known), 4)

    def _as_adjustment(self, weights: Numbers, bias: Numbers) -> Adjustment:
        names = list(self._outputs)
        kept = {
            feature: {
                names[at]: round(float(weights[row, at]), 4) for at in np.flatnonzero(np.abs(weights[row]) > 1e-3)
            }
            for row, feature in enumerate(self.features)
        }
        plus = {name: round(float(bias[at]), 4) for at, name in enumerate(names) if abs(bias[at]) > 1e-3}
        return Adjustment({feature: values for feature, values in kept.items() if values}, plus)


def _binary(rows: csr_matrix, truth: Numbers, offset: Numbers, weight: Numbers) -> Numbers:
    """Weights and, last, the bias of a logistic regression on top of an offset. `truth` is 1 or -1."""
    held = np.append(np.full(rows.shape[1], HELD), BIAS_HELD)

    def loss(at: Numbers) -> tuple[float, Numbers]:
        margin = truth * (offset + rows @ at[:-1] + at[-1])
        slope = -weight * truth / (1 + np.exp(np.clip(margin, -30, 30)))
        value = (weight * np.logaddexp(0, -margin)).sum() + (held * at**2).sum() / 2
        return float(value), np.append(rows.T @ slope, slope.sum()) + held * at

    return _least(loss, rows.shape[1] + 1)


def _several(rows: csr_matrix, truth: NDArray[np.int64], offset: Numbers) -> tuple[Numbers, Numbers]:
    """The same for several classes, of which one is true: weights (features by classes) and biases."""
    number, classes = rows.shape[1], offset.shape[1]
    held = np.vstack([np.full((number, classes), HELD), np.full((1, classes), BIAS_HELD)])
    is_true = np.eye(classes)[truth]

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        at = flat.reshape(number + 1, classes)
        scores = offset + rows @ at[:-1] + at[-1]
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        value = -np.log(shares[is_true > 0] + 1e-12).sum() + (held * at**2).sum() / 2
        slope = shares - is_true
        return float(value), (np.vstack([rows.T @ slope, slope.sum(axis=0)]) + held * at).ravel()

    found = _least(loss, (number + 1) * classes).reshape(number + 1, classes)
    return found[:-1], found[-1]


def _least(loss: Any, size: int) -> Numbers:
    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 60}).x)
