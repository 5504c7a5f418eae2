"""The job that mails a sign-in link: the link is made while sending, and only its hash stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from babel.support import Translations

from stakeholder.jobs.worker import JobRun
from stakeholder.localised import N_
from stakeholder.mail import MailServer
from stakeholder.models import Person, School
from stakeholder.signing_in import make_link

LOCALES = Path(__file__).parent / "locales"
STALE = timedelta(hours=1)
SUBJECT = N_("Your way in to Stakeholder Voice")
TEXT = N_(
    "Hello %(name)s,\n\nopen this address to see the results of %(school)s. It works once, for 15 minutes:\n\n"
    "%(address)s\n\nIf you did not ask for it, do nothing: nobody gets in without this message.\n"
)


def send_sign_in_link(run: JobRun, *, server: MailServer | None, secret: str, base_url: str) -> None:
    """Make a new link and mail it, unless it was asked for more than an hour ago or no mail is sent here."""
    asked = datetime.fromisoformat(run.payload["asked"])
    now = datetime.now(UTC)
    if server is None or now - asked > STALE:
        return
    person_id, school_id = UUID(run.payload["person"]), UUID(run.payload["school"])
    with run.database.writing() as session:
        person, school = session.get_one(Person, person_id), session.get_one(School, school_id)
        token = make_link(session, person_id, school_id, secret=secret, now=now)
    if person.email:
        subject, text = written(person.name, school.name, f"{base_url}/sign-in/{token}", school.language)
        server.send(person.email, subject, text)


def written(name: str, school: str, address: str, language: str) -> tuple[str, str]:
    """Subject and text of the message in a language, else in English."""
    words = Translations.load(LOCALES, [language])
    text = words.gettext(TEXT) % {"name": name, "school": school, "address": address}
    return words.gettext(SUBJECT), text
