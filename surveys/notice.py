"""The privacy notice: what is told to whom, in three bands of age: a child of six and a parent read differently."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.models import School
from stakeholder.protection.keeping import choices_of
from surveys.models import Audience, Wave

Band = Literal["children", "young", "adults"]
BANDS: tuple[Band, ...] = ("children", "young", "adults")


@dataclass(frozen=True)
class Notice:
    """What a notice is made from; lengths in months after the survey closes.

    contact  whom to ask about data, empty when the school has not said
    """

    school: str
    contact: str
    band: Band
    mode: str
    answers_months: int
    comments_months: int


def band_of(group: str, style: str) -> Band:
    """Whom a questionnaire speaks to.

    >>> band_of("student", "youngest"), band_of("student", "standard"), band_of("parent", "standard")
    ('children', 'young', 'adults')
    """
    if group != "student":
        return "adults"
    return "young" if style == "standard" else "children"


def notice_for(session: Session, school_id: UUID, *, band: Band, mode: str) -> Notice:
    """The notice of a school for a band, in a mode."""
    choices = choices_of(session, school_id)
    return Notice(
        school=session.get_one(School, school_id).name,
        contact=choices.contact,
        band=band,
        mode=mode,
        answers_months=choices.periods["answers"],
        comments_months=choices.periods["comments"],
    )


def notice_of(session: Session, audience_id: UUID, *, style: str) -> Notice:
    """The notice of an audience that a questionnaire in this style is put to."""
    row = session.execute(
        select(Audience.group, Audience.mode, Wave.school_id)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Audience.id == audience_id)
    ).one()
    return notice_for(session, row.school_id, band=band_of(row.group, style), mode=row.mode)
