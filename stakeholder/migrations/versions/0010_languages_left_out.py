"""Why an audience is not asked in a language that its questionnaire offers."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audience", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.JSON(none_as_null=True), nullable=True))
