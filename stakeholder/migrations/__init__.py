"""Alembic migrations: one straight line, forward only."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from stakeholder.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "versions"


def known_revisions() -> tuple[str, ...]:
    """Every migration in order, by the number its file's name begins with.

    Read without Alembic, which takes half a second to load: every command and every start of a server asks.
    """
    return tuple(sorted(file.name.split("_")[0] for file in VERSIONS.glob("[0-9]*_*.py")))


def alembic_config() -> "Config":
    """Alembic's settings, without an ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def upgrade(database: Database) -> None:
    """Run every migration that this database has not seen yet."""
    from alembic import command

    with database.writing() as session:
        config = alembic_config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest migration."""
    return revision(database) == known_revisions()[-1]


def is_newer(database: Database) -> bool:
    """Whether a newer program has migrated this database: it stands at a migration that is not known here."""
    return not knows(revision(database))


def knows(version: str | None) -> bool:
    """Whether a migration is one of this program's; None, before the first, is."""
    return version in {*known_revisions(), None}


def revision(database: Database) -> str | None:
    """The migration that the database stands at, None before the first."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
        return found
