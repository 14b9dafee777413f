"""Readings, stories and incidents written by hand for the tests of the ledger."""

from __future__ import annotations

from rashomon.records import (
    Account,
    Actor,
    Boilerplate,
    Citation,
    Claim,
    Comparison,
    Control,
    Document,
    Entity,
    Event,
    EventPlace,
    EventTime,
    FieldValue,
    Incident,
    MadeBy,
    Metadata,
    Naming,
    Publication,
    RawDocument,
    Reading,
    Span,
    Story,
    Tally,
    digest,
    event_keys,
)

CLOCK = "2024-05-01T12:00:00Z"
MAKE = MadeBy(code="c1", knowledge="k1", models="m1")
LATER_MAKE = MadeBy(code="c2", knowledge="k1", models="m1")
TEXT = (
    "Depot hit at Tell Marwan\n\nThe army shelled the grain depot at Tell Marwan on Sunday, residents said. "
    "Gen. Harith Odeh denied it: “We fired at nobody.”\n\nShare this story"
)


def at(text: str, words: str) -> Span:
    """Where the words stand first."""
    start = text.index(words)
    return Span(start, start + len(words))


def document(id: str = "a.txt", text: str = TEXT, **more: str) -> Document:
    """A document of that text."""
    return Document(id=id, source=f"in/{id}", text=text, **more)


def raw(document: Document, content: bytes | None = None, fetched: str | None = None) -> RawDocument:
    """The bytes of a document."""
    return RawDocument(
        id=document.id, source=document.source, media_type="text/plain", url=document.url, fetched=fetched,
        content=document.text.encode() if content is None else content, headers={"etag": "x"} if fetched else {},
    )


def reading(document: Document, make: MadeBy = MAKE, *, lat: float = 36.2, lon: float = 37.1, day: str = "2016-10-02",
            toll: int = 3) -> Reading:
    """A reading of a text that holds the words of `TEXT`."""
    text = document.text
    body_end = text.index("\n\nShare")
    where = EventPlace("where", at(text, "Tell Marwan"), "Tell Marwan", lat, lon, 2.0, "town")
    return Reading(
        id=document.id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=make,
        document=Metadata(
            title="Depot hit at Tell Marwan", publisher="The Orchard Wire", author=None, language="en", genre="report",
            published=Publication("2016-10-02", "2016-10-04", "inferred"),
        ),
        body=(Span(0, 24), Span(26, body_end)),
        boilerplate=(Boilerplate(at(text, "Share this story"), "promo"),),
        attributions=(
            Claim("A0", None, None, (), (), "block", ("The Orchard Wire",)),
            Claim(
                "A1", at(text, "residents"), "residents", (at(text, "said"),), (at(text, "The army shelled"),),
                "indirect", ("The Orchard Wire", "residents"), anonymous=True,
            ),
            Claim(
                "A2", at(text, "Harith Odeh"), "Harith Odeh", (at(text, "denied"),),
                (at(text, "“We fired at nobody.”"),), "mixed", ("The Orchard Wire", "Harith Odeh"),
                stance="denies-occurrence",
            ),
        ),
        events=(
            Event(
                "E1", at(text, "shelled"), "ASSAULT", "shelling", actors=(Actor(at(text, "army"), "Army", "X1"),),
                recipients=(Actor(at(text, "grain depot"), "grain depot"),), place=where, according_to="A1",
                time=EventTime(day, day, "anchored", at(text, "Sunday")),
            ),
            Event("E2", at(text, "fired"), "ASSAULT", "shelling", polarity="negative", according_to="A2"),
        ),
        quantities=(), entities=(Entity("X1", "Army", "armed-force", (at(text, "army"),)),), places=(), times=(),
        naming=(Naming(at(text, "army"), "Army", "army", "author", None, "A1"),),
        control=(Control(at(text, "depot at Tell Marwan"), "Tell Marwan", lat, lon, None, "Army", None, "hold", "A1"),),
    )


def story(*documents: Document) -> Story:
    """One story of the documents."""
    keys = tuple(sorted(item.key for item in documents))
    return Story(keys[0], keys)


def first_event(document: Document) -> str:
    """Key of the document's first event."""
    return event_keys(document.key, reading(document).events)["E1"]


def incident(*documents: Document, where: tuple[float, float] = (36.2, 37.1), day: str = "2016-10-02") -> Incident:
    """The incident of the documents' first events."""
    events = tuple(sorted(first_event(item) for item in documents))
    accounts = tuple(
        Account(item.key, "residents", ("The Orchard Wire",), (item.key,), (first_event(item),), (value(item),))
        for item in sorted(documents, key=lambda item: item.key)
    )
    pairs = tuple(
        Comparison("place", "agree", "where", "the same town", accounts[0].fields[0], other.fields[0])
        for other in accounts[1:]
    )
    return Incident(
        id=digest(events[0]), story=story(*documents).id, type="ASSAULT", action="shelling",
        documents=tuple(sorted(item.key for item in documents)), events=events,
        place=EventPlace("where", None, "Tell Marwan", *where, 2.0, "town"), time=EventTime(day, day, "anchored"),
        accounts=accounts, comparisons=pairs,
    )


def value(document: Document) -> FieldValue:
    """What the document says of the place."""
    return FieldValue("place", "Tell Marwan", "36.2,37.1", citation(document))


def citation(document: Document) -> Citation:
    """Its sentence."""
    return Citation(document.key, at(document.text, "Tell Marwan"), Span(26, 60), ("The Orchard Wire",), "A1")


def tally(document: Document, id: str = "t1") -> Tally:
    """A toll that the document gives."""
    return Tally(id, "400 since May", 400, 400, citation(document))
