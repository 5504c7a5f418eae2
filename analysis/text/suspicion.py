"""A second ear for disclosures: the model's suspicion, beside the patterns."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.text.hearing import Heard
from analysis.text.screening import Concern
from analysis.text.weights import Weights


class Suspicion:
    """Raises a concern above the decision value of the card; takes nothing away from what a pattern raised."""

    def __init__(self, weights: Weights) -> None:
        decision: Mapping[str, Any] = weights.table.card["decision"].get("concern", {"unmatched": 0.0})
        self._weights = weights
        self._unmatched = float(decision["unmatched"])
        self._at = weights.outputs["concern"]
        self._categories, self._columns = weights.columns("c:")

    def concerns(self, heard: Heard, matched: Sequence[Concern]) -> Sequence[Concern]:
        """What patterns matched, whatever the model says; else what the model itself suspects.

        The model judges the whole, and one sentence of harm in a long, cheerful comment lowers its score by up to five.
        """
        if matched:
            return matched
        return self._suspected(heard) if heard.whole[self._at] >= self._unmatched and heard.tokens else ()

    def _suspected(self, heard: Heard) -> Sequence[Concern]:
        """One concern, of the likeliest category, placed at the word that raised it most."""
        categories = heard.whole[self._columns]
        _, start, end = max(heard.tokens, key=lambda token: float(self._weights.word(token[0])[self._at]))
        return (Concern(self._categories[categories.index(max(categories))], start, end),)
