"""English comments as the model sees them: a row of scores for each whole, and one for each of its clauses."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from analysis.text.grams import Token, names, tokens
from analysis.text.judging import Judge, Judgement
from analysis.text.question import polarity_of
from analysis.text.sentiment import Sentiments, Wishes
from analysis.text.signals import TURNS, with_phrases
from analysis.text.theming import Reason
from analysis.text.weights import Sums, Weights
from analysis.text.words import Words

LONGEST_READ = 20_000
"""Characters of a comment that the model reads, from its start."""
Span = tuple[int, int]


class Utterance(NamedTuple):
    """A comment to be heard: its words, the places of its clauses, what was asked, the codebook's phrases in it."""

    words: Words
    spans: Sequence[Span]
    question: str
    phrases: Sequence[Reason]


class Heard:
    """Scores of a comment (one number an output of the model) and of its clauses, and what they amount to."""

    def __init__(self, lowered: str, rows: Sequence[list[float]], judged: Sequence[Judgement]) -> None:
        self._lowered = lowered
        self.whole, self.clauses = rows[0], rows[1:] or rows
        self.judgement, self.parts = judged[0], tuple(judged[1:] or judged)

    @cached_property
    def tokens(self) -> list[Token]:
        """Tokens with their places; found only when somebody asks."""
        return tokens(self._lowered)


class Hearing:
    """Looks at comments with one model, many at once: adding up a thousand texts costs little more than one."""

    def __init__(self, weights: Weights, sentiments: Sentiments, judge: Judge) -> None:
        self.weights = weights
        self.sentiments = sentiments
        self._judge = judge

    def heard(self, utterances: Sequence[Utterance]) -> Iterator[Heard]:
        """What the model hears in each; a text of one clause is its clause."""
        sums = self.weights.begin()
        numbers = [self._lay(sums, utterance) for utterance in utterances]
        if not numbers:
            return
        scores = self.weights.added(sums)
        rows, judged = scores.tolist(), self._judge.judgements(scores)
        start = 0
        for utterance, number in zip(utterances, numbers, strict=True):
            end = start + number
            yield Heard(utterance.words.lowered[:LONGEST_READ], rows[start:end], judged[start:end])
            start = end

    def _lay(self, sums: Sums, utterance: Utterance) -> int:
        """Lay out the whole and, where there are several, its clauses; how many rows that makes."""
        words, spans, question, phrases = utterance
        compounds = self.sentiments.compounds(words, spans)
        hearing = _Asked(self, sums, question, self.sentiments.wishing(words.distinct))
        if len(spans) < 2:
            hearing.lay(words.lowered, names(words.lowered[:LONGEST_READ]), compounds, phrases)
            return 1
        said = [names(words.lowered[start : max(start, min(end, LONGEST_READ))]) for start, end in spans]
        hearing.lay(words.lowered, list(chain.from_iterable(said)), compounds, phrases)
        for (start, end), found, compound in zip(spans, said, compounds, strict=True):
            own = [reason for reason in phrases if start <= reason.start < end]
            kept = found if TURNS.isdisjoint(found) else [token for token in found if token not in TURNS]
            hearing.lay(words.lowered[start:end], kept, (compound,), own)
        return 1 + len(spans)


class _Asked:
    """Lays out the texts of one answer: the whole and its clauses share the question and the wordings of wishes."""

    def __init__(self, hearing: Hearing, sums: Sums, question: str, wishes: Wishes) -> None:
        self._weights, self._sentiments, self._sums = hearing.weights, hearing.sentiments, sums
        self._question, self._polarity, self._wishes = question, polarity_of(question), wishes

    def lay(self, lowered: str, found: list[str], compounds: Sequence[float], phrases: Sequence[Reason]) -> None:
        measures = self._sentiments.measures(lowered, found, compounds, self._polarity, self._wishes)
        self._weights.lay(self._sums, found, self._question, with_phrases(measures, phrases))
