"""Later claims: what documents tell of events, of control of places and of tolls, as the books look back with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec

from ..records import (
    Actor,
    Citation,
    Claim,
    Event,
    Ground,
    Quantity,
    Reading,
    Span,
    digest,
    event_keys,
    ground,
    sentence_around,
    statement_keys,
)
from ..records.reading import Interval

Sort = Literal["event", "control", "toll", "pledge"]
# What answers a pledge, rather than being a part of its terms.
_ANSWERS = frozenset({"AGREE", "REJECT", "NONE", "REQUEST", "THREATEN"})
_DENIALS = frozenset({"denies-occurrence", "retracts"})


class Later(msgspec.Struct, frozen=True):
    """One claim of one document that may bear on what was said before.

    `action` is an event's action, the kind of a statement of control, what a toll counts, or what is said to have become of a
    pledge. `actors` of control are who holds the place. `negative`: told as not having happened, or denied; `failed`: told as a
    failure. `time` is when it happened, first and last possible day; `published` that of the document, ISO 8601.
    `sentence` and `words` are the text's.
    """

    key: str
    sort: Sort
    citation: Citation
    publisher: str | None
    published: tuple[str | None, str | None]
    added: str
    story: str | None
    sentence: str
    words: str
    action: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    ground: Ground | None = None
    country: str | None = None
    time: tuple[str | None, str | None] = (None, None)
    modality: str = "asserted"
    negative: bool = False
    failed: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def when(self) -> tuple[str | None, str | None]:
        """When it happened, else when it was published."""
        return self.time if any(self.time) else self.published


def country_of(reading: Reading) -> str | None:
    """The country in which most of the places lie that the document names; None for no such, or for a draw."""
    found = Counter(place.country for place in reading.places if place.country and place.locative).most_common(2)
    if not found or (len(found) > 1 and found[0][1] == found[1][1]):
        return None
    return found[0][0]


def place_named(reading: Reading, name: str | None) -> Ground | None:
    """The ground of a place that the document locates, by its name or its words there."""
    for place in reading.places if name else ():
        if name in (place.name, place.span.of(reading.text)) and place.lat is not None and place.lon is not None:
            return Ground(place.lat, place.lon, place.radius_km or 5.0, place.name)
    return None


def later(document: str, reading: Reading, added: str, story: str | None, tolls: frozenset[str]) -> Iterator[Later]:
    """What one document (its key, its current reading) tells, in the reading's order: events of its body, control, tolls.

    `tolls` are the things that are counted in a toll, in small letters; each figure is told once.
    """
    claims = {claim.id: claim for claim in reading.attributions}
    published = reading.document.published.start, reading.document.published.end
    country = country_of(reading)

    def cited(span: Span, claim: str | None) -> Citation:
        voice = claims.get(claim or "A0")
        return Citation(document, span, sentence_around(reading.text, span), voice.chain if voice else (), claim)

    def made(key: str, sort: Sort, span: Span, claim: str | None, action: str) -> Later:
        citation = cited(span, claim)
        voice = claims.get(claim or "A0")
        return Later(
            key, sort, citation, reading.document.publisher, published, added, story, citation.sentence.of(reading.text),
            span.of(reading.text), action, country=country, negative=voice is not None and voice.stance in _DENIALS,
        )

    keys = event_keys(document, reading.events)
    for event in reading.events:
        if event.region == "body":
            base = made(keys[event.id], "event", event.trigger, event.according_to, event.action)
            yield msgspec.structs.replace(
                base, actors=_names(event.actors), recipients=_names(event.recipients),
                place=event.place.name if event.place else None, ground=ground(event.place),
                time=(event.time.start, event.time.end) if event.time and event.time.basis != "report-date" else (None, None),
                modality=_standing(event, reading), failed=event.outcome == "failure",
                negative=base.negative != (event.polarity == "negative"),
            )
    holding = statement_keys(document, "control", [control.span for control in reading.control])
    for control, key in zip(reading.control, holding, strict=True):
        base = made(key, "control", control.span, control.according_to, control.kind)
        located = control.lat is not None and control.lon is not None
        known = place_named(reading, control.place)
        yield msgspec.structs.replace(
            base, actors=(control.after,) if control.after else (), recipients=(control.before,) if control.before else (),
            place=control.place, time=_days(control.date),
            ground=known or (Ground(control.lat or 0.0, control.lon or 0.0, 5.0, control.place) if located else None),
            modality="asserted" if control.kind in ("change", "hold") else control.kind,
        )
    spoken = statement_keys(document, "pledges", [pledge.span for pledge in reading.pledges])
    for pledge, key in zip(reading.pledges, spoken, strict=True):
        if pledge.outcome is not None:
            base = made(key, "pledge", pledge.span, pledge.attribution, pledge.outcome)
            names = tuple(name.strip() for name in f"{pledge.by or ''};{pledge.to or ''}".split(";") if name.strip())
            yield msgspec.structs.replace(
                base, actors=names, place=pledge.place, ground=place_named(reading, pledge.place), negative=False
            )
    for quantity in _figures(reading, tolls):
        claim = _over(quantity.span, reading.attributions)
        base = made(digest(document, "toll", f"{quantity.span.start}:{quantity.span.end}"), "toll", quantity.span,
                    claim.id if claim else None, quantity.what.lower())
        as_of = quantity.as_of
        yield msgspec.structs.replace(base, low=quantity.low, high=quantity.high, time=(as_of, as_of))


def _standing(event: Event, reading: Reading) -> str:
    """The event's modality. What stands in a forecast, or in what is promised or asked, is not told as done."""
    if event.modality != "asserted":
        return event.modality
    if any(forecast.span.covers(event.trigger) for forecast in reading.forecasts):
        return "predicted"
    if event.type in _ANSWERS:
        return event.modality
    if any(sentence_around(reading.text, forecast.span).covers(event.trigger) for forecast in reading.forecasts):
        return "predicted"
    inside = any(pledge.span.covers(event.trigger) and pledge.span.start < event.trigger.start for pledge in reading.pledges)
    return "planned" if inside else event.modality


def _figures(reading: Reading, tolls: frozenset[str]) -> list[Quantity]:
    every = [*reading.quantities, *(quantity for event in reading.events for quantity in event.quantities)]
    wanted = {quantity.span: quantity for quantity in every if quantity.what.lower() in tolls and quantity.low is not None}
    return [wanted[span] for span in sorted(wanted)]


def _over(span: Span, claims: tuple[Claim, ...]) -> Claim | None:
    """The innermost claim whose content holds the span."""
    around = [(content.width, claim.id, claim) for claim in claims for content in claim.content if content.covers(span)]
    return min(around, key=lambda each: each[:2])[2] if around else None


def _days(days: Interval | None) -> tuple[str | None, str | None]:
    return (days.start, days.end) if days else (None, None)


def _names(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.name for actor in actors if actor.name))
