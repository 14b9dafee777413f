"""What ground a noun names: a place, a part of one, words for an area, or something spoken of before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

import msgspec

from ..knowledge.control import GroundWords
from ..records import Place, Span
from .scene import Scene

_BEFORE = frozenset(
    {"compound", "amod", "nmod", "poss", "nummod", "quantmod", "case", "punct", "npadvmod", "advmod", "det", "conj"}
)
_BEHIND = frozenset({"of", "in", "at", "to", "above", "on", "near", "around", "along", "between", "outside", "inside", "across"})
_WIDE = frozenset({"country", "region", "province"})
_SIDES = frozenset({"armed-group", "armed-force", "government", "media", "igo"})
_MARKS = "“”\"'‘’«»"
_BACK = 40  # places looked at for what a word points back to
_FAR = 120  # words back to a name that nobody knows
_LONG = 8  # words before a noun that may belong to its name


class Area(msgspec.Struct, frozen=True):
    """Ground as the text words it. `place` is the named place that it is, or lies in; `part` of `within`, where that is named.

    `index` is the noun's token; `back`: what the words mean was said before.
    """

    text: str
    index: int
    place: Place | None = None
    within: str | None = None
    part: bool = False
    back: bool = False


class Grounds:
    """Finds ground in one document. `note` keeps what was claimed, so that "it" and "the town" can point back to it."""

    def __init__(self, scene: Scene, words: GroundWords) -> None:
        self._scene = scene
        self._words = words
        self._named = self._names()
        self._claimed: list[Area] = []

    def _names(self) -> list[tuple[int, Place]]:
        """(token, place) of every place that the text names as one, in text order."""
        found: dict[int, Place] = {}
        for place in self._scene.resolved.places:
            inside = list(self._scene.syntax.within(place.span))
            head = next((at for at in inside if self._scene.tokens[at].head not in inside), None)
            mention = self._scene.named(head) if head is not None else None
            side = mention is not None and mention.kind in _SIDES | {"state"} and not place.locative
            side = side or (mention is not None and mention.kind in {"armed-group", "armed-force"})
            if head is not None and not side and self._scene.tokens[head].text[:1].isupper():
                found.setdefault(head, place)
        return sorted(found.items())

    def note(self, area: Area) -> None:
        """Remembers ground that something was said of."""
        self._claimed.append(area)

    def at(self, index: int, *, sure: bool = False) -> list[Area]:
        """The ground that the noun at `index` names; none where it is none. `sure`: a name here can be nothing but a place."""
        token = self._scene.tokens[index]
        lower = token.text.lower()
        if lower in self._words.pronouns and token.pos in {"PRON", "ADV"}:
            mention = self._scene.named(index)
            if token.dep in {"nsubj", "nsubjpass"} and mention is not None and mention.kind not in {"place", "other"}:
                return []
            before = self.recent(index) or self.last(index)
            return [msgspec.structs.replace(before, back=True)] if before else []
        if token.pos not in {"NOUN", "PROPN", "NUM", "ADJ", "ADV", "DET", "PRON"} or index in self._scene.time_at:
            return []
        if lower in self._words.partitives or token.lemma in self._words.partitives or token.pos == "NUM":
            found = list(self._partitive(index))
            if found:
                return found
        if lower in self._words.wholes or token.lemma in self._words.wholes:
            return [area for at in self._of(index) for area in self.at(at)]
        if self.is_proper(index):
            return self._name(index, sure=sure)
        return self._noun(index) or (self._name(index) if index in self._scene.place_at else [])

    def is_named(self, area: Area) -> bool:
        """True for a name of a place or a word for a settlement."""
        token = self._scene.tokens[area.index]
        return (
            area.place is not None
            or area.back
            or self.is_proper(area.index)
            or token.lemma in self._words.settlements | self._words.regions
        )

    def is_proper(self, index: int) -> bool:
        """True for a proper name, also where the tagger takes it for a common noun."""
        token = self._scene.tokens[index]
        first = index == self._scene.syntax.sentence_of(index).first
        return token.pos == "PROPN" or (
            token.pos == "NOUN" and token.text[:1].isupper() and not first and token.lemma not in self._words.any
        )

    def recent(self, index: int) -> Area | None:
        """The ground last claimed in the sentence."""
        first = self._scene.syntax.sentence_of(index).first
        return next((area for area in reversed(self._claimed[-_BACK:]) if first <= area.index < index), None)

    def claimed(self, index: int) -> list[Area]:
        """The ground that was claimed last, in this sentence or the one before: all of one claim."""
        first = self._scene.syntax.sentence_of(max(0, self._scene.syntax.sentence_of(index).first - 1)).first
        near = [area for area in self._claimed[-_BACK:] if first <= area.index < index]
        return near[-1:]

    def last(self, index: int, *, wide: bool = False) -> Area | None:
        """The place last named before the token; `wide`: a province or region, too."""
        named = self._last_named(index, wide=wide)
        claimed = next((area for area in reversed(self._claimed[-_BACK:]) if area.index < index and self._settles(area)), None)
        if claimed is not None and not wide and (named is None or claimed.index > named.index):
            return msgspec.structs.replace(claimed, back=True)
        return named

    def _last_named(self, index: int, *, wide: bool) -> Area | None:
        for at, place in reversed(self._before(index)):
            if place.precision == "country" or (not wide and place.precision in _WIDE):
                continue
            return Area(self._bare(place), at, place, back=True)
        return None if wide else self._unknown_name(index)

    def _before(self, index: int) -> list[tuple[int, Place]]:
        """The places last named before the token, in text order."""
        end = bisect_left(self._named, index, key=lambda row: row[0])
        return self._named[max(0, end - _BACK) : end]

    def _unknown_name(self, index: int) -> Area | None:
        """Where the text names no known place before the token: the last name that is nobody's, where names of places stand."""
        tokens = self._scene.tokens
        for at in range(index - 1, max(-1, index - _FAR), -1):
            token = tokens[at]
            if token.pos != "PROPN" or token.dep not in {"pobj", "dobj", "nsubjpass"} or at in self._scene.time_at:
                continue
            mention = self._scene.named(at)
            nobody = mention is None or (not mention.entity and mention.kind == "other")
            if nobody and token.entity in {"GPE", "LOC", "FAC", "PERSON", ""}:
                return Area(self.words(at, alone=True), at, back=True)
        return None

    def _settles(self, area: Area) -> bool:
        """True for a name of a town, that "the town" and "it" may stand for."""
        token = self._scene.tokens[area.index]
        thing = token.lemma.lower() in self._words.sites | self._words.areas
        wide = area.place is not None and area.place.precision in _WIDE
        return not area.part and not thing and not wide and token.pos == "PROPN"

    def _bare(self, place: Place) -> str:
        return " ".join(place.span.of(self._scene.text).split())

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
        token = self._scene.tokens[index]
        known = token.lemma in self._words.any | self._words.partitives
        if inner or token.pos not in {"NOUN", "ADV"} or not known:
            return
        modifier = self._owner(index)
        if modifier is not None:
            # "Raqqa's eastern outskirts"; "Nawa district centre" is a name.
            part = self._scene.tokens[modifier.index].dep == "poss" or token.tag == "NNS" or token.pos == "ADV"
            yield Area(self.words(index), index, modifier.place, modifier.text if part else None, part=part)
        elif self._definite(index):
            before = self.last(index)
            yield Area(
                self.words(index),
                index,
                before.place if before else None,
                before.text if before else None,
                part=before is not None,
            )

    def _within(self, index: int) -> Area | None:
        """The named place that a noun is, or lies in."""
        token = self._scene.tokens[index]
        if self.is_proper(index):
            return next(iter(self._name(index)), None)
        for at in self._scene.grammar.prepositional(index, {"of", "in"}):
            if (area := self._within(at)) is not None:
                return area
        if token.lemma not in self._words.settlements | self._words.regions | self._words.sites:
            return None
        area = next(iter(self.at(index)), None)
        return area if area is not None and (area.place is not None or area.back) else None

    def _is_ground(self, index: int) -> bool:
        token = self._scene.tokens[index]
        return token.lemma in self._words.any or token.text.lower() in self._words.any | self._words.partitives

    def _name(self, index: int, *, sure: bool = False) -> list[Area]:
        """A proper name: a place, or one that nobody knows, unless it is somebody's."""
        token = self._scene.tokens[index]
        place, mention = self._place(index), self._scene.named(index)
        if mention is not None and mention.kind in _SIDES and not mention.description:
            return []
        if place is None and not self._stands_as_place(index):
            if mention is not None and mention.kind not in {"place", "other", "person"}:
                return []
            if not sure and token.entity in {"PERSON", "NORP", "DATE"} and mention is not None and mention.kind == "person":
                return []
            if (token.entity == "NORP" and token.tag != "NNP") or (mention is not None and mention.pronoun):
                return []
        return [Area(self.words(index), index, place)]

    def _place(self, index: int) -> Place | None:
        return self._scene.place_at.get(index) or self._scene.named_place(index)

    def _stands_as_place(self, index: int) -> bool:
        """A name with a word for ground in it ("Camp Blanquette", "Manshiya bridge")."""
        inside = [index, *self._scene.grammar.under(index, "compound", "nmod", "amod")]
        known = any(self._scene.tokens[at].lemma.lower() in self._words.any for at in inside)
        return known or self._scene.tokens[index].entity in {"GPE", "LOC", "FAC"}

    def _noun(self, index: int) -> list[Area]:
        token, words = self._scene.tokens[index], self._words
        lemma = token.lemma if token.lemma in words.any else token.text.lower()
        if lemma not in words.any:
            return []
        generic, single = lemma in words.settlements | words.regions, token.tag in {"NN", "NNP"}
        if generic or lemma in words.works:
            named = self._of_name(index, lemma, generic=generic, single=single)
            if named:
                return named
        owner = self._owner(index)
        if owner is not None:
            inside = lemma in words.sites | words.partitives and self._scene.tokens[owner.index].dep == "poss"
            return [Area(self.words(index), index, owner.place, owner.text if inside else None, part=inside)]
        stands = self._stands_in(index, lemma, single=single, generic=generic) or self._of_town(index)
        if stands is not None:
            alone = self._own_name(index) is not None
            return [Area(self.words(index, alone=alone), index, stands.place, stands.text, part=True)]
        if single and self._definite(index) and (lemma == "capital" or self._is_plain(index)):
            return self._back_to(index, lemma, generic=generic)
        bare = not self._scene.grammar.under(index, "det", "poss", "nummod", "amod", "compound", "nmod", "relcl", "acl")
        if single and lemma in words.sites and bare:
            return []  # "keep position"
        own = bool(self._scene.grammar.under(index, "poss"))
        if single and lemma in words.sites and (own or self._definite(index) or self._counted(index)) and not self._inner(index):
            before = self.last(index)
            if before is not None and self._own_name(index) is None:
                return [Area(self.words(index), index, before.place, before.text, part=True)]
        inner = self._inner(index)
        return [Area(self.words(index), index, inner.place if inner is not None else None)]

    def _stands_in(self, index: int, lemma: str, *, single: bool, generic: bool) -> Area | None:
        """The place in which a building or a work stands: "the hotel in P", "positions in the city"."""
        if lemma in self._words.sites or (generic and (single or self._counted(index))):
            around = self._around(index, self._words.inside if single else {"of"})
            if around:
                return around[0]
        return self._lies_in(index) if lemma in self._words.sites else None

    def _of_town(self, index: int) -> Area | None:
        """ "The town's northern districts": the town last spoken of."""
        owners = [
            at for at in self._scene.grammar.under(index, "poss") if self._scene.tokens[at].lemma in self._words.settlements
        ]
        found = next((area for at in owners for area in self.at(at)), None)
        return found if found is not None and found.back else None

    def _lies_in(self, index: int) -> Area | None:
        """The same where the parser hangs the preposition from the verb."""
        tokens, behind = self._scene.tokens, index + 1
        if behind >= len(tokens) or tokens[behind].text.lower() not in self._words.inside:
            return None
        for at in self._scene.grammar.under(behind, "pobj"):
            if tokens[at].lemma in self._words.settlements or (self.is_proper(at) and tokens[index].tag == "NN"):
                return next(iter(self.at(at)), None)
        return None

    def _of_name(self, index: int, lemma: str, *, generic: bool, single: bool) -> list[Area]:
        """ "The town of P", "the hamlets of P and Q", "the village, P", "their positions at P"."""
        grammar = self._scene.grammar
        if lemma in self._words.works and not generic:
            behind = index + 1
            if behind < len(self._scene.tokens) and self._scene.tokens[behind].text.lower() in {"at", "in", "near", "around"}:
                return [area for at in grammar.conjuncts(grammar.under(behind, "pobj")) for area in self._name_only(at)]
            return []
        named = [area for at in self._of(index) for area in self._name_only(at)]
        if any(self._scene.tokens[at].text.lower() in self._words.inner for at in grammar.under(index, "amod")):
            return []  # "the old city of P"
        if named and (single or len(named) > 1) and not self._counted(index):
            return named
        return [area for at in grammar.under(index, "appos") for area in self._name_only(at)]

    def _around(self, index: int, prepositions: Collection[str]) -> list[Area]:
        """The named place in which a building or a work stands."""
        return [area for at in self._scene.grammar.prepositional(index, prepositions) for area in self._name_only(at)]

    def _inner(self, index: int) -> Area | None:
        behind = self._scene.grammar.prepositional(index, _BEHIND)
        return next((area for at in behind if (area := self._within(at)) is not None), None)

    def _own_name(self, index: int) -> int | None:
        """A capitalised word of the noun's own: "Daljir hotel"."""
        own = self._scene.grammar.under(index, "compound", "nmod")
        return next((at for at in own if self._scene.tokens[at].pos == "PROPN"), None)

    def _is_plain(self, index: int) -> bool:
        own = self._scene.grammar.under(index, "amod", "compound", "nmod", "poss", "acl")
        return all(self._scene.tokens[at].text.lower() in self._words.plain for at in own) and not self._inner(index)

    def _back_to(self, index: int, lemma: str, *, generic: bool) -> list[Area]:
        """ "The town", "the airport": what was last called so."""
        if generic:
            wide = lemma in self._words.regions
            before = self.last(index, wide=wide)
            known = before is not None and (
                not wide or (before.place is not None and before.place.precision not in {"town", "point", "country"})
            )
            return [before] if before is not None and known else [Area(self.words(index), index)]
        for area in reversed(self._claimed[-_BACK:]):
            noun = self._scene.tokens[area.index]
            if area.index < index and (noun.lemma == lemma or (lemma in self._words.stands and noun.lemma in self._words.sites)):
                return [msgspec.structs.replace(area, back=True)]
        if lemma not in self._words.sites:
            return [Area(self.words(index), index)]
        before = self.last(index)
        if before is None:
            return [Area(self.words(index), index)]
        return [Area(self.words(index), index, before.place, before.text, part=True)]

    def _name_only(self, index: int) -> list[Area]:
        return self._name(index) if self.is_proper(index) else []

    def _counted(self, index: int) -> bool:
        return bool(self._scene.grammar.under(index, "nummod", "quantmod"))

    def _definite(self, index: int) -> bool:
        return any(
            self._scene.tokens[at].text.lower() in {"the", "that", "this"} for at in self._scene.grammar.under(index, "det")
        )

    def _owner(self, index: int) -> Area | None:
        """The place before the noun: "Goma's airport", "Khartoum airport"."""
        for at in self._scene.grammar.under(index, "poss", "compound", "nmod", "amod"):
            place = self._place(at)
            name = place is not None or (self._scene.tokens[at].dep == "poss" and self._unknown(at))
            if name and at < index and self._scene.tokens[at].pos == "PROPN":
                mention = self._scene.named(at)
                if mention is not None and mention.kind in {"armed-group", "armed-force"}:
                    continue
                return Area(self._bare(place) if place is not None else self.words(at, alone=True), at, place)
        return None

    def _unknown(self, index: int) -> bool:
        """A name that nobody knows for a party."""
        return self._scene.named(index) is None

    def words(self, index: int, *, alone: bool = False) -> str:
        """The noun with what belongs to its name, articles and marks of quotation apart; `alone`: nothing behind it."""
        span = self.span(index, alone=alone)
        return " ".join(span.of(self._scene.text).split()).strip(_MARKS + " ")

    def span(self, index: int, *, alone: bool = False) -> Span:
        """The noun phrase, without article, clauses, times and further conjuncts."""
        scene = self._scene
        first, last = self._first(index), index
        place = self._place(index)
        if place is not None and place.span.end > scene.tokens[last].end:
            last = max(scene.syntax.within(place.span))
        if alone:
            return scene.syntax.span(first, last)
        proper = scene.tokens[index].pos == "PROPN"
        towards = last + 1
        if towards + 1 < len(scene.tokens) and scene.tokens[towards].lemma in self._words.partitives and not proper:
            # "Three villages south of the town"
            objects = scene.grammar.under(towards + 1, "pobj") if scene.tokens[towards + 1].text.lower() == "of" else []
            last = self._end(objects) if objects else last
        for _ in range(3):
            preposition = last + 1
            if preposition >= len(scene.tokens) or not self._hangs(preposition, index, last):
                break
            word = scene.tokens[preposition].text.lower()
            if word not in _BEHIND or (proper and word != "of"):
                break
            objects = scene.grammar.under(preposition, "pobj")
            if not objects or objects[0] in scene.time_at:
                break
            last = max(last, self._end(objects))
        return scene.syntax.span(first, last)

    def _first(self, index: int) -> int:
        scene = self._scene
        first = index
        for at in range(index - 1, max(-1, index - _LONG), -1):
            token = scene.tokens[at]
            if token.dep not in _BEFORE or not self._belongs(at, index) or at in scene.time_at:
                break
            if token.dep == "conj" and not scene.grammar.under(at, "case"):
                break
            if token.tag == "VBN" and at > 0 and (scene.tokens[at - 1].text == "-" or token.lemma in {"hold", "control"}):
                break  # "the rebel-held suburbs"
            first = at
        while first < index and self._leads(first):
            first += 1
        return first

    def _leads(self, at: int) -> bool:
        token = self._scene.tokens[at]
        done = token.tag == "VBN" and token.dep == "amod"  # "the recently captured road"
        return done or token.text.lower() in self._words.articles or token.pos == "PUNCT" or token.dep == "advmod"

    def _hangs(self, preposition: int, index: int, last: int) -> bool:
        """Whether the preposition belongs to the noun, or follows a noun for an area ("villages in Lebanon")."""
        token = self._scene.tokens[preposition]
        if token.dep != "prep":
            return False
        if token.head == index or index <= token.head <= last:
            return True
        noun = self._scene.tokens[index]
        objects = self._scene.grammar.under(preposition, "pobj")
        if noun.pos != "NOUN" or not objects or not self.is_proper(objects[0]):
            return False
        inside = noun.lemma in self._words.sites | self._words.areas and token.text.lower() in self._words.inside
        return inside or (noun.tag == "NNS" and token.text.lower() == "in" and self._place(objects[0]) is not None)

    def _end(self, objects: Sequence[int]) -> int:
        """Last token of the nouns behind a preposition, coordinated ones and their own prepositions among them."""
        scene = self._scene
        last = max(objects)
        for at in scene.grammar.conjuncts(objects):
            if at not in objects and scene.grammar.under(at, "det") and not scene.grammar.under(objects[0], "det"):
                continue  # "the camp at P and the prison in Q"
            last = max(last, at)
            for preposition in scene.grammar.under(at, "prep"):
                inner = scene.grammar.under(preposition, "pobj")
                known = scene.tokens[preposition].text.lower() in _BEHIND and inner and inner[0] not in scene.time_at
                if preposition == last + 1 and known:
                    last = max(last, max(scene.grammar.conjuncts(inner)))
        return last

    def _belongs(self, at: int, index: int) -> bool:
        for _ in range(4):
            if at == index:
                return True
            at = self._scene.tokens[at].head
        return False
