"""What chance chose, counts of quotas, permissions for licensed instruments, and what new versions changed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("draw", sa.String(length=400), nullable=True))
    op.add_column("response", sa.Column("draw", sa.String(length=400), nullable=True))
    op.add_column("questionnaire_version", sa.Column("lineage", sa.JSON(), nullable=True))
    op.create_table(
        "quota_count",
        sa.Column("audience_id", sa.Uuid(), nullable=False),
        sa.Column("quota", sa.String(length=80), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], name=op.f("fk_quota_count_audience_id")),
        sa.PrimaryKeyConstraint("audience_id", "quota", name=op.f("pk_quota_count")),
    )
    op.create_table(
        "module_permission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("module", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_module_permission_school_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_module_permission_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_permission")),
        sa.UniqueConstraint("school_id", "digest", name=op.f("uq_module_permission_school_id_digest")),
    )
