"""Routes of one document: its exact text with everything that was found in it."""

from __future__ import annotations

import msgspec
from fastapi import FastAPI, Request

from ..builder import date_of
from ..ledger import Capture
from ..records import (
    Boilerplate,
    Entity,
    Event,
    Evidence,
    Judgement,
    LedgerDate,
    Place,
    Quantity,
    Span,
    TimeMention,
    anchor_of,
    claim_keys,
    event_keys,
    trigger_of,
)
from ..records.reading import Claim
from .answers import Answer, answers, nothing
from .incident import copy_of
from .library import Library
from .quoting import article
from .shapes import Article, Copy


class KeyedClaim(msgspec.Struct, frozen=True):
    """A claim under its key; `anchor` is the span that judgements hold on to."""

    key: str
    anchor: Span | None
    claim: Claim


class KeyedEvent(msgspec.Struct, frozen=True):
    """An event under its key, with the incident that it belongs to; `anchor` is the span that judgements hold on to."""

    key: str
    anchor: Span
    incident: str | None
    event: Event


class DocumentPage(msgspec.Struct, frozen=True):
    """A document whole: its text as it is, what is the article's own, and what was read in it. Spans count in `text`.

    `evidence` says how the day of publication is known, `ledger_date` what other documents add to it. Claims and events are as
    people have judged them (`judgements`). Nothing but the text where it was not read (`reason`).
    """

    article: Article
    author: str | None
    language: str
    reason: str | None
    text: str
    body: tuple[Span, ...]
    boilerplate: tuple[Boilerplate, ...]
    evidence: tuple[Evidence, ...]
    ledger_date: LedgerDate | None
    republished_from: str | None
    credits: tuple[str, ...]
    claims: tuple[KeyedClaim, ...]
    events: tuple[KeyedEvent, ...]
    entities: tuple[Entity, ...]
    places: tuple[Place, ...]
    times: tuple[TimeMention, ...]
    quantities: tuple[Quantity, ...]
    copies: tuple[Copy, ...]
    captures: tuple[Capture, ...]
    judgements: tuple[Judgement, ...]
    story: str | None


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""

    @app.get("/api/documents/{key}", summary="One document, its text with everything that was found in it")
    @answers(DocumentPage, missing=True)
    def document(request: Request, key: str) -> Answer:
        entry = library.view.known(key)
        if entry is None:
            raise nothing("document", key)
        original, reading = library.document(key), library.reading(entry)
        captures = library.view.captures(original.url or original.id)
        if reading is None:
            return Answer(DocumentPage(
                article(entry), entry.author, entry.language, entry.reason, original.text, (), (), (), None, None, (), (), (),
                (), (), (), (), (), captures, (), entry.story,
            ), request)
        claims, events = claim_keys(key, reading.attributions), event_keys(key, reading.events)
        incident = {each.event: each.incident for each in library.view.events(document=key)}
        return Answer(DocumentPage(
            article=article(entry), author=entry.author, language=entry.language, reason=None, text=reading.text,
            body=reading.body, boilerplate=reading.boilerplate, evidence=reading.document.published.evidence,
            ledger_date=date_of(library.view, key), republished_from=reading.document.republished_from,
            credits=reading.document.credits,
            claims=tuple(KeyedClaim(claims[claim.id], anchor_of(claim), claim) for claim in reading.attributions),
            events=tuple(
                KeyedEvent(events[event.id], trigger_of(event), incident.get(event.id), event) for event in reading.events
            ),
            entities=reading.entities, places=reading.places, times=reading.times, quantities=reading.quantities,
            copies=tuple(copy_of(each) for each in library.view.reuses(key)), captures=captures,
            judgements=library.view.judgements(document=key), story=entry.story,
        ), request)
