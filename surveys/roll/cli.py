"""Commands about the roll: bring it in, show its numbers, note who is not asked."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid
from stakeholder.installation import installation
from stakeholder.roles import Role
from stakeholder.schools import school_for_command
from stakeholder.viewer import Viewer
from surveys.roll.counting import summary
from surveys.roll.differing import Change, Difference
from surveys.roll.entries import Entry
from surveys.roll.keeping import REASONS, bring_in, decide, forget_waiting, in_numbers, leave_out, waiting
from surveys.roll.reading import read_roll

SCHOOL = click.option("--school", default=None, help="Slug of the school; needed only when there are several.")
GROUP = click.option("--group", default="student", show_default=True, help="Whose roll: student, parent, staff ...")


@click.group("roll")
def roll_group() -> None:
    """Keep the roll, the list of who may be asked, in step with your management system."""


@roll_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@GROUP
@click.option("--part", is_flag=True, help="The file holds only some of them: nobody leaves who is not in it.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--many-left", is_flag=True, help="Confirm that all who are missing in the file have left.")
@SCHOOL
def roll_import(file: Path, group: str, part: bool, dry_run: bool, many_left: bool, school: str | None) -> None:
    """Bring FILE (CSV or XLSX) in as the roll of a group, showing who joins, leaves and moves.

    Columns are known by their usual names: admission number or UPN, forename, surname, year group, class, e-mail.
    Anything else in the file is not kept.

    \b
    Examples:
      stakeholder roll import pupils.xlsx --dry-run
      stakeholder roll import staff.csv --group staff
    """
    here, read = installation(), read_roll(file)
    with here.database.writing() as session:
        viewer = _office(session, school)
        bring_in(session, viewer, read, group=group, whole=not part, name=file.name)
        found = waiting(session, viewer)
        change = found.change if found else Difference((), (), (), (), 0)
        for line in (*(found.notes if found else ()), *in_lines(change)):
            click.echo(line)
        if dry_run:
            forget_waiting(session, viewer)
            click.echo("Nothing was changed.")
            return
        if change.many_leave and not many_left:
            raise Invalid(
                f"{len(change.leaving)} people would leave. If the file holds only some of them, add --part; "
                "if they have left, add --many-left."
            )
        decide(session, viewer, seen=change.digest, sure=many_left, now=datetime.now(UTC))
    click.echo(f"The roll is changed: {in_numbers(change)}.")


@roll_group.command("show")
@SCHOOL
def roll_show(school: str | None) -> None:
    """Print how many are on the roll, by group and year.

    \b
    Example:
      stakeholder roll show
    """
    with installation().database.reading() as session:
        for line in summary(session, _office(session, school).where):
            out = f", {line.left_out} not asked" if line.left_out else ""
            click.echo(f"{line.group:12} {line.year or '-':>3} {line.people:6}{out}")


@roll_group.command("leave-out")
@click.argument("number")
@click.option("--why", type=click.Choice([reason for reason in REASONS if reason]), help="Who said no, or absent.")
@GROUP
@SCHOOL
def roll_leave_out(number: str, why: str | None, group: str, school: str | None) -> None:
    """Note that whoever has NUMBER is not asked; without --why they are asked again.

    \b
    Example:
      stakeholder roll leave-out 004711 --why parent
    """
    with installation().database.writing() as session:
        leave_out(session, _office(session, school), group, number, why or "", now=datetime.now(UTC))
    click.echo(f"{number} is {'not asked' if why else 'asked again'}.")


def in_lines(change: Difference) -> Iterator[str]:
    """The difference in lines, a person a line."""
    yield from _people("Join", change.joining)
    yield from _people("Leave", change.leaving)
    yield from (
        f"Moves   {each.after.name}: {each.before.place or '-'} to {each.after.place or '-'}" for each in change.moving
    )
    yield from (f"Changes {each.after.name}: {', '.join(_fields(each))}" for each in change.changed)
    yield from (f"Look    {name} stands there twice under two numbers." for name in change.alike)
    if change.unknown:
        yield f"Look    no pupil on the roll has the number {', '.join(change.unknown[:20])}."
    yield in_numbers(change).capitalize() + "."


def _people(word: str, people: Iterable[Entry]) -> Iterator[str]:
    return (f"{word + 's':8}{each.name}{f' ({each.place})' if each.place else ''}" for each in people)


def _fields(change: Change) -> list[str]:
    words = {"left_out": "asked or not", "known_as": "name in use", "email": "e-mail"}
    return [
        words.get(field, field)
        for field in ("given", "family", "known_as", "email", "left_out", "children")
        if getattr(change.before, field) != getattr(change.after, field)
    ]


def _office(session: Session, school: str | None) -> Viewer:
    here = school_for_command(session, school)
    return Viewer(school_id=here.id, name="command line", roles=frozenset({Role.SCHOOL_ADMIN}))
