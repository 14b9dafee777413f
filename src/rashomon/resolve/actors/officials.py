"""People with offices, and what is named after a leader: "the Russian ambassador", "President Putin", "Assad's forces"."""

from __future__ import annotations

from ...knowledge.actors import Leader
from ...knowledge.folding import Word, joined
from ...records import Span
from .block import Block
from .drafts import Draft, head_of, modifies, slug
from .scan import Unit
from .stock import Stock


class Officials(Stock):
    """Leaders of the knowledge, their offices, and their forces and governments."""

    def holder(self, block: Block, unit: Unit) -> int | None:
        """ "the Russian ambassador", "Turkey's president": the person beside it, else who held that office on the day."""
        words, at = block.words, unit.last
        if unit.sense.sort != "state" or unit.sense.form not in ("adjective", "name") or at >= len(words):
            return None
        if not (joined(self._text, words[at - 1], words[at]) or words[at - 1].possessive):
            return None
        found = self._lexicon.offices.match(words, at, len(words))
        if found is None or words[at].possessive:
            return None
        last, office = self._accredited(block, at + found[0], found[1])
        span = self._span(block, unit.first, last)
        head = head_of(self._syntax, self._span(block, unit.first, at + found[0]))
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
        leader = self._in_office(unit.sense.id, office)
        if leader is None:
            return None
        key = self._cast.meet(slug(leader.name), leader.name, "person", gender=leader.gender)
        self._cast.mention(Draft(span, head, key, description=True, confidence=0.7), self._text)
        self._add(self._span(block, unit.first, unit.last), self._figure(unit.sense), modifier=True)
        return last

    def _accredited(self, block: Block, at: int, office: str) -> tuple[int, str]:
        """ "Ambassador to the UN": the word after it all, and the office; as given where nobody stands behind "to"."""
        words = block.words
        if at + 1 >= len(words) or words[at].norm != "to":
            return at, office
        first = at + 2 if words[at + 1].norm == "the" else at + 1
        unit = block.units.get(first)
        if unit is None or unit.sense.sort not in ("party", "state") or not joined(self._text, words[at - 1], words[at]):
            return at, office
        whom = "the UN" if unit.sense.id == "un" else unit.sense.name
        return unit.last, f"ambassador to {whom}"

    def _in_office(self, state: str, office: str) -> Leader | None:
        """The only leader of that state who held exactly that office on the day of publication."""
        if self._published is None:
            return None
        wanted = office.casefold().replace("defense", "defence")
        held = [
            leader for leader in self._lexicon.actors.leaders
            if leader.of == state and any(
                term.office.casefold() == wanted and term.since <= self._published
                and (term.until is None or self._published <= term.until) for term in leader.terms
            )
        ]
        return held[0] if len(held) == 1 else None

    def leader_body(self, block: Block, unit: Unit) -> int | None:
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
        first = self.title_start(block, unit)
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

    def loyal(self, block: Block, unit: Unit) -> int | None:
        """ "forces loyal to Syrian dictator Bashar al-Assad": seen from the leader, back to the noun."""
        words, at = block.words, self.title_start(block, unit)
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

    def title_start(self, block: Block, unit: Unit) -> int:
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
