"""Scores 0 to 100 of strands and dimensions, worked out from admitted statements, so that they give nothing new away.

A strand's score is the mean of its core statement from the rounded counts. A dimension's is the mean of its strands'
scores in the same group, all of equal weight. Only how far people lie apart on a dimension is taken from their answers
themselves: to two significant digits, for 30 people or more.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, sqrt

import numpy as np

from analysis.disclosure.admission import FEWEST_FIGURES, FEWEST_SHOWN, TOO_FEW
from analysis.disclosure.means import two_digits
from analysis.disclosure.reportable import Reportable, Slice, Status
from analysis.disclosure.sealing import sealed
from analysis.editions.answers import Answers
from analysis.measures.scores import FEWEST_STRANDS, Scores, dimension_scores, level
from surveys.framework import Framework
from surveys.question_types import Column

LEAST_SPREAD = 5.0  # on 0 to 100: a smaller one, or a mean nearer to an end, would say that all answered alike
Items = Mapping[tuple[str, Slice], Reportable]


def scores(answers: Answers, framework: Framework, items: Sequence[Reportable]) -> Iterator[Reportable]:
    """Scores of every dimension that has two strands or more, then of every strand, for each group.

    items  the admitted statements of one audience
    """
    found = {(item.subject, item.slice): item for item in items}
    slices = list(dict.fromkeys(item.slice for item in items))
    cores = core_columns(answers)
    strands = {
        strand.key: [_strand(found, cores[strand.key], str(strand.name), each) for each in slices]
        for strand in framework.strands
        if strand.key in cores
    }
    for dimension in framework.dimensions:
        asked = [strand.key for strand in dimension.strands if strand.key in strands]
        if len(asked) > 1:
            spread = dimension_scores([strand_scores(answers, cores[key]) for key in asked])
            for at in range(len(slices)):
                parts = [strands[key][at] for key in asked]
                yield _dimension(parts, dimension.key, str(dimension.short), spread[answers.mask(slices[at].filters)])
    for results in strands.values():
        yield from results


def core_columns(answers: Answers) -> dict[str, Column]:
    """By strand, its core statement; of a repeated section the first time, so that each person counts once."""
    found: dict[str, Column] = {}
    for column in answers.columns.values():
        if column.core:
            found.setdefault(column.strand, column)
    return found


def strand_scores(answers: Answers, column: Column) -> Scores:
    """Each person's score of a strand: its core statement's answer on 0-100, NaN where there is none."""
    return np.array([np.nan, *_values(column).values()])[answers.codes[column.key] + 1]


def _values(column: Column) -> dict[str, float]:
    """What each option stands for on 0-100, NaN where nothing."""
    values = {option.code: column.score(option.code) for option in (*column.options, *column.unscored_options)}
    return {code: np.nan if value is None else value for code, value in values.items()}


def _strand(items: Items, column: Column, label: str, where: Slice) -> Reportable:
    item, values = items[column.key, where], _values(column)
    counts = [(values[option.code], option.people) for option in item.options if option.scored]
    people = sum(count for _, count in counts)
    if item.status == "hidden" or not people or item.n < FEWEST_SHOWN:
        return _nothing(item, column.strand, label)
    mean = sum(value * count for value, count in counts) / people
    squares = sum(count * (value - mean) ** 2 for value, count in counts)
    sd = max(sqrt(squares / (people - 1)), LEAST_SPREAD) if people > 1 and item.status == "shown" else None
    told = min(max(mean, LEAST_SPREAD / 2), 100 - LEAST_SPREAD / 2)
    return sealed("score", column.strand, label, item.wave, where, item.status, n=item.n, mean=told, sd=sd)


def _dimension(strands: Sequence[Reportable], key: str, label: str, people: Scores) -> Reportable:
    """Nothing where too many of the strands are hidden."""
    told = [strand for strand in strands if strand.mean is not None]
    if not told or len(told) < ceil(FEWEST_STRANDS * len(strands)):
        return _nothing(strands[0], key, label)
    n = min(strand.n for strand in told)
    status: Status = "shown" if all(strand.status == "shown" for strand in told) else "words"
    found = level(people)
    sd = max(two_digits(found.sd), LEAST_SPREAD) if status == "shown" and found.n >= FEWEST_FIGURES else None
    mean = sum(strand.mean or 0.0 for strand in told) / len(told)
    return sealed("score", key, label, told[0].wave, told[0].slice, status, n=n, mean=mean, sd=sd)


def _nothing(beside: Reportable, key: str, label: str) -> Reportable:
    return sealed("score", key, label, beside.wave, beside.slice, "hidden", reason=TOO_FEW)
