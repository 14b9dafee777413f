"""Stories and incidents of the documents in shards, block by block: the same as `Linker.link` makes of all of them at once.

The driver holds all sketches between two steps and hands them out; beside them nothing but the list of pairs that are alike meets
in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ..blocks import steps
from ..blocks.pool import Call, Crew, Make, Pool
from ..link import Sketch, packed, unpacked
from ..linker import Linked, Linker
from ..records import Reading, Story
from ..records.cluster import components
from .shards import Shards, unpack_reading

Packed = tuple[tuple[str, bytes], ...]


class Carried:
    """Blocks that hold packed sketches, or readings, by key: no worker needs a disk that others see."""

    def sketches(self, block: Packed) -> dict[str, Sketch]:
        """The sketches that the block holds."""
        return {key: unpacked(key, body) for key, body in block}

    def readings(self, block: Packed) -> dict[str, Reading]:
        """The readings that the block holds."""
        return {key: unpack_reading(content) for key, content in block}


class CarriedWork(steps.LinkingWork):
    """The steps of linking over blocks that are carried to the worker, and sketching."""

    def steps(self) -> dict[str, Callable[..., Any]]:
        """The steps by their names."""
        return {**super().steps(), "sketch": self.sketch}

    def sketch(self, block: Packed) -> Packed:
        """(key, packed sketch) of each packed reading, by key."""
        return tuple((key, packed(self._linker.sketch(key, unpack_reading(content)))) for key, content in sorted(block))


def _loaded(actors: Path | None) -> CarriedWork:
    return CarriedWork(Linker.load(actors), Carried())


def links_with(actors: Path | None) -> Make:
    """What makes a worker that links."""
    return partial(_loaded, actors)


def link(
    shards: Shards, pool: Pool, make: Make, made: str, told: Callable[[str], None], *, block: int = steps.BLOCK,
    packet: int = steps.PACKET,
) -> Iterator[Linked]:
    """All stories with their incidents and tallies, some at a time, in the order of the stories' ids."""
    where = {key: (path, at) for key, _, _, path, at in shards.dated()}
    days = {key: start or end or "" for key, start, end, _, _ in shards.dated()}
    order = sorted(where, key=lambda key: (days[key], key))

    def readings(keys: Iterable[str]) -> Packed:
        wanted = list(keys)
        return tuple(zip(wanted, shards.readings(where[key] for key in wanted), strict=True))

    with pool.crew(make, made) as crew:
        told(f"sketching {len(order):,} documents")
        calls = (Call(number, ("sketch", readings(some))) for number, some in enumerate(steps.parts(order, block)))
        blocks: list[Packed] = list(steps.in_order(steps.done(crew, calls)))
        told(f"comparing {len(blocks):,} blocks")
        near: dict[str, list[str]] = {}
        for pairs in steps.alike(crew, steps.block_pairs([crew.share(each) for each in blocks])):
            for key, other in pairs:
                near.setdefault(key, []).append(other)
        chains = components(order, ((key, other) for key, others in near.items() for other in others))
        told(f"making stories of {len(chains):,} groups")
        stories = sorted(_stories(crew, chains, near, {key: body for some in blocks for key, body in some}, packet), key=_id)
        del blocks, near, chains
        told(f"making incidents of {len(stories):,} stories")
        packets = steps.packets(stories, packet, lambda story: len(story.documents))
        yield from steps.linked(crew, (
            Call(number, ("incidents", some, readings(key for story in some for key in story.documents)))
            for number, some in enumerate(packets)
        ))


def _stories(
    crew: Crew, chains: Sequence[tuple[str, ...]], near: Mapping[str, list[str]], sketches: Mapping[str, bytes], packet: int
) -> Iterator[Story]:
    yield from (Story(keys[0], keys) for keys in chains if len(keys) == 1)

    def calls() -> Iterator[Call]:
        for some in steps.packets([keys for keys in chains if len(keys) > 1], packet, len):
            given = [(keys, {key: near[key] for key in keys if key in near}) for keys in some]
            yield Call(None, ("stories", given, tuple((key, sketches[key]) for keys in some for key in keys)))

    for _, stories in steps.done(crew, calls()):
        yield from stories


def _id(story: Story) -> str:
    return story.id
