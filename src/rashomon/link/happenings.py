"""One document's say on one happening: a scene's mentions, put side by side for linking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from ..knowledge.linking import IncidentWeights
from ..knowledge.rarity import Rarity
from ..records import Event, EventPlace, Feature, Ground, Merge, Place, Reading, Span, event_keys, sentence_around
from ..records.vocabulary import EventType
from .scenes import SPOKEN_ROLES, Days, Mention, enters, is_tally, located, own_days, published, scenes
from .words import Vector, names, vector, words

__all__ = ["Days", "Happening", "enters", "happenings", "is_tally"]


class Happening(msgspec.Struct, frozen=True):
    """The events (keys, sorted) of one document that are one happening.

    `disputed` actors are only accused or claimed. `days` is what the text says or implies; `told` the day of the report, as an
    ordinal. `names` and `text` are unit vectors of the words of its own stretches of the sentences. `lead`: told first.
    `placed`: its own sentences name where; `recalled`: all of it is told as what was or goes on.
    """

    key: str
    document: str
    events: tuple[str, ...]
    types: tuple[EventType, ...]
    actions: tuple[str, ...]
    senses: frozenset[str]
    negative: bool
    places: tuple[Ground, ...]
    unknown_places: frozenset[str]
    days: Days | None
    told: int | None
    night: bool
    actors: frozenset[str]
    disputed: frozenset[str]
    recipients: frozenset[str]
    targets: frozenset[str]
    tolls: Mapping[str, tuple[tuple[float, float], ...]]
    sentences: tuple[Span, ...]
    names: Vector
    text: Vector
    lead: bool
    placed: bool
    recalled: bool
    merges: tuple[Merge, ...] = ()


def happenings(
    document: str, reading: Reading, rarity: Rarity, weights: IncidentWeights, torn: Sequence[frozenset[str]] = ()
) -> list[Happening]:
    """All happenings of the document, by key; each event that enters is in exactly one. None reaches over the edge of a set
    of events (keys) that a person has `torn` from the others."""
    keys = event_keys(document, reading.events)
    found = [
        _happening(document, reading, scene, keys, rarity, weights, lead=at == 0)
        for at, whole in enumerate(scenes(reading, weights))
        for scene in _parts(whole, keys, torn)
    ]
    return sorted(found, key=lambda each: each.key)


def _parts(scene: list[Mention], keys: Mapping[str, str], torn: Sequence[frozenset[str]]) -> Iterable[list[Mention]]:
    found: dict[tuple[bool, ...], list[Mention]] = {}
    for mention in scene:
        found.setdefault(tuple(keys[mention.event.id] in one for one in torn), []).append(mention)
    return found.values()


def _happening(
    document: str,
    reading: Reading,
    scene: list[Mention],
    keys: Mapping[str, str],
    rarity: Rarity,
    weights: IncidentWeights,
    *,
    lead: bool,
) -> Happening:
    events = [mention.event for mention in scene]
    mine = sorted(keys[event.id] for event in events)
    stretches = sorted({mention.stretch for mention in scene})
    said = " ".join(stretch.of(reading.text) for stretch in stretches)
    spoken = {actor.name for event in events for actor in event.actors if actor.name and actor.role in SPOKEN_ROLES}
    parties = {name for event in events for side in (event.actors, event.recipients) for each in side
               if each.name for name in words(each.name)}
    grounds, unknown = _places(reading, scene, weights)
    placed = any(
        mention.places or (mention.event.place is not None and mention.event.place.span is not None) for mention in scene
    )
    named = [word for stretch in stretches for word in names(". x " + stretch.of(reading.text)) if word not in parties]
    if placed:
        named += [word for name in sorted(unknown | {each.name for each in grounds}) for word in words(name)]
    return Happening(
        key=mine[0],
        document=document,
        events=tuple(mine),
        types=tuple(sorted({event.type for event in events})),
        actions=tuple(sorted({event.action for event in events})),
        senses=frozenset(sense for mention in scene for sense in mention.senses),
        negative=all(event.polarity == "negative" for event in events),
        places=grounds,
        unknown_places=unknown,
        days=_narrowest(reading, scene, weights.weekdays),
        told=published(reading),
        night=any(word in said.lower() for word in weights.nights),
        actors=frozenset(_parties(events, "actors")) - spoken,
        disputed=frozenset(spoken),
        recipients=frozenset(_parties(events, "recipients")),
        targets=_targets(scene),
        tolls=_tolls(events),
        sentences=tuple(sorted({sentence_around(reading.text, event.trigger) for event in events})),
        names=vector(sorted(set(named)), rarity.of),
        text=vector(words(said), rarity.of),
        lead=lead,
        placed=placed,
        recalled=not lead and all(mention.recalled for mention in scene),
        merges=tuple(_tree(scene, keys)),
    )


def _places(reading: Reading, scene: list[Mention], weights: IncidentWeights) -> tuple[tuple[Ground, ...], frozenset[str]]:
    """Where it happened: as its own words say, else as coding has it, else what was named last. Grounds, and names without."""
    found: list[EventPlace | Place] = [place for mention in scene for place in mention.places]
    if not found:
        found = [mention.event.place for mention in scene if mention.event.place is not None]
    if not found:
        start = min(mention.stretch.start for mention in scene)
        local = [
            place for place in reading.places
            if place.locative and place.span.start < start and (place.radius_km or 0.0) <= weights.vague_radius_km
        ]
        found = [max(local, key=lambda place: place.span)] if local else []
    grounds = {each for place in found if (each := located(place)) is not None}
    return tuple(sorted(grounds)), frozenset(place.name for place in found if place.lat is None)


def _targets(scene: Iterable[Mention]) -> frozenset[str]:
    """The things that were hit: as the acts' own words say, else those of the harm."""
    mentions = list(scene)
    acts = frozenset(target for mention in mentions if not mention.harm for target in mention.targets)
    return acts or frozenset(target for mention in mentions for target in mention.targets)


