"""Telling people that a concern waits: the leads at once, the head when nobody has read it in time; never the words."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from babel.support import Translations
from sqlalchemy import select
from sqlalchemy.orm import Session

import stakeholder
from analysis.concerns.models import Concern, IdentityOpening
from analysis.concerns.raising import TELL
from stakeholder.jobs import ledger
from stakeholder.jobs.worker import JobRun
from stakeholder.localised import N_
from stakeholder.mail import MailServer
from stakeholder.models import Membership, Person, School
from stakeholder.people import held_now
from stakeholder.roles import Role

LOCALES = Path(stakeholder.__file__).parent / "locales"
IN_TIME = {"danger": timedelta(hours=1), "other": timedelta(hours=24)}
LADDER: tuple[frozenset[Role], ...] = (
    frozenset({Role.SAFEGUARDING_LEAD}),
    frozenset({Role.SAFEGUARDING_LEAD, Role.HEAD}),
    frozenset({Role.SAFEGUARDING_LEAD, Role.HEAD, Role.CHAIR}),
)
SUBJECT = N_("A concern waits for you")
TEXT = N_(
    "Hello %(name)s,\n\na concern waits at %(school)s, and nobody has read it yet. Please look at it now:\n\n"
    "%(address)s\n\n"
    "For the safety of the person who wrote it, this message says nothing about it.\n"
)


ALONE_SUBJECT = N_("A sealed name was opened")
ALONE_TEXT = N_(
    "Hello %(name)s,\n\na safeguarding lead of %(school)s has opened a sealed name alone, because of immediate danger. "
    "Who did it, when and why stands in the record of what was done. Please ask them about it.\n"
)
ASKED_SUBJECT = N_("Your agreement is asked for")
ASKED_TEXT = N_(
    "Hello %(name)s,\n\na safeguarding lead of %(school)s asks to open one sealed name. Within a day, please say "
    "whether you agree:\n\n%(address)s\n"
)


@dataclass(frozen=True)
class Reached:
    """Somebody to be told."""

    id: UUID
    name: str
    email: str


def tell_of_concern(run: JobRun, *, server: MailServer | None, base_url: str) -> None:
    """Tell the next people on the ladder, and come back when the concern should have been read by then.

    The step is written down before the mail goes out, so that a cut repeats a message rather than a silence.
    """
    concern_id, now = UUID(run.payload["concern"]), datetime.now(UTC)
    with run.database.writing() as session:
        concern = session.get(Concern, concern_id)
        if concern is None or concern.state != "new":
            return
        step = min(concern.told, len(LADDER) - 1)
        people, school = (
            reached(session, concern.school_id, LADDER[step], now),
            session.get_one(School, concern.school_id),
        )
        concern.told += 1
        if concern.told < len(LADDER):
            due = now + IN_TIME[concern.urgency]
            payload = {"concern": str(concern_id), "step": concern.told}
            ledger.enqueue(session, TELL, payload, school_id=concern.school_id, after=due)
    if server is not None:
        words = Translations.load(LOCALES, [school.language])
        for each in people:
            text = words.gettext(TEXT) % {"name": each.name, "school": school.name, "address": f"{base_url}/concerns"}
            server.send(each.email, words.gettext(SUBJECT), text)


def reached(session: Session, school_id: UUID, roles: frozenset[Role], now: datetime) -> list[Reached]:
    """Everyone with one of the roles at the school who has an e-mail address, each once.

    Where nobody is named as the chair, all governors stand in, so that the last step is never empty for want of a name.
    """
    found = _holders(session, school_id, roles, now)
    if Role.CHAIR in roles and not _holders(session, school_id, frozenset({Role.CHAIR}), now):
        found = _holders(session, school_id, roles | {Role.GOVERNOR}, now)
    return found


def _holders(session: Session, school_id: UUID, roles: frozenset[Role], now: datetime) -> list[Reached]:
    rows = session.execute(
        select(Person.id, Person.name, Person.email)
        .distinct()
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.school_id == school_id,
            Membership.role.in_([role.value for role in roles]),
            held_now(now.date()),
            Person.email.is_not(None),
        )
        .order_by(Person.name)
    ).all()
    return [Reached(row.id, row.name, row.email) for row in rows]


def tell_of_opening(run: JobRun, *, server: MailServer | None, base_url: str) -> None:
    """Ask second people to agree to an opening, or tell the head and the chair that one lead opened alone."""
    now, alone = datetime.now(UTC), run.payload["what"] == "alone"
    with run.database.reading() as session:
        found = _opening(session, run)
        if found is None:
            return
        concern, asked_by = found
        school = session.get_one(School, concern.school_id)
        roles = frozenset({Role.HEAD, Role.CHAIR}) if alone else frozenset({Role.HEAD, Role.SAFEGUARDING_LEAD})
        people = [each for each in reached(session, school.id, roles, now) if each.id != asked_by]
        name, words = school.name, Translations.load(LOCALES, [school.language])
    for each in people if server else ():
        values = {"name": each.name, "school": name, "address": f"{base_url}/concerns/openings"}
        subject, text = (ALONE_SUBJECT, ALONE_TEXT) if alone else (ASKED_SUBJECT, ASKED_TEXT)
        server.send(each.email, words.gettext(subject), words.gettext(text) % values)  # type: ignore[union-attr]


def _opening(session: Session, run: JobRun) -> tuple[Concern, UUID | None] | None:
    """The concern, and who asked; None when it is no longer there."""
    if run.payload["what"] == "alone":
        concern = session.get(Concern, UUID(run.payload["concern"]))
        return (concern, None) if concern else None
    wish = session.get(IdentityOpening, UUID(run.payload["opening"]))
    return (session.get_one(Concern, wish.concern_id), wish.asked_by) if wish else None
