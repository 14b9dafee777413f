"""The ledger's tables. Rows are for looking things up; what was read is kept whole, one compressed record beside them.

Numbers (`documents.number`, `events.id` ...) join tables and are never shown: what the outside sees are keys. The
full-text index and the boxes of places differ by database and are made in `dialect.py`. A change needs a migration.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _document(*, primary: bool = False, index: bool = False) -> Column[int]:
    """The document that a row belongs to and goes with."""
    reference = ForeignKey("documents.number", ondelete="CASCADE")
    return Column("document", Integer, reference, primary_key=primary, nullable=False, index=index, autoincrement=False)


def _incident() -> Column[int]:
    reference = ForeignKey("incidents.number", ondelete="CASCADE")
    return Column("incident", Integer, reference, primary_key=True, autoincrement=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _mine() -> Column[int]:
    """The document of rows that are many and go by hand (`removal.forget_rows`): a reference would be asked about for each."""
    return Column("document", Integer, primary_key=True, autoincrement=False)


def _part() -> Column[int]:
    """A number that says the document too (`rows.part_numbers`)."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)


# What was fetched: bytes by their sha256, and at which address they were found when.
blobs = Table(
    "blobs", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
captures = Table(
    "captures", metadata,
    _number("id"),
    Column("address", Text, nullable=False, index=True),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("caller", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("url", Text),
    Column("fetched", Text),
    Column("headers", Text, nullable=False),
)

# One row a document; `state` says whether there is a reading, `reason` why not.
documents = Table(
    "documents", metadata,
    _number("number"),
    Column("key", String(32), nullable=False, unique=True),
    Column("caller", Text, nullable=False, index=True),
    Column("address", Text, nullable=False, index=True),
    Column("state", String(8), nullable=False, index=True),
    Column("reason", Text),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
    Column("language", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("added", Text, nullable=False),
    CheckConstraint("state IN ('read', 'not-read', 'failed')", name="state"),
)
document_captures = Table(
    "document_captures", metadata,
    _document(primary=True),
    Column("capture", Integer, ForeignKey("captures.id"), primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)
readings = Table(
    "readings", metadata,
    _number("id"),
    _document(index=True),
    Column("schema", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("knowledge", Text, nullable=False),
    Column("models", Text, nullable=False),
    Column("extractor", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published_start", Text),
    Column("published_end", Text),
    Column("published_best", Text),
    Column("published_basis", Text, nullable=False),
    Column("genre", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("added", Text, nullable=False),
    Column("retired", Text),
    Index(
        "ux_readings_current", "document", unique=True,
        sqlite_where=text("retired IS NULL"), postgresql_where=text("retired IS NULL"),
    ),
)

# What the current readings hold, one row each, in the reading's order.
claims = Table(
    "claims", metadata,
    _mine(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", String(32), nullable=False, unique=True),
    Column("local", Text, nullable=False),
    Column("parent", Text),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("content_start", Integer),
    Column("content_end", Integer),
    Column("speaker", Text, index=True),
    Column("kind", Text, nullable=False),
    Column("hedge", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    sqlite_with_rowid=False,
)
# Every name that the reading gives to somebody: entities with their kind, then parties that are no entity.
names = Table(
    "names", metadata,
    _mine(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text),
    Column("mentions", Integer, nullable=False),
    sqlite_with_rowid=False,
)
events = Table(
    "events", metadata,
    _mine(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", String(32), nullable=False, unique=True),
    Column("local", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("actors", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("according_to", Text),
    Column("region", Text, nullable=False),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("time_start", Text),
    Column("time_end", Text),
    Column("confidence", Float, nullable=False),
    sqlite_with_rowid=False,
)
# What sentences state beyond events, by book: control, pledges, forecasts, naming. `place` is in small letters.
statements = Table(
    "statements", metadata,
    _document(primary=True),
    Column("book", String(9), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", String(32), nullable=False, unique=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("attribution", Text),
    Column("chain", Text, nullable=False),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("record", LargeBinary, nullable=False),
    Index("ix_statements_book", "book", "place"),
    sqlite_with_rowid=False,
)
passages = Table(
    "passages", metadata,
    _part(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

# What documents are linked by: a sketch of each, the words that find its like, the pairs that were found alike.
sketches = Table(
    "sketches", metadata,
    _document(primary=True),
    Column("made", String(32), nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)
signs = Table(
    "signs", metadata,
    Column("sign", BigInteger, primary_key=True, autoincrement=False),
    _document(primary=True, index=True),
    sqlite_with_rowid=False,
)
edges = Table(
    "edges", metadata,
    Column("a", Integer, ForeignKey("documents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("b", Integer, ForeignKey("documents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Index("ix_edges_b", "b"),
    sqlite_with_rowid=False,
)

# What copied text is found by. Rows of `print_signs` and `line_uses` are many and go by hand (`lineage.py`), by the numbers that
# the document's print lists: a reference to the document would need an index as large again. `to_trace` waits for comparing.
prints = Table(
    "prints", metadata,
    _document(primary=True),
    Column("made", String(32), nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
    Column("signs", LargeBinary, nullable=False),
    Column("lines", LargeBinary, nullable=False),
)
print_signs = Table(
    "print_signs", metadata,
    Column("sign", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
common_signs = Table(
    "common_signs", metadata,
    Column("sign", BigInteger, primary_key=True, autoincrement=False),
    Column("documents", Integer, nullable=False),
    Column("most", Integer, nullable=False),
)
line_uses = Table(
    "line_uses", metadata,
    Column("line", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Integer, primary_key=True, autoincrement=False),
    Column("text", BigInteger, nullable=False),
    Column("day", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
to_trace = Table("to_trace", metadata, _document(primary=True), Column("asked", BigInteger, nullable=False))
# What came of it: lines that a publisher repeats, and what two documents share (a's key is the smaller).
repeated_lines = Table(
    "repeated_lines", metadata,
    Column("line", BigInteger, primary_key=True, autoincrement=False),
    Column("publisher", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("least_texts", Integer, nullable=False),
    Column("least_days", Integer, nullable=False),
)
reuses = Table(
    "reuses", metadata,
    Column("a", Integer, ForeignKey("documents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("b", Integer, ForeignKey("documents.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("ix_reuses_b", "b"),
    sqlite_with_rowid=False,
)

# What a document says that its source changed later, for every document that was looked through; `to_revise` waits for that.
revised = Table(
    "revised", metadata,
    _document(primary=True),
    Column("made", String(32), nullable=False, index=True),
    Column("tied", Boolean, nullable=False),
    Column("later", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),
)
to_revise = Table("to_revise", metadata, _document(primary=True), Column("asked", BigInteger, nullable=False))

# What many documents say together. A story's incidents go with it.
stories = Table(
    "stories", metadata,
    Column("id", String(32), primary_key=True),
    sqlite_with_rowid=False,
)
story_documents = Table(
    "story_documents", metadata,
    _document(primary=True),
    Column("story", String(32), ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    sqlite_with_rowid=False,
)
incidents = Table(
    "incidents", metadata,
    _number("number"),
    Column("id", String(32), nullable=False, unique=True),
    Column("story", String(32), ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("time_start", Text),
    Column("time_end", Text),
    Column("documents", Integer, nullable=False),
    Column("accounts", Integer, nullable=False),
    Column("actor", Text),
    Column("recipient", Text),
    Column("contested", Boolean, nullable=False),
    Column("untraced", Integer, nullable=False),
    Column("part_of", String(32), index=True),
    # The day to sort by, unknown ones last in either order: "9999" or "" where there is none.
    Column("oldest", Text, nullable=False),
    Column("newest", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Index("ix_incidents_oldest", "oldest", "id"),
    Index("ix_incidents_newest", "newest", "id"),
    Index("ix_incidents_most_told", "documents", "accounts", "id"),
)
# Apart, so that a list reads narrow rows alone.
incident_records = Table(
    "incident_records", metadata,
    _incident(),
    Column("record", LargeBinary, nullable=False),
)
incident_documents = Table(
    "incident_documents", metadata,
    _incident(),
    _document(primary=True, index=True),
    sqlite_with_rowid=False,
)
incident_events = Table(
    "incident_events", metadata,
    Column("event", String(32), primary_key=True),
    _incident(),
    Index("ix_incident_events_incident", "incident"),
    sqlite_with_rowid=False,
)
incident_origins = Table(
    "incident_origins", metadata,
    _incident(),
    Column("name", Text, primary_key=True),
    sqlite_with_rowid=False,
)
comparisons = Table(
    "comparisons", metadata,
    _incident(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("field", Text, nullable=False),
    Column("relation", Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)
tallies = Table(
    "tallies", metadata,
    Column("id", String(32), primary_key=True),
    _document(index=True),
    Column("sha256", String(64), nullable=False),
    Column("record", LargeBinary, nullable=False),
)
# A former incident's events: its id leads to the incident that holds the smallest of them today.
redirects = Table(
    "redirects", metadata,
    Column("former", String(32), primary_key=True),
    Column("event", String(32), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# One row: how many transactions have changed what the ledger shows.
state = Table("state", metadata, _number("id"), Column("changes", BigInteger, nullable=False))

# The queue, the failures that have no document, and what people decided.
to_link = Table("to_link", metadata, _document(primary=True))
failures = Table(
    "failures", metadata,
    Column("id", String(32), primary_key=True),
    Column("caller", Text, nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)
judgements = Table(
    "judgements", metadata,
    Column("id", String(32), primary_key=True),
    Column("document", String(32), nullable=False, index=True),
    Column("start", Integer),
    Column("end", Integer),
    Column("field", Text, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("value", Text),
    Column("note", Text),
    Column("person", Text, nullable=False),
    Column("decided", Text, nullable=False),
    Column("retired", Text),
    Column("number", Integer, nullable=False),
    CheckConstraint("verdict IN ('accept', 'correct', 'reject', 'unsure')", name="verdict"),
    sqlite_with_rowid=False,
)

# What people decided about incidents, each held by spans in documents, which may go and come back.
decisions = Table(
    "decisions", metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("person", Text, nullable=False),
    Column("note", Text),
    Column("decided", Text, nullable=False),
    Column("retired", Text),
    Column("number", Integer, nullable=False),
    CheckConstraint("kind IN ('join', 'split')", name="kind"),
    sqlite_with_rowid=False,
)
decision_events = Table(
    "decision_events", metadata,
    Column("decision", String(32), ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, nullable=False),
    Column("document", String(32), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Private: what a person keeps for themselves under their name. No export, report or comparison reads these (`private.py`).
folders = Table(
    "folders", metadata,
    Column("id", String(32), primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made", Text, nullable=False),
    UniqueConstraint("person", "name"),
    sqlite_with_rowid=False,
)
folder_items = Table(
    "folder_items", metadata,
    Column("folder", String(32), ForeignKey("folders.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("note", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("number", Integer, nullable=False),
    CheckConstraint("kind IN ('incident', 'document', 'claim', 'actor', 'place')", name="kind"),
    sqlite_with_rowid=False,
)
searches = Table(
    "searches", metadata,
    Column("id", String(32), primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("visited", Text, nullable=False),
    Column("before", Text),
    UniqueConstraint("person", "name"),
    sqlite_with_rowid=False,
)

# The reading that counts, of those that a document has had.
CURRENT = and_(readings.c.document == documents.c.number, readings.c.retired.is_(None))

# Made by `dialect.py`, in the way that each database does it best; never part of `metadata`. A document has one box for
# each of its events' places, an incident one for its own.
_apart = MetaData()
_EDGES = ("south", "north", "west", "east")
place_boxes, incident_boxes = (
    Table(
        name, _apart,
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        *(Column(edge, REAL) for edge in _EDGES),
    )
    for name in ("place_boxes", "incident_boxes")
)
