"""Reading and changing a school's choices about the protection of data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.protection.models import Protection
from stakeholder.protection.periods import checked, periods
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer

LONGEST_CONTACT = 300


@dataclass(frozen=True)
class Choices:
    """Whom to ask about data, empty when the school has not said; and the length for every kind of data."""

    contact: str
    periods: Mapping[str, int]


def choices_of(session: Session, school_id: UUID) -> Choices:
    """What a school chose, with what is usual for the rest."""
    found = session.get(Protection, school_id)
    return Choices(found.contact, periods(found.periods)) if found else Choices("", periods({}))


def choose(session: Session, viewer: Viewer, *, contact: str, wanted: Mapping[str, int], now: datetime) -> Choices:
    """Change the choices; what changed in the lengths stands in the audit chain. Raises NotAllowed, Invalid."""
    if not viewer.may(Permission.PROTECT_DATA):
        raise NotAllowed("The head and the school office decide how long data is kept.")
    contact = " ".join(contact.split())
    if len(contact) > LONGEST_CONTACT:
        raise Invalid(f"Say whom to ask in at most {LONGEST_CONTACT} characters.")
    before, after = choices_of(session, viewer.where).periods, checked(wanted)
    session.merge(Protection(school_id=viewer.where, contact=contact, periods=after))
    changes = ", ".join(f"{key} {before[key]} to {after[key]}" for key in after if before[key] != after[key])
    if changes:
        record(session, Act("keeping changed", "periods", viewer.actor, viewer.school_id, changes), now=now)
    session.flush()
    return Choices(contact, after)
