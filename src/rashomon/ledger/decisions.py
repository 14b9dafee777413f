"""Keeping what people decided about incidents."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, func, select, update

from ..records import Anchor, Decision, Span
from . import dialect
from .packing import plain, plain_or_none
from .sketches import queue
from .tables import decision_events, decisions, documents


def keep(connection: Connection, decision: Decision) -> None:
    """Keep the decision, and queue the documents that it speaks of."""
    if connection.execute(select(decisions.c.id).where(decisions.c.id == decision.id)).first() is None:
        last = connection.execute(select(func.coalesce(func.max(decisions.c.number), 0))).scalar_one()
        row = (
            decision.id, decision.kind, plain(decision.person), plain_or_none(decision.note), decision.decided, decision.retired,
            last + 1,
        )
        dialect.insert(connection, decisions, [row])
        anchors = [(number, anchor) for number, part in enumerate(decision.parts) for anchor in part]
        dialect.insert(connection, decision_events, [
            (decision.id, position, part, anchor.document, anchor.span.start, anchor.span.end)
            for position, (part, anchor) in enumerate(anchors)
        ])
    _queue(connection, decision.documents)


def withdraw(connection: Connection, decision: Decision, instant: str) -> None:
    """Retire the decision, and queue the documents that it spoke of."""
    connection.execute(update(decisions).where(decisions.c.id == decision.id).values(retired=instant))
    _queue(connection, decision.documents)


def every(connection: Connection) -> Iterator[Decision]:
    """All decisions with all that they speak of, the newest first."""
    parts: dict[str, dict[int, list[Anchor]]] = {}
    spoken_of = select(decision_events).order_by(decision_events.c.decision, decision_events.c.position)
    for row in connection.execute(spoken_of):
        anchor = Anchor(row.document, Span(row.start, row.end))
        parts.setdefault(row.decision, {}).setdefault(row.part, []).append(anchor)
    query = select(decisions).order_by(decisions.c.number.desc())
    for row in connection.execute(query):
        held = parts.get(row.id, {})
        anchors = tuple(tuple(held[part]) for part in sorted(held))
        yield Decision(row.id, row.kind, anchors, row.person, row.note, row.decided, row.retired)


def _queue(connection: Connection, keys: Collection[str]) -> None:
    query = select(documents.c.number, documents.c.state)
    rows = dialect.within(connection, query, documents.c.key, set(keys))
    queue(connection, [row.number for row in rows if row.state == "read"])
