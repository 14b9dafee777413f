"""Routes of one name: what it said as a source, what is told of it as an actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Request

from ..knowledge.comparison import Standing
from ..ledger import ClaimEntry, EventEntry, IncidentEntry, Selection
from ..records import Citation, Span, sentence_around
from ..revising import revised_later
from .answers import Answer, answers
from .judged import claims_of, events_of
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
    """Something that a source said: in what manner it is told, where it stands, and what people judged of it."""

    key: str
    kind: str
    stance: str
    hedge: str
    quote: Quote
    judged: tuple[str, ...] = ()


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
    """An event that a name has a part in; `judged` is what people said of it."""

    key: str
    action: str
    modality: str
    polarity: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    incident: str | None
    quote: Quote
    judged: tuple[str, ...] = ()


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
    """What the quotations of one answer need, looked up together."""

    def __init__(self, library: Library, keys: Iterable[str]) -> None:
        self.library = library
        self.keys = set(keys)

    def newest(self, found: Iterable[ClaimEntry]) -> list[ClaimEntry]:
        """The claims, those of the latest documents first."""
        days = {entry.key: entry.published_start or "" for entry in self.library.entries(self.keys).values()}
        return sorted(found, key=lambda each: (days.get(each.document, ""), each.key), reverse=True)

    def quotes(self, cited: Sequence[tuple[str, Span, str | None]]) -> list[Quote]:
        """What stands at these places: (document, span, the claim that it is said in)."""
        chains = self.library.chains({document for document, _, _ in cited})
        found = []
        for document, span, claim in cited:
            sentence = sentence_around(self.library.document(document).text, span)
            chain = chains.get(document, {}).get(claim or "", ())
            found.append(quote(self.library, Citation(document, span, sentence, chain, claim)))
        return found


def _source(library: Library, name: str) -> SourcePage:
    view = library.view
    said = claims_of(library, name)
    marks = {each.key: told for each, told in said}
    found = [each for each, _ in said if each.content is not None and each.content.width > 0]
    own = view.published_by(name)
    # A publisher's own voice is no quotation of it: its documents stand for that.
    books = _Books(library, {each.document for each in found})
    quoted = books.newest(each for each in found if each.source is not None)
    incidents = library.lists.told_by(name, _SHOWN)
    if own:
        more = [entry for entry, _ in library.lists.page(Selection(publisher=name), order="most-told", limit=_SHOWN)]
        incidents = list({each.id: each for each in (*incidents, *more)}.values())[:_SHOWN]
    denied = [each for each in quoted if each.stance in _DENIALS]
    rest = [each for each in quoted if each.stance not in _DENIALS]
    manners = (
        [each for each in rest if each.kind not in _WORD_FOR_WORD],
        [each for each in rest if each.kind in _WORD_FOR_WORD],
        denied,
    )
    asserted, word_for_word, denials = (_sayings(books, each, marks) for each in manners)
    shown = {each.quote.document for some in (asserted, word_for_word, denials) for each in some.shown}
    return SourcePage(
        name, library.sides.party(name), len(quoted), len({each.document for each in quoted}), asserted, word_for_word, denials,
        library.drawn(incidents)[0], len(own), articles(library, shown),
    )


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _sayings(books: _Books, found: list[ClaimEntry], marks: dict[str, tuple[str, ...]]) -> Sayings:
    shown = [each for each in found if each.content is not None][:_SHOWN]
    quotes = books.quotes([(each.document, each.content, each.claim) for each in shown if each.content is not None])
    return Sayings(len(found), tuple(
        Said(each.key, each.kind, each.stance, each.hedge, words, marks[each.key])
        for each, words in zip(shown, quotes, strict=True)
    ))


def _revised(library: Library, name: str) -> LaterList:
    keys = {each.document for each in library.view.claims(speaker=name)}
    keys |= set(library.view.published_by(name))
    entries = sorted(library.entries(keys).values(), key=lambda each: (each.published_start or "", each.key), reverse=True)
    found = revised_later(library.view, {each.key for each in entries[:_SEARCHED]}, ready=library.ready())
    return LaterList(rows(library, (each for each in found if _same(each.source, name))))


def _actor(library: Library, name: str) -> ActorPage:
    view = library.view
    told_of = events_of(library, name)
    events, marks = [each for each, _ in told_of], {each.key: said for each, said in told_of}
    books = _Books(library, {each.document for each in events})
    happened = [each for each in events if each.polarity == "positive"]
    did, suffered, negated = (
        _deeds(books, some, marks) for some in (
            [each for each in happened if any(_same(actor, name) for actor in each.actors)],
            [each for each in happened if not any(_same(actor, name) for actor in each.actors)],
            [each for each in events if each.polarity == "negative"],
        )
    )
    shown = {each.quote.document for some in (did, suffered, negated) for each in some.shown}
    return ActorPage(
        name, library.sides.party(name), len(events), len(view.claims(speaker=name)), did, suffered, negated,
        library.drawn(entry for entry, _ in library.lists.page(Selection(party=name), order="most-told", limit=_SHOWN))[0],
        articles(library, shown),
    )


def _deeds(books: _Books, found: list[EventEntry], marks: dict[str, tuple[str, ...]]) -> Deeds:
    shown = found[:_SHOWN]
    quotes = books.quotes([(each.document, each.trigger, each.according_to) for each in shown])
    return Deeds(len(found), tuple(
        Deed(
            each.key, each.action, each.modality, each.polarity, each.actors, each.recipients, each.incident, words,
            marks[each.key],
        )
        for each, words in zip(shown, quotes, strict=True)
    ))
