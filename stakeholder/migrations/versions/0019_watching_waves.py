"""Counts of answers by stratum, the last day that answers are hoped for, and numbers that follow the roll."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stratum_count",
        sa.Column("audience_id", sa.Uuid(), nullable=False),
        sa.Column("stratum", sa.String(length=200), nullable=False),
        sa.Column("breakdown", sa.String(length=120), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_stratum_count_audience_id")),
        sa.PrimaryKeyConstraint("audience_id", "stratum", name=op.f("pk_stratum_count")),
    )
    op.add_column("wave", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("audience", sa.Column("from_roll", sa.Boolean(), nullable=True))
    op.add_column("audience", sa.Column("target", sa.Integer(), nullable=True))
