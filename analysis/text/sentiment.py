"""What rules can tell of how a text sounds: VADER's valence, how wishes are worded, answers that say nothing."""

import re
from collections.abc import Sequence

from analysis.text.lexicon import SchoolLexicon
from analysis.text.patterns import Patterns
from analysis.text.question import Polarity
from analysis.text.valence import SchoolValence
from analysis.text.words import Words


class Sentiments:
    """Measures and certainties that need no model."""

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

    def compounds(self, words: Words, spans: Sequence[tuple[int, int]]) -> list[float]:
        """VADER's score of each clause with the words of schools, -1 to 1."""
        return [self._valence.compound(words.text[start:end]) for start, end in spans]

    def wishes(self, lowered: str, distinct: frozenset[str]) -> bool:
        """Whether a text in small letters is worded as a wish."""
        return any(wish.search(lowered) for _, wish in self._wishes.possible(distinct))
