"""Corrections and retractions: a note that marks words as wrong, or takes them back, beside the words that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..records import Claim, Span
from .found import Found
from .speakers import Speaker
from .subjects import strength
from .values import Value, called_wrong, nearly, places_of, values_in
from .voiced import AUTHOR, Paper

# Right before a wrong value: "He is Karl Dorn, not ...".
_NOT_IT = re.compile(
    r"(?:,|\s|\b(?:and|but)\b)*\s*\b(?:not|rather than|instead of|in place of)\b"
    r"(?:\s+(?:by|in|on|at|to|the|a|an|of|as))*[\s“\"‘(]*\Z"
)
_LEAD = 600  # characters of a text that tell what it is about
_COMMON = 3  # longer words that tie a note to an earlier text of its publisher
_START = 5  # characters by which a claim may reach into the sentence after it


class Target(NamedTuple):
    """The words that a note means, and the document they stand in."""

    paper: Paper
    span: Span
    weight: tuple[int, ...]


def corrections(paper: Paper, earlier: Sequence[Paper]) -> Iterator[Found]:
    """Each sentence that marks words as wrong, with those words: in an earlier text where it has them, else in the note."""
    done: set[tuple[str, Span]] = set()
    told: list[Span] = []
    notes = [(note, _block(paper, note), _noting(paper, note)) for note in paper.sentences if paper.marks(note)]
    chosen = [(note, block, speaker, _target(paper, note, block, speaker, earlier)) for note, block, speaker in notes]
    # Notes with a value come first: a sentence beside them only says that there is a correction.
    for note, block, speaker, (target, right) in sorted(chosen, key=lambda each: each[3][0] is None):
        if any(block.overlaps(other) for other in told):
            continue
        if target is None:
            target = _nearest_claim(paper, note, speaker, earlier, block)
        if target is None or (target.paper.key, target.span) in done:
            continue
        done.add((target.paper.key, target.span))
        told.append(block)
        passage = _right(paper, note, block, target, right)
        why = f"{speaker.name} calls its own words wrong: “{' '.join(paper.text[note.start : note.end].split())[:160]}”"
        yield Found("correction", speaker.name, target.paper.cite(target.span), paper.cite(passage, speaker), why)


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


def _plainly_back(paper: Paper, note: Span) -> bool:
    return paper.says("retracting", note) is not None


def _noting(paper: Paper, note: Span) -> Speaker:
    """Who corrects: the speaker of the claim that is most of the note, or who is said to take it back; else the publisher."""
    inside = [
        (claim.id, content) for claim in paper.reading.attributions for content in claim.content
        if claim.id != AUTHOR and note.overlaps(content) and not _text_speaks(paper, claim)
    ]
    if not inside:
        return paper.of_claim(AUTHOR)
    id, _ = max(inside, key=lambda each: (_is_back(paper, each[0]), each[1].shared(note), each[0]))
    speaker = paper.of_claim(id)
    if speaker.known or set(speaker.key.split()) & paper.lore.words.bodies:
        return speaker
    if paper.says("first_person", note) is None:
        # "Two hours later the post had been deleted": that of whoever was quoted last.
        before = [claim for claim in paper.reading.attributions if claim.content and claim.content[-1].end <= note.start + _START
                  and claim.id != AUTHOR and paper.beside(note).overlaps(claim.content[-1])]
        if before and (last := paper.of_claim(before[-1].id)) and "unnamed" not in last.key:
            return last
    return paper.of_claim(AUTHOR)


def _is_back(paper: Paper, id: str) -> bool:
    return paper.claims[id].stance == "retracts"


def _text_speaks(paper: Paper, claim: Claim) -> bool:
    """A text as its own speaker ("an earlier version of this article said"), or nobody."""
    name = (claim.speaker or "").lower()
    return not name or any(word in paper.lore.words.texts for word in name.split()) or name == "editors"


def _block(paper: Paper, note: Span) -> Span:
    """The note's paragraph from the note on; all of it where a heading says that it is one note, or the note has no value."""
    marks = ("\n\n", "\r\n\r\n")
    ends = [at for at in (paper.text.find(mark, note.end) for mark in marks) if at >= 0]
    start = max((at + len(mark) for mark in marks if (at := paper.text.rfind(mark, 0, note.start)) >= 0), default=0)
    end = min(ends, default=len(paper.text))
    around = [sentence for sentence in paper.sentences if sentence.start >= start and sentence.end <= end]
    after = [sentence for sentence in around if sentence.start >= note.end][:2]
    before = [sentence for sentence in around if sentence.end <= note.start]
    headed = bool(before) and paper.headed(before[0])
    telling = [value for value in values_in(paper, note) if value.kind != "date"]
    first = before[0] if headed else before[-2:][0] if before and not telling and not after else note
    return Span(first.start, (after or [note])[-1].end)


def _target(
    paper: Paper, note: Span, block: Span, speaker: Speaker, earlier: Sequence[Paper]
) -> tuple[Target | None, Value | None]:
    """(where the wrong words stand, the right value): in the earlier texts of the same source, before the note in its own text,
    or in the note itself."""
    values = values_in(paper, block)
    wrong = called_wrong(paper, note, block, values)
    options: list[tuple[Target, Value | None]] = []
    for other in (*earlier, paper):
        limit = Span(0, block.start) if other is paper else Span(0, len(other.text))
        if not limit.width or (other is not paper and not _same_maker(paper, speaker, other)):
            continue
        near = 0 if other is paper else _nearness(other, limit, paper, block, speaker)
        if other is not paper and not near:
            continue
        for old, new, span in _differing(other, limit, paper, values, wrong):
            sure = int(wrong is not None or old is not None)
            options.append((Target(other, span, (int(other is not paper), sure, near, _alike(other, span, paper, block))), new))
    if options:
        return max(options, key=lambda each: (each[0].weight, -each[0].span.start))
    if wrong is not None:
        new = next((value for value in values if value.span != wrong.span and value.kind == wrong.kind), None)
        return Target(paper, wrong.span, (0, 0, 0, 0)), new
    return None, None


