"""Scores of a questionnaire's own scales as cells: the mean or sum of several items, as their author set it. Pure.

A person's score is `surveys.scoring.scale_score`; here for everyone at once. It comes from single answers, so its mean
is told for 30 people or more, to two significant digits (see `disclosure.means`).
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.admission import BASE, Cell
from analysis.disclosure.means import Level
from analysis.disclosure.reportable import Slice
from analysis.editions.answers import Answers, Mask
from analysis.measures.scores import level
from surveys.flow import ScoreScale
from surveys.question_types import Column

Values = NDArray[np.float64]
Filters = tuple[tuple[str, str], ...]


def scale_cells(
    answers: Answers, scales: Sequence[ScoreScale], slices: Sequence[tuple[Filters, Mask]], *, wave: str, audience: str
) -> Iterator[Cell]:
    """One cell a scale and group."""
    for scale in scales:
        scores, (low, high) = scale_values(answers, scale), ends(answers, scale)
        for filters, mask in slices:
            found = level(scores[mask])
            yield Cell(
                "scale",
                subject_of(scale),
                str(scale.title),
                wave,
                Slice(audience, filters),
                found.n,
                level=Level(found.mean, found.sd if found.n > 1 else None, low, high),
                members=_members(answers, mask & ~np.isnan(scores)),
            )


def subject_of(scale: ScoreScale) -> str:
    """The scale's key, told apart from those of questions and dimensions."""
    return f"scale:{scale.key}"


def scale_values(answers: Answers, scale: ScoreScale) -> Values:
    """Each person's score, NaN for those who answered too few of the items."""
    stacked = np.stack([item_values(answers, item) for item in scale.items])
    given = (~np.isnan(stacked)).sum(axis=0)
    means = np.nansum(stacked, axis=0) / np.maximum(given, 1)
    return np.where(given >= scale.needed, means * (1 if scale.rule == "mean" else len(scale.items)), np.nan)


def item_values(answers: Answers, item: str) -> Values:
    """Each person's value of an item, turned round where it is reversed; NaN without a scored answer."""
    column = answers.columns[item]
    known = _known(column)
    turned = min(known.values()) + max(known.values())
    values = [known.get(option.code, np.nan) for option in (*column.options, *column.unscored_options)]
    worth = np.array([np.nan, *(turned - value if column.reverse else value for value in values)])
    return worth[answers.codes[item] + 1]


def ends(answers: Answers, scale: ScoreScale) -> tuple[float, float]:
    """The lowest and the highest score there can be."""
    known = [_known(answers.columns[item]).values() for item in scale.items]
    parts = len(known) if scale.rule == "mean" else 1
    return sum(min(each) for each in known) / parts, sum(max(each) for each in known) / parts


def _known(column: Column) -> dict[str, float]:
    return {option.code: option.value for option in column.options if option.value is not None}


def _members(answers: Answers, mask: Mask) -> Callable[[str], bytes]:
    return lambda count: answers.keys[mask].tobytes() if count == BASE else b""
