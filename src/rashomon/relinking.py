"""Linking in a ledger: what waits is compared with its like, and what that can alter is linked again.

Each document has a sketch in the ledger. One that waits gets a new one, is compared with the documents that share its signs,
and is noted as alike to some of them. Stories are made anew where it can change them and nowhere else (`link.regions`). The
partition is that of linking everything at once (`Linker.link`), whatever the order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import ExitStack
from types import TracebackType

import msgspec

from .blocks.pool import Call, Crew, Here
from .blocks.processes import Processes
from .blocks.steps import alike, block_pairs, done, in_order, linked, parts
from .ledger import Ledger, LinksOutdated, RevisedEntry, Shelf
from .link import Region, Sketch, Surroundings, days_of, region, ties, unpacked
from .linker import Linked, Linker
from .records import Decision, Story
from .records.cluster import Pair, components, pair
from .revising import Piece, settle
from .shelved import ShelvedWork, links_over
from .tracing import Tracer

_TRIES = 3
# Documents sketched, or saved with their stories, in one transaction.
_AT_ONCE = 200
# Documents whose stories are made before their incidents are: work for several processes.
_ROUND = 2_000
# From so many waiting documents on, whole blocks are compared: a look into the ledger for each document would take longer.
_MANY = 500
# Documents a block: two of them and their index are held at a time.
_BLOCK = 1_000
# Sketches held while many documents are compared.
_HELD = 4_000


class Linking(msgspec.Struct, frozen=True):
    """How many documents were linked, and how many stories and incidents were made of them and their like."""

    linked: int = 0
    stories: int = 0
    incidents: int = 0


def link(ledger: Ledger, *, linker: Linker | None = None, tracer: Tracer | None = None, jobs: int = 1) -> Linking:
    """Link all documents that wait in the queue, and trace what text they share; computes outside the write lock, and again
    where another came first.

    Where many wait, `jobs` processes compute; this one alone writes. What comes of it is the same. What is done is stored batch
    by batch: a process that dies leaves the rest waiting. While another process links, this one waits, and links what is left
    then. LedgerError when the ledger cannot be written.
    """
    with ledger.linking():
        return _link_waiting(ledger, linker, tracer, jobs)


def _link_waiting(ledger: Ledger, linker: Linker | None, tracer: Tracer | None, jobs: int) -> Linking:
    writer, shelf = ledger.writer(), ledger.shelf()
    made = Linking()
    waiting = writer.pending()
    if not waiting:
        _settle(ledger, tracer)
        return made
    linker, tracer = linker or Linker.load(), tracer or Tracer.load()
    with _Hands(ledger, linker, tracer, jobs) as hands:
        for attempt in range(_TRIES):
            stale = {*shelf.outdated(linker.made), *ledger.traces().outdated(tracer.made)}
            if stale:
                # Sketches and prints of another make say nothing beside new ones.
                writer.queue(stale)
                waiting = writer.pending()
            crew = hands.for_so_many(len(waiting))
            freed = _sketch(waiting, ledger, linker, tracer, crew)
            # Not all that waits now: what others added meanwhile has no sketch yet, and waits for the next who links.
            wanted = freed.union(waiting)
            waiting = tuple(key for key in writer.pending() if key in wanted)
            _join(waiting, shelf, linker, crew)
            try:
                for part in _link(waiting, ledger, linker, crew):
                    made = Linking(made.linked + part.linked, made.stories + part.stories, made.incidents + part.incidents)
            except LinksOutdated:
                if attempt + 1 == _TRIES:
                    raise
                waiting = writer.pending()
                continue
            break
        _settle(ledger, tracer, hands)
    return made


def _settle(ledger: Ledger, tracer: Tracer | None, hands: _Hands | None = None) -> None:
    """Trace copied text, and find what was changed later, where documents wait for it."""
    if ledger.traces().waiting():
        (tracer or Tracer.load()).settle(ledger)
    settle(ledger, hands.looked if hands is not None else None)


class _Hands:
    """Who does the work of a run: this process, or several where there is much to do."""

    def __init__(self, ledger: Ledger, linker: Linker, tracer: Tracer, jobs: int) -> None:
        self._stack = ExitStack()
        self._alone = self._stack.enter_context(Here().crew(lambda: ShelvedWork(ledger, linker, tracer), linker.made))
        several = Processes(jobs).crew(links_over(ledger, linker, tracer), linker.made)
        self._several = self._stack.enter_context(several) if jobs > 1 else self._alone

    def __enter__(self) -> _Hands:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def for_so_many(self, documents: int) -> Crew:
        """Who links so many."""
        return self._several if documents >= _MANY else self._alone

    def looked(self, batches: Sequence[Sequence[Piece]]) -> Iterator[list[RevisedEntry]]:
        """What was changed later of what these documents say, batch by batch."""
        crew = self.for_so_many(sum(map(len, batches)))
        return in_order(done(crew, (Call(number, ("revised", some)) for number, some in enumerate(batches))))


def _sketch(waiting: Sequence[str], ledger: Ledger, linker: Linker, tracer: Tracer, crew: Crew) -> set[str]:
    """Sketch what waits; the documents that wait now because they were alike to what has changed."""
    freed: set[str] = set()
    shelf, traces = ledger.shelf(), ledger.traces()
    calls = (Call(number, ("sketch", some)) for number, some in enumerate(parts(waiting, _AT_ONCE)))
    for prints, sketches in in_order(done(crew, calls)):
        tracer.keep(traces, prints)
        freed |= shelf.keep(linker.made, sketches)
    return freed


def _join(waiting: Sequence[str], shelf: Shelf, linker: Linker, crew: Crew) -> None:
    """Compare each waiting document with its like, and note what is alike."""
    new = frozenset(waiting)
    if len(waiting) >= _MANY:
        published = shelf.published()
        by_day = sorted(published, key=lambda key: (published[key][0] or published[key][1] or "", key))
        blocks = list(parts([key for key in by_day if key in new], _BLOCK))
        beside = list(parts([key for key in by_day if key not in new], _BLOCK))
        for pairs in alike(crew, block_pairs(blocks, beside)):
            shelf.join(pairs)
        return
    sketches = _Sketches(shelf)
    for some in parts(waiting, _AT_ONCE):
        found: list[tuple[str, str]] = []
        for key, one in sketches.of(some).items():
            # Of two that wait, the later one in the order of keys looks at the other.
            others = [other for other in _near(one, shelf, linker) if other not in new or other < key]
            found.extend((key, other.key) for other in linker.alike(one, list(sketches.of(others).values())))
        shelf.join(found)


def _near(one: Sketch, shelf: Shelf, linker: Linker) -> list[str]:
    """The documents of the ledger that are worth comparing with this one."""
    found = shelf.near(one.key, one.signs, linker.least_signs)
    return linker.worth(one, ((each.key, each.shared, days_of(each.start, each.end)) for each in found))


def _link(waiting: Sequence[str], ledger: Ledger, linker: Linker, crew: Crew) -> Iterator[Linking]:
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
        if left and len(made.documents) < _ROUND:
            continue
        altered = list(made.altered())
        for some, documents, found_in in _compared(altered, decisions, crew):
            ready = sorted(documents & made.fresh & waits)
            writer.save_links(
                stories=some, incidents=found_in.incidents, tallies=found_in.tallies, documents_done=ready
            )
            yield Linking(len(ready), len(some), len(found_in.incidents))
        made.clear()


def _compared(
    altered: Sequence[Sequence[Story]], decisions: Sequence[Decision], crew: Crew
) -> Iterator[tuple[Sequence[Story], frozenset[str], Linked]]:
    """Stories with their documents and what was found in them, some at a time."""
    documents = [frozenset(key for story in some for key in story.documents) for some in altered]
    calls = (
        Call(number, ("incidents", some, documents[number], _about(decisions, some))) for number, some in enumerate(altered)
    )
    return zip(altered, documents, linked(crew, calls), strict=True)


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