def _differing(
    other: Paper, limit: Span, paper: Paper, values: Sequence[Value], wrong: Value | None
) -> Iterator[tuple[Value | None, Value | None, Span]]:
    """(wrong value, right value, where the wrong one stands) in the earlier text. A value of the note that the earlier text has
    is wrong where another of its kind is new; a new one may mend a figure of the same noun, or a name that is nearly the same."""
    if wrong is not None:
        new = next((value for value in values if value.span != wrong.span and value.kind == wrong.kind and not any(
            True for _ in places_of(other, value, limit))), None)
        for span in places_of(other, wrong, limit):
            yield wrong, new, span
        return
    fresh = [value for value in values if value.kind != "date" and not any(True for _ in places_of(other, value, limit))]
    for new in fresh:
        known = [old for old in values if old.kind == new.kind and old.span != new.span and not old.span.overlaps(new.span)]
        for old in known:
            for span in places_of(other, old, limit):
                yield old, new, span
        if not known:
            for span in nearly(other, paper, new, limit):
                yield None, new, span


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
        near = 0 if other is paper else _nearness(other, Span(0, len(other.text)), paper, block, speaker)
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
            alone = other is paper and not named and shared < (1 if not speaker.own else 2)
            if alone and (speaker.own or not _very_near(paper, span, note)):
                continue
            options.append(Target(other, span, (int(other is not paper), named, shared)))
    return max(options, key=lambda target: (target.weight, -target.span.start), default=None)


def _nearness(other: Paper, limit: Span, paper: Paper, block: Span, speaker: Speaker) -> int:
    """How much an earlier text and a note share; 0: nothing that would tie them together."""
    common = len(other.stems(other.near(Span(0, min(limit.end, _LEAD)))) & paper.stems(paper.near(block)))
    own = int(speaker.own and (_alike_titles(paper, other) or common >= _COMMON))
    return strength(other, limit, paper, block, speaker) + 2 * _one_address(other, paper) + own


def _alike_titles(paper: Paper, other: Paper) -> bool:
    """Two words in common: "Alert: minister at the front", "KILL: minister at the front"."""
    titles = [(each.reading.document.title or "").lower() for each in (paper, other)]
    one, two = ({word[:6] for word in re.findall(r"[^\W_]{4,}", title)} for title in titles)
    return len(one & two) >= 2


def _very_near(paper: Paper, span: Span, note: Span) -> bool:
    return paper.beside(note).overlaps(span)


def _statements(paper: Paper, speaker: Speaker) -> Iterator[Span]:
    """What the source says in the document: its claims' contents; the publisher's own sentences, and what it passes on."""
    for claim in paper.reading.attributions:
        if claim.id == AUTHOR or not claim.content:
            continue
        if (speaker.own or paper.of_claim(claim.id).key == speaker.key) and claim.stance != "retracts":
            yield max(claim.content, key=lambda content: (content.width, -content.start))
    if speaker.own or speaker.key == paper.of_claim(AUTHOR).key:
        for sentence in paper.sentences:
            if paper.speaker(sentence).own and sentence.width > 20 and sentence not in paper.notes:
                yield sentence


def _right(paper: Paper, note: Span, block: Span, target: Target, right: Value | None) -> Span:
    """The note with the right words: cut before the wrong ones where these stand in it, and up to the sentence that mends."""
    if target.paper is paper and target.span.end <= note.start:
        return Span(note.start, max(note.end, right.span.end)) if right is not None and right.span.start > note.end else note
    if target.paper is paper and block.covers(target.span):
        if note.covers(target.span):
            rest = [sentence for sentence in paper.sentences if sentence.start >= note.end and block.covers(sentence)]
            if right is not None and not note.covers(right.span):
                return next((sentence for sentence in rest if sentence.covers(right.span)), note)
            if rest and paper.says("mending", rest[0]) is not None and right is None:
                return rest[0]
        sentence = next((each for each in paper.sentences if each.covers(target.span)), note)
        if right is not None and right.span.start > target.span.end and sentence.covers(right.span):
            return Span(target.span.end, sentence.end).trimmed(paper.text)
        match = _NOT_IT.search(paper.text, sentence.start, target.span.start)
        if match is not None:
            return Span(sentence.start, match.start()).trimmed(paper.text)
        after = [each for each in paper.sentences if each.start >= note.end and block.covers(each)]
        return after[0] if after else note
    if right is None and not values_in(paper, note):
        return Span(note.start, max(note.end, block.end))
    if right is not None and not note.covers(right.span):
        sentence = next((each for each in paper.sentences if each.covers(right.span)), note)
        return Span(min(note.start, sentence.start), max(note.end, sentence.end))
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
            return Target(paper, claim.content[0], (0, 0, 0, 0))
    return None


def _reported(paper: Paper, claim: Claim) -> bool:
    words = (claim.speaker or "").lower().split()
    return bool(words) and (words[-1] in paper.lore.words.own or words[0] == "our")
