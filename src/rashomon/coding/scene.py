"""What the coders look at: one document's text, syntax, names, places, times and claims, indexed by token."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from ..knowledge.actions import Standing
from ..records import Actor, Claim, Mention, Resolved, Span, Syntax
from .grammar import Grammar

T = TypeVar("T")
# Relations through which a noun's own words hang below it: not its clauses, not its further phrases.
_INSIDE = frozenset({"compound", "nmod", "amod", "poss", "npadvmod", "quantmod", "det", "nummod", "punct", "case", "nsubj"})


class Scene:
    """One document as the coders see it. Built once, never changed."""

    def __init__(
        self, text: str, syntax: Syntax, resolved: Resolved, claims: Sequence[Claim], standing: Standing, people: Collection[str]
    ) -> None:
        self.text = text
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.grammar = Grammar(syntax, standing.prepositional_control, standing.object_control)
        self._others = standing.others
        self._people = people
        self.resolved = resolved
        self.heads = {mention.head: mention for mention in resolved.mentions}
        self.mention_at = _by_token(syntax, ((mention.span, mention) for mention in resolved.mentions))
        self.place_at = _by_token(syntax, ((place.span, place) for place in resolved.places if place.locative))
        self.time_at = _by_token(syntax, ((time.span, time) for time in resolved.times))
        self._claims = sorted(
            (
                (span.width, -len(claim.chain), claim.id, span, claim)
                for claim in claims
                if claim.source or claim.cue or claim.parent
                for span in claim.content
            ),
            key=lambda row: row[:3],
        )
        self._innermost = self._painted()

    def _painted(self) -> dict[int, tuple[Span, Claim]]:
        """Token -> the innermost claim content that holds it."""
        found: dict[int, tuple[Span, Claim]] = {}
        free = list(range(len(self.tokens) + 1))  # the first token from here on that no narrower content holds
        for _, _, _, content, claim in self._claims:
            index = self.syntax.token_at(content.start)
            if index is not None and self.tokens[index].start < content.start:
                index += 1
            index = _first(free, index) if index is not None else len(self.tokens)
            while index < len(self.tokens) and self.tokens[index].end <= content.end:
                found[index] = content, claim
                free[index] = index + 1
                index = _first(free, index)
        return found

    def claim_over(self, span: Span) -> Claim | None:
        """The innermost claim whose content holds the span; None where the author speaks."""
        at = self.syntax.token_at(span.start)
        if at is None or at not in self._innermost:
            return None
        over, innermost = self._innermost[at]
        if over.covers(span):
            return innermost
        for _, _, _, content, claim in self._claims:
            if content.covers(span):
                return claim
        return None

    def party(self, index: int) -> Mention | None:
        """Who the noun at `index` is: its own mention, else the name that owns or modifies it ("Assad's side")."""
        mention = self.heads.get(index) or self.mention_at.get(index)
        if mention is not None:
            return mention
        if self.tokens[index].lemma in self._others:
            return None
        found = [self.mention_at[child] for child in self._inside(index) if child in self.mention_at]
        return found[-1] if found else None

    def named(self, index: int) -> Mention | None:
        """The mention that the token itself belongs to."""
        return self.heads.get(index) or self.mention_at.get(index)

    def parties(self, indices: Iterable[int]) -> list[Mention]:
        """The parties at these nouns, each once, in text order.

        A noun that is nobody's name stands for whom its `of`, `by`, `between` or `among` names: "hundreds of rebels", "the
        deal between A and B blocked".
        """
        found: dict[Span, Mention] = {}
        for index in indices:
            mention = self.party(index)
            if mention is not None:
                found[mention.span] = mention
                found.update({other.span: other for other in self._paired(index, mention)})
            elif self.tokens[index].lemma in self._people and self.tokens[index].pos == "NOUN":
                described = self._described(index)
                found[described.span] = described
            elif index not in self.place_at:
                for inner in self.grammar.prepositional(index, {"of", "by", "between", "among"}):
                    if (mention := self.named(inner)) is not None:
                        found[mention.span] = mention
        return [found[span] for span in sorted(found)]

    def _described(self, index: int) -> Mention:
        """People whom only a common noun names ("two cadets"): a party without an entity of its own."""
        token = self.tokens[index]
        return Mention(token.span, index, "", token.text.lower(), "other", description=True)

    def _paired(self, index: int, mention: Mention) -> list[Mention]:
        """ "The Russian and Turkish militaries": the nation whose noun the other one shares."""
        pairs = [
            [child, *self.grammar.under(child, "conj")]
            for child in self.grammar.under(index, "amod", "nmod", "compound")
            if self.grammar.under(child, "cc")
        ]
        members = [self.mention_at[token] for pair in pairs for token in pair if token in self.mention_at]
        return [other for other in members if not other.span.overlaps(mention.span) or mention.span == other.span]

    def modifiers(self, index: int) -> list[Mention]:
        """Names among the words that stand before the noun and belong to it, its possessor left out."""
        found: dict[Span, Mention] = {}
        for child in self.grammar.under(index, "compound", "nmod", "amod", "npadvmod", "nsubj"):
            for inner in self.grammar.conjuncts([child]):
                mention = self.mention_at.get(inner)
                if mention is not None and inner < index:
                    found[mention.span] = mention
        return [found[span] for span in sorted(found)]

    def _inside(self, index: int) -> list[int]:
        found: list[int] = []
        stack = [index]
        while stack:
            for child in self.syntax.children[stack.pop()]:
                if self.tokens[child].dep in _INSIDE and child < index:
                    found.append(child)
                    stack.append(child)
        return sorted(found)


def actor(mention: Mention) -> Actor:
    """The mention as a party to an event."""
    return Actor(mention.span, mention.name, mention.entity or None)


def _first(free: list[int], index: int) -> int:
    """Where `free` leads to from `index`; the way is made shorter for the next one."""
    end = index
    while free[end] != end:
        end = free[end]
    while free[index] != end:
        free[index], index = end, free[index]
    return end


def _by_token(syntax: Syntax, rows: Iterable[tuple[Span, T]]) -> dict[int, T]:
    found: dict[int, tuple[int, T]] = {}
    for span, value in rows:
        for index in syntax.within(span):
            if index not in found or found[index][0] < span.width:
                found[index] = (span.width, value)
    return {index: value for index, (_, value) in found.items()}
