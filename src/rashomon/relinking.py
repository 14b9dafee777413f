"""Linking in a ledger: what waits is compared with its like, and what that can alter is linked again.

Each document has a sketch in the ledger. One that waits gets a new one, is compared with the documents that share its signs,
and is noted as alike to some of them. Stories are made anew where it can change them and nowhere else (`link.regions`). The
partition is that of linking everything at once (`Linker.link`), whatever the order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence

import msgspec

from .ledger import Ledger, LinksOutdated, Shelf, SketchEntry
from .link import Postings, Region, Sketch, Surroundings, days_of, packed, region, ties, unpacked
from .linker import Linker
from .records import Decision, Story
from .records.cluster import Pair, components, pair
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

    What is done is stored batch by batch: a process that dies leaves the rest waiting. While another process links, this one
    waits, and links what is left then. LedgerError when the ledger cannot be written.
    """
    with ledger.linking():
        return _link_waiting(ledger, linker, tracer)


def _link_waiting(ledger: Ledger, linker: Linker | None, tracer: Tracer | None) -> Linking:
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
        freed = _sketch(waiting, ledger, linker, tracer)
        # Not all that waits now: what others added meanwhile has no sketch yet, and waits for the next who links.
        wanted = freed.union(waiting)
        waiting = tuple(key for key in writer.pending() if key in wanted)
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


def _sketch(waiting: Sequence[str], ledger: Ledger, linker: Linker, tracer: Tracer) -> set[str]:
    """Sketch what waits; the documents that wait now because they were alike to what has changed."""
    freed: set[str] = set()
    view, shelf, traces = ledger.view(), ledger.shelf(), ledger.traces()
    for some in _parts(waiting):
        readings = list(view.readings(some))
        tracer.keep(traces, readings)
        sketches = [linker.sketch(key, reading) for key, reading in readings]
        freed |= shelf.keep(linker.made, [SketchEntry(each.key, each.signs, packed(each)) for each in sketches])
    return freed


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
    """Make and save the stories that the waiting documents can alter, some regions at a time."""
    view, shelf, writer = ledger.view(), ledger.shelf(), ledger.writer()
    decisions = view.decisions()
    bound = ties(decisions, view.present(key for each in decisions for key in each.documents))
    waits = frozenset(waiting)
    left = dict.fromkeys(waiting)
    made = _Made(shelf)
    around = Surroundings(shelf.neighbours, made.beside, bound)

    def stories_of(chain: tuple[str, ...], near: Mapping[str, Iterable[str]], scores: MutableMapping[Pair, float]) -> list[Story]:
        return linker.stories(chain, near, _Sketches(shelf).of(chain), scores)

    while left:
        found = region(next(iter(left)), left.keys(), around, stories_of)
        made.put(found)
        for key in found.fresh:
            left.pop(key, None)
        if left and len(made.documents) < _AT_ONCE:
            continue
        for altered in made.altered():
            documents = {key for story in altered for key in story.documents}
            found_in = linker.compared(altered, dict(view.readings(documents)), _about(decisions, altered))
            done = sorted(documents & made.fresh & waits)
            writer.save_links(
                stories=altered, incidents=found_in.incidents, tallies=found_in.tallies, documents_done=done
            )
            yield Linking(len(done), len(altered), len(found_in.incidents))
        made.clear()


class _Made:
    """Stories that are made and not yet saved, over those that the ledger holds."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._home: dict[str, Story] = {}
        self.fresh: set[str] = set()

    @property
    def documents(self) -> Collection[str]:
        """The documents of these stories."""
        return self._home.keys()

    def put(self, found: Region) -> None:
        """Take a region's stories in, in the place of earlier ones."""
        self._home.update((key, story) for story in found.stories for key in story.documents)
        self.fresh |= found.fresh

    def beside(self, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
        """All documents of the story that each of these stands in by now; those that stand in none are left out."""
        found = {key: self._home[key].documents for key in keys if key in self._home}
        return found | self._shelf.companions([key for key in keys if key not in found])

    def altered(self) -> Iterator[list[Story]]:
        """The stories that are to be saved, some at a time: with each all that share a story of the ledger with it."""
        held = self._shelf.companions(self._home.keys())
        found = [
            story for key, story in sorted(self._home.items())
            if key == story.id and (held.get(key) != story.documents or not self.fresh.isdisjoint(story.documents))
        ]
        known = {story.id: story for story in found}
        home = {key: story.id for story in found for key in story.documents}
        edges = [pair(home[key], home[held[key][0]]) for key in home if key in held and held[key][0] in home]
        batch: list[Story] = []
        for some in components(known, edges):
            batch += (known[id] for id in some)
            if sum(len(story.documents) for story in batch) >= _AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch

    def clear(self) -> None:
        """Forget them: they are saved."""
        self._home.clear()
        self.fresh.clear()


def _about(decisions: Iterable[Decision], stories: Iterable[Story]) -> list[Decision]:
    """The decisions that speak of a document of the stories, in their order."""
    documents = {key for story in stories for key in story.documents}
    return [each for each in decisions if not documents.isdisjoint(each.documents)]


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
