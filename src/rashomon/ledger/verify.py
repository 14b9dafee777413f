"""Is the ledger sound? Its file, its hashes, its spans, and whether rows say what the records say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, select

from ..errors import LedgerError
from ..records import Incident, Reading, Reuse, Span
from . import dialect
from .books import statement_rows
from .packing import decode, hashed, unpack, unpack_document
from .rows import ReadingRows, document_of, part_numbers, passage_rows
from .tables import (
    blobs,
    claims,
    document_captures,
    documents,
    events,
    incident_events,
    incident_records,
    incidents,
    metadata,
    names,
    passages,
    readings,
    reuses,
    statements,
    stories,
    story_documents,
    to_link,
)


def problems(engine: Engine) -> Iterator[str]:
    """One sentence for each thing that is not as it must be. Nothing is written."""
    with dialect.reading(engine) as connection:
        yield from dialect.damages(connection)
        if not dialect.is_sqlite(connection):
            yield from _loose_rows(connection)
        yield from _left_rows(connection)
        yield from _damaged_bytes(connection)
        every = select(documents.c.number, documents.c.key).order_by(documents.c.key)
        for number, key in connection.execute(every).all():
            try:
                yield from _document(connection, number, key)
            except LedgerError as error:
                yield f"document {key}: {error}"
        yield from _links(connection)
        yield from _lineage(connection)
    with dialect.writing(engine, counted=False) as connection:
        yield from dialect.check_search(connection)


def spans_in(value: Any) -> Iterator[Span]:
    """Every span anywhere in a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from spans_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


