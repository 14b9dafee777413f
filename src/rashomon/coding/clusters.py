"""Mentions of one event inside a document, joined: "the offensive", said five times, is one offensive."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from ..records import Actor, Event

# Of the clusters of one kind only so many of the last are looked at: what was told before them is told anew.
_LOOK_BACK = 100


def label(events: Sequence[Event], families: dict[str, str]) -> list[str]:
    """One cluster label an event, in order; events of one label are taken to be one happening.

    `families` maps an action to the one that it may be called by in a repeat ("counterattack" → "offensive"). An event joins
    the latest earlier cluster whose action family, standing, place and parties contradict none of its own.
    """
    kinds: dict[Hashable, list[tuple[int, dict[Hashable, Event]]]] = {}
    labels: list[str] = []
    count = 0
    for event in events:
        clusters = kinds.setdefault(_kind(event, families), [])
        near = reversed(clusters[-_LOOK_BACK:])
        home = next((row for row in near if all(_may_be_one(event, other) for other in row[1].values())), None)
        if home is None:
            count += 1
            home = (count, {})
            clusters.append(home)
        home[1].setdefault(_details(event), event)
        labels.append(f"K{home[0]}")
    return labels


def _kind(event: Event, families: dict[str, str]) -> Hashable:
    """What two mentions of one event always share."""
    family = families.get(event.action, event.action)
    return event.type, family, event.region, event.polarity, event.modality == "asserted"


def _details(event: Event) -> Hashable:
    """All of the event that decides whether it may be one with another of its kind."""
    parties = (_entities(event.actors), bool(event.actors), _entities(event.recipients), bool(event.recipients))
    time = (event.time.start, event.time.end) if event.time else None
    return event.action, parties, event.place.name if event.place else None, time


def _may_be_one(a: Event, b: Event) -> bool:
    """True for two of one kind whose details do not contradict each other."""
    if not (_names(a.actors, b.actors) and _names(a.recipients, b.recipients)):
        return False
    if a.place and b.place and a.place.name != b.place.name:
        return False
    if not (a.place and b.place) and not (a.actors and b.actors) and not (a.recipients and b.recipients):
        # Nothing in common to compare. A bare repeat ("the offensive failed") is of the last one; other details differ.
        bare = not (a.actors or a.recipients or a.place)
        return bare or (a.action == b.action and not (a.place or b.place))
    if a.time and b.time and a.time.start and b.time.start and a.time.end and b.time.end:
        return a.time.start <= b.time.end and b.time.start <= a.time.end
    return True


def _names(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """True when one side is silent or both name a common party."""
    first, second = _entities(a), _entities(b)
    return not first or not second or bool(first & second)


def _entities(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.entity for actor in actors if actor.entity is not None)
