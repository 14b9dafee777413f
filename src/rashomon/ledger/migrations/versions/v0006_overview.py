"""What a list of incidents shows, as columns: its parties, whether it is contested, whose voices stand behind it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NEW = ("actor", "recipient", "contested", "untraced")


def upgrade() -> None:
    """The columns, empty; every document waits to be linked again, which fills them."""
    op.add_column("incidents", sa.Column("actor", sa.Text(), nullable=True))
    op.add_column("incidents", sa.Column("recipient", sa.Text(), nullable=True))
    op.add_column("incidents", sa.Column("contested", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("incidents", sa.Column("untraced", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "incident_origins",
        sa.Column("incident", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name="fk_incident_origins_incident", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "name", name="pk_incident_origins"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO to_link SELECT number FROM documents WHERE state = 'read' AND number NOT IN (SELECT document FROM to_link)"
    )


def downgrade() -> None:
    """Without them: the records hold all of it."""
    op.drop_table("incident_origins")
    for name in _NEW:
        op.drop_column("incidents", name)
