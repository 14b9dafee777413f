"""People join and split incidents for good."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Decisions, and the events that they speak of."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("retired", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('join', 'split')", name="ck_decisions_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision_events",
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_decision_events_decision", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("decision", "position", name="pk_decision_events"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_decision_events_document", "decision_events", ["document"], unique=False)


def downgrade() -> None:
    """Without them; what they joined and split stays so until it is linked again."""
    op.drop_table("decision_events")
    op.drop_table("decisions")
