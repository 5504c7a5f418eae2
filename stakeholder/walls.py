"""The second wall on PostgreSQL: row-level security, told by each transaction whose rows it may reach.

Queries of staff name their school; the wall stands behind them for the day when one forgets to. Connections begin with
'all', because respondents, workers and commands belong to no school's staff, and so cost nothing more; a transaction of
a signed-in request is narrowed to the viewer's school. On SQLite, which is for one school, there is no such wall.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
ONLY_ADDED = ("audit_event",)
_NARROW = text("SELECT set_config('stakeholder.school', :whose, true)")
_TO_WHOM = text("SELECT current_setting('stakeholder.school', true)")


def wall_in(engine: Engine) -> None:
    """Let the engine's connections reach every school until a transaction is narrowed."""

    @event.listens_for(engine, "connect")
    def begin(connection: Any, _record: object) -> None:
        connection.execute("SELECT set_config('stakeholder.school', 'all', false)")
        connection.commit()


def narrow(session: Session, school_id: UUID | None) -> None:
    """From now to the end of its transaction the session reaches this school's rows only; with None it stays wide."""
    if school_id is not None and _is_walled(session):
        session.execute(_NARROW, {"whose": str(school_id)})


@contextmanager
def everywhere(session: Session) -> Iterator[None]:
    """Inside, a narrowed session reaches every school: to see whether somebody still holds a role at another."""
    if not _is_walled(session):
        yield
        return
    before = session.execute(_TO_WHOM).scalar_one()
    session.execute(_NARROW, {"whose": "all"})
    yield
    session.execute(_NARROW, {"whose": before})


def grant_to(session: Session, role: str) -> None:
    """Let a role, which owns nothing, do the application's work; it adds to the audit chain and never changes it.

    Raises Invalid on SQLite, and for a role that could walk round the wall or is none.
    """
    if not _is_walled(session):
        raise Invalid("SQLite has no roles. This is for PostgreSQL.")
    if not ROLE.fullmatch(role):
        raise Invalid("Write the role in small letters, digits and underscores.")
    found = session.execute(text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = :role"), {"role": role})
    strong = found.scalar()
    if strong is None:
        raise Invalid(f"There is no role '{role}'. Make it first: CREATE ROLE {role} LOGIN PASSWORD '...'")
    if strong:
        raise Invalid(f"The role '{role}' walks round every wall: it is a superuser, or has BYPASSRLS.")
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f"REVOKE UPDATE, DELETE ON {table} FROM {role}" for table in ONLY_ADDED),
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    ):
        session.execute(text(statement))


def _is_walled(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
