"""Enquiries: processes of a school's own, who takes part, what they write, cite and give to others."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _runs()
    _writing()
    _giving()
    if op.get_bind().dialect.name == "postgresql":
        _wall()


WHOSE = "(SELECT nullif(current_setting('stakeholder.school', true), ''))"
TAKES_PART = f"SELECT enquiry_id FROM enquiry_school WHERE left_on IS NULL AND school_id::text = {WHOSE}"  # noqa: S608
WALLS = {
    "process_model": f"school_id::text = {WHOSE}",
    "enquiry": f"school_id::text = {WHOSE} OR id IN ({TAKES_PART})",
    "enquiry_member": f"enquiry_id IN ({TAKES_PART})",
    "stage_done": f"enquiry_id IN ({TAKES_PART})",
    "enquiry_evidence": f"enquiry_id IN ({TAKES_PART})",
    "enquiry_entry": f"enquiry_id IN ({TAKES_PART})",
    "report_release": f"enquiry_id IN ({TAKES_PART})",
    "claim_link": "claim_id IN (SELECT id FROM enquiry_entry)",
}
"""A row is there for the schools that take part in its enquiry."""


def _wall() -> None:
    for table, condition in WALLS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_school ON {table} USING ({WHOSE} = 'all' OR {condition})")


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _refers(table: str, column: str, to: str, *, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=gone)


def _of_enquiry(table: str) -> sa.ForeignKeyConstraint:
    return _refers(table, "enquiry_id", "enquiry", gone="CASCADE")


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _runs() -> None:
    op.create_table(
        "process_model",
        _id(),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _refers("process_model", "school_id", "school"),
        _key("process_model"),
        sa.UniqueConstraint("school_id", "key", name=op.f("uq_process_model_school_id_key")),
    )
    op.create_table(
        "enquiry",
        _id(),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("after_id", sa.Uuid(), nullable=True),
        _refers("enquiry", "school_id", "school"),
        _refers("enquiry", "begun_by", "person", gone="SET NULL"),
        _refers("enquiry", "after_id", "enquiry", gone="SET NULL"),
        _key("enquiry"),
        sa.UniqueConstraint("code", name=op.f("uq_enquiry_code")),
    )
    _index("enquiry", "school_id")
    op.create_table(
        "enquiry_school",
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("is_host", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        _of_enquiry("enquiry_school"),
        _refers("enquiry_school", "school_id", "school"),
        _key("enquiry_school", "enquiry_id", "school_id"),
    )
    _index("enquiry_school", "school_id")
    op.create_table(
        "enquiry_member",
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=60), nullable=False),
        _of_enquiry("enquiry_member"),
        _refers("enquiry_member", "person_id", "person", gone="CASCADE"),
        _refers("enquiry_member", "school_id", "school"),
        _key("enquiry_member", "enquiry_id", "person_id", "school_id", "part"),
    )
    _index("enquiry_member", "person_id")
    op.create_table(
        "stage_done",
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        _of_enquiry("stage_done"),
        _refers("stage_done", "person_id", "person", gone="SET NULL"),
        _key("stage_done", "enquiry_id", "stage"),
    )


def _writing() -> None:
    op.create_table(
        "enquiry_evidence",
        _id(),
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("artefact", sa.String(length=60), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("wave_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("strand", sa.String(length=80), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(wave_id is null) <> (kind <> 'elsewhere')", name=op.f("ck_enquiry_evidence_one_source")),
        sa.CheckConstraint("kind in ('item', 'score', 'elsewhere')", name=op.f("ck_enquiry_evidence_kind")),
        _of_enquiry("enquiry_evidence"),
        _refers("enquiry_evidence", "school_id", "school"),
        _refers("enquiry_evidence", "person_id", "person", gone="SET NULL"),
        _refers("enquiry_evidence", "wave_id", "wave", gone="CASCADE"),
        _key("enquiry_evidence"),
    )
    _index("enquiry_evidence", "enquiry_id")
    op.create_table(
        "enquiry_entry",
        _id(),
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("artefact", sa.String(length=60), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heading", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        _of_enquiry("enquiry_entry"),
        _refers("enquiry_entry", "school_id", "school"),
        _refers("enquiry_entry", "person_id", "person", gone="SET NULL"),
        _refers("enquiry_entry", "about_id", "enquiry_entry", gone="CASCADE"),
        _refers("enquiry_entry", "evidence_id", "enquiry_evidence", gone="CASCADE"),
        _key("enquiry_entry"),
    )
    for column in ("enquiry_id", "about_id", "evidence_id"):
        _index("enquiry_entry", column)


def _giving() -> None:
    op.create_table(
        "claim_link",
        _id(),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("against", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(evidence_id is null) <> (note_id is null)", name=op.f("ck_claim_link_one_end")),
        _refers("claim_link", "claim_id", "enquiry_entry", gone="CASCADE"),
        _refers("claim_link", "evidence_id", "enquiry_evidence", gone="CASCADE"),
        _refers("claim_link", "note_id", "enquiry_entry", gone="CASCADE"),
        _key("claim_link"),
    )
    _index("claim_link", "claim_id")
    op.create_table(
        "report_release",
        _id(),
        sa.Column("enquiry_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("token", sa.String(length=60), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        _of_enquiry("report_release"),
        _refers("report_release", "person_id", "person", gone="SET NULL"),
        _key("report_release"),
        sa.UniqueConstraint("token", name=op.f("uq_report_release_token")),
    )
    _index("report_release", "enquiry_id")
