"""Folders with private notes, and saved searches: each person's own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables that nothing but their own page reads."""
    op.create_table(
        "folders",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_folders"),
        sa.UniqueConstraint("person", "name", name="uq_folders_person_name"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_folders_person", "folders", ["person"], unique=False)
    op.create_table(
        "folder_items",
        sa.Column("folder", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('incident', 'document', 'claim', 'actor', 'place')", name="ck_folder_items_kind"),
        sa.ForeignKeyConstraint(["folder"], ["folders.id"], name="fk_folder_items_folder", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("folder", "kind", "key", name="pk_folder_items"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "searches",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("visited", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_searches"),
        sa.UniqueConstraint("person", "name", name="uq_searches_person_name"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_searches_person", "searches", ["person"], unique=False)


def downgrade() -> None:
    """Without them, and without the notes."""
    op.drop_table("searches")
    op.drop_table("folder_items")
    op.drop_table("folders")
