"""What rules can tell of how a text sounds: VADER's valence, how wishes are worded, answers that say nothing."""

import re
from collections.abc import Iterable, Sequence

from analysis.text.lexicon import SchoolLexicon
from analysis.text.patterns import Patterns
from analysis.text.question import Polarity
from analysis.text.signals import TURNS, heard, measured
from analysis.text.valence import SchoolValence
from analysis.text.weights import Measures
from analysis.text.words import Words

Wishes = Sequence[re.Pattern[str]]
_AT_THE_START = 3
"""Words of a clause among which ironic praise stands."""


class Sentiments:
    """Measures and certainties that need no model."""

    def __init__(self, lexicon: SchoolLexicon) -> None:
        self._valence = SchoolValence(lexicon.overlay())
        self._wishes = Patterns(("", wish) for wish in lexicon.wishes)
        self._praises, self._burdens = frozenset(lexicon.irony.praises), frozenset(lexicon.irony.burdens)
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

    def compounds(self, words: Words, spans: Sequence[tuple[int, int]]) -> list[float]:
        """VADER's score of each clause with the words of schools, -1 to 1."""
        return [self._valence.compound(words.text[start:end]) for start, end in spans]

    def wishing(self, words: Iterable[str]) -> Wishes:
        """The wordings of wishes that a text of these words, and any part of it, may hold."""
        return [wish for _, wish in self._wishes.possible(words)]

    def measures(
        self, lowered: str, names: Sequence[str], compounds: Sequence[float], asked: Polarity, wishes: Wishes
    ) -> Measures:
        """What is measured in one text or clause.

        lowered    in small letters
        names      its tokens
        compounds  VADER's score of each of its clauses
        wishes     wordings that it may hold
        """
        distinct = frozenset(names)
        values = heard(
            compounds,
            turns=not TURNS.isdisjoint(distinct),
            length=len(names),
            wish=any(wish.search(lowered) for wish in wishes),
            praised=not self._burdens.isdisjoint(distinct) and not self._praises.isdisjoint(names[:_AT_THE_START]),
        )
        return measured(asked), values
