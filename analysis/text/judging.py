"""What the scores of the model amount to: a class, a finer label, a probability, and whether to believe it."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text.tokensums import Scores
from analysis.text.weights import Weights

Numbers = NDArray[np.float64]
Sentiment = Literal["positive", "negative", "neutral", "mixed"]
Label = Literal["negative", "neutral", "positive", "mixed", "wish", "no_content"]
CLASS_OF = {"wish": "negative", "mixed": "neutral", "no_content": "neutral"}


class Judgement(NamedTuple):
    """How one text or clause sounds.

    label        negative, neutral, positive, mixed, wish, or no_content
    probability  of the class (negative with wishes, neutral with mixed, positive), 0 to 1, calibrated on lines of
                 authors that the model had not seen
    score        probability of positive less that of negative, -1 to 1
    sure         False in the abstain band: a person reads it first
    """

    label: Label
    probability: float
    score: float
    sure: bool

    @property
    def sentiment(self) -> Sentiment:
        """The label in the four words of results: a wish is negative, no content neutral."""
        return "negative" if self.label == "wish" else "neutral" if self.label == "no_content" else self.label

    def of_a_concern(self) -> "Judgement":
        """The same for a comment that a person must look at: never sure, and never praise ("my dad hits me")."""
        if self.sentiment != "positive":
            return self._replace(sure=False)
        return Judgement("negative", 1 - self.probability, min(self.score, 0.0), sure=False)


NOTHING = Judgement("no_content", 1.0, 0.0, sure=True)


class Judge:
    """Turns rows of scores into judgements, by the decision values on the model's card.

    school     shares of the six-label part where a text is unlike and like a school comment; the rest is the part
               that learnt from other surveys too
    heat       temperature of the probabilities
    sure       least probability outside the abstain band
    """

    def __init__(self, weights: Weights) -> None:
        decision: Mapping[str, Any] = weights.table.card["decision"]
        self._classes, self._three = weights.columns("s3:")
        self._labels, self._six = weights.columns("s6:")
        self._gate = weights.outputs["school"]
        self._least, self._most = decision["school"]
        self._heat, self._sure = float(decision["heat"]), float(decision["sure"])
        home = [self._classes.index(CLASS_OF.get(label, label)) for label in self._labels]
        self._home = np.array(home)
        self._members = [[at for at, one in enumerate(home) if one == place] for place in range(len(self._classes))]

    @property
    def classes(self) -> tuple[str, ...]:
        """The three classes, in the order of `shares`."""
        return self._classes

    def shares(self, scores: Scores) -> Numbers:
        """Probabilities of the three classes for each row of scores."""
        rows = scores.astype(np.float64)
        return self._shares(rows, _softmax(rows[:, self._six]))

    def judgements(self, scores: Scores) -> list[Judgement]:
        """What each row of scores says."""
        rows = scores.astype(np.float64)
        six = _softmax(rows[:, self._six])
        shares = self._shares(rows, six)
        best = shares.argmax(axis=1)
        within = np.where(self._home[None, :] == best[:, None], six, -1.0).argmax(axis=1)
        balance = shares[:, self._classes.index("positive")] - shares[:, self._classes.index("negative")]
        labels: Any = [self._labels[at] for at in within.tolist()]
        return [
            Judgement(label, round(top, 4), round(score, 4), sure=top >= self._sure)
            for label, top, score in zip(labels, shares.max(axis=1).tolist(), balance.tolist(), strict=True)
        ]

    def _shares(self, rows: Numbers, six: Numbers) -> Numbers:
        """Probabilities of the three classes: both parts mixed by the gate, then made flatter or steeper."""
        share = (self._least + (self._most - self._least) / (1 + np.exp(-rows[:, self._gate])))[:, None]
        finer = np.stack([six[:, members].sum(axis=1) for members in self._members], axis=1)
        mixed = (1 - share) * _softmax(rows[:, self._three]) + share * finer
        raised = np.maximum(mixed, 1e-9) ** (1 / self._heat)
        found: Numbers = raised / raised.sum(axis=1, keepdims=True)
        return found


def _softmax(scores: Numbers) -> Numbers:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return found
