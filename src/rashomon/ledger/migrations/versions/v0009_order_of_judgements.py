"""Judgements keep the order in which they were made, also within one second."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A number each; those that are there are numbered by the second in which they were made."""
    op.add_column("judgements", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE judgements SET number = (SELECT count(*) FROM judgements AS before WHERE before.decided < judgements.decided"
        " OR (before.decided = judgements.decided AND before.id <= judgements.id))"
    )


def downgrade() -> None:
    """Without them."""
    op.drop_column("judgements", "number")
