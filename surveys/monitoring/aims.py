"""What a school hopes for in a wave: until which day, and answers of how many."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid, NotAllowed
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Audience
from surveys.waves import get_wave

LONGEST_DAYS = 366


def set_aims(
    session: Session, viewer: Viewer, wave_key: str, *, ends_on: date | None, targets: Mapping[str, int | None]
) -> None:
    """Keep the last day, and by audience key the percent of people whose answers are hoped for (1 to 100).

    None takes an aim away. Raises NotAllowed, NotFound; Invalid for a day before the wave opened or a year after.
    """
    if not viewer.may(Permission.OPEN_WAVES):
        raise NotAllowed("Only a survey lead or head says what is hoped for.")
    wave = get_wave(session, viewer, wave_key)
    zone = ZoneInfo(session.get_one(School, viewer.where).time_zone)
    if ends_on and not 0 <= (ends_on - wave.opens_at.astimezone(zone).date()).days <= LONGEST_DAYS:
        raise Invalid("The last day must not be before the day on which the wave opened, and at most a year after.")
    for percent in targets.values():
        if percent is not None and not 1 <= percent <= 100:
            raise Invalid("Write how many percent you hope for: 1 to 100.")
    wave.ends_on = ends_on
    for audience in session.scalars(select(Audience).where(Audience.wave_id == wave.id)):
        if audience.key in targets:
            audience.target = targets[audience.key]


def day_of(text: str) -> date | None:
    """A day as a form sends it, None for none. Raises Invalid."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as problem:
        raise Invalid("Write the day like 2027-03-15.") from problem
