"""Signing in without a password: a link by e-mail that works once, or a card that a mentor hands out."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.errors import Conflict, NotFound
from stakeholder.jobs import ledger
from stakeholder.keys import derived_key
from stakeholder.models import Membership, Person, School
from stakeholder.people import held_now
from stakeholder.signing_in_models import SignInLink

SEND_LINK = "send_sign_in_link"
LINK_LASTS = timedelta(minutes=15)
CARD_LASTS = timedelta(hours=2)
CARD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like another
CARD_LENGTH = 10


@dataclass(frozen=True)
class Admitted:
    """Whom a link or card lets in, and where."""

    person_id: UUID
    school_id: UUID


class LinkUsed(Conflict):
    """The link is right but was used before, or its time is over; `person_id` may ask for a new one."""

    def __init__(self, link: SignInLink) -> None:
        super().__init__("This link has been used, or its 15 minutes are over. Ask for a new one.")
        self.person_id, self.school_id = link.person_id, link.school_id


def ask_for_link(session: Session, email: str, *, now: datetime) -> None:
    """Write the job that mails a sign-in link, when the address is one of ours; never says whether it is."""
    row = session.execute(
        select(Person.id, Membership.school_id)
        .join(Membership, Membership.person_id == Person.id)
        .join(School, School.id == Membership.school_id)
        .where(Person.email == email.strip().lower(), held_now(now.date()))
        .order_by(School.name)
        .limit(1)
    ).first()
    if row is not None:
        mail_link(session, row.id, row.school_id, now=now)


def mail_link(session: Session, person_id: UUID, school_id: UUID, *, now: datetime) -> None:
    """Write the job that mails this person a link; the link itself is made while sending and never stored."""
    ledger.enqueue(session, SEND_LINK, {"person": str(person_id), "school": str(school_id), "asked": now.isoformat()})


def make_link(session: Session, person_id: UUID, school_id: UUID, *, secret: str, now: datetime) -> str:
    """The secret part of a link's address, 256 bits; only its hash is stored, so the database opens no door."""
    link = SignInLink(id=uuid4(), person_id=person_id, school_id=school_id, expires_at=now + LINK_LASTS)
    made = hmac.new(derived_key(secret, "sign-in links"), link.id.bytes, hashlib.sha256).digest()
    token = base64.urlsafe_b64encode(made).decode().rstrip("=")
    link.token_hash = _hash(token)
    session.add(link)
    session.flush()
    return token


def make_card(session: Session, person_id: UUID, school_id: UUID, *, secret: str, now: datetime) -> str:
    """A code for one supervised sitting of two hours, written as `abcde-fghjk`; about 49 bits, limited in tries."""
    code = "".join(secrets.choice(CARD_LETTERS) for _ in range(CARD_LENGTH))
    session.add(
        SignInLink(
            person_id=person_id,
            school_id=school_id,
            kind="card",
            token_hash=_card_hash(code, secret),
            expires_at=now + CARD_LASTS,
        )
    )
    session.flush()
    return f"{code[:5]}-{code[5:]}"


def admit_by_link(session: Session, token: str, *, now: datetime) -> Admitted:
    """Use a link up. Raises NotFound for one that never was, LinkUsed for one that is over."""
    return _use_up(_find(session, _hash(token)), now)


def admit_by_card(session: Session, code: str, *, secret: str, now: datetime) -> Admitted:
    """Use a card up, however its letters are spaced. Raises NotFound and LinkUsed as for a link."""
    plain = code.replace("-", "").replace(" ", "").lower()
    return _use_up(_find(session, _card_hash(plain, secret)), now)


def is_usable(session: Session, token: str, *, now: datetime) -> bool:
    """Whether a link would still let in; looking uses nothing up. Raises NotFound for one that never was."""
    link = _find(session, _hash(token))
    return link.used_at is None and link.expires_at > now


def renew_link(session: Session, token: str, *, now: datetime) -> None:
    """Mail a new link to whom this one, now over, was sent. Raises NotFound for one that never was."""
    link = _find(session, _hash(token))
    mail_link(session, link.person_id, link.school_id, now=now)


def _use_up(link: SignInLink, now: datetime) -> Admitted:
    if link.used_at is not None or link.expires_at <= now:
        raise LinkUsed(link)
    link.used_at = now
    return Admitted(link.person_id, link.school_id)


def _find(session: Session, token_hash: bytes) -> SignInLink:
    link = session.scalars(select(SignInLink).where(SignInLink.token_hash == token_hash).with_for_update()).first()
    if link is None:
        raise NotFound("There is no such way in.")
    return link


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _card_hash(code: str, secret: str) -> bytes:
    """Keyed, because a card's code is short enough to be guessed from a plain hash."""
    return hmac.new(derived_key(secret, "cards"), code.encode(), hashlib.sha256).digest()
