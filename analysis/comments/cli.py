"""`stakeholder roster`: the school's list of names, which comments must not show."""

from datetime import UTC, datetime
from pathlib import Path

import click

from analysis.text.personal.roster import read_roster_file
from stakeholder.installation import installation
from stakeholder.schools import command_line_viewer, school_for_command


@click.group("roster")
def roster_group() -> None:
    """The names of the school's people, so that comments can be shown without them."""


@roster_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--school", default=None, help="Slug of the school; needed only when there are several.")
def roster_import(file: Path, school: str | None) -> None:
    """Put the names in FILE in place of the list there was, and make all comments anew.

    FILE is a table (CSV, UTF-8) with the columns name and kind: staff_name or pupil_name.

    \b
    Example:
      stakeholder roster import people.csv
    """
    from analysis.comments.roster import replace_roster

    names = read_roster_file(file)
    with installation().database.writing() as session:
        viewer = command_line_viewer(school_for_command(session, school).id)
        kept = replace_roster(session, viewer, names, now=datetime.now(UTC))
    click.echo(
        f"{kept.staff} names of staff and {kept.pupils} of pupils. Comments are made anew by 'stakeholder work'."
    )
