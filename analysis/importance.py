"""How important people say something is, beside how they say it is: where a questionnaire asks both."""

from dataclasses import dataclass

from analysis.disclosure.reportable import Reportable
from analysis.editions import EditionView
from analysis.measures.comparing import Gap, comparable, tested

IMPORTANCE = "_importance"


@dataclass(frozen=True)
class Weighed:
    """One thing: the gap (importance less how it is, in points) and its two results, importance first."""

    gap: Gap
    sides: tuple[Reportable, Reportable]


def weighed(edition: EditionView, audience: str) -> list[Weighed]:
    """Everything that was asked both ways and may be compared; what falls shortest of its importance first.

    A statement asks how important another is when its key is that one's with `_importance` behind: `food` and
    `food_importance`, or the grids' rows `meals.food` and `meals_importance.food`. All gaps are tested together. Their
    ranges are those of independent samples: too wide rather than too narrow where the same people answered both alike.
    """
    items = {item.subject: item for item in edition.of("item", audience, ())}
    pairs = [
        (item, items[other])
        for key, item in items.items()
        if (other := _about(key)) in items and comparable(item) and comparable(items[other])
    ]
    found = [Weighed(gap, pair) for gap, pair in zip(tested(pairs, a="importance", b="standing"), pairs, strict=True)]
    return sorted(found, key=lambda each: -each.gap.points)


def _about(key: str) -> str:
    """Key of the statement whose importance this one asks; empty where it asks none."""
    question, dot, row = key.partition(".")
    return question.removesuffix(IMPORTANCE) + dot + row if question.endswith(IMPORTANCE) else ""
