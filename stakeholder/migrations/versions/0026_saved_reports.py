"""Reports that are saved selections of views, whom they are shown to, and heads who see a wave from a day on."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

CIRCLES = "circle in ('governors', 'researchers', 'staff', 'students', 'families', 'everyone')"
STEPS = "circle in ('heads', 'governors', 'researchers', 'families')"
WHOSE = "(SELECT nullif(current_setting('stakeholder.school', true), ''))"
WALLS = {
    "saved_report": f"school_id::text = {WHOSE}",
    "report_sharing": "report_id IN (SELECT id FROM saved_report)",
}


def upgrade() -> None:
    op.create_table(
        "saved_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_saved_report_school_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_report_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_report")),
    )
    op.create_index(op.f("ix_saved_report_school_id"), "saved_report", ["school_id"])
    op.create_table(
        "report_sharing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("circle", sa.String(length=12), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("token", sa.String(length=60), nullable=True),
        sa.CheckConstraint(CIRCLES, name=op.f("ck_report_sharing_circle")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["saved_report.id"], name=op.f("fk_report_sharing_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sharing")),
        sa.UniqueConstraint("token", name=op.f("uq_report_sharing_token")),
        sa.UniqueConstraint("report_id", "circle", name=op.f("uq_report_sharing_report_id_circle")),
    )
    with op.batch_alter_table("sharing") as table:
        table.drop_constraint(op.f("ck_sharing_circle"), type_="check")
        table.create_check_constraint(op.f("ck_sharing_circle"), STEPS)
    if op.get_bind().dialect.name == "postgresql":
        _wall()


def _wall() -> None:
    for table, condition in WALLS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_school ON {table} USING ({WHOSE} = 'all' OR {condition})")
