"""Taking a document out of the ledger, and the rows of a reading that is retired."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from . import dialect, links
from .tables import (
    blobs,
    captures,
    claims,
    document_captures,
    documents,
    entities,
    event_boxes,
    events,
    failures,
    judgements,
    passages,
    redirects,
    stories,
    story_documents,
    to_link,
)


def forget_rows(connection: Connection, number: int) -> None:
    """Drop the rows that a document's current reading is looked up by; the reading itself stays."""
    own = select(events.c.id).where(events.c.document == number)
    connection.execute(delete(event_boxes).where(event_boxes.c.id.in_(own)))
    for table in (events, claims, entities, passages):
        connection.execute(delete(table).where(table.c.document == number))


def remove(connection: Connection, number: int, key: str) -> tuple[str, ...]:
    """Erase the document; the sorted keys of those that shared its story, now queued for linking."""
    story = connection.execute(select(story_documents.c.story).where(story_documents.c.document == number)).scalar()
    others: list[tuple[int, str]] = []
    if story is not None:
        query = select(documents.c.number, documents.c.key).join(
            story_documents, story_documents.c.document == documents.c.number
        )
        query = query.where(story_documents.c.story == story, documents.c.number != number)
        others = [(row.number, row.key) for row in connection.execute(query)]
        links.drop_stories(connection, {story}, keep=frozenset())
        connection.execute(delete(stories).where(stories.c.id == story))
        waiting = set(connection.execute(select(to_link.c.document)).scalars())
        dialect.insert(connection, to_link, [(other,) for other, _ in others if other not in waiting])
    own_events = select(events.c.key).where(events.c.document == number)
    connection.execute(delete(redirects).where(redirects.c.event.in_(own_events)))
    caller = connection.execute(select(documents.c.caller).where(documents.c.number == number)).scalar_one()
    connection.execute(delete(failures).where(failures.c.caller == caller))
    connection.execute(update(judgements).where(judgements.c.document == key).values(value=None, note=None))
    forget_rows(connection, number)
    mine = list(
        connection.execute(select(document_captures.c.capture).where(document_captures.c.document == number)).scalars()
    )
    connection.execute(delete(documents).where(documents.c.number == number))
    shared = select(document_captures.c.capture)
    connection.execute(delete(captures).where(captures.c.id.in_(mine), captures.c.id.not_in(shared)))
    connection.execute(delete(blobs).where(blobs.c.sha256.not_in(select(captures.c.sha256))))
    return tuple(sorted(other for _, other in others))
