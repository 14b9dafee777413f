"""Many documents: read, stored one by one, linked into stories and incidents, compared, kept in the ledger.

    with open_ledger("war.db", create=True) as ledger:
        change = add(documents(paths, ...), ledger, Reader.load())

Whatever was interrupted goes on where it stopped: stored documents wait in the ledger's queue until they are linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import Protocol

import msgspec

from .errors import InputError, RashomonError
from .knowledge.linking import load_linking
from .ledger import Ledger, Offer, Pressed, View, Writer
from .ledger.entries import DocumentEntry
from .link import ledger_date
from .linker import Linker
from .records import Arrival, Document, LedgerDate, MadeBy
from .relinking import Linking, link
from .workers import Reads, ReadsMany, in_order

_READ = frozenset({"en", "und"})
# Documents that are read so fast go into the ledger together, so many at most.
_SECONDS, _TOGETHER = 0.5, 200


class Watch(Protocol):
    """Who is told of the work as it goes."""

    def __call__(self, source: str, error: RashomonError) -> None:
        """A document could not be read."""

    def step(self, name: str) -> None:
        """A document is done."""

    def skip(self, name: str, reason: str) -> None:
        """A document was kept without being read."""


class Change(msgspec.Struct, frozen=True):
    """What a run did, in documents, and what it made of them.

    `read` were read now, `known` were there already, `stale` of these were read by another make of the program, `not_read`
    are kept as text only, `failed` could not be read, `removed` are gone. `linked` were linked; with what they altered they
    make `stories` that hold `incidents`.
    """

    read: int = 0
    known: int = 0
    stale: int = 0
    not_read: int = 0
    failed: int = 0
    removed: int = 0
    linked: int = 0
    stories: int = 0
    incidents: int = 0


def add(
    arrivals: Iterable[Arrival],
    ledger: Ledger,
    reader: Reads | ReadsMany,
    *,
    watch: Watch | None = None,
    linker: Linker | None = None,
    jobs: int = 1,
) -> Change:
    """Read what the ledger does not know yet, keep it, link and compare it. Doing it twice changes nothing.

    `reader` reads one document at a time, or several (`rashomon.workers.Workers`); where many documents are to be linked, `jobs`
    processes do it. What comes of it is the same.

    Documents are stored whole, those of half a second in one transaction; `watch` is told of a document when it is stored.
    One that cannot be read is kept as far as it is known, noted, and told to `watch`; the others go on. LedgerError when the
    ledger cannot be written.
    """
    view, writer = ledger.view(), ledger.writer()
    basket = _Basket(writer, watch)
    counts = dict.fromkeys(("read", "known", "stale", "not_read", "failed"), 0)
    try:
        for arrival, outcome in in_order(reader).each_then(_wanted(arrivals, view), writer.press):
            if arrival.document.key in basket:
                basket.empty()
            entry = view.known(arrival.document.key)
            count, offer = _offered(arrival, entry, outcome, view, watch)
            basket.put(offer)
            counts[count] += 1
            if count == "known" and entry is not None and _made_otherwise(entry, reader.made_by):
                counts["stale"] += 1
    finally:
        # What was read is kept, also where the next document stops the run.
        basket.empty()
    return msgspec.structs.replace(_linked(link(ledger, linker=linker, jobs=jobs)), **counts)


def relink(ledger: Ledger, *, linker: Linker | None = None, jobs: int = 1) -> Change:
    """Link everything anew, after a change of weights or knowledge. The same readings give the same partition."""
    ledger.writer().queue()
    return _linked(link(ledger, linker=linker, jobs=jobs))


def link_waiting(ledger: Ledger, *, linker: Linker | None = None) -> Change:
    """Link what waits in the queue, as after a person's decision."""
    return _linked(link(ledger, linker=linker))


def remove(ledger: Ledger, keys: Sequence[str], *, linker: Linker | None = None) -> Change:
    """Erase documents (by key) with all that came from them, and link again what they held together."""
    writer = ledger.writer()
    for key in keys:
        writer.remove(key)
    return msgspec.structs.replace(_linked(link(ledger, linker=linker)), removed=len(keys))


