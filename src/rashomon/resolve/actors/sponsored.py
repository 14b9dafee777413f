"""Groups named by who backs them: "Turkey-backed rebels", "al-Qaeda-linked jihadis"."""

from __future__ import annotations

from ...knowledge.folding import joined, key_of
from ...knowledge.lexicon import Sense
from ...records.vocabulary import EntityKind
from .block import Block
from .drafts import slug
from .scan import Unit
from .stock import Stock

_FILLERS = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV"})


class Sponsored(Stock):
    """A sponsor, a word that joins it to a group, and the group."""

    def relation(self, block: Block, unit: Unit) -> int | None:
        """ "Turkey-backed opposition fighters": the whole, and Turkey inside it."""
        words, at = block.words, unit.last
        if unit.sense.sort not in ("state", "party", "person") or unit.sense.form == "description":
            return None
        if at >= len(words) or words[at].norm not in self._lexicon.relations or not self._touches(block, at):
            return None
        relation, first = words[at].norm, unit.first
        inner = self._span(block, first, unit.last)
        if not self._lexicon.relations[relation]:
            return at + 1
        end = self._group_end(block, at + 1)
        if end is None:
            self._add(inner, self._figure(unit.sense), modifier=True)
            return at + 1
        last, rest = end
        key = self._backed(block, unit, relation, at + 1, last, rest)
        self._add(self._span(block, first, last), key, plural=True)
        if not self._many(words[last - 1]):
            self._cast.drafts[-1].description = True
        self._add(inner, self._figure(unit.sense), modifier=True)
        return last

    def attitude(self, block: Block, unit: Unit) -> int | None:
        """ "Pro-Houthi tribesmen": a group of its own, named as it stands, and the Houthis inside it."""
        words, at = block.words, unit.first
        if at == 0 or words[at - 1].norm not in self._lexicon.attitudes or not self._hyphen(block, at):
            return None
        if unit.sense.sort not in ("state", "party", "person"):
            return None
        end = self._group_end(block, unit.last)
        if end is None or (end[1] is not None and end[1].form == "name"):
            return None
        last = end[0]
        name = " ".join(self._text[words[at - 1].start : words[last - 1].end].split())
        name = f"{words[at - 1].norm}{name[len(words[at - 1].text) :]}"
        group = self._lexicon.backed.match(words, last - 1, last)
        kind = self._lexicon.group_kinds[group[1]] if group else "armed-group"
        key = self._cast.meet(slug(name), name, kind, confidence=0.8)
        self._add(self._span(block, at - 1, last), key, plural=True)
        self._cast.drafts[-1].description = True
        self._add(self._span(block, unit.first, unit.last), self._figure(unit.sense), modifier=True)
        return last

    def branch(self, block: Block, unit: Unit) -> int | None:
        """ "The Yemeni branch of al-Qaeda", "al-Qaeda's Yemeni branch": the party that al-Qaeda alone means in the war there."""
        words, at = block.words, unit.last
        if at + 1 >= len(words) or not (joined(self._text, words[at - 1], words[at]) or words[at - 1].possessive):
            return None
        if unit.sense.sort == "state" and words[at].norm in self._lexicon.branches and words[at + 1].norm == "of":
            other = block.units.get(at + 3 if at + 2 < len(words) and words[at + 2].norm == "the" else at + 2)
            if other is None or other.sense.sort != "party":
                return None
            state, party, last = unit.sense.id, other.sense, other.last
        elif unit.sense.sort == "party" and words[at - 1].possessive and (other := block.units.get(at)) is not None:
            if other.sense.sort != "state" or other.last >= len(words) or words[other.last].norm not in self._lexicon.branches:
                return None
            state, party, last = other.sense.id, unit.sense, other.last + 1
        else:
            return None
        key = self._branch_in(state, party.id)
        if key is None:
            return None
        self._add(self._span(block, unit.first, last), self._figure_of_party(key), modifier=False)
        return last

    def _branch_in(self, state: str, party: str) -> str | None:
        """The party of a war in that state that the name of `party` alone means there."""
        wide = {key_of(name) for name in (self._lexicon.parties[party].name, *self._lexicon.parties[party].aliases)}
        found = [
            row.party for war in self._lexicon.actors.wars if state in war.countries
            for row in war.local if key_of(row.name) in wide or row.party == party
        ]
        return found[0] if found else None

    def _hyphen(self, block: Block, at: int) -> bool:
        return self._text[block.words[at - 1].end : block.words[at].start] in ("-", "‐", "‑", "–")

    def _touches(self, block: Block, at: int) -> bool:
        """ "X-backed" and "X backed" before a noun; in "X backed the plan" the verb heads the clause."""
        gap = self._text[block.words[at - 1].end : block.words[at].start]
        if gap in ("-", "‐", "‑", "–"):
            return True
        token = self._syntax.tokens[block.words[at].token]
        return gap in (" ", "\u00a0") and token.dep in ("amod", "compound", "nmod", "acl") and token.tag in ("VBN", "JJ", "VBD")

    def _group_end(self, block: Block, at: int) -> tuple[int, Sense | None] | None:
        """(word after the group, its own sense) of a group noun within two words from `at`."""
        words = block.words
        for start in range(at, min(at + 4, len(words))):
            if not joined(self._text, words[start - 1], words[start]):
                return None
            unit = block.units.get(start)
            if unit is not None and unit.sense.sort in ("party", "plain") and unit.last > start:
                last = unit.last
                more = self._lexicon.backed.match(words, last, len(words))
                if more and joined(self._text, words[last - 1], words[last]):
                    last += more[0]
                return last, unit.sense
            group = self._lexicon.backed.match(words, start, len(words))
            if group:
                return start + group[0], None
            token = self._syntax.tokens[words[start].token]
            if token.pos not in _FILLERS or (token.pos == "VERB" and token.dep != "amod"):
                return None
        return None

    def _backed(self, block: Block, unit: Unit, relation: str, first: int, last: int, rest: Sense | None) -> str:
        lexicon, sponsor = self._lexicon, unit.sense.id
        if rest is not None and rest.sort == "party":
            party = lexicon.parties[rest.id]
            sponsors = {row.by for row in party.sponsors} | set(party.backed_by)
            if rest.form != "description" or sponsor in sponsors:
                return self._figure(rest)
        side = None if rest is None or rest.sort != "party" else lexicon.parties[rest.id].side
        for war, file in enumerate(lexicon.actors.wars):
            if war != self._war or not self._many(block.words[last - 1]):  # "a Turkish-backed group" is one of several
                continue
            for party in file.parties:
                if sponsor in party.backed_by and (side is None or side == party.side):
                    return self._cast.meet(party.id, party.name, party.kind)
        kind: EntityKind = "armed-group" if rest is None else rest.kind
        if rest is None:
            group = lexicon.backed.match(block.words, last - 1, last)
            kind = lexicon.group_kinds[group[1]] if group else kind
        adjective = lexicon.adjective_of(sponsor) if unit.sense.sort == "state" else unit.sense.name
        name = f"{adjective}-{relation} {self._text[block.words[first].start : block.words[last - 1].end]}"
        return self._cast.meet(slug(name), " ".join(name.split()), kind)
