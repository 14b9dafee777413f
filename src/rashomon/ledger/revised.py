"""What sources changed later, kept by the document that holds the older passage; and the documents to be looked through again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Engine, func, or_, select

from ..records import Revision
from . import dialect
from .packing import decode, pack
from .tables import CURRENT, documents, incident_documents, incidents, readings, revised, to_revise


class RevisedEntry(NamedTuple):
    """A document's revisions; None where no passage of it was even a candidate."""

    key: str
    found: tuple[Revision, ...] | None


class Revised:
    """The revisions that were found, by the document that holds the older passage. All of it can be made again."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    def waiting(self) -> dict[str, int]:
        """Keys of the documents that changed since they were looked through, sorted, each with a number that names the
        request."""
        query = select(documents.c.key, to_revise.c.asked).join(to_revise, to_revise.c.document == documents.c.number)
        with dialect.looking(self._engine, self._where) as connection:
            return {row.key: row.asked for row in connection.execute(query.order_by(documents.c.key))}

    def outdated(self, made: str) -> bool:
        """Was any of it found by other rules than those named by `made`?"""
        with dialect.looking(self._engine, self._where) as connection:
            first, last = connection.execute(select(func.min(revised.c.made), func.max(revised.c.made))).one()
            return first is not None and (first != made or last != made)

    def ask_all(self) -> None:
        """Let every linked document wait."""
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            known = connection.execute(select(documents.c.number).where(documents.c.state == "read")).scalars()
            ask(connection, set(known))

    def of(self, keys: Collection[str]) -> tuple[Revision, ...]:
        """What is kept of these documents, by the newer passage's document and place."""
        query = select(revised.c.record).join(documents, documents.c.number == revised.c.document).where(revised.c.later > 0)
        with dialect.looking(self._engine, self._where) as connection:
            records = [row.record for row in dialect.within(connection, query, documents.c.key, set(keys))]
        found = [each for record in records for each in decode(record, tuple[Revision, ...])]
        return tuple(sorted(found, key=attrgetter("place")))

    def tied(self, keys: Collection[str]) -> frozenset[str]:
        """Those of these documents that hold a passage which may have been revised."""
        query = select(documents.c.key).join(revised, revised.c.document == documents.c.number).where(revised.c.tied)
        with dialect.looking(self._engine, self._where) as connection:
            return frozenset(row.key for row in dialect.within(connection, query, documents.c.key, set(keys)))

    def incidents(self, ids: Collection[str]) -> frozenset[str]:
        """Those of these incidents of which a document says something that was changed later."""
        query = (
            select(incidents.c.id).distinct()
            .join(incident_documents, incident_documents.c.incident == incidents.c.number)
            .join(revised, revised.c.document == incident_documents.c.document)
            .where(revised.c.later > 0)
        )
        with dialect.looking(self._engine, self._where) as connection:
            return frozenset(row.id for row in dialect.within(connection, query, incidents.c.id, set(ids)))

    def keep(self, made: str, entries: Iterable[RevisedEntry], asked: Mapping[str, int]) -> None:
        """Put these in the place of what was kept of their documents, which wait no longer, unless they were asked for again
        since `waiting` said `asked`. A document that is gone is passed over."""
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            held = {each.key: each.found for each in entries}
            query = select(documents.c.key, documents.c.number, to_revise.c.asked)
            rows = list(dialect.within(
                connection, query.outerjoin(to_revise, to_revise.c.document == documents.c.number), documents.c.key, held
            ))
            dialect.delete_all(connection, revised.c.document, [row.number for row in rows])
            dialect.insert(connection, revised, [
                (row.number, made, held[row.key] is not None, len(held[row.key] or ()), _packed(held[row.key] or ()))
                for row in sorted(rows, key=lambda row: int(row.number))
            ])
            settled = [row.number for row in rows if row.asked is not None and row.asked == asked.get(row.key)]
            dialect.delete_all(connection, to_revise.c.document, settled)


def ask(connection: Connection, numbers: Collection[int]) -> None:
    """Let these documents wait, anew where they did already."""
    dialect.ask(connection, to_revise, numbers)


def ask_beside(connection: Connection, number: int) -> None:
    """Let the documents of this one's publisher and address wait, before it goes or gets another reading: what they revise, or
    are revised by, may be another thing then."""
    own = select(readings.c.publisher, documents.c.address).select_from(documents.join(readings, CURRENT))
    found = connection.execute(own.where(documents.c.number == number)).first()
    if found is not None:
        same = or_(documents.c.address == found.address, readings.c.publisher == found.publisher)
        query = select(documents.c.number).select_from(documents.join(readings, CURRENT)).where(same)
        ask(connection, set(connection.execute(query).scalars()) - {number})


def _packed(some: tuple[Revision, ...]) -> bytes:
    return pack(msgspec.json.encode(some, order="deterministic"))
