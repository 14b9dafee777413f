"""Stories and incidents of many documents, block by block: the same as `Linker.link` makes of all of them at once.

Documents are grouped into blocks by their days of publication. Whether two documents are alike depends on the two alone, so each
pair of blocks is a piece of work by itself; documents that are alike in a chain form a component, and stories are made
component by component; incidents story by story. Nothing but the list of pairs that are alike meets in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import RashomonError
from ..link import Sketch, packed, unpacked
from ..linker import Linked, Linker
from ..records import Story
from ..records.cluster import components
from .pool import Call, Crew, Lost, Make, Pool
from .shards import Shards, unpack_reading

# Documents a block: two of them and their index are held by a worker at a time.
BLOCK = 2_000
# Documents whose stories, or incidents, are one call.
PACKET = 200
T = TypeVar("T")
Packed = tuple[tuple[str, bytes], ...]
_UNPACK = msgspec.msgpack.Decoder(Linked)


class LinkingWork:
    """The steps of linking, as a worker does them."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker
        self.made = linker.made

    def __call__(self, step: str, *args: Any) -> Any:
        """The result of a step by its name."""
        steps: dict[str, Callable[..., Any]] = {
            "sketch": self.sketch, "pairs": self.pairs, "stories": self.stories, "incidents": self.incidents,
        }
        return steps[step](*args)

    def sketch(self, readings: Packed) -> Packed:
        """(key, packed sketch) of each packed reading, by key."""
        return tuple((key, packed(self._linker.sketch(key, unpack_reading(content)))) for key, content in sorted(readings))

    def pairs(self, one: Packed, other: Packed | None) -> list[tuple[str, str]]:
        """Pairs of documents that are alike: of two blocks one from each, or both of one block."""
        first = _sketches(one)
        posted = self._linker.postings()
        found: list[tuple[str, str]] = []
        if other is not None:
            for key, sketch in first.items():
                posted.add(key, sketch.signs, sketch.days)
        for key, sketch in (first if other is None else _sketches(other)).items():
            near = [first[each] for each in posted.near(key, sketch.signs, sketch.days)]
            found.extend((key, each.key) for each in self._linker.alike(sketch, near))
            if other is None:
                posted.add(key, sketch.signs, sketch.days)
        return found

    def stories(self, chains: Sequence[tuple[tuple[str, ...], Mapping[str, list[str]]]], sketches: Packed) -> list[Story]:
        """The stories of components, each given with what is alike in it."""
        known = _sketches(sketches)
        return [story for keys, near in chains for story in self._linker.stories(keys, near, known, {})]

    def incidents(self, stories: Sequence[Story], readings: Packed) -> bytes:
        """Incidents and tallies of whole stories, packed."""
        known = {key: unpack_reading(content) for key, content in readings}
        return msgspec.msgpack.encode(self._linker.compared(stories, known))


def _loaded(actors: Path | None) -> LinkingWork:
    return LinkingWork(Linker.load(actors))


def links_with(actors: Path | None) -> Make:
    """What makes a worker that links."""
    return partial(_loaded, actors)


def link(
    shards: Shards, pool: Pool, make: Make, made: str, told: Callable[[str], None], *, block: int = BLOCK, packet: int = PACKET
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
        calls = (Call(number, ("sketch", readings(some))) for number, some in enumerate(_parts(order, block)))
        blocks: list[Packed] = [result for _, result in sorted(_done(crew, calls), key=lambda each: int(each[0]))]
        told(f"comparing {len(blocks):,} blocks")
        near: dict[str, list[str]] = {}
        for _, pairs in _done(crew, _block_pairs(blocks, crew)):
            for key, other in pairs:
                near.setdefault(key, []).append(other)
        chains = components(order, ((key, other) for key, others in near.items() for other in others))
        told(f"making stories of {len(chains):,} groups")
        stories = sorted(_stories(crew, chains, near, {key: body for some in blocks for key, body in some}, packet), key=_id)
        del blocks, near, chains
        told(f"making incidents of {len(stories):,} stories")
        packets = _packets(stories, packet, lambda story: len(story.documents))
        wanted = (
            Call(number, ("incidents", some, readings(key for story in some for key in story.documents)))
            for number, some in enumerate(packets)
        )
        for result in _in_order(_done(crew, wanted)):
            yield _UNPACK.decode(result)


def _block_pairs(blocks: Sequence[Packed], crew: Crew) -> Iterator[Call]:
    shared = [crew.share(each) for each in blocks]
    for at, one in enumerate(shared):
        yield Call(None, ("pairs", one, None))
        for other in shared[at + 1 :]:
            yield Call(None, ("pairs", one, other))


def _stories(
    crew: Crew, chains: Sequence[tuple[str, ...]], near: Mapping[str, list[str]], sketches: Mapping[str, bytes], packet: int
) -> Iterator[Story]:
    yield from (Story(keys[0], keys) for keys in chains if len(keys) == 1)

    def calls() -> Iterator[Call]:
        for some in _packets([keys for keys in chains if len(keys) > 1], packet, len):
            given = [(keys, {key: near[key] for key in keys if key in near}) for keys in some]
            yield Call(None, ("stories", given, tuple((key, sketches[key]) for keys in some for key in keys)))

    for _, stories in _done(crew, calls()):
        yield from stories


def _done(crew: Crew, calls: Iterable[Call]) -> Iterator[tuple[Any, Any]]:
    for tag, result in crew.run(calls):
        if isinstance(result, Lost):
            raise RashomonError(f"linking ended its worker, twice ({result.why}): give workers more memory, and run it again")
        yield tag, result


def _in_order(done: Iterable[tuple[int, T]]) -> Iterator[T]:
    """The results by number from 0, each as soon as all before it are there."""
    held: dict[int, T] = {}
    wanted = 0
    for number, result in done:
        held[number] = result
        while wanted in held:
            yield held.pop(wanted)
            wanted += 1


def _id(story: Story) -> str:
    return story.id


def _sketches(some: Packed) -> dict[str, Sketch]:
    return {key: unpacked(key, body) for key, body in some}


def _parts(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (keys[first : first + size] for first in range(0, len(keys), size))


def _packets(items: Iterable[T], size: int, weigh: Callable[[T], int]) -> Iterator[list[T]]:
    held: list[T] = []
    weight = 0
    for item in items:
        held.append(item)
        weight += weigh(item)
        if weight >= size:
            yield held
            held, weight = [], 0
    if held:
        yield held
