"""What an id means: whole, the start of one, a former one, a caller's own."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from .packing import plain
from .tables import claims, documents, events, incident_events, incidents, redirects, stories

# What begins with fewer digits may be anything.
SHORTEST_PREFIX = 6


def thing(connection: Connection, name: str) -> tuple[str, str] | None:
    """("document" | "story" | "incident" | "event" | "claim", its full key); None where the name means nothing, or several."""
    current = incident(connection, name)
    if current is not None:
        return "incident", current
    called_so = select(documents.c.key).where(documents.c.caller == plain(name)).limit(2)
    called = list(connection.execute(called_so).scalars())
    if len(called) == 1:
        return "document", called[0]
    # A story has its smallest document's key: the document is the nearer answer.
    doc, story, event, claim = documents.c.key, stories.c.id, events.c.key, claims.c.key
    for kind, column in (("document", doc), ("story", story), ("event", event), ("claim", claim)):
        key = _complete(connection, column, name)
        if key is not None:
            return kind, key
    return None


def incident(connection: Connection, id: str) -> str | None:
    """The incident of that id, of one that starts so, or of that former id: then the one that holds its events now."""
    found = _complete(connection, incidents.c.id, id)
    former = None if found else _complete(connection, redirects.c.former, id)
    if former is None:
        return found
    # Its smallest event that still stands in an incident: the one that gave the id, unless its document went.
    query = (
        select(incidents.c.id)
        .join(incident_events, incident_events.c.incident == incidents.c.number)
        .join(redirects, redirects.c.event == incident_events.c.event)
        .where(redirects.c.former == former)
        .order_by(redirects.c.event, incidents.c.id)
        .limit(1)
    )
    return connection.execute(query).scalar()


def _complete(connection: Connection, column: ColumnElement[str], name: str) -> str | None:
    """The one key that is `name`, or that alone starts with it."""
    whole = connection.execute(select(column).where(column == name).limit(1)).scalar()
    if whole is not None or not may_be_prefix(name):
        return whole
    # A range, not LIKE: the index serves it in any collation of hex digits.
    query = select(column).where(column > name, column < name + "g").distinct().limit(2)
    found = list(connection.execute(query).scalars())
    return found[0] if len(found) == 1 else None


def may_be_prefix(name: str) -> bool:
    """True for enough hex digits to be taken for the start of a key."""
    return len(name) >= SHORTEST_PREFIX and all(sign in "0123456789abcdef" for sign in name)
