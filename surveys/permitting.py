"""Permission to ask licensed instruments: on record for each school, and needed before a wave asks them."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire
from surveys.flow import LockedModule
from surveys.models import ModulePermission


def permit(
    session: Session, viewer: Viewer, module: LockedModule, *, reference: str, until: date | None, now: datetime
) -> ModulePermission:
    """Put the rights holder's permission on record, or renew it; it is for this very text.

    reference  where the permission can be found: a licence number, a letter and its date
    Raises NotAllowed, and Invalid without a reference.
    """
    if not viewer.may(Permission.OPEN_WAVES) or viewer.school_id is None:
        raise NotAllowed("Only a survey lead or head may record a permission.")
    if not reference.strip():
        raise Invalid("Say where the permission can be found: a licence number, or a letter and its date.")
    row = _permission(session, viewer, module)
    if row is None:
        row = ModulePermission(school_id=viewer.school_id, module=module.key, digest=module.digest)
        session.add(row)
    row.reference, row.until, row.recorded_at, row.person_id = reference.strip()[:300], until, now, viewer.person_id
    session.flush()
    act = Act("permission recorded", f"module {module.key}", viewer.person_id, viewer.school_id, reason=row.reference)
    record(session, act, now=now)
    return row


def refuse_unpermitted(session: Session, viewer: Viewer, questionnaire: Questionnaire, *, today: date) -> None:
    """Raise NotAllowed, naming the instrument, when one of the questionnaire's needs a permission that is not there."""
    for module in questionnaire.locked:
        if not module.needs_permission:
            continue
        row = _permission(session, viewer, module)
        if row is None or (row.until is not None and row.until < today):
            raise NotAllowed(
                f"'{module.title}' may be asked only with its rights holder's permission. Record it first: "
                f"stakeholder questionnaire permit {questionnaire.key} {module.key} --reference '...'"
            )


def _permission(session: Session, viewer: Viewer, module: LockedModule) -> ModulePermission | None:
    return session.scalars(
        select(ModulePermission).where(
            ModulePermission.school_id == viewer.school_id, ModulePermission.digest == module.digest
        )
    ).first()
