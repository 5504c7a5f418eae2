"""What must be true before a school asks anyone: the checklist that stands before the button."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Invalid
from stakeholder.models import Membership, School
from stakeholder.people import held_now
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.models import Wave
from surveys.waves import open_link

LONGEST_TITLE = 200
MOST_ASKED = 1_000_000


@dataclass(frozen=True)
class Wanted:
    """One questionnaire for one group.

    asked  how many people get the link, None when nobody knows
    mode   whether who wrote is kept: 'anonymous', 'confidential' or 'named'
    """

    questionnaire: str
    group: str
    asked: int | None = None
    mode: str = "anonymous"


@dataclass(frozen=True)
class Checklist:
    """What the software can see for itself.

    leads     safeguarding leads named at the school
    contacts  help contacts that respondents are shown
    """

    leads: int
    contacts: int

    @property
    def may_open(self) -> bool:
        """Whether nothing is missing that the software can see."""
        return self.leads > 0 and self.contacts > 0


def checklist(session: Session, viewer: Viewer, *, now: datetime) -> Checklist:
    """The state of things at the viewer's school."""
    leads = session.execute(
        select(func.count())
        .select_from(Membership)
        .where(
            Membership.school_id == viewer.where,
            Membership.role == Role.SAFEGUARDING_LEAD,
            held_now(now.date()),
        )
    ).scalar_one()
    return Checklist(leads, len(session.get_one(School, viewer.where).contacts))


def open_checked(
    session: Session, viewer: Viewer, *, title: str, wanted: tuple[Wanted, ...], vouched: str, now: datetime
) -> Wave:
    """Open a wave once the checklist is met; what a person vouched for stands in the audit chain.

    vouched   who covers each day until the close, in the words of whoever opens the wave
    Raises Invalid that says what is missing, NotAllowed, NotFound for a questionnaire, Conflict for a closed wave.
    """
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid("Give the wave a name, such as Spring 2027.")
    if not wanted:
        raise Invalid("Choose at least one questionnaire.")
    if not checklist(session, viewer, now=now).may_open:
        raise Invalid("Name a safeguarding lead first: somebody must see a worrying comment the same day.")
    if not vouched.strip():
        raise Invalid("Say who looks at the comments each day until the wave closes.")
    audiences = [
        open_link(
            session, viewer, each.questionnaire, each.group, now=now, name=title, asked=each.asked, mode=each.mode
        )
        for each in wanted
    ]
    wave = session.get_one(Wave, audiences[0].wave_id)
    reason = f"cover: {vouched.strip()}"[:400]
    record(session, Act("wave opened", f"wave {wave.id}", viewer.person_id, viewer.school_id, reason), now=now)
    return wave
