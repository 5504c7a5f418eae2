"""Counting an audience's answers into cells: every statement, score and response, whole and by breakdown. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from analysis.disclosure.admission import Cell
from analysis.disclosure.reportable import OptionCount, Slice
from analysis.editions.answers import Answers, Mask
from analysis.measures.scores import Level, Scores, dimension_scores, level
from surveys.definition import Questionnaire
from surveys.framework import Framework
from surveys.question_types import Column

CROSSED = 2
RESPONSE = "response"
Filters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counted:
    """What one audience is, besides its answers.

    invited_by  people asked, by breakdown and option
    """

    wave: str
    audience: str
    questionnaire: Questionnaire
    invited: int | None = None
    invited_by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def count(counted: Counted, answers: Answers, framework: Framework | None) -> Iterator[Cell]:
    """All cells of an audience: responses, then scores of dimensions and strands, then statements."""
    slices = [(filters, answers.mask(filters)) for filters in slices_of(counted.questionnaire, answers)]
    yield from _responses(counted, slices)
    if framework is not None and counted.questionnaire.style != "youngest":
        yield from _scores(counted, answers, framework, slices)
    for column in answers.columns.values():
        if column.favourable:
            yield from _items(counted, answers, column, slices)


def slices_of(questionnaire: Questionnaire, answers: Answers) -> list[Filters]:
    """The finite list of groups: everyone, each option of each breakdown, and the first two breakdowns crossed."""
    single: dict[str, list[tuple[str, str]]] = {
        key: [(key, option.code) for option in answers.columns[key].options] for key in questionnaire.breakdowns
    }
    crossed = [
        tuple(sorted(pair))
        for one, other in combinations(list(single)[:CROSSED], 2)
        for pair in product(single[one], single[other])
    ]
    return [(), *((each,) for options in single.values() for each in options), *crossed]


def _responses(counted: Counted, slices: list[tuple[Filters, Mask]]) -> Iterator[Cell]:
    """Of crossings too: which of them are hidden first follows who answered."""
    for filters, mask in slices:
        yield Cell(
            "response",
            RESPONSE,
            "Answered",
            counted.wave,
            Slice(counted.audience, filters),
            int(mask.sum()),
            invited=_invited(counted, filters),
        )


def _invited(counted: Counted, filters: Filters) -> int | None:
    if len(filters) != 1:
        return None if filters else counted.invited
    ((question, code),) = filters
    return counted.invited_by.get(question, {}).get(code)


def _items(counted: Counted, answers: Answers, column: Column, slices: list[tuple[Filters, Mask]]) -> Iterator[Cell]:
    codes, scored = answers.codes[column.key], len(column.options)
    options = (*column.options, *column.unscored_options)
    for filters, mask in slices:
        people = np.bincount(codes[mask] + 1, minlength=len(options) + 1)[1:]
        yield Cell(
            "item",
            column.key,
            str(column.label),
            counted.wave,
            Slice(counted.audience, filters),
            n=int(people[:scored].sum()),
            unscored=int(people[scored:].sum()),
            reverse=column.reverse,
            focus=column.focus,
            parallel=column.strand,
            options=tuple(
                OptionCount(
                    option.code, str(option.label), int(people[place]), place < scored, option.code in column.favourable
                )
                for place, option in enumerate(options)
            ),
        )


def _scores(
    counted: Counted, answers: Answers, framework: Framework, slices: list[tuple[Filters, Mask]]
) -> Iterator[Cell]:
    strands = {column.strand: _strand_scores(answers, column) for column in answers.columns.values() if column.core}
    named: list[tuple[str, str, Scores]] = []
    for dimension in framework.dimensions:
        asked = [strands[strand.key] for strand in dimension.strands if strand.key in strands]
        if len(asked) > 1:
            named.append((dimension.key, str(dimension.short), dimension_scores(asked)))
    named += [
        (strand.key, str(strand.name), strands[strand.key]) for strand in framework.strands if strand.key in strands
    ]
    for key, label, scores in named:
        for filters, mask in slices:
            yield _score(counted, key, label, filters, level(scores[mask]))


def _score(counted: Counted, key: str, label: str, filters: Filters, found: Level) -> Cell:
    return Cell(
        "score", key, label, counted.wave, Slice(counted.audience, filters), found.n, mean=found.mean, sd=found.sd
    )


def _strand_scores(answers: Answers, column: Column) -> Scores:
    """Each person's score of a strand: its core statement's answer on 0-100, NaN where there is none."""
    options = (*column.options, *column.unscored_options)
    values = [column.score(option.code) for option in options]
    table = np.array([np.nan, *(np.nan if value is None else value for value in values)])
    return table[answers.codes[column.key] + 1]
