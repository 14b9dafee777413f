"""The ledger's first schema."""

import sqlalchemy as sa
from alembic import op

from rashomon.ledger.dialect import create_special

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every table, the full-text index and the boxes of places."""
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blobs"),
    )
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('read', 'not-read', 'failed')", name="ck_documents_state"),
        sa.PrimaryKeyConstraint("number", name="pk_documents"),
        sa.UniqueConstraint("key", name="uq_documents_key"),
    )
    op.create_index("ix_documents_address", "documents", ["address"], unique=False)
    op.create_index("ix_documents_caller", "documents", ["caller"], unique=False)
    op.create_index("ix_documents_state", "documents", ["state"], unique=False)
    op.create_table(
        "failures",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failures"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_failures_caller", "failures", ["caller"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("retired", sa.Text(), nullable=True),
        sa.CheckConstraint("verdict IN ('accept', 'correct', 'reject', 'unsure')", name="ck_judgements_verdict"),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_judgements_document", "judgements", ["document"], unique=False)
    op.create_table(
        "redirects",
        sa.Column("former", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("former", "event", name="pk_redirects"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_redirects_event", "redirects", ["event"], unique=False)
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("fetched", sa.Text(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name="fk_captures_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
    )
    op.create_index("ix_captures_address", "captures", ["address"], unique=False)
    op.create_index("ix_captures_sha256", "captures", ["sha256"], unique=False)
    op.create_table(
        "claims",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("content_start", sa.Integer(), nullable=True),
        sa.Column("content_end", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hedge", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_claims_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position", name="pk_claims"),
        sa.UniqueConstraint("key", name="uq_claims_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claims_speaker", "claims", ["speaker"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("according_to", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("time_start", sa.Text(), nullable=True),
        sa.Column("time_end", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_events_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("document", "position", name="uq_events_document_position"),
        sa.UniqueConstraint("key", name="uq_events_key"),
    )
    op.create_table(
        "incidents",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("story", sa.String(length=32), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("time_start", sa.Text(), nullable=True),
        sa.Column("time_end", sa.Text(), nullable=True),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_incidents_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_incidents"),
        sa.UniqueConstraint("id", name="uq_incidents_id"),
    )
    op.create_index("ix_incidents_story", "incidents", ["story"], unique=False)
    op.create_table(
        "names",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_names_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position", name="pk_names"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_names_name", "names", ["name"], unique=False)
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_passages_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
    )
    op.create_index("ix_passages_document", "passages", ["document"], unique=False)
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("knowledge", sa.Text(), nullable=False),
        sa.Column("models", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("published_start", sa.Text(), nullable=True),
        sa.Column("published_end", sa.Text(), nullable=True),
        sa.Column("published_best", sa.Text(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("retired", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_readings_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
    )
    op.create_index("ix_readings_document", "readings", ["document"], unique=False)
    op.create_index(
        "ux_readings_current",
        "readings",
        ["document"],
        unique=True,
        sqlite_where=sa.text("retired IS NULL"),
        postgresql_where=sa.text("retired IS NULL"),
    )
    op.create_table(
        "story_documents",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.number"], name="fk_story_documents_document", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_story_documents_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_story_documents"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_documents_story", "story_documents", ["story"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_tallies_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_tallies"),
    )
    op.create_index("ix_tallies_document", "tallies", ["document"], unique=False)
    op.create_table(
        "to_link",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_to_link_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_to_link"),
    )
    op.create_table(
        "comparisons",
        sa.Column("incident", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name="fk_comparisons_incident", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "position", name="pk_comparisons"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_comparisons_relation", "comparisons", ["relation"], unique=False)
    op.create_table(
        "document_captures",
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("capture", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.id"], name="fk_document_captures_capture"),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.number"], name="fk_document_captures_document", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document", "capture", name="pk_document_captures"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_document_captures_capture", "document_captures", ["capture"], unique=False)
    op.create_table(
        "incident_events",
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("incident", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incidents.number"], name="fk_incident_events_incident", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "incident", name="pk_incident_events"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_events_incident", "incident_events", ["incident"], unique=False)
    create_special(op.get_bind())