def _loose_rows(connection: Connection) -> Iterator[str]:
    """What SQLite finds by itself: rows that point at rows that are gone. A server may have been restored without its checks."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            there = select(key.column).where(key.column == key.parent).correlate(table)
            count = select(func.count()).select_from(table).where(key.parent.is_not(None), ~there.exists())
            if lost := int(connection.execute(count).scalar_one()):
                yield f"{lost} rows of {table.name} point at rows of {key.column.table.name} that is not there"


def _left_rows(connection: Connection) -> Iterator[str]:
    """Rows of documents that are gone, in the tables that hold no reference to them."""
    held = [(table, table.c.document) for table in (claims, names, events)]
    for table, number in (*held, (passages, document_of(passages.c.id))):
        count = select(func.count()).select_from(table).where(number.not_in(select(documents.c.number)))
        if lost := int(connection.execute(count).scalar_one()):
            yield f"{lost} rows of {table.name} are of documents that are not there"


def _damaged_bytes(connection: Connection) -> Iterator[str]:
    for sha256 in list(connection.execute(select(blobs.c.sha256).order_by(blobs.c.sha256)).scalars()):
        row = connection.execute(select(blobs.c.size, blobs.c.content).where(blobs.c.sha256 == sha256)).one()
        try:
            content = unpack(row.content)
        except LedgerError as error:
            yield f"capture {sha256}: {error}"
            continue
        if hashed(content) != sha256 or len(content) != row.size:
            yield f"the bytes of capture {sha256} are not those that were fetched: restore them from a copy"


def _document(connection: Connection, number: int, key: str) -> Iterator[str]:
    row = connection.execute(select(documents).where(documents.c.number == number)).one()
    document = unpack_document(row.record)
    if document.key != key or document.text_sha256 != row.text_sha256:
        yield f"document {key}: its text or address is not the one that its key was made from"
    if connection.execute(select(document_captures).where(document_captures.c.document == number)).first() is None:
        yield f"document {key} has no capture"
    kept = connection.execute(select(readings).where(readings.c.document == number)).all()
    current: Reading | None = None
    for found in kept:
        content = unpack(found.body)
        reading = decode(found.body, Reading)
        if hashed(content) != found.sha256:
            yield f"document {key}: a reading is not the one that was stored"
        if reading.text != document.text:
            yield f"document {key}: a reading is of another text"
        for span in spans_in(reading):
            if not 0 <= span.start <= span.end <= len(document.text):
                yield f"document {key}: span {tuple(span)} lies outside its text of {len(document.text)} characters"
        if found.retired is None:
            current = reading
    if (current is not None) != (row.state == "read"):
        yield f"document {key} is listed as {row.state} but has {'a' if current else 'no'} reading"
    yield from _rows(connection, number, key, document.text, current)


def _rows(connection: Connection, number: int, key: str, text: str, reading: Reading | None) -> Iterator[str]:
    def held(table: Any, order: Any) -> list[tuple[Any, ...]]:
        query = select(table).where(table.c.document == number).order_by(order)
        return [tuple(row)[1:] for row in connection.execute(query)]

    wanted = ReadingRows(key, reading) if reading else None
    for table, order, rows in (
        (claims, claims.c.position, wanted.claims if wanted else []),
        (names, names.c.position, wanted.names if wanted else []),
        (events, events.c.position, wanted.events if wanted else []),
    ):
        if held(table, order) != rows:
            yield f"document {key}: the rows of {table.name} do not say what its reading says: `rashomon reread` it"
    kept = sorted(held(statements, statements.c.position), key=lambda row: (row[0], row[1]))
    if kept != (statement_rows(key, reading) if reading else []):
        yield f"document {key}: the rows of statements do not say what its reading says: `rashomon reread` it"
    numbers = part_numbers(number)
    mine = select(passages).where(passages.c.id >= numbers.start, passages.c.id < numbers.stop).order_by(passages.c.id)
    if [tuple(row)[1:] for row in connection.execute(mine)] != passage_rows(text, reading):
        yield f"document {key}: the passages to search are not those of its text"


def _links(connection: Connection) -> Iterator[str]:
    empty = select(stories.c.id).where(stories.c.id.not_in(select(story_documents.c.story)))
    for story in connection.execute(empty.order_by(stories.c.id)).scalars():
        yield f"story {story} has no document"
    placed, waiting = select(story_documents.c.document), select(to_link.c.document)
    lost = select(documents.c.key).where(
        documents.c.state == "read", documents.c.number.not_in(placed), documents.c.number.not_in(waiting)
    )
    for key in connection.execute(lost.order_by(documents.c.key)).scalars():
        yield f"document {key} stands in no story and does not wait to be linked"
    whole = select(incidents, incident_records.c.record).join(incident_records, isouter=True).order_by(incidents.c.id)
    for row in connection.execute(whole):
        if row.record is None:
            yield f"incident {row.id} has lost its record: link its documents again"
            continue
        try:
            incident = decode(row.record, Incident)
        except LedgerError as error:
            yield f"incident {row.id}: {error}"
            continue
        members = select(incident_events.c.event).where(incident_events.c.incident == row.number)
        if hashed(unpack(row.record)) != row.sha256 or incident.id != row.id or incident.story != row.story:
            yield f"incident {row.id} is not the one that was stored"
        if sorted(connection.execute(members).scalars()) != sorted(incident.events):
            yield f"incident {row.id}: its rows do not name the events that its record names"
    waiting_keys = select(documents.c.number).join(to_link, to_link.c.document == documents.c.number)
    known = select(events.c.key)
    loose = (
        select(func.count())
        .select_from(incident_events)
        .where(incident_events.c.event.not_in(known))
    )
    count = int(connection.execute(loose).scalar_one())
    if count and connection.execute(waiting_keys).first() is None:
        yield f"{count} events of incidents stand in no current reading, though nothing waits to be linked"


def _lineage(connection: Connection) -> Iterator[str]:
    """Do the rows of shared text name the documents that their records name, and do its spans lie in their texts?"""
    rows = connection.execute(select(reuses)).all()
    query = select(documents.c.number, documents.c.key, documents.c.record)
    known = {number for row in rows for number in (row.a, row.b)}
    texts = {
        row.number: (row.key, len(unpack_document(row.record).text))
        for row in dialect.within(connection, query, documents.c.number, known)
    }
    for row in rows:
        (a, long_a), (b, long_b) = texts[row.a], texts[row.b]
        try:
            reuse = decode(row.record, Reuse)
        except LedgerError as error:
            yield f"what documents {a} and {b} share: {error}"
            continue
        if (reuse.a, reuse.b, reuse.kind) != (a, b, row.kind) or not a < b:
            yield f"what documents {a} and {b} share is recorded of others: `rashomon reread` them"
        elif any(each.a.end > long_a or each.b.end > long_b for each in reuse.passages):
            yield f"what documents {a} and {b} share lies outside their texts: `rashomon reread` them"
