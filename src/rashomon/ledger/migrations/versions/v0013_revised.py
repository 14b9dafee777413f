"""What was changed later is kept, document by document, instead of being looked for at each request."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables; every document that is linked waits to be looked through, which the next linking does."""
    reference = ["documents.number"]
    op.create_table(
        "revised",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("later", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], reference, name="fk_revised_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_revised"),
    )
    op.create_index("ix_revised_made", "revised", ["made"], unique=False)
    op.create_table(
        "to_revise",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["document"], reference, name="fk_to_revise_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_to_revise"),
    )
    linked = "SELECT document FROM readings WHERE retired IS NULL AND document NOT IN (SELECT document FROM to_link)"
    op.execute(sa.text(f"INSERT INTO to_revise (document, asked) SELECT document, 1 FROM ({linked}) AS linked"))


def downgrade() -> None:
    """Without them; they are looked for at each request again."""
    op.drop_table("to_revise")
    op.drop_table("revised")
