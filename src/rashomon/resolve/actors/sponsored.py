"""Groups named by who backs them: "Turkey-backed rebels", "al-Qaeda-linked jihadis"."""

from __future__ import annotations

from ...knowledge.folding import joined
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
                more = self._lexicon.groups.match(words, last, len(words))
                if more and joined(self._text, words[last - 1], words[last]):
                    last += more[0]
                return last, unit.sense
            group = self._lexicon.groups.match(words, start, len(words))
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
                    if rest is not None and rest.id == "jihadis-syria" and sponsor in ("al-qaeda",):
                        break
                    return self._cast.meet(party.id, party.name, party.kind)
        kind: EntityKind = "armed-group" if rest is None else rest.kind
        if rest is None:
            group = lexicon.groups.match(block.words, last - 1, last)
            kind = lexicon.group_kinds[group[1]] if group else kind
        adjective = lexicon.adjective_of(sponsor) if unit.sense.sort == "state" else unit.sense.name
        name = f"{adjective}-{relation} {self._text[block.words[first].start : block.words[last - 1].end]}"
        return self._cast.meet(slug(name), " ".join(name.split()), kind)
