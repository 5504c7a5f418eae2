"""The keys that envelopes are sealed to: made by leads, shown to be known, replaced, recovered from paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.models import Membership
from stakeholder.people import held_now
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from surveys.identities.envelopes import RecoveryKey, new_recovery_key, new_secret, recovered, unwrapped, wrapped
from surveys.identities.models import IdentityKey, IdentityRecovery

FEWEST_LEADS = 2
KNOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """What a confidential wave needs and what there is.

    leads_ready   safeguarding leads who proved within 30 days that they know their passphrase
    has_recovery  whether a recovery key was made and printed
    """

    leads_ready: int
    has_recovery: bool

    @property
    def may_seal(self) -> bool:
        """Whether a confidential wave may open."""
        return self.leads_ready >= FEWEST_LEADS and self.has_recovery


def standing(session: Session, school_id: UUID, *, now: datetime) -> Standing:
    """How a school stands."""
    keys = _keys_of_leads(session, school_id, now)
    ready = sum(1 for key in keys if now - key.unlocked_at <= KNOWN_FOR)
    return Standing(ready, session.get(IdentityRecovery, school_id) is not None)


def recipients(session: Session, school_id: UUID, *, now: datetime) -> tuple[str, ...]:
    """To whom envelopes are sealed now: every lead with a key, and the recovery key."""
    recovery = session.get(IdentityRecovery, school_id)
    return (*(key.public for key in _keys_of_leads(session, school_id, now)), *([recovery.public] if recovery else []))


def my_key(session: Session, viewer: Viewer) -> IdentityKey | None:
    """The viewer's own key, None before they made one."""
    found: IdentityKey | None = session.scalars(
        select(IdentityKey).where(IdentityKey.school_id == viewer.where, IdentityKey.person_id == viewer.who)
    ).first()
    return found


def make_key(session: Session, viewer: Viewer, passphrase: str, *, now: datetime) -> IdentityKey:
    """A key for a lead who has none. Raises NotAllowed, Invalid for a short passphrase, Conflict when there is one."""
    only_leads(viewer)
    if my_key(session, viewer):
        raise Conflict("You have a key already.")
    secret, public = new_secret()
    box = wrapped(secret, passphrase)
    key = IdentityKey(school_id=viewer.where, person_id=viewer.who, public=public, wrapped=box, unlocked_at=now)
    session.add(key)
    _record(session, viewer, "identity key made", now)
    return key


def unlock(session: Session, viewer: Viewer, passphrase: str, *, now: datetime) -> str:
    """The viewer's private key, for this moment only; that they know the passphrase is noted.

    Raises NotAllowed, NotFound without a key, Invalid for another passphrase.
    """
    only_leads(viewer)
    key = my_key(session, viewer)
    if key is None:
        raise NotFound("You have no key yet. Make one first.")
    secret = unwrapped(key.wrapped, passphrase)
    key.unlocked_at = now
    return secret


def forget_key(session: Session, viewer: Viewer, *, now: datetime) -> None:
    """Drop the viewer's key, whose passphrase is lost; envelopes open by the other leads' keys. Raises NotAllowed."""
    only_leads(viewer)
    if key := my_key(session, viewer):
        session.delete(key)
        session.flush()
        _record(session, viewer, "identity key dropped", now)


def make_recovery(session: Session, viewer: Viewer, *, now: datetime) -> RecoveryKey:
    """A recovery key, whose sheets are shown this once. It replaces an earlier one for envelopes from now on.

    Raises NotAllowed.
    """
    only_leads(viewer)
    made = new_recovery_key()
    session.merge(IdentityRecovery(school_id=viewer.where, public=made.public, pairs=dict(made.pairs), made_at=now))
    _record(session, viewer, "recovery key made", now)
    return made


def recovery_secret(session: Session, viewer: Viewer, one: str, two: str) -> str:
    """The private half of the school's recovery key, from two sheets. Raises NotAllowed, NotFound, Invalid."""
    only_leads(viewer)
    found = session.get(IdentityRecovery, viewer.where)
    if found is None:
        raise NotFound("There is no recovery key.")
    return recovered(found.pairs, one, two)


def refuse_unsealable(session: Session, school_id: UUID, *, now: datetime) -> None:
    """Raise Invalid that says what a confidential wave still needs; nothing when it may open."""
    stands = standing(session, school_id, now=now)
    if not stands.may_seal:
        recovery = "made" if stands.has_recovery else "not made yet"
        raise Invalid(
            "A confidential survey needs two safeguarding leads who have unlocked their keys in the last 30 days "
            f"(there are {stands.leads_ready}) and a recovery key ({recovery}). "
            "They do that on the page Concerns, Keys."
        )


def only_leads(viewer: Viewer) -> None:
    """Raise NotAllowed for everybody else."""
    if not viewer.may(Permission.READ_CONCERNS):
        raise NotAllowed("Only safeguarding leads keep keys of identities.")


def _keys_of_leads(session: Session, school_id: UUID, now: datetime) -> list[IdentityKey]:
    """Keys of those who are safeguarding leads today."""
    held = select(Membership.person_id).where(
        Membership.school_id == school_id, Membership.role == Role.SAFEGUARDING_LEAD, held_now(now.date())
    )
    found = select(IdentityKey).where(IdentityKey.school_id == school_id, IdentityKey.person_id.in_(held))
    return list(session.scalars(found.order_by(IdentityKey.id)))


def _record(session: Session, viewer: Viewer, act: str, now: datetime) -> None:
    record(session, Act(act, f"school {viewer.where}", viewer.person_id, viewer.where), now=now)
