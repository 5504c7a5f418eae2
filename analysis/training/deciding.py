"""Decision values of the model, chosen on scores of authors that it had not seen, and its figures there."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.text.judging import CLASS_OF
from analysis.training.fitting import CLASSES, Numbers
from analysis.training.samples import Sample

SHARES = (0.1, 0.9)
"""Share of the six-label part in texts unlike and like a school comment; a compromise that no set was tuned to."""
RIGHT = 0.85
"""How often a sentiment outside the abstain band should be right."""
FLAGS_PER_1000 = 51
"""Ordinary comments that may be shown as possible concerns, by patterns and model together."""
LONELY = -2.6
"""What the nearest theme needs where none has enough: hardly any comment that deserves a theme stays without."""
Truth = NDArray[np.bool_]


def decided(
    samples: Sequence[Sample], outputs: Sequence[str], scores: Numbers, matched: Truth
) -> tuple[dict[str, Any], dict[str, float]]:
    """Decision values for the card, and the figures that they give.

    matched  whether a pattern of concerns stands in the sample
    """
    school = np.array([sample.school and sample.label is not None for sample in samples])
    shares = _shares(outputs, scores)
    truth = np.array([CLASSES.index(sample.sentiment) if sample.sentiment else -1 for sample in samples])
    heat = min(np.arange(0.5, 2.01, 0.05), key=lambda heat: _surprise(_heated(shares[school], heat), truth[school]))
    sure, kept = _sure(_heated(shares[school], heat), truth[school])
    themes, figures = _themes(samples, outputs, scores)
    concern, found = _concern(samples, scores[:, outputs.index("concern")], matched)
    elsewhere = (truth >= 0) & np.array([sample.author.startswith("nhs") for sample in samples])
    figures |= {"sentiment, school, macro-F1": macro_f1(truth[school], shares[school].argmax(axis=1))}
    if elsewhere.any():
        figures["sentiment, public service, macro-F1"] = macro_f1(truth[elsewhere], shares[elsewhere].argmax(axis=1))
    figures |= {"share outside the abstain band": kept, **found}
    decision = {
        "school": list(SHARES), "heat": round(float(heat), 2), "sure": sure, "themes": themes, "concern": concern,
    }  # fmt: skip
    return decision, {name: round(float(value), 3) for name, value in figures.items()}


def classes_of(outputs: Sequence[str], scores: Numbers) -> NDArray[np.int64]:
    """The likeliest of the three classes of each row, as the reading mixes them."""
    return np.asarray(_shares(outputs, scores).argmax(axis=1))


def macro_f1(truth: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Mean of the three classes' F1."""
    scores = []
    for label in range(len(CLASSES)):
        hits = ((truth == label) & (found == label)).sum()
        scores.append(2 * hits / max(1, (truth == label).sum() + (found == label).sum()))
    return float(np.mean(scores))


def _columns(outputs: Sequence[str], prefix: str) -> list[int]:
    return [at for at, name in enumerate(outputs) if name.startswith(prefix)]


def _shares(outputs: Sequence[str], scores: Numbers) -> Numbers:
    """Probabilities of the three classes, as the reading mixes them."""
    three, six = (_softmax(scores[:, _columns(outputs, prefix)]) for prefix in ("s3:", "s6:"))
    gate = 1 / (1 + np.exp(-scores[:, outputs.index("school")]))
    share = (SHARES[0] + (SHARES[1] - SHARES[0]) * gate)[:, None]
    mixed: Numbers = (1 - share) * three
    for at, name in enumerate(outputs[place].removeprefix("s6:") for place in _columns(outputs, "s6:")):
        mixed[:, CLASSES.index(CLASS_OF.get(name, name))] += share[:, 0] * six[:, at]
    return mixed


def _softmax(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _heated(shares: Numbers, heat: float) -> Numbers:
    raised = shares ** (1 / heat)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _surprise(shares: Numbers, truth: NDArray[np.int64]) -> float:
    """Mean logarithmic loss."""
    return float(-np.log(shares[np.arange(len(truth)), truth] + 1e-9).mean())


def _sure(shares: Numbers, truth: NDArray[np.int64]) -> tuple[float, float]:
    """The least probability above which the class is right often enough, and the share of comments above it."""
    top, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    for least in np.arange(0.34, 0.99, 0.02):
        if right[top >= least].mean() >= RIGHT:
            break
    return round(float(least), 2), float((top >= least).mean())


def _themes(
    samples: Sequence[Sample], outputs: Sequence[str], scores: Numbers
) -> tuple[dict[str, float], dict[str, float]]:
    """Two values for all themes: enough, and enough where no theme has enough; the best micro-F1."""
    rows = [at for at, sample in enumerate(samples) if sample.themes is not None]
    columns = _columns(outputs, "t:")
    codes = [outputs[at].removeprefix("t:") for at in columns]
    told = scores[np.ix_(rows, columns)]
    truth = np.array([[code in (samples[at].themes or {}) for code in codes] for at in rows])
    general = codes.index("x.general")
    best = max(np.arange(-2.0, -0.2, 0.25), key=lambda least: micro_f1(truth, themed(told, least, LONELY, general)))
    found = themed(told, best, LONELY, general)
    dimensions = sorted({code.split(".")[0] for code in codes})
    grouped = [[at for at, code in enumerate(codes) if code.startswith(one + ".")] for one in dimensions]
    wide = [np.stack([part[:, columns].any(axis=1) for columns in grouped], axis=1) for part in (truth, found)]
    figures = {
        "themes, micro-F1": micro_f1(truth, found),
        "dimensions, micro-F1": micro_f1(*wide),
        "without a theme that deserve one": float((~found[truth.any(axis=1)].any(axis=1)).mean()),
    }
    return {"least": float(best), "lonely": LONELY}, figures


def themed(told: Numbers, least: float, lonely: float, general: int) -> Truth:
    """The themes that scores give, as `ThemeFinder.themes` decides."""
    found = told >= least
    nearest = told.argmax(axis=1)
    alone = ~found.any(axis=1) & (told.max(axis=1) >= lonely)
    found[np.flatnonzero(alone), nearest[alone]] = True
    found[found.sum(axis=1) > 1, general] = False
    return np.asarray(found)


def micro_f1(truth: Truth, found: Truth) -> float:
    """Twice the hits among all that was said and found."""
    return float(2 * (truth & found).sum() / max(1, truth.sum() + found.sum()))


def _concern(samples: Sequence[Sample], told: Numbers, matched: Truth) -> tuple[dict[str, float], dict[str, float]]:
    """The value without a pattern that finds most at so many flags; its recall and false alarms."""
    harm = np.array([bool(sample.concern) for sample in samples])
    hard = np.array([sample.author.startswith("safeguarding") for sample in samples]) & ~harm
    ordinary = np.array([sample.author.startswith("school") for sample in samples])
    tries = [
        (float(flagged(told, matched, high)[harm].mean()), high)
        for high in np.quantile(told[ordinary], 1 - np.arange(1, FLAGS_PER_1000, 0.5) / 1000)
        if flagged(told, matched, high)[ordinary].mean() <= FLAGS_PER_1000 / 1000
    ]
    recall, high = max(tries)
    found = flagged(told, matched, high)
    return {"unmatched": round(float(high), 3)}, {
        "concerns, recall": recall,
        "concerns, ordinary comments flagged": float(found[ordinary].mean()),
        "concerns, hard negatives flagged": float(found[hard].mean()),
    }


def flagged(told: Numbers, matched: Truth, high: float) -> Truth:
    """What is shown to a person, as `Suspicion` decides."""
    return np.asarray(matched | (told >= high))
