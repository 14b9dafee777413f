"""What every way of composing names shares: the document, what is known, the cast, and how a mention is added."""

from __future__ import annotations

from datetime import date

from ...knowledge.folding import Word
from ...knowledge.lexicon import Lexicon, Sense
from ...records import Span, Syntax
from .block import Block
from .drafts import Cast, Draft, head_of, modifies, slug


class Stock:
    """One document's text, parse and cast, with the knowledge of the war that it is on and the day that it appeared."""

    def __init__(
        self, text: str, syntax: Syntax, lexicon: Lexicon, war: int | None, cast: Cast, published: date | None
    ) -> None:
        self._text, self._syntax, self._lexicon, self._war, self._cast = text, syntax, lexicon, war, cast
        self._published = published

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

    def _many(self, word: Word) -> bool:
        return self._syntax.tokens[word.token].tag in ("NNS", "NNPS")
