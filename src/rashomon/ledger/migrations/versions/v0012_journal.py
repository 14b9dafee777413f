"""What is watched, and the journal of what was fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "feeds",
        sa.Column("address", sa.Text(), nullable=False),
        *_texts("parent", "moved", "kind", "title", "etag", "modified", "asked", "reason"),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_feeds"),
    )
    op.create_table(
        "pages",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        *_texts("address"),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        *_texts("found", "asked", "result"),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        sa.Column("kept", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_pages"),
        sa.UniqueConstraint("id", name="uq_pages_id"),
    )
    op.create_index("ix_pages_state_host_due", "pages", ["state", "host", "due"], unique=False)


def downgrade() -> None:
    """Without them."""
    op.drop_table("pages")
    op.drop_table("feeds")
