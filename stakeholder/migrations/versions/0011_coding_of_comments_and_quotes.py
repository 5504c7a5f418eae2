"""What people make of comments: codings, random samples, quotes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_coding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("comment_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("sentiment", sa.String(length=10), nullable=True),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("codebook", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("purpose in ('blind', 'correction', 'adjudicated')", name=op.f("ck_comment_coding_purpose")),
        sa.ForeignKeyConstraint(
            ["comment_key"], ["comment.key"], name=op.f("fk_comment_coding_comment_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["person.id"], name=op.f("fk_comment_coding_coder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_coding")),
        sa.UniqueConstraint(
            "comment_key", "coder_id", "purpose", name=op.f("uq_comment_coding_comment_key_coder_id_purpose")
        ),
    )
    op.create_index(op.f("ix_comment_coding_comment_key"), "comment_coding", ["comment_key"])
    op.create_table(
        "comment_sample",
        sa.Column("comment_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_key"], ["comment.key"], name=op.f("fk_comment_sample_comment_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_comment_sample_wave_id")),
        sa.PrimaryKeyConstraint("comment_key", name=op.f("pk_comment_sample")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_comment_sample_wave_id"), "comment_sample", ["wave_id"])
    op.create_table(
        "quote",
        sa.Column("comment_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("chosen_by", sa.Uuid(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_key"], ["comment.key"], name=op.f("fk_quote_comment_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["chosen_by"], ["person.id"], name=op.f("fk_quote_chosen_by")),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_quote_released_by")),
        sa.PrimaryKeyConstraint("comment_key", name=op.f("pk_quote")),
        sqlite_with_rowid=False,
    )
