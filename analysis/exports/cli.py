"""The command that takes results out."""

import sys
from pathlib import Path

import click

from stakeholder.errors import Invalid
from stakeholder.installation import installation
from surveys.cli import SCHOOL, viewer_for


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--wave", help="Key of the wave; the newest that has results unless said otherwise.")
@SCHOOL
def responses_export(file: Path | None, wave: str | None, school: str | None) -> None:
    """Write a wave's results to FILE, or as CSV to the screen: one line for each answer of each group.

    FILE's ending says how: .csv, .xlsx (with a codebook), .sav (SPSS, with labels), .parquet or .json. It holds what
    the results pages may show. Groups that are too small are there without numbers; single people's answers are in no
    export.

    \b
    Example:
      stakeholder responses export spring.csv --wave spring-2026
    """
    from analysis.editions import load_edition  # these take a second to load, which other commands need not wait for
    from analysis.exports.files import writer_for
    from analysis.exports.rows import write_edition

    with installation().database.writing() as session:
        edition = load_edition(session, viewer_for(session, school), wave)
    if file is None:
        write_edition(edition, sys.stdout)
        return
    write = writer_for(file.suffix)
    try:
        lines = write(edition, file)
    except OSError as problem:
        raise Invalid(f"The results cannot be written to {file}: {problem.strerror}.") from problem
    click.echo(f"{lines:,} lines about the wave '{edition.wave_title}' are in {file}.")
