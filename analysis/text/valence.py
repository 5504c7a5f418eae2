"""NLTK's VADER, many times faster and with the words of schools."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from pathlib import Path

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

import analysis
from analysis.text.spelling import Spelling

LEXICON = Path(analysis.__file__).parent / "data" / "nltk_data" / "sentiment" / "vader_lexicon.txt"
MOST_REMEMBERED = 60_000
"""Distinct tokens kept with their cleaned form; then the memory starts anew."""
_LONG_DRAWN = re.compile(r"(\w)\1{2,}")
_EMOJI = re.compile("([\u2190-\u2bff\U0001f000-\U0001faff])\ufe0f?")
C_INCR, N_SCALAR = float(VaderConstants.C_INCR), float(VaderConstants.N_SCALAR)
_ALPHA = 15
_DAMPED = (1.0, 0.95, 0.9)
"""What is left of a booster one, two and three words before."""
_OF_IDIOMS = frozenset(
    word
    for phrase in (*VaderConstants.SPECIAL_CASE_IDIOMS, *VaderConstants.BOOSTER_DICT)
    if " " in phrase
    for word in phrase.split()
)


@dataclass(frozen=True)
class SchoolWords:
    """What the overlay changes in VADER.

    words     valence of single words, -4 to 4; None takes a word out of the lexicon
    phrases   valence of several words read as one ("could be better")
    boosters  words that strengthen what follows ("dead good")
    ordinary  words that are spelt right, though they have no value
    """

    words: Mapping[str, float | None] = field(default_factory=dict)
    phrases: Mapping[str, float] = field(default_factory=dict)
    boosters: tuple[str, ...] = ()
    ordinary: frozenset[str] = frozenset()


class _Token:
    """A token as VADER's rules look at it; remembered, one object for all that are written alike.

    value    valence in the lexicon; None when it has none
    booster  what it adds to the word after it
    laden    whether it has a value that counts where it stands
    opens    phrases of the overlay that start with it: the words that follow, and their name
    """

    __slots__ = ("booster", "laden", "lowered", "negates", "opens", "raised", "stays", "upper", "value", "written")

    def __init__(self, written: str, valence: "SchoolValence") -> None:
        self.written, self.lowered, self.upper = written, written.lower(), written.isupper()
        self.value = valence.lexicon.get(self.lowered)
        boosters = valence.constants.BOOSTER_DICT
        self.booster: float | None = boosters.get(self.lowered)
        self.laden = self.value is not None and self.lowered not in boosters
        self.negates = self.lowered in valence.constants.NEGATE or "n't" in self.lowered
        self.raised = written in {"so", "this"}
        self.stays = written in _OF_IDIOMS
        self.opens = valence.phrases.get(self.lowered, ())


class SchoolValence(SentimentIntensityAnalyzer):  # type: ignore[misc]  # NLTK carries no types
    """VADER's compound score (Hutto & Gilbert 2014), -1 to 1, by NLTK's own rules.

    NLTK spends most of its time on building a dictionary of punctuation for every text, and looks each word up again
    for every word near it. What it finds there depends on the token alone, so it is remembered here; the rules then
    run only on words that carry a value. Without an overlay the score is exactly NLTK's
    `polarity_scores(text)["compound"]`.
    """

    def __init__(self, overlay: SchoolWords | None = None) -> None:
        overlay = overlay or SchoolWords()
        self.lexicon_file = LEXICON.read_text(encoding="utf-8").rstrip("\n")
        self.lexicon: dict[str, float] = self.make_lex_dict()
        self.constants = VaderConstants()
        self._lengthened = bool(overlay.words)
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._learn(overlay)
        self._spelling = Spelling(self.lexicon if overlay.ordinary else (), overlay.ordinary)
        self._remembered: dict[str, _Token | None] = {}
        self._tokens: dict[str, _Token] = {}

    def _learn(self, overlay: SchoolWords) -> None:
        for word, value in overlay.words.items():
            self.lexicon.pop(word, None)
            if value is not None:
                self.lexicon[word] = value
        for phrase, value in overlay.phrases.items():
            first, *rest = (word for word in phrase.split() if len(word) > 1)  # single letters are not heard
            joined = "_".join((first, *rest))
            self.lexicon[joined] = value
            self.phrases.setdefault(first, []).append((tuple(rest), joined))
        for found in self.phrases.values():
            found.sort(key=lambda entry: -len(entry[0]))
        boosted = dict.fromkeys(overlay.boosters, VaderConstants.B_INCR)
        self.constants.BOOSTER_DICT = VaderConstants.BOOSTER_DICT | boosted

    def compound(self, text: str) -> float:
        """VADER's compound score of a text, -1 to 1, to four places; 0 when no word carries a value."""
        if self._lengthened and not text.isascii():
            text = _EMOJI.sub(r" \1 ", text)
        remembered = self._remembered
        try:
            tokens = [token for word in text.split() if (token := remembered[word]) is not None]
        except KeyError:
            tokens = [token for token in map(self._token, text.split()) if token is not None]
        if self.phrases and any(token.opens for token in tokens):
            tokens = self._joined(tokens)
        total = self._total(tokens)
        if not total:
            return 0.0
        emphasis = self._punctuation_emphasis(total, text)
        total += float(emphasis if total > 0 else -emphasis)
        return round(total / sqrt(total * total + _ALPHA), 4)

    def _total(self, tokens: list[_Token]) -> float:
        """The sum of the tokens' valences, as in NLTK's `polarity_scores`."""
        laden = [at for at, token in enumerate(tokens) if token.laden]
        if not laden:
            return 0.0
        capitals = sum([token.upper for token in tokens])
        shouted = 0 < capitals < len(tokens)
        # NLTK gives a repeated token the surroundings of its first occurrence; so does this.
        first = dict(zip(reversed(tokens), range(len(tokens) - 1, -1, -1), strict=True))
        valences = [self._valence(tokens, first[tokens[at]], shouted=shouted) for at in laden]
        turn = next((at for at, token in enumerate(tokens) if token.lowered == "but"), None)
        if turn is not None:
            valences = [
                valence * 0.5 if at < turn else valence * 1.5 if at > turn else valence
                for at, valence in zip(laden, valences, strict=True)
            ]
        return float(sum(valences))

    def _valence(self, tokens: list[_Token], at: int, *, shouted: bool) -> float:
        """One laden token where it stands: louder, boosted, turned round by the three tokens before it."""
        token = tokens[at]
        if token.lowered == "kind" and at < len(tokens) - 1 and tokens[at + 1].lowered == "of":
            return 0.0
        assert token.value is not None  # noqa: S101 - it is laden
        valence = token.value
        if token.upper and shouted:
            valence += C_INCR if valence > 0 else -C_INCR
        for back in range(min(3, at)):
            before = tokens[at - back - 1]
            if before.value is None or (self._lengthened and before.negates):
                valence = valence + _boost(before, valence, back, shouted=shouted)
                valence = _turned(valence, tokens, at, back)
                if back == 2 and _may_be_idiom(tokens, at):
                    valence = self._idioms_check(valence, [token.written for token in tokens], at)
        return _least(valence, tokens, at)

    def _token(self, word: str) -> _Token | None:
        """The token without punctuation at one end, as NLTK leaves it; None for a single character."""
        try:
            return self._remembered[word]
        except KeyError:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            written = self._cleaned(word)
            found = self._remembered[word] = None if written is None else self._written(written)
            return found

    def _written(self, written: str) -> _Token:
        """The one object for what is written so."""
        found = self._tokens.get(written)
        if found is None:
            if len(self._tokens) >= 2 * MOST_REMEMBERED:
                self._tokens.clear()
                self._remembered.clear()
            found = self._tokens[written] = _Token(written, self)
        return found

    def _cleaned(self, token: str) -> str | None:
        if len(token) < 2:
            return token if self._lengthened and token in self.lexicon else None
        bare: str = self.constants.REGEX_REMOVE_PUNCTUATION.sub("", token)
        stripped = len(bare) > 1 and any(token in (mark + bare, bare + mark) for mark in self.constants.PUNC_LIST)
        if not self._lengthened:
            return bare if stripped else token
        return self._as_in_schools(bare if stripped else token)

    def _as_in_schools(self, token: str) -> str:
        """ "sooooo", "(great)." and "brillient" find their words too, though VADER knows none of them."""
        if token.lower() in self.lexicon:
            return token
        bare = token.strip(".,!?;:\"'()[]-*\u2026\u201c\u201d") or token
        for drawn in (r"\1\1", r"\1"):
            shorter = _LONG_DRAWN.sub(drawn, bare)
            if shorter.lower() in self.lexicon or shorter.lower() in self.constants.BOOSTER_DICT:
                return shorter
        return self._spelling.right(bare.lower()) or bare

    def _joined(self, tokens: list[_Token]) -> list[_Token]:
        """The tokens with phrases of the overlay made one, the longest first."""
        lowered = [token.lowered for token in tokens]
        joined, at = [], 0
        while at < len(tokens):
            for rest, name in tokens[at].opens:
                if tuple(lowered[at + 1 : at + 1 + len(rest)]) == rest:
                    joined.append(self._written(name))
                    at += 1 + len(rest)
                    break
            else:
                joined.append(tokens[at])
                at += 1
        return joined


