"""The roll of a school, and one that waits for a decision."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("given", sa.String(length=100), nullable=False),
        sa.Column("family", sa.String(length=100), nullable=False),
        sa.Column("known_as", sa.String(length=100), nullable=False),
        sa.Column("year", sa.String(length=4), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("left_out", sa.String(length=8), nullable=False),
        sa.Column("children", sa.JSON(), nullable=False),
        sa.CheckConstraint("left_out in ('', 'parent', 'pupil', 'absent')", name=op.f("ck_member_left_out")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_member_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("school_id", "group", "number", name=op.f("uq_member_school_id_group_number")),
    )
    op.create_index(op.f("ix_member_school_id"), "member", ["school_id"])
    op.create_table(
        "waiting_roll",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_waiting_roll_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_waiting_roll")),
    )