def reread(
    ledger: Ledger,
    reader: Reads | ReadsMany,
    *,
    keys: Sequence[str] | None = None,
    watch: Watch | None = None,
    linker: Linker | None = None,
    jobs: int = 1,
) -> Change:
    """Read again what another make of the program has read (or `keys`), from the text as stored, and link it.

    The former readings are retired, not erased.
    """
    writer, view = ledger.writer(), ledger.view()
    read = failed = 0
    chosen = keys if keys is not None else view.outdated(reader.made_by)
    originals = map(view.original, chosen)
    for document, outcome in in_order(reader).each_then(((document, document) for document in originals), writer.press):
        if isinstance(outcome, Pressed):
            writer.replace(document.key, outcome)
            read += 1
            if watch is not None:
                watch.step(document.id)
        else:
            failed += 1
            if watch is not None and outcome is not None:
                watch(document.source, outcome)
    return msgspec.structs.replace(_linked(link(ledger, linker=linker, jobs=jobs)), read=read, failed=failed)


def _linked(done: Linking) -> Change:
    return Change(linked=done.linked, stories=done.stories, incidents=done.incidents)


def date_of(view: View, key: str) -> LedgerDate | None:
    """What the other documents of its story, and its fetching, add to the date of a document (key); None for nothing.

    Computed when asked from what the ledger then holds, so that it cannot be out of date.
    """
    entry = view.known(key)
    story = view.story(entry.story) if entry is not None and entry.story is not None else None
    readings = dict(view.readings(story.documents if story is not None else [key]))
    if key not in readings:
        return None
    document = view.original(key)
    captures = view.captures(document.url or document.id)
    fetched = min((each.fetched for each in captures if each.fetched and key in each.documents), default=None)
    return ledger_date(key, readings, view.incidents(document=key), fetched, load_linking().dates)


# ------------------------------------------------------------------------------------------------------- one document


class _Basket:
    """Documents on their way into the ledger: they go in together, as many as come in half a second."""

    def __init__(self, writer: Writer, watch: Watch | None) -> None:
        self._writer, self._watch = writer, watch
        self._offers: dict[str, Offer] = {}
        self._emptied = monotonic()

    def __contains__(self, key: str) -> bool:
        return key in self._offers

    def put(self, offer: Offer) -> None:
        """Store it now, or with those that come soon after."""
        self._offers[offer.document.key] = offer
        if len(self._offers) >= _TOGETHER or monotonic() - self._emptied >= _SECONDS:
            self.empty()

    def empty(self) -> None:
        """Store what is in it. Where that fails nothing of it is stored, nor tried again."""
        offers, self._offers = list(self._offers.values()), {}
        if offers:
            self._writer.store_all(offers)
        if self._watch is not None:
            for offer in offers:
                self._watch.step(offer.document.id)
        self._emptied = monotonic()


def unread(document: Document) -> str | None:
    """Why the document is not read; None where it is."""
    return None if document.language in _READ else f"its language is {document.language!r}, and Rashomon reads English"


def _wanted(arrivals: Iterable[Arrival], view: View) -> Iterator[tuple[Arrival, Document | None]]:
    """The arrivals, each with the document to be read, if it is to be."""
    for arrival in arrivals:
        entry = view.known(arrival.document.key)
        read = (entry is not None and entry.state == "read") or unread(arrival.document) is not None
        yield arrival, None if read else arrival.document


def _offered(
    arrival: Arrival, entry: DocumentEntry | None, outcome: Pressed | RashomonError | None, view: View, watch: Watch | None
) -> tuple[str, Offer]:
    """Which of Change's counts an arrival belongs to, and what of it is to be stored."""
    raw, document = arrival.raw, arrival.document
    if entry is not None and entry.state == "read":
        # Its bytes may be new at this address even where its text is not.
        return "known", Offer(raw, document, view.reading(document.key, as_judged=False), "read")
    if isinstance(outcome, Pressed):
        return "read", Offer(raw, document, outcome, "read")
    reason = unread(document)
    if reason is not None:
        if watch is not None:
            watch.skip(document.id, reason)
        return "not_read", Offer(raw, document, None, "not-read", reason)
    error = outcome or InputError(f"{document.id}: it was removed from the ledger while it was being added; add it again")
    if watch is not None:
        watch(document.source, error)
    return "failed", Offer(raw, document, None, "failed", str(error))


def _made_otherwise(entry: DocumentEntry, made_by: MadeBy) -> bool:
    made = entry.made_by
    return made is not None and (made.code, made.knowledge, made.models) != (made_by.code, made_by.knowledge, made_by.models)
