"""Rows of the ledger as the entries that the views hand out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from ..records import MadeBy, Span
from . import dialect, versions
from .entries import Capture, ClaimEntry, DocumentEntry, EventEntry, Failure, Make, Status
from .tables import (
    CURRENT,
    blobs,
    comparisons,
    document_captures,
    incident_events,
    incidents,
    judgements,
    names,
    passages,
    readings,
    stories,
    story_documents,
    tallies,
    to_link,
)
from .tables import (
    captures as captures_table,
)
from .tables import (
    claims as claims_table,
)
from .tables import (
    documents as documents_table,
)
from .tables import (
    events as events_table,
)
from .tables import (
    failures as failures_table,
)


def documents(connection: Connection, condition: ColumnElement[bool] | None) -> list[DocumentEntry]:
    """Entries of the documents that meet the condition, by caller's id and key."""
    doc, read = documents_table.c, readings.c
    query = (
        select(
            doc.key, doc.caller, doc.source, doc.url, doc.title.label("carried_title"),
            doc.publisher.label("carried_publisher"), doc.author.label("carried_author"), doc.language, doc.state,
            doc.reason, doc.text_sha256, doc.added, read.code, read.knowledge, read.models, read.extractor, read.title,
            read.publisher, read.author, read.published_start, read.published_end, read.published_best,
            read.published_basis, read.genre, story_documents.c.story,
        )
        .select_from(documents_table.outerjoin(readings, CURRENT))
        .outerjoin(story_documents, story_documents.c.document == doc.number)
    )
    if condition is not None:
        query = query.where(condition)
    # Sorted here and not by the database, whose order of letters depends on its locale.
    return sorted(map(_document, connection.execute(query)), key=lambda entry: (entry.id, entry.key))


def _document(found: Any) -> DocumentEntry:
    made = None
    if found.code is not None:
        made = MadeBy(code=found.code, knowledge=found.knowledge, models=found.models, extractor=found.extractor)
    return DocumentEntry(
        key=found.key, id=found.caller, source=found.source, url=found.url,
        title=found.title if made else found.carried_title,
        publisher=found.publisher if made else found.carried_publisher,
        author=found.author if made else found.carried_author,
        published_start=found.published_start, published_end=found.published_end,
        published_best=found.published_best, published_basis=found.published_basis or "unknown",
        genre=found.genre, language=found.language, state=found.state, reason=found.reason,
        text_sha256=found.text_sha256, made_by=made, story=found.story, added=found.added,
    )


def claims(connection: Connection, asked: Sequence[ColumnElement[bool]]) -> Iterator[ClaimEntry]:
    """Entries of the claims that meet the conditions, by document key and place in the reading."""
    doc, row = documents_table.c, claims_table
    query = (
        select(row, doc.key.label("document_key"), doc.caller)
        .join(documents_table, doc.number == row.c.document)
        .where(*asked)
        .order_by(doc.key, row.c.position)
    )
    for found in connection.execute(query):
        yield ClaimEntry(
            key=found.key, document=found.document_key, id=found.caller, claim=found.local, parent=found.parent,
            source=_span(found.source_start, found.source_end), content=_span(found.content_start, found.content_end),
            speaker=found.speaker, kind=found.kind, hedge=found.hedge, stance=found.stance, anonymous=found.anonymous,
            confidence=found.confidence,
        )


def events(connection: Connection, asked: Sequence[ColumnElement[bool]]) -> Iterator[EventEntry]:
    """Entries of the events that meet the conditions, by document key and place in the reading."""
    doc, row = documents_table.c, events_table
    incident = (
        select(func.min(incidents.c.id))
        .join(incident_events, incident_events.c.incident == incidents.c.number)
        .where(incident_events.c.event == row.c.key)
        .scalar_subquery()
    )
    query = (
        select(row, doc.key.label("document_key"), doc.caller, incident.label("incident"))
        .join(documents_table, doc.number == row.c.document)
        .where(*asked)
        .order_by(doc.key, row.c.position)
    )
    for found in connection.execute(query):
        yield EventEntry(
            key=found.key, document=found.document_key, id=found.caller, event=found.local,
            trigger=Span(found.start, found.end), type=found.type, action=found.action,
            actors=tuple(json.loads(found.actors)), recipients=tuple(json.loads(found.recipients)),
            direction=found.direction, modality=found.modality, polarity=found.polarity, outcome=found.outcome,
            according_to=found.according_to, region=found.region, place=found.place, lat=found.lat, lon=found.lon,
            radius_km=found.radius_km, time_start=found.time_start, time_end=found.time_end,
            confidence=found.confidence, incident=found.incident,
        )


