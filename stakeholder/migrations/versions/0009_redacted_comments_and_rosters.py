"""Comments without names beside those that were written, why they were read so, and the names of a school."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind in ('staff_name', 'pupil_name', 'no_name')", name=op.f("ck_roster_name_kind")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_roster_name_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_name")),
        sa.UniqueConstraint("school_id", "name", "kind", name=op.f("uq_roster_name_school_id_name_kind")),
    )
    op.create_index(op.f("ix_roster_name_school_id"), "roster_name", ["school_id"])
    for column in (
        sa.Column("redacted", sa.Text(), nullable=True),
        sa.Column("doubtful", sa.Integer(), nullable=True),
        sa.Column("version", sa.String(length=32), nullable=True),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("sure", sa.Boolean(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=True),
        sa.Column("machine", sa.JSON(), nullable=True),
        sa.Column("by_person", sa.Boolean(), nullable=True),
    ):
        op.add_column("comment_reading", column)
