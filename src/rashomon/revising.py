"""Revisions of a ledger's documents: gathered for the search, and looked up by the views that show what was changed later."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from .knowledge.comparison import load_comparison
from .knowledge.files import HERE
from .knowledge.quantities import load_quantities
from .knowledge.revisions import load_revisions
from .ledger import DocumentEntry, Ledger, Revised, RevisedEntry, View
from .records import Citation, Revision, Span, digest
from .track.editions import Change, compared
from .track.revisions import revisions, revisions_of, touched
from .track.voiced import Lore, Paper

# Raise it where the same words find other revisions.
_CODE = "1"
_AT_ONCE = 200  # documents stored in one transaction
_NEAR_DAYS = 60
_HELD = 1000  # papers, some 100 kB each
_NEAREST = 100  # documents of one publisher that a single document is held against


def lore() -> Lore:
    """The words that the search needs. KnowledgeError when a file breaks its form."""
    return Lore(load_revisions(), load_comparison(), load_quantities())


def address_of(entry: DocumentEntry) -> str:
    """What the versions of a document share: its URL, or the caller's id."""
    return entry.url or entry.id


class Ready:
    """What one state of a ledger's documents made ready before: the entries of all, and papers of some, by document key."""

    def __init__(self, view: View) -> None:
        self.entries = view.documents(state="read")
        self.words = lore()
        self.papers: dict[str, Paper] = {}
        self.by_key = {entry.key: entry for entry in self.entries}
        self._stories: dict[str, list[DocumentEntry]] = defaultdict(list)
        self._addresses: dict[str, list[DocumentEntry]] = defaultdict(list)
        self._days: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for entry in self.entries:
            self._addresses[address_of(entry)].append(entry)
            if entry.story:
                self._stories[entry.story].append(entry)
            day = _day(entry)
            if entry.publisher and day is not None:
                self._days[entry.publisher].append((day, entry.key))
        for days in self._days.values():
            days.sort()

    def linked(self, one: DocumentEntry) -> list[DocumentEntry]:
        """The documents of its story and address, itself among them."""
        return [*self._stories.get(one.story or "", ()), *self._addresses.get(address_of(one), ())]

    def nearest(self, one: DocumentEntry) -> list[DocumentEntry]:
        """Those of its publisher within the days, the nearest of many."""
        near = sorted((abs(day - (_day(one) or 0)), key) for day, key in self._within(one))
        return [self.by_key[key] for _, key in near[:_NEAREST]]

    def reached_by(self, one: DocumentEntry) -> list[DocumentEntry]:
        """Those of its publisher that have this one among their nearest, or would but for a few."""
        own = _day(one)
        if own is None or not one.publisher:
            return []
        days = self._days[one.publisher]
        found = []
        for day, key in self._within(one):
            gap = abs(day - own)
            nearer = bisect_left(days, (day + gap, "")) - bisect_left(days, (day - gap + 1, ""))
            if nearer <= _NEAREST:
                found.append(self.by_key[key])
        return found

    def _within(self, one: DocumentEntry) -> list[tuple[int, str]]:
        own = _day(one)
        days = self._days.get(one.publisher or "", [])
        if own is None:
            return []
        return days[bisect_left(days, (own - _NEAR_DAYS, "")) : bisect_left(days, (own + _NEAR_DAYS + 1, ""))]


def papers(view: View, entries: Iterable[DocumentEntry], ready: Ready | None = None) -> tuple[Paper, ...]:
    """These documents made ready for the search, those that were not read left out. Where an address has several of them they
    are its versions, in the order of their captures; one without a time counts as captured when the ledger took it in."""
    by_key = {entry.key: entry for entry in entries}
    shared = Counter(address_of(entry) for entry in by_key.values())
    captured: dict[str, str] = {}
    for address in sorted(address for address, count in shared.items() if count > 1):
        for capture in view.captures(address):
            for key in capture.documents:
                if capture.fetched is not None:
                    captured[key] = min(capture.fetched, captured.get(key, capture.fetched))
    known = ready.words if ready else lore()
    held = ready.papers if ready else {}
    if len(held) > _HELD:
        held.clear()

    def times(key: str) -> str | None:
        return captured.get(key, by_key[key].added) if shared[address_of(by_key[key])] > 1 else None

    old = {key: held[key] for key in by_key if key in held and held[key].captured == times(key)}
    new = {
        key: Paper(
            key, reading, known, address_of(by_key[key]), times(key), by_key[key].story,
        )
        for key, reading in view.readings(by_key.keys() - old.keys())
    }
    held.update(new)
    return tuple(paper for _, paper in sorted((old | new).items()))


def versions(view: View, address: str) -> tuple[Paper, ...]:
    """The read versions of an address (URL, or the caller's id), the oldest capture first."""
    some = [entry for entry in view.documents() if address in (entry.url, entry.id)]
    return tuple(sorted(papers(view, some), key=lambda paper: (paper.captured or "", paper.order)))


def differences(some: tuple[Paper, ...]) -> Iterator[tuple[Paper, Paper, tuple[Change, ...], tuple[Revision, ...]]]:
    """Each version beside the next: (older, newer, what differs, the revisions among that)."""
    for older, newer in pairwise(some):
        found = [each for each in revisions((older, newer)) if {each.a.document, each.b.document} == {older.key, newer.key}]
        yield older, newer, compared(older, newer), tuple(found)


def around(view: View, keys: Collection[str], ready: Ready | None = None) -> tuple[DocumentEntry, ...]:
    """The documents that may revise these, or be revised by them: of their stories and addresses, and the nearest in time of
    their publishers."""
    known = ready or Ready(view)
    mine = [known.by_key[key] for key in keys if key in known.by_key]
    chosen = {each.key: each for one in mine for each in (one, *known.linked(one), *known.nearest(one))}
    return tuple(chosen[key] for key in sorted(chosen))


