"""Migrations: one straight line that ends where the models are, on both databases."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

import analysis.comments.models
import analysis.concerns.models
import analysis.enquiry.models
import analysis.models  # noqa: F401 - these imports register the tables
import stakeholder.api_keys.models
import stakeholder.models
import stakeholder.outside.models
import stakeholder.protection.models
import stakeholder.signing_in_models  # noqa: F401
import surveys.designing.models
import surveys.identities.models
import surveys.inviting.models
import surveys.models
import surveys.roll.models  # noqa: F401
from stakeholder.db import Base, Database
from stakeholder.migrations import alembic_config, is_current, known_revisions


def differences(connection: Connection) -> list[tuple[str, SchemaItem]]:
    """What Alembic would still have to change."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    found: list[tuple[str, SchemaItem]] = compare_metadata(context, Base.metadata)
    return found


def test_migrations_and_models_agree(database: Database) -> None:
    with database.reading() as session:
        assert differences(session.connection()) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    database.upgrade()
    assert is_current(database)


def test_migrations_stand_in_one_line_and_only_go_forward() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert len(scripts.get_heads()) == 1
    assert all(not script.is_branch_point for script in scripts.walk_revisions())
    assert all("def downgrade" not in Path(script.path).read_text() for script in scripts.walk_revisions())


def test_the_numbers_of_their_files_are_the_migrations_in_order() -> None:
    walked = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()]
    assert list(known_revisions()) == walked[::-1]
