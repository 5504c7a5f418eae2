"""Whom an open survey invites by a link of their own, what was sent so far, and what is sent next."""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.jobs import ledger
from stakeholder.key_folder import KeyFolder
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.inviting.links import key_name, link_token, token_hash
from surveys.inviting.models import Invitation, Mailing
from surveys.inviting.words import checked
from surveys.models import Audience, Wave
from surveys.published import questionnaire_of
from surveys.roll.counting import years_of
from surveys.roll.keeping import PUPILS
from surveys.roll.models import Member

SEND = "send_invitations"
FEWEST_IN_YEAR = 10
LATEST = timedelta(days=366)


@dataclass(frozen=True)
class MailingLine:
    """One round of e-mails, without its words."""

    id: UUID
    kind: str
    send_at: datetime
    state: str


@dataclass(frozen=True)
class Progress:
    """How inviting to one audience stands; numbers only.

    on_roll      people of the group on the roll who are asked
    reachable    those of them with an e-mail address
    written_to   those who were sent an e-mail
    opened       those known to have opened their link, noted for ten at a time
    came_back    those whom the e-mail did not reach
    """

    audience_id: UUID
    survey: str
    wave: str
    group: str
    mode: str
    languages: tuple[str, ...]
    on_roll: int
    reachable: int
    written_to: int
    opened: int
    came_back: int
    mailings: tuple[MailingLine, ...]

    @property
    def not_yet(self) -> int:
        """People with an address who were sent nothing yet."""
        return self.reachable - self.written_to

    @property
    def would_remind(self) -> int:
        """People who were written to and are not known to have opened: whom a reminder would reach at most."""
        return max(self.written_to - self.opened - self.came_back, 0)


def open_audiences(session: Session, viewer: Viewer) -> list[Progress]:
    """The open surveys of the viewer's school with how inviting stands, those with people to ask first.

    Raises NotAllowed.
    """
    _only_office(viewer)
    rows = session.execute(
        select(Audience, Wave)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.school_id == viewer.where, Wave.state == "open")
        .order_by(Wave.opens_at.desc(), Audience.key)
    ).all()
    found = [_progress(session, viewer, audience, wave) for audience, wave in rows]
    return sorted(found, key=lambda each: each.on_roll == 0)


def progress_of(session: Session, viewer: Viewer, audience_id: UUID) -> Progress:
    """How inviting to one audience stands. Raises NotAllowed, NotFound for what is closed or another school's."""
    return _progress(session, viewer, *invited_audience(session, viewer, audience_id))


def plan_mailing(
    session: Session,
    viewer: Viewer,
    audience_id: UUID,
    *,
    kind: str,
    texts: Mapping[str, tuple[str, str]],
    send_at: datetime,
    now: datetime,
    keys: KeyFolder,
) -> Mailing:
    """Invite everyone of the roll who has no invitation yet, and write the job that sends.

    kind   'invitation' goes to all who were sent nothing yet, 'reminder' to all not known to have opened
    texts  (subject, text) by language
    Raises NotAllowed, NotFound; Invalid for texts or a time that cannot be; Conflict while another one waits.
    """
    audience, wave = invited_audience(session, viewer, audience_id)
    if kind not in {"invitation", "reminder"}:
        raise Invalid("Choose an invitation or a reminder.")
    if send_at - now > LATEST:
        raise Invalid("Choose a day within the next year.")
    waits = select(Mailing.id).where(Mailing.audience_id == audience_id, Mailing.state == "waiting")
    if session.scalars(waits).first():
        raise Conflict("Another mailing to these people is waiting. Call it off first, or let it finish.")
    invite_all(session, viewer, audience, keys=keys)
    mailing = Mailing(audience_id=audience_id, kind=kind, texts=checked(texts), send_at=send_at, state="waiting")
    session.add(mailing)
    session.flush()
    ledger.enqueue(session, SEND, {"mailing": str(mailing.id)}, school_id=viewer.where, after=send_at)
    act = Act(f"{kind} planned", f"audience {audience.id}", viewer.person_id, viewer.where, f"wave {wave.key}")
    record(session, act, now=now)
    return mailing


def call_off(session: Session, viewer: Viewer, mailing_id: UUID, *, now: datetime) -> None:
    """Send no more of a mailing; what has gone out has gone out. Raises NotAllowed, NotFound."""
    mailing = session.get(Mailing, mailing_id)
    if mailing is None or mailing.state != "waiting":
        raise NotFound("There is no such mailing.")
    invited_audience(session, viewer, mailing.audience_id)
    mailing.state = "dropped"
    record(session, Act("mailing called off", f"mailing {mailing.id}", viewer.person_id, viewer.where), now=now)


