"""What people decided, in the terms of linking: happenings that are one, pairs that never are, stories that belong together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from ..records import Anchor, Decision, Feature, Merge, Reading, Story, event_keys, trigger_of
from ..records.cluster import Pair, components, pair
from .happenings import Happening


class Decided(msgspec.Struct, frozen=True):
    """A decision whose events are known: their keys, part by part."""

    kind: str
    parts: tuple[frozenset[str], ...]
    told: str


class Bounds(msgspec.Struct, frozen=True):
    """Happenings (keys) that must stand together, with who said so, and pairs that never do."""

    joined: tuple[tuple[str, ...], ...] = ()
    apart: frozenset[Pair] = frozenset()
    merges: tuple[Merge, ...] = ()


def found_in(decisions: Iterable[Decision], readings: Mapping[str, Reading]) -> list[Decided]:
    """The decisions about these documents, in their order; an event that is read no more is left out, a part without any too."""
    triggers: dict[str, list[tuple[Anchor, str]]] = {}
    found = []
    for decision in decisions:
        for document in decision.documents:
            if document in readings and document not in triggers:
                keys = event_keys(document, readings[document].events)
                triggers[document] = [(Anchor(document, trigger_of(each)), keys[each.id]) for each in readings[document].events]
        parts = tuple(
            frozenset(key for anchor in part for key in _at(anchor, triggers.get(anchor.document, ()))) for part in decision.parts
        )
        if sum(bool(part) for part in parts) > 1:
            told = f"{decision.person}, {decision.decided[:10]}" + (f": {decision.note}" if decision.note else "")
            found.append(Decided(decision.kind, tuple(part for part in parts if part), told))
    return found


def _at(anchor: Anchor, known: Sequence[tuple[Anchor, str]]) -> list[str]:
    """Events whose trigger is the one that was decided about; where that is gone, those that overlap it."""
    same = [key for each, key in known if each.span == anchor.span]
    return same or [key for each, key in known if each.span.overlaps(anchor.span)]


def torn(decided: Iterable[Decided]) -> tuple[frozenset[str], ...]:
    """The sets of events that people set apart: no happening reaches over the edge of one."""
    return tuple(each.parts[0] for each in decided if each.kind == "split")


def bounds(happenings: Iterable[Happening], decided: Sequence[Decided]) -> Bounds:
    """What the decisions, newest first, ask of these happenings. Where two contradict each other the newer one holds."""
    home = {event: each.key for each in happenings for event in each.events}
    links: list[tuple[Pair, str]] = []
    apart: set[Pair] = set()
    for each in decided:
        parts = [sorted({home[event] for event in part if event in home}) for part in each.parts]
        if each.kind == "split":
            asunder = {pair(a, b) for a in parts[0] for b in parts[1] if a != b}
            together = [pair(a, b) for a, b in zip(parts[0], parts[0][1:], strict=False)]
        else:
            asunder = set()
            members = sorted({key for part in parts for key in part})
            together = [pair(a, b) for a, b in pairwise(members)]
        group = _groups([at for at, _ in links], home.values())
        apart |= {at for at in asunder if group[at[0]] != group[at[1]]}
        for at in together:
            group = _groups([*(known for known, _ in links), at], home.values())
            if all(group[a] != group[b] for a, b in apart):
                links.append((at, each.told))
    joined = tuple(one for one in components({key for at, _ in links for key in at}, [at for at, _ in links]) if len(one) > 1)
    merges = tuple(
        Merge(a, b, 1.0, (Feature("decided by a person", 1.0, 0.0, told),)) for (a, b), told in sorted(links)
    )
    return Bounds(joined, frozenset(apart), merges)


def _groups(links: Iterable[Pair], keys: Iterable[str]) -> dict[str, int]:
    return {key: number for number, one in enumerate(components(keys, links)) for key in one}


def ties(decisions: Iterable[Decision], present: Collection[str]) -> dict[str, frozenset[str]]:
    """Document -> the documents that people's joins put into one story with it, of those that are there."""
    found: dict[str, set[str]] = {}
    for decision in decisions:
        if decision.kind == "join":
            documents = [key for key in decision.documents if key in present]
            for key in documents:
                found.setdefault(key, set()).update(documents)
    return {key: frozenset(others - {key}) for key, others in found.items()}


def tied(stories: Iterable[Story], bound: Mapping[str, Collection[str]]) -> list[Story]:
    """The stories, with those made one that a person's joins tie together."""
    known = {story.id: story for story in stories}
    home = {key: story.id for story in known.values() for key in story.documents}
    edges = [pair(home[key], home[other]) for key in home for other in bound.get(key, ()) if other in home]
    found = []
    for group in components(known, [edge for edge in edges if edge[0] != edge[1]]):
        documents = tuple(sorted(key for id in group for key in known[id].documents))
        found.append(Story(documents[0], documents) if len(group) > 1 else known[group[0]])
    return found
