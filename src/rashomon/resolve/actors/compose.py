"""Names that combine: "Syrian army", "Turkey-backed rebels", "Assad regime forces", "President Putin"."""

from __future__ import annotations

from datetime import date

from ...knowledge.folding import joined
from ...knowledge.lexicon import Lexicon
from ...records import Syntax
from .block import Block
from .bodies import Bodies
from .drafts import Cast, Draft, head_of, modifies
from .officials import Officials
from .scan import Unit
from .sponsored import Sponsored
from .stock import Stock


class Composer(Stock):
    """Turns the units of a document into mentions, block by block."""

    def __init__(
        self, text: str, syntax: Syntax, lexicon: Lexicon, war: int | None, cast: Cast, published: date | None
    ) -> None:
        super().__init__(text, syntax, lexicon, war, cast, published)
        self._officials = Officials(text, syntax, lexicon, war, cast, published)
        bodies = Bodies(text, syntax, lexicon, war, cast, published)
        sponsored = Sponsored(text, syntax, lexicon, war, cast, published)
        self._attempts = (
            sponsored.relation, sponsored.attitude, sponsored.branch, self._officials.holder, bodies.body,
            bodies.shared_body, self._officials.leader_body, self._officials.loyal, self._titled,
        )

    def block(self, block: Block) -> None:
        """Adds the mentions of one block to the cast."""
        at = 0
        while at < len(block.words):
            unit = block.units.get(at)
            at = at + 1 if unit is None else self._unit(block, unit)

    # -- what starts at a unit

    def _unit(self, block: Block, unit: Unit) -> int:
        for attempt in self._attempts:
            last = attempt(block, unit)
            if last is not None:
                return last
        self._plain(block, unit, unit.first)
        return max(unit.last, self._group_after(block, unit))

    def _plain(self, block: Block, unit: Unit, first: int) -> None:
        sense = unit.sense
        if sense.sort == "plain" or sense.form == "description":
            self._describe(block, unit)
            return
        last = self._group_after(block, unit)
        span = self._span(block, first, last)
        head = head_of(self._syntax, span)
        if sense.form == "seat" and not self._acts(head):
            return
        self._add(span, self._figure(sense), modifier=modifies(self._syntax, head))
        self._inner(block, unit)

    def _group_after(self, block: Block, unit: Unit) -> int:
        """ "the Jaish al-Izza rebel group", "Hamas fighters": the noun after a party's name belongs to the mention."""
        words = block.words
        if unit.sense.sort != "party" or unit.sense.kind not in ("armed-group", "armed-force") or unit.last >= len(words):
            return unit.last
        found = self._lexicon.groups.match(words, unit.last, len(words))
        if found is None and unit.sense.kind == "armed-force":
            body = self._lexicon.body_words.match(words, unit.last, len(words))
            found = body if body and body[1] in ("army", "military", "air force", "navy") else None
        if found is None or words[unit.last - 1].possessive or not joined(self._text, words[unit.last - 1], words[unit.last]):
            return unit.last
        last = unit.last + found[0]
        noun = self._syntax.tokens[words[last - 1].token]
        return last if noun.pos in ("NOUN", "PROPN") and noun.dep not in ("amod", "compound") else unit.last

    def _describe(self, block: Block, unit: Unit) -> None:
        """A plain noun: only where it heads its phrase, or where it names a party of the war before another noun."""
        sense = unit.sense
        if block.words[unit.first].norm == "the" and unit.last - unit.first > 1:
            unit = Unit(unit.first + 1, unit.last, sense)
        if self._ends_name(block, unit):
            return
        span = self._span(block, unit.first, unit.last)
        head = head_of(self._syntax, span)
        token = self._syntax.tokens[head]
        owned = unit.first > 0 and self._syntax.tokens[block.words[unit.first - 1].token].tag == "PRP$"
        if owned and sense.form == "description" and self._lexicon.body_words.match(block.words, unit.first, unit.last):
            return  # "its army" is that of whoever "its" means
        if token.pos not in ("NOUN", "PROPN", "ADJ") or (token.pos == "ADJ" and token.dep != "amod"):
            return
        modifier = modifies(self._syntax, head)
        if modifier and (sense.form != "description" or token.dep == "npadvmod"):
            return
        first = unit.first
        if first > 0 and sense.form == "description" and block.named(first - 1) and self._leans(block, first - 1, head):
            return  # "the HTS jihadi coalition" is not the coalition of this war
        if first > 0 and sense.form == "description" and block.words[first - 1].norm in self._lexicon.lesser:
            return
        while first > 0 and not modifier and not block.named(first - 1) and self._leans(block, first - 1, head):
            first -= 1
        key = self._of(block, unit) or self._figure(sense)
        party = self._lexicon.parties.get(key)
        if sense.form == "description" and party is not None and party.state is not None and party.bodies:
            self.plainly(key, party.state, span)
        self._cast.mention(
            Draft(
                self._span(block, first, unit.last), head, key, description=True, modifier=modifier,
                confidence=0.7 if sense.form == "description" else 0.9, plural=token.tag in ("NNS", "NNPS"),
            ),
            self._text,
        )

    def _of(self, block: Block, unit: Unit) -> str | None:
        """ "Fighters from the Islamic State", "rebels of Ahrar al-Sham": the group that they are said to be of."""
        words, at = block.words, unit.last
        if unit.sense.kind not in ("armed-group", "armed-force") or at >= len(words) or words[at].norm not in ("of", "from"):
            return None
        at += 2 if at + 1 < len(words) and words[at + 1].norm == "the" else 1
        other = block.units.get(at)
        if other is None or other.sense.sort != "party" or other.sense.form not in ("name", "local"):
            return None
        return self._figure(other.sense) if other.sense.kind in ("armed-group", "armed-force") else None

    def _ends_name(self, block: Block, unit: Unit) -> bool:
        """True for the last word of a longer name: "Arakan Liberation Army", "National Unity Government"."""
        words, at = block.words, unit.first
        if at == 0 or not words[at].capital or not words[at - 1].capital:
            return False
        if self._text[words[at - 1].end : words[at].start] == "-":
            return not block.named(at - 1)  # "Q-West"
        before, token = self._syntax.tokens[words[at - 1].token], self._syntax.tokens[words[at].token]
        if words[at - 1].possessive:  # "Karen People's Army"
            return at > 1 and words[at - 2].capital and before.entity == token.entity and bool(token.entity)
        named = before.pos == "PROPN" and token.pos == "PROPN" and before.dep == "compound"
        return named and not block.named(at - 1) and self._text[words[at - 1].end : words[at].start] == " "

    def _leans(self, block: Block, at: int, head: int) -> bool:
        """The word before is an adjective or noun that modifies `head`, with nothing but a space between."""
        token = self._syntax.tokens[block.words[at].token]
        return (
            token.head == head and token.dep in ("amod", "compound") and token.pos in ("ADJ", "NOUN", "VERB", "PROPN")
            and joined(self._text, block.words[at], block.words[at + 1])
        )

    def _titled(self, block: Block, unit: Unit) -> int | None:
        if unit.sense.sort != "person":
            return None
        self._plain(block, unit, self._officials.title_start(block, unit))
        return unit.last

    def _inner(self, block: Block, unit: Unit) -> None:
        """Turkey inside the known name "Turkey-backed rebels"."""
        words = block.words
        for at in range(unit.first + 1, unit.last):
            if words[at].norm in self._lexicon.relations and self._text[words[at - 1].end : words[at].start] == "-":
                norm = tuple(word.norm for word in words[unit.first + 1 : at])
                for entry in self._lexicon.entries.get(words[unit.first].norm, ()):
                    sense = entry.sense
                    if entry.rest == norm and sense.war is None and sense.sort in ("state", "party"):
                        self._add(self._span(block, unit.first, at), self._figure(sense), modifier=True)
                        return

    def _acts(self, head: int) -> bool:
        """A seat of government stands for its state where it is subject, possessor, agent or object of a political act."""
        tokens = self._syntax.tokens
        token = tokens[head]
        steps = 0
        while token.dep == "conj" and steps < 6:
            head, steps = token.head, steps + 1
            token = tokens[head]
        above = tokens[token.head]
        if token.dep == "nsubj":
            return above.lemma.lower() != "be" or any(
                tokens[child].dep in ("acomp", "attr") for child in self._syntax.children[token.head]
            )
        if token.dep in ("nsubjpass", "dobj", "dative"):
            return above.lemma.lower() in self._lexicon.acting_verbs
        if token.dep == "poss":
            return True
        if token.dep == "pobj":
            return above.lemma.lower() in self._lexicon.acting_prepositions
        return False
