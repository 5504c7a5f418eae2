"""Who sees a wave's results, and from which day; whoever saw them before goes on seeing them."""

from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sharing = op.create_table(
        "sharing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=False),
        sa.Column("circle", sa.String(length=12), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("token", sa.String(length=60), nullable=True),
        sa.CheckConstraint("circle in ('governors', 'researchers', 'families')", name=op.f("ck_sharing_circle")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_sharing_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing")),
        sa.UniqueConstraint("token", name=op.f("uq_sharing_token")),
        sa.UniqueConstraint("wave_id", "circle", name=op.f("uq_sharing_wave_id_circle")),
    )
    op.create_index(op.f("ix_sharing_wave_id"), "sharing", ["wave_id"])
    counted = sa.table("edition", sa.column("wave_id", sa.Uuid()))
    waves = op.get_bind().execute(sa.select(counted.c.wave_id).distinct()).scalars().all()
    rows = [
        {"id": uuid4(), "wave_id": wave, "circle": circle, "from_day": date(2000, 1, 1), "token": None}
        for wave in waves
        for circle in ("governors", "researchers")
    ]
    if rows:
        op.bulk_insert(sharing, rows)
