"""Results as rows of a table: what the pages may show and nothing more, so never one person's answers."""

import csv
from collections.abc import Iterator
from typing import TextIO

from analysis.disclosure.reportable import OptionCount, Reportable
from analysis.editions import EditionView
from analysis.measures.standing import FEWEST_TOLD, standing
from stakeholder.spreadsheets import harmless

HEADER = (
    "wave",
    "audience",
    "breakdown_1",
    "option_1",
    "breakdown_2",
    "option_2",
    "kind",
    "subject",
    "label",
    "status",
    "people",
    "not_scored",
    "asked",
    "favourable_percent",
    "low_percent",
    "high_percent",
    "mean",
    "figures",
    "reversed",
    "answer",
    "answer_people",
    "answer_percent",
    "shown_to",
    "question",
    "question_words",
    "why_hidden",
)


def write_edition(edition: EditionView, file: TextIO) -> int:
    """Write all results of an edition; returns the number of lines below the header."""
    writer = csv.writer(file)
    writer.writerow(HEADER)
    lines = 0
    for result in edition.cells:
        for row in rows_of(result):
            writer.writerow([harmless(value) for value in row])
            lines += 1
    return lines


def rows_of(result: Reportable) -> Iterator[tuple[object, ...]]:
    """A result as lines: one an option for figures, otherwise one without numbers."""
    options: tuple[OptionCount | None, ...] = result.options if result.status == "shown" and result.options else (None,)
    for option in options:
        yield (
            *_place(result),
            *_numbers(result),
            *_answer(result, option),
            _shown(result.shown_to) if result.status == "shown" else "",
            result.question,
            result.asked,
            result.reason,
        )


def _answer(result: Reportable, option: OptionCount | None) -> tuple[object, object, object]:
    """An answer's code, people and per cent; near all or none only the limit, and no number of people."""
    if option is None:
        return "", "", ""
    if not option.scored or not result.n:
        return option.code, option.people, ""
    share = option.people / result.n
    return option.code, option.people if FEWEST_TOLD < share < 1 - FEWEST_TOLD else "", told(share)


def _shown(number: int | None) -> object:
    return "" if number is None else number


def _place(result: Reportable) -> tuple[object, ...]:
    pairs = [*result.slice.filters, ("", ""), ("", "")][:2]
    filters = [part for pair in pairs for part in pair]
    return (result.wave, result.slice.audience, *filters, result.kind, result.subject, result.label, result.status)


def _numbers(result: Reportable) -> tuple[object, ...]:
    """Per cents near all or none are told as limits, so that nobody learns that all or none answered so."""
    reverse = "yes" if result.reverse else ""
    if result.status != "shown":
        return ("", "", "", "", "", "", "", "", reverse)
    low = high = share = ""
    found = standing(result)
    if result.kind in {"item", "choice"} and result.share is not None and found:
        share = told(result.share)
        low, high = f"{found.low:.0f}", f"{found.high:.0f}"
    return (
        result.n,
        result.unscored,
        "" if result.invited is None else result.invited,
        share,
        low,
        high,
        "" if result.mean is None else f"{result.mean:.0f}" if result.kind == "score" else f"{result.mean:g}",
        "; ".join(f"{name}={value:g}" for name, value in result.figures),
        reverse,
    )


def told(share: float) -> str:
    """A share in whole per cent, or the limit beyond which it is not told.

    >>> told(0.5), told(1.0), told(0.0)
    ('50', '>=95', '<=5')
    """
    if share <= FEWEST_TOLD:
        return f"<={100 * FEWEST_TOLD:.0f}"
    return f">={100 * (1 - FEWEST_TOLD):.0f}" if share >= 1 - FEWEST_TOLD else f"{100 * share:.0f}"
