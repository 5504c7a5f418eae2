"""Measures of a text beside its words: how VADER hears it, what the question asks, wishes, themes' own words."""

from collections.abc import Iterable, Sequence

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
    own = {
        "pos": max(0.0, total) * 1.5,
        "neg": max(0.0, -total) * 1.5,
        "zero": float(not told),
        "wish": float(wish),
        "short": float(length <= 3),
    }
    measures = {f"d:{name}": value * HALF for name, value in own.items()}
    measures |= {f"d:{asked}:{name}": value * HALF for name, value in own.items()}
    return measures | {
        "d:best": best * HALF,
        "d:worst": worst * HALF,
        "d:both": min(best, worst),
        "d:length": min(length, 60) / 60,
        "d:turns": HALF * (not TURNS.isdisjoint(distinct)),
        f"d:asked:{asked}": HALF,
    }


def spoken_of(weights: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Measures of a codebook's phrases found in a text: for each theme their weight, at most 2."""
    found: dict[str, float] = {}
    for theme, weight in weights:
        found[f"k:{theme}"] = min(2.0, found.get(f"k:{theme}", 0.0) + weight)
    return {name: value * HALF for name, value in found.items()}
