"""One English comment as the model sees it: a row of scores for the whole, and one for each clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.text.grams import Token, tokens
from analysis.text.question import polarity_of
from analysis.text.sentiment import Sentiments
from analysis.text.signals import TURNS, heard, spoken_of
from analysis.text.theming import Reason
from analysis.text.tokensums import Scores
from analysis.text.weights import Weights
from analysis.text.words import Words

LONGEST_READ = 20_000
"""Characters of a comment that the model reads, from its start."""


@dataclass(frozen=True)
class Heard:
    """Scores of a comment and of its clauses, one column an output of the model; `tokens` with their places."""

    whole: Scores
    clauses: tuple[Scores, ...]
    tokens: list[Token]


class Hearing:
    """Looks at comments with one model."""

    def __init__(self, weights: Weights, sentiments: Sentiments) -> None:
        self.weights = weights
        self._sentiments = sentiments

    def heard(self, words: Words, spans: Sequence[tuple[int, int]], question: str, reasons: Sequence[Reason]) -> Heard:
        """The rows of a text; a text of one clause is its clause."""
        found = tokens(words.lowered[:LONGEST_READ])
        compounds = self._sentiments.compounds(words, spans)
        asking = self.weights.asked(question)
        whole = self._row(words.lowered, found, compounds, question, reasons) + asking
        if len(spans) < 2:
            return Heard(whole, (whole,), found)
        parts = tuple(
            self._row(
                words.lowered[start:end],
                [token for token in found if start <= token[1] < end and token[0] not in TURNS],
                [compound],
                question,
                [reason for reason in reasons if start <= reason.start < end],
            )
            + asking
            for (start, end), compound in zip(spans, compounds, strict=True)
        )
        return Heard(whole, parts, found)

    def _row(
        self,
        lowered: str,
        found: Sequence[Token],
        compounds: Sequence[float],
        question: str,
        reasons: Sequence[Reason],
    ) -> Scores:
        names = [token for token, _, _ in found]
        distinct = frozenset(names)
        wish = self._sentiments.wishes(lowered, distinct)
        asked = polarity_of(question)
        measures = heard(compounds, asked, distinct=distinct, length=len(names), wish=wish)
        measures |= spoken_of((reason.theme, reason.weight) for reason in reasons)
        return self.weights.scores(names) + self.weights.measured(measures)
