"""What the coders look at: one document's text, syntax, names, places, times and claims, indexed by token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from ..knowledge.actions import Standing
from ..knowledge.roles import PartyNouns
from ..records import Actor, Claim, Mention, Place, Resolved, Span, Syntax, TimeMention
from ..records.vocabulary import ActorRole
from .grammar import Grammar
from .strangers import NEVER_SOMEBODY, strangers

T = TypeVar("T")
# Relations through which a noun's own words hang below it: not its clauses, not its further phrases.
_INSIDE = frozenset({"compound", "nmod", "amod", "poss", "npadvmod", "quantmod", "det", "nummod", "punct", "case", "nsubj"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "conj"})
_LONGEST = 8  # words before a noun that may belong to its kind
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WDT", "DT"})


class Scene:
    """One document as the coders see it. Built once, never changed."""

    def __init__(
        self, text: str, syntax: Syntax, resolved: Resolved, claims: Sequence[Claim], standing: Standing, nouns: PartyNouns
    ) -> None:
        self.text = text
        self.syntax = syntax
        self.tokens = syntax.tokens
        self.grammar = Grammar(syntax, standing.prepositional_control, standing.object_control)
        self._others = standing.others
        self._nouns = nouns
        self.resolved = resolved
        self.heads = {mention.head: mention for mention in resolved.mentions}
        self.mention_at = _by_token(syntax, ((mention.span, mention) for mention in resolved.mentions))
        self.place_at = _by_token(syntax, ((place.span, place) for place in resolved.places if place.locative))
        self._named_places = _by_token(syntax, ((place.span, place) for place in resolved.places))
        self.time_at = _by_token(syntax, ((time.span, time) for time in resolved.times))
        self._times = sorted(resolved.times, key=lambda time: time.span)
        self._time_starts = [time.span.start for time in self._times]
        self.cues = frozenset(
            index for claim in claims for cue in claim.cue for index in syntax.within(cue)
        )
        for stranger in strangers(text, syntax, resolved, nouns):
            self.heads[stranger.head] = stranger
            self.mention_at.update((index, stranger) for index in syntax.within(stranger.span))
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
        self._known: dict[int, Mention | None] = {}

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

    def times_in(self, span: Span) -> list[TimeMention]:
        """The time expressions that lie in the span, in text order."""
        first, last = bisect_left(self._time_starts, span.start), bisect_left(self._time_starts, span.end)
        return [time for time in self._times[first:last] if time.span.end <= span.end]

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
        """Who the noun at `index` is: its own mention, else the name that owns or modifies it ("Assad's side").

        A person is somebody else than whose they are: "the army's commander" is not the army.
        """
        if index not in self._known:
            self._known[index] = self.named(index) or self._owner(index)
        return self._known[index]

    def _owner(self, index: int) -> Mention | None:
        lemma = self.tokens[index].lemma
        if lemma in self._others:
            return None
        owned = self.grammar.under(index, "poss") if lemma in self._nouns.people else ()
        found = [self.mention_at[child] for child in self._inside(index, owned) if child in self.mention_at]
        return found[-1] if found else None

    def named_place(self, index: int) -> Place | None:
        """The place that the token belongs to, also where the name is no where ("Hama fell")."""
        return self._named_places.get(index)

    def named(self, index: int) -> Mention | None:
        """The mention that the token itself belongs to."""
        return self.heads.get(index) or self.mention_at.get(index)

    def parties(
        self,
        indices: Iterable[int],
        *,
        subject: bool = False,
        thing: bool = False,
        people: bool = False,
        places: bool = False,
        inner: bool = True,
    ) -> list[Mention]:
        """The parties at these nouns, each once, in text order.

        `subject`: they are who does it, so that a name of no kind may be one. `thing`: an "it" that nobody can tie to a name may
        be one, too. `people`: any noun here is somebody. `places`: a place stands for who governs it. `inner`: a noun that is
        nobody's name stands for whom its `of`, `between` or `among` names ("the deal between A and B blocked"), or its `by`.
        One that only counts always stands for whom it counts: "hundreds of rebels".
        """
        found: dict[Span, Mention] = {}
        for index in indices:
            crowd = self.counted(index)
            if crowd:
                found.update({mention.span: mention for mention in self.parties(crowd, people=people)})
                continue
            mention = self.party(index)
            if mention is not None:
                found[mention.span] = mention
                found.update({other.span: other for other in self._paired(index, mention)})
                continue
            described = self._described(index, subject=subject, thing=thing, people=people)
            if described is not None:
                found[described.span] = described
            elif places and index in self._named_places and self.tokens[index].dep in _ARGUMENTS:
                place = self._named_places[index]
                found[place.span] = Mention(place.span, index, "", place.name, "place")
            elif inner and index not in self.place_at:
                # Parsers join the next clause's subject to the object: "are pounding them and a raid by the army will follow".
                makers = set() if self.tokens[index].dep == "conj" else {"by"}
                for within in self.grammar.prepositional(index, {"of", "between", "among"} | makers):
                    if (mention := self.named(within)) is not None:
                        found[mention.span] = mention
        return [found[span] for span in sorted(found)]

    def counted(self, index: int) -> list[int]:
        """Whom a counting noun counts: "dozens of women"."""
        token = self.tokens[index]
        if (token.lemma not in self._nouns.crowds and token.pos != "NUM") or index in self.heads:
            return []
        counted = self.grammar.prepositional(index, {"of"})
        return [
            inner
            for inner in counted
            if inner in self.mention_at or self.is_party_noun(inner) or self.tokens[inner].tag == "PRP"
        ]

    def is_party_noun(self, index: int) -> bool:
        """True for a common noun that can be a party: "gunmen", "brigade"."""
        token = self.tokens[index]
        known = token.lemma in self._nouns.people or token.lemma in self._nouns.bodies
        return known and token.pos in {"NOUN", "PROPN", "ADJ", "NUM"}

    def kind_of_party(self, index: int) -> list[int]:
        """Common nouns before the noun that name a party: "army offensive", "rebel attack"."""
        return [
            child
            for child in self.grammar.under(index, "compound", "amod", "nmod")
            if child < index and self._acts(child)
        ]

    def _acts(self, index: int) -> bool:
        token = self.tokens[index]
        kind = self.is_party_noun(index) if token.pos == "NOUN" else token.lemma in self._nouns.adjectives
        return kind and index not in self.mention_at and not self.is_ground(index)

    def is_known_place(self, index: int) -> bool:
        """True within the name of a place that has coordinates: a capitalised word alone may be taken for a place."""
        place = self.place_at.get(index)
        return place is not None and place.lat is not None

    def is_mutual(self, index: int) -> bool:
        """True for a word of "each other" or "one another"."""
        pairs = self._nouns.mutual
        first = next((at for at in (index - 1, index) if at >= 0 and self.tokens[at].text.lower() in pairs.values()), None)
        if first is None or first + 1 >= len(self.tokens):
            return False
        second = self.tokens[first + 1].text.lower()
        return pairs.get(second) == self.tokens[first].text.lower()

    def is_ground(self, index: int) -> bool:
        """True for what is hit or taken and is nobody: positions, vehicles, buildings."""
        return self.tokens[index].lemma in self._nouns.nobody

    def _described(self, index: int, *, subject: bool, thing: bool, people: bool) -> Mention | None:
        """A party without an entity of its own: a common noun ("two cadets"), a pronoun tied to nobody."""
        token = self.tokens[index]
        lower = token.text.lower()
        if self.is_mutual(index):
            return None
        if token.tag in _PRONOUNS:
            known = lower in self._nouns.pronouns or (thing and lower in self._nouns.thing_pronouns)
            return Mention(token.span, index, "", "", "other", pronoun=True) if known else None
        if index in self.place_at or index in self.time_at:
            return None
        somebody = people and token.pos in {"NOUN", "NUM"} and token.lemma not in self._nouns.things
        if not somebody and not self.is_party_noun(index):
            # A name without a kind does things ("Fano fired"); whether it is a party to whom they are done, nobody can say.
            if not (subject and token.pos == "PROPN" and token.entity not in NEVER_SOMEBODY) or self._opened(index):
                return None
            return Mention(token.span, index, "", token.text, "other", confidence=0.3)
        span = self._with_modifiers(index)
        return Mention(span, index, "", span.of(self.text).lower(), "other", description=True)

    def _opened(self, index: int) -> bool:
        """True inside what the parser takes for a name and a preposition begins: "Near Ayn Isa, strikes destroyed a depot"."""
        first = index
        while first > 0 and self.tokens[first - 1].pos == "PROPN":
            first -= 1
        before = range(max(0, first - 1), index)
        return any(self.tokens[at].text.lower() in self._nouns.openers for at in before)

    def _with_modifiers(self, index: int) -> Span:
        """The noun with the words right before it that belong to its name or kind."""
        first = index
        for child in range(index - 1, max(0, index - _LONGEST), -1):
            token = self.tokens[child]
            if token.head == index and token.dep in {"compound", "amod", "nmod"}:
                first = child
            elif token.dep != "punct" and not child < token.head < index:
                break
        return self.syntax.span(first, index)

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

    def _inside(self, index: int, but: Collection[int] = ()) -> list[int]:
        """Tokens of the noun's own words before it, those below `but` left out."""
        found: list[int] = []
        stack = [index]
        while stack:
            for child in self.syntax.children[stack.pop()]:
                if self.tokens[child].dep in _INSIDE and child < index and child not in but:
                    found.append(child)
                    stack.append(child)
        return sorted(found)


def actor(mention: Mention, role: ActorRole = "named") -> Actor:
    """The mention as a party to an event."""
    return Actor(mention.span, mention.name or None, mention.entity or None, role)


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
