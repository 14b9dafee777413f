"""Linking in a ledger: what waits is compared with its like, and what that can alter is linked again.

Each document has a sketch in the ledger. One that waits gets a new one, is compared with the documents that share its signs,
and is noted as alike to some of them. Documents that are alike in a chain are linked together, apart from all others: so the
stories of the chains that hold a waiting document are made anew, and with them every story that loses a document to these.
The partition is that of linking everything at once (`Linker.link`), whatever the order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from .ledger import Ledger, LinksOutdated, Shelf, SketchEntry
from .link import Postings, Sketch, days_of, packed, tied, ties, unpacked
from .linker import Linker
from .records import Decision, Incident, Story, Tally
from .tracing import Tracer

_TRIES = 3
# Documents sketched, or saved with their stories, in one transaction.
_AT_ONCE = 200
# From so many waiting documents on, all signs are held in memory: a look into the ledger for each would take longer.
_MANY = 500
# Sketches held while many documents are compared.
_HELD = 4_000


class Linking(msgspec.Struct, frozen=True):
    """How many documents were linked, and how many stories and incidents were made of them and their like."""

    linked: int = 0
    stories: int = 0
    incidents: int = 0


def link(ledger: Ledger, *, linker: Linker | None = None, tracer: Tracer | None = None) -> Linking:
    """Link all documents that wait in the queue, and trace what text they share; computes outside the write lock, and again
    where another came first.

    What is done is stored batch by batch: a process that dies leaves the rest waiting. LedgerError when the ledger cannot be
    written.
    """
    writer, shelf = ledger.writer(), ledger.shelf()
    done = Linking()
    for attempt in range(_TRIES):
        waiting = writer.pending()
        if not waiting:
            break
        linker, tracer = linker or Linker.load(), tracer or Tracer.load()
        stale = {*shelf.outdated(linker.made), *ledger.traces().outdated(tracer.made)}
        if stale:
            # Sketches and prints of another make say nothing beside new ones.
            writer.queue(stale)
            waiting = writer.pending()
        _sketch(waiting, ledger, linker, tracer)
        waiting = writer.pending()
        _join(waiting, shelf, linker)
        try:
            for part in _link(waiting, ledger, linker):
                done = Linking(done.linked + part.linked, done.stories + part.stories, done.incidents + part.incidents)
        except LinksOutdated:
            if attempt + 1 == _TRIES:
                raise
            continue
        break
    if ledger.traces().waiting():
        (tracer or Tracer.load()).settle(ledger)
    return done


def _sketch(waiting: Sequence[str], ledger: Ledger, linker: Linker, tracer: Tracer) -> None:
    view, shelf, traces = ledger.view(), ledger.shelf(), ledger.traces()
    for some in _parts(waiting):
        readings = list(view.readings(some))
        tracer.keep(traces, readings)
        sketches = [linker.sketch(key, reading) for key, reading in readings]
        shelf.keep(linker.made, [SketchEntry(each.key, each.signs, packed(each)) for each in sketches])


def _join(waiting: Sequence[str], shelf: Shelf, linker: Linker) -> None:
    """Compare each waiting document with its like, and note what is alike."""
    posted = _posted(shelf, linker) if len(waiting) >= _MANY else None
    sketches = _Sketches(shelf)
    new = frozenset(waiting)
    for some in _parts(waiting):
        pairs: list[tuple[str, str]] = []
        for key, one in sketches.of(some).items():
            near = posted.near(key, one.signs, one.days) if posted else _near(one, shelf, linker)
            # Of two that wait, the later one in the order of keys looks at the other.
            others = [other for other in near if other not in new or other < key]
            pairs.extend((key, other.key) for other in linker.alike(one, list(sketches.of(others).values())))
        shelf.join(pairs)


def _near(one: Sketch, shelf: Shelf, linker: Linker) -> list[str]:
    """The documents of the ledger that are worth comparing with this one."""
    found = shelf.near(one.key, one.signs, linker.least_signs)
    return linker.worth(one, ((each.key, each.shared, days_of(each.start, each.end)) for each in found))


def _posted(shelf: Shelf, linker: Linker) -> Postings:
    posted, published = linker.postings(), shelf.published()
    for sign, key in shelf.signs():
        posted.add(key, (sign,), days_of(*published.get(key, (None, None))))
    return posted


def _link(waiting: Sequence[str], ledger: Ledger, linker: Linker) -> Iterator[Linking]:
    """Make and save the stories that the waiting documents can alter, some islands at a time."""
    view, shelf, writer = ledger.view(), ledger.shelf(), ledger.writer()
    new = frozenset(waiting)
    decisions = view.decisions()
    bound = ties(decisions, view.present(key for each in decisions for key in each.documents))
    for islands in _batches(_islands(waiting, shelf, bound)):
        stories: list[Story] = []
        for island in islands:
            stories.extend(tied(_stories(island, shelf, linker), bound))
        every = {key for island in islands for key in island.documents}
        before = shelf.companions(every)
        altered = [
            story for story in stories
            if not new.isdisjoint(story.documents) or before.get(story.documents[0]) != story.documents
        ]
        incidents: list[Incident] = []
        tallies: list[Tally] = []
        for some in _batches(altered):
            # An island may be large: its readings are held some stories at a time.
            held = dict(view.readings(key for story in some for key in story.documents))
            found = linker.compared(some, held, _about(decisions, some))
            incidents.extend(found.incidents)
            tallies.extend(found.tallies)
        done = sorted(new & every)
        writer.save_links(stories=altered, incidents=incidents, tallies=tallies, documents_done=done)
        yield Linking(len(done), len(altered), len(incidents))


class _Island(msgspec.Struct, frozen=True):
    """Documents that no other document is alike to or shares a story with, and the chains that they form, each sorted."""

    documents: tuple[str, ...]
    chains: tuple[tuple[str, ...], ...]
    near: Mapping[str, tuple[str, ...]]


_Part = TypeVar("_Part", _Island, Story)


def _about(decisions: Iterable[Decision], stories: Iterable[Story]) -> list[Decision]:
    """The decisions that speak of a document of the stories, in their order."""
    documents = {key for story in stories for key in story.documents}
    return [each for each in decisions if not documents.isdisjoint(each.documents)]


def _islands(waiting: Sequence[str], shelf: Shelf, bound: Mapping[str, frozenset[str]]) -> Iterator[_Island]:
    """The islands that hold a waiting document, each once; a person's join ties two documents as likeness does."""
    seen: set[str] = set()
    for key in waiting:
        if key in seen:
            continue
        inside: dict[str, tuple[str, ...]] = {}
        ahead = {key}
        while ahead:
            near, beside = shelf.neighbours(ahead), shelf.companions(ahead)
            inside.update((each, near.get(each, ())) for each in ahead)
            others = {other for found in (near, beside) for others in found.values() for other in others}
            ahead = others.union(*(bound.get(each, ()) for each in ahead)) - inside.keys()
        seen.update(inside)
        yield _Island(tuple(sorted(inside)), tuple(_chains(inside)), inside)


