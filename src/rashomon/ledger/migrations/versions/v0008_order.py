"""Decisions keep the order in which they were made, also within one second."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A number each; those that are there are numbered by the second in which they were made."""
    op.add_column("decisions", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE decisions SET number = (SELECT count(*) FROM decisions AS before WHERE before.decided < decisions.decided"
        " OR (before.decided = decisions.decided AND before.id <= decisions.id))"
    )


def downgrade() -> None:
    """Without them."""
    op.drop_column("decisions", "number")
