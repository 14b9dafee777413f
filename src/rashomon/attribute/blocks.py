"""Passages of others set into an article: introduced by a colon line or by the sentence before, and where they end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

import msgspec

from ..knowledge.cues import CueKnowledge
from ..records import Layout, Mention, Resolved, Span
from .candidate import Candidate
from .names import outlet_name
from .phrases import Tree
from .quotations import Quotation
from .style import Hand
from .subjects import speaks

# A passage without marks is believed to run over at most so many paragraphs.
LONGEST = 8
# The writer speaking of what was set in: "nothing in that account".
_LOOKS_BACK = re.compile(
    r"\b(?:that|this|these|those) (?:account|report|statement|message|letter|version|description|words|remarks|text|dispatch)s?\b"
)
_HERE = re.compile(r"\s*(?:here(?:['’]s| is| are| was)|watch|see|below is)\b", re.I)
_HOW = re.compile(r"\s*(?:here(?:['’]s| is| are| was)|this is|see) how\b", re.I)
_OWN_VOICE = re.compile(r"\b(?:I|we|my|our|us|you|your|I['’]m|we['’]re)\b")
# The same of a text that was set in: "The document is not signed".
_OF_TEXT = re.compile(
    r"(?:The|His|Her|Its|Their|Nothing in the|Asked about the) (?:\w+ )?(?:document|memo|letter|statement|text|message|note|post|"
    r"entry|entries|order|leaflet|diary|communiqu[eé]|declaration|recording|notice|telegram|list)s?\b"
)
_ITEM = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s|[-•*–]\s")
_SPEAKING = re.compile(r"\b(?:we|our|us|I|my|me)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I’m|I've|I’ve)\b")


class Passage(msgspec.Struct, frozen=True):
    """A passage set in. `intro` is the candidate that introduces it; `owned`: that candidate has no other content, so
    that the passage becomes its content. `block` is False for one paragraph in marks, a plain direct quotation."""

    content: tuple[Span, ...]
    intro: int | None
    owned: bool
    block: bool
    source: Span | None = None
    cue: Span | None = None


class Voice(NamedTuple):
    """Whose passage it is: an entity, or the name of an outlet that is no entity."""

    entity: str | None
    name: str | None


class Passages:
    """Finds the passages of one document."""

    def __init__(
        self,
        tree: Tree,
        layout: Layout,
        quotations: tuple[Quotation, ...],
        candidates: list[Candidate],
        spoken: dict[int, int],
        resolved: Resolved,
        cues: CueKnowledge,
    ) -> None:
        self._tree = tree
        self._text = tree.text
        self._body = [block.span for block in layout.blocks if block.kind != "boilerplate"]
        self._quotations = quotations
        self._opens = [quotation.outer.start for quotation in quotations]
        self._candidates = candidates
        self._anchors = [one.anchor for one in candidates]
        self._spoken = spoken
        self._mentions: tuple[Mention, ...] = resolved.mentions
        self._starts = [mention.span.start for mention in resolved.mentions]
        self._heads = {mention.head: mention for mention in resolved.mentions if not mention.modifier}
        self._cues = cues
        self._sentence_starts = [sentence.span.start for sentence in tree.syntax.sentences]
        self._outlets: dict[str, int] = {}
        for mention in resolved.mentions:
            if mention.kind == "media":
                self._outlets.setdefault(mention.entity, mention.span.start)

    def find(self) -> list[Passage]:
        """In text order, not overlapping."""
        found: list[Passage] = []
        at = 0
        while at < len(self._body) - 1:
            passage = self._after_colon(at) if self._colon(at) else self._after_claim(at)
            if passage is not None:
                found.append(passage)
                at = max(at + 1, bisect_right([span.start for span in self._body], passage.content[-1].start) - 1)
            else:
                at += 1
        return found

    def _colon(self, at: int) -> bool:
        return self._text[self._body[at].end - 1 : self._body[at].end] == ":"

    def _last_sentence(self, at: int) -> Span:
        span = self._body[at]
        index = bisect_left(self._sentence_starts, span.end) - 1
        if index < 0 or self._sentence_starts[index] < span.start:
            return span
        sentence = self._tree.syntax.sentences[index].span
        if sentence.width < 12 and index > 0 and self._sentence_starts[index - 1] >= span.start:
            sentence = Span(self._sentence_starts[index - 1], sentence.end)
        return Span(sentence.start, span.end)

    def _in(self, span: Span) -> range:
        return range(bisect_left(self._anchors, span.start), bisect_left(self._anchors, span.end))

    # a colon line

    def _after_colon(self, at: int) -> Passage | None:
        sentence = self._last_sentence(at)
        quotation = self._quotation_at(self._body[at + 1].start)
        if quotation is not None and self._spoken.get(quotation, None) is not None:
            owner = self._candidates[self._spoken[quotation]]
            if owner.anchor > self._body[at].end:
                return None
        intro, owned = self._introduction(sentence)
        source, cue = (None, None) if intro is not None else self._utterance(sentence)
        if intro is None and source is None:
            source, cue = self._plain(sentence)
        if quotation is not None:
            if intro is None and source is None:
                return None
            pieces = self._quotations[quotation].pieces
            return Passage(pieces, intro, owned, len(pieces) > 1, source, cue)
        if intro is None and source is None:
            return None
        if intro is None and cue is not None and self._embed(sentence):
            return None
        if self._lost(sentence, intro, self._body[at + 1]):
            return None
        return Passage(tuple(self._run(at, intro, source)), intro, owned, True, source, cue)

    def _quotation_at(self, offset: int) -> int | None:
        index = bisect_left(self._opens, offset)
        if index < len(self._opens) and self._opens[index] - offset <= 1:
            return index
        return None

    def _introduction(self, sentence: Span) -> tuple[int | None, bool]:
        """The candidate of the sentence that introduces what follows, and whether it has nothing else for content."""
        best: int | None = None
        for index in self._in(sentence):
            one = self._candidates[index]
            if one.source is None or not one.cue or not self._introduces(one):
                continue
            best = index
        if best is None:
            return None, False
        content = self._candidates[best].content
        words = " ".join(piece.of(self._text) for piece in content).split()
        return best, len(words) <= 2

    def _introduces(self, one: Candidate) -> bool:
        for cue in one.cue:
            for index in self._tree.syntax.within(cue):
                if self._tree.tokens[index].lemma in self._cues.introducing:
                    return True
        return False

    def _utterance(self, sentence: Span) -> tuple[Span | None, Span | None]:
        """ "X's comments were plain:", "The letter by X:": possessor and noun."""
        tree = self._tree
        for index in tree.syntax.within(sentence):
            token = tree.tokens[index]
            if token.pos != "NOUN" or token.lemma not in self._cues.utterances:
                continue
            owner = tree.one(index, "poss")
            if owner is None:
                for child in tree.under(index, "prep"):
                    if tree.tokens[child].text.lower() in ("by", "from", "of"):
                        owner = tree.one(child, "pobj")
            if owner is None:
                continue
            if tree.tokens[owner].pos == "PRON" and token.lemma in self._cues.embeds:
                continue
            span = tree.noun_phrase(owner, full=False)
            case = tree.one(owner, "case")
            if case is not None:
                span = tree.clean(Span(span.start, tree.tokens[case].start))
            return span, token.span
        return None, None

    def _plain(self, sentence: Span) -> tuple[Span | None, Span | None]:
        """ "The columnist saw it first:", "Our reporter sends this:": the subject of a verb that introduces, where no cue was
        found."""
        tree = self._tree
        for index in tree.syntax.within(sentence):
            token = tree.tokens[index]
            if token.pos not in ("VERB", "AUX") or token.dep != "ROOT":
                continue
            if token.lemma not in self._cues.introducing and not (token.lemma in self._cues.handing and self._this(index)):
                continue
            subject = tree.one(index, "nsubj")
            if subject is None or tree.tokens[subject].pos == "PRON":
                continue
            if speaks(tree, self._cues, subject) or tree.tokens[subject].lemma in self._cues.bodies | self._cues.things:
                return tree.noun_phrase(subject), token.span
        return None, None

    def _this(self, verb: int) -> bool:
        """True for "sends this dispatch", "has this"."""
        target = self._tree.one(verb, "dobj")
        if target is None:
            return False
        words = [self._tree.tokens[at].text.lower() for at in (target, *self._tree.under(target, "det"))]
        words += [self._tree.tokens[at].text.lower() for at in self._tree.under(target, "amod")]
        return bool({"this", "these", "following"} & set(words))

    def _embed(self, sentence: Span) -> bool:
        """True when the line announces a film, a picture or a post, which plain text loses."""
        return any(
            self._tree.tokens[i].lemma in self._cues.embeds - self._cues.utterances for i in self._tree.syntax.within(sentence)
        )

    def _lost(self, sentence: Span, intro: int | None, following: Span) -> bool:
        """ "Here is his message, as he posted it:" before a paragraph in nobody's own voice: the message is not in the text."""
        text = self._text
        if intro is None or not _HERE.match(text, sentence.start, sentence.end):
            return False
        if _HOW.match(text, sentence.start, sentence.end):
            return False
        posted = any(
            self._tree.tokens[index].lemma in self._cues.embeds
            for cue in self._candidates[intro].cue
            for index in self._tree.syntax.within(cue)
        )
        return posted and _OWN_VOICE.search(text, following.start, following.end) is None

    # no colon

    def _after_claim(self, at: int) -> Passage | None:
        """A passage after "The website suggests that P." whose spelling is not the writer's, up to where the outlet is
        named again."""
        sentence = self._last_sentence(at)
        intro = None
        for index in self._in(sentence):
            one = self._candidates[index]
            if one.source is not None and one.content and self._outlet(one.source):
                intro = index
        if intro is None:
            return None
        voice = self._voice(self._candidates[intro].source)
        run: list[Span] = []
        for span in self._body[at + 1 : at + 1 + LONGEST]:
            if self._names(span, voice):
                break
            run.append(span)
        else:
            return None
        if not run:
            return None
        author = self._author(at, run)
        passage = [span.of(self._text) for span in run]
        if not sum(author.unlike(paragraph) for paragraph in passage):
            return None
        block = Hand(passage)
        if any(author.shared_against(paragraph, block) for paragraph in passage):
            return None
        return Passage(tuple(run), intro, False, True)

    def _outlet(self, source: Span) -> bool:
        if self._voice(source).entity in self._outlets:
            return True
        return any(self._tree.tokens[index].lemma in self._cues.outlets for index in self._tree.syntax.within(source))

    def _voice(self, source: Span | None) -> Voice:
        """What the source can be known by when it is named again."""
        if source is None:
            return Voice(None, None)
        name = None
        for index in self._tree.syntax.within(source):
            name = name or outlet_name(self._tree, self._cues, index, source)
        low = bisect_left(self._starts, source.start)
        found = None
        for mention in self._mentions[low : bisect_left(self._starts, source.end)]:
            if not mention.modifier:
                if mention.kind == "media":
                    return Voice(mention.entity, name)
                found = found or mention.entity
        return Voice(found, name)

    # where it ends

    def _run(self, at: int, intro: int | None, source: Span | None) -> list[Span]:
        """Paragraphs of an unmarked passage: up to a sign that the writer is back; one where there is no sign at all."""
        source = self._candidates[intro].source if intro is not None else source
        voice = self._voice(source)
        outlet = source is not None and self._outlet(source)
        run = [self._body[at + 1]]
        alike = self._set_off(at)
        if alike > 1:
            return list(self._body[at + 1 : at + 1 + alike])
        author = self._author(at, [])
        ended = False
        for number in range(at + 2, min(len(self._body), at + 1 + LONGEST)):
            span = self._body[number]
            if self._returns(span, voice, outlet, at):
                ended = True
                break
            block = Hand([piece.of(self._text) for piece in run])
            if author.shared_against(span.of(self._text), block):
                ended = True
                break
            run.append(span)
        if ended or len(run) <= 2:
            return run
        kept, speaking = 1, not outlet and _SPEAKING.search(run[0].of(self._text)) is not None
        for number, span in enumerate(run[1:], 1):
            goes_on = speaking and kept == number and _SPEAKING.search(span.of(self._text)) is not None
            if goes_on or author.unlike(span.of(self._text)):
                kept = number + 1
        return run[:kept]

    def _set_off(self, at: int) -> int:
        """How many paragraphs behind the line are indented more than it is, or are items of one list."""
        margin, count = self._margin(at), 0
        behind = range(at + 1, min(len(self._body), at + 1 + LONGEST))
        for number in behind:
            if self._margin(number) < margin + 2:
                break
            count += 1
        if count:
            return count
        for number in behind:
            if _ITEM.match(self._text, self._body[number].start) is None:
                break
            count += 1
        return count

    def _margin(self, at: int) -> int:
        """Spaces before the paragraph on its first line; a tab counts as four."""
        start = self._text.rfind("\n", 0, self._body[at].start) + 1
        before = self._text[start : self._body[at].start]
        return len(before.expandtabs(4)) if not before.strip() else 0

    def _returns(self, span: Span, voice: Voice, outlet: bool, at: int) -> bool:
        text = span.of(self._text)
        lower = text.lower()
        if text.endswith(":") or _LOOKS_BACK.search(text[:90]) or any(lower.startswith(words) for words in self._cues.returns):
            return True
        if self._names(span, voice) or self._other_outlet(span, voice, at) or _OF_TEXT.match(text):
            return True
        return (outlet and self._unquoted_first_person(span)) or self._writes(span)

    def _writes(self, span: Span) -> bool:
        """True when the paragraph says what the publisher could not check, or what somebody told it."""
        for index in self._in(span):
            one = self._candidates[index]
            if one.own:
                return True
            for at in self._tree.syntax.within(one.cue[0]) if one.cue else ():
                hearer = self._tree.one(at, "dobj", "dative")
                told = self._tree.tokens[at].lemma == "tell" and hearer is not None
                if told and hearer is not None and self._tree.tokens[hearer].text.lower() == "us":
                    return self._quotation_around(one.cue[0].start) is None
        return False

    def _quotation_around(self, offset: int) -> int | None:
        at = bisect_right(self._opens, offset) - 1
        return at if at >= 0 and self._quotations[at].outer.end > offset else None

    def _names(self, span: Span, voice: Voice) -> bool:
        """True when the paragraph names the speaker: nobody names himself so."""
        if voice.name is not None and self._text.find(voice.name, span.start, span.end) >= 0:
            return True
        if voice.entity is None:
            return False
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return any(mention.entity == voice.entity and not mention.pronoun for mention in self._mentions[low:high])

    def _other_outlet(self, span: Span, voice: Voice, at: int) -> bool:
        """True when it speaks of an outlet that the writer quoted before, or begins with what another outlet says."""
        if self._cited_first(span, voice):
            return True
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return any(
            mention.kind == "media" and mention.entity != voice.entity and self._outlets[mention.entity] < self._body[at].end
            for mention in self._mentions[low:high]
        )

    def _cited_first(self, span: Span, voice: Voice) -> bool:
        """True when the paragraph's first words are an outlet as the source of a cue."""
        for index in self._in(span)[:2]:
            source = self._candidates[index].source
            if source is not None and source.start == span.start and self._candidates[index].cue:
                low = bisect_left(self._starts, source.start)
                first = self._mentions[low : low + 1]
                return any(one.kind == "media" and one.entity != voice.entity and one.span.start == span.start for one in first)
        return False

    def _unquoted_first_person(self, span: Span) -> bool:
        for match in _FIRST_PERSON.finditer(self._text, span.start, span.end):
            at = bisect_right(self._opens, match.start()) - 1
            if at < 0 or self._quotations[at].outer.end <= match.start():
                return True
        return False

    def _author(self, at: int, run: list[Span]) -> Hand:
        """The writer's spellings: the paragraphs up to here and, where the passage's end is known, those behind it."""
        own = [span.of(self._text) for span in self._body[max(0, at - 40) : at + 1]]
        if run:
            own += [span.of(self._text) for span in self._body if span.start > run[-1].end][:40]
        return Hand(own)
