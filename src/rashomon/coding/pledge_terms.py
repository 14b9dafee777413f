"""What is pledged or asked, on which conditions, until when, for how long and where: each in the words of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ..knowledge.pledges import PledgeWords
from ..records import Publication, Span, TimeMention
from . import clauses
from .conditional import Conditions
from .horizon import later
from .scene import Scene

_ARTICLES = frozenset({"the", "a", "an", "to"})
_TRAILING = frozenset({",", ";", ":", ".", "-", "–", "—"})
_RELATIVE = frozenset({"after", "before", "ago", "later", "earlier"})
_NARROW = {"point": 0, "town": 1, "district": 2, "province": 3, "region": 4, "country": 5}


class Terms:
    """Reads the terms of one document's acts."""

    def __init__(self, scene: Scene, words: PledgeWords, published: Publication | None) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._published = published
        self._conditions = Conditions(scene, words.conditions)

    def conditions(self, verbs: Iterable[int]) -> list[Span]:
        """Clauses of condition that hang from these verbs, in text order, with the word that opens them."""
        return self._conditions.of(verbs)

    def run(self, first: int, index: int, skip: Iterable[int] = ()) -> Span:
        """From token `first` to the end of what hangs from `index` without conditions and what is joined on."""
        colons = [at for at in range(first, index) if self._tokens[at].text == ":"]
        first = colons[-1] + 1 if colons else first
        dropped = set(skip)
        kept, stack = {index}, [index]
        while stack:
            at = stack.pop()
            for child in self._scene.syntax.children[at]:
                token = self._tokens[child]
                joined = at == index and token.dep in {"conj", "parataxis", "cc"}
                # Parsers hang "and called for talks" from the infinitive or subjunctive before it.
                joined = joined or (token.dep == "conj" and not self._joins(at, child) and token.pos in {"VERB", "AUX"})
                joined = joined or (
                    token.dep == "prep" and child in self._scene.cues and at not in self._scene.cues
                )  # "according to the ministry"
                # "To leave or face bombardment": the threat is an act of its own.
                joined = joined or (token.dep == "conj" and token.lemma in self._words.facing)
                if child in dropped or joined or (child > index and self._conditions.at(child) is not None):
                    continue
                kept.add(child)
                stack.append(child)
        last = index
        while last + 1 in kept or (last + 2 in kept and self._tokens[last + 1].dep == "punct"):
            last += 1
        while last > index and (self._tokens[last].text in _TRAILING or self._tokens[last].dep == "cc"):
            last -= 1
        return self._scene.syntax.span(first, max(first, last))

    def clause(self, verb: int, *, whole: bool) -> list[Span]:
        """The clause at `verb` and those coordinated with it; `whole`: with its subject and auxiliaries."""
        found = []
        for one in [verb, *(at for at in self._scene.grammar.under(verb, "conj") if self._joins(verb, at))]:
            subjects = self._scene.grammar.under(one, "nsubj", "nsubjpass")
            first = one
            if whole and subjects:
                first = min(self._scene.syntax.within(clauses.phrase(self._scene, subjects[0])), default=subjects[0])
            elif self._tokens[one].pos == "AUX" or self._tokens[one].tag == "VBN":
                first = min((at for at in self._scene.grammar.under(one, "auxpass") if at < one), default=one)
            before = [at for at in self._scene.grammar.under(one, "neg", "advmod") if first > at and first - at <= 2]
            first = min([first, *before])
            while first < one and self._tokens[first].text.lower() in _ARTICLES:
                first += 1
            found.append(self.run(first, one))
        return found

    def _joins(self, verb: int, other: int) -> bool:
        """ "To halt the siege and called on them": parsers join the finite verb to the other."""
        finite = self._tokens[other].tag in {"VBD", "VBZ"} and self._tokens[verb].tag in {"VB", "VBP"}
        return self._tokens[other].pos in {"VERB", "AUX"} and not finite

    def phrases(self, nouns: Sequence[int]) -> list[Span]:
        """The phrases of these nouns and of those coordinated with them, without article."""
        found = []
        for noun in self._scene.grammar.conjuncts(nouns):
            if self._tokens[noun].dep == "appos" or self._tokens[noun].tag in {"WDT", "WP", "PRP"}:
                continue
            inside = list(self._scene.syntax.within(clauses.phrase(self._scene, noun)))
            first = next((at for at in inside if at >= noun or self._tokens[at].text.lower() not in _ARTICLES), noun)
            last = max([noun, *inside])
            clause = self._scene.grammar.under(noun, "acl")
            end = self.run(first, noun) if clause else self._scene.syntax.span(first, last)
            found.append(end)
        return found

    def complements(self, verb: int) -> list[int]:
        """Verbs of the clauses that say what is to be done."""
        return [
            at
            for at in self._scene.grammar.under(verb, "xcomp", "ccomp")
            if at > verb and self._tokens[at].pos in {"VERB", "AUX"} and self._tokens[at].dep not in {"acomp"}
        ]

    def duration(self, spans: Iterable[Span], head: int) -> str | None:
        """How long, in the text's words: a duration that modifies the act's own noun, or one with "for" or "by"."""
        noun = self._tokens[head].pos in {"NOUN", "PROPN"}
        for span in spans:
            for time in self._times(span):
                if time.type != "DURATION":
                    continue
                first = next(iter(self._scene.syntax.within(time.span)), None)
                if first is None:
                    continue
                before = self._tokens[first - 1].text.lower() if first else ""
                last = next(reversed(list(self._scene.syntax.within(time.span))), first)
                after = self._tokens[last + 1].text.lower() if last + 1 < len(self._tokens) else ""
                inside = time.span.of(self._scene.text)
                if after in _RELATIVE or before in {"within", "in", "after", "over", "since", "than"}:
                    continue
                hyphened = "-" in inside or "\u2011" in inside
                if (
                    before in {"for", "by", "of", "another", "last", "lasting"}
                    or hyphened
                    or (noun and self._tokens[last].head == head)
                ):
                    return inside
        near = [
            at
            for at in self._scene.grammar.under(head, "amod", "compound")
            if self._tokens[at].text.lower() in self._words.lasting
        ]
        return self._tokens[near[0]].text if near else None

    def deadline(
        self, spans: Sequence[Span], ending: Sequence[Span], given: Sequence[Span] = (), *, ahead: bool = False
    ) -> str | None:
        """The last day on which a thing is to be done, or that a truce is said to last to; None where none is named.

        `spans` are terms, `ending` the words around an act's noun, of which only "until" and its like count; `given` are words
        that give a length of time to act in ("ten days to leave"). `ahead`: the terms lie ahead, so that "on Sunday" is the next.
        """
        lengths = [time.value for span in given for time in self._times(span) if time.type == "DURATION"]
        days = [day for value in lengths if (day := self._counted(value)) is not None]
        for strict, group in ((False, spans), (True, ending)):
            for span in group:
                days += [day for time in self._times(span) if (day := self._day(time, strict, ahead=ahead)) is not None]
        return max(days, default=None)

    def _day(self, time: TimeMention, strict: bool, *, ahead: bool) -> str | None:
        first = next(iter(self._scene.syntax.within(time.span)), None)
        if first is None:
            return None
        # "Before dawn on Monday", "until the evening of 3 May".
        near = [self._tokens[at].text.lower() for at in range(max(0, first - 2), first + 1)]
        if {"from", "since", "after", "starting", "beginning"} & set(near):
            return None
        bounded = bool({"until", "by", "before", "within", "till"} & set(near)) or (near[-2:][0] == "to" and strict)
        if time.type == "DURATION":
            return self._counted(time.value) if "within" in near else None
        if time.type not in {"DATE", "TIME"} or time.vague or not time.end:
            return None
        if strict and not bounded:
            return None
        if self._published is not None and self._published.end and time.end[:10] < self._published.end[:10]:
            # "By Sunday", taken for the last one.
            past = date.fromisoformat(self._published.end[:10]) - date.fromisoformat(time.end[:10])
            later_one = date.fromisoformat(time.end[:10]) + timedelta(days=7)
            single = time.relative_to is not None and past.days < 7 and time.start and time.start[:10] == time.end[:10]
            return later_one.isoformat() if single and (bounded or (ahead and not strict)) else None
        return time.end[:10] if bounded or not strict else None

    def _counted(self, value: str) -> str | None:
        """The day so long after publication, where publication is one day: "P10D"."""
        day = self._published
        if day is None or not day.start or day.start[:10] != (day.end or "")[:10]:
            return None
        return later(day.start[:10], value)

    def place(self, spans: Iterable[Span], but: Iterable[str]) -> str | None:
        """The innermost place named in these words, as they name it; parties are left out."""
        named = {name.casefold() for name in but}
        found = []
        for span in spans:
            for index in self._scene.syntax.within(span):
                place = self._scene.place_at.get(index)
                if place is None or place.name.casefold() in named or place.span.of(self._scene.text).casefold() in named:
                    continue
                words = " ".join(place.span.of(self._scene.text).split())
                found.append((_NARROW.get(place.precision or "", 6), place.span.start, words))
        return min(found)[2] if found else None

    def _times(self, span: Span) -> list[TimeMention]:
        return self._scene.times_in(span)

    def quoted(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """The words of the spans, each once."""
        return tuple(dict.fromkeys(" ".join(span.of(self._scene.text).split()) for span in spans))
