"""What documents are linked by is kept, so that a new one is compared with its like alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sketches, signs and edges. Documents linked before have none yet and wait for linking again."""
    op.create_table(
        "sketches",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_sketches_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_sketches"),
    )
    op.create_index("ix_sketches_made", "sketches", ["made"], unique=False)
    op.create_table(
        "signs",
        sa.Column("sign", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_signs_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sign", "document", name="pk_signs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_signs_document", "signs", ["document"], unique=False)
    op.create_table(
        "edges",
        sa.Column("a", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("b", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["a"], ["documents.number"], name="fk_edges_a", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["documents.number"], name="fk_edges_b", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_edges"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_edges_b", "edges", ["b"], unique=False)
    waiting = "SELECT document FROM readings WHERE retired IS NULL AND document NOT IN (SELECT document FROM to_link)"
    op.execute(sa.text(f"INSERT INTO to_link (document) {waiting}"))


def downgrade() -> None:
    """Without them; what is linked stays linked."""
    for table in ("edges", "signs", "sketches"):
        op.drop_table(table)
