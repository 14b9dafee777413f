"""Whose word an event is: the claim that it stands in, the chain of voices, and where to look it up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..records import Citation, Claim, Event, Reading, Span, event_keys, sentence_around
from ..records.vocabulary import Hedge, Stance

AUTHOR = "A0"
_DENYING = frozenset({"denies-occurrence", "denies-responsibility"})


_BEFORE = 16  # characters before a cue in which the word stands that takes it back
_LONG = 5  # letters of a word that tells what is spoken of
_STEM = 6  # letters by which two forms of a word are known as one


def stems(words: str) -> set[str]:
    """The beginnings of the longer words: enough to see that two passages speak of one thing."""
    return {word[:_STEM] for word in words.lower().split() if len(word) >= _LONG}


class Voice(msgspec.Struct, frozen=True):
    """Who says something in a document. `speaker` is None for the author; `identified` when a name stands behind it."""

    chain: tuple[str, ...]
    speaker: str | None
    identified: bool
    attribution: str | None
    hedge: Hedge = "none"
    stance: Stance = "asserts"

    @property
    def label(self) -> str:
        """How a sentence would name the voice."""
        return self.speaker or (self.chain[-1] if self.chain else "the author")


class Source(msgspec.Struct, frozen=True):
    """One document prepared for comparing: its reading, its claims by id, its events by key."""

    key: str
    reading: Reading
    claims: Mapping[str, Claim]
    events: Mapping[str, Event]

    @classmethod
    def of(cls, key: str, reading: Reading) -> Source:
        """The document under its ledger key."""
        names = event_keys(key, reading.events)
        return cls(
            key,
            reading,
            {claim.id: claim for claim in reading.attributions},
            {names[event.id]: event for event in reading.events},
        )

    @property
    def published(self) -> tuple[str | None, str | None]:
        """First and last possible day of publication."""
        return self.reading.document.published.start, self.reading.document.published.end

    def voice(self, attribution: str | None, rules: ComparisonRules) -> Voice:
        """The voice of a claim of this document; the author's for None, "A0" or an unknown id."""
        claim = self.claims.get(attribution or AUTHOR)
        publisher = self.reading.document.publisher
        outlet = (publisher,) if publisher else ()
        if claim is None or claim.id == AUTHOR:
            # Hedges and stances belong to claims; the author's own voice simply says.
            return Voice(claim.chain if claim else outlet, None, bool(publisher), AUTHOR)
        known = not claim.anonymous and rules.identified(claim.speaker)
        stance = claim.stance
        if stance in _DENYING and any(rules.adds(content.of(self.reading.text)) for content in claim.content):
            stance = "asserts"
        told = (sentence_around(self.reading.text, cue).of(self.reading.text) for cue in claim.cue)
        if stance == "retracts" and any(rules.revises(sentence) or rules.corrects(sentence) for sentence in told):
            # "It revised the toll to 73", "corrected its report" take nothing back but what they name.
            stance = "asserts"
        if stance not in {"asserts", "declines", "did-not-respond", "could-not-verify"} and self._negated(claim, rules):
            # "It has not claimed responsibility", "nobody disputes".
            stance = "asserts"
        if claim.chain == outlet and claim.speaker == publisher:
            # "Harbour Wire has learned": the outlet's own voice.
            return Voice(claim.chain, None, bool(publisher), claim.id, claim.hedge, stance)
        return Voice(claim.chain, claim.speaker, known, claim.id, claim.hedge, stance)

    def _negated(self, claim: Claim, rules: ComparisonRules) -> bool:
        """True where the cue's own words, or the one right before them, take it back."""
        text = self.reading.text
        words = {word for cue in claim.cue for word in cue.of(text).lower().split()}
        words |= {word for cue in claim.cue for word in text[max(0, cue.start - _BEFORE) : cue.start].lower().split()[-1:]}
        return bool(words & rules.nots)

    def speaking(self, event: Event) -> str | None:
        """The claim whose word the event is: that of who denies it, where a denial holds what somebody else claims."""
        claim = self.claims.get(event.according_to or AUTHOR)
        if claim is not None and claim.stance in _DENYING:
            return event.according_to
        around = [
            (content.width, each.id)
            for each in self.reading.attributions
            for content in each.content
            if each.stance in _DENYING and content.covers(event.trigger)
        ]
        if claim is not None and claim.id != AUTHOR and around and not any(c.covers(event.trigger) for c in claim.content):
            return event.according_to
        return min(around)[1] if around else event.according_to

    def around(self, span: Span) -> str:
        """The claim with the shortest content around the span; the author's where there is none."""
        found = [
            (content.width, claim.id)
            for claim in self.reading.attributions
            for content in claim.content
            if claim.id != AUTHOR and content.covers(span)
        ]
        return min(found, default=(0, AUTHOR))[1]

    def statement(self, event: Event) -> Span:
        """The words that tell of the event: its sentence, cut to the piece of its claim's content that holds it."""
        sentence = sentence_around(self.reading.text, event.trigger)
        claim = self.claims.get(event.according_to or AUTHOR)
        for content in claim.content if claim is not None else ():
            if content.covers(event.trigger):
                piece = Span(max(content.start, sentence.start), min(content.end, sentence.end))
                return piece.trimmed(self.reading.text)
        return sentence

    def sentences(self, blocks: Iterable[Span] | None = None) -> list[Span]:
        """The sentences of some blocks, else of the article's own text, in order."""
        text = self.reading.text
        found: list[Span] = []
        for block in self.reading.body if blocks is None else blocks:
            at = block.start
            while at < block.end:
                sentence = sentence_around(text, Span(at, at + 1))
                if sentence.start >= at and sentence.width:
                    found.append(Span(sentence.start, min(sentence.end, block.end)))
                at = max(sentence.end, at + 1)
        return found

    def cite(self, span: Span, voice: Voice) -> Citation:
        """Where the words stand, with their sentence."""
        return Citation(self.key, span, sentence_around(self.reading.text, span), voice.chain, voice.attribution)
