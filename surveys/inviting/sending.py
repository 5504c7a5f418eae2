"""The job that sends a mailing, some letters at a time, so that nothing else has to wait for it."""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from stakeholder.jobs import ledger
from stakeholder.jobs.worker import JobRun
from stakeholder.key_folder import KeyFolder
from stakeholder.mail import MailServer
from stakeholder.models import School
from surveys.inviting.inviting import SEND
from surveys.inviting.links import key_name, link_token
from surveys.inviting.models import Invitation, Mailing
from surveys.inviting.words import Addressee, Letter, letter
from surveys.models import Audience, Wave
from surveys.published import questionnaire_of
from surveys.roll.models import Member

LETTERS_IN_A_RUN, LETTERS_IN_A_CHUNK = 50, 10


@dataclass(frozen=True)
class Batch:
    """Letters to send now; `left` is how many wait behind them."""

    letters: tuple[tuple[UUID, Letter], ...]
    left: int


def send_mailing(run: JobRun, *, server: MailServer | None, keys: KeyFolder, base_url: str) -> None:
    """Send the next letters of a mailing and write the job for the rest.

    Who got one is noted after each ten: a cut repeats at most that many. A letter that the mail server refuses for its
    address is noted as come back; any other failure ends this run, and it is tried again.
    """
    mailing_id = UUID(run.payload["mailing"])
    with run.database.reading() as session:
        batch = _batch(session, mailing_id, keys, base_url)
    if server is None or batch is None:
        _end(run, mailing_id, "dropped")
        return
    for at in range(0, len(batch.letters), LETTERS_IN_A_CHUNK):
        chunk = batch.letters[at : at + LETTERS_IN_A_CHUNK]
        _note(run, mailing_id, [invitation for invitation, _letter in chunk], dict(_refused(server, chunk)))
        run.progress(at + len(chunk), len(batch.letters) + batch.left)
    if batch.left:
        with run.database.writing() as session:
            ledger.enqueue(session, SEND, dict(run.payload), school_id=_school(session, mailing_id))
    else:
        _end(run, mailing_id, "done")


def _batch(session: Session, mailing_id: UUID, keys: KeyFolder, base_url: str) -> Batch | None:
    """What to send now; None when nothing may be sent any more."""
    mailing = session.get(Mailing, mailing_id)
    if mailing is None or mailing.state != "waiting":
        return None
    audience = session.get_one(Audience, mailing.audience_id)
    wave = session.get_one(Wave, audience.wave_id)
    key = keys.private(key_name(wave.id))
    if wave.state != "open" or key is None:
        return None
    school = session.get_one(School, wave.school_id).name
    title = questionnaire_of(session, audience.version_id).title
    titles = {language: title.in_(language) for language in mailing.texts}
    due = session.execute(_due(mailing)).all()
    letters = []
    for invitation, member in due[:LETTERS_IN_A_RUN]:
        link = f"{base_url}/s/{link_token(key, invitation)}"
        to = Addressee(f"{member.known_as or member.given} {member.family}".strip(), member.email, link)
        letters.append((invitation, letter(mailing.texts, to, school=school, surveys=titles, mode=audience.mode)))
    return Batch(tuple(letters), len(due) - len(letters))


def _due(mailing: Mailing) -> Select[UUID, Member]:
    """Everyone who gets this mailing and has not got it yet, in no telling order."""
    found = (
        select(Invitation.id, Member)
        .join(Member, Member.id == Invitation.member_id)
        .where(
            Invitation.audience_id == mailing.audience_id,
            Invitation.came_back == "",
            Member.email != "",
            Member.left_out == "",
        )
        .order_by(Invitation.id)
    )
    if mailing.kind == "invitation":
        return found.where(Invitation.mailing_id.is_(None))
    return found.where(Invitation.mailing_id.is_not(None), Invitation.mailing_id != mailing.id, ~Invitation.opened)


def _refused(server: MailServer, chunk: tuple[tuple[UUID, Letter], ...]) -> Iterator[tuple[UUID, str]]:
    """Send, and give whose address the mail server refused with its number for why."""
    for invitation, each in chunk:
        try:
            server.send(each.to, each.subject, each.text)
        except smtplib.SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()))[0]
            if code < 500:  # "try again later": so does the ledger
                raise
            yield invitation, f"refused by the mail server ({code})"


def _note(run: JobRun, mailing_id: UUID, sent: list[UUID], refused: dict[UUID, str]) -> None:
    with run.database.writing() as session:
        session.execute(update(Invitation).where(Invitation.id.in_(sent)).values(mailing_id=mailing_id))
        for invitation, why in refused.items():
            session.execute(update(Invitation).where(Invitation.id == invitation).values(came_back=why))


def _end(run: JobRun, mailing_id: UUID, state: str) -> None:
    with run.database.writing() as session:
        session.execute(update(Mailing).where(Mailing.id == mailing_id, Mailing.state == "waiting").values(state=state))


def _school(session: Session, mailing_id: UUID) -> UUID:
    found: UUID = session.execute(
        select(Wave.school_id)
        .join(Audience, Audience.wave_id == Wave.id)
        .join(Mailing, Mailing.audience_id == Audience.id)
        .where(Mailing.id == mailing_id)
    ).scalar_one()
    return found
