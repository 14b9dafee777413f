"""Readings made by hand from marked sentences, for tests of linking, comparing and building."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from rashomon.records import (
    Actor,
    Claim,
    Document,
    Event,
    EventPlace,
    EventTime,
    MadeBy,
    Metadata,
    Publication,
    Quantity,
    RawDocument,
    Reading,
    Span,
)

MAKE = MadeBy(code="code", knowledge="knowledge", models="models")
TOWNS = {"Ruwaida": (36.10, 37.00), "Tell Amar": (36.11, 37.02), "Hasna": (33.50, 36.30)}


def place(name: str, radius_km: float = 3.0, precision: Any = "town") -> EventPlace:
    """A place of TOWNS, or without coordinates."""
    lat, lon = TOWNS.get(name, (None, None))
    return EventPlace("where", None, name, lat, lon, radius_km, precision)


def count(text: str, words: str, low: float | None, high: float | None, **more: Any) -> Quantity:
    """A quantity at the first place where `words` stand."""
    start = text.index(words)
    return Quantity(Span(start, start + len(words)), more.pop("what", "killed"), low, high, words, **more)


def document(id: str, text: str) -> Document:
    """A document of that text."""
    return Document(id, f"{id}.txt", text)


def raw(given: Document) -> RawDocument:
    """The bytes of a document."""
    return RawDocument(given.id, given.source, "text/plain", given.text.encode())


def claim(id: str, text: str, speaker: str | None, content: str, outlet: str | None = None, **more: Any) -> Claim:
    """A claim whose content stands in the text."""
    start = text.index(content)
    chain = tuple(name for name in (outlet, speaker) if name)
    return Claim(id, None, speaker, (), (Span(start, start + len(content)),), more.pop("kind", "indirect"), chain, **more)


def event(id: str, text: str, trigger: str, **more: Any) -> Event:
    """An event at the first place where its trigger stands; an ASSAULT by default. `actors`, `recipients` are names."""
    start = text.index(trigger)
    for side in ("actors", "recipients"):
        more[side] = tuple(Actor(None, name) if isinstance(name, str) else name for name in more.get(side, ()))
    if "day" in more:
        day = more.pop("day")
        start_day, end_day = day if isinstance(day, tuple) else (day, day)
        more["time"] = EventTime(start_day, end_day, more.pop("basis", "stated"), Span(start, start + len(trigger)))
    if isinstance(more.get("where"), str):
        more["place"] = place(more.pop("where"))
    if more.get("place") is not None and more["place"].span is None:
        # What a sentence says has its words; only what the context gives has none.
        more["place"] = replace(more["place"], span=Span(start, start + len(trigger)))
    return Event(
        id, Span(start, start + len(trigger)), more.pop("type", "ASSAULT"), more.pop("action", "airstrike"), **more
    )


def reading(
    given: Document,
    *,
    events: tuple[Event, ...] = (),
    claims: tuple[Claim, ...] = (),
    publisher: str | None = None,
    published: str | tuple[str, str] | None = None,
) -> Reading:
    """A reading of the document: its lines are its body."""
    body, at = [], 0
    for line in given.text.split("\n"):
        body.append(Span(at, at + len(line)))
        at += len(line) + 1
    days = published if isinstance(published, tuple) else (published, published)
    publication = Publication(days[0], days[1], "stated" if published else "unknown")
    author = Claim("A0", None, None, (), (), "indirect", (publisher,) if publisher else ())
    return Reading(
        id=given.id, source=given.source, text=given.text, text_sha256=given.text_sha256, made_by=MAKE,
        document=Metadata(given.id, publisher, None, publication, "en", "report"), body=tuple(body), boilerplate=(),
        attributions=(author, *claims), events=events,
        quantities=tuple(quantity for each in events for quantity in each.quantities),
        entities=(), places=(), times=(),
    )
