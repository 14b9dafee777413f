"""Where and when: the places and times that the grammar ties to an event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from ..knowledge.roles import Roles
from ..records import Event, EventPlace, EventTime, Place, Span, TimeMention
from ..records.vocabulary import EventType, PlaceRole
from .scene import Scene
from .triggers import Trigger

# What happens on the ground goes on where the paragraph said; talks and accusations may be anywhere.
ON_THE_GROUND: frozenset[EventType] = frozenset({"ASSAULT", "MOBILIZE", "YIELD", "COERCE", "PROTEST"})
_NEAR = 100  # tokens on either side of a trigger in which its time may stand
# Relations in which a time stands to what happens then.
_TIMING = ("npadvmod", "prep", "advmod", "tmod", "dobj", "pobj", "nummod", "amod", "compound", "poss")


class Setting(msgspec.Struct, frozen=True):
    """Places of an event with their roles, the main one first, and its time if the text gives one."""

    places: tuple[EventPlace, ...]
    time: EventTime | None


def find(scene: Scene, trigger: Trigger, parties: Collection[Span], roles: Roles) -> Setting:
    """Place and time of the event; places understood from other mentions are joined later, by cluster.

    Who is a party is no place: the agreement "between the U.S. and Russia" is not in the United States.
    """
    places = tuple(place for place in _places(scene, trigger, roles.by_preposition) if place.span not in parties)
    return Setting(places, _time(scene, trigger))


def _as_event_place(place: Place, role: PlaceRole) -> EventPlace:
    return EventPlace(role, place.span, place.name, place.lat, place.lon, place.radius_km, place.precision)


def _places(scene: Scene, trigger: Trigger, roles: Mapping[str, PlaceRole]) -> tuple[EventPlace, ...]:
    found: dict[tuple[int, int], EventPlace] = {}

    def note(index: int, role: PlaceRole) -> None:
        place = scene.place_at.get(index)
        if place is not None and (place.span.start, place.span.end) not in found:
            found[(place.span.start, place.span.end)] = _as_event_place(place, role)

    grammar, head = scene.grammar, trigger.head
    if trigger.action.takes_place:
        for index in grammar.prepositional(head, {"of"}) if trigger.noun else grammar.objects(head):
            note(index, "where")
            for inner in grammar.prepositional(index, roles):
                note(inner, "where")
            for inner in grammar.under(index, "compound", "nmod", "poss", "amod"):
                note(inner, "where")
    for at in _anchors(scene, trigger):
        for preposition in grammar.conjuncts(grammar.prepositions(at)):
            role = roles.get(scene.tokens[preposition].text.lower())
            if role is not None:
                for index in grammar.conjuncts(grammar.under(preposition, "pobj", "pcomp")):
                    note(index, role)
                    if index not in scene.place_at:
                        for inner in grammar.prepositional(index, roles):
                            note(inner, role if role in {"target", "destination"} else "where")
                for inner_preposition in grammar.under(preposition, "prep"):
                    for index in grammar.under(inner_preposition, "pobj"):
                        note(index, role)
        for index in grammar.under(at, "advmod", "npadvmod", "dobj", "compound", "nmod", "poss"):
            if not (trigger.noun and at == head and index in scene.heads and scene.tokens[index].dep == "poss"):
                note(index, "where")
    return tuple(sorted(found.values(), key=lambda place: place.role not in {"where", "target", "destination"}))


def _anchors(scene: Scene, trigger: Trigger) -> list[int]:
    """The trigger, and the verb that carries it or that it shares its clause with."""
    anchors = [trigger.head]
    token = scene.tokens[trigger.head]
    if trigger.noun and token.dep in {"dobj", "nsubjpass", "nsubj", "pobj", "conj"}:
        anchors.append(scene.grammar.clause_verb(trigger.head))
    elif token.dep in {"xcomp", "conj"}:
        anchors.append(token.head)
    return anchors


def _beside(scene: Scene, at: int, head: int) -> Iterator[int]:
    """Dependents of `at` that may tell when, none of them far from the trigger."""
    children = scene.syntax.children[at]
    for child in children[bisect_left(children, head - _NEAR) : bisect_right(children, head + _NEAR)]:
        if scene.tokens[child].dep in _TIMING:
            yield child


def _time(scene: Scene, trigger: Trigger) -> EventTime | None:
    best: tuple[int, TimeMention] | None = None
    for at in _anchors(scene, trigger):
        for child in _beside(scene, at, trigger.head):
            reach = [child]
            if scene.tokens[child].dep == "prep":
                reach = scene.grammar.conjuncts(scene.grammar.under(child, "pobj", "pcomp", "npadvmod"))
                reach += [inner for index in reach for inner in scene.syntax.children[index]]
            for index in reach:
                time = scene.time_at.get(index)
                if time is not None and time.type in {"DATE", "TIME"} and time.start and time.end:
                    distance = abs(time.span.start - trigger.span.start)
                    if best is None or distance < best[0]:
                        best = (distance, time)
    if best is None:
        return None
    time = best[1]
    # "Now" is no more than the days in which the report appeared.
    stated = time.relative_to is None and not time.vague
    return EventTime(time.start, time.end, "stated" if stated else "anchored", time.span)


def understood(scene: Scene, events: Sequence[Event]) -> list[Event]:
    """Events without a place or a time of their own, given what the text lets the reader understand, without a span.

    A time is that of another mention of the same event. A place is, in this order, the place of another mention of the same
    event; the only place of its sentence; for what happens on the ground, the place of the last such event before it in the
    same paragraph.
    """
    by_cluster: dict[str, EventPlace] = {}
    times: dict[str, EventTime] = {}
    for event in events:
        if event.time is not None:
            times.setdefault(event.cluster, event.time)
        if event.place is not None:
            by_cluster.setdefault(event.cluster, event.place)
    found: list[Event] = []
    last: dict[int, EventPlace] = {}
    only: dict[int, EventPlace | None] = {}
    for event in events:
        at = scene.syntax.token_at(event.trigger.start)
        sentence = scene.syntax.sentence_of(at) if at is not None else None
        place = event.place or by_cluster.get(event.cluster)
        if place is None and sentence is not None and event.type in ON_THE_GROUND:
            if sentence.first not in only:
                only[sentence.first] = _only(scene, sentence.first, sentence.last)
            place = only[sentence.first] or (last.get(sentence.block) if event.type in {"ASSAULT", "YIELD"} else None)
        if place is not None and event.type in ON_THE_GROUND and sentence is not None:
            last[sentence.block] = place
        if event.place is None and place is not None:
            event = msgspec.structs.replace(event, place=msgspec.structs.replace(place, span=None, role="where"))
        if event.time is None and event.cluster in times:
            time = msgspec.structs.replace(times[event.cluster], span=None, basis="anchored")
            event = msgspec.structs.replace(event, time=time)
        found.append(event)
    return found


def _only(scene: Scene, first: int, last: int) -> EventPlace | None:
    # A place that modifies ("London-based", "the Aleppo artillery base") is no setting of the sentence.
    standing = {"pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos", "attr", "npadvmod"}
    places = {}
    for index in range(first, last):
        place, following = scene.place_at.get(index), scene.tokens[min(index + 1, last - 1)]
        if place is not None and scene.tokens[index].dep in standing and following.tag != "HYPH":
            places[place.name] = place
    return _as_event_place(next(iter(places.values())), "where") if len(places) == 1 else None
