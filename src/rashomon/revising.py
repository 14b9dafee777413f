"""Revisions of a ledger's documents: gathered for the search, and looked up by the views that show what was changed later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise

from .knowledge.comparison import load_comparison
from .knowledge.quantities import load_quantities
from .knowledge.revisions import load_revisions
from .ledger import DocumentEntry, View
from .records import Citation, Revision, Span
from .track.editions import Change, compared
from .track.revisions import revisions
from .track.voiced import Lore, Paper

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
    entries = ready.entries if ready else view.documents(state="read")
    mine = [entry for entry in entries if entry.key in keys]
    stories = {entry.story for entry in mine if entry.story}
    addresses = {address_of(entry) for entry in mine}
    chosen = {entry.key for entry in entries if entry.story in stories or address_of(entry) in addresses} | {e.key for e in mine}
    for one in mine:
        near = sorted(
            (gap, entry.key) for entry in entries
            if one.publisher and entry.publisher == one.publisher and (gap := _gap(one, entry)) is not None and gap <= _NEAR_DAYS
        )
        chosen.update(key for _, key in near[:_NEAREST])
    return tuple(entry for entry in entries if entry.key in chosen)


def _gap(one: DocumentEntry, other: DocumentEntry) -> int | None:
    if one.published_start is None or other.published_start is None:
        return None
    return abs((date.fromisoformat(one.published_start[:10]) - date.fromisoformat(other.published_start[:10])).days)


def revised_later(
    view: View, keys: Collection[str], *, until: Collection[str] | None = None, ready: Ready | None = None
) -> tuple[Revision, ...]:
    """The revisions of what these documents (keys) say, wherever they stand; with `until`, those that stand in these alone."""
    entries = [entry for entry in around(view, keys, ready) if until is None or entry.key in until]
    return tuple(each for each in revisions(papers(view, entries, ready)) if each.a.document in keys)


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
