"""What makes counts of one wave round alike, and what the next edition needs to know of the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rounding_key",
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_rounding_key_wave_id")),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_rounding_key")),
    )
    op.execute("DELETE FROM edition_cell")  # exact counts are shown nowhere any more
    op.execute("DELETE FROM edition")
    with op.batch_alter_table("edition_cell", schema=None) as batch_op:
        batch_op.add_column(sa.Column("people", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("members", sa.LargeBinary(length=16), nullable=False))
