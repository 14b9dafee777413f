"""Taking a document out of the ledger, and the rows of a reading that is retired."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from . import dialect, lineage, links, revised
from .rows import part_numbers
from .sketches import edges_of, queue
from .tables import (
    blobs,
    captures,
    claims,
    document_captures,
    documents,
    events,
    failures,
    judgements,
    names,
    passages,
    place_boxes,
    redirects,
    statements,
    stories,
    story_documents,
)


def forget_rows(connection: Connection, number: int) -> None:
    """Drop the rows that a document's current reading is looked up by; the reading itself stays."""
    place = events.c.lat, events.c.lon, func.coalesce(events.c.radius_km, 0.0)
    spots = select(*place).where(events.c.document == number, events.c.lat.is_not(None), events.c.lon.is_not(None))
    count = len(connection.execute(spots.distinct()).all())
    dialect.delete_all(connection, place_boxes.c.id, part_numbers(number, count))
    forget_passages(connection, number)
    for table in (events, claims, names, statements):
        connection.execute(delete(table).where(table.c.document == number))


def forget_passages(connection: Connection, number: int) -> None:
    """Drop the document's sentences."""
    numbers = part_numbers(number)
    connection.execute(delete(passages).where(passages.c.id >= numbers.start, passages.c.id < numbers.stop))


def remove(connection: Connection, number: int, key: str) -> tuple[str, ...]:
    """Erase the document; the sorted keys of those that shared its story or were like it, now queued for linking."""
    revised.ask_beside(connection, number)
    story = connection.execute(select(story_documents.c.story).where(story_documents.c.document == number)).scalar()
    alike = {other for pair in edges_of(connection, [number]) for other in pair}
    if story is not None:
        beside = select(story_documents.c.document).where(story_documents.c.story == story)
        alike.update(connection.execute(beside).scalars())
        links.drop_stories(connection, {story}, keep=frozenset())
        connection.execute(delete(stories).where(stories.c.id == story))
    alike.discard(number)
    queue(connection, alike)
    query = select(documents.c.key)
    others = [row.key for row in dialect.within(connection, query, documents.c.number, alike)]
    own_events = select(events.c.key).where(events.c.document == number)
    connection.execute(delete(redirects).where(redirects.c.event.in_(own_events)))
    caller = connection.execute(select(documents.c.caller).where(documents.c.number == number)).scalar_one()
    connection.execute(delete(failures).where(failures.c.caller == caller))
    connection.execute(update(judgements).where(judgements.c.document == key).values(value=None, note=None))
    forget_rows(connection, number)
    lineage.forget(connection, number)
    joined = document_captures.c
    mine = connection.execute(
        select(captures.c.id, captures.c.sha256).join(document_captures).where(joined.document == number)
    ).all()
    connection.execute(delete(documents).where(documents.c.number == number))
    for capture in mine:
        used = select(joined.capture).where(joined.capture == capture.id)
        if connection.execute(used.limit(1)).first() is None:
            connection.execute(delete(captures).where(captures.c.id == capture.id))
    for sha256 in sorted({capture.sha256 for capture in mine}):
        used = select(captures.c.id).where(captures.c.sha256 == sha256)
        if connection.execute(used.limit(1)).first() is None:
            connection.execute(delete(blobs).where(blobs.c.sha256 == sha256))
    return tuple(sorted(others))
