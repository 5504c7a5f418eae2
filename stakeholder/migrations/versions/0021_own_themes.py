"""A school's own themes in versions, and groups of comments that are offered as themes."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "school_codebook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_codebook_school_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_school_codebook_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_codebook")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_school_codebook_school_id_number")),
    )
    op.create_table(
        "theme_suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("sure", sa.JSON(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("theme", sa.String(length=80), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('offered', 'accepted', 'merged', 'split', 'dismissed')", name=op.f("ck_theme_suggestion_state")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_theme_suggestion_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_suggestion")),
    )
    op.create_index(op.f("ix_theme_suggestion_school_id"), "theme_suggestion", ["school_id"])
