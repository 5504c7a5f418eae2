"""Editions, readings of comments, and actions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.CheckConstraint("state in ('planned', 'checking', 'done')", name=op.f("ck_action_state")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_action_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_school_id"), ["school_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("cause", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_edition_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("cause", name=op.f("uq_edition_cause")),
        sa.UniqueConstraint("wave_id", "number", name=op.f("uq_edition_wave_id_number")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "edition_cell",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_cell_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "place", name=op.f("pk_edition_cell")),
    )
    op.create_table(
        "comment_reading",
        sa.Column("comment_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("sentiment", sa.String(length=10), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("safeguarding", sa.Boolean(), nullable=False),
        sa.Column("concerns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_key"], ["comment.key"], name=op.f("fk_comment_reading_comment_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_key", name=op.f("pk_comment_reading")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment_theme",
        sa.Column("comment_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=False),
        sa.Column("sentiment", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_key"], ["comment.key"], name=op.f("fk_comment_theme_comment_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_key", "theme", name=op.f("pk_comment_theme")),
        sqlite_with_rowid=False,
    )
