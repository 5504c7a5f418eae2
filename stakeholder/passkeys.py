"""Passkeys as a second factor (W3C Web Authentication 2): the phone, laptop or key proves itself, nothing to type.

The site is named by the address it is reached at; a passkey made for one site never works at another, which is what
makes it safe against pages that only look like ours.
"""

import ipaddress
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid, NotFound
from stakeholder.keys import derived_key, sealed, unsealed
from stakeholder.models import Person
from stakeholder.second_factor import ISSUER, new_recovery_codes, recovery_codes_left
from stakeholder.signing_in_models import SecondFactor

PASSKEY = "passkey"
MOST = 10
LONGEST_NAME = 80


@dataclass(frozen=True)
class Site:
    """Where passkeys hold: the origin, such as https://voice.school.example, and its host name."""

    origin: str
    host: str


@dataclass(frozen=True)
class Factor:
    """One line of the list of a person's second factors."""

    id: UUID
    kind: str
    name: str
    added_at: datetime


def site_of(base_url: str) -> Site | None:
    """The site at an address; None where browsers make no passkeys: at a number instead of a name.

    >>> site_of("https://voice.school.example"), site_of("http://127.0.0.1:8000")
    (Site(origin='https://voice.school.example', host='voice.school.example'), None)
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Site(f"{parts.scheme}://{parts.netloc}", host) if host else None
    return None


def making_options(session: Session, person_id: UUID, site: Site) -> dict[str, Any]:
    """What the browser needs to make a passkey, as JSON values; its "challenge" comes back to `add_passkey`."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import AuthenticatorSelectionCriteria, UserVerificationRequirement

    person = session.get_one(Person, person_id)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=ISSUER,
        user_id=person_id.bytes,
        user_name=person.email or person.name,
        user_display_name=person.name,
        exclude_credentials=_descriptors(session, person_id),
        authenticator_selection=AuthenticatorSelectionCriteria(user_verification=UserVerificationRequirement.PREFERRED),
    )
    made: dict[str, Any] = json.loads(options_to_json(options))
    return made


def add_passkey(
    session: Session, person_id: UUID, answer: str, *, challenge: str, name: str, site: Site, secret: str, now: datetime
) -> list[str]:
    """Remember a passkey that the browser has just made; returns recovery codes for somebody who had none, else [].

    Raises Invalid when it is not an answer to this challenge, not made for this site, or one too many.
    """
    from webauthn import base64url_to_bytes, verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    if len(list_factors(session, person_id)) >= MOST:
        raise Invalid(f"You have {MOST} already. Remove one that you do not use.")
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise Invalid("This passkey could not be checked. Try again.") from problem
    factor = SecondFactor(
        person_id=person_id,
        kind=PASSKEY,
        name=" ".join(name.split())[:LONGEST_NAME] or "Passkey",
        secret=sealed(bytes_to_base64url(made.credential_public_key), _key(secret)),
        handle=made.credential_id,
        counter=made.sign_count,
        added_at=now,
    )
    session.add(factor)
    session.flush()
    return [] if recovery_codes_left(session, person_id) else new_recovery_codes(session, person_id, secret=secret)


def proof_options(session: Session, person_id: UUID, site: Site) -> dict[str, Any] | None:
    """What the browser needs to prove itself by one of the person's passkeys; None when there is none."""
    from webauthn import generate_authentication_options, options_to_json

    known = _descriptors(session, person_id)
    if not known:
        return None
    made: dict[str, Any] = json.loads(
        options_to_json(generate_authentication_options(rp_id=site.host, allow_credentials=known))
    )
    return made


def prove_by_passkey(
    session: Session, person_id: UUID, answer: str, *, challenge: str, site: Site, secret: str
) -> None:
    """Accept what a passkey of this person has signed, once. Raises Invalid."""
    from webauthn import base64url_to_bytes, verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        handle = base64url_to_bytes(json.loads(answer)["rawId"])
        factor = session.scalars(_passkeys(person_id).where(SecondFactor.handle == handle).with_for_update()).one()
        proven = verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(unsealed(factor.secret, _key(secret))),
            credential_current_sign_count=factor.counter,
        )
    except (WebAuthnException, LookupError, ValueError, TypeError, NoResultFound) as problem:
        raise Invalid("This passkey could not be checked. Try again, or use another way.") from problem
    factor.counter = proven.new_sign_count


def list_factors(session: Session, person_id: UUID) -> list[Factor]:
    """The person's second factors, oldest first."""
    rows = session.scalars(
        select(SecondFactor).where(SecondFactor.person_id == person_id).order_by(SecondFactor.added_at, SecondFactor.id)
    )
    return [Factor(each.id, each.kind, each.name, each.added_at) for each in rows]


def remove_factor(session: Session, person_id: UUID, factor_id: UUID) -> None:
    """Remove one of the person's factors, never the last. Raises NotFound, for another person's too; Invalid."""
    found = session.scalars(
        select(SecondFactor).where(SecondFactor.id == factor_id, SecondFactor.person_id == person_id)
    ).first()
    if found is None:
        raise NotFound("There is no such second check.")
    if len(list_factors(session, person_id)) == 1:
        raise Invalid("This is your only second check. Add another first.")
    session.delete(found)


def _passkeys(person_id: UUID) -> Select[SecondFactor]:
    return select(SecondFactor).where(SecondFactor.person_id == person_id, SecondFactor.kind == PASSKEY)


def _descriptors(session: Session, person_id: UUID) -> list[Any]:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=each.handle) for each in session.scalars(_passkeys(person_id))]


def _key(secret: str) -> bytes:
    return derived_key(secret, "second factors")
