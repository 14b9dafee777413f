"""Linking only what a new document can change comes to the same as linking everything, on made-up likeness of many shapes."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, MutableMapping, Sequence

import pytest

from rashomon.link import Surroundings, region, tied
from rashomon.records import Story
from rashomon.records.cluster import Pair, average_link_over, components, pair

THRESHOLD = 0.5
Keys = tuple[str, ...]


class World:
    """Documents as points of a long strip: those within a step of each other are alike, so that chains grow long."""

    def __init__(self, seed: int, count: int, length: float) -> None:
        dice = random.Random(seed)
        self.at = {f"d{number:02}": (dice.random() * length, dice.random()) for number in range(count)}
        self.noise = {pair(a, b): dice.uniform(-0.25, 0.25) for a in self.at for b in self.at if a < b}

    def score(self, a: str, b: str) -> float:
        (x, y), (u, v) = self.at[a], self.at[b]
        value = 1.0 - (abs(x - u) + abs(y - v)) / 2.5 + self.noise[pair(a, b)]
        return round(max(0.0, min(1.0, value)), 6)

    def alike(self, keys: Collection[str], there: Collection[str]) -> dict[str, Keys]:
        found = {key: tuple(sorted(o for o in there if o != key and self.score(key, o) >= THRESHOLD)) for key in keys}
        return {key: others for key, others in found.items() if others}

    def grouping(self, chain: Keys, near: Mapping[str, Keys], known: MutableMapping[Pair, float]) -> list[Story]:
        edges = {pair(key, other): self.score(key, other) for key in chain for other in near.get(key, ())}

        def cross(one: Sequence[str], others: Sequence[str]) -> float:
            return sum(self.score(a, b) for a in one for b in others)

        return [Story(group[0], group) for group in average_link_over(edges, cross, THRESHOLD)]

    def at_once(self, there: Collection[str], joined: Mapping[str, frozenset[str]]) -> set[Keys]:
        near = self.alike(there, there)
        edges = [pair(key, other) for key, others in near.items() for other in others]
        found = [
            story for chain in components(there, edges)
            for story in (self.grouping(chain, near, {}) if len(chain) > 1 else [Story(chain[0], chain)])
        ]
        return {story.documents for story in tied(found, joined)}


class Held:
    """What a ledger would hold: who is there, in which story, and who waits."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.there: set[str] = set()
        self.home: dict[str, Keys] = {}
        self.waiting: dict[str, None] = {}
        self.joined: dict[str, frozenset[str]] = {}
        self.looked: list[int] = []

    def add(self, keys: Collection[str]) -> None:
        self.there.update(keys)
        self.waiting.update(dict.fromkeys(keys))

    def remove(self, key: str) -> None:
        beside = {*self.home.get(key, ()), *self.world.alike([key], self.there).get(key, ())} - {key}
        for other in self.home.pop(key, ()):
            self.home.pop(other, None)
        self.there.discard(key)
        self.waiting.pop(key, None)
        self.waiting.update(dict.fromkeys(sorted(beside)))

    def join(self, a: str, b: str) -> None:
        self.joined[a] = self.joined.get(a, frozenset()) | {b}
        self.joined[b] = self.joined.get(b, frozenset()) | {a}
        self.waiting.update(dict.fromkeys((a, b)))

    def link(self) -> None:
        around = Surroundings(
            lambda keys: self.world.alike(keys, self.there), lambda keys: {k: self.home[k] for k in keys if k in self.home},
            self.joined,
        )
        while self.waiting:
            found = region(next(iter(self.waiting)), self.waiting.keys(), around, self.world.grouping)
            self.looked.append(len(found.documents))
            assert sorted(key for story in found.stories for key in story.documents) == sorted(found.documents)
            self.home.update((key, story.documents) for story in found.stories for key in story.documents)
            for key in found.fresh:
                self.waiting.pop(key, None)

    def stories(self) -> set[Keys]:
        return set(self.home.values())


@pytest.mark.parametrize("seed", range(25))
def test_added_joined_and_removed_in_any_order_as_if_linked_at_once(seed: int) -> None:
    world, dice = World(seed, 60, 6.0 + seed), random.Random(seed)
    held, keys = Held(world), sorted(world.at)
    dice.shuffle(keys)
    while keys:
        size = dice.choice((1, 1, 2, 7))
        some, keys = keys[:size], keys[size:]
        held.add(some)
        if dice.random() < 0.1 and len(held.there) > 3:
            held.join(*dice.sample(sorted(held.there), 2))
        if dice.random() < 0.15:
            held.remove(dice.choice(sorted(held.there)))
            held.joined = {key: others & held.there for key, others in held.joined.items() if key in held.there}
        held.link()
        assert held.stories() == world.at_once(held.there, held.joined)
    assert held.stories()


def test_a_document_at_the_end_of_a_long_chain_looks_at_its_own_end() -> None:
    world = World(3, 150, 150.0)
    held = Held(world)
    far = max(world.at, key=lambda key: world.at[key])
    held.add([key for key in sorted(world.at) if key != far])
    held.link()
    held.looked.clear()
    held.add([far])
    held.link()
    assert held.stories() == world.at_once(held.there, {})
    (looked,) = held.looked
    assert looked < 15
