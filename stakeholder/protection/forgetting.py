"""Forgetting people who have left: names, addresses and ways in; what they did keeps standing, by nobody's name."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Select, delete, select, update
from sqlalchemy.orm import Session

from stakeholder.models import Person
from stakeholder.outside.models import OutsideAccount
from stakeholder.signing_in_models import RecoveryCode, SecondFactor, SignInLink, Visit

GONE = "–"


def forget_people(session: Session, whom: Select[UUID]) -> int:
    """Forget everyone whom a query of ids finds; returns how many were not forgotten before."""
    people = session.scalars(select(Person.id).where(Person.id.in_(whom), Person.name != GONE)).all()
    for table in (Visit, SignInLink, SecondFactor, RecoveryCode, OutsideAccount):
        session.execute(delete(table).where(table.person_id.in_(people)))
    changed = session.execute(update(Person).where(Person.id.in_(people)).values(name=GONE, email=None))
    return cast("CursorResult[Any]", changed).rowcount
