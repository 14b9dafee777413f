"""Linking and comparing readings: pure functions of them and of the linker's knowledge, whatever keeps them.

`Linker.link` links readings in memory. `builder` does the same with a ledger, where only what a new document is like is looked
at again; both come to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from pathlib import Path

import msgspec

from .compare import Pair, Source, build_incidents, contradictions, tallies
from .knowledge.actors import load_actors
from .knowledge.comparison import ComparisonRules, Sides, load_comparison, sides_of
from .knowledge.linking import LinkingRules, load_linking
from .knowledge.rarity import Rarity, load_rarity
from .link import (
    Decided,
    Postings,
    Sketch,
    covered,
    found_in,
    group_happenings,
    happenings,
    link_stories,
    near_of,
    passages,
    scores_with,
    shingles,
    sketch_reading,
    stories_of,
    tied,
    ties,
    torn,
)
from .records import Decision, EventGroup, Incident, Reading, Story, Tally, digest


class Linked(msgspec.Struct, frozen=True):
    """Stories with their incidents and tallies."""

    stories: tuple[Story, ...]
    incidents: tuple[Incident, ...]
    tallies: tuple[Tally, ...]


def wholes_named(incidents: Iterable[Incident], groups: Iterable[EventGroup]) -> list[Incident]:
    """The incidents, each with the wider one that it is told as a part of."""
    by_event = {group.events[0]: group for group in groups}
    found = []
    for incident in incidents:
        group = by_event[incident.events[0]]
        whole = digest("incident", group.part_of) if group.part_of else None
        found.append(msgspec.structs.replace(incident, part_of=whole, part_why=group.part_why) if whole else incident)
    return found


class Linker:
    """Sketches documents, scores pairs of sketches, makes stories of what is alike and incidents of stories."""

    def __init__(self, rules: LinkingRules, rarity: Rarity, comparison: ComparisonRules, sides: Sides) -> None:
        self._rules = rules
        self._rarity = rarity
        self._comparison = comparison
        self._sides = sides
        words = sorted(rarity.words.items())
        self._made = digest("sketches", repr(rules.stories), repr(words), repr(rarity.unseen))

    @classmethod
    def load(cls, actors: Path | None = None) -> Linker:
        """Loads weights, word rarity and what is known of sides. `actors` are the user's own war files where they are not
        those of the settings. KnowledgeError says what is broken."""
        return cls(load_linking(), load_rarity(), load_comparison(), sides_of(load_actors(own=actors)))

    @property
    def made(self) -> str:
        """Names the make of sketches and scores: they are not comparable with those of another."""
        return self._made

    @property
    def least_signs(self) -> int:
        """How many signs two documents must share at the least to be compared."""
        return self._rules.stories.shared_signs

    def postings(self) -> Postings:
        """Documents by what finds their like; still empty."""
        return Postings(self._rules.stories)

    def worth(self, one: Sketch, found: Iterable[tuple[str, int, tuple[int, int] | None]]) -> list[str]:
        """Of documents (key, signs shared with this one, first and last day) those that are worth comparing with it."""
        return near_of(found, one.days, self._rules.stories)

    def sketch(self, key: str, reading: Reading) -> Sketch:
        """What the document is linked by."""
        return sketch_reading(key, reading, self._rarity, self._rules.stories)

    def alike(self, one: Sketch, others: Sequence[Sketch]) -> list[Sketch]:
        """Those of the others that may stand in one story with the document."""
        scores = scores_with(one, others, self._rules.stories)
        return [other for other, score in zip(others, scores, strict=True) if score >= self._rules.stories.threshold]

    def stories(
        self, component: Iterable[str], near: Mapping[str, Iterable[str]], sketches: Mapping[str, Sketch],
        known: MutableMapping[tuple[str, str], float],
    ) -> list[Story]:
        """The stories of documents that are alike in a chain. `near`: to what each is alike; `known` keeps scores of edges."""
        return stories_of(tuple(component), near, sketches, self._rules.stories, known)

    def link(self, readings: Iterable[tuple[str, Reading]], decisions: Sequence[Decision] = ()) -> Linked:
        """Stories and incidents of readings, given under their document keys; `decisions` of people, the newest first."""
        known = dict(readings)
        sketches = [self.sketch(key, reading) for key, reading in known.items()]
        stories = tied(link_stories(sketches, self._rules.stories), ties(decisions, known))
        return self.compared(stories, known, decisions)

    def compared(
        self, stories: Sequence[Story], readings: Mapping[str, Reading], decisions: Sequence[Decision] = ()
    ) -> Linked:
        """The stories with their incidents and tallies; `readings` holds every document of them that was read."""
        incidents: list[Incident] = []
        found: list[Tally] = []
        for story in stories:
            sources = {key: Source.of(key, readings[key]) for key in story.documents if key in readings}
            mine = [each for each in decisions if not set(each.documents).isdisjoint(story.documents)]
            decided = found_in(mine, {key: source.reading for key, source in sources.items()})
            incidents.extend(self._incidents(story, sources, decided))
            found.extend(tally for source in sources.values() for tally in tallies(source, self._comparison))
        return Linked(tuple(stories), tuple(sorted(incidents, key=lambda each: each.id)), tuple(found))

    def contradictions(
        self, readings: Iterable[tuple[str, Reading]], incidents: Iterable[Incident], *, limit: int | None = None
    ) -> list[Pair]:
        """Pairs of statements worth a look, the most telling first: see `compare.contradictions`."""
        sources = {key: Source.of(key, reading) for key, reading in readings}
        return contradictions(sources, incidents, self._comparison, self._sides, limit=limit)

    def _incidents(self, story: Story, sources: Mapping[str, Source], decided: Sequence[Decided]) -> list[Incident]:
        # One text shares nothing with itself.
        shared = covered(passages(shingles(key, each.reading) for key, each in sources.items())) if len(sources) > 1 else {}
        weights = self._rules.incidents
        mine = [
            each for key, source in sources.items()
            for each in happenings(key, source.reading, self._rarity, weights, torn(decided))
        ]
        groups = group_happenings(mine, shared, weights, decided)
        made = build_incidents(story.id, groups, sources, shared, self._comparison, self._sides)
        return wholes_named(made, groups)