def captures(connection: Connection, address: str) -> Iterator[Capture]:
    """Entries of an address's captures, by the time they were fetched, those without a time first."""
    row = captures_table
    query = select(row, blobs.c.size).join(blobs, blobs.c.sha256 == row.c.sha256).where(row.c.address == address)
    joined = (
        select(document_captures.c.capture, documents_table.c.key)
        .join(documents_table, documents_table.c.number == document_captures.c.document)
        .join(row, row.c.id == document_captures.c.capture)
        .where(row.c.address == address)
    )
    keys: dict[int, list[str]] = {}
    for found in connection.execute(joined.order_by(documents_table.c.key)):
        keys.setdefault(found.capture, []).append(found.key)
    found_rows = connection.execute(query).all()
    for found in sorted(found_rows, key=lambda one: (one.fetched or "", one.sha256, one.id)):
        yield Capture(
            address=found.address, sha256=found.sha256, size=found.size, media_type=found.media_type,
            source=found.source, url=found.url, fetched=found.fetched, headers=json.loads(found.headers),
            documents=tuple(keys.get(found.id, ())),
        )


def failures(connection: Connection) -> list[Failure]:
    """What could not be read: with its text kept or without, by caller's id and source."""
    found = [
        Failure(id=row.caller, source=row.source, reason=row.reason)
        for row in connection.execute(select(failures_table))
    ]
    return sorted([*found, *_unread(connection, "failed")], key=_failure_order)


def status(connection: Connection, made_by: MadeBy | None) -> Status:
    """The ledger in figures."""
    by_relation = select(comparisons.c.relation, func.count()).group_by(comparisons.c.relation)
    current = readings.c.retired.is_(None)
    made = (readings.c.code, readings.c.knowledge, readings.c.models)
    by_make = select(*made, func.count()).where(current).group_by(*made).order_by(*made)
    outdated = None
    if made_by is not None:
        outdated = _count(connection, readings, current & made_otherwise(made_by))
    return Status(
        schema=str(versions.found_version(connection, "")), bytes=dialect.size(connection),
        documents=_count(connection, documents_table),
        read=_count(connection, documents_table, documents_table.c.state == "read"),
        not_read=tuple(sorted(_unread(connection, "not-read"), key=_failure_order)),
        failed=tuple(failures(connection)), captures=_count(connection, captures_table),
        readings=_count(connection, readings, current), retired=_count(connection, readings, ~current),
        claims=_count(connection, claims_table), events=_count(connection, events_table),
        entities=_count(connection, names, names.c.kind.is_not(None)), passages=_count(connection, passages),
        stories=_count(connection, stories), incidents=_count(connection, incidents),
        comparisons={str(row[0]): int(row[1]) for row in sorted(tuple(row) for row in connection.execute(by_relation))},
        tallies=_count(connection, tallies), judgements=_count(connection, judgements),
        pending=_count(connection, to_link),
        makes=tuple(
            Make(MadeBy(code=code, knowledge=knowledge, models=models), count)
            for code, knowledge, models, count in connection.execute(by_make)
        ),
        outdated=outdated,
    )


def made_otherwise(made_by: MadeBy) -> ColumnElement[bool]:
    """Readings of another make. The extractor is the document's, so that it does not count."""
    row = readings.c
    return or_(row.code != made_by.code, row.knowledge != made_by.knowledge, row.models != made_by.models)


def _unread(connection: Connection, state: str) -> Iterator[Failure]:
    doc = documents_table.c
    for row in connection.execute(select(doc.key, doc.caller, doc.source, doc.reason).where(doc.state == state)):
        yield Failure(id=row.caller, source=row.source, reason=row.reason or "", document=row.key)


def _failure_order(failure: Failure) -> tuple[str, str, str]:
    return failure.id, failure.source, failure.document or ""


def _count(connection: Connection, table: Table, condition: ColumnElement[bool] | None = None) -> int:
    query = select(func.count()).select_from(table)
    return int(connection.execute(query if condition is None else query.where(condition)).scalar_one())


def _span(start: Any, end: Any) -> Span | None:
    return None if start is None or end is None else Span(start, end)
