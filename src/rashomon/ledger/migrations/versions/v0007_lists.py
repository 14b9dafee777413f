"""Lists of many incidents: narrow rows in the order asked for, records apart; a count of changes, to know what is still so."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_incidents_part_of", ["part_of"]), ("ix_incidents_oldest", ["oldest", "id"]), ("ix_incidents_newest", ["newest", "id"]),
    ("ix_incidents_most_told", ["documents", "accounts", "id"]),
)


def upgrade() -> None:
    """The new columns and tables, filled from what is there; `part_of` comes with linking, for which all documents wait."""
    op.create_table(
        "incident_records",
        sa.Column("incident", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name="fk_incident_records_incident", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", name="pk_incident_records"),
    )
    op.create_table(
        "incident_documents",
        sa.Column("incident", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name="fk_incident_documents_incident", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_incident_documents_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "document", name="pk_incident_documents"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_documents_document", "incident_documents", ["document"], unique=False)
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_state"),
    )
    op.execute("INSERT INTO state VALUES (1, 0)")
    op.execute("INSERT INTO incident_records SELECT number, record FROM incidents")
    op.execute(
        "INSERT INTO incident_documents SELECT DISTINCT incident_events.incident, events.document FROM incident_events"
        " JOIN events ON events.key = incident_events.event"
    )
    op.drop_column("incidents", "record")
    op.add_column("incidents", sa.Column("part_of", sa.String(length=32), nullable=True))
    op.add_column("incidents", sa.Column("oldest", sa.Text(), nullable=False, server_default="9999"))
    op.add_column("incidents", sa.Column("newest", sa.Text(), nullable=False, server_default=""))
    day = "coalesce(time_start, time_end, '{}')"
    op.execute(f"UPDATE incidents SET oldest = {day.format('9999')}, newest = {day.format('')}")
    for name, columns in _INDEXES:
        op.create_index(name, "incidents", columns, unique=False)


def downgrade() -> None:
    """Records back into their rows."""
    op.add_column("incidents", sa.Column("record", sa.LargeBinary(), nullable=False, server_default=""))
    op.execute(
        "UPDATE incidents SET record = (SELECT record FROM incident_records WHERE incident_records.incident = incidents.number)"
    )
    for name, _ in _INDEXES:
        op.drop_index(name, "incidents")
    for column in ("part_of", "oldest", "newest"):
        op.drop_column("incidents", column)
    for table in ("state", "incident_documents", "incident_records"):
        op.drop_table(table)
