"""Changing the ledger: one short transaction a document, so that a crash leaves whole documents and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import Column, Connection, Engine, ScalarSelect, bindparam, delete, func, select, update

from ..errors import LedgerError
from ..records import (
    JUDGED_FIELDS,
    Anchor,
    Decision,
    Document,
    Incident,
    Judgement,
    RawDocument,
    Reading,
    Span,
    Story,
    Tally,
    Verdict,
    digest,
)
from . import decisions, dialect, judgements, links, removal
from .books import statement_rows
from .entries import State, Stored
from .packing import encode, hashed, pack, pack_document, plain, plain_or_none
from .rows import ReadingRows, passage_rows, reading_row
from .sketches import queue
from .tables import (
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
    to_link,
)


class Writer:
    """The only door through which what a ledger shows changes. Made by `Ledger.writer()`."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], str]) -> None:
        self._engine = engine
        self._where = where
        self._clock = clock

    # ---------------------------------------------------------------------------------------------- one document

    def store(
        self,
        raw: RawDocument,
        document: Document,
        reading: Reading | None,
        *,
        state: State,
        reason: str | None = None,
    ) -> Stored:
        """Keep a document with its bytes and its reading, in one transaction, and queue it for linking.

        `state` is "read" exactly when there is a reading; otherwise `reason` says why there is none. A document that
        the ledger has read already is left as it is, to the byte, whatever made the reading offered (`stale` tells that
        another make did; `replace` changes it). One that had no reading gets this one. Bytes that are new at the
        document's address are kept as a capture in any case.

        Raises LedgerError when the ledger cannot be written, or for a reading of another text: nothing is stored then.
        """
        if (reading is not None) != (state == "read"):
            raise LedgerError(f"document {document.id}: a reading goes with the state 'read', and with no other")
        if reading is not None:
            _check_same_text(document, reading)
        key, sha256 = document.key, raw.sha256
        with dialect.in_words(self._where):
            with dialect.reading(self._engine) as connection:
                known = _known(connection, key)
                seen = known is not None and _capture_seen(connection, known.number, raw, sha256)
            if known is not None and seen and not _gains(known, state, reason):
                return Stored(key, new=False, changed=False, stale=_stale(known, reading))
            # Compressed before the lock is taken: other writers wait as short as can be.
            packed, kept = pack(raw.content), pack_document(document)
            content = encode(reading) if reading else b""
            with dialect.writing(self._engine) as connection:
                known = _known(connection, key)
                gains = known is None or _gains(known, state, reason)
                last = _last(connection)
                number = last.document + 1 if known is None else known.number
                if known is None:
                    row = _document_row(number, key, document, state, reason, kept, self._clock())
                    dialect.insert(connection, documents, [row])
                elif gains:
                    change = update(documents).where(documents.c.number == number)
                    connection.execute(change.values(state=state, reason=plain_or_none(reason)))
                fresh = _keep_capture(connection, number, raw, sha256, packed, last, new=known is None)
                if gains:
                    if known is not None:
                        connection.execute(delete(passages).where(passages.c.document == number))
                    if reading is not None:
                        self._keep_reading(connection, number, key, reading, content, last)
                    dialect.insert(connection, passages, passage_rows(number, document.text, reading, last.passage + 1))
                    connection.execute(_NOTED_GOES, {"noted": _failure_id(document.id, document.source)})
        return Stored(key, known is None, fresh or gains, stale=not gains and _stale(known, reading))

    def replace(self, document_key: str, reading: Reading) -> bool:
        """Give a document another reading and retire the one it had, which is kept; queue it for linking.

        False, and nothing written, when it has that reading. LedgerError for an unknown document or another text.
        """
        content = encode(reading)
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            known = _known(connection, document_key)
            if known is None:
                raise LedgerError(f"ledger {self._where} has no document {document_key}: it was removed meanwhile")
            if known.text_sha256 != reading.text_sha256:
                raise LedgerError(f"the new reading of document {reading.id} is of another text than the ledger keeps")
            if known.reading_sha256 == hashed(content):
                return False
            number = known.number
            current = (readings.c.document == number) & readings.c.retired.is_(None)
            connection.execute(update(readings).where(current).values(retired=self._clock()))
            removal.forget_rows(connection, number)
            connection.execute(update(documents).where(documents.c.number == number).values(state="read", reason=None))
            last = _last(connection)
            self._keep_reading(connection, number, document_key, reading, content, last)
            dialect.insert(connection, passages, passage_rows(number, reading.text, reading, last.passage + 1))
        return True

    def record_failure(self, id: str, source: str, reason: str) -> bool:
        """Note that a document could not be read at all. The note goes when the document is stored, or with `remove`.

        False, and nothing written, when the same was noted before.
        """
        row = (_failure_id(id, source), plain(id), plain(source), plain(reason))
        with dialect.in_words(self._where):
            with dialect.reading(self._engine) as connection:
                noted = connection.execute(select(failures.c.reason).where(failures.c.id == row[0])).scalar()
            if noted == row[3]:
                return False
            with dialect.writing(self._engine) as connection:
                connection.execute(delete(failures).where(failures.c.id == row[0]))
                dialect.insert(connection, failures, [row])
        return True

    def remove(self, document_key: str) -> tuple[str, ...]:
        """Erase a document and all that came from it: bytes no other document has, readings, rows, search, its story's
        incidents. Judgements on it stay without their words. The story's other documents are queued for linking.

        Returns the keys so queued. LedgerError when there is no such document.
        """
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            known = _known(connection, document_key)
            if known is None:
                raise LedgerError(f"ledger {self._where} has no document {document_key}: see `rashomon status`")
            return removal.remove(connection, known.number, document_key)

    def forget_failures(self, id: str) -> int:
        """Drop the notes of failures of the caller's id that left no document; how many there were."""
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            return connection.execute(delete(failures).where(failures.c.caller == plain(id))).rowcount

    # ------------------------------------------------------------------------------------------------- across documents

    def pending(self) -> tuple[str, ...]:
        """Keys of the documents that wait to be linked, sorted."""
        query = select(documents.c.key).join(to_link, to_link.c.document == documents.c.number)
        with dialect.in_words(self._where), dialect.reading(self._engine) as connection:
            return tuple(connection.execute(query.order_by(documents.c.key)).scalars())

    def queue(self, document_keys: Iterable[str] | None = None) -> int:
        """Queue documents for linking again, all read ones without `document_keys`; how many were not queued yet."""
        wanted = None if document_keys is None else set(document_keys)
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            waiting = select(to_link.c.document)
            query = select(documents.c.number, documents.c.key).where(
                documents.c.state == "read", documents.c.number.not_in(waiting)
            )
            rows = [(row.number,) for row in connection.execute(query) if wanted is None or row.key in wanted]
            dialect.insert(connection, to_link, rows)
            return len(rows)

    def save_links(
        self,
        *,
        stories: Sequence[Story],
        incidents: Sequence[Incident],
        tallies: Sequence[Tally],
        documents_done: Iterable[str],
    ) -> bool:
        """Put stories, incidents and tallies in the place of all that the ledger held of the same documents.

        The touched documents are those of `stories` and `documents_done`; both must hold whole stories, old and new, so
        that no other document loses its story. Ids of incidents that go lead on to those that hold their events now.
        `documents_done` leave the queue. What is equal to what the ledger holds is not written: False when nothing was.

        Raises LinksOutdated, with nothing written, when another process changed the same documents meanwhile.
        """
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            return links.save(connection, self._where, stories, incidents, tallies, frozenset(documents_done))

    def decide(
        self, kind: Literal["join", "split"], parts: Iterable[Iterable[Anchor]], person: str, note: str | None
    ) -> Decision:
        """Keep what a person decided about incidents, for good, and queue the documents that it speaks of."""
        instant = self._clock()
        held = tuple(tuple(sorted(set(part))) for part in parts)
        made = Decision(digest("decision", kind, repr(held), person, instant), kind, held, person, note, instant)
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            decisions.keep(connection, made)
        return made

    def withdraw(self, decision: Decision) -> None:
        """Retire a decision, and queue the documents that it spoke of. It stays listed."""
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            decisions.withdraw(connection, decision, self._clock())

    def judge(
        self, document: str, span: Span | None, field: str, verdict: Verdict, person: str, *,
        value: str | None = None, note: str | None = None,
    ) -> Judgement:
        """Keep a person's verdict on a field of what stands at a span of a document (its key), and queue the document where that
        changes what it is compared by. LedgerError for a document that the ledger does not have."""
        instant = self._clock()
        where = f"{span.start}:{span.end}" if span else ""
        id = digest("judgement", document, where, field, verdict, value or "", note or "", person, instant)
        made = Judgement(id, document, span, field, verdict, value, note, person, instant)
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            known = _known(connection, document)
            if known is None:
                raise LedgerError(f"ledger {self._where} has no document {document}: see `rashomon status`")
            judgements.keep(connection, made)
            # What it says of events and claims changes what the document is linked and compared by.
            if field in JUDGED_FIELDS and known.state == "read":
                queue(connection, [known.number])
        return made

    # ---------------------------------------------------------------------------------------------------------- inside

    def _keep_reading(
        self, connection: Connection, number: int, key: str, reading: Reading, content: bytes, last: _Last
    ) -> None:
        row = reading_row(last.reading + 1, number, reading, content, self._clock())
        dialect.insert(connection, readings, [row])
        rows = ReadingRows(number, key, reading, last.event + 1)
        dialect.insert(connection, claims, rows.claims)
        dialect.insert(connection, names, rows.names)
        dialect.insert(connection, events, rows.events)
        dialect.insert(connection, place_boxes, rows.boxes)
        dialect.insert(connection, statements, statement_rows(number, key, reading))
        if connection.execute(_WAITING, {"number": number}).first() is None:
            dialect.insert(connection, to_link, [(number,)])


