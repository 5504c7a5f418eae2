"""The first run: whoever holds the set-up code, which only the server's owner can see, names the first people."""

import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.errors import NotFound
from stakeholder.models import Membership, Person, School
from stakeholder.people import add_person
from stakeholder.roles import Role
from stakeholder.schools import make_school
from stakeholder.viewer import Viewer

CODE_BYTES = 12
FIRST_ROLES = (Role.SCHOOL_ADMIN, Role.SURVEY_LEAD)


def is_first_run(session: Session) -> bool:
    """Whether nobody has a role anywhere yet."""
    return session.execute(select(func.count()).select_from(Membership)).scalar_one() == 0


def set_up_code(data_dir: Path) -> str:
    """The code that the wizard asks for: made once, readable by the server's owner only."""
    path = data_dir / "keys" / "set-up-code"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_hex(CODE_BYTES))
    except FileExistsError:
        pass
    return path.read_text().strip()


def begin(session: Session, *, school: str, name: str, email: str, now: datetime) -> tuple[Person, School]:
    """Name the school and its first administrator, who also leads surveys until others are named.

    Raises NotFound when somebody has a role already, Invalid for a name or address that cannot be one.
    """
    if not is_first_run(session):
        raise NotFound("This was done already.")
    here = session.scalars(select(School).order_by(School.slug)).first()
    if here is None:
        here = make_school(session, school)
    else:
        here.name = school
    viewer = Viewer(school_id=here.id, name="first run", roles=frozenset({Role.SCHOOL_ADMIN}))
    person = [add_person(session, viewer, name=name, email=email, role=role, now=now) for role in FIRST_ROLES][0]
    return person, here
