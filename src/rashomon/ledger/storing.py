"""Putting documents into the ledger, many in one transaction: all of them or none.

What can be made before is made before the write lock is taken: other writers wait as short as can be. Rows go in by table, each
table's at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby, repeat
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Engine, ScalarSelect, Table, func, select, update

from ..errors import LedgerError
from ..records import Document, RawDocument, Reading, digest
from . import dialect
from .entries import State, Stored
from .packing import packer, plain, plain_or_none
from .pressing import OF_DOCUMENT, OF_PARTS, Pressed, check, press
from .removal import forget_passages
from .rows import part_numbers
from .sketches import queue
from .tables import (
    CURRENT,
    blobs,
    captures,
    document_captures,
    documents,
    failures,
    readings,
)


class Offer(NamedTuple):
    """A document to be kept: its bytes, and its reading (perhaps pressed already) or the reason why it has none."""

    raw: RawDocument
    document: Document
    reading: Reading | Pressed | None
    state: State
    reason: str | None = None

    @property
    def make(self) -> tuple[str, str, str] | None:
        """Code, knowledge and models that made the reading."""
        if self.reading is None or isinstance(self.reading, Pressed):
            return None if self.reading is None else self.reading.make
        made = self.reading.made_by
        return made.code, made.knowledge, made.models


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
        return None not in (self.make, offer.make) and self.make != offer.make


class Last(NamedTuple):
    """The largest numbers in use. The write lock keeps others from counting on at the same time."""

    document: int
    reading: int
    capture: int


def store(engine: Engine, clock: Callable[[], str], offers: Sequence[Offer]) -> list[Stored]:
    """As `Writer.store_all`. LedgerError, before anything is written, for an offer that does not fit together."""
    for offer in offers:
        _check(offer, dialect.form(engine))
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
_ORDER = documents, blobs, captures, document_captures, readings


class Rows:
    """New rows, numbered on from `last`, table by table until they are written."""

    def __init__(self, last: Last) -> None:
        self._rows: dict[Table, list[dialect.Row]] = {table: [] for table in _ORDER}
        self._reading = last.reading
        self._pressed: list[tuple[int, Pressed]] = []

    def add(self, table: Table, row: dialect.Row) -> None:
        """A row for that table."""
        self._rows[table].append(row)

    def add_pressed(self, number: int, pressed: Pressed, instant: str) -> None:
        """The document's reading with all that it is looked up by; one that was read waits for linking from then on."""
        if pressed.about is not None:
            self._reading += 1
            self.add(readings, (self._reading, number, *pressed.about, instant, None))
        self._pressed.append((number, pressed))

    def write(self, connection: Connection) -> None:
        """Put them all into the ledger."""
        for table, rows in self._rows.items():
            dialect.insert(connection, table, rows)
        # In the order of their numbers, which the search index takes as they come.
        pressed = sorted(self._pressed, key=lambda each: each[0])
        for table in (*OF_DOCUMENT, *OF_PARTS):
            numbers: list[int] = []
            tails: list[Any] = []
            for number, one in pressed:
                mine = one.tails.get(table.name, ())
                numbers.extend(repeat(number, len(mine)) if table in OF_DOCUMENT else part_numbers(number, len(mine)))
                tails.extend(mine)
            dialect.insert_ready(connection, table, numbers, tails)
        dialect.index_passages(connection, _runs([number for number, _ in pressed]))
        queue(connection, [number for number, one in pressed if one.about is not None])


# ---------------------------------------------------------------------------------------------------------------- inside


def _runs(documents: Sequence[int]) -> Iterator[range]:
    """The numbers of the parts of these documents, which ascend; one range for those that follow one another."""
    for _, run in groupby(enumerate(documents), lambda each: each[1] - each[0]):
        some = [number for _, number in run]
        yield range(part_numbers(some[0]).start, part_numbers(some[-1]).stop)


def _largest(column: Column[int]) -> ScalarSelect[int]:
    return select(func.coalesce(func.max(column), 0)).scalar_subquery()


_KNOWN = select(
    documents.c.number, documents.c.key, documents.c.state, documents.c.reason, documents.c.text_sha256, readings.c.sha256,
    readings.c.code, readings.c.knowledge, readings.c.models,
).select_from(documents.outerjoin(readings, CURRENT))
_LAST = select(_largest(documents.c.number), _largest(readings.c.id), _largest(captures.c.id))


class _Prepared:
    """An offer with all that can be made of it before the ledger is asked."""

    __slots__ = ("_pressed", "address", "key", "offer", "packed", "sha256")

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.key = offer.document.key
        self.sha256 = offer.raw.sha256
        self.address = _address(offer.raw)
        self.packed = b""
        self._pressed: Pressed | None = None

    def pressed(self, form: dialect.Form) -> Pressed:
        """The document and its reading, ready for the ledger; made once."""
        if self._pressed is None:
            document, reading = self.offer.document, self.offer.reading
            self._pressed = reading if isinstance(reading, Pressed) else press(document, reading, form=form)
        return self._pressed


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
    form, pack = dialect.form(engine), packer()
    for one in todo:
        one.packed = pack(one.offer.raw.content)
        if one.key not in known or known[one.key].gains(one.offer):
            one.pressed(form)
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
    form = dialect.form(engine)
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
                rows.add(documents, _document_row(number, one, one.pressed(form), instant))
            mine = number if was is None else was.number
            stands = found.find(one)
            fresh = not found.joined(mine, stands)
            if stands is None:
                capture += 1
                stands = capture
                if one.sha256 not in held:
                    held.add(one.sha256)
                    rows.add(blobs, (one.sha256, len(offer.raw.content), one.packed))
                rows.add(captures, _capture_row(capture, one))
            if fresh:
                rows.add(document_captures, (mine, stands))
            gains = was is None or was.gains(offer)
            if gains:
                if was is not None:
                    change = update(documents).where(documents.c.number == mine)
                    connection.execute(change.values(state=offer.state, reason=plain_or_none(offer.reason)))
                    forget_passages(connection, mine)
                rows.add_pressed(mine, one.pressed(form), instant)
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


def _check(offer: Offer, form: dialect.Form) -> None:
    document, reading = offer.document, offer.reading
    if (reading is not None) != (offer.state == "read"):
        raise LedgerError(f"document {document.id}: a reading goes with the state 'read', and with no other")
    if isinstance(reading, Pressed):
        if reading.about is None or reading.key != document.key:
            raise LedgerError(f"what is offered for document {document.id} was pressed of another, or of none that was read")
        if reading.form != form:
            raise LedgerError(f"document {document.id} was pressed for {reading.form}, and the ledger is {form}: press it again")
    elif reading is not None:
        check(document, document.text_sha256, reading)


def _document_row(number: int, one: _Prepared, pressed: Pressed, added: str) -> dialect.Row:
    document, state, reason = one.offer.document, one.offer.state, one.offer.reason
    return (
        number, one.key, plain(document.id), plain(document.url or document.id), state, plain_or_none(reason),
        plain(document.source), plain_or_none(document.url), plain_or_none(document.title),
        plain_or_none(document.publisher), plain_or_none(document.author), plain_or_none(document.published),
        document.language, pressed.text_sha256, pressed.kept, added,
    )


def _capture_row(number: int, one: _Prepared) -> dialect.Row:
    raw = one.offer.raw
    return (
        number, one.address, one.sha256, plain(raw.id), plain(raw.source), plain(raw.media_type),
        plain_or_none(raw.url), raw.fetched, json.dumps(raw.headers, sort_keys=True),
    )


def _address(raw: RawDocument) -> str:
    return plain(raw.url or raw.id)
