"""A second ear for disclosures: the model's suspicion where no pattern matches."""

from analysis.text.hearing import Heard
from analysis.text.screening import Concern
from analysis.text.weights import Weights


class Suspicion:
    """Raises a concern above the card's decision value; the word that weighed most is its reason."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._least = float(weights.table.card["decision"]["concern"])
        self._at = weights.outputs["concern"]
        self._categories, self._columns = weights.columns("c:")

    def concerns(self, heard: Heard) -> tuple[Concern, ...]:
        """At most one concern, of the likeliest category, placed at the word that raised it most."""
        row = max((heard.whole, *heard.clauses), key=lambda scores: float(scores[self._at]))
        if float(row[self._at]) < self._least or not heard.tokens:
            return ()
        category = self._categories[int(row[self._columns].argmax())]
        _, start, end = max(heard.tokens, key=lambda token: float(self._weights.word(token[0])[self._at]))
        return (Concern(category, start, end),)
