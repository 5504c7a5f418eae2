"""The report made from an enquiry, and to whom its owner gave it: to each by a link of their own, with a date."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.enquiry.models import Enquiry, ReportRelease
from analysis.enquiry.page import ArtefactView, time_line, views
from analysis.enquiry.process import read_process
from analysis.enquiry.running import plain
from analysis.enquiry.seats import Facts, Seat, schools_of
from stakeholder.audit import Act, record
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.viewer import Viewer

TOKEN_BYTES = 18


@dataclass(frozen=True)
class Report:
    """What a reader gets: no writer's name, and only what the host may see of it.

    given_to, given_on  the recipient and the day, printed on every page; None for those who sit in the enquiry
    """

    title: str
    heading: str
    question: str
    school: str
    others: tuple[str, ...]
    sections: tuple[ArtefactView, ...]
    begun_on: date
    given_to: str | None = None
    given_on: date | None = None


@dataclass(frozen=True)
class Given:
    """A release as the owner sees it."""

    id: UUID
    recipient: str
    token: str
    released_on: date
    ended_on: date | None


def report(session: Session, here: Seat, *, today: date) -> Report:
    """The report as those in the enquiry read it. Raises NotFound where the process makes none."""
    plan = here.process.report
    if plan is None:
        raise NotFound("This process makes no report.")
    by_key = {each.artefact.key: each for each in views(session, here, time_line(session, here, today=today))}
    schools = schools_of(session, here.enquiry.id)
    return Report(
        title=str(plan.title),
        heading=here.enquiry.title,
        question=here.enquiry.question,
        school=session.get_one(School, here.enquiry.school_id).name,
        others=tuple(name for name, is_host in schools.values() if not is_host),
        sections=tuple(by_key[key] for key in plan.sections if key in by_key and _has_content(by_key[key])),
        begun_on=here.enquiry.begun_on,
    )


def _has_content(section: ArtefactView) -> bool:
    return bool(section.entries or section.pieces)


def may_release(here: Seat) -> bool:
    """Whether the viewer may give the report away: those whom the process names, on the host's side."""
    plan = here.process.report
    return plan is not None and here.is_host and bool(here.parts & set(plan.released_by))


def releases(session: Session, here: Seat) -> list[Given]:
    """To whom it was given, newest first."""
    rows = session.scalars(
        select(ReportRelease)
        .where(ReportRelease.enquiry_id == here.enquiry.id)
        .order_by(ReportRelease.released_on.desc(), ReportRelease.recipient)
    )
    return [Given(row.id, row.recipient, row.token, row.released_on, row.ended_on) for row in rows]


def release(session: Session, here: Seat, recipient: str, *, now: datetime) -> None:
    """Give the report to somebody. Raises NotAllowed, and Invalid without a name."""
    if not may_release(here):
        raise NotAllowed("The report belongs to the host; only they give it away.")
    session.add(
        ReportRelease(
            enquiry_id=here.enquiry.id,
            recipient=plain(recipient, 200, "Write to whom you give it."),
            token=secrets.token_urlsafe(TOKEN_BYTES),
            released_on=now.date(),
            person_id=here.viewer.person_id,
        )
    )
    _record(session, here, "report given", now)


def end_release(session: Session, here: Seat, release_id: UUID, *, now: datetime) -> None:
    """Let a link work no longer. Raises NotAllowed and NotFound."""
    found = session.get(ReportRelease, release_id)
    if not may_release(here):
        raise NotAllowed("The report belongs to the host; only they take it back.")
    if found is None or found.enquiry_id != here.enquiry.id:
        raise NotFound("It was given to nobody like that.")
    found.ended_on = found.ended_on or now.date()
    _record(session, here, "report taken back", now)


def given_report(session: Session, token: str, *, today: date) -> Report:
    """The report behind a recipient's link. Raises NotFound for a link that was taken back."""
    row = session.scalars(
        select(ReportRelease).where(ReportRelease.token == token, ReportRelease.ended_on.is_(None))
    ).first()
    if row is None:
        raise NotFound("There is no such page.")
    found = report(session, _owner(session, row.enquiry_id), today=today)
    return replace(found, given_to=row.recipient, given_on=row.released_on)


def _owner(session: Session, enquiry_id: UUID) -> Seat:
    """The host's own side, which the recipient reads with."""
    enquiry = session.get_one(Enquiry, enquiry_id)
    process = read_process(enquiry.process)
    roles = frozenset(role for part in process.parts for role in part.roles)
    viewer = Viewer(school_id=enquiry.school_id, roles=roles)
    parts: Sequence[str] = process.report.released_by if process.report else ()
    every = frozenset(stage.key for stage in process.stages)
    return Seat(Facts.of(enquiry), process, viewer, frozenset(parts), is_host=True, done=every)


def _record(session: Session, here: Seat, act: str, now: datetime) -> None:
    record(session, Act(act, f"enquiry {here.enquiry.id}", here.viewer.person_id, here.viewer.school_id), now=now)
