"""Where an account says that a thing happened, and what it says that place lies in."""

from __future__ import annotations

import re

import msgspec

from ..records import Event, EventPlace, Ground, Place, Reading, Span, ground, sentence_around
from ..records.ground import USUAL_RADIUS_KM

# Between a place and the one that holds it: "the Harat district of Aden", "Wadi, in Hajjah", "Yemen's Hajjah".
_JOINED = re.compile(r"[\w’'-]*\s*(?:,|,?\s*(?:of|in|near|outside))?\s*(?:the\s+)?[\w’'-]*\s*", re.UNICODE)
_STANDS = re.compile(r"\b(?:in|at|near|of|on|outside)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
_WIDE = frozenset({"province", "region", "country"})


class Where(msgspec.Struct, frozen=True):
    """A place as an account tells it. `ground` is None where it is on no map; `inside` names the places around it."""

    place: EventPlace
    span: Span
    ground: Ground | None
    inside: frozenset[str]


def where_told(reading: Reading, event: Event) -> Where | None:
    """The event's place where its own sentence names it; None where only the context gives it."""
    place, around = event.place, sentence_around(reading.text, event.trigger)
    named = [each for each in reading.places if each.locative and around.covers(each.span)]
    if place is not None and place.span is not None:
        return _where(reading, place, place.span, named)
    here = [each for each in named if _STANDS.search(reading.text, around.start, each.span.start)]
    if place is not None:
        here = [each for each in here if each.name == place.name]
    # One place of the sentence, and those that hold it: of two that are apart nobody knows which is meant.
    if here:
        first = here[0]
        told = _where(reading, _as_place(first), first.span, named)
        if place is not None or all(other.name in told.inside or other.name == first.name for other in named):
            return told
    return None


def _where(reading: Reading, place: EventPlace, span: Span, named: list[Place]) -> Where:
    inside: set[str] = set()
    end = span.end
    for other in sorted(named, key=lambda each: each.span):
        if other.span.start >= end and _JOINED.fullmatch(reading.text, end, other.span.start) and other.name != place.name:
            inside.add(other.name)
            end = other.span.end
    return Where(place, span, _sized(place), frozenset(inside))


def _sized(place: EventPlace) -> Ground | None:
    """A province is never smaller than provinces are, whatever the gazetteer has for its radius."""
    found = ground(place)
    if found is not None and place.precision in _WIDE:
        return found._replace(radius_km=max(found.radius_km, USUAL_RADIUS_KM[place.precision]))
    return found


def _as_place(place: Place) -> EventPlace:
    return EventPlace("where", place.span, place.name, place.lat, place.lon, place.radius_km, place.precision)
