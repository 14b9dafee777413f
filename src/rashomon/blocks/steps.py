"""The steps of linking as pieces of work, each by itself: the same stories and incidents as `Linker.link` makes at once.

Documents are grouped into blocks by their days of publication. Whether two documents are alike depends on the two alone, so each
pair of blocks is a piece of work; documents that are alike in a chain form a component, and stories are made component by
component; incidents story by story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from ..errors import RashomonError
from ..link import Sketch
from ..linker import Linked, Linker
from ..records import Decision, Reading, Story
from .pool import Call, Crew, Lost

# Documents a block: two of them and their index are held by a worker at a time.
BLOCK = 2_000
# Documents whose stories, or incidents, are one call.
PACKET = 200
# Blocks that one call compares with another.
_BESIDE = 4
T = TypeVar("T")
Block = TypeVar("Block", contravariant=True)
_UNPACK = msgspec.msgpack.Decoder(Linked)


class Source(Protocol[Block]):
    """Where a worker finds what it works on: `block` says which documents, or holds what they are linked by."""

    def sketches(self, block: Block) -> dict[str, Sketch]:
        """Their sketches by key."""

    def readings(self, block: Block) -> dict[str, Reading]:
        """Their readings by key, those that were read."""


class LinkingWork:
    """The steps of linking, as a worker does them; subclasses add more."""

    def __init__(self, linker: Linker, source: Source[Any]) -> None:
        self._linker = linker
        self._source = source
        self.made = linker.made

    def __call__(self, step: str, *args: Any) -> Any:
        """The result of a step by its name."""
        return self.steps()[step](*args)

    def steps(self) -> dict[str, Callable[..., Any]]:
        """The steps by their names."""
        return {"pairs": self.pairs, "stories": self.stories, "incidents": self.incidents}

    def pairs(self, one: Any, *others: Any) -> list[tuple[str, str]]:
        """Pairs of documents that are alike: one from the first block, one from another; None is the first block itself."""
        first = self._source.sketches(one)
        posted = self._linker.postings()
        found: list[tuple[str, str]] = []
        if None in others:
            for key, sketch in first.items():
                found.extend(self._alike(sketch, first, posted.near(key, sketch.signs, sketch.days)))
                posted.add(key, sketch.signs, sketch.days)
        else:
            for key, sketch in first.items():
                posted.add(key, sketch.signs, sketch.days)
        for other in others:
            for key, sketch in (self._source.sketches(other) if other is not None else {}).items():
                found.extend(self._alike(sketch, first, posted.near(key, sketch.signs, sketch.days)))
        return found

    def stories(self, chains: Sequence[tuple[tuple[str, ...], Mapping[str, list[str]]]], block: Any) -> list[Story]:
        """The stories of components, each given with what is alike in it; `block` holds all of them."""
        known = self._source.sketches(block)
        return [story for keys, near in chains for story in self._linker.stories(keys, near, known, {})]

    def incidents(self, stories: Sequence[Story], block: Any, decisions: Sequence[Decision] = ()) -> bytes:
        """Incidents and tallies of whole stories, packed; `block` holds their documents."""
        return msgspec.msgpack.encode(self._linker.compared(stories, self._source.readings(block), decisions))

    def _alike(self, one: Sketch, known: Mapping[str, Sketch], near: Iterable[str]) -> Iterator[tuple[str, str]]:
        return ((one.key, each.key) for each in self._linker.alike(one, [known[key] for key in near]))


def block_pairs(blocks: Sequence[Any], beside: Sequence[Any] = ()) -> Iterator[Call]:
    """The calls that compare each block with itself and with each other one; and with those `beside`, which are compared with
    one another no more."""
    for at, one in enumerate(blocks):
        for some in parts([None, *blocks[at + 1 :], *beside], _BESIDE):
            yield Call(None, ("pairs", one, *some))


def alike(crew: Crew, calls: Iterable[Call]) -> Iterator[list[tuple[str, str]]]:
    """Pairs of documents that are alike, as calls for pairs of blocks find them."""
    for _, pairs in done(crew, calls):
        yield pairs


def linked(crew: Crew, calls: Iterable[Call]) -> Iterator[Linked]:
    """What calls for incidents find, in the order of their tags, which count from 0."""
    for result in in_order(done(crew, calls)):
        yield _UNPACK.decode(result)


def done(crew: Crew, calls: Iterable[Call]) -> Iterator[tuple[Any, Any]]:
    """Tags and results. RashomonError where a call ends its worker twice."""
    for tag, result in crew.run(calls):
        if isinstance(result, Lost):
            raise RashomonError(f"linking ended its worker, twice ({result.why}): give workers more memory, and run it again")
        yield tag, result


def in_order(results: Iterable[tuple[int, T]]) -> Iterator[T]:
    """The results by number from 0, each as soon as all before it are there."""
    held: dict[int, T] = {}
    wanted = 0
    for number, result in results:
        held[number] = result
        while wanted in held:
            yield held.pop(wanted)
            wanted += 1


def parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items, so many at a time."""
    return (items[first : first + size] for first in range(0, len(items), size))


def packets(items: Iterable[T], size: int, weigh: Callable[[T], int]) -> Iterator[list[T]]:
    """The items, so much weight at a time."""
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