def _document_row(
    number: int, key: str, document: Document, state: State, reason: str | None, kept: bytes, added: str
) -> dialect.Row:
    return (
        number, key, plain(document.id), plain(document.url or document.id), state, plain_or_none(reason),
        plain(document.source), plain_or_none(document.url), plain_or_none(document.title),
        plain_or_none(document.publisher), plain_or_none(document.author), plain_or_none(document.published),
        document.language, document.text_sha256, kept, added,
    )


class _Known(NamedTuple):
    """What the ledger has of a document already; `make` and `reading_sha256` of its current reading."""

    number: int
    state: str
    reason: str | None
    text_sha256: str
    reading_sha256: str | None
    make: tuple[str, str, str] | None


class _Last(NamedTuple):
    """The largest numbers in use. The write lock keeps others from counting on at the same time."""

    document: int
    reading: int
    event: int
    passage: int
    capture: int


def _largest(column: Column[int]) -> ScalarSelect[int]:
    return select(func.coalesce(func.max(column), 0)).scalar_subquery()


# Built once: these run for every document.
_KNOWN = (
    select(
        documents.c.number, documents.c.state, documents.c.reason, documents.c.text_sha256, readings.c.sha256,
        readings.c.code, readings.c.knowledge, readings.c.models,
    )
    .select_from(
        documents.outerjoin(readings, (readings.c.document == documents.c.number) & readings.c.retired.is_(None))
    )
    .where(documents.c.key == bindparam("key"))
)
_LAST = select(
    _largest(documents.c.number), _largest(readings.c.id), _largest(events.c.id), _largest(passages.c.id),
    _largest(captures.c.id),
)
_AT_ADDRESS = select(captures.c.id, captures.c.sha256, captures.c.fetched).where(
    captures.c.address == bindparam("address")
)
_JOINED = select(document_captures.c.capture).where(
    document_captures.c.document == bindparam("number"), document_captures.c.capture == bindparam("capture")
)
_BLOB = select(blobs.c.sha256).where(blobs.c.sha256 == bindparam("sha256"))
_WAITING = select(to_link.c.document).where(to_link.c.document == bindparam("number"))
_NOTED_GOES = delete(failures).where(failures.c.id == bindparam("noted"))


