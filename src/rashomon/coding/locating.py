"""Where: which places the grammar ties to an event, and in which role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..knowledge.roles import Roles
from ..records import EventPlace, Place, ground, holds
from ..records.vocabulary import EventType, PlaceRole
from .nearby import Few
from .scene import Scene
from .together import Together
from .triggers import Trigger

# Deeds whose object stands where they are done: what is hit in a town is hit there.
_HITS: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "YIELD", "MOBILIZE", "PROTEST"})
_MAIN: frozenset[PlaceRole] = frozenset({"where", "target", "destination"})
_SHARED: frozenset[PlaceRole] = frozenset({"where", "target"})
_DEEP = 3  # nouns from an object down to its place: "an army base across the river in Omdurman"
_FAR = 100  # tokens from the trigger to a word that tells of the same happening


def as_event_place(place: Place, role: PlaceRole) -> EventPlace:
    """The place in its role."""
    return EventPlace(role, place.span, place.name, place.lat, place.lon, place.radius_km, place.precision)


class Locating:
    """Finds the places of each event of one document."""

    def __init__(self, scene: Scene, together: Together, roles: Roles) -> None:
        self._scene = scene
        self._together = together
        self._roles: Mapping[str, PlaceRole] = roles.by_preposition

    def of(self, trigger: Trigger, *, asserted: bool) -> tuple[EventPlace, ...]:
        """Places with their roles, the main one first: the nearest word that names any gives them all."""
        own = self._at(trigger)
        if own:
            return own
        for kin in self._together.kin(trigger.head, asserted=asserted):
            if kin.order != "same" or kin.index == trigger.head or abs(kin.index - trigger.head) > _FAR:
                continue
            # Where another word's deed went to or came from is its own.
            shared = self._hanging(kin.index, trigger.action.root)
            found = self._ordered([(index, "where") for index, role in shared if role in _SHARED])
            if found:
                return found
        return ()

    def _at(self, trigger: Trigger) -> tuple[EventPlace, ...]:
        found: list[tuple[int, PlaceRole]] = []
        grammar, head = self._scene.grammar, trigger.head
        if trigger.action.takes_place:
            for index in grammar.prepositional(head, {"of"}) if trigger.noun else grammar.objects(head):
                found += self._within(index, "where", taken=True)
        found += self._hanging(head, trigger.action.root, noun=trigger.noun)
        return self._ordered(found)

    def _ordered(self, found: list[tuple[int, PlaceRole]]) -> tuple[EventPlace, ...]:
        places: dict[tuple[int, int], EventPlace] = {}
        for index, role in found:
            place = self._scene.place_at.get(index) or self._scene.named_place(index)
            if place is not None:
                places.setdefault((place.span.start, place.span.end), as_event_place(place, role))
        kept = sorted(places.values(), key=lambda place: place.role not in _MAIN)
        # "Stormed El Geneina in West Darfur": the town, not what it lies in.
        for narrow in kept[1:]:
            if kept[0].role in _MAIN and narrow.role in _MAIN and _inside(narrow, kept[0]):
                kept = [narrow, *(place for place in kept if place is not narrow)]
        return tuple(kept)

    def _hanging(self, at: int, root: EventType, *, noun: bool | None = None) -> list[tuple[int, PlaceRole]]:
        """Places that hang from a word, by its prepositions, adverbs and objects, near it where much hangs from it."""
        scene, grammar = self._scene, Few(self._scene, at)
        noun = scene.tokens[at].pos not in {"VERB", "AUX"} if noun is None else noun
        found: list[tuple[int, PlaceRole]] = []
        for preposition in grammar.conjuncts(grammar.prepositions(at)):
            role = self._roles.get(scene.tokens[preposition].text.lower())
            if role is not None:
                for index in grammar.conjuncts(grammar.under(preposition, "pobj", "pcomp")):
                    found += self._within(index, role)
                for inner in grammar.under(preposition, "prep"):
                    for index in grammar.conjuncts(grammar.under(inner, "pobj")):
                        found += self._within(index, role)
        for index in grammar.under(at, "advmod", "npadvmod"):
            found += self._within(index, "where")
        for index in grammar.under(at, "compound", "nmod", "poss"):
            if index in scene.place_at and not (noun and index in scene.heads and scene.tokens[index].dep == "poss"):
                found.append((index, "where"))
        if not noun:
            found += self._objects(at, root)
        return found

    def _objects(self, verb: int, root: EventType) -> Iterator[tuple[int, PlaceRole]]:
        """What is hit, seized or held, where it is a place or lies at one."""
        grammar = Few(self._scene, verb)
        for index in grammar.conjuncts(grammar.under(verb, "dobj")):
            if index in self._scene.place_at:
                yield index, "where"
        if root not in _HITS:
            return
        passive = self._scene.grammar.passive(verb)
        objects = grammar.under(verb, "nsubjpass" if passive else "dobj")
        if not objects and passive and self._scene.tokens[verb].dep == "acl":
            objects = [self._scene.tokens[verb].head]
        for index in grammar.conjuncts(objects):
            if index not in self._scene.place_at:
                yield from self._within(index, "where", named=False)

    def _within(self, index: int, role: PlaceRole, *, taken: bool = False, named: bool = True) -> list[tuple[int, PlaceRole]]:
        """The place at a noun, else the places that say where the noun's thing is."""
        scene, grammar = self._scene, Few(self._scene, index)
        if named and (index in scene.place_at or (taken and scene.named_place(index) is not None)):
            return [(index, role), *self._around(index)]
        found: list[tuple[int, PlaceRole]] = []
        if taken or role in _MAIN:
            found += [(at, role) for at in grammar.under(index, "compound", "nmod", "poss", "amod") if at in scene.place_at]
        waiting, depth = [index], 0
        while waiting and depth < _DEEP and not found:
            below: list[int] = []
            for at in waiting:
                for preposition in grammar.prepositions(at):
                    word = scene.tokens[preposition].text.lower()
                    # "Killed the governor of Aden", "hit the army from Hama".
                    if not named and at in scene.heads and (word == "of" or self._roles.get(word) != "where"):
                        continue
                    if self._roles.get(word) is not None or depth:
                        below += grammar.conjuncts(grammar.under(preposition, "pobj"))
                        for inner in grammar.under(preposition, "prep"):
                            below += grammar.under(inner, "pobj")
            kept: PlaceRole = role if role in {"target", "destination", "origin"} else "where"
            found = [(at, kept) for at in below if at in scene.place_at]
            waiting, depth = [at for at in below if at not in scene.heads], depth + 1
        return [*found, *(pair for at, _ in found for pair in self._around(at))]

    def _around(self, index: int) -> list[tuple[int, PlaceRole]]:
        """Places that say more of where a place is: "in north-west Syria around Afrin"."""
        wheres = {word for word, role in self._roles.items() if role == "where"}
        few = Few(self._scene, index)
        prepositions = [at for at in few.prepositions(index) if self._scene.tokens[at].text.lower() in wheres]
        return [(at, "where") for one in prepositions for at in few.under(one, "pobj") if at in self._scene.place_at]


def _inside(narrow: EventPlace, wide: EventPlace) -> bool:
    """True where the first lies in the second and is smaller."""
    one, other = ground(narrow), ground(wide)
    return one is not None and other is not None and one.radius_km < other.radius_km and holds(other, one)