def _boost(before: _Token, valence: float, back: int, *, shouted: bool) -> float:
    """What a word before adds; the less, the farther it stands (NLTK's `scalar_inc_dec`)."""
    if before.booster is None:
        return 0.0
    scalar = before.booster if valence >= 0 else before.booster * -1
    if before.upper and shouted:
        scalar += C_INCR if valence > 0 else -C_INCR
    return scalar * _DAMPED[back] if back and scalar else scalar


def _turned(valence: float, tokens: list[_Token], at: int, back: int) -> float:
    """Negation, and "never so", "never this" (NLTK's `_never_check`)."""
    if back == 1 and tokens[at - 2].written == "never" and tokens[at - 1].raised:
        return valence * 1.5
    if back == 2 and (tokens[at - 1].raised or (tokens[at - 3].written == "never" and tokens[at - 2].raised)):
        return valence * 1.25
    return valence * N_SCALAR if tokens[at - back - 1].negates else valence


def _may_be_idiom(tokens: list[_Token], at: int) -> bool:
    """Whether two words of idioms stand side by side here; seldom."""
    near = [token.stays for token in tokens[at - 3 : at + 2]]
    return any(one and other for one, other in pairwise(near))


def _least(valence: float, tokens: list[_Token], at: int) -> float:
    """ "least" turns round, "at least" and "very least" do not (NLTK's `_least_check`)."""
    if not at or tokens[at - 1].lowered != "least" or tokens[at - 1].value is not None:
        return valence
    kept = at > 1 and tokens[at - 2].lowered in {"at", "very"}
    return valence if kept else valence * N_SCALAR
