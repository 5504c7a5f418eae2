"""Alembic migrations: one straight line, forward only."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from stakeholder.db import Database


def alembic_config() -> Config:
    """Alembic's settings, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def upgrade(database: Database) -> None:
    """Run every migration that this database has not seen yet."""
    with database.writing() as session:
        config = alembic_config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest migration."""
    return revision(database) == ScriptDirectory.from_config(alembic_config()).get_current_head()


def is_newer(database: Database) -> bool:
    """Whether a newer program has migrated this database: it stands at a migration that is not known here."""
    return not knows(revision(database))


def knows(version: str | None) -> bool:
    """Whether a migration is one of this program's; None, before the first, is."""
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    return version in known | {None}


def revision(database: Database) -> str | None:
    """The migration that the database stands at, None before the first."""
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()
