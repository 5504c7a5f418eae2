"""Further ways into a survey: a link for each class, and slips that let one answer in each."""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.models import Audience, Spent, Wave, WayIn
from surveys.published import questionnaire_of
from surveys.roll.counting import years_of
from surveys.roll.keeping import PUPILS
from surveys.roll.models import Member
from surveys.slips import MOST_PRINTED

TOKEN_BYTES = 18
FEWEST_IN_CLASS = 10
LONGEST_TITLE = 80


@dataclass(frozen=True)
class WayLine:
    """One way in and how many came by it.

    given  what is answered beforehand, by question: the year of a class
    slips  slips printed for it; 0 for a link that everybody of the class uses
    asked  people of the class, None when nobody knows
    """

    id: UUID
    title: str
    token: str
    slips: int
    asked: int | None
    sent: int
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ways:
    """An audience with its ways in; `years` are the options a class may have answered beforehand."""

    audience: Audience
    wave: Wave
    lines: tuple[WayLine, ...]
    years: Mapping[str, str]


def ways_of(session: Session, viewer: Viewer, wave_key: str, audience_key: str) -> Ways:
    """The ways into an audience of an open wave. Raises NotAllowed, NotFound, for another school's too."""
    audience, wave = _audience(session, viewer, wave_key, audience_key)
    _breakdown, years = years_of(questionnaire_of(session, audience.version_id))
    return Ways(audience, wave, way_lines(session, audience), years)


def way_lines(session: Session, audience: Audience) -> tuple[WayLine, ...]:
    """The further ways into an audience, each with how many came by it."""
    sent: dict[UUID, int] = dict(
        session.execute(
            select(Spent.way_id, func.count()).where(Spent.audience_id == audience.id).group_by(Spent.way_id)
        ).all()  # type: ignore[arg-type]
    )
    rows = session.scalars(select(WayIn).where(WayIn.audience_id == audience.id).order_by(WayIn.title, WayIn.id))
    return tuple(
        WayLine(way.id, way.title, way.token, way.slips, way.asked, sent.get(way.id, 0), way.given) for way in rows
    )


def add_way(
    session: Session, viewer: Viewer, wave_key: str, audience_key: str, *, title: str, year: str = "", slips: int = 0
) -> WayIn:
    """One more way in, such as a class.

    year   the school year that everybody who comes by it is in; empty when that is asked as usual
    slips  how many slips to print, up to 2,000; with slips nobody comes in without one
    Raises NotAllowed, NotFound, Invalid, Conflict for a name that is taken.
    """
    audience, _wave = _audience(session, viewer, wave_key, audience_key)
    title = " ".join(title.split())[:LONGEST_TITLE]
    if not title:
        raise Invalid("Give the link a name, such as 7B.")
    if not 0 <= slips <= MOST_PRINTED:
        raise Invalid(f"Print up to {MOST_PRINTED:,} slips at a time; found {slips:,}.")
    if session.scalars(select(WayIn.id).where(WayIn.audience_id == audience.id, WayIn.title == title)).first():
        raise Conflict(f"There is a link '{title}' already.")
    return _put(session, audience, title, _given(session, audience, year), slips, None)


def add_classes(
    session: Session, viewer: Viewer, wave_key: str, audience_key: str, *, with_slips: bool, now: datetime
) -> int:
    """A way in for each class on the roll with at least ten people to ask; returns how many are new.

    Raises NotAllowed, NotFound; Invalid when no such class is on the roll.
    """
    audience, wave = _audience(session, viewer, wave_key, audience_key)
    _breakdown, years = years_of(questionnaire_of(session, audience.version_id))
    rows = session.execute(
        select(Member.form, Member.year).where(
            Member.school_id == viewer.where, Member.group == PUPILS, Member.left_out == "", Member.form != ""
        )
    )
    classes = Counter((row.form, row.year) for row in rows if not years or row.year in years)
    large = sorted(found for found, people in classes.items() if people >= FEWEST_IN_CLASS)
    if not large:
        raise Invalid("No class of ten or more is on the roll for this survey. Add links by hand.")
    taken = set(session.scalars(select(WayIn.title).where(WayIn.audience_id == audience.id)))
    fresh = [(form, year) for form, year in large if form not in taken]
    for form, year in fresh:
        people = classes[form, year]
        _put(session, audience, form, _given(session, audience, year), people if with_slips else 0, people)
    record(
        session,
        Act("links for classes", f"wave {wave.id}", viewer.person_id, viewer.where, f"{len(fresh)} classes"),
        now=now,
    )
    return len(fresh)


def get_way(session: Session, viewer: Viewer, way_id: UUID) -> tuple[WayIn, Audience, Wave]:
    """A way in with where it leads. Raises NotAllowed, NotFound, for another school's too."""
    _only_openers(viewer)
    row = session.execute(
        select(WayIn, Audience, Wave)
        .join(Audience, Audience.id == WayIn.audience_id)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(WayIn.id == way_id, Wave.school_id == viewer.where, Wave.state == "open")
    ).first()
    if row is None:
        raise NotFound("There is no such link.")
    return row[0], row[1], row[2]


def _put(
    session: Session, audience: Audience, title: str, given: dict[str, str], slips: int, asked: int | None
) -> WayIn:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    way = WayIn(audience_id=audience.id, title=title, given=given, token=token, slips=slips, asked=asked)
    session.add(way)
    session.flush()
    return way


def _given(session: Session, audience: Audience, year: str) -> dict[str, str]:
    breakdown, years = years_of(questionnaire_of(session, audience.version_id))
    if year and years and year not in years:
        raise Invalid(f"This survey is not for the year '{year[:10]}'.")
    return {breakdown: years[year]} if year and years else {}


def _audience(session: Session, viewer: Viewer, wave_key: str, audience_key: str) -> tuple[Audience, Wave]:
    _only_openers(viewer)
    row = session.execute(
        select(Audience, Wave)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.school_id == viewer.where, Wave.key == wave_key, Audience.key == audience_key, Wave.state == "open")
    ).first()
    if row is None:
        raise NotFound("There is no such open survey.")
    return row[0], row[1]


def _only_openers(viewer: Viewer) -> None:
    if not viewer.may(Permission.OPEN_WAVES):
        raise NotAllowed("Only a survey lead or head hands out links.")
