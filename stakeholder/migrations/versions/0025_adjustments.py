"""What a school's people taught the model."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "school_adjustment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("model", sa.String(length=16), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('tried', 'used', 'undone')", name=op.f("ck_school_adjustment_state")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_adjustment_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_adjustment")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_school_adjustment_school_id_number")),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    whose = "(SELECT nullif(current_setting('stakeholder.school', true), ''))"
    op.execute("ALTER TABLE school_adjustment ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE school_adjustment FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_school ON school_adjustment USING ({whose} = 'all' OR school_id::text = {whose})")
