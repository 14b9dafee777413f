"""Changing the ledger: short transactions of whole documents, so that a crash leaves these and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal

from sqlalchemy import Engine, delete, select, update

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
from . import decisions, dialect, judgements, links, removal, revised, storing
from .entries import State, Stored
from .packing import plain, unpack_document
from .pressing import Pressed, press
from .sketches import queue
from .storing import Offer, known_of
from .tables import (
    documents,
    failures,
    readings,
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
        reading: Reading | Pressed | None,
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
        return self.store_all([Offer(raw, document, reading, state, reason)])[0]

    def store_all(self, offers: Sequence[Offer]) -> list[Stored]:
        """Keep many documents, each as `store` does, in one transaction: all of them or none; what was done of each, in their
        order. Where a document or an address comes twice, a transaction ends before it comes again."""
        with dialect.in_words(self._where):
            return storing.store(self._engine, self._clock, offers)

    @property
    def press(self) -> Callable[[Document, Reading], Pressed]:
        """Makes a reading ready for this ledger, in whatever process: the function may be sent to another. `store_all` and
        `replace` take what it gives as they take the reading itself, with most of their work done. LedgerError as `store`."""
        return partial(press, form=dialect.form(self._engine))

    def replace(self, document_key: str, reading: Reading | Pressed) -> bool:
        """Give a document another reading and retire the one it had, which is kept; queue it for linking.

        False, and nothing written, when it has that reading. LedgerError for an unknown document or another text.
        """
        pressed = reading if isinstance(reading, Pressed) else self.press(self._original(document_key), reading)
        with dialect.in_words(self._where), dialect.writing(self._engine) as connection:
            known = known_of(connection, [document_key]).get(document_key)
            if known is None:
                raise self._lost(document_key)
            if known.text_sha256 != pressed.text_sha256:
                raise LedgerError(f"the new reading of document {document_key} is of another text than the ledger keeps")
            if known.reading_sha256 == pressed.reading_sha256:
                return False
            number = known.number
            revised.ask_beside(connection, number)
            current = (readings.c.document == number) & readings.c.retired.is_(None)
            connection.execute(update(readings).where(current).values(retired=self._clock()))
            removal.forget_rows(connection, number)
            connection.execute(update(documents).where(documents.c.number == number).values(state="read", reason=None))
            rows = storing.Rows(storing.last(connection))
            rows.add_pressed(number, pressed, self._clock())
            rows.write(connection)
        return True

    def record_failure(self, id: str, source: str, reason: str) -> bool:
        """Note that a document could not be read at all. The note goes when the document is stored, or with `remove`.

        False, and nothing written, when the same was noted before.
        """
        row = (storing.failure_id(id, source), plain(id), plain(source), plain(reason))
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
            known = known_of(connection, [document_key]).get(document_key)
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
            known = known_of(connection, [document]).get(document)
            if known is None:
                raise LedgerError(f"ledger {self._where} has no document {document}: see `rashomon status`")
            judgements.keep(connection, made)
            # What it says of events and claims changes what the document is linked and compared by.
            if field in JUDGED_FIELDS and known.state == "read":
                queue(connection, [known.number])
        return made

    # ------------------------------------------------------------------------------------------------------------ inside

    def _original(self, document_key: str) -> Document:
        with dialect.in_words(self._where), dialect.reading(self._engine) as connection:
            record = connection.execute(select(documents.c.record).where(documents.c.key == document_key)).scalar()
        if record is None:
            raise self._lost(document_key)
        return unpack_document(record)

    def _lost(self, document_key: str) -> LedgerError:
        return LedgerError(f"ledger {self._where} has no document {document_key}: it was removed meanwhile")
