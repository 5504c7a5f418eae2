"""The second factor of powerful roles: an authenticator app, and codes on paper for when it is lost.

One-time passwords by time (RFC 6238, 30 seconds, six digits, SHA-1 as all apps have it); one step to either side is
accepted for clocks that differ, and no step twice.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid
from stakeholder.keys import derived_key, sealed, unsealed
from stakeholder.signing_in_models import RecoveryCode, SecondFactor

STEP_SECONDS = 30
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
ISSUER = "Stakeholder Voice"


def has_factor(session: Session, person_id: UUID) -> bool:
    """Whether the person has set up an app or a passkey."""
    return session.execute(select(func.count()).where(SecondFactor.person_id == person_id)).scalar_one() > 0


def new_app_secret() -> str:
    """A shared secret of 160 bits for an authenticator app, in base 32."""
    return pyotp.random_base32()


def app_address(shared: str, who: str) -> str:
    """The otpauth: address that the app reads from a QR code."""
    return pyotp.TOTP(shared).provisioning_uri(name=who, issuer_name=ISSUER)


def add_app(session: Session, person_id: UUID, shared: str, code: str, *, secret: str, now: datetime) -> list[str]:
    """Remember an app that has just shown a right code; returns recovery codes, to be shown once.

    Raises Invalid when the code is not the app's.
    """
    step = _step_of(shared, code, now)
    if step is None:
        raise Invalid("This code does not fit. Wait for the next one in your app, then write its six digits.")
    session.add(
        SecondFactor(
            person_id=person_id,
            kind="app",
            name=ISSUER,
            secret=sealed(shared, _key(secret)),
            counter=step,
            added_at=now,
        )
    )
    return new_recovery_codes(session, person_id, secret=secret)


def new_recovery_codes(session: Session, person_id: UUID, *, secret: str) -> list[str]:
    """Ten new codes of 49 bits; older ones stop working."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(person_id=person_id, code_hash=_hash(code, secret)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def prove(session: Session, person_id: UUID, code: str, *, secret: str, now: datetime) -> None:
    """Accept a code of the person's app, or a recovery code, once. Raises Invalid."""
    plain = code.replace("-", "").replace(" ", "").lower()
    if not (_by_app(session, person_id, plain, secret, now) or _by_recovery(session, person_id, plain, secret, now)):
        raise Invalid("This code does not fit. Wait for the next one in your app, then write its six digits.")


def recovery_codes_left(session: Session, person_id: UUID) -> int:
    """How many recovery codes are unused."""
    return session.execute(
        select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    ).scalar_one()


def forget_factors(session: Session, person_id: UUID) -> None:
    """Remove every factor and recovery code of a person, who then sets up a new one."""
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def _by_app(session: Session, person_id: UUID, code: str, secret: str, now: datetime) -> bool:
    apps = session.scalars(
        select(SecondFactor).where(SecondFactor.person_id == person_id, SecondFactor.kind == "app").with_for_update()
    )
    for app in apps:
        step = _step_of(unsealed(app.secret, _key(secret)), code, now)
        if step is not None and step > app.counter:
            app.counter = step
            return True
    return False


def _by_recovery(session: Session, person_id: UUID, code: str, secret: str, now: datetime) -> bool:
    found = session.scalars(
        select(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == _hash(code, secret),
            RecoveryCode.used_at.is_(None),
        )
        .with_for_update()
    ).first()
    if found is None:
        return False
    found.used_at = now
    return True


def _step_of(shared: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, one to either side of now; None when it is none of them."""
    here, totp = int(now.timestamp()) // STEP_SECONDS, pyotp.TOTP(shared)
    given = code.encode()
    right = [
        step for step in (here - 1, here, here + 1) if secrets.compare_digest(totp.generate_otp(step).encode(), given)
    ]
    return right[-1] if right else None


def _key(secret: str) -> bytes:
    return derived_key(secret, "second factors")


def _hash(code: str, secret: str) -> bytes:
    """Keyed, because a code is short enough to be guessed from a plain hash."""
    return hmac.new(derived_key(secret, "recovery codes"), code.encode(), hashlib.sha256).digest()
