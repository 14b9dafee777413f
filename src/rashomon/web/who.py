"""Routes of one name: what it said as a source, what is told of it as an actor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Request

from ..knowledge.comparison import Standing
from ..ledger import ClaimEntry, EventEntry, IncidentEntry, Selection
from ..records import Citation, Reading, Span, sentence_around
from ..revising import revised_later
from .answers import Answer, answers
from .later import LaterList, rows
from .library import Library
from .quoting import articles, quote
from .shapes import Article, Quote

Name = Annotated[str, Query(min_length=1, max_length=300, description="As chains and lists spell it.")]
# As many as are shown of each; the counts tell of the rest.
_SHOWN = 60
_SEARCHED = 150
_DENIALS = frozenset({"denies-occurrence", "denies-responsibility", "disputes-figure", "retracts"})
_WORD_FOR_WORD = frozenset({"direct", "mixed", "block"})


class Said(msgspec.Struct, frozen=True):
    """Something that a source said: in what manner it is told, and where it stands."""

    key: str
    kind: str
    stance: str
    hedge: str
    quote: Quote


class Sayings(msgspec.Struct, frozen=True):
    """What a source did in one manner; `total` counts those beyond the shown as well."""

    total: int
    shown: tuple[Said, ...]


class SourcePage(msgspec.Struct, frozen=True):
    """One source: what it asserted, was quoted for word for word, and denied; the incidents that its claims tell of (of its
    documents, if it is a publisher, too); how many documents it published."""

    name: str
    party: Standing | None
    claims: int
    documents: int
    asserted: Sayings
    quoted: Sayings
    denied: Sayings
    incidents: tuple[IncidentEntry, ...]
    published: int
    articles: tuple[Article, ...]


class Deed(msgspec.Struct, frozen=True):
    """An event that a name has a part in."""

    key: str
    action: str
    modality: str
    polarity: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    incident: str | None
    quote: Quote


class Deeds(msgspec.Struct, frozen=True):
    """Events of one sort; `total` counts those beyond the shown as well."""

    total: int
    shown: tuple[Deed, ...]


class ActorPage(msgspec.Struct, frozen=True):
    """One actor: what it is said to have done, what is said to have been done to it, what is said not to have happened; its
    incidents; `claims`: how many claims it makes itself."""

    name: str
    party: Standing | None
    events: int
    claims: int
    did: Deeds
    suffered: Deeds
    negated: Deeds
    incidents: tuple[IncidentEntry, ...]
    articles: tuple[Article, ...]


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""

    @app.get("/api/source", summary="One source: what it asserted, was quoted for, denied")
    @answers(SourcePage)
    def source(request: Request, name: Name) -> Answer:
        return Answer(library.once(("source", name), lambda: _source(library, name)), request)

    @app.get("/api/source/revised", summary="What a source said and changed later")
    @answers(LaterList)
    def revised(request: Request, name: Name) -> Answer:
        return Answer(library.once(("revised", name), lambda: _revised(library, name)), request)

    @app.get("/api/actor", summary="One actor: what is told of it")
    @answers(ActorPage)
    def actor(request: Request, name: Name) -> Answer:
        return Answer(library.once(("actor", name), lambda: _actor(library, name)), request)


class _Books:
    """Readings of one answer, each looked up once."""

    def __init__(self, library: Library, keys: Iterable[str]) -> None:
        self.library = library
        self.entries = library.entries(set(keys))
        self._held: dict[str, Reading | None] = {}

    def reading(self, key: str) -> Reading | None:
        if key not in self._held:
            entry = self.entries.get(key)
            self._held[key] = self.library.reading(entry) if entry is not None else None
        return self._held[key]

    def newest(self, found: Iterable[ClaimEntry]) -> list[ClaimEntry]:
        def order(each: ClaimEntry) -> tuple[str, str]:
            entry = self.entries.get(each.document)
            return ((entry.published_start if entry else None) or "", each.key)

        return sorted(found, key=order, reverse=True)

    def quote(self, document: str, span: Span, claim: str | None) -> Quote:
        reading = self.reading(document)
        said = next((each for each in reading.attributions if each.id == claim), None) if reading and claim else None
        text = self.library.document(document).text
        cited = Citation(document, span, sentence_around(text, span), said.chain if said else (), claim)
        return quote(self.library, cited)


def _source(library: Library, name: str) -> SourcePage:
    view = library.view
    found = [each for each in view.claims(speaker=name) if each.content is not None and each.content.width > 0]
    own = {entry.key for entry in view.documents(state="read") if entry.publisher and _same(entry.publisher, name)}
    # A publisher's own voice is no quotation of it: its documents stand for that.
    books = _Books(library, {each.document for each in found})
    quoted = books.newest(each for each in found if each.source is not None)
    events = [event for key in sorted(books.entries) for event in view.events(document=key)]
    spoken = {(each.document, each.claim) for each in quoted}
    told = {event.incident for event in events if event.incident and (event.document, event.according_to) in spoken}
    incidents = _incidents(library, {each.document for each in quoted}, told)
    if own:
        more = [entry for entry, _ in library.lists.page(Selection(publisher=name), order="most-told", limit=_SHOWN)]
        incidents = tuple({each.id: each for each in (*incidents, *library.drawn(more)[0])}.values())[:_SHOWN]
    denied = [each for each in quoted if each.stance in _DENIALS]
    rest = [each for each in quoted if each.stance not in _DENIALS]
    manners = (
        [each for each in rest if each.kind not in _WORD_FOR_WORD],
        [each for each in rest if each.kind in _WORD_FOR_WORD],
        denied,
    )
    asserted, word_for_word, denials = (_sayings(books, each) for each in manners)
    shown = {each.quote.document for some in (asserted, word_for_word, denials) for each in some.shown}
    return SourcePage(
        name, library.sides.party(name), len(quoted), len({each.document for each in quoted}), asserted, word_for_word, denials,
        incidents, len(own), articles(library, shown),
    )


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _sayings(books: _Books, found: list[ClaimEntry]) -> Sayings:
    return Sayings(len(found), tuple(
        Said(each.key, each.kind, each.stance, each.hedge, books.quote(each.document, each.content, each.claim))
        for each in found[:_SHOWN] if each.content is not None
    ))


def _incidents(library: Library, documents: set[str], told: set[str]) -> tuple[IncidentEntry, ...]:
    if not told:
        return ()
    rows = library.lists.page(Selection(documents=tuple(sorted(documents))), order="most-told", limit=1500)
    return library.drawn(entry for entry, _ in rows if entry.id in told)[0][:_SHOWN]


def _revised(library: Library, name: str) -> LaterList:
    keys = {each.document for each in library.view.claims(speaker=name)}
    keys |= {entry.key for entry in library.view.documents(state="read") if entry.publisher and _same(entry.publisher, name)}
    entries = sorted(library.entries(keys).values(), key=lambda each: (each.published_start or "", each.key), reverse=True)
    found = revised_later(library.view, {each.key for each in entries[:_SEARCHED]})
    return LaterList(rows(library, (each for each in found if _same(each.source, name))))


def _actor(library: Library, name: str) -> ActorPage:
    view = library.view
    events = view.events(party=name)
    books = _Books(library, {each.document for each in events})
    told = {each.incident for each in events if each.incident}
    happened = [each for each in events if each.polarity == "positive"]
    did, suffered, negated = (
        _deeds(books, some) for some in (
            [each for each in happened if any(_same(actor, name) for actor in each.actors)],
            [each for each in happened if not any(_same(actor, name) for actor in each.actors)],
            [each for each in events if each.polarity == "negative"],
        )
    )
    shown = {each.quote.document for some in (did, suffered, negated) for each in some.shown}
    return ActorPage(
        name, library.sides.party(name), len(events), len(view.claims(speaker=name)), did, suffered, negated,
        _incidents(library, set(books.entries), told), articles(library, shown),
    )


def _deeds(books: _Books, found: list[EventEntry]) -> Deeds:
    return Deeds(len(found), tuple(
        Deed(
            each.key, each.action, each.modality, each.polarity, each.actors, each.recipients, each.incident,
            books.quote(each.document, each.trigger, each.according_to),
        )
        for each in found[:_SHOWN]
    ))
