"""How long a school keeps each kind of data, and whom to ask about it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "protection",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_protection_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_protection")),
    )
