"""Opening a sealed identity: for one case, with a reason, by a lead's passphrase and a second person's agreement.

In immediate danger one lead may open alone; the head and the chair of governors are told at once. There is no way
to open several at a time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from analysis.concerns.models import Concern, IdentityOpening
from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.jobs import ledger
from stakeholder.models import Person
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.identities.envelopes import Writer, opened_identity, rewrapped
from surveys.identities.keeping import only_leads, recipients, unlock
from surveys.models import Audience, Response, Wave

TELL_OPENING = "tell_of_opening"
A_DAY = timedelta(hours=24)
SHORTEST_REASON, LONGEST_REASON = 10, 400


@dataclass(frozen=True)
class Wish:
    """A wish to open an identity that waits for a second person."""

    id: UUID
    concern_id: UUID
    by: str
    reason: str
    asked_at: datetime


def ask_to_open(session: Session, viewer: Viewer, concern_id: UUID, reason: str, *, now: datetime) -> IdentityOpening:
    """Ask a second person to agree. Raises NotAllowed, NotFound without a sealed identity, Invalid without a reason."""
    concern = _sealed(session, viewer, concern_id)
    wish = IdentityOpening(concern_id=concern.id, asked_by=viewer.who, asked_at=now, reason=_clean(reason))
    session.add(wish)
    session.flush()
    _tell(session, concern, {"opening": str(wish.id), "what": "asked"}, now)
    _record(session, viewer, concern, "opening of identity asked for", reason, now)
    return wish


def wishes(session: Session, viewer: Viewer, *, now: datetime) -> list[Wish]:
    """Wishes of others that the viewer may agree to. Raises NotAllowed."""
    _only_approvers(viewer)
    rows = session.execute(
        select(IdentityOpening, Person.name)
        .join(Concern, Concern.id == IdentityOpening.concern_id)
        .join(Person, Person.id == IdentityOpening.asked_by)
        .where(
            Concern.school_id == viewer.where,
            IdentityOpening.approved_by.is_(None),
            IdentityOpening.asked_by != viewer.who,
            IdentityOpening.asked_at > now - A_DAY,
        )
        .order_by(IdentityOpening.asked_at)
    ).all()
    return [Wish(wish.id, wish.concern_id, name, wish.reason, wish.asked_at) for wish, name in rows]


def approve(session: Session, viewer: Viewer, opening_id: UUID, *, now: datetime) -> None:
    """Agree to a wish of the last day. Raises NotAllowed, NotFound, Conflict for one's own."""
    _only_approvers(viewer)
    row = session.execute(
        select(IdentityOpening, Concern)
        .join(Concern, Concern.id == IdentityOpening.concern_id)
        .where(
            IdentityOpening.id == opening_id,
            Concern.school_id == viewer.where,
            IdentityOpening.approved_by.is_(None),
            IdentityOpening.asked_at > now - A_DAY,
        )
    ).first()
    if row is None:
        raise NotFound("There is no such wish, or it is older than a day.")
    wish, concern = row
    if wish.asked_by == viewer.who:
        raise Conflict("Somebody else must agree: that is what the second person is for.")
    wish.approved_by, wish.approved_at = viewer.who, now
    _record(session, viewer, concern, "opening of identity agreed to", wish.reason, now)


def is_agreed(session: Session, viewer: Viewer, concern_id: UUID, *, now: datetime) -> bool:
    """Whether the viewer may open this identity now, because a second person agreed within a day."""
    return _agreed(session, viewer, concern_id, now) is not None


def open_agreed(session: Session, viewer: Viewer, concern_id: UUID, passphrase: str, *, now: datetime) -> Writer:
    """Who wrote, after a second person agreed. Raises NotAllowed, NotFound, Conflict, Invalid."""
    concern = _sealed(session, viewer, concern_id)
    wish = _agreed(session, viewer, concern_id, now)
    if wish is None:
        raise Conflict("A second person must agree first.")
    return _opened(session, viewer, concern, passphrase, f"agreed: {wish.reason}", now)


