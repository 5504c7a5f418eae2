"""The audit chain: who did what that matters, each row sealed to the one before by its digest.

No answers and no names of respondents stand here. A changed, removed or inserted row breaks the chain from there on;
a cut tail shows against the last digest that left the system.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.db import lock_for_order
from stakeholder.errors import Invalid
from stakeholder.models import AuditEvent

START = "0" * 64
LOCK = 20_260_001


@dataclass(frozen=True)
class Act:
    """One thing that was done, for the chain.

    actor    id of the person, None for the command line
    object_  what it was done to, by kind and key ("membership 1f0c..."), never by a respondent's name
    """

    act: str
    object_: str
    actor: UUID | None = None
    school: UUID | None = None
    reason: str = ""


def record(session: Session, act: Act, *, now: datetime) -> AuditEvent:
    """Append to the chain, in the transaction of what is recorded; writers take turns."""
    lock_for_order(session, LOCK)
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc()).limit(1)).first()
    event = AuditEvent(
        number=last.number + 1 if last else 1,
        day=now.date(),
        actor_id=act.actor,
        school_id=act.school,
        act=act.act,
        object=act.object_,
        reason=act.reason,
        previous=last.digest if last else START,
        digest="",
    )
    event.digest = digest_of(event)
    session.add(event)
    session.flush()
    return event


def digest_of(event: AuditEvent) -> str:
    """SHA-256 over everything in the row but the digest itself, in hexadecimal."""
    day: date = event.day
    parts = [
        event.number,
        day.isoformat(),
        str(event.actor_id or ""),
        str(event.school_id or ""),
        event.act,
        event.object,
        event.reason,
        event.previous,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def verify(events: Iterable[AuditEvent], *, last_known: str | None = None) -> int:
    """How many rows the chain holds, when it is whole.

    events      all rows in the order of their numbers
    last_known  the newest digest that left the system, if any; it must still be in the chain
    Raises Invalid that names the first broken row, or says that the end was cut off.
    """
    previous, count, known = START, 0, last_known in {None, START}
    for event in events:
        count += 1
        if event.number != count or event.previous != previous or event.digest != digest_of(event):
            raise Invalid(f"The audit chain is broken at row {count}: it was changed, removed or put in later.")
        previous = event.digest
        known = known or event.digest == last_known
    if not known:
        raise Invalid(f"The audit chain was cut: its {count} rows no longer hold the digest that was sent out.")
    return count


def all_events(session: Session) -> list[AuditEvent]:
    """The whole chain, oldest first."""
    return list(session.scalars(select(AuditEvent).order_by(AuditEvent.number)))