def _known(connection: Connection, key: str) -> _Known | None:
    row = connection.execute(_KNOWN, {"key": key}).first()
    if row is None:
        return None
    make = None if row.sha256 is None else (row.code, row.knowledge, row.models)
    return _Known(row.number, row.state, row.reason, row.text_sha256, row.sha256, make)


def _last(connection: Connection) -> _Last:
    return _Last(*connection.execute(_LAST).one())


def _gains(known: _Known, state: State, reason: str | None) -> bool:
    """A kept reading stays; without one, a reading or another reason is news."""
    if known.make is not None:
        return False
    return state == "read" or (state, plain_or_none(reason)) != (known.state, known.reason)


def _stale(known: _Known | None, reading: Reading | None) -> bool:
    if known is None or known.make is None or reading is None:
        return False
    made = reading.made_by
    return known.make != (made.code, made.knowledge, made.models)


def _check_same_text(document: Document, reading: Reading) -> None:
    if reading.text != document.text or reading.text_sha256 != document.text_sha256:
        raise LedgerError(f"the reading offered for document {document.id} is of another text")
    if reading.id != document.id:
        raise LedgerError(f"the reading offered for document {document.id} is of document {reading.id}")


def _address(raw: RawDocument) -> str:
    return plain(raw.url or raw.id)


