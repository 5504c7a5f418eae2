"""What is really the case at a school, for the papers that the law asks for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.models import School
from stakeholder.people import list_people
from stakeholder.protection.keeping import choices_of
from stakeholder.roles import POWERFUL, Role
from stakeholder.viewer import Viewer
from surveys.identities.models import IdentityKey, IdentityRecovery
from surveys.models import Audience, Wave
from surveys.roll.models import Member


@dataclass(frozen=True)
class Asked:
    """Groups asked in one wave and mode; `ended` is None while the wave takes answers."""

    wave: str
    mode: str
    groups: tuple[str, ...]
    ended: date | None


@dataclass(frozen=True)
class Facts:
    """A school's state.

    on_roll   people on the roll by group, in the school's words
    roles     how many people hold each role
    asked     what was asked, newest first
    has_keys  safeguarding leads with a key for sealed names, and whether recovery was prepared
    """

    school: str
    contact: str
    minimum_people: int
    periods: Mapping[str, int]
    on_roll: Mapping[str, int]
    roles: Mapping[Role, int]
    asked: tuple[Asked, ...]
    has_keys: tuple[int, bool]

    @property
    def modes(self) -> frozenset[str]:
        """Every mode in which anybody was asked."""
        return frozenset(each.mode for each in self.asked)

    @property
    def powerful(self) -> int:
        """People whose role counts only after a second factor."""
        return sum(number for role, number in self.roles.items() if role in POWERFUL)


def facts_of(session: Session, viewer: Viewer, *, today: date) -> Facts:
    """The state of the viewer's school."""
    school, choices = session.get_one(School, viewer.where), choices_of(session, viewer.where)
    labels = {each["key"]: each["label"].get("en", each["key"]) for each in school.groups}
    counted = select(Member.group, func.count()).where(Member.school_id == school.id).group_by(Member.group)
    keys = select(func.count()).select_from(IdentityKey).where(IdentityKey.school_id == school.id)
    return Facts(
        school=school.name,
        contact=choices.contact,
        minimum_people=school.minimum_people,
        periods=choices.periods,
        on_roll={labels.get(group, group): number for group, number in session.execute(counted)},
        roles=Counter(each.role for each in list_people(session, viewer, today=today)),
        asked=_asked(session, viewer, labels),
        has_keys=(session.execute(keys).scalar_one(), session.get(IdentityRecovery, school.id) is not None),
    )


def _asked(session: Session, viewer: Viewer, labels: Mapping[str, str]) -> tuple[Asked, ...]:
    rows = session.execute(
        select(Wave, Audience.mode, Audience.group)
        .join(Audience, Audience.wave_id == Wave.id)
        .where(Wave.school_id == viewer.where)
        .order_by(Wave.opens_at.desc(), Wave.key, Audience.mode, Audience.group)
        .distinct()
    )
    return tuple(
        Asked(
            wave.title,
            mode,
            tuple(labels.get(group, group) for _wave, _mode, group in lines),
            wave.closes_at.date() if wave.state == "closed" and wave.closes_at else None,
        )
        for (wave, mode), lines in groupby(rows, key=lambda row: (row[0], row[1]))
    )
