"""Measures of a text beside its words: how VADER hears it, what the question asks, wishes, themes' own words."""

from collections.abc import Iterable, Sequence
from functools import cache

from analysis.text.question import Polarity

TURNS = frozenset({"but", "however", "though", "although", "except"})
HALF = 0.5
"""Weight of measures beside words, whose vector has the length 1."""


def heard(
    compounds: Sequence[float], asked: Polarity, *, distinct: frozenset[str], length: int, wish: bool
) -> dict[str, float]:
    """Measures of one text or one clause.

    compounds  VADER's score of each clause, -1 to 1
    length     how many tokens
    """
    told = [score for score in compounds if score]
    total = sum(told) / len(told) if told else 0.0
    best, worst = max((0.0, *compounds)), max((0.0, *(-score for score in compounds)))
    own = (
        max(0.0, total) * 1.5 * HALF,
        max(0.0, -total) * 1.5 * HALF,
        HALF * (not told),
        HALF * wish,
        HALF * (length <= 3),
    )
    turns = HALF * (not TURNS.isdisjoint(distinct))
    others = (best * HALF, worst * HALF, min(best, worst), min(length, 60) / 60, turns, HALF)
    return dict(zip(_names(asked), own + own + others, strict=True))


@cache
def _names(asked: Polarity) -> tuple[str, ...]:
    """Of the measures of `heard`: its own, the same crossed with what is asked, and the others."""
    own = ("pos", "neg", "zero", "wish", "short")
    others = ("best", "worst", "both", "length", "turns", f"asked:{asked}")
    return tuple(f"d:{name}" for name in (*own, *(f"{asked}:{name}" for name in own), *others))


def spoken_of(weights: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Measures of a codebook's phrases found in a text: for each theme their weight, at most 2."""
    found: dict[str, float] = {}
    for theme, weight in weights:
        found[f"k:{theme}"] = min(2.0, found.get(f"k:{theme}", 0.0) + weight)
    return {name: value * HALF for name, value in found.items()}
