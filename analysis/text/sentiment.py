"""How a clause sounds: VADER's valence, set right by the question asked and by how wishes are worded."""

import re
from collections.abc import Sequence
from typing import Literal

from analysis.text.lexicon import SchoolLexicon
from analysis.text.patterns import Patterns
from analysis.text.question import Polarity
from analysis.text.valence import SchoolValence
from analysis.text.words import Words

Sentiment = Literal["positive", "negative", "neutral", "mixed"]

LEAST_SCORE = 0.1
"""Below it, in either direction, a text is neutral."""
EACH_SIDE = 0.2
"""What a clause must reach on either side to make a whole comment mixed."""
WISH = -0.25
CLEARLY_GOOD = 0.7
"""A clause this good is no wish, whatever its form ("should be proud")."""
ASKED: dict[Polarity, float] = {"positive": 0.3, "improve": -0.35, "neutral": 0.0}
"""What the question alone says: a bare "lunch" is praise after "best?" and a complaint after "worst?"."""
OUTWEIGHS = {"positive": -0.5, "improve": 0.5}
"""How clearly a clause must speak against its question to be believed."""


class Sentiments:
    """Scores clauses, -1 to 1, and names what a score means."""

    def __init__(self, lexicon: SchoolLexicon) -> None:
        self._valence = SchoolValence(lexicon.overlay())
        self._wishes = Patterns(("", wish) for wish in lexicon.wishes)
        self._nothing = re.compile(rf"\W*(?:{'|'.join(f'(?:{one})' for one in lexicon.no_content)})\W*", re.IGNORECASE)
        self._praise = re.compile(rf"\W*(?:{'|'.join(lexicon.praise_when_improving)})", re.IGNORECASE)

    def says_nothing(self, text: str) -> bool:
        """Whether a whole answer has no content: "nothing", "n/a", "idk", no letter at all."""
        if len(text) > 90:
            return False
        return not re.search(r"[^\W\d_]{2}|[^\x00-\x7f]", text) or bool(self._nothing.fullmatch(text))

    def praises(self, text: str, asked: Polarity) -> bool:
        """Whether an answer to "what is worst?" says that there is nothing to change."""
        found = asked == "improve" and self._praise.match(text)
        return bool(found) and len(text.split()) > 1 and not self.says_nothing(text)

    def scores(self, words: Words, spans: Sequence[tuple[int, int]], asked: Polarity) -> list[float]:
        """Score of each clause, -1 (bad) to 1 (good), to four places."""
        wishes = [wish for _, wish in self._wishes.possible(words.distinct)]
        return [self._score(words, span, asked, wishes) for span in spans]

    def _score(self, words: Words, span: tuple[int, int], asked: Polarity, wishes: Sequence[re.Pattern[str]]) -> float:
        score = self._valence.compound(words.text[span[0] : span[1]])
        if wishes and score < CLEARLY_GOOD:
            clause = words.lowered[span[0] : span[1]]
            if any(wish.search(clause) for wish in wishes):
                return round(min(score, 0.0) / 2 + WISH, 4)
        return round(_in_context(score, asked), 4)


def _in_context(score: float, asked: Polarity) -> float:
    """The score after the question: what is asked for is believed unless the words clearly say otherwise."""
    if asked == "neutral":
        return score
    against = OUTWEIGHS[asked]
    if score * against > 0 and abs(score) >= abs(against):
        return score
    return max(-1.0, min(1.0, ASKED[asked] + (score / 2 if score * against <= 0 else score / 4)))


def overall(scores: Sequence[float]) -> float:
    """Score of several clauses together: their mean, clauses without a feeling left out; 0 when none has one."""
    told = [score for score in scores if abs(score) >= LEAST_SCORE]
    return round(sum(told) / len(told), 4) if told else 0.0


def named(scores: Sequence[float]) -> Sentiment:
    """What the scores of clauses amount to: "mixed" when both good and bad is clearly said."""
    if any(score >= EACH_SIDE for score in scores) and any(score <= -EACH_SIDE for score in scores):
        return "mixed"
    score = overall(scores)
    if abs(score) < LEAST_SCORE:
        return "neutral"
    return "positive" if score > 0 else "negative"
