"""Mentions of one event inside a document, joined: "the offensive", said five times, is one offensive."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Event

_NEUTRAL = frozenset({None})


def label(events: Sequence[Event], families: dict[str, str]) -> list[str]:
    """One cluster label an event, in order; events of one label are taken to be one happening.

    `families` maps an action to the one that it may be called by in a repeat ("counterattack" → "offensive"). An event joins
    the latest earlier cluster whose action family, standing, place and parties contradict none of its own.
    """
    clusters: list[list[Event]] = []
    labels: list[str] = []
    for event in events:
        home = next(
            (
                index
                for index in range(len(clusters) - 1, -1, -1)
                if all(_may_be_one(event, other, families) for other in clusters[index])
            ),
            None,
        )
        if home is None:
            clusters.append([event])
            home = len(clusters) - 1
        else:
            clusters[home].append(event)
        labels.append(f"K{home + 1}")
    return labels


def _may_be_one(a: Event, b: Event, families: dict[str, str]) -> bool:
    if a.type != b.type or families.get(a.action, a.action) != families.get(b.action, b.action):
        return False
    if a.region != b.region or a.polarity != b.polarity or (a.modality == "asserted") != (b.modality == "asserted"):
        return False
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


def _names(a: Sequence[object], b: Sequence[object]) -> bool:
    """True when one side is silent or both name a common party."""
    first = {getattr(actor, "entity", None) for actor in a} - _NEUTRAL
    second = {getattr(actor, "entity", None) for actor in b} - _NEUTRAL
    return not first or not second or bool(first & second)