def _tree(scene: list[Mention], keys: Mapping[str, str]) -> Iterator[Merge]:
    """Each mention with the one before it in the text."""
    for a, b in pairwise(scene):
        one, other = sorted((keys[a.event.id], keys[b.event.id]))
        if b.harm or a.harm:
            name, why = "told side by side", "the harm is told beside the attack, and nothing it says holds it apart"
        elif a.event.cluster == b.event.cluster:
            name, why = "one in the document", "the document's own coreference holds them together"
        elif a.again or b.again:
            name, why = "told again", "a pointing word takes up what was told before"
        else:
            name, why = "told side by side", "told one after the other, and nothing they say holds them apart"
        yield Merge(one, other, 1.0, (Feature(name, 1.0, 0.0, why),))


def _parties(events: Iterable[Event], side: str) -> Iterator[str]:
    for event in events:
        for actor in event.actors if side == "actors" else event.recipients:
            if actor.name:
                yield actor.name


def _narrowest(reading: Reading, scene: Iterable[Mention], weekdays: frozenset[str]) -> Days | None:
    """The best known time that the text gives: said of itself before understood, acts before harm, narrow before wide."""
    found: list[tuple[bool, bool, int, int, Days]] = []
    for mention in scene:
        days, own = mention.days, True
        if days is None:
            days, own = _loosely(own_days(reading, mention.event, Span(0, len(reading.text)), weekdays)), False
        if days is not None:
            found.append((not own or not days.firm, mention.harm, days.last - days.first, days.first, days))
    return min(found, key=lambda each: each[:4])[4] if found else None


def _loosely(days: Days | None) -> Days | None:
    return Days(days.first, days.last, firm=False) if days else None


def _tolls(events: Iterable[Event]) -> dict[str, tuple[tuple[float, float], ...]]:
    found: dict[str, set[tuple[float, float]]] = {}
    for event in events:
        for quantity in event.quantities:
            if is_tally(quantity) or quantity.scope == "day":
                continue
            low = quantity.low if quantity.low is not None else 0.0
            high = quantity.high if quantity.high is not None else float("inf")
            found.setdefault(quantity.what, set()).add((low, high))
    return {what: tuple(sorted(values)) for what, values in sorted(found.items())}