def open_alone(
    session: Session, viewer: Viewer, concern_id: UUID, passphrase: str, *, reason: str, now: datetime
) -> Writer:
    """Who wrote, in immediate danger, without a second person; the head and the chair are told at once.

    Raises NotAllowed, NotFound, Invalid for the passphrase or without a reason.
    """
    concern, reason = _sealed(session, viewer, concern_id), _clean(reason)
    writer = _opened(session, viewer, concern, passphrase, f"immediate danger, alone: {reason}", now)
    _tell(session, concern, {"concern": str(concern.id), "what": "alone", "at": now.isoformat()}, now)
    return writer


def rewrap_all(session: Session, viewer: Viewer, secret: str, *, now: datetime) -> int:
    """Seal every identity of the school to its present leads and recovery key; nobody sees one. Returns how many.

    secret  a key that opens them: a lead's, or the recovery key
    Raises NotAllowed, Invalid when the key opens none of them.
    """
    only_leads(viewer)
    to = recipients(session, viewer.where, now=now)
    done, failed = 0, 0
    for concern in session.scalars(select(Concern).where(Concern.school_id == viewer.where, _is_sealed())):
        if (concern.identity or b"{").startswith(b"{"):
            continue
        try:
            concern.identity = rewrapped(concern.identity or b"", secret, to)
            done += 1
        except Invalid:
            failed += 1
    for key, envelope in _responses(session, viewer):
        try:
            session.execute(
                update(Response).where(Response.key == key).values(identity=rewrapped(envelope, secret, to))
            )
            done += 1
        except Invalid:
            failed += 1
    if failed and not done:
        raise Invalid("This key opens none of the sealed names.")
    act = Act("identities sealed anew", f"school {viewer.where}", viewer.person_id, viewer.where, f"{done} envelopes")
    record(session, act, now=now)
    return done


def _responses(session: Session, viewer: Viewer) -> list[tuple[bytes, bytes]]:
    rows = session.execute(
        select(Response.key, Response.identity)
        .join(Audience, Audience.id == Response.audience_id)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.school_id == viewer.where, Audience.mode == "confidential", Response.identity.is_not(None))
    )
    return [(row.key, row.identity) for row in rows]


def _opened(session: Session, viewer: Viewer, concern: Concern, passphrase: str, reason: str, now: datetime) -> Writer:
    secret = unlock(session, viewer, passphrase, now=now)
    writer = opened_identity(concern.identity or b"", secret)
    _record(session, viewer, concern, "identity opened", reason, now)
    return writer


def _agreed(session: Session, viewer: Viewer, concern_id: UUID, now: datetime) -> IdentityOpening | None:
    found: IdentityOpening | None = session.scalars(
        select(IdentityOpening).where(
            IdentityOpening.concern_id == concern_id,
            IdentityOpening.asked_by == viewer.who,
            IdentityOpening.approved_at > now - A_DAY,
        )
    ).first()
    return found


def _sealed(session: Session, viewer: Viewer, concern_id: UUID) -> Concern:
    only_leads(viewer)
    concern = session.scalars(
        select(Concern).where(Concern.id == concern_id, Concern.school_id == viewer.where, _is_sealed())
    ).first()
    if concern is None or (concern.identity or b"{").startswith(b"{"):
        raise NotFound("No sealed name comes with this concern.")
    return concern


def _is_sealed() -> ColumnElement[bool]:
    return Concern.identity.is_not(None)


def _only_approvers(viewer: Viewer) -> None:
    if not viewer.may(Permission.APPROVE_OPENING):
        raise NotAllowed("Only a safeguarding lead or the head agrees to an opening.")


def _clean(reason: str) -> str:
    reason = " ".join(reason.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Invalid("Say why in a sentence: it is kept in the record of what was done.")
    return reason


def _tell(session: Session, concern: Concern, payload: dict[str, str], now: datetime) -> None:
    ledger.enqueue(session, TELL_OPENING, payload, school_id=concern.school_id, after=now)


def _record(session: Session, viewer: Viewer, concern: Concern, act: str, reason: str, now: datetime) -> None:
    event = Act(act, f"concern {concern.id}", viewer.person_id, viewer.where, reason[:400])
    record(session, event, now=now)
