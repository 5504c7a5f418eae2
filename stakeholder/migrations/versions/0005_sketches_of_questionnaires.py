"""Sketches of questionnaires with their saves and notes, checked translations, accepted risks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sketch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("published_save", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_sketch_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sketch")),
        sa.UniqueConstraint("school_id", "key", name=op.f("uq_sketch_school_id_key")),
    )
    op.create_table(
        "sketch_save",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sketch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sketch_save_person_id")),
        sa.ForeignKeyConstraint(["sketch_id"], ["sketch.id"], name=op.f("fk_sketch_save_sketch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sketch_save")),
        sa.UniqueConstraint("sketch_id", "number", name=op.f("uq_sketch_save_sketch_id_number")),
    )
    op.create_table(
        "sketch_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sketch_id", sa.Uuid(), nullable=False),
        sa.Column("question_key", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state in ('open', 'settled')", name=op.f("ck_sketch_note_state")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sketch_note_person_id")),
        sa.ForeignKeyConstraint(["sketch_id"], ["sketch.id"], name=op.f("fk_sketch_note_sketch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sketch_note")),
    )
    op.create_index(op.f("ix_sketch_note_sketch_id"), "sketch_note", ["sketch_id"])
    op.create_table(
        "checked_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("pair", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_checked_wording_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_checked_wording_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_wording")),
        sa.UniqueConstraint("school_id", "language", "pair", name=op.f("uq_checked_wording_school_id_language_pair")),
    )
    op.create_table(
        "accepted_risk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_key", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_accepted_risk_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_accepted_risk_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_risk")),
        sa.UniqueConstraint(
            "school_id", "questionnaire_key", "language",
            name=op.f("uq_accepted_risk_school_id_questionnaire_key_language"),
        ),
    )  # fmt: skip
