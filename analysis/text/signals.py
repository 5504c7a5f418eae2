"""Measures of a text beside its words: how VADER hears it, what the question asks, wishes, themes' own words."""

from collections.abc import Iterable, Sequence
from functools import cache

from analysis.text.question import Polarity
from analysis.text.theming import Reason
from analysis.text.weights import Measures

TURNS = frozenset({"but", "however", "though", "although", "except"})
HALF = 0.5
"""Weight of measures beside words, whose vector has the length 1."""


def heard(compounds: Sequence[float], *, turns: bool, length: int, wish: bool, praised: bool) -> tuple[float, ...]:
    """Measures of one text or one clause, in the order of `measured`.

    compounds  VADER's score of each clause, -1 to 1
    turns      whether a word turns the meaning round
    length     how many tokens
    wish       whether it is worded as a wish
    praised    whether it begins with praise and goes on with what nobody praises
    """
    told = [score for score in compounds if score]
    total = sum(told) / len(told) if told else 0.0
    best, worst = max(0.0, *compounds, 0.0), -min(0.0, *compounds, 0.0)
    own = (
        max(0.0, total) * 1.5 * HALF,
        max(0.0, -total) * 1.5 * HALF,
        HALF * (not told),
        HALF * wish,
        HALF * (length <= 3),
    )
    others = (best * HALF, worst * HALF, min(best, worst), min(length, 60) / 60, HALF * turns, HALF * praised, HALF)
    return own + own + others


@cache
def measured(asked: Polarity) -> tuple[str, ...]:
    """Names of the measures of `heard`: its own, the same crossed with what is asked, and the others."""
    own = ("pos", "neg", "zero", "wish", "short")
    others = ("best", "worst", "both", "length", "turns", "praised", f"asked:{asked}")
    return tuple(f"d:{name}" for name in (*own, *(f"{asked}:{name}" for name in own), *others))


def with_phrases(measures: Measures, phrases: Iterable[Reason]) -> Measures:
    """Measures, and those of the codebook's phrases found in a text: for each theme their weight, at most 2."""
    found: dict[str, float] = {}
    for reason in phrases:
        found[reason.theme] = min(2.0, found.get(reason.theme, 0.0) + reason.weight)
    if not found:
        return measures
    names, values = measures
    return names + tuple(map("k:{}".format, found)), (*values, *(weight * HALF for weight in found.values()))
