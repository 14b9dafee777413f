"""What ground a noun names: a place, a part of one, words for an area, or something spoken of before."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..knowledge.control import GroundWords
from ..records import Place, Span
from .scene import Scene

_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "case", "punct", "npadvmod", "advmod", "det"})
_BEHIND = frozenset({"of", "in", "at", "to", "above", "on", "near", "around", "along", "between", "outside", "inside", "across", "from"})
_WIDE = frozenset({"country", "region", "province"})
_MARKS = "“”\"'‘’«»"
_BACK = 40  # places looked at for what a word points back to


class Area(msgspec.Struct, frozen=True):
    """Ground as the text words it. `place` is the named place that it is, or lies in; `part` of `within`, where that is named."""

    text: str
    index: int
    place: Place | None = None
    within: str | None = None
    part: bool = False
    back: bool = False  # found by what was said before


class Grounds:
    """Finds ground in one document."""

    def __init__(self, scene: Scene, words: GroundWords) -> None:
        self._scene = scene
        self._words = words
        self._named = self._names()

    def _names(self) -> list[tuple[int, Place]]:
        """(token, place) of every place that the text names as one, in text order."""
        found: dict[int, Place] = {}
        for place in self._scene.resolved.places:
            inside = self._scene.syntax.within(place.span)
            head = next((at for at in inside if self._scene.tokens[at].head not in inside), None)
            mention = self._scene.named(head) if head is not None else None
            side = mention is not None and mention.kind in {"armed-group", "armed-force"} and mention.span.covers(place.span)
            if head is not None and not side and self._scene.tokens[head].pos == "PROPN":
                found.setdefault(head, place)
        return sorted(found.items())

    def at(self, index: int) -> list[Area]:
        """The ground that the noun at `index` names; none where it is none."""
        token = self._scene.tokens[index]
        lower = token.text.lower()
        if lower in self._words.pronouns and token.pos in {"PRON", "ADV"}:
            before = self.last(index)
            return [before] if before else []
        if token.pos not in {"NOUN", "PROPN", "NUM", "ADJ", "DET", "PRON"} or index in self._scene.time_at:
            return []
        if lower in self._words.partitives or token.lemma in self._words.partitives or token.pos == "NUM":
            found = list(self._partitive(index))
            if found:
                return found
        if lower in self._words.wholes or token.lemma in self._words.wholes:
            inner = self._of(index)
            return [area for at in inner for area in self.at(at)]
        if token.pos == "PROPN" or index in self._scene.place_at:
            return self._name(index)
        return self._noun(index)

    def is_named(self, area: Area) -> bool:
        """True for a name of a place or a word for a settlement."""
        lemma = self._scene.tokens[area.index].lemma
        return area.place is not None or area.back or lemma in self._words.settlements | self._words.regions

    def last(self, index: int, *, wide: bool = False) -> Area | None:
        """The place last named before the token; `wide`: a province or region, too."""
        for at, place in reversed([row for row in self._named if row[0] < index][-_BACK:]):
            if place.precision == "country" or (not wide and place.precision in _WIDE):
                continue
            if not place.locative and self._scene.tokens[at].dep in {"nsubj", "nsubjpass"} and place.precision == "town":
                continue  # a capital that stands for its government
            return Area(self._bare(place), at, place, back=True)
        return None

    def _bare(self, place: Place) -> str:
        """The place's name without words for a part ("parts of Gondar")."""
        words = place.span.of(self._scene.text)
        return " ".join(words.split())

    def _of(self, index: int) -> list[int]:
        return self._scene.grammar.prepositional(index, {"of"})

    def _partitive(self, index: int) -> Iterator[Area]:
        """ "Half of Dallol", "the western outskirts", "six of the thirty-two districts of Afar"."""
        inner = self._of(index)
        for at in inner:
            within = self._within(at)
            if within is not None:
                yield Area(self.words(index), index, within.place, within.text, part=True)
                return
            if self._is_ground(at):
                yield Area(self.words(index), index)
                return
        if inner or self._scene.tokens[index].pos == "NUM":
            return
        if self._scene.tokens[index].pos == "NOUN" and self._scene.tokens[index].lemma in self._words.any | self._words.partitives:
            modifier = self._owner(index)
            if modifier is not None:
                # "Raqqa's eastern outskirts", "Aleppo's northeast"
                yield Area(self.words(index), index, modifier.place, modifier.text, part=True)
            elif self._definite(index) and (before := self.last(index)) is not None:
                yield Area(self.words(index), index, before.place, before.text, part=True)

    def _within(self, index: int) -> Area | None:
        """The named place that a noun is, or lies in."""
        found = self.at(index)
        if not found:
            return None
        area = found[0]
        if area.part and area.within:
            return Area(area.text, index, area.place)
        if area.place is None:
            inner = self._of(index)
            return next((area for at in inner if (area := self._within(at)) is not None), None)
        return area

    def _is_ground(self, index: int) -> bool:
        token = self._scene.tokens[index]
        return token.lemma in self._words.any or token.text.lower() in self._words.any | self._words.partitives

    def _name(self, index: int) -> list[Area]:
        """A proper name: a place, or one that nobody knows, unless it is somebody's."""
        place = self._place(index)
        mention = self._scene.named(index)
        if mention is not None and mention.kind in {"armed-group", "armed-force", "government", "media", "igo"} and not mention.description:
            return []
        if place is None:
            if mention is not None and mention.kind not in {"place", "other", "person"}:
                return []
            if not self._stands_as_place(index):
                return []
        elif place.precision == "country" and mention is not None and mention.kind == "state" and not place.locative:
            pass
        return [Area(self.words(index), index, place)]

    def _place(self, index: int) -> Place | None:
        return self._scene.place_at.get(index) or self._scene.named_place(index)

    def _stands_as_place(self, index: int) -> bool:
        """A name with a word for ground in it ("Camp Blanquette", "Manshiya bridge")."""
        inside = [index, *self._scene.grammar.under(index, "compound", "nmod", "amod")]
        return any(self._scene.tokens[at].lemma.lower() in self._words.any for at in inside) or (
            self._scene.tokens[index].entity in {"GPE", "LOC", "FAC"}
        )

    def _noun(self, index: int) -> list[Area]:
        token, words = self._scene.tokens[index], self._words
        lemma = token.lemma if token.lemma in words.any else token.text.lower()
        if lemma not in words.any:
            return []
        generic = lemma in words.settlements | words.regions
        if generic:
            named = [area for at in self._of(index) for area in self._name_only(at)]
            single = token.tag in {"NN", "NNP"}
            if named and (single or len(named) > 1) and not self._counted(index):
                return named
            apposed = [area for at in self._scene.grammar.under(index, "appos") for area in self._name_only(at)]
            if apposed:
                return apposed
        owner = self._owner(index)
        if owner is not None:
            inside = lemma in words.sites and self._scene.tokens[owner.index].dep == "poss"
            text = self.words(index)
            return [Area(text, index, owner.place, owner.text if inside else None, part=inside)]
        if lemma in words.sites and token.tag in {"NN", "NNP"}:
            around = [area for at in self._scene.grammar.prepositional(index, words.inside) for area in self._name_only(at)]
            if around:
                text = self.words(index) if self._own_name(index) is None else self.words(index, alone=True)
                text = text if self._own_name(index) else self.words(index)
                return [Area(text, index, around[0].place, around[0].text, part=True)]
        if self._definite(index) and token.tag in {"NN", "NNP"} and not self._scene.grammar.under(index, "amod", "compound", "nmod"):
            return self._back(index, lemma, generic)
        if self._definite(index) and lemma == "capital":
            return self._back(index, lemma, generic)
        inner = next(
            (area for at in self._scene.grammar.prepositional(index, _BEHIND) if (area := self._within(at)) is not None), None
        )
        place = inner.place if inner is not None else None
        if lemma in words.sites and self._definite(index) and place is None and (before := self.last(index)) is not None:
            return [Area(self.words(index), index, before.place, before.text, part=True)]
        return [Area(self.words(index), index, place)]

    def _own_name(self, index: int) -> int | None:
        """A capitalised word of the noun's own: "Daljir hotel"."""
        own = self._scene.grammar.under(index, "compound", "nmod")
        return next((at for at in own if self._scene.tokens[at].pos == "PROPN"), None)

    def _back(self, index: int, lemma: str, generic: bool) -> list[Area]:
        """ "The town", "the airport": what was last called so."""
        if generic:
            before = self.last(index, wide=lemma in self._words.regions)
            return [before] if before else [Area(self.words(index), index)]
        before = self.last(index)
        for at in range(index - 1, max(-1, index - 200), -1):
            token = self._scene.tokens[at]
            if token.lemma == lemma and (self._owner(at) is not None or self._own_name(at) is not None):
                earlier = self.at(at)
                if earlier:
                    return [msgspec.structs.replace(earlier[0], index=index, back=True)]
        if before is None:
            return [Area(self.words(index), index)]
        return [Area(self.words(index), index, before.place, before.text, part=lemma in self._words.sites)]

    def _name_only(self, index: int) -> list[Area]:
        if self._scene.tokens[index].pos != "PROPN":
            return []
        return self._name(index) or ([Area(self.words(index), index)] if self._scene.named(index) is None else [])

    def _counted(self, index: int) -> bool:
        return bool(self._scene.grammar.under(index, "nummod", "quantmod"))

    def _definite(self, index: int) -> bool:
        return any(self._scene.tokens[at].text.lower() in {"the", "that", "this"} for at in self._scene.grammar.under(index, "det"))

    def _owner(self, index: int) -> Area | None:
        """The place before the noun: "Goma's airport", "Khartoum airport"."""
        for at in self._scene.grammar.under(index, "poss", "compound", "nmod", "amod"):
            place = self._place(at)
            if place is not None and at < index and self._scene.tokens[at].pos == "PROPN":
                mention = self._scene.named(at)
                if mention is not None and mention.kind in {"armed-group", "armed-force"}:
                    continue
                return Area(self._bare(place), at, place)
        return None

    def words(self, index: int, *, alone: bool = False) -> str:
        """The noun with what belongs to its name, articles and marks of quotation apart; `alone`: nothing behind it."""
        span = self.span(index, alone=alone)
        return " ".join(span.of(self._scene.text).split()).strip(_MARKS + " ")

    def span(self, index: int, *, alone: bool = False) -> Span:
        """The noun phrase, without article, clauses, times and further conjuncts."""
        scene = self._scene
        first = index
        for at in range(index - 1, max(-1, index - 8), -1):
            token = scene.tokens[at]
            if token.dep not in _BEFORE or not self._belongs(at, index) or at in scene.time_at:
                break
            first = at
        while first < index and (
            scene.tokens[first].text.lower() in self._words.articles or scene.tokens[first].pos == "PUNCT" or scene.tokens[first].dep == "advmod"
        ):
            first += 1
        last = index
        place = self._place(index)
        if place is not None and place.span.end > scene.tokens[last].end:
            last = max(scene.syntax.within(place.span))
        if alone:
            return scene.syntax.span(first, last)
        proper = scene.tokens[index].pos == "PROPN"
        for preposition in scene.grammar.under(index, "prep"):
            word = scene.tokens[preposition].text.lower()
            if preposition != last + 1 or word not in _BEHIND or (proper and word != "of"):
                break
            objects = scene.grammar.under(preposition, "pobj")
            if not objects or objects[0] in scene.time_at:
                break
            end = self._end(objects)
            last = max(last, end)
        return scene.syntax.span(first, last)

    def _end(self, objects: list[int]) -> int:
        """Last token of the nouns behind a preposition, coordinated ones and their own prepositions among them."""
        scene = self._scene
        last = max(objects)
        for at in scene.grammar.conjuncts(objects):
            last = max(last, at)
            for preposition in scene.grammar.under(at, "prep"):
                inner = scene.grammar.under(preposition, "pobj")
                if preposition == last + 1 and scene.tokens[preposition].text.lower() in _BEHIND and inner and inner[0] not in scene.time_at:
                    last = max(last, max(scene.grammar.conjuncts(inner)))
        return last

    def _belongs(self, at: int, index: int) -> bool:
        for _ in range(4):
            if at == index:
                return True
            at = self._scene.tokens[at].head
        return False