def _chains(near: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """The sets of documents that are connected, each sorted."""
    seen: set[str] = set()
    for key in sorted(near):
        if key in seen:
            continue
        chain, ahead = {key}, [key]
        while ahead:
            for other in near[ahead.pop()]:
                if other not in chain:
                    chain.add(other)
                    ahead.append(other)
        seen.update(chain)
        yield tuple(sorted(chain))


def _stories(island: _Island, shelf: Shelf, linker: Linker) -> Iterator[Story]:
    for chain in island.chains:
        if len(chain) == 1:
            yield Story(chain[0], chain)
        else:
            yield from linker.stories(chain, island.near, _Sketches(shelf).of(chain))


class _Sketches:
    """Sketches of the ledger, some of them held."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._held: dict[str, Sketch] = {}

    def of(self, keys: Collection[str]) -> dict[str, Sketch]:
        """Those of these documents that have a sketch, in the order of keys."""
        if len(self._held) > _HELD:
            self._held.clear()
        missing = [key for key in keys if key not in self._held]
        for key, body in self._shelf.bodies(missing).items():
            self._held[key] = unpacked(key, body)
        return {key: self._held[key] for key in sorted(keys) if key in self._held}


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))


def _batches(found: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Islands or stories in their order, as many at once as hold about `_AT_ONCE` documents."""
    batch: list[_Part] = []
    size = 0
    for each in found:
        batch.append(each)
        size += len(each.documents)
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
