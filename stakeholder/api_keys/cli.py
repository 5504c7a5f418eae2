"""Commands about keys of programs."""

from datetime import UTC, datetime
from uuid import UUID

import click
from sqlalchemy.orm import Session

from stakeholder.api_keys.keeping import LONGEST_DAYS, USUAL_DAYS, end_key, list_keys, make_key
from stakeholder.api_keys.scopes import Scope
from stakeholder.installation import installation
from stakeholder.roles import Role
from stakeholder.schools import school_for_command
from stakeholder.viewer import Viewer

SCHOOL = click.option("--school", default=None, help="Slug of the school; needed only when there are several.")


@click.group("key")
def key_group() -> None:
    """Keys with which other programs use the interface at /api/v1."""


@key_group.command("make")
@click.argument("name")
@click.option("--for", "scopes", required=True, multiple=True, type=click.Choice(list(Scope)), help="What it may do.")
@click.option("--days", default=USUAL_DAYS, show_default=True, type=click.IntRange(1, LONGEST_DAYS))
@SCHOOL
def key_make(name: str, scopes: tuple[str, ...], days: int, school: str | None) -> None:
    """Print a new key for the program NAME, once.

    \b
    Example:
      stakeholder key make "Management system" --for roll
    """
    with installation().database.writing() as session:
        viewer = _here(session, school)
        secret = make_key(session, viewer, name=name, scopes=scopes, days=days, now=datetime.now(UTC))
    click.echo(secret)


@key_group.command("list")
@SCHOOL
def key_list(school: str | None) -> None:
    """List keys that count.

    \b
    Example:
      stakeholder key list
    """
    with installation().database.writing() as session:
        for each in list_keys(session, _here(session, school), today=datetime.now(UTC).date()):
            used = f"last used {each.used_on}" if each.used_on else "never used"
            click.echo(f"{each.id}  {each.name:30} {', '.join(each.scopes):16} until {each.until}, {used}")


@key_group.command("end")
@click.argument("key", type=click.UUID)
@SCHOOL
def key_end(key: UUID, school: str | None) -> None:
    """End a KEY of the list at once.

    \b
    Example:
      stakeholder key end 5a1c0d8e-2f47-4a53-9f0e-6a5c0d7e1b22
    """
    with installation().database.writing() as session:
        end_key(session, _here(session, school), key, now=datetime.now(UTC))
    click.echo("The key opens nothing any more.")


def _here(session: Session, school: str | None) -> Viewer:
    here = school_for_command(session, school)
    return Viewer(school_id=here.id, name="command line", roles=frozenset({Role.SCHOOL_ADMIN, Role.SURVEY_LEAD}))
