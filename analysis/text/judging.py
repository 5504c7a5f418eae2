"""What the scores of the model amount to: a class, a finer label, a probability, and whether to believe it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any, Literal

from analysis.text.tokensums import Scores
from analysis.text.weights import Weights

Sentiment = Literal["positive", "negative", "neutral", "mixed"]
Label = Literal["negative", "neutral", "positive", "mixed", "wish", "no_content"]
CLASS_OF = {"wish": "negative", "mixed": "neutral", "no_content": "neutral"}


@dataclass(frozen=True, slots=True)
class Judgement:
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
        self._home = [self._classes.index(CLASS_OF.get(label, label)) for label in self._labels]
        self._members = [[at for at, home in enumerate(self._home) if home == one] for one in range(len(self._classes))]

    def judgement(self, row: Scores) -> Judgement:
        """What one row of scores says."""
        share = self._least + (self._most - self._least) / (1 + exp(-float(row[self._gate])))
        six = _softmax(row[self._six].tolist())
        told = [(1 - share) * part for part in _softmax(row[self._three].tolist())]
        for home, part in zip(self._home, six, strict=True):
            told[home] += share * part
        shares = _heated(told, self._heat)
        best = max(range(len(shares)), key=shares.__getitem__)
        at = max(self._members[best], key=six.__getitem__)
        score = shares[self._classes.index("positive")] - shares[self._classes.index("negative")]
        label: Any = self._labels[at]
        return Judgement(label, round(shares[best], 4), round(score, 4), sure=shares[best] >= self._sure)


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]


def _heated(shares: Sequence[float], heat: float) -> list[float]:
    """The shares made flatter (heat above 1) or steeper; they still add up to 1."""
    raised: list[float] = [max(share, 1e-9) ** (1 / heat) for share in shares]
    total = sum(raised)
    return [one / total for one in raised]