def _day(entry: DocumentEntry) -> int | None:
    return None if entry.published_start is None else date.fromisoformat(entry.published_start[:10]).toordinal()


def revised_later(
    view: View, keys: Collection[str], *, until: Collection[str] | None = None, ready: Ready | None = None
) -> tuple[Revision, ...]:
    """The revisions of what these documents (keys) say, wherever they stand; with `until`, those that stand in these alone.

    As kept by `settle`; of a document that waits for it, or has one beside it that waits, found now.
    """
    if until is not None:
        entries = [entry for entry in around(view, keys, ready) if entry.key in until]
        return tuple(each for each in revisions(papers(view, entries, ready)) if each.a.document in keys)
    waiting = view.revised.waiting().keys()
    if not waiting:
        return view.revised.of(keys)
    known = ready or Ready(view)
    new = [key for key in keys if any(entry.key in waiting for entry in around(view, {key}, known))]
    found = [*view.revised.of(set(keys) - set(new)), *(each for key in new for each in _of(view, key, known) or ())]
    return tuple(sorted(found, key=attrgetter("place")))


class Piece(NamedTuple):
    """A document to be looked through. `changed`: it changed itself; `beside`: documents that did and may revise what it says."""

    key: str
    changed: bool
    beside: frozenset[str]


class Looking:
    """Looks through documents one after the other; what stands together is made ready once."""

    def __init__(self, view: View, kept: Revised, ready: Ready | None = None) -> None:
        self._view = view
        self._kept = kept
        self._ready = ready or Ready(view)

    def entries(self, pieces: Sequence[Piece]) -> list[RevisedEntry]:
        """What is to be kept of them; those that stay as they are left out."""
        tied = self._kept.tied([piece.key for piece in pieces])
        return [
            RevisedEntry(piece.key, _of(self._view, piece.key, self._ready)) for piece in pieces
            if piece.changed or piece.key in tied or _altered(self._view, piece.key, piece.beside, self._ready)
        ]


def settle(ledger: Ledger, looked: Callable[[Sequence[Sequence[Piece]]], Iterable[list[RevisedEntry]]] | None = None) -> int:
    """Look through every document that waits for it, and through those beside it that it can alter; how many there were.

    What is done is stored batch by batch: a process that dies leaves the rest waiting. `looked` gives what `Looking.entries`
    finds of each batch, in their order; without it that is done here.
    """
    view, kept, made = ledger.view(), ledger.revised(), _made()
    if kept.outdated(made):
        kept.ask_all()
    waiting = kept.waiting()
    if not waiting:
        return 0
    ready = Ready(view)
    beside = _beside(ready, waiting.keys())
    wanted = [entry for entry in ready.entries if entry.key in waiting or entry.key in beside]
    # What stands together is looked at together: the papers around one are those around the next.
    wanted.sort(key=lambda each: (each.publisher or "", each.published_start or "", each.story or "", each.key))
    pieces = [Piece(entry.key, entry.key in waiting, frozenset(beside.get(entry.key, ()))) for entry in wanted]
    batches = [pieces[first : first + _AT_ONCE] for first in range(0, len(pieces), _AT_ONCE)]
    done = 0
    for fresh in looked(batches) if looked is not None else map(Looking(view, kept, ready).entries, batches):
        # The rest of what waits was not read, or is gone.
        kept.keep(made, fresh, waiting)
        done += len(fresh)
    left = waiting.keys() - {entry.key for entry in wanted}
    kept.keep(made, [RevisedEntry(key, None) for key in left], waiting)
    return done


def _of(view: View, key: str, ready: Ready) -> tuple[Revision, ...] | None:
    """The revisions of what one document says; None where no passage of it was a candidate."""
    some = papers(view, around(view, {key}, ready), ready)
    own = next((paper for paper in some if paper.key == key), None)
    return None if own is None else revisions_of(own, some)


def _altered(view: View, key: str, newer: Collection[str], ready: Ready) -> bool:
    """May one of these documents revise what that one says?"""
    some = papers(view, [ready.by_key[each] for each in (key, *newer) if each in ready.by_key], ready)
    return any(touched(paper, some, newer) for paper in some if paper.key == key)


def _beside(ready: Ready, changed: Collection[str]) -> dict[str, set[str]]:
    """The documents that a changed one can alter, each with those that can."""
    found: dict[str, set[str]] = {}
    for key in changed:
        one = ready.by_key.get(key)
        if one is None:
            continue
        for other in {each.key for each in (*ready.linked(one), *ready.reached_by(one))} - {key}:
            found.setdefault(other, set()).add(key)
    return found


def _made() -> str:
    """Names the rules that revisions are found by."""
    files = (HERE / f"{name}.yaml" for name in ("revisions", "comparison", "quantities"))
    return digest("revisions", _CODE, *(sha256(path.read_bytes()).hexdigest() for path in files))


def changing(some: Iterable[Revision], document: str, spans: Iterable[Span]) -> tuple[Revision, ...]:
    """Those revisions whose older passage touches one of these places: what a view must flag there."""
    places = tuple(spans)
    return tuple(
        each for each in some
        if each.a.document == document and any(each.a.span.overlaps(span) or span.overlaps(each.a.span) for span in places)
    )


def changing_cited(some: Iterable[Revision], cited: Iterable[Citation]) -> tuple[Revision, ...]:
    """The same for citations: each revision once, in its order."""
    by_document: dict[str, list[Span]] = {}
    for citation in cited:
        by_document.setdefault(citation.document, []).append(citation.span)
    return tuple(each for each in some if changing((each,), each.a.document, by_document.get(each.a.document, ())))
