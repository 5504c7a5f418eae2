"""Run by Alembic: migrate over the connection that `upgrade` brings."""

from alembic import context

from stakeholder.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
