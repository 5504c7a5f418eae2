"""Commands about invitations: how they stand, send them in the words that are offered, write links out for letters."""

from datetime import UTC, datetime
from uuid import UUID

import click
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid
from stakeholder.installation import installation
from stakeholder.roles import Role
from stakeholder.schools import school_for_command
from stakeholder.viewer import Viewer
from surveys.inviting.inviting import open_audiences, plan_mailing, progress_of
from surveys.inviting.merging import merge_file
from surveys.inviting.words import offered

SCHOOL = click.option("--school", default=None, help="Slug of the school; needed only when there are several.")
AUDIENCE = click.argument("audience", type=click.UUID)


@click.group("invitation")
def invitation_group() -> None:
    """Invite people by links of their own; everyone on the roll of the group gets one."""


@invitation_group.command("list")
@SCHOOL
def invitation_list(school: str | None) -> None:
    """List open surveys with their ids, and how inviting stands; numbers only.

    \b
    Example:
      stakeholder invitation list
    """
    with installation().database.reading() as session:
        for each in open_audiences(session, _office(session, school)):
            numbers = f"{each.on_roll} on the roll, {each.written_to} written to, {each.opened} opened"
            click.echo(f"{each.audience_id}  {each.wave}: {each.survey} ({each.group}): {numbers}")


@invitation_group.command("send")
@AUDIENCE
@click.option("--reminder", is_flag=True, help="To everyone not known to have opened, instead of all without a letter.")
@SCHOOL
def invitation_send(audience: UUID, reminder: bool, school: str | None) -> None:
    """Mail everyone of AUDIENCE (an id of the list) their link, in the words that are offered in each language.

    \b
    Example:
      stakeholder invitation send 5a1c0d8e-2f47-4a53-9f0e-6a5c0d7e1b22
    """
    here, now, kind = installation(), datetime.now(UTC), "reminder" if reminder else "invitation"
    if here.mail is None:
        raise Invalid("No mail server is set. Set STAKEHOLDER_MAIL, or use: stakeholder invitation links.")
    with here.database.writing() as session:
        viewer = _office(session, school)
        texts = {each: offered(kind, each) for each in progress_of(session, viewer, audience).languages}
        plan_mailing(session, viewer, audience, kind=kind, texts=texts, send_at=now, now=now, keys=here.survey_keys)
    click.echo("The letters go out in the background. 'stakeholder invitation list' tells how many.")


@invitation_group.command("links")
@AUDIENCE
@SCHOOL
def invitation_links(audience: UUID, school: str | None) -> None:
    """Print a table with everyone's own link, for letters or text messages. Whoever has a link answers in their place.

    \b
    Example:
      stakeholder invitation links 5a1c0d8e-2f47-4a53-9f0e-6a5c0d7e1b22 > links.csv
    """
    here = installation()
    with here.database.writing() as session:
        table = merge_file(
            session,
            _office(session, school),
            audience,
            keys=here.survey_keys,
            base_url=here.base_url,
            now=datetime.now(UTC),
        )
    click.echo(table, nl=False)


def _office(session: Session, school: str | None) -> Viewer:
    here = school_for_command(session, school)
    return Viewer(school_id=here.id, name="command line", roles=frozenset({Role.SCHOOL_ADMIN}))
