"""Sealed and open identities, the keys they are sealed to, and what fixes a mode once it is chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ON_SQLITE = (
    """CREATE TRIGGER audience_mode_is_fixed BEFORE UPDATE OF mode ON audience WHEN NEW.mode <> OLD.mode
    BEGIN SELECT RAISE(ABORT, 'the mode of an audience never changes'); END""",
    """CREATE TRIGGER response_without_identity BEFORE INSERT ON response WHEN NEW.identity IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'an anonymous answer has no identity')
    WHERE (SELECT mode FROM audience WHERE id = NEW.audience_id) = 'anonymous'; END""",
)
ON_POSTGRESQL = (
    """CREATE FUNCTION refuse_change_of_mode() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the mode of an audience never changes' USING ERRCODE = 'check_violation'; END $$""",
    """CREATE TRIGGER audience_mode_is_fixed BEFORE UPDATE OF mode ON audience FOR EACH ROW
    WHEN (NEW.mode IS DISTINCT FROM OLD.mode) EXECUTE FUNCTION refuse_change_of_mode()""",
    """CREATE FUNCTION refuse_identity() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF (SELECT mode FROM audience WHERE id = NEW.audience_id) = 'anonymous' THEN
    RAISE EXCEPTION 'an anonymous answer has no identity' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER response_without_identity BEFORE INSERT ON response FOR EACH ROW
    WHEN (NEW.identity IS NOT NULL) EXECUTE FUNCTION refuse_identity()""",
)


def upgrade() -> None:
    op.add_column("response", sa.Column("identity", sa.LargeBinary(), nullable=True))
    op.add_column("concern", sa.Column("identity", sa.LargeBinary(), nullable=True))
    op.create_table(
        "identity_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("public", sa.String(length=80), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("unlocked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_identity_key_school_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_key_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_key")),
        sa.UniqueConstraint("school_id", "person_id", name=op.f("uq_identity_key_school_id_person_id")),
    )
    op.create_table(
        "identity_recovery",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("public", sa.String(length=80), nullable=False),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_identity_recovery_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_identity_recovery")),
    )
    op.create_table(
        "identity_opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("approved_by <> asked_by", name=op.f("ck_identity_opening_two_people")),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_identity_opening_concern_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_identity_opening_asked_by")),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_identity_opening_approved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_opening")),
    )
    op.create_index(op.f("ix_identity_opening_concern_id"), "identity_opening", ["concern_id"])
    for statement in ON_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else ON_SQLITE:
        op.execute(statement)