def invite_all(session: Session, viewer: Viewer, audience: Audience, *, keys: KeyFolder) -> int:
    """An invitation for everyone to be asked who has none; returns how many are new.

    A year of ten or more is answered beforehand; a smaller one is asked as usual.
    """
    key = keys.keep(key_name(audience.wave_id), os.urandom(32))
    known = set(session.scalars(select(Invitation.member_id).where(Invitation.audience_id == audience.id)))
    breakdown, years = _years(session, audience)
    asked = [
        member
        for member in session.scalars(select(Member).where(*_asked(viewer, audience.group)))
        if not years or member.year in years
    ]
    in_year = Counter(member.year for member in asked)
    fresh = [member for member in asked if member.id not in known]
    for member in fresh:
        code = years.get(member.year) if in_year[member.year] >= FEWEST_IN_YEAR else None
        invitation = uuid4()
        session.add(
            Invitation(
                id=invitation,
                audience_id=audience.id,
                member_id=member.id,
                token_hash=token_hash(link_token(key, invitation)),
                given={breakdown: code} if code else {},
            )
        )
    session.flush()
    return len(fresh)


def note_came_back(session: Session, viewer: Viewer, audience_id: UUID, addresses: str, *, now: datetime) -> int:
    """Note addresses (one a line, or apart by commas) whose e-mail came back; returns how many were found.

    Raises NotAllowed, NotFound, Invalid when none is one that was written to.
    """
    audience, _wave = invited_audience(session, viewer, audience_id)
    wanted = {each.strip().lower() for each in addresses.replace(",", "\n").replace(";", "\n").split("\n")} - {""}
    rows = session.execute(
        select(Invitation, Member.email)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.audience_id == audience.id, Invitation.mailing_id.is_not(None))
    ).all()
    found = [invitation for invitation, email in rows if email.lower() in wanted]
    if not found:
        raise Invalid("None of these addresses was written to. Write one address a line.")
    for invitation in found:
        invitation.came_back = "noted by the office"
    act = Act("e-mails came back", f"audience {audience.id}", viewer.person_id, viewer.where, f"{len(found)} addresses")
    record(session, act, now=now)
    return len(found)


def invited_audience(session: Session, viewer: Viewer, audience_id: UUID) -> tuple[Audience, Wave]:
    """An audience of an open wave. Raises NotAllowed, NotFound, for another school's too."""
    _only_office(viewer)
    row = session.execute(
        select(Audience, Wave)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Audience.id == audience_id, Wave.school_id == viewer.where, Wave.state == "open")
    ).first()
    if row is None:
        raise NotFound("There is no such open survey.")
    return row[0], row[1]


def _progress(session: Session, viewer: Viewer, audience: Audience, wave: Wave) -> Progress:
    _breakdown, years = _years(session, audience)
    rows = session.execute(select(Member.email, Member.year).where(*_asked(viewer, audience.group)))
    asked = [row.email for row in rows if not years or row.year in years]
    sent, opened, back = session.execute(
        select(
            func.count().filter(Invitation.mailing_id.is_not(None)),
            func.count().filter(Invitation.opened),
            func.count().filter(Invitation.came_back != ""),
        ).where(Invitation.audience_id == audience.id)
    ).one()
    mailings = select(Mailing).where(Mailing.audience_id == audience.id).order_by(Mailing.send_at, Mailing.id)
    questionnaire = questionnaire_of(session, audience.version_id)
    return Progress(
        audience_id=audience.id,
        survey=str(questionnaire.title),
        wave=wave.title,
        group=audience.group,
        mode=audience.mode,
        languages=tuple(audience.languages or questionnaire.languages),
        on_roll=len(asked),
        reachable=sum(1 for email in asked if email),
        written_to=sent,
        opened=opened,
        came_back=back,
        mailings=tuple(MailingLine(each.id, each.kind, each.send_at, each.state) for each in session.scalars(mailings)),
    )


def _years(session: Session, audience: Audience) -> tuple[str, dict[str, str]]:
    if audience.group != PUPILS:
        return "", {}
    return years_of(questionnaire_of(session, audience.version_id))


def _asked(viewer: Viewer, group: str) -> tuple[ColumnElement[bool], ...]:
    return Member.school_id == viewer.where, Member.group == group, Member.left_out == ""


def _only_office(viewer: Viewer) -> None:
    if not viewer.may(Permission.MANAGE_PEOPLE):
        raise NotAllowed("Only the school's administrators invite people.")
