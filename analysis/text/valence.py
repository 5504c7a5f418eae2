"""NLTK's VADER, many times faster and with the words of schools."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

import analysis

LEXICON = Path(analysis.__file__).parent / "data" / "nltk_data" / "sentiment" / "vader_lexicon.txt"
MOST_REMEMBERED = 60_000
"""Distinct tokens kept with their cleaned form; then the memory starts anew."""
_LONG_DRAWN = re.compile(r"(\w)\1{2,}")
_EMOJI = re.compile("([\u2190-\u2bff\U0001f000-\U0001faff])\ufe0f?")


@dataclass(frozen=True)
class SchoolWords:
    """What the overlay changes in VADER.

    words     valence of single words, -4 to 4; None takes a word out of the lexicon
    phrases   valence of several words read as one ("could be better")
    boosters  words that strengthen what follows ("dead good")
    """

    words: Mapping[str, float | None] = field(default_factory=dict)
    phrases: Mapping[str, float] = field(default_factory=dict)
    boosters: tuple[str, ...] = ()


class _Words:
    """What VADER's rules look at: a text's words, and whether only some are in capitals."""

    __slots__ = ("is_cap_diff", "words_and_emoticons")

    def __init__(self, words: Sequence[str]) -> None:
        self.words_and_emoticons = words
        capitals = sum(map(str.isupper, words))
        self.is_cap_diff = 0 < capitals < len(words)


class SchoolValence(SentimentIntensityAnalyzer):  # type: ignore[misc]  # NLTK carries no types
    """VADER's compound score (Hutto & Gilbert 2014), -1 to 1, by NLTK's own rules.

    NLTK spends most of its time on building a dictionary of punctuation for every text. What it finds there
    depends on the token alone, so it is remembered here; NLTK's rules then run only on words that carry a
    value. Without an overlay the score is exactly NLTK's `polarity_scores(text)["compound"]`.
    """

    def __init__(self, overlay: SchoolWords | None = None) -> None:
        overlay = overlay or SchoolWords()
        self.lexicon_file = LEXICON.read_text(encoding="utf-8").rstrip("\n")
        self.lexicon: dict[str, float] = self.make_lex_dict()
        self.constants = VaderConstants()
        self._remembered: dict[str, str | None] = {}
        self._lengthened = bool(overlay.words)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._learn(overlay)

    def _learn(self, overlay: SchoolWords) -> None:
        for word, value in overlay.words.items():
            self.lexicon.pop(word, None)
            if value is not None:
                self.lexicon[word] = value
        for phrase, value in overlay.phrases.items():
            first, *rest = phrase.split()
            joined = "_".join((first, *rest))
            self.lexicon[joined] = value
            self._phrases.setdefault(first, []).append((tuple(rest), joined))
        for found in self._phrases.values():
            found.sort(key=lambda entry: -len(entry[0]))
        boosted = dict.fromkeys(overlay.boosters, VaderConstants.B_INCR)
        self.constants.BOOSTER_DICT = VaderConstants.BOOSTER_DICT | boosted

    def compound(self, text: str) -> float:
        """VADER's compound score of a text, -1 to 1, to four places; 0 when no word carries a value."""
        if self._lengthened and not text.isascii():
            text = _EMOJI.sub(r" \1 ", text)
        tokens = [token for token in map(self._token, text.split()) if token is not None]
        if self._phrases:
            tokens = self._joined(tokens)
        sentiments = self._sentiments(tokens)
        total = float(sum(sentiments))
        if total:
            emphasis = self._punctuation_emphasis(total, text)
            total += emphasis if total > 0 else -emphasis
        return round(float(self.constants.normalize(total)), 4)

    def _sentiments(self, tokens: list[str]) -> list[float]:
        """Each token's valence, as in NLTK's `polarity_scores`."""
        lowered = [token.lower() for token in tokens]
        laden = [at for at, word in enumerate(lowered) if word in self.lexicon]
        sentiments: list[float] = [0.0] * len(tokens)
        if not laden:
            return sentiments
        words = _Words(tokens)
        first: dict[str, int] = {}
        for at, token in enumerate(tokens):
            first.setdefault(token, at)
        for at in laden:
            sentiments[at] = self._valence(tokens, lowered, words, at, first[tokens[at]])
        if "but" in lowered:
            sentiments = self._but_check(tokens, sentiments)
        return sentiments

    def _valence(self, tokens: list[str], lowered: list[str], words: _Words, at: int, first: int) -> float:
        """NLTK gives a repeated token the surroundings of its first occurrence; so does this."""
        kind_of = lowered[at] == "kind" and first < len(tokens) - 1 and lowered[first + 1] == "of"
        if kind_of or lowered[at] in self.constants.BOOSTER_DICT:
            return 0.0
        found: list[Any] = self.sentiment_valence(0, words, tokens[at], first, [])
        return float(found[0])

    def _token(self, token: str) -> str | None:
        """The token without punctuation at one end, as NLTK leaves it; None for a single character."""
        try:
            return self._remembered[token]
        except KeyError:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[token] = self._cleaned(token)
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
        """ "sooooo" and "(great)." find their words too, though VADER knows neither."""
        if token.lower() in self.lexicon:
            return token
        bare = token.strip(".,!?;:\"'()[]-*\u2026\u201c\u201d") or token
        for drawn in (r"\1\1", r"\1"):
            shorter = _LONG_DRAWN.sub(drawn, bare)
            if shorter.lower() in self.lexicon or shorter.lower() in self.constants.BOOSTER_DICT:
                return shorter
        return bare

    def _joined(self, tokens: list[str]) -> list[str]:
        """The tokens with phrases of the overlay made one, the longest first."""
        lowered = [token.lower() for token in tokens]
        if self._phrases.keys().isdisjoint(lowered):
            return tokens
        joined, at = [], 0
        while at < len(tokens):
            for rest, name in self._phrases.get(lowered[at], ()):
                if tuple(lowered[at + 1 : at + 1 + len(rest)]) == rest:
                    joined.append(name)
                    at += 1 + len(rest)
                    break
            else:
                joined.append(tokens[at])
                at += 1
        return joined
