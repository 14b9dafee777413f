"""What a new document can change: its own neighbourhood of stories, and no more of a chain of alike documents than that.

Groups are joined best pair first by the mean of all pairs between them (average linkage). Joining never brings a group nearer to
a third than the nearer of the two was, and two groups are joined only where an edge is between them. So stories found among some
documents and stories found among the others are together the stories of all, unless groups of both sides could be joined on the
way; and a story that comes out as it was has been made as it was, and met all that lies around it before. It is enough, then, to
group anew what is new or has lost something, with the stories that it touches, and to widen this as long as a story that came out
otherwise touches one that is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping

import msgspec

from ..records import Story
from ..records.cluster import Pair, components
from .decided import tied

Near = Mapping[str, tuple[str, ...]]
# Chain and edges to its stories; scores of pairs that were asked for before are kept in the third.
Grouping = Callable[[tuple[str, ...], Near, MutableMapping[Pair, float]], list[Story]]


class Surroundings(msgspec.Struct, frozen=True):
    """What is known of the documents: which are alike, which stand in one story by now, and which people have joined.

    `alike` and `beside` are asked for some documents and leave out those that have none; a document is in its own story.
    """

    alike: Callable[[Collection[str]], Near]
    beside: Callable[[Collection[str]], Near]
    joined: Mapping[str, frozenset[str]]


class Region(msgspec.Struct, frozen=True):
    """Documents and their stories, of which some are as they were; `fresh` are those that waited or stood beside one that did."""

    documents: frozenset[str]
    fresh: frozenset[str]
    stories: tuple[Story, ...]


def region(seed: str, waiting: Collection[str], around: Surroundings, grouping: Grouping) -> Region:
    """The stories of all that the waiting document `seed` can change; other waiting documents that it touches are taken along.

    What waits and is not touched counts as not yet there.
    """
    known = _Known(around)
    scores: dict[Pair, float] = {}
    fresh: set[str] = set()
    ahead = {seed}
    while True:
        known.take(ahead)
        # All of a story that loses or changes one may come out otherwise.
        new = {key for each in known.documents if each in waiting for key in known.story(each)} - fresh
        if new:
            fresh |= new
            ahead = known.touched(new) | known.tied(known.documents)
            if not ahead <= known.documents:
                continue
        near = {key: tuple(other for other in known.near[key] if other in known.documents) for key in known.documents}
        stories = tied(_grouped(near, scores, grouping), around.joined)
        before = {frozenset(known.story(key)) for key in known.documents - fresh}
        moved = {key for story in stories if frozenset(story.documents) not in before for key in story.documents}
        ahead = known.touched(moved) - known.documents
        if not ahead:
            return Region(frozenset(known.documents), frozenset(fresh), tuple(stories))


class _Known:
    """The documents of a region so far, whole stories always."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._stories: dict[str, tuple[str, ...]] = {}
        self.documents: set[str] = set()
        self.near: dict[str, tuple[str, ...]] = {}

    def take(self, keys: Iterable[str]) -> None:
        """Take these documents in, with their stories and whom people joined them with."""
        ahead = set(keys) - self.documents
        while ahead:
            beside = self._around.beside(ahead)
            self._stories.update((key, beside.get(key, (key,))) for key in ahead)
            self.documents |= ahead
            ahead = {other for key in ahead for other in (*self._stories[key], *self._around.joined.get(key, ()))}
            ahead -= self.documents
        self._ask(self.documents)

    def story(self, key: str) -> tuple[str, ...]:
        """The documents that stand in one story with it by now, itself among them."""
        return self._stories[key]

    def touched(self, keys: Iterable[str]) -> set[str]:
        """What is alike to one of the documents."""
        return {other for key in keys for other in self.near[key]}

    def tied(self, keys: Iterable[str]) -> set[str]:
        """What people have joined with one of the documents."""
        return {other for key in keys for other in self._around.joined.get(key, ())}

    def _ask(self, keys: Collection[str]) -> None:
        new = [key for key in keys if key not in self.near]
        found = self._around.alike(new) if new else {}
        self.near.update((key, found.get(key, ())) for key in new)


def _grouped(near: Near, scores: MutableMapping[Pair, float], grouping: Grouping) -> Iterator[Story]:
    edges = [(key, other) for key, others in near.items() for other in others if key < other or key not in near[other]]
    for chain in components(near, edges):
        if len(chain) == 1:
            yield Story(chain[0], chain)
        else:
            yield from grouping(chain, near, scores)
