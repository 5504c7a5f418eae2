"""Letting in who signed in elsewhere: only somebody whom the school office has named, by their e-mail address.

The first time the address decides, and the account is remembered; from then on the account decides. An address that was
given to another account meanwhile opens nothing.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.errors import NotFound
from stakeholder.models import Membership, Person, School
from stakeholder.outside.models import OutsideAccount
from stakeholder.outside.provider import Claims
from stakeholder.people import held_now
from stakeholder.signing_in import Admitted


def admit_from_outside(session: Session, issuer: str, claims: Claims, *, today: date) -> Admitted:
    """Whom the account lets in, and where. Raises NotFound for everybody else, never saying why."""
    account = session.scalars(
        select(OutsideAccount).where(OutsideAccount.issuer == issuer, OutsideAccount.subject == claims.subject)
    ).first()
    person_id = account.person_id if account else _by_address(session, issuer, claims)
    where = session.execute(
        select(Membership.school_id)
        .join(School, School.id == Membership.school_id)
        .where(Membership.person_id == person_id, held_now(today))
        .order_by(School.name)
        .limit(1)
    ).first()
    if person_id is None or where is None:
        raise NotFound("This account opens nothing here.")
    if account is None:
        session.add(OutsideAccount(person_id=person_id, issuer=issuer, subject=claims.subject))
        session.flush()
    return Admitted(person_id, where.school_id)


def _by_address(session: Session, issuer: str, claims: Claims) -> UUID | None:
    """The person with this address who has not signed in with another account of the provider yet."""
    taken = select(OutsideAccount.id).where(OutsideAccount.person_id == Person.id, OutsideAccount.issuer == issuer)
    found = select(Person.id).where(Person.email == claims.email, ~taken.exists())
    return session.scalars(found).first() if claims.email else None
