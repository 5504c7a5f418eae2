"""Concerns, what was done about them, the daily look, and comments that raised one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comment", sa.Column("hidden", sa.Boolean(), nullable=True))
    op.create_table(
        "concern",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("wave_title", sa.String(length=200), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=False),
        sa.Column("question_key", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("source", sa.LargeBinary(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("spots", sa.JSON(), nullable=False),
        sa.Column("urgency", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind in ('comment', 'talk')", name=op.f("ck_concern_kind")),
        sa.CheckConstraint("urgency in ('danger', 'other')", name=op.f("ck_concern_urgency")),
        sa.CheckConstraint("state in ('new', 'read', 'closed')", name=op.f("ck_concern_state")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_concern_school_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["person.id"], name=op.f("fk_concern_handler_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("source", name=op.f("uq_concern_source")),
    )
    op.create_index(op.f("ix_concern_school_id"), "concern", ["school_id"])
    op.create_index(op.f("ix_concern_state"), "concern", ["state"])
    op.create_table(
        "concern_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_concern_step_concern_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_concern_step_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_step")),
    )
    op.create_index(op.f("ix_concern_step_concern_id"), "concern_step", ["concern_id"])
    op.create_table(
        "day_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_day_look_school_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_day_look_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_look")),
        sa.UniqueConstraint("school_id", "day", name=op.f("uq_day_look_school_id_day")),
    )
