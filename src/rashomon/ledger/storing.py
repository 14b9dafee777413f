"""Putting documents into the ledger, many in one transaction: all of them or none.

What can be made before is made before the write lock is taken: other writers wait as short as can be. Rows go in by table, each
table's at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Column, Connection, Engine, ScalarSelect, Table, delete, func, select, update

from ..errors import LedgerError
from ..records import Document, RawDocument, Reading, digest
from . import dialect
from .books import statement_rows
from .entries import State, Stored
from .packing import encode, pack, pack_document, plain, plain_or_none
from .rows import ReadingRows, passage_rows, reading_row
from .sketches import queue
from .tables import (
    CURRENT,
    blobs,
    captures,
    claims,
    document_captures,
    documents,
    events,
    failures,
    names,
    passages,
    place_boxes,
    readings,
    statements,
)


class Offer(NamedTuple):
    """A document to be kept: its bytes, and its reading or the reason why it has none."""

    raw: RawDocument
    document: Document
    reading: Reading | None
    state: State
    reason: str | None = None


class Known(NamedTuple):
    """What the ledger has of a document already; `make` and `reading_sha256` of its current reading."""

    number: int
    key: str
    state: str
    reason: str | None
    text_sha256: str
    reading_sha256: str | None
    make: tuple[str, str, str] | None

    def gains(self, offer: Offer) -> bool:
        """A kept reading stays; without one, a reading or another reason is news."""
        if self.make is not None:
            return False
        return offer.state == "read" or (offer.state, plain_or_none(offer.reason)) != (self.state, self.reason)

    def stale(self, offer: Offer) -> bool:
        """True when it was read by another make than the one offered."""
        if self.make is None or offer.reading is None:
            return False
        made = offer.reading.made_by
        return self.make != (made.code, made.knowledge, made.models)


class Last(NamedTuple):
    """The largest numbers in use. The write lock keeps others from counting on at the same time."""

    document: int
    reading: int
    event: int
    passage: int
    capture: int


def store(engine: Engine, clock: Callable[[], str], offers: Sequence[Offer]) -> list[Stored]:
    """As `Writer.store_all`. LedgerError, before anything is written, for an offer that does not fit together."""
    for offer in offers:
        _check(offer)
    return [stored for group in _apart(offers) for stored in _store(engine, clock, group)]


def known_of(connection: Connection, keys: Collection[str]) -> dict[str, Known]:
    """What the ledger has of these documents, by key."""
    found = {}
    for row in dialect.within(connection, _KNOWN, documents.c.key, keys):
        make = None if row.sha256 is None else (row.code, row.knowledge, row.models)
        found[row.key] = Known(row.number, row.key, row.state, row.reason, row.text_sha256, row.sha256, make)
    return found


def last(connection: Connection) -> Last:
    """The largest numbers in use."""
    return Last(*connection.execute(_LAST).one())


def failure_id(id: str, source: str) -> str:
    """What a failure is noted under."""
    return digest("failure", id, source)


# A row may point at rows of the tables before its own.
_ORDER = (
    documents, blobs, captures, document_captures, readings, claims, names, events, place_boxes, statements, passages,
)


class Rows:
    """New rows of readings and their passages, numbered on from `last`, table by table until they are written."""

    def __init__(self, last: Last) -> None:
        self._rows: dict[Table, list[dialect.Row]] = {table: [] for table in _ORDER}
        self._reading, self._event, self._passage = last.reading, last.event, last.passage
        self._read: list[int] = []

    def add(self, table: Table, rows: Sequence[dialect.Row]) -> None:
        """Rows for that table."""
        self._rows[table].extend(rows)

    def add_reading(self, number: int, key: str, reading: Reading, content: bytes, instant: str) -> None:
        """A reading (its JSON: `content`) with what it is looked up by; its document waits for linking from then on."""
        self._reading += 1
        self.add(readings, [reading_row(self._reading, number, reading, content, instant)])
        held = ReadingRows(number, key, reading, self._event + 1)
        self._event += len(held.events)
        self.add(claims, held.claims)
        self.add(names, held.names)
        self.add(events, held.events)
        self.add(place_boxes, held.boxes)
        self.add(statements, statement_rows(number, key, reading))
        self._read.append(number)

    def add_passages(self, number: int, text: str, reading: Reading | None) -> None:
        """The sentences to search."""
        found = passage_rows(number, text, reading, self._passage + 1)
        self._passage += len(found)
        self.add(passages, found)

    def write(self, connection: Connection) -> None:
        """Put them all into the ledger."""
        for table, rows in self._rows.items():
            dialect.insert(connection, table, rows)
        if self._rows[passages]:
            dialect.index_passages(connection, self._rows[passages][0][0])
        queue(connection, self._read)


# ---------------------------------------------------------------------------------------------------------------- inside


def _largest(column: Column[int]) -> ScalarSelect[int]:
    return select(func.coalesce(func.max(column), 0)).scalar_subquery()


_KNOWN = select(
    documents.c.number, documents.c.key, documents.c.state, documents.c.reason, documents.c.text_sha256, readings.c.sha256,
    readings.c.code, readings.c.knowledge, readings.c.models,
).select_from(documents.outerjoin(readings, CURRENT))
_LAST = select(
    _largest(documents.c.number), _largest(readings.c.id), _largest(events.c.id), _largest(passages.c.id),
    _largest(captures.c.id),
)


class _Prepared:
    """An offer with all that can be made of it before the ledger is asked."""

    __slots__ = ("address", "content", "kept", "key", "offer", "packed", "sha256")

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.key = offer.document.key
        self.sha256 = offer.raw.sha256
        self.address = _address(offer.raw)
        self.packed = self.kept = self.content = b""

    def press(self) -> None:
        """Make the bytes that are kept."""
        self.packed, self.kept = pack(self.offer.raw.content), pack_document(self.offer.document)
        self.content = encode(self.offer.reading) if self.offer.reading else b""


class _Captures:
    """The captures that stand at some addresses, and which documents were made from them."""

    def __init__(self, connection: Connection, addresses: Collection[str], numbers: Collection[int]) -> None:
        self._at: dict[str, list[tuple[int, str, str | None]]] = {}
        query = select(captures.c.address, captures.c.id, captures.c.sha256, captures.c.fetched)
        for address, *row in dialect.within(connection, query, captures.c.address, addresses):
            self._at.setdefault(address, []).append((row[0], row[1], row[2]))
        joined = dialect.within(connection, select(document_captures), document_captures.c.document, numbers)
        self._joined = {(row.document, row.capture) for row in joined}

    def find(self, one: _Prepared) -> int | None:
        """The capture that stands for these bytes: the same at their address, none other fetched there in between."""
        rows, fetched = self._at.get(one.address, []), one.offer.raw.fetched
        same = [id for id, sha256, _ in rows if sha256 == one.sha256]
        if not same:
            return None
        if fetched is not None:
            before = [(when, id, sha256) for id, sha256, when in rows if when is not None and when <= fetched]
            if before:
                _, id, sha256 = max(before)
                return id if sha256 == one.sha256 else None
        return min(same)

    def joined(self, number: int, capture: int | None) -> bool:
        """True when the document was made from that capture."""
        return capture is not None and (number, capture) in self._joined


def _store(engine: Engine, clock: Callable[[], str], group: Sequence[_Prepared]) -> list[Stored]:
    with dialect.reading(engine) as connection:
        known, found = _look(connection, group)
    todo = [one for one in group if one.key not in known or known[one.key].gains(one.offer)
            or not found.joined(known[one.key].number, found.find(one))]
    for one in todo:
        one.press()
    changed = _write(engine, clock(), todo) if todo else {}
    same = ((one, known.get(one.key)) for one in group)
    return [changed.get(one.key) or Stored(one.key, new=False, changed=False, stale=held is not None and held.stale(one.offer))
            for one, held in same]


def _look(connection: Connection, group: Sequence[_Prepared]) -> tuple[dict[str, Known], _Captures]:
    known = known_of(connection, [one.key for one in group])
    return known, _Captures(connection, [one.address for one in group], [each.number for each in known.values()])


def _write(engine: Engine, instant: str, todo: Sequence[_Prepared]) -> dict[str, Stored]:
    """What was done of each, by its key. Everything is looked at again, now that nobody else can change it."""
    done: dict[str, Stored] = {}
    with dialect.writing(engine) as connection:
        known, found = _look(connection, todo)
        highest = last(connection)
        number, capture = highest.document, highest.capture
        same_bytes = dialect.within(connection, select(blobs.c.sha256), blobs.c.sha256, {one.sha256 for one in todo})
        held = {row.sha256 for row in same_bytes}
        rows = Rows(highest)
        noted = []
        for one in todo:
            offer, was = one.offer, known.get(one.key)
            if was is None:
                number += 1
                rows.add(documents, [_document_row(number, one, instant)])
            mine = number if was is None else was.number
            stands = found.find(one)
            fresh = not found.joined(mine, stands)
            if stands is None:
                capture += 1
                stands = capture
                if one.sha256 not in held:
                    held.add(one.sha256)
                    rows.add(blobs, [(one.sha256, len(offer.raw.content), one.packed)])
                rows.add(captures, [_capture_row(capture, one)])
            if fresh:
                rows.add(document_captures, [(mine, stands)])
            gains = was is None or was.gains(offer)
            if gains:
                if was is not None:
                    change = update(documents).where(documents.c.number == mine)
                    connection.execute(change.values(state=offer.state, reason=plain_or_none(offer.reason)))
                    connection.execute(delete(passages).where(passages.c.document == mine))
                if offer.reading is not None:
                    rows.add_reading(mine, one.key, offer.reading, one.content, instant)
                rows.add_passages(mine, offer.document.text, offer.reading)
                noted.append(failure_id(offer.document.id, offer.document.source))
            stale = was is not None and not gains and was.stale(offer)
            done[one.key] = Stored(one.key, was is None, fresh or gains, stale)
        rows.write(connection)
        dialect.delete_all(connection, failures.c.id, noted)
    return done


def _apart(offers: Sequence[Offer]) -> Iterator[list[_Prepared]]:
    """The offers in their order, in lists in which no document and no address comes twice."""
    group: list[_Prepared] = []
    met: set[str] = set()
    for one in map(_Prepared, offers):
        if one.key in met or one.address in met:
            yield group
            group, met = [], set()
        group.append(one)
        met.update((one.key, one.address))
    if group:
        yield group


def _check(offer: Offer) -> None:
    document, reading = offer.document, offer.reading
    if (reading is not None) != (offer.state == "read"):
        raise LedgerError(f"document {document.id}: a reading goes with the state 'read', and with no other")
    if reading is None:
        return
    if reading.text != document.text or reading.text_sha256 != document.text_sha256:
        raise LedgerError(f"the reading offered for document {document.id} is of another text")
    if reading.id != document.id:
        raise LedgerError(f"the reading offered for document {document.id} is of document {reading.id}")


def _document_row(number: int, one: _Prepared, added: str) -> dialect.Row:
    document, state, reason = one.offer.document, one.offer.state, one.offer.reason
    return (
        number, one.key, plain(document.id), plain(document.url or document.id), state, plain_or_none(reason),
        plain(document.source), plain_or_none(document.url), plain_or_none(document.title),
        plain_or_none(document.publisher), plain_or_none(document.author), plain_or_none(document.published),
        document.language, document.text_sha256, one.kept, added,
    )


def _capture_row(number: int, one: _Prepared) -> dialect.Row:
    raw = one.offer.raw
    return (
        number, one.address, one.sha256, plain(raw.id), plain(raw.source), plain(raw.media_type),
        plain_or_none(raw.url), raw.fetched, json.dumps(raw.headers, sort_keys=True),
    )


def _address(raw: RawDocument) -> str:
    return plain(raw.url or raw.id)
