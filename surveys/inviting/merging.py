"""Everybody's own link as a table, for schools that send text messages or letters themselves."""

import csv
from datetime import datetime
from io import StringIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.key_folder import KeyFolder
from stakeholder.spreadsheets import harmless
from stakeholder.viewer import Viewer
from surveys.inviting.inviting import invite_all, invited_audience
from surveys.inviting.links import key_name, link_token
from surveys.inviting.models import Invitation
from surveys.roll.models import Member

HEAD = ("number", "name", "year", "class", "email", "link")


def merge_file(
    session: Session, viewer: Viewer, audience_id: UUID, *, keys: KeyFolder, base_url: str, now: datetime
) -> str:
    """A line for everyone who is asked, by class and name, as CSV that no spreadsheet takes for formulas.

    Who has no invitation yet gets one. The download stands in the audit chain. Raises NotAllowed, NotFound.
    """
    audience, wave = invited_audience(session, viewer, audience_id)
    invite_all(session, viewer, audience, keys=keys)
    key = keys.private(key_name(wave.id)) or b""
    rows = session.execute(
        select(Invitation.id, Member)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.audience_id == audience.id, Member.left_out == "")
        .order_by(Member.year, Member.form, Member.family, Member.given, Member.number)
    ).all()
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(HEAD)
    for invitation, member in rows:
        name = f"{member.known_as or member.given} {member.family}".strip()
        link = f"{base_url}/s/{link_token(key, invitation)}"
        writer.writerow(
            [harmless(cell) for cell in (member.number, name, member.year, member.form, member.email, link)]
        )
    act = Act("links downloaded", f"audience {audience.id}", viewer.person_id, viewer.where, f"{len(rows)} links")
    record(session, act, now=now)
    return written.getvalue()
