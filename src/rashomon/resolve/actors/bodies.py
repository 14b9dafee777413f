"""Bodies of states: "Syrian army", "Russia's foreign ministry", "the Russian and Syrian air forces"."""

from __future__ import annotations

from ...knowledge.folding import joined
from .block import Block
from .scan import Unit
from .stock import Stock

_FILLERS = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV"})


class Bodies(Stock):
    """A state and the noun for one of its bodies."""

    def body(self, block: Block, unit: Unit) -> int | None:
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
        return self._second(block, unit.sense.id, last)

    def _second(self, block: Block, state: str, at: int) -> int:
        """ "The Turkish army and government": the second noun is a body of the same state. The word after it."""
        words = block.words
        if at + 1 >= len(words) or words[at].norm != "and":
            return at
        found = self._lexicon.body_words.match(words, at + 1, len(words))
        if found is None or self._lexicon.bodies[found[1]].crowd:
            return at
        last = at + 1 + found[0]
        noun = self._syntax.tokens[words[last - 1].token]
        if noun.dep != "conj" or words[at + 1].start - words[at].end != 1 or words[at + 1].capital:
            return at
        self._add(self._span(block, at + 1, last), self.state_body(state, found[1]), plural=True)
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
                kept = more[1] if more[1] not in ("army", "military") and not self._lexicon.bodies[more[1]].crowd else joint
                return last + more[0], kept
        return last, body[1]

    def shared_body(self, block: Block, unit: Unit) -> int | None:
        """ "the Russian and Syrian air forces": the first adjective shares the noun of the second."""
        words = block.words
        if unit.sense.sort != "state" or unit.sense.form not in ("adjective", "name") or unit.last + 1 >= len(words):
            return None
        gap = words[unit.last].norm
        other = block.units.get(unit.last + 1)
        if gap != "and" or other is None:
            return None
        named = self._named_body(block, other)
        if named is not None:
            self._add(self._span(block, unit.first, unit.last), self.state_body(unit.sense.id, named))
            return unit.last
        if other.sense.sort != "state" or other.sense.form != unit.sense.form:
            return None
        if unit.sense.form == "name" and not words[other.last - 1].possessive:
            return None
        found = self._body_after(block, other)
        if found is None or self._lexicon.bodies[found[1]].crowd:
            return None
        self._add(self._span(block, unit.first, unit.last), self.state_body(unit.sense.id, found[1]))
        return unit.last

    def _named_body(self, block: Block, unit: Unit) -> str | None:
        """Which body "Syrian warplanes" is, where a file has it as a party's name; None for another name."""
        party = self._lexicon.parties.get(unit.sense.id) if unit.sense.sort == "party" else None
        if party is None or party.state is None or not party.bodies or unit.last - unit.first < 2:
            return None
        first = self._lexicon.entries.get(block.words[unit.first].norm, ())
        if not any(entry.sense.id == party.state and not entry.rest for entry in first):
            return None
        found = self._lexicon.body_words.match(block.words, unit.first + 1, unit.last)
        return found[1] if found and found[1] in party.bodies and unit.first + 1 + found[0] == unit.last else None