def _capture_seen(connection: Connection, number: int, raw: RawDocument, sha256: str) -> bool:
    """True when storing these bytes for that document would change nothing."""
    found = _find_capture(connection, raw, sha256)
    return found is not None and _joined(connection, number, found)


def _joined(connection: Connection, number: int, capture: int) -> bool:
    return connection.execute(_JOINED, {"number": number, "capture": capture}).first() is not None


def _find_capture(connection: Connection, raw: RawDocument, sha256: str) -> int | None:
    """The capture that stands for these bytes: the same at their address, none other fetched there in between."""
    rows = connection.execute(_AT_ADDRESS, {"address": _address(raw)}).all()
    same = [row for row in rows if row.sha256 == sha256]
    if not same:
        return None
    if raw.fetched is not None:
        before = [row for row in rows if row.fetched is not None and row.fetched <= raw.fetched]
        latest = max(before, key=lambda row: (row.fetched, row.id), default=None)
        if latest is not None:
            return int(latest.id) if latest.sha256 == sha256 else None
    return int(min(row.id for row in same))


def _keep_capture(
    connection: Connection, number: int, raw: RawDocument, sha256: str, packed: bytes, last: _Last, *, new: bool
) -> bool:
    capture = _find_capture(connection, raw, sha256)
    if capture is None:
        if connection.execute(_BLOB, {"sha256": sha256}).first() is None:
            dialect.insert(connection, blobs, [(sha256, len(raw.content), packed)])
        capture = last.capture + 1
        row = (
            capture, _address(raw), sha256, plain(raw.id), plain(raw.source), plain(raw.media_type),
            plain_or_none(raw.url), raw.fetched, json.dumps(raw.headers, sort_keys=True),
        )
        dialect.insert(connection, captures, [row])
    elif not new and _joined(connection, number, capture):
        return False
    dialect.insert(connection, document_captures, [(number, capture)])
    return True


def _failure_id(id: str, source: str) -> str:
    return digest("failure", id, source)
