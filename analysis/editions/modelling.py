"""What can only be worked out from single answers: reliability, what goes together, and care in answering.

For whole audiences of 30 people or more, frozen with the edition, to two significant digits: then no single answer can
be read off.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from analysis.disclosure.admission import FEWEST_FIGURES
from analysis.disclosure.means import two_digits
from analysis.disclosure.reportable import Kind, Reportable, Slice
from analysis.disclosure.sealing import sealed
from analysis.editions.answers import Answers, Codes, Mask
from analysis.editions.scaling import item_values, subject_of
from analysis.editions.scoring import core_columns, strand_scores
from analysis.measures.care import left_out, straight_lining
from analysis.measures.drivers import drivers
from analysis.measures.reliability import reliability
from analysis.measures.scores import Scores
from surveys.flow import ScoreScale
from surveys.framework import Framework
from surveys.question_types import Column

Where = tuple[str, Slice]


def models(
    answers: Answers,
    framework: Framework | None,
    *,
    wave: str,
    audience: str,
    scales: Sequence[ScoreScale] = (),
) -> Iterator[Reportable]:
    """All such results of one audience; none under 30 people.

    scales  the questionnaire's own, whose items' reliability is told under "scale:" and their key
    """
    if answers.people < FEWEST_FIGURES:
        return
    where = (wave, Slice(audience))
    yield from _care(answers, where)
    for scale in scales:
        values = {item: item_values(answers, item) for item in scale.items}
        yield from _reliability(subject_of(scale), str(scale.title), values, where)
    if framework is None:
        return
    cores = core_columns(answers)
    scored = {key: strand_scores(answers, column) for key, column in cores.items()}
    for dimension in framework.dimensions:
        asked = [strand.key for strand in dimension.strands if strand.key in scored]
        yield from _reliability(dimension.key, str(dimension.short), {key: scored[key] for key in asked}, where)
    for key, column in cores.items():
        yield from _drivers(column, scored[key], {other: scored[other] for other in scored if other != key}, where)


def _result(
    kind: Kind, subject: str, label: str, people: int, figures: dict[str, float], where: Where, *, parallel: str = ""
) -> Reportable:
    told = tuple((name, two_digits(value)) for name, value in figures.items())
    wave, place = where
    return sealed(kind, subject, label, wave, place, "shown", n=3 * round(people / 3), figures=told, parallel=parallel)


def _care(answers: Answers, where: Where) -> Iterator[Reportable]:
    lines: dict[tuple[str, ...], list[Codes]] = defaultdict(list)
    asked: list[Codes] = []
    shown: list[Mask] = []
    for column in answers.columns.values():
        if column.favourable:
            scored, codes = len(column.options), answers.codes[column.key]
            lines[tuple(option.code for option in column.options)].append(np.where(codes < scored, codes, -1))
            asked.append(codes)
            shown.append(answers.was_shown(column.key))
    longest = max(lines.values(), key=len, default=[])
    found = {"straight_lining": straight_lining(longest), "left_out": left_out(asked, shown)}
    figures = {name: value for name, value in found.items() if value is not None}
    if figures:
        yield _result("care", "care", "Care in answering", answers.people, figures, where)


def _reliability(key: str, label: str, scored: dict[str, Scores], where: Where) -> Iterator[Reportable]:
    """Nothing where too few answered everything, or everyone the same."""
    if len(scored) < 2:
        return
    stacked = np.stack(list(scored.values()), axis=1)
    complete = stacked[~np.isnan(stacked).any(axis=1)]
    if len(complete) < FEWEST_FIGURES or complete.sum(axis=1).std() == 0:
        return
    found = reliability(stacked)
    rest = dict(zip((f"rest:{strand}" for strand in scored), found.rest, strict=True))
    figures = {"alpha": found.alpha, "omega": found.omega, **rest}
    yield _result("reliability", key, label, found.people, figures, where)


def _drivers(column: Column, outcome: Scores, others: dict[str, Scores], where: Where) -> Iterator[Reportable]:
    if not others:
        return
    found = drivers(outcome, np.stack(list(others.values()), axis=1))
    if found is None or found.people < FEWEST_FIGURES:
        return
    weights = dict(zip(others, found.weights, strict=True))
    figures = {"explained": found.explained, **weights}
    label = str(column.label)
    yield _result("drivers", column.key, label, found.people, figures, where, parallel=column.strand)
