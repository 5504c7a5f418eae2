"""Commands about the groups of people that a school asks."""

from datetime import UTC, datetime

import click

from stakeholder.groups import add_group, groups_of
from stakeholder.installation import installation
from stakeholder.localised import DEFAULT_LANGUAGE
from surveys.cli import SCHOOL, viewer_for


@click.group("group")
def group_group() -> None:
    """List the groups of people that a school asks, and add others, such as its community."""


@group_group.command("list")
@SCHOOL
def group_list(school: str | None) -> None:
    """List the groups: short name and what people see.

    \b
    Example:
      stakeholder group list
    """
    with installation().database.writing() as session:
        for each in groups_of(session, viewer_for(session, school)):
            click.echo(f"{each.key}  {each.label}")


@group_group.command("add")
@click.argument("key")
@click.argument("name")
@click.option("--in", "others", nargs=2, multiple=True, metavar="LANGUAGE NAME", help="The name in another language.")
@SCHOOL
def group_add(key: str, name: str, others: tuple[tuple[str, str], ...], school: str | None) -> None:
    """Add a group with the short name KEY, called NAME. Questionnaires whose 'groups' list KEY may be asked of it.

    \b
    Examples:
      stakeholder group add community "Our community"
      stakeholder group add leavers "Former pupils" --in pl "Absolwenci"
    """
    names = {DEFAULT_LANGUAGE: name, **dict(others)}
    with installation().database.writing() as session:
        added = add_group(session, viewer_for(session, school), names, key=key, now=datetime.now(UTC))
    click.echo(f"'{added.label}' may be asked: stakeholder wave open QUESTIONNAIRE --group {added.key} --link")
