"""Themes of a comment by the words of a codebook, each with its reasons."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from analysis.codebook import Codebook, Theme
from analysis.text.grams import Token
from analysis.text.stems import Stems
from analysis.text.weights import Weights
from analysis.text.words import Words

ENOUGH = 1.0
KEYWORD, HINT = 1.0, 0.5


class Reason(NamedTuple):
    """A phrase of the codebook found in a text, and where; `weight` 1 speaks for itself, 0.5 is a hint."""

    theme: str
    phrase: str
    weight: float
    start: int
    end: int


class Tokenised(Protocol):
    """A text whose tokens are found when somebody asks."""

    @property
    def tokens(self) -> Sequence[Token]:
        """Tokens with their places."""


class ThemeFinder:
    """Finds the phrases of a codebook in the words of a text, and weighs what the model says to its themes.

    A theme that the model knows by its code is decided by the model, in which the phrases count too; any other
    theme by its phrases alone.
    """

    def __init__(self, codebook: Codebook, stems: Stems, weights: Weights) -> None:
        self._stems = stems
        self._weights = weights
        decision = weights.table.card["decision"]["themes"]
        self._least, self._lonely = float(decision["least"]), float(decision["lonely"])
        known = {theme.code: weights.outputs.get(f"t:{theme.code}") for theme in codebook.themes}
        self._columns = {code: at for code, at in known.items() if at is not None}
        self._unlearnt = len(known) - len(self._columns)
        self._order = {theme.code: at for at, theme in enumerate(codebook.themes)}
        self._fallbacks = frozenset(theme.code for theme in codebook.themes if theme.fallback)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str, float]]] = {}
        for theme in codebook.themes:
            self._index(theme, stems)

    def _index(self, theme: Theme, stems: Stems) -> None:
        weighed = [(phrase, KEYWORD) for phrase in theme.keywords] + [(phrase, HINT) for phrase in theme.hints]
        for phrase, weight in weighed:
            first, *rest = stems.phrase(phrase)
            self._phrases.setdefault(first, []).append((tuple(rest), theme.code, phrase, weight))

    def reasons(self, words: Words) -> tuple[Reason, ...]:
        """What speaks for which theme, in the order of the text; each phrase of a theme once."""
        found: dict[tuple[str, str], Reason] = {}
        for reason in self._all(words):
            found.setdefault((reason.theme, reason.phrase), reason)
        return tuple(found.values())

    def themes(self, reasons: Sequence[Reason], scores: Sequence[float], *, guess: bool = True) -> tuple[str, ...]:
        """Codes of the themes with reason enough, in the codebook's order; a fallback only where there is no other.

        guess  whether the likeliest theme may be taken where none has reason enough by itself
        """
        least, columns = self._least, self._columns
        codes = {code for code, at in columns.items() if scores[at] >= least}
        if self._unlearnt:
            codes |= self._by_phrases(reasons)
        if guess and not codes and columns:
            nearest = max(columns, key=lambda code: scores[columns[code]])
            codes = {nearest} if scores[columns[nearest]] >= self._lonely else set()
        if len(codes) < 2:
            return tuple(codes)
        return tuple(sorted(codes - self._fallbacks or codes, key=self._order.__getitem__))

    def explained(self, themes: Sequence[str], reasons: Sequence[Reason], text: Tokenised) -> tuple[Reason, ...]:
        """Why these themes: their phrases in the text, and where there is none the word that the model went by."""
        if not themes:
            return ()
        phrases = [reason for reason in reasons if reason.theme in themes]
        found = {reason.theme for reason in phrases}
        missing = [theme for theme in themes if theme not in found]
        return (*phrases, *(reason for theme in missing for reason in self._strongest(theme, text.tokens)))

    def _strongest(self, theme: str, tokens: Sequence[Token]) -> Iterator[Reason]:
        at = self._columns.get(theme)
        if at is None or not tokens:
            return
        word, start, end = max(tokens, key=lambda token: float(self._weights.word(token[0])[at]))
        yield Reason(theme, word, HINT, start, end)

    def _by_phrases(self, reasons: Sequence[Reason]) -> set[str]:
        """Themes that the model does not know, by the weight of their phrases."""
        weights: dict[str, float] = {}
        for reason in reasons:
            if reason.theme not in self._columns:
                weights[reason.theme] = weights.get(reason.theme, 0.0) + reason.weight
        return {code for code, weight in weights.items() if weight >= ENOUGH}

    def _all(self, words: Words) -> Iterator[Reason]:
        stems, phrases = self._stems.all_of(words.tokens), self._phrases
        for at in [at for at, stem in enumerate(stems) if stem in phrases]:
            for rest, theme, phrase, weight in phrases[stems[at]]:
                after = at + 1 + len(rest)
                if not rest or tuple(stems[at + 1 : after]) == rest:
                    yield Reason(theme, phrase, weight, *words.place(at, after - 1))
