"""Names that combine: "Syrian army", "Turkey-backed rebels", "Assad regime forces", "President Putin"."""

from __future__ import annotations

from datetime import date

from ...knowledge.actors import Leader
from ...knowledge.folding import Word, joined
from ...knowledge.lexicon import Lexicon, Sense
from ...records import Span, Syntax
from ...records.vocabulary import EntityKind
from .block import Block
from .drafts import Cast, Draft, head_of, modifies, slug
from .scan import Unit

_FILLERS = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV"})


class Composer:
    """Turns the units of a document into mentions, block by block."""

    def __init__(
        self, text: str, syntax: Syntax, lexicon: Lexicon, war: int | None, cast: Cast, published: date | None
    ) -> None:
        self._published = published
        self._text, self._syntax, self._lexicon, self._war, self._cast = text, syntax, lexicon, war, cast

    def block(self, block: Block) -> None:
        """Adds the mentions of one block to the cast."""
        at = 0
        while at < len(block.words):
            unit = block.units.get(at)
            at = at + 1 if unit is None else self._unit(block, unit)

    # -- what starts at a unit

    def _unit(self, block: Block, unit: Unit) -> int:
        for attempt in (
            self._relation, self._holder, self._body, self._shared_body, self._leader_body, self._loyal, self._titled
        ):
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
        while first > 0 and not modifier and not block.named(first - 1) and self._leans(block, first - 1, head):
            first -= 1
        key = self._figure(sense)
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

    def _ends_name(self, block: Block, unit: Unit) -> bool:
        """True for the last word of a longer name: "Arakan Liberation Army", "National Unity Government"."""
        words, at = block.words, unit.first
        if at == 0 or not words[at].capital or not words[at - 1].capital:
            return False
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

    def _relation(self, block: Block, unit: Unit) -> int | None:
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

    def _many(self, word: Word) -> bool:
        return self._syntax.tokens[word.token].tag in ("NNS", "NNPS")

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

    def _holder(self, block: Block, unit: Unit) -> int | None:
        """ "the Russian ambassador", "Turkey's president": the person beside it, else who held that office on the day."""
        words, at = block.words, unit.last
        if unit.sense.sort != "state" or unit.sense.form not in ("adjective", "name") or at >= len(words):
            return None
        if not (joined(self._text, words[at - 1], words[at]) or words[at - 1].possessive):
            return None
        found = self._lexicon.offices.match(words, at, len(words))
        if found is None or words[at].possessive:
            return None
        last = at + found[0]
        span = self._span(block, unit.first, last)
        head = head_of(self._syntax, span)
        token = self._syntax.tokens[head]
        if (token.tag != "NN" and token.tag != "NNP") or modifies(self._syntax, head) or last in block.units:
            return None
        beside = {*self._syntax.children[head], token.head}
        for unit_beside in block.around(at, beside):
            named = words[unit_beside.last - 1].token
            if unit_beside.sense.sort == "person":
                link = self._syntax.tokens[named].dep if self._syntax.tokens[named].head == head else token.dep
                if link == "appos":
                    key = self._figure(unit_beside.sense)
                    self._cast.mention(Draft(span, head, key, description=True, confidence=0.9), self._text)
                    self._add(self._span(block, unit.first, unit.last), self._figure(unit.sense), modifier=True)
                    return last
        leader = self._in_office(unit.sense.id, found[1])
        if leader is None:
            return None
        key = self._cast.meet(slug(leader.name), leader.name, "person", gender=leader.gender)
        self._cast.mention(Draft(span, head, key, description=True, confidence=0.7), self._text)
        self._add(self._span(block, unit.first, unit.last), self._figure(unit.sense), modifier=True)
        return last

    def _in_office(self, state: str, office: str) -> Leader | None:
        """The only leader of that state who held exactly that office on the day of publication."""
        if self._published is None:
            return None
        wanted = office.casefold().replace("defense", "defence")
        held = [
            leader for leader in self._lexicon.actors.leaders
            if leader.of == state and any(
                term.office == wanted and term.since <= self._published
                and (term.until is None or self._published <= term.until) for term in leader.terms
            )
        ]
        return held[0] if len(held) == 1 else None

    def _body(self, block: Block, unit: Unit) -> int | None:
        """ "Syrian army", "Russia's foreign ministry", "U.S. special forces"."""
        if unit.sense.sort != "state" or unit.sense.form == "people":
            return None
        found = self._body_after(block, unit)
        if found is None:
            return None
        last, body = found
        key = self.state_body(unit.sense.id, body)
        self._add(self._span(block, unit.first, last), key, plural=True)
        self.plainly(key, unit.sense.id, self._span(block, unit.last, last))
        return last

    def _body_after(self, block: Block, unit: Unit) -> tuple[int, str] | None:
        """(word after the body, body) where a body's noun follows the state within two modifying words."""
        words = block.words
        for start in range(unit.last, min(unit.last + 3, len(words))):
            left = words[start - 1]
            if not (joined(self._text, left, words[start]) or (start == unit.last and left.possessive)):
                return None
            inner = block.units.get(start)
            if inner is not None and inner.sense.sort in ("state", "person", "media"):
                return None
            if inner is not None and inner.sense.sort == "party" and inner.sense.form != "description":
                return None
            body = self._lexicon.body_words.match(words, start, len(words))
            if body:
                return self._longer_body(block, start, body)
            token = self._syntax.tokens[words[start].token]
            if token.pos not in _FILLERS or token.dep not in ("amod", "compound", "nmod"):
                return None
        return None

    def _longer_body(self, block: Block, start: int, body: tuple[int, str]) -> tuple[int, str]:
        """ "Turkish military police": a second body's noun takes over from the first that modifies it."""
        last = start + body[0]
        more = self._lexicon.body_words.match(block.words, last, len(block.words)) if last < len(block.words) else None
        if more and not block.words[last - 1].possessive and joined(self._text, block.words[last - 1], block.words[last]):
            head = self._syntax.tokens[block.words[last - 1].token]
            if head.dep in ("compound", "amod", "nmod"):
                joint = body[1] if body[1] != "government" else "government forces"
                kept = more[1] if more[1] not in ("army", "military", "rebels") else joint
                return last + more[0], kept
        return last, body[1]

    def _shared_body(self, block: Block, unit: Unit) -> int | None:
        """ "the Russian and Syrian air forces": the first adjective shares the noun of the second."""
        words = block.words
        if unit.sense.sort != "state" or unit.sense.form not in ("adjective", "name") or unit.last + 1 >= len(words):
            return None
        gap = words[unit.last].norm
        other = block.units.get(unit.last + 1)
        if gap != "and" or other is None or other.sense.sort != "state" or other.sense.form != unit.sense.form:
            return None
        if unit.sense.form == "name" and not words[other.last - 1].possessive:
            return None
        found = self._body_after(block, other)
        if found is None or found[1] in ("civilians", "rebels"):
            return None
        self._add(self._span(block, unit.first, unit.last), self.state_body(unit.sense.id, found[1]))
        return unit.last

    def _leader_body(self, block: Block, unit: Unit) -> int | None:
        """ "Assad's forces", "the Assad regime": the state's body, by who is meant and not by the word."""
        words = block.words
        if unit.sense.sort != "person" or unit.last >= len(words):
            return None
        if not (joined(self._text, words[unit.last - 1], words[unit.last]) or words[unit.last - 1].possessive):
            return None
        of = self._lexicon.leaders[unit.sense.id].of if unit.sense.id in self._lexicon.leaders else None
        found = self._lexicon.leader_bodies.match(words, unit.last, len(words))
        if of is None or found is None or (not words[unit.last - 1].possessive and self._finite(words[unit.last])):
            return None
        size, body = found
        first = self._title_start(block, unit)
        last = unit.last + size
        if body == "proxies":
            name = f"{self._lexicon.adjective_of(of)} proxy forces" if of in self._lexicon.states else "proxy forces"
            key = self._cast.meet(slug(name), name, "armed-group")
        elif of in self._lexicon.states:
            key = self.state_body(of, body)
        else:
            key = self._figure_of_party(of)
        self._add(self._span(block, first, last), key, plural=True)
        self._add(self._span(block, first, unit.last), self._figure(unit.sense), modifier=True)
        return last

    def _finite(self, word: Word) -> bool:
        return self._syntax.tokens[word.token].pos == "VERB"

    def _loyal(self, block: Block, unit: Unit) -> int | None:
        """ "forces loyal to Syrian dictator Bashar al-Assad": seen from the leader, back to the noun."""
        words, at = block.words, self._title_start(block, unit)
        if unit.sense.sort != "person" or unit.sense.id not in self._lexicon.leaders:
            return None
        for size in (2, 1):
            start = at - size
            found = self._lexicon.loyal.match(words, start, at) if start > 0 else None
            if found and found[0] == size:
                noun = self._lexicon.leader_bodies.match(words, start - 1, start)
                of = self._lexicon.leaders[unit.sense.id].of
                if noun and of in self._lexicon.states:
                    span = self._span(block, start - 1, unit.last)
                    self._drop(Span(words[start - 1].start, words[start - 1].end))
                    self._add(span, self.state_body(of, noun[1]), plural=True)
                    self._add(self._span(block, at, unit.last), self._figure(unit.sense), modifier=True)
                    return unit.last
        return None

    # -- people with offices

    def _titled(self, block: Block, unit: Unit) -> int | None:
        if unit.sense.sort != "person":
            return None
        self._plain(block, unit, self._title_start(block, unit))
        return unit.last

    def _title_start(self, block: Block, unit: Unit) -> int:
        """First word of the office, its state and the titles before a person's name."""
        words, first = block.words, unit.first
        while first > 0 and not words[first - 1].possessive:
            step = self._office_before(words, first)
            if step is None:
                break
            first = step
        if first < unit.first and first > 0:
            for other in block.ends.get(first, ()):
                if other.sense.sort == "state" and other.sense.form in ("adjective", "name"):
                    self._drop(self._span(block, other.first, other.last))
                    return other.first
        return first

    def _office_before(self, words: list[Word], first: int) -> int | None:
        for size in range(min(4, first), 0, -1):
            start = first - size
            for phrases in (self._lexicon.offices, self._lexicon.titles):
                found = phrases.match(words, start, first)
                if found and found[0] == size:
                    gap = self._text[words[first - 1].end : words[first].start]
                    return start if gap.strip() in ("", ".") and len(gap) <= 3 else None
        return None

    # -- shared

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

    def state_body(self, state: str, body: str) -> str:
        """The id of that body of the state: the party that is it, else one named by the pattern."""
        rows = self._lexicon.state_bodies.get((state, body), [])
        for war, party in sorted(rows, key=lambda row: (row[0] != self._war, row[0] is not None)):
            if war == self._war or war is None or len(rows) == 1:
                return self._figure_of_party(party)
        return self._cast.meet(self.body_id(state, body), self._body_name(state, body), self._lexicon.bodies[body].kind)

    def body_id(self, state: str, body: str) -> str:
        """The id of that body of the state where no party is it."""
        return f"{state}.{slug(self._body_name(state, body))}"

    def _body_name(self, state: str, body: str) -> str:
        return self._lexicon.bodies[body].name.replace("{adjective}", self._lexicon.adjective_of(state)).replace(
            "{the state}", self._lexicon.name_of_state(state)
        )

    def plainly(self, key: str, state: str, noun: Span) -> None:
        """Notes "Israeli military" as a name of what the text calls "Israel's military" or "its military"."""
        name = f"{self._lexicon.plain_adjective(state)} {' '.join(noun.of(self._text).split())}"
        self._cast.figures[key].known_as.setdefault(name)

    def _figure_of_party(self, key: str) -> str:
        party = self._lexicon.parties[key]
        return self._cast.meet(key, party.name, party.kind)

    def _figure(self, sense: Sense) -> str:
        if sense.sort == "person":
            leader = self._lexicon.leaders.get(sense.id)
            return self._cast.meet(slug(sense.name), sense.name, "person", gender=leader.gender if leader else None)
        if sense.sort == "plain":
            return self._cast.meet(f"some-{slug(sense.name)}", sense.name, sense.kind, confidence=0.8)
        key = sense.id if sense.sort != "media" else slug(sense.name)
        return self._cast.meet(key, sense.name, sense.kind)

    def _add(self, span: Span, key: str, *, modifier: bool | None = None, plural: bool = False) -> None:
        head = head_of(self._syntax, span)
        modifier = modifies(self._syntax, head) if modifier is None else modifier
        self._cast.mention(Draft(span, head, key, modifier=modifier, plural=plural), self._text)

    def _drop(self, span: Span) -> None:
        self._cast.drafts[:] = [draft for draft in self._cast.drafts if not span.covers(draft.span)]

    def _span(self, block: Block, first: int, last: int) -> Span:
        return Span(block.words[first].start, block.words[last - 1].end)
