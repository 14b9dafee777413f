"""Searching: SQLite's index is written at once, not by a trigger for each row; PostgreSQL's leaves out no word."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TRIGGER = (
    "CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN"
    " INSERT INTO passages_words(rowid, text) VALUES (new.id, new.text); END"
)
_STEM = "CREATE TEXT SEARCH DICTIONARY rashomon_stem (TEMPLATE = snowball, LANGUAGE = porter)"
_WORDS = "CREATE TEXT SEARCH CONFIGURATION rashomon_words (COPY = english)"
_STEMMED = "ALTER TEXT SEARCH CONFIGURATION rashomon_words ALTER MAPPING REPLACE english_stem WITH rashomon_stem"
_BARE = (
    "ALTER TEXT SEARCH CONFIGURATION rashomon_words ALTER MAPPING FOR word, hword, hword_part WITH unaccent, rashomon_stem"
)
_HAS_UNACCENT = (
    "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'unaccent') OR (has_database_privilege(current_database(), 'CREATE')"
    " AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'unaccent'))"
)


def upgrade() -> None:
    """SQLite loses a trigger: `dialect.index_passages` does its work. PostgreSQL gets a configuration of the ledger's own, which
    stems as SQLite does, leaves out no word, and looks past accents where the server has `unaccent`."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TRIGGER passages_added")
        return
    for statement in (_STEM, _WORDS, _STEMMED):
        op.execute(statement)
    if connection.exec_driver_sql(_HAS_UNACCENT).scalar():
        op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
        op.execute(_BARE)
    _index_by("rashomon_words")


def downgrade() -> None:
    """As it was; the extension stays."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_TRIGGER)
        return
    _index_by("english")
    op.execute("DROP TEXT SEARCH CONFIGURATION rashomon_words")
    op.execute("DROP TEXT SEARCH DICTIONARY rashomon_stem")


def _index_by(configuration: str) -> None:
    op.execute("ALTER TABLE passages DROP COLUMN words")
    words = f"GENERATED ALWAYS AS (to_tsvector('{configuration}', text)) STORED"
    op.execute(f"ALTER TABLE passages ADD COLUMN words tsvector {words}")
    op.execute("CREATE INDEX ix_passages_words ON passages USING gin (words)")
