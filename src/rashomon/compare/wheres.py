"""Where an account says that a thing happened, and what it says that place lies in."""

from __future__ import annotations

import re

import msgspec

from ..records import Event, EventPlace, Ground, Place, Reading, Span, ground, sentence_around, unsaid
from ..records.ground import USUAL_RADIUS_KM

# Between a place and the one that holds it: "the Harat district of Aden", "Wadi, in Hajjah", "Nyala, capital of South Darfur".
_JOINED = re.compile(
    r"[\w’'-]*\s*(?:,\s*)?(?:(?:[a-z’'-]+\s+){0,3}(?:of|in|near|outside)\s+)?(?:the\s+)?(?:[A-Z][\w’'-]*[’']s\s+)?"
)
_STANDS = re.compile(r"\b(?:in|at|near|of|on|outside)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
_SIDE_KM = 40.0
_WIDE = frozenset({"province", "region", "country"})


class Where(msgspec.Struct, frozen=True):
    """A place as an account tells it. `ground` is None where it is on no map; `inside` names the places around it."""

    place: EventPlace
    span: Span
    ground: Ground | None
    inside: frozenset[str]
    around: tuple[Ground, ...] = ()


def where_told(reading: Reading, event: Event) -> Where | None:
    """The event's place where its own sentence names it; None where only the context gives it."""
    place, around = event.place, sentence_around(reading.text, event.trigger)
    if unsaid(event, "place"):
        return None
    if place is not None and place.span == event.trigger:
        # A person's word for it: no place of the text stands around that.
        return Where(place, event.trigger, _sized(place, None), frozenset())
    named = [each for each in reading.places if each.locative and around.covers(each.span)]
    if place is not None and place.span is not None:
        return _where(reading, place, place.span, named)
    here = [each for each in named if _STANDS.search(reading.text, around.start, each.span.start)]
    if place is not None:
        here = [each for each in here if each.name == place.name]
        return _where(reading, place, here[0].span, named) if here else None
    # Of two places of a sentence the one belongs to the event that stands between its word and the next event's.
    others = [each.trigger.start for each in reading.events if each.type == event.type and each.trigger > event.trigger]
    until = min((at for at in others if at < around.end), default=around.end)
    near = [each for each in here if event.trigger.end <= each.span.start < until] or here
    if not near:
        return None
    told = _where(reading, as_place(near[0]), near[0].span, named)
    apart = [each for each in named if each.name not in told.inside and each.name != told.place.name]
    return None if near is here and apart else told


def _where(reading: Reading, place: EventPlace, span: Span, named: list[Place]) -> Where:
    inside: list[Place] = []
    end = span.end
    for other in sorted(named, key=lambda each: each.span):
        if other.span.start >= end and _JOINED.fullmatch(reading.text, end, other.span.start) and other.name != place.name:
            inside.append(other)
            end = other.span.end
    grounds = (_sized(as_place(each), each.relation) for each in inside)
    own = next((each.relation for each in named if each.span == span), None)
    return Where(
        place, span, _sized(place, own), frozenset(each.name for each in inside), tuple(each for each in grounds if each)
    )


def _sized(place: EventPlace, relation: str | None) -> Ground | None:
    """A province or a side of one ("western Rakhine") is never smaller than such are, whatever the gazetteer's radius."""
    found = ground(place)
    if found is None:
        return None
    least = USUAL_RADIUS_KM[place.precision] if place.precision in _WIDE else 0.0
    if relation is not None and place.precision == "district":
        least = _SIDE_KM
    return found._replace(radius_km=max(found.radius_km, least))


def where_of(reading: Reading, place: EventPlace, span: Span) -> Where:
    """A place of the text as an account would tell it, with what the text names around it."""
    around = sentence_around(reading.text, span)
    return _where(reading, place, span, [each for each in reading.places if each.locative and around.covers(each.span)])


def as_place(place: Place) -> EventPlace:
    """A place of the text as where something happened."""
    return EventPlace("where", place.span, place.name, place.lat, place.lon, place.radius_km, place.precision)
