"""Links to what is open, for the demo's start page."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import Audience, Wave
from surveys.published import questionnaire_of


@dataclass(frozen=True)
class OpenLink:
    """A survey that anyone may answer now."""

    title: str
    wave: str
    address: str


def open_links(session: Session) -> list[OpenLink]:
    """One link for each audience of each open wave."""
    rows = session.execute(
        select(Audience.token, Audience.version_id, Wave.title)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.state == "open")
        .order_by(Wave.opens_at, Audience.key)
    ).all()
    return [
        OpenLink(str(questionnaire_of(session, row.version_id).title), row.title, f"/s/{row.token}") for row in rows
    ]
