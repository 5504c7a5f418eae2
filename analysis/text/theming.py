"""Themes of a comment by the words of a codebook, each with its reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.codebook import Codebook, Theme
from analysis.text.stems import Stems
from analysis.text.words import Words

ENOUGH = 1.0
KEYWORD, HINT = 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Reason:
    """A phrase of the codebook found in a text, and where; `weight` 1 speaks for itself, 0.5 is a hint."""

    theme: str
    phrase: str
    weight: float
    start: int
    end: int


class ThemeFinder:
    """Finds the phrases of a codebook in the words of a text."""

    def __init__(self, codebook: Codebook, stems: Stems) -> None:
        self._stems = stems
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

    def themes(self, reasons: Sequence[Reason]) -> tuple[str, ...]:
        """Codes of the themes with reason enough, in the codebook's order, without fallbacks."""
        weights: dict[str, float] = {}
        for reason in reasons:
            weights[reason.theme] = weights.get(reason.theme, 0.0) + reason.weight
        codes = (code for code, weight in weights.items() if weight >= ENOUGH and code not in self._fallbacks)
        return tuple(sorted(codes, key=self._order.__getitem__))

    def fallback(self, reasons: Sequence[Reason]) -> tuple[str, ...]:
        """The theme for a verdict that gives no reason, when its words are there."""
        codes = {reason.theme for reason in reasons if reason.theme in self._fallbacks}
        return tuple(sorted(codes, key=self._order.__getitem__))

    def _all(self, words: Words) -> Iterator[Reason]:
        stems = self._stems.all_of(words.tokens)
        phrases = self._phrases
        for at, stem in enumerate(stems):
            if stem not in phrases:
                continue
            for rest, theme, phrase, weight in phrases[stem]:
                after = at + 1 + len(rest)
                if not rest or tuple(stems[at + 1 : after]) == rest:
                    yield Reason(theme, phrase, weight, words.places[at][0], words.places[after - 1][1])
