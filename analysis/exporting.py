"""Taking results out as a table: what the pages may show and nothing more, so never one person's answers."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click

from analysis.disclosure.reportable import OptionCount, Reportable
from analysis.editions import EditionView, load_edition
from analysis.measures import wilson
from stakeholder.errors import Invalid
from stakeholder.installation import installation
from surveys.cli import SCHOOL, viewer_for

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
    "reversed",
    "answer",
    "answer_people",
    "why_hidden",
)


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--wave", help="Key of the wave; the newest that has results unless said otherwise.")
@SCHOOL
def responses_export(file: Path | None, wave: str | None, school: str | None) -> None:
    """Write a wave's results to FILE as CSV, or to the screen: one line for each answer of each group.

    It holds what the results pages may show. Groups that are too small are there without numbers, and single
    people's answers are in no export.

    \b
    Example:
      stakeholder responses export spring.csv --wave spring-2026
    """
    with installation().database.writing() as session:
        edition = load_edition(session, viewer_for(session, school), wave)
    if file is None:
        write_edition(edition, sys.stdout)
        return
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as opened:
            lines = write_edition(edition, opened)
    except OSError as problem:
        raise Invalid(f"The results cannot be written to {file}: {problem.strerror}.") from problem
    click.echo(f"{lines:,} lines about the wave '{edition.wave_title}' are in {file}.")


def write_edition(edition: EditionView, file: TextIO) -> int:
    """Write all results of an edition; returns the number of lines below the header."""
    writer = csv.writer(file)
    writer.writerow(HEADER)
    lines = 0
    for result in edition.cells:
        for row in rows_of(result):
            writer.writerow([_harmless(value) for value in row])
            lines += 1
    return lines


def rows_of(result: Reportable) -> Iterator[tuple[object, ...]]:
    """A result as lines: one an option for figures, otherwise one without numbers."""
    options: tuple[OptionCount | None, ...] = result.options if result.status == "shown" and result.options else (None,)
    for option in options:
        yield (
            *_place(result),
            *_numbers(result),
            option.code if option else "",
            option.people if option else "",
            result.reason,
        )


def _place(result: Reportable) -> tuple[object, ...]:
    pairs = [*result.slice.filters, ("", ""), ("", "")][:2]
    filters = [part for pair in pairs for part in pair]
    return (result.wave, result.slice.audience, *filters, result.kind, result.subject, result.label, result.status)


def _numbers(result: Reportable) -> tuple[object, ...]:
    if result.status != "shown":
        return ("", "", "", "", "", "", "", "yes" if result.reverse else "")
    low = high = share = ""
    if result.kind == "item" and result.n:
        bounds = wilson(result.favourable, result.n)
        share, low, high = (f"{100 * value:.0f}" for value in (result.favourable / result.n, *bounds))
    mean = "" if result.mean is None else f"{result.mean:.0f}"
    return (
        result.n,
        result.unscored,
        "" if result.invited is None else result.invited,
        share,
        low,
        high,
        mean if result.kind == "score" else "",
        "yes" if result.reverse else "",
    )


def _harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
