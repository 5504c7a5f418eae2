"""Row-level security on PostgreSQL: a request of one school's staff reaches that school's rows only.

The setting `stakeholder.school` says whose rows a transaction may reach: a school's id, or 'all' for work that
belongs to no school's staff. Without it nothing is reached.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OF_SCHOOL = (
    "accepted_risk", "action", "api_key", "checked_wording", "concern", "day_look", "explorer_note", "identity_key",
    "identity_recovery", "member", "membership", "module_permission", "protection", "roster_name", "school_codebook",
    "sketch", "theme_suggestion", "waiting_roll", "wave",
)  # fmt: skip
OF_WAVE = ("audience", "comment_sample", "edition", "rounding_key", "sharing")
OF_AUDIENCE = (
    "ballot", "comment", "draft", "invitation", "mailing", "quota_count", "response", "spent", "stratum_count",
    "way_in",
)  # fmt: skip
OF_COMMENT = ("comment_coding", "comment_reading", "comment_theme", "quote")
OF_OTHERS = {
    "concern_step": ("concern_id", "concern"),
    "identity_opening": ("concern_id", "concern"),
    "edition_cell": ("edition_id", "edition"),
    "sketch_save": ("sketch_id", "sketch"),
    "sketch_note": ("sketch_id", "sketch"),
}
WHOSE = "(SELECT nullif(current_setting('stakeholder.school', true), ''))"


def conditions() -> dict[str, str]:
    """For each table, when a row belongs to the school of the setting."""
    found = dict.fromkeys(OF_SCHOOL, f"school_id::text = {WHOSE}")
    found |= dict.fromkeys(OF_WAVE, "wave_id IN (SELECT id FROM wave)")
    found |= dict.fromkeys(OF_AUDIENCE, "audience_id IN (SELECT id FROM audience)")
    found |= {table: f"EXISTS (SELECT 1 FROM comment WHERE comment.key = {table}.comment_key)" for table in OF_COMMENT}  # noqa: S608
    return found | {table: f"{key} IN (SELECT id FROM {parent})" for table, (key, parent) in OF_OTHERS.items()}  # noqa: S608


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, condition in conditions().items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_school ON {table} USING ({WHOSE} = 'all' OR {condition})")
