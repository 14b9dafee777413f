"""The ledger's books: a row for each statement of control, pledge, forecast and name."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The rows; whoever brings a ledger up to date fills them from the readings that it holds."""
    op.create_table(
        "statements",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("book", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=True),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_statements_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "book", "position", name="pk_statements"),
        sa.UniqueConstraint("key", name="uq_statements_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_statements_book", "statements", ["book", "place"], unique=False)


def downgrade() -> None:
    """Without them: the readings hold all of it."""
    op.drop_table("statements")
