"""Links of classes and slips, and by which of them answers came."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "way_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("audience_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("token", sa.String(length=60), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_way_in_audience_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_in")),
        sa.UniqueConstraint("audience_id", "title", name=op.f("uq_way_in_audience_id_title")),
        sa.UniqueConstraint("token", name=op.f("uq_way_in_token")),
    )
    op.add_column("spent", sa.Column("way_id", sa.Uuid(), nullable=True))
