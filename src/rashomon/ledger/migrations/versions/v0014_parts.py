"""Rows that can be made before their document has a number: events by place in it, passages and boxes by numbers made of its own.

Claims, names, events and passages lose their reference to the document: they go by hand, and `verify` looks for what is left.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.types import TypeEngine

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_PARTS = 20
_REFERRING = ("claims", "names", "events")
# Compressed already: the server need not try.
_PACKED = (
    ("blobs", "content"), ("documents", "record"), ("readings", "body"), ("incident_records", "record"), ("tallies", "record"),
)
_REMOVED = (
    "CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN"
    " INSERT INTO passages_words(passages_words, rowid, text) VALUES ('delete', old.id, old.text); END"
)
_REBUILD = "INSERT INTO passages_words(passages_words) VALUES ('rebuild')"
_WORDS = (
    "ALTER TABLE passages ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('rashomon_words', text)) STORED",
    "CREATE INDEX ix_passages_words ON passages USING gin (words)",
)


def upgrade() -> None:
    """The rows stay as they are; passages and boxes get new numbers, and SQLite's search index is made anew."""
    for name in _REFERRING:
        with _changed(name) as table:
            table.drop_constraint(f"fk_{name}_document", type_="foreignkey")
            if name == "events":
                table.drop_constraint("uq_events_document_position", type_="unique")
                table.drop_constraint("pk_events", type_="primary")
                table.drop_column("id")
                table.create_primary_key("pk_events", ["document", "position"])
    number = f"(CAST(document AS BIGINT) << {_PARTS}) + row_number() OVER (PARTITION BY document ORDER BY start) - 1"
    _passages_anew([], number, sa.BigInteger().with_variant(sa.Integer(), "sqlite"))
    if not _sqlite():
        op.drop_column("place_boxes", "document")
        _store("EXTERNAL")
    elif _is_rtree():
        _boxes_anew("id, south, north, west, east", "id, south, north, west, east")
    else:
        op.drop_column("place_boxes", "document")


def downgrade() -> None:
    """References, and numbers of their own."""
    for name in _REFERRING:
        if name == "events":
            _number_events()
        with _changed(name) as table:
            table.create_foreign_key(f"fk_{name}_document", "documents", ["document"], ["number"], ondelete="CASCADE")
            if name == "events":
                table.drop_constraint("pk_events", type_="primary")
                table.create_primary_key("pk_events", ["id"])
                table.create_unique_constraint("uq_events_document_position", ["document", "position"])
    own = sa.Column("document", sa.Integer(), nullable=False)
    reference = sa.ForeignKeyConstraint(["document"], ["documents.number"], name="fk_passages_document", ondelete="CASCADE")
    _passages_anew([own, reference], "row_number() OVER (ORDER BY id)", sa.Integer(), f"id >> {_PARTS}")
    op.create_index("ix_passages_document", "passages", ["document"], unique=False)
    if _sqlite() and _is_rtree():
        _boxes_anew("id, south, north, west, east, +document INTEGER", f"id, south, north, west, east, id >> {_PARTS}")
        return
    op.add_column("place_boxes", sa.Column("document", sa.Integer(), nullable=False, server_default="0"))
    op.execute(f"UPDATE place_boxes SET document = id >> {_PARTS}")
    if not _sqlite():
        _store("EXTENDED")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _is_rtree() -> bool:
    made = "SELECT count(*) FROM sqlite_master WHERE name = 'place_boxes' AND sql LIKE 'CREATE VIRTUAL%'"
    return bool(op.get_bind().exec_driver_sql(made).scalar())


def _changed(name: str) -> AbstractContextManager[BatchOperations]:
    """The table, to be changed: in SQLite by making it anew."""
    return op.batch_alter_table(name, recreate="auto", table_kwargs={"sqlite_with_rowid": False})


def _number_events() -> None:
    number = "row_number() OVER (ORDER BY document, position)"
    op.add_column("events", sa.Column("id", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        f"UPDATE events SET id = numbered.id FROM (SELECT document, position, {number} AS id FROM events) AS numbered"
        " WHERE numbered.document = events.document AND numbered.position = events.position"
    )


def _passages_anew(
    more: Sequence[sa.Column[Any] | sa.Constraint], number: str, kind: TypeEngine[int], document: str | None = None
) -> None:
    op.create_table(
        "passages_anew",
        sa.Column("id", kind, autoincrement=False, nullable=False),
        *(each for each in more if isinstance(each, sa.Column)),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passages_anew" if not _sqlite() else "pk_passages"),
        *(each for each in more if not isinstance(each, sa.Column)),
    )
    columns = ", ".join(each for each in (number, document, 'start, "end", text') if each)
    op.execute(f"INSERT INTO passages_anew SELECT {columns} FROM passages")
    op.drop_table("passages")
    op.rename_table("passages_anew", "passages")
    if _sqlite():
        op.execute(_REMOVED)
        op.execute(_REBUILD)
        return
    op.execute("ALTER TABLE passages RENAME CONSTRAINT pk_passages_anew TO pk_passages")
    for statement in _WORDS:
        op.execute(statement)


def _boxes_anew(columns: str, wanted: str) -> None:
    op.execute(f"CREATE TEMP TABLE boxes_kept AS SELECT {wanted} FROM place_boxes")
    op.execute("DROP TABLE place_boxes")
    op.execute(f"CREATE VIRTUAL TABLE place_boxes USING rtree({columns})")
    op.execute("INSERT INTO place_boxes SELECT * FROM boxes_kept")
    op.execute("DROP TABLE boxes_kept")


def _store(how: str) -> None:
    for table, column in _PACKED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {how}")
