"""One document's say on one happening: the mentions that coreference holds together, put side by side for linking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from ..knowledge.linking import IncidentWeights
from ..knowledge.rarity import Rarity
from ..records import Event, Feature, Ground, Merge, Quantity, Reading, Span, event_keys, ground, sentence_around
from ..records.vocabulary import EventType
from .words import Vector, vector, words

FIRM = frozenset({"stated", "anchored"})
SPOKEN_ROLES = frozenset({"accused", "claimed", "inferred"})


class Days(msgspec.Struct, frozen=True):
    """First and last possible day as ordinals; `firm` where the text says or implies it, not only the report's date."""

    first: int
    last: int
    firm: bool


class Happening(msgspec.Struct, frozen=True):
    """The events (keys, sorted) of one document that are one happening. `disputed` actors are only accused or claimed."""

    key: str
    document: str
    events: tuple[str, ...]
    types: tuple[EventType, ...]
    actions: tuple[str, ...]
    negative: bool
    places: tuple[Ground, ...]
    days: Days | None
    actors: frozenset[str]
    disputed: frozenset[str]
    recipients: frozenset[str]
    tolls: Mapping[str, tuple[tuple[float, float], ...]]
    sentences: tuple[Span, ...]
    text: Vector
    merges: tuple[Merge, ...] = ()


def enters(event: Event) -> bool:
    """Only what the article itself tells as a fact enters: no caption, no plan, nothing that is a running tally alone."""
    if event.region != "body" or event.type == "NONE" or event.modality != "asserted":
        return False
    return not event.quantities or any(not is_tally(quantity) for quantity in event.quantities)


def is_tally(quantity: Quantity) -> bool:
    """True for a figure over days, an area or a campaign."""
    return quantity.scope in {"period", "campaign"}


def happenings(document: str, reading: Reading, rarity: Rarity, weights: IncidentWeights) -> list[Happening]:
    """All happenings of the document, by key. Events of one cluster are one; an event without a cluster stands alone.

    Harm that is told with neither place nor day of its own ("The monitor put the toll at 80") belongs to the attack told
    of in the same sentence or shortly before.
    """
    groups: dict[str, list[Event]] = {}
    for event in reading.events:
        if enters(event):
            groups.setdefault(event.cluster or f"#{event.id}", []).append(event)
    clusters = sorted(groups.values(), key=_first)
    home = list(range(len(clusters)))
    leant: dict[int, list[tuple[Event, Event]]] = {}
    for index, members in enumerate(clusters):
        host = _host(reading, clusters, index, weights)
        if host is not None:
            home[index] = home[host[0]]
            leant.setdefault(home[index], []).append((host[1], min(members, key=_place_in_text)))
    keys = event_keys(document, reading.events)
    found = []
    for index in sorted(set(home)):
        events = [event for other, members in enumerate(clusters) if home[other] == index for event in members]
        merges = tuple(_beside(keys[a.id], keys[b.id]) for a, b in leant.get(index, ()))
        found.append(_happening(document, reading, events, keys, rarity, merges))
    return sorted(found, key=_key)


def _beside(a: str, b: str) -> Merge:
    why = "the harm is told beside the attack, with neither place nor day of its own"
    return Merge(min(a, b), max(a, b), 1.0, (Feature("told side by side", 1.0, 0.0, why),))


def _host(
    reading: Reading, clusters: list[list[Event]], index: int, weights: IncidentWeights
) -> tuple[int, Event] | None:
    """The attack that harm without place and day belongs to: (its number, its event); None for all else."""
    members = clusters[index]
    if not all(event.action in weights.consequences for event in members):
        return None
    if any(event.place is not None or (event.time is not None and event.time.basis in FIRM) for event in members):
        return None
    trigger = min(members, key=_place_in_text).trigger
    start = sentence_around(reading.text, trigger).start
    near = []
    for other in range(index):
        for event in clusters[other]:
            gap = start - sentence_around(reading.text, event.trigger).end
            if event.type == members[0].type and event.trigger < trigger and gap <= weights.beside_characters:
                near.append((event.trigger, other, event))
    if not near:
        return None
    _, other, event = max(near, key=lambda each: (each[0], each[1]))
    return other, event


def _place_in_text(event: Event) -> tuple[Span, str]:
    return event.trigger, event.id


def _first(events: list[Event]) -> tuple[Span, str]:
    return min(_place_in_text(event) for event in events)


def _key(happening: Happening) -> str:
    return happening.key


def _happening(
    document: str,
    reading: Reading,
    events: list[Event],
    keys: Mapping[str, str],
    rarity: Rarity,
    merges: tuple[Merge, ...],
) -> Happening:
    mine = sorted(keys[event.id] for event in events)
    sentences = sorted({sentence_around(reading.text, event.trigger) for event in events})
    tokens = [word for sentence in sentences for word in words(sentence.of(reading.text))]
    spoken = {actor.name for event in events for actor in event.actors if actor.name and actor.role in SPOKEN_ROLES}
    return Happening(
        key=mine[0],
        document=document,
        events=tuple(mine),
        types=tuple(sorted({event.type for event in events})),
        actions=tuple(sorted({event.action for event in events})),
        negative=all(event.polarity == "negative" for event in events),
        places=tuple(sorted({place for event in events if (place := ground(event.place)) is not None})),
        days=_narrowest(events),
        actors=frozenset(_parties(reading, events, "actors")) - spoken,
        disputed=frozenset(spoken),
        recipients=frozenset(_parties(reading, events, "recipients")),
        tolls=_tolls(events),
        sentences=tuple(sentences),
        text=vector(tokens, rarity.of),
        merges=merges,
    )


def _parties(reading: Reading, events: Iterable[Event], side: str) -> Iterator[str]:
    for event in events:
        for actor in event.actors if side == "actors" else event.recipients:
            if actor.name:
                yield actor.name


def _narrowest(events: Iterable[Event]) -> Days | None:
    """The best known time of the events: firm before not, then narrow before wide, then early before late."""
    found = []
    for event in events:
        time = event.time
        if time is None or time.basis == "unknown" or not (time.start and time.end):
            continue
        first = date.fromisoformat(time.start[:10]).toordinal()
        last = max(first, date.fromisoformat(time.end[:10]).toordinal())
        found.append(Days(first, last, time.basis in FIRM))
    return min(found, key=lambda days: (not days.firm, days.last - days.first, days.first), default=None)


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
