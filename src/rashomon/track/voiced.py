"""A document made ready for the search for revisions: its sentences, whose word each passage is, and the figures it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..knowledge.quantities import Quantities
from ..knowledge.revisions import RevisionWords, levelled
from ..records import Citation, Claim, Event, Quantity, Reading, Span, sentence_around
from .numerals import Numerals
from .speakers import Speaker, named, spoken_for

AUTHOR = "A0"
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PROPER = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W_]*(?:[-'’][^\W_]+)*")
_STOP = re.compile(r"(?<=[^\W\d_]{2})\.\s+([A-Z][^\W\d_]*)")
_BETWEEN = re.compile(r"\b(?:between|from)\s+$")
_STEM = 6
_LONG = 4
_PAST = 60  # characters before a number
_LINES = 12  # of a text, among which its title is looked for
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SHORT = 1200
_NEXT = 120  # characters between a claim and a sentence that goes on about its source
_LATEST = "9999"


class Lore(msgspec.Struct, frozen=True):
    """The words that the search needs: of revisions, of comparing, of numbers."""

    words: RevisionWords
    rules: ComparisonRules
    numbers: Quantities


class Figure(msgspec.Struct, frozen=True):
    """A number for one thing, whose word it is, and the days that it is of where the text ties it to any."""

    span: Span
    low: float | None
    high: float | None
    what: str
    speaker: Speaker
    sentence: Span
    quantity: Quantity | None
    days: tuple[str, str] | None

    @property
    def value(self) -> tuple[float | None, float | None]:
        """Lowest and highest."""
        return self.low, self.high

_SILENT = frozenset({"declines", "did-not-respond", "could-not-verify", "retracts"})


class Paper(msgspec.Struct, frozen=True, dict=True):
    """One document. `address` is what its versions share (URL, or the caller's id), `captured` when it was fetched."""

    key: str
    reading: Reading
    lore: Lore
    address: str | None = None
    captured: str | None = None
    story: str | None = None

    @property
    def text(self) -> str:
        """The exact text."""
        return self.reading.text

    @property
    def publisher(self) -> str:
        """Who published it, "" where that is unknown."""
        return self.reading.document.publisher or ""

    @property
    def published(self) -> tuple[str | None, str | None]:
        """First and last possible day of publication."""
        return self.reading.document.published.start, self.reading.document.published.end

    @property
    def order(self) -> tuple[str, str, str]:
        """What documents are put in order by: day, time of the capture, key."""
        return self.published[0] or _LATEST, self.captured or "", self.key

    def before(self, other: Paper) -> bool:
        """Had this surely appeared before the other, or was it fetched before it at the same address?"""
        if self.address is not None and self.address == other.address and self.captured and other.captured:
            return self.captured < other.captured
        (start, end), (later_start, later_end) = self.published, other.published
        if end is None or later_start is None:
            return False
        return end[:10] < later_start[:10] or (start == end == later_start == later_end and self._noted(other))

    def _noted(self, other: Paper) -> bool:
        """On one day only words of correcting and taking back tell which came first."""
        return bool(other.notes) and not self.notes

    @cached_property
    def voices(self) -> frozenset[str]:
        """Keys of its known sources, the publisher included."""
        every = (self.of_claim(claim.id) for claim in self.reading.attributions)
        return frozenset(speaker.key for speaker in every if speaker.known)

    @cached_property
    def flat(self) -> str:
        """The text in small letters with straight marks, of the same length."""
        return levelled(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences, in order."""
        found, at = [], 0
        while at < len(self.text):
            while at < len(self.text) and self.text[at].isspace():
                at += 1
            if at >= len(self.text):
                break
            sentence = sentence_around(self.text, Span(at, at + 1))
            found.append(Span(at, self._cut(at, max(sentence.end, at + 1))))
            at = found[-1].end
        return tuple(found)

    def _cut(self, start: int, end: int) -> int:
        """A full stop after a short name ("Moso.") ends a sentence where the next word begins one."""
        for match in _STOP.finditer(self.text, start, end):
            if match.group(1).lower() in self.lore.words.openers:
                return match.start() + 1
        return end

    @cached_property
    def notes(self) -> tuple[Span, ...]:
        """Sentences that mark words as wrong or take them back."""
        return tuple(sentence for sentence in self.sentences if self.marks(sentence) or self.takes_back(sentence))

    @cached_property
    def replaces(self) -> bool:
        """Does a sentence replace what others counted?"""
        return any(self.says("replacing", sentence) for sentence in self.sentences)

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Sources without a name of their own, which are one in the texts of one outlet."""
        keys = {self.of_claim(claim.id).key for claim in self.reading.attributions}
        words = self.lore.words.bodies
        return frozenset(f"{word} {self.publisher}" for key in keys for word in key.split() if word in words)

    @cached_property
    def meets(self) -> frozenset[tuple[str, str]]:
        """What brings it together with others: (a source, or its story where it replaces what others counted; a name, or its
        story)."""
        own = [f"story {self.story}"] if self.story else []
        voices = [*self.voices, *(f"body {word}" for word in self.bodies), *(own if self.replaces else [])]
        return frozenset((voice, name) for voice in voices for name in (*self.anchors, *own))

    @cached_property
    def spoken(self) -> tuple[Claim, ...]:
        """Claims of the body that say something, in their order."""
        return tuple(
            claim for claim in self.reading.attributions
            if claim.id != AUTHOR and claim.content and claim.stance not in _SILENT and not self.heading.covers(claim.content[0])
        )

    @cached_property
    def turning(self) -> tuple[Claim, ...]:
        """Those of them that may turn around what was said before: whose sentence neither lets it stand nor marks it as wrong."""
        return tuple(
            claim for claim in self.spoken
            if self.says("standing", sentence := self.sentence_of(claim)) is None and not self.marks(sentence)
        )

    def sentence_of(self, claim: Claim) -> Span:
        """The sentence in which a claim's content begins."""
        first = claim.content[0]
        return next((sentence for sentence in self.sentences if sentence.overlaps(first)), first)

    def says(self, name: str, span: Span) -> re.Match[str] | None:
        """The first phrase of that list in the span; positions are the text's."""
        pattern = self.lore.words.found[name]
        return pattern.search(self.flat[span.start : span.end])

    @cached_property
    def titled_note(self) -> bool:
        """Does the title begin with a heading of corrections?"""
        match = self.lore.words.found["headings"].search(levelled(self.reading.document.title or "").strip())
        return match is not None and match.start() == 0

    def postscript(self, sentence: Span) -> bool:
        """Does its paragraph begin with "P.S.", "Update" or their like?"""
        start = max(self.text.rfind("\n\n", 0, sentence.start), self.text.rfind("\n\r\n", 0, sentence.start), 0)
        match = self.lore.words.found["postscripts"].search(self.flat[start : start + 24].lstrip())
        return start > 0 and match is not None and match.start() == 0

    def titled(self, name: str) -> bool:
        """Does the title hold a phrase of that list?"""
        title = self.reading.document.title
        return bool(title) and self.lore.words.found[name].search(levelled(title or "")) is not None

    def marks(self, sentence: Span) -> bool:
        """Does the sentence mark words as wrong?"""
        if self.says("standing", sentence) is not None:
            return False
        if self.says("marking", sentence) is not None or self.headed(sentence):
            return True
        if self.titled_note and self.says("sayings", sentence) is not None and self.says("texts", sentence) is not None:
            return True
        return self.says("weakly", sentence) is not None and self.says("sayings", sentence) is not None

    def headed(self, sentence: Span) -> bool:
        """Does it begin with a heading of corrections, and a mark behind that ("Correction: ...")?"""
        pattern = self.lore.words.found["headings"]
        match = pattern.search(self.flat[sentence.start : sentence.end])
        return match is not None and match.start() == 0 and self.flat[sentence.start + match.end() :][:1] in {":", ",", "."}

    def takes_back(self, sentence: Span) -> bool:
        """Does the sentence take words back?"""
        if self.says("standing", sentence) is not None:
            return False
        match = self.says("retracting", sentence)
        return match is not None and self.says("texts", sentence) is not None

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.reading.attributions}

    @cached_property
    def _contents(self) -> tuple[tuple[Span, Claim], ...]:
        return tuple(
            (content, claim) for claim in self.reading.attributions if claim.id != AUTHOR for content in claim.content
        )

    def speaker(self, span: Span) -> Speaker:
        """Whose word the passage is: that of the claim with the shortest content around it, else the publisher's."""
        around = [
            (content.width, claim.id) for content, claim in self._contents
            if content.covers(span) or (content.overlaps(span) and content.shared(span) * 2 > span.width)
        ]
        return self.of_claim(min(around)[1]) if around else self.of_claim(AUTHOR)

    def of_claim(self, id: str) -> Speaker:
        """The source of a claim."""
        return self._speakers[id] if id in self._speakers else self._speaking(id)

    @cached_property
    def _speakers(self) -> dict[str, Speaker]:
        return {id: self._speaking(id) for id in self.claims}

    def _speaking(self, id: str) -> Speaker:
        claim = self.claims.get(id)
        outlet = self.publisher
        chain = claim.chain if claim is not None else ((outlet,) if outlet else ())
        if claim is None or claim.id == AUTHOR or claim.speaker is None or self._itself(claim):
            return Speaker(outlet or self.reading.id, named(outlet, self.lore.words) or self.key, bool(outlet), True, chain, id)
        key = named(claim.speaker, self.lore.words)
        whole = named(outlet, self.lore.words)
        if key and key == whole:
            return Speaker(outlet, whole, True, True, chain, id)
        known = not claim.anonymous and (self.lore.rules.identified(claim.speaker) or any(c.isupper() for c in claim.speaker))
        last = claim.speaker.split()[-1].lower().strip(".,") if claim.speaker.split() else ""
        known = known and last not in self.lore.rules.generic and not any(c.isdigit() for c in claim.speaker)
        behind = frozenset(named(name, self.lore.words) for name in chain[1:-1])
        if claim.source is not None and claim.speaker != claim.speaker.lower():
            around = sentence_around(self.text, claim.source).of(self.text)
            behind |= spoken_for(around, claim.source.of(self.text), self.lore.words)
        return Speaker(claim.speaker, key, known and bool(key), False, chain, id, behind)

    def _itself(self, claim: Claim) -> bool:
        """The text itself, or its makers: "our staff", "this article", "we"."""
        words = (claim.speaker or "").lower()
        if words in self.lore.words.own:
            return True
        source = claim.source.of(self.text).lower() if claim.source is not None else ""
        return source in ("we", "us", "i") or source.startswith("our ") or words.startswith("our ")

    def cite(self, span: Span, speaker: Speaker | None = None) -> Citation:
        """Where the words stand."""
        who = speaker or self.speaker(span)
        return Citation(self.key, span, sentence_around(self.text, span), who.chain, who.attribution)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Quantities of the reading, and numbers of which the reading does not tell what they count."""
        body = [quantity for quantity in self.reading.quantities if not self.heading.covers(quantity.span)]
        found = [self._figure(quantity.span, quantity.low, quantity.high, quantity.what, quantity) for quantity in body]
        taken = [*(quantity.span for quantity in body), *(time.span for time in self.reading.times)]
        bare = [
            numeral for numeral in Numerals(self.lore.numbers).find(self.text)
            if not any(numeral.span.overlaps(span) for span in taken) and not self._names(numeral.span)
            and not self.heading.covers(numeral.span)
        ]
        skip = -1
        for at, numeral in enumerate(bare):
            follows = bare[at + 1] if at + 1 < len(bare) else None
            if at == skip or numeral.value <= 1 or _YEAR.fullmatch(numeral.span.of(self.text)):
                continue
            if follows is not None and self.flat[numeral.span.end : follows.span.start].strip() in ("and", "to", "-", "–") and (
                _BETWEEN.search(self.flat, max(0, numeral.span.start - 12), numeral.span.start)
            ):
                skip = at + 1
                found.append(self._figure(Span(numeral.span.start, follows.span.end), numeral.value, follows.value, "", None))
                continue
            found.append(self._figure(numeral.span, numeral.value, numeral.value, "", None))
        return tuple(sorted(found, key=lambda figure: figure.span))

    def _figure(self, span: Span, low: float | None, high: float | None, what: str, quantity: Quantity | None) -> Figure:
        speaker = self.speaker(span)
        sentence = sentence_around(self.text, span)
        if speaker.own and (meant := self._pronoun(sentence)) is not None:
            speaker = meant
        return Figure(span, low, high, what.lower(), speaker, sentence, quantity, self._days(span, quantity, speaker, sentence))

    def _pronoun(self, sentence: Span) -> Speaker | None:
        """Who "it" is at the beginning of a sentence without a claim: the source of the sentence before."""
        first = _WORD.match(self.flat, sentence.start)
        if first is None or first.group() not in self.lore.words.pronouns:
            return None
        before = [
            (content.end, claim.id) for content, claim in self._contents
            if content.end <= sentence.start and sentence.start - content.end <= _NEXT
        ]
        return self.of_claim(max(before)[1]) if before else None

    def reported_at(self, sentence: Span) -> tuple[Span, ...]:
        """Times of the sentence that stand outside what is claimed in it: when it was said."""
        return tuple(span for span in self._unclaimed if sentence.covers(span))

    @cached_property
    def _unclaimed(self) -> tuple[Span, ...]:
        """Times that stand outside all claims."""
        return tuple(
            time.span for time in self.reading.times if not any(content.covers(time.span) for content, _ in self._contents)
        )

    def past(self, figure: Figure) -> bool:
        """Is it called the figure of before: "its earlier count of 80", "had given 12"?"""
        start = max(figure.sentence.start, figure.span.start - _PAST, self.text.rfind(";", 0, figure.span.start) + 1)
        return self.says("past", Span(start, figure.span.start)) is not None

    @cached_property
    def heading(self) -> Span:
        """The line of the text that is its title, empty where it has none."""
        title = " ".join(levelled(self.reading.document.title or "").split())
        at = 0
        for line in self.text.splitlines(keepends=True)[:_LINES]:
            if title and " ".join(levelled(line).split()) == title:
                return Span(at, at + len(line))
            at += len(line)
        return Span(0, 0)

    def _names(self, span: Span) -> bool:
        """A number that names something: "Tank number 12", "Resolution 2254", "at 18:40"."""
        before = _WORD.findall(self.flat[max(0, span.start - 24) : span.start])
        return bool(before) and before[-1] in self.lore.numbers.designators

    def _days(
        self, span: Span, quantity: Quantity | None, speaker: Speaker, sentence: Span
    ) -> tuple[str, str] | None:
        event = self._event_of(span, quantity)
        time = event.time if event is not None else None
        if time is not None and time.basis in {"stated", "anchored"} and time.start and time.end:
            return time.start[:10], time.end[:10]
        claim = self.claims.get(speaker.attribution)
        pieces = [sentence] if speaker.own or claim is None else [piece for piece in claim.content if piece.covers(span)]
        days = [
            (each.start[:10], each.end[:10]) for each in self.reading.times
            if each.start and each.end and each.type in {"DATE", "TIME"} and any(piece.covers(each.span) for piece in pieces)
        ]
        return (min(day[0] for day in days), max(day[1] for day in days)) if days else None

    def _event_of(self, span: Span, quantity: Quantity | None) -> Event | None:
        if quantity is None:
            return None
        return next((event for event in self.reading.events if any(one.span == span for one in event.quantities)), None)

    @cached_property
    def _kept(self) -> dict[tuple[str, Span], frozenset[str]]:
        """What was found of passages before: they are asked about again and again."""
        return {}

    def proper(self, span: Span) -> frozenset[str]:
        """Capitalised words of the span in small letters, first words of sentences left out unless they are places' names."""
        kept = self._kept.get(("proper", span))
        if kept is not None:
            return kept
        starts = self._starts
        names = {
            match.group().lower() for match in _PROPER.finditer(self.text, span.start, span.end)
            if match.start() not in starts and self.text[match.start() - 1 : match.start()] not in "“\"'‘"
        }
        found = frozenset(names | {
            word.group().lower() for place in self.reading.places if span.covers(place.span)
            for word in _PROPER.finditer(self.text, place.span.start, place.span.end)
        })
        self._kept["proper", span] = found
        return found

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(sentence.start for sentence in self.sentences)

    @cached_property
    def broad(self) -> frozenset[str]:
        """Words of its countries and regions, and of its times: they tie nothing together."""
        places = {
            word for place in self.reading.places if place.precision in {"country", "region"}
            for word in place.span.of(self.text).lower().split()
        }
        return frozenset(places | {word.lower() for time in self.reading.times for word in time.span.of(self.text).split()})

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The proper words of the whole text, its publisher's and months' left out."""
        every = self.proper(Span(0, len(self.text)))
        title = {match.group().lower() for match in _PROPER.finditer(self.reading.document.title or "")}
        places = {word.lower() for place in self.reading.places for word in _WORD.findall(place.name)}
        return frozenset((every | (title & every) | places) - self._common)

    @cached_property
    def _common(self) -> frozenset[str]:
        days = {word.lower() for time in self.reading.times for word in _WORD.findall(time.span.of(self.text))}
        return frozenset({word.lower() for word in _WORD.findall(self.publisher)} | days)

    def persons(self, span: Span) -> frozenset[str]:
        """Last words of the names of the people whom the passage names."""
        return frozenset(
            entity.name.lower().split()[-1] for entity in self.reading.entities
            if entity.kind == "person" and entity.name.split() and any(span.covers(mention) for mention in entity.mentions)
        )

    def stems(self, span: Span) -> frozenset[str]:
        """Beginnings of the longer words: enough to see that two passages speak of one thing."""
        kept = self._kept.get(("stems", span))
        if kept is None:
            kept = frozenset(word[:_STEM] for word in _words(self.flat, span) if len(word) >= _LONG)
            self._kept["stems", span] = kept
        return kept

    def near(self, span: Span) -> Span:
        """The passage with the sentences around its own; a short text is whole."""
        if len(self.text) <= _SHORT:
            return Span(0, len(self.text))
        return self.beside(span)

    def beside(self, span: Span) -> Span:
        """The passage with the two sentences before its own and the one after."""
        own = sentence_around(self.text, span)
        at = next((i for i, sentence in enumerate(self.sentences) if sentence.overlaps(own)), 0)
        first, last = self.sentences[max(0, at - 2)], self.sentences[min(len(self.sentences) - 1, at + 1)]
        return Span(first.start, last.end)


def _words(flat: str, span: Span) -> Iterator[str]:
    for match in _WORD.finditer(flat, span.start, span.end):
        yield match.group()
