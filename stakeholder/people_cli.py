"""Commands about people with roles, and about the record of what they did."""

from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from stakeholder.audit import START, Act, all_events, record, verify
from stakeholder.errors import NotFound
from stakeholder.installation import installation
from stakeholder.people import add_person, list_people
from stakeholder.roles import Role
from stakeholder.schools import school_for_command
from stakeholder.signing_in import make_link
from stakeholder.viewer import Viewer

SCHOOL = click.option("--school", default=None, help="Slug of the school; needed only when there are several.")


@click.group("person")
def person_group() -> None:
    """Let people in: add them, list them, make a sign-in link."""


@person_group.command("add")
@click.argument("name")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they are.")
@SCHOOL
def person_add(name: str, email: str, role: str, school: str | None) -> None:
    """Give NAME, reached at EMAIL, a role at the school.

    \b
    Example:
      stakeholder person add "Carys Morgan" carys@school.example --role governor
    """
    with installation().database.writing() as session:
        viewer = _office(session, school)
        person = add_person(session, viewer, name=name, email=email, role=Role(role), now=datetime.now(UTC))
        click.echo(f"{person.name} is now {role.replace('_', ' ')}. A link: stakeholder person link {email}")


@person_group.command("list")
@SCHOOL
def person_list(school: str | None) -> None:
    """List everyone with a role.

    \b
    Example:
      stakeholder person list
    """
    with installation().database.writing() as session:
        for held in list_people(session, _office(session, school), today=datetime.now(UTC).date()):
            click.echo(f"{held.role:20} {held.name:30} {held.email}")


@person_group.command("link")
@click.argument("email")
@SCHOOL
def person_link(email: str, school: str | None) -> None:
    """Print an address that signs EMAIL in, once, within 15 minutes: for servers that send no e-mail.

    \b
    Example:
      stakeholder person link carys@school.example
    """
    here, now = installation(), datetime.now(UTC)
    with here.database.writing() as session:
        viewer = _office(session, school)
        people = {held.email: held for held in list_people(session, viewer, today=now.date())}
        held = people.get(email.strip().lower())
        if held is None or viewer.school_id is None:
            raise NotFound(f"Nobody here has the address '{email}'. 'stakeholder person list' shows who is there.")
        token = make_link(session, held.person_id, viewer.school_id, secret=here.secret(), now=now)
        record(session, Act("link made", f"person {held.person_id}", school=viewer.school_id), now=now)
    click.echo(f"{here.base_url}/sign-in/{token}")


@click.group("audit")
def audit_group() -> None:
    """The record of who did what that matters."""


@audit_group.command("verify")
@click.option("--last", default=None, help="The newest digest that was sent out: shows whether the end was cut off.")
def audit_verify(last: str | None) -> None:
    """Check that no row of the audit chain was changed, removed or put in later.

    \b
    Example:
      stakeholder audit verify
    """
    with installation().database.reading() as session:
        events = all_events(session)
        count = verify(events, last_known=last)
        newest = events[-1].digest if events else START
    click.echo(f"The audit chain is whole: {count} rows. Newest digest: {newest}")


def _office(session: Session, school: str | None) -> Viewer:
    """Whoever runs commands on the server acts as the school office."""
    here = school_for_command(session, school)
    return Viewer(school_id=here.id, name="command line", roles=frozenset({Role.SCHOOL_ADMIN, Role.OPERATOR}))
