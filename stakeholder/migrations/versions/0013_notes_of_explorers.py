"""Notes kept with a view of the results, and comparisons planned before there were any."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "explorer_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("view", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('note', 'plan')", name=op.f("ck_explorer_note_kind")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_explorer_note_school_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_explorer_note_person_id")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_explorer_note_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explorer_note")),
    )
    op.create_index(op.f("ix_explorer_note_wave_id"), "explorer_note", ["wave_id"])
