"""Corrections and retractions: a note that marks words as wrong, or takes them back, beside the words that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..records import Claim, Span
from .found import Found
from .numerals import Numerals
from .subjects import strength
from .voiced import AUTHOR, Paper, Speaker

_QUOTED = re.compile(r"[“\"‘]([^”\"’“‘]{2,80})[”\"’]")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[-'’ ][A-ZÀ-ÖØ-Þ][^\W\d_]+)*")
_CLAUSE_WIDTH = 90  # characters of a note that may stand between a value and the word that calls it wrong


class Value(NamedTuple):
    """A number, a quoted phrase or a name in a note: where it stands, and what is looked for in the earlier text."""

    span: Span
    number: float | None
    words: str


class Target(NamedTuple):
    """The words that a note means, and the document they stand in."""

    paper: Paper
    span: Span
    weight: tuple[int, int, int]


def corrections(paper: Paper, earlier: Sequence[Paper]) -> Iterator[Found]:
    """Each sentence that marks words as wrong, with those words: in an earlier text where it has them, else in the note."""
    done: set[tuple[str, Span]] = set()
    for note in paper.sentences:
        if not paper.marks(note):
            continue
        block = _block(paper, note)
        speaker = _noting(paper, note)
        values = values_in(paper, block)
        wrong = _wrong(paper, note, block, values)
        target = _target(paper, note, block, values, wrong, speaker, earlier)
        if target is None or (target.paper.key, target.span) in done:
            continue
        done.add((target.paper.key, target.span))
        right = _right(paper, note, block, target, wrong)
        why = f"{speaker.name} calls its own words wrong: “{' '.join(paper.text[note.start : note.end].split())[:160]}”"
        yield Found("correction", speaker.name, target.paper.cite(target.span), paper.cite(right, speaker), why)


def retractions(paper: Paper, earlier: Sequence[Paper]) -> Iterator[Found]:
    """Each text or claim that is taken back, with the sentence that does so; once for each document."""
    done: set[str] = set()
    for note in paper.sentences:
        if not paper.takes_back(note) or (paper.marks(note) and not _plainly_back(paper, note)):
            continue
        speaker = _noting(paper, note)
        target = _taken_back(paper, note, speaker, earlier)
        if target is None or target.paper.key in done or not _plainly_back(paper, note):
            continue
        done.add(target.paper.key)
        why = f"{speaker.name} takes its words back: “{' '.join(paper.text[note.start : note.end].split())[:160]}”"
        yield Found("retraction", speaker.name, target.paper.cite(target.span), paper.cite(note, speaker), why)


def values_in(paper: Paper, span: Span) -> list[Value]:
    """Numbers, quoted phrases and names of the passage, in order; days and parts of days are names too."""
    days = [time.span for time in paper.reading.times if time.type == "DATE"]
    found = [
        Value(numeral.span, numeral.value, "") for numeral in Numerals(paper.lore.numbers).find(paper.text)
        if span.covers(numeral.span) and numeral.value > 1 and not any(day.overlaps(numeral.span) for day in days)
    ]
    found += [Value(day, None, day.of(paper.text)) for day in days if span.covers(day)]
    for match in _QUOTED.finditer(paper.text, span.start, span.end):
        found.append(Value(Span(*match.span(1)), None, match.group(1).rstrip(".,")))
    starts = {sentence.start for sentence in paper.sentences}
    for match in _NAME.finditer(paper.text, span.start, span.end):
        if (match.start() in starts and " " not in match.group()) or any(day.overlaps(Span(*match.span())) for day in days):
            continue
        found.append(Value(Span(*match.span()), None, match.group()))
    return sorted(found, key=lambda value: value.span)


def _plainly_back(paper: Paper, note: Span) -> bool:
    return paper.says("retracting", note) is not None


def _noting(paper: Paper, note: Span) -> Speaker:
    """Who corrects: the speaker of a claim whose content is most of the note, or who is said to take it back; else the publisher."""
    inside = [
        (claim.id, content) for claim in paper.reading.attributions for content in claim.content
        if claim.id != AUTHOR and note.overlaps(content) and not _text_speaks(paper, claim)
    ]
    if not inside:
        return paper.of_claim(AUTHOR)
    id, _ = max(inside, key=lambda each: (_is_back(paper, each[0]), each[1].shared(note), each[0]))
    speaker = paper.of_claim(id)
    return speaker if speaker.known else paper.of_claim(AUTHOR)


def _is_back(paper: Paper, id: str) -> bool:
    return paper.claims[id].stance == "retracts"


def _text_speaks(paper: Paper, claim: Claim) -> bool:
    """A text as its own speaker ("an earlier version of this article said"), or nobody."""
    name = (claim.speaker or "").lower()
    return not name or any(word in paper.lore.words.texts for word in name.split()) or name == "editors"


def _block(paper: Paper, note: Span) -> Span:
    """The note with the sentences of its paragraph around it: those before only in a text that is all note."""
    end = next((at for at in (paper.text.find(mark, note.end) for mark in ("\n\n", "\r\n\r\n")) if at >= 0), len(paper.text))
    after = [sentence for sentence in paper.sentences if sentence.start >= note.end and sentence.end <= end]
    last = after[1] if len(after) > 1 else (after[0] if after else note)
    return Span(note.start, last.end)


def _wrong(paper: Paper, note: Span, block: Span, values: Sequence[Value]) -> Value | None:
    """The value that the words themselves call wrong: "26 and not 38", "not Bary", "from 12 to 15", "43 was too high"."""
    flat = paper.flat
    for value in values:
        before = flat[max(block.start, value.span.start - 34) : value.span.start]
        if re.search(r"(?:\b(?:and|,|was|were|is|are|did)\s+not|,\s*not|\bnot|\brather than|\binstead of|\bin place of)\s+"
                     r"(?:by |in |on |at |from |to |the |a |an |of |as |with |[\"'“‘(])*$", before):
            return value
    for value in values:
        after = flat[value.span.end : min(note.end, value.span.end + _CLAUSE_WIDTH)]
        if value.number is not None and re.match(r"[^.;:]{0,50}\b(?:was|were|is|are|proved) (?:too|wrong|incorrect|mistaken|false|inaccurate)", after):
            return value
    marking = paper.says("marking", note)
    at = note.start + marking.start() if marking is not None else note.start
    for value in values:
        after = flat[value.span.end : min(block.end, value.span.end + _CLAUSE_WIDTH)]
        before = flat[max(block.start, value.span.start - 40) : value.span.start]
        if re.match(r"[\"'”’)]*\s*(?:should (?:be|have|read)|ought to|was too|were too|was wrong|were wrong|was incorrect|instead of being)", after):
            return value
        if re.search(r"\b(?:changed|corrected|replaced|amended)\b[^.]{0,24}\bfrom (?:[\"“‘])?$", before) or re.search(
            r"\b(?:corrected|replaced|changed)\s+(?:the \w+ )?[\"“‘]?$", before
        ) and re.match(r"[\"”’]?\s+(?:to|by|with|into)\b", after):
            return value
    said = [value for value in values if value.span.start > at and value.span.end <= note.end]
    if re.search(r"\b(?:earlier|previous|original|first) (?:version|edition|versions|report|story|statement)\b", flat[note.start : note.end]):
        return said[0] if said else None
    return None


def _target(
    paper: Paper, note: Span, block: Span, values: Sequence[Value], wrong: Value | None, speaker: Speaker,
    earlier: Sequence[Paper],
) -> Target | None:
    """Where the wrong words stand: in the earlier texts of the same source, before the note in its own text, or in the note."""
    options: list[Target] = []
    for other in (*earlier, paper):
        limit = Span(0, note.start) if other is paper else Span(0, len(other.text))
        if other is not paper and not _same_maker(paper, speaker, other):
            continue
        near = 0 if other is paper else strength(other, limit, paper, block, speaker) + 2 * _one_address(other, paper)
        if other is not paper and not near:
            continue
        for value in [wrong] if wrong is not None else values:
            for span in _places_of(other, value, limit):
                options.append(Target(other, span, (int(other is not paper), near, _alike(other, span, paper, block))))
    if options:
        return max(options, key=lambda target: (target.weight, -target.span.start))
    if wrong is not None:
        return Target(paper, wrong.span, (0, 0, 0))
    return _nearest_claim(paper, note, speaker, earlier, block)


def _places_of(paper: Paper, value: Value, limit: Span) -> Iterator[Span]:
    if value.number is not None:
        for figure in paper.figures:
            if limit.covers(figure.span) and value.number in (figure.low, figure.high):
                yield figure.span
        return
    start = limit.start
    while (at := paper.text.find(value.words, start, limit.end)) >= 0:
        yield Span(at, at + len(value.words))
        start = at + len(value.words)


def _alike(other: Paper, span: Span, paper: Paper, block: Span) -> int:
    around = next((sentence for sentence in other.sentences if sentence.overlaps(span)), span)
    return len(other.stems(around) & paper.stems(block))


def _same_maker(paper: Paper, speaker: Speaker, other: Paper) -> bool:
    """The publisher's own earlier text, or one that has the speaker's word."""
    if _one_address(paper, other):
        return True
    if speaker.own:
        return bool(paper.publisher) and paper.publisher == other.publisher
    return speaker.known and any(
        other.of_claim(claim.id).key == speaker.key for claim in other.reading.attributions if claim.id != AUTHOR
    )


def _one_address(paper: Paper, other: Paper) -> bool:
    return paper.address is not None and paper.address == other.address


def _nearest_claim(
    paper: Paper, note: Span, speaker: Speaker, earlier: Sequence[Paper], block: Span
) -> Target | None:
    """The source's earlier claim, or its publisher's sentence, that shares most words with the note."""
    options: list[Target] = []
    for other in (*earlier, paper):
        if other is not paper and not _same_maker(paper, speaker, other):
            continue
        near = 0 if other is paper else strength(other, Span(0, len(other.text)), paper, block, speaker)
        near += 2 * (other is not paper and _one_address(other, paper))
        near += int(other is not paper and speaker.own and _alike_titles(paper, other))
        if other is not paper and near < 1:
            continue
        for span in _statements(other, speaker):
            if other is paper and span.end > note.start:
                continue
            shared = len(other.stems(span) & paper.stems(block))
            named = len(other.proper(span) & paper.proper(block))
            if other is not paper and not shared and not named:
                continue
            # In its own text only a speaker's own claim stands to be corrected without a word in common.
            if other is paper and not named and shared < (1 if not speaker.own else 2):
                if speaker.own or not _very_near(paper, span, note):
                    continue
            options.append(Target(other, span, (int(other is not paper), named, shared)))
    return max(options, key=lambda target: (target.weight, -target.span.start), default=None)


def _alike_titles(paper: Paper, other: Paper) -> bool:
    """Two words in common: "Alert: minister at the front", "KILL: minister at the front"."""
    one, two = ({word[:6] for word in re.findall(r"[^\W_]{4,}", (each.reading.document.title or "").lower())} for each in (paper, other))
    return len(one & two) >= 2


def _very_near(paper: Paper, span: Span, note: Span) -> bool:
    return paper.beside(note).overlaps(span)


def _statements(paper: Paper, speaker: Speaker) -> Iterator[Span]:
    """What the source says in the document: its claims' contents; the publisher's own sentences, and what it passes on."""
    for claim in paper.reading.attributions:
        if claim.id == AUTHOR or not claim.content:
            continue
        if speaker.own or paper.of_claim(claim.id).key == speaker.key:
            if claim.stance != "retracts":
                yield max(claim.content, key=lambda content: (content.width, -content.start))
    if speaker.own or speaker.key == paper.of_claim(AUTHOR).key:
        for sentence in paper.sentences:
            if paper.speaker(sentence).own and sentence.width > 20:
                yield sentence


def _right(paper: Paper, note: Span, block: Span, target: Target, wrong: Value | None) -> Span:
    """The clause with the right words: cut before the wrong ones; the next sentence where the note only reports them."""
    if target.paper is paper and block.covers(target.span):
        if note.covers(target.span):
            rest = [sentence for sentence in paper.sentences if sentence.start >= note.end and block.covers(sentence)]
            if rest and paper.says("mending", rest[0]) is not None:
                return rest[0]
            return note
        sentence = next((each for each in paper.sentences if each.covers(target.span)), note)
        cut = Span(sentence.start, target.span.start)
        trimmed = re.sub(r"(?:,|and|\s|\bnot\b|\brather than\b|\binstead of\b|[“\"‘(])+$", "", cut.of(paper.text))
        return Span(cut.start, cut.start + len(trimmed)) if trimmed.strip() else sentence
    rest = [sentence for sentence in paper.sentences if sentence.start >= note.end and block.covers(sentence)]
    if wrong is not None and note.covers(wrong.span) and rest and paper.says("mending", rest[0]) is not None:
        others = [value for value in values_in(paper, note) if value.span != wrong.span and value.number is not None]
        if not others:
            return rest[0]
    return note


def _taken_back(paper: Paper, note: Span, speaker: Speaker, earlier: Sequence[Paper]) -> Target | None:
    """The text's claim as the note reports it, or the source's earlier claim that shares most with the whole note."""
    block = Span(note.start, len(paper.text)) if speaker.own else _block(paper, note)
    whole = Span(0, len(paper.text)) if speaker.own else paper.beside(note)
    best = _nearest_claim(paper, note, speaker, earlier, whole)
    if best is not None and best.paper is not paper:
        return best
    if not speaker.own and best is not None:
        return best
    for claim in paper.reading.attributions:
        if claim.content and block.covers(claim.content[0]) and _reported(paper, claim):
            return Target(paper, claim.content[0], (0, 0, 0))
    return None


def _reported(paper: Paper, claim: Claim) -> bool:
    words = (claim.speaker or "").lower().split()
    return bool(words) and words[-1] in paper.lore.words.own
