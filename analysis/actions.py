""" "You said, we did": what was heard, what was done about it, and when it will be looked at again."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.models import Action
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer

State = Literal["planned", "checking", "done"]
STATES: tuple[State, ...] = ("planned", "checking", "done")


@dataclass(frozen=True)
class ActionView:
    """One promise as a reader sees it; `due` is the day it is to be done or looked at again."""

    said: str
    did: str
    state: str
    due: date | None


def add_action(session: Session, viewer: Viewer, *, said: str, did: str, state: str, due: date | None = None) -> None:
    """Write down one action for the viewer's school. Raises NotAllowed, and Invalid for an unknown state."""
    if not viewer.may(Permission.WRITE_SURVEYS):
        raise NotAllowed("Only those who run surveys may write down what was done.")
    if state not in STATES:
        raise Invalid(f"found the state '{state}', expected one of {', '.join(STATES)}.")
    newest = select(func.coalesce(func.max(Action.number), 0)).where(Action.school_id == viewer.school_id)
    number = session.execute(newest).scalar_one() + 1
    session.add(Action(school_id=viewer.school_id, number=number, said=said, did=did, state=state, due=due))
    session.flush()


def list_actions(session: Session, viewer: Viewer) -> list[ActionView]:
    """The school's actions in the order they were written down. Raises NotAllowed."""
    if not viewer.may(Permission.SEE_FIGURES):
        raise NotAllowed("Only those who may see results may see what was done about them.")
    rows = session.scalars(select(Action).where(Action.school_id == viewer.school_id).order_by(Action.number))
    return [ActionView(row.said, row.did, row.state, row.due) for row in rows]
