"""Plain makers with sensible defaults, for tests of services and of the whole."""

import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from stakeholder.models import Membership, Person, School
from stakeholder.roles import Role
from stakeholder.schools import command_line_viewer, make_school
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire
from surveys.loading import load_questionnaire
from surveys.models import KEY_BYTES, Audience, Ballot, Wave
from surveys.published import publish
from surveys.waves import open_link

QUESTIONNAIRES = Path(__file__).parent / "questionnaires"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def questionnaire(name: str = "tiny") -> Questionnaire:
    """A questionnaire of tests/questionnaires."""
    path = QUESTIONNAIRES / f"{name}.yaml"
    return load_questionnaire(path.read_text(encoding="utf-8"), source=path.name)


def school(session: Session, name: str = "Hill School") -> School:
    """A school with the default groups."""
    return make_school(session, name)


def lead(somewhere: School) -> Viewer:
    """Dev, who runs surveys at this school."""
    return command_line_viewer(somewhere.id)


def person(session: Session, somewhere: School, name: str, role: Role) -> Person:
    """Someone with a role at a school."""
    someone = Person(name=name, email=f"{name.lower()}@{somewhere.slug}.example")
    session.add(someone)
    session.flush()
    session.add(Membership(person_id=someone.id, school_id=somewhere.id, role=role))
    session.flush()
    return someone


def open_audience(session: Session, somewhere: School, name: str = "tiny", *, group: str = "student") -> Audience:
    """An open wave with one audience that is asked a questionnaire of tests/questionnaires."""
    publish(session, lead(somewhere), questionnaire(name), now=NOW)
    return open_link(session, lead(somewhere), name, group, now=NOW)


def wave_of(session: Session, audience: Audience) -> Wave:
    """The wave an audience belongs to."""
    return session.get_one(Wave, audience.wave_id)


def cast_ballots(session: Session, audience_id: UUID, count: int) -> None:
    """Put `count` submissions into the ballot box, numbered in their answers and in their comments."""
    rows = [
        row
        for number in range(count)
        for row in (
            _ballot(audience_id, "answers", {"language": "en", "answers": {"safe": "agree", "hours": number}}),
            _ballot(
                audience_id, "comment", {"language": "en", "question": "better", "text": f"More of number {number}."}
            ),
        )
    ]
    session.execute(insert(Ballot), rows)


def _ballot(audience_id: UUID, kind: str, body: dict[str, object]) -> dict[str, object]:
    return {
        "key": secrets.token_bytes(KEY_BYTES),
        "audience_id": audience_id,
        "kind": kind,
        "body": json.dumps(body).encode(),
    }
