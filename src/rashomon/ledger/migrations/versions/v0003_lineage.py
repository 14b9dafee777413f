"""What copied text is found by, what documents share, and the lines that a publisher repeats."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _number(name: str, kind: type[sa.Integer] = sa.Integer) -> sa.Column[int]:
    return sa.Column(name, kind(), autoincrement=False, nullable=False)


def upgrade() -> None:
    """Prints with their signs and lines, and what comes of them. Documents linked before wait for linking again."""
    op.create_table(
        "prints",
        _number("document"),
        sa.Column("made", sa.String(length=32), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("body", "signs", "lines")),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_prints_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_prints"),
    )
    op.create_index("ix_prints_made", "prints", ["made"], unique=False)
    op.create_table(
        "print_signs",
        _number("sign", sa.BigInteger),
        _number("document"),
        sa.PrimaryKeyConstraint("sign", "document", name="pk_print_signs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "common_signs",
        _number("sign", sa.BigInteger),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sign", name="pk_common_signs"),
    )
    op.create_table(
        "line_uses",
        _number("line", sa.BigInteger),
        _number("document"),
        sa.Column("text", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("line", "document", name="pk_line_uses"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "to_trace",
        _number("document"),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_to_trace_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_to_trace"),
    )
    op.create_table(
        "repeated_lines",
        _number("line", sa.BigInteger),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("documents", "least_texts", "least_days")),
        sa.PrimaryKeyConstraint("line", name="pk_repeated_lines"),
    )
    op.create_index("ix_repeated_lines_publisher", "repeated_lines", ["publisher"], unique=False)
    op.create_table(
        "reuses",
        _number("a"),
        _number("b"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["documents.number"], name="fk_reuses_a", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["documents.number"], name="fk_reuses_b", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_reuses"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reuses_b", "reuses", ["b"], unique=False)
    waiting = "SELECT document FROM readings WHERE retired IS NULL AND document NOT IN (SELECT document FROM to_link)"
    op.execute(sa.text(f"INSERT INTO to_link (document) {waiting}"))


def downgrade() -> None:
    """Without them; what is linked stays linked."""
    for table in ("reuses", "repeated_lines", "to_trace", "line_uses", "common_signs", "print_signs", "prints"):
        op.drop_table(table)
