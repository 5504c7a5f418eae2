"""A corrected slip of the pen in an open wave: the new version is asked from now on; no draft loses an answer."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, NotAllowed
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.lineage import Change, Difference, differences
from surveys.models import Audience, Wave
from surveys.published import newest_version, questionnaire_of
from surveys.waves import get_wave


def correct_wave(session: Session, viewer: Viewer, key: str, *, now: datetime) -> tuple[Difference, ...]:
    """Let every audience of an open wave take the newest version of its questionnaire, where only spelling changed.

    Returns what was corrected, nothing when all are up to date. Raises NotFound, NotAllowed, and Conflict when the
    wave is not open or when anything but spelling, spacing or punctuation has changed.
    """
    if not viewer.may(Permission.OPEN_WAVES):
        raise NotAllowed("Only a survey lead or head may correct an open wave.")
    wave = get_wave(session, viewer, key)
    if wave.state != "open":
        raise Conflict(f"The wave '{key}' is not open. A correction is for a wave that takes answers now.")
    made: list[Difference] = []
    for audience in session.scalars(select(Audience).where(Audience.wave_id == wave.id)):
        made += _correct(session, viewer, wave, audience, now=now)
    return tuple(made)


def _correct(
    session: Session, viewer: Viewer, wave: Wave, audience: Audience, *, now: datetime
) -> tuple[Difference, ...]:
    old = questionnaire_of(session, audience.version_id)
    version = newest_version(session, viewer, old.key)
    changes = differences(old, questionnaire_of(session, version.id))
    for change in changes:
        if change.change is not Change.IDENTICAL or change.kind != "changed":
            raise Conflict(
                f"An open wave takes corrected spelling only, and this is more: {change.words} "
                "Close the wave and open another with the new version."
            )
    if changes:
        words = "; ".join(change.words for change in changes)
        act = Act("wave corrected", f"audience {audience.id}", viewer.person_id, wave.school_id, reason=words[:400])
        record(session, act, now=now)
        audience.version_id = version.id
    return changes
