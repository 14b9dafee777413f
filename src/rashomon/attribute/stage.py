"""The stage: a document's text and syntax in, its claims out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from ..knowledge.cues import CueKnowledge
from ..records import Claim, Layout, Metadata, Resolved, Span, Syntax, Tagged
from .answers import Answers
from .blocks import Passage, Passages
from .candidate import Candidate, Draft
from .claims import Claims
from .coordination import Coordination
from .corrections import Corrections
from .insertions import Inserted, foreign
from .joining import Joiner
from .learned import joined
from .phrases import Tree
from .quotations import Quotation, find_quotations
from .relays import Relays
from .speakers import Speakers
from .tagger import SyntaxTagger, quoted_tokens
from .tone import Tone
from .transcripts import Transcripts

# What stands between a dateline's place and its text: an agency in brackets, a day, a dash.
_DASH = re.compile(r"[^\n.;]{0,48}?\s[-–—]+\s+")
_DASH_REACH = 50
# What an entry or a dispatch begins with: "10:05 ", "AMMAN – ", "Sana’a, 9 May — ", "KABUL, 9 July – ".
_LEAD = re.compile(
    r"(?:\d{1,2}[:.]\d{2}(?:\s?(?:[ap]\.?m\.?|GMT|UTC|BST|EST|CET))?[\s:–—-]+(?=\S)"
    r"|[A-Z][A-Z’' -]{2,40}(?:,[^\n.;–—]{0,40})?(?:\s\([^()\n]{1,40}\))?\s[-–—]+\s+"
    r"|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,\s[^\n.;–—]{0,24}\d[^\n.;–—]{0,12}\s[-–—]+\s+)"
)


def attribute(
    text: str,
    layout: Layout,
    syntax: Syntax,
    metadata: Metadata,
    resolved: Resolved,
    cues: CueKnowledge,
    tagged: Sequence[Tagged] = (),
) -> tuple[Claim, ...]:
    """Every claim of the document's body and captions, the author's own voice ("A0") first, the rest in text order.

    `tagged` is what the trained tagger found (models/tagger.py), joined here with the candidates of syntax and lists;
    quotation marks, blocks, chains, speakers, hedge, stance and kind are worked out for all of them. Pure: the same
    arguments give the same claims.
    """
    tree = Tree(text, syntax)
    quotations = find_quotations(text, layout.blocks)
    inserted = Inserted(text, cues.insertions)
    quoted = quoted_tokens(syntax, quotations)
    found = joined(tagged, SyntaxTagger(cues).tag(tree, quoted), syntax)
    found = _answered(found, [Answers(tree, cues, quoted), Corrections(tree, cues, quoted)], tree)
    tone = Tone(tree, cues, quotations)
    coordination = Coordination(tree, cues, tone, quoted)
    found = coordination.parted(found)
    joiner = Joiner(text, layout.blocks, quotations, [one for one in found if not inserted.holds(one.anchor)])
    candidates = joiner.join()
    passages = Passages(tree, layout, quotations, candidates, joiner.spoken, resolved, cues).find()
    relays = Relays(tree, resolved, cues, tone)
    candidates = _without_conditions(text, candidates, cues.anonymous.conditions)
    drafts = _with_passages(candidates, passages)
    drafts += [Draft(turn) for turn in Transcripts(text, layout, cues).find()]
    drafts = _without_doubles(drafts)
    drafts = _split(_relayed(drafts, relays), coordination)
    drafts = _cut(_kept(drafts), inserted, quotations)
    dateline = layout.dateline.span if layout.dateline is not None else None
    drafts = [
        replace(
            draft,
            candidate=replace(
                one,
                source=_past_dateline(one.source, dateline, tree) if one.source is not None else None,
                content=tuple(_past_dateline(piece, dateline, tree) for piece in one.content),
            ),
        )
        for draft in drafts
        for one in (draft.candidate,)
    ]
    drafts = _past_leads(drafts, tree, [block.span for block in layout.blocks if block.kind != "boilerplate"])
    speakers = Speakers(tree, resolved, metadata, cues)
    return Claims(tree, metadata, resolved, cues, tone, relays, speakers).of(drafts, layout.body)


def _answered(found: list[Candidate], finders: Sequence[Answers | Corrections], tree: Tree) -> list[Candidate]:
    """The candidates with those that are an answer not given, and the like, in place of what was found at their verbs."""
    special = [one for finder in finders for one in finder.find()]
    heads = [tree.tokens[index].span for index in sorted({index for finder in finders for index in finder.heads})]
    starts = [span.start for span in heads]
    kept = [one for one in found if not any(bisect_left(starts, cue.start) < bisect_left(starts, cue.end) for cue in one.cue)]
    return sorted([*kept, *special], key=lambda one: (one.anchor, one.content))


def _without_conditions(text: str, candidates: list[Candidate], conditions: tuple[str, ...]) -> list[Candidate]:
    """Empties "asked not to be named": it says how the source spoke, not what."""
    return [
        replace(one, content=())
        if one.content and text[one.content[0].start : one.content[0].start + 40].lower().startswith(conditions)
        else one
        for one in candidates
    ]


def _past_dateline(span: Span, dateline: Span | None, tree: Tree) -> Span:
    """The span without the dateline at its start."""
    if dateline is None or not dateline.start <= span.start < dateline.end + _DASH_REACH or span.end <= dateline.end:
        return span
    dash = _DASH.match(tree.text, dateline.end, span.end)
    start = dash.end() if dash is not None else dateline.end
    return tree.clean(Span(max(start, span.start), span.end)) if start < span.end else span


def _past_leads(drafts: list[Draft], tree: Tree, body: Sequence[Span]) -> list[Draft]:
    """The drafts without the clock time or the dateline that their paragraph begins with."""
    starts = [span.start for span in body]

    def past(span: Span) -> Span:
        at = bisect_right(starts, span.start) - 1
        if at < 0 or span.start - starts[at] > _DASH_REACH * 2:
            return span
        lead = _LEAD.match(tree.text, starts[at], body[at].end)
        if lead is None or not span.start < lead.end() < span.end:
            return span
        return tree.clean(Span(lead.end(), span.end))

    def behind(span: Span, cue: tuple[Span, ...]) -> Span:
        """The words between the lead and the cue, where the parser took a part of the lead for the subject."""
        at = bisect_right(starts, span.start) - 1
        lead = _LEAD.match(tree.text, starts[at], body[at].end) if at >= 0 and span.start - starts[at] <= _DASH_REACH else None
        if lead is None or span.end > lead.end() or not cue or not lead.end() < cue[0].start <= lead.end() + _DASH_REACH * 2:
            return span
        return tree.clean(Span(lead.end(), cue[0].start))

    out = []
    for draft in drafts:
        one = draft.candidate
        content = one.content if one.block else tuple(past(piece) for piece in one.content)
        source = behind(past(one.source), one.cue) if one.source is not None else None
        changed = replace(one, source=source, content=content) if (source, content) != (one.source, one.content) else one
        out.append(replace(draft, candidate=changed) if changed is not one else draft)
    return out


def _with_passages(candidates: list[Candidate], passages: list[Passage]) -> list[Draft]:
    """Drafts of the candidates, in their order, and of the passages set in."""
    drafts = [Draft(candidate) for candidate in candidates]
    for passage in passages:
        if passage.intro is not None and passage.owned:
            one = candidates[passage.intro]
            drafts[passage.intro] = Draft(replace(one, content=passage.content, block=passage.block))
            outer = _reporting(candidates, passage.intro)
            if outer is not None:
                drafts[outer] = Draft(
                    replace(candidates[outer], content=passage.content, block=passage.block), same=passage.intro
                )
        elif passage.intro is not None:
            drafts.append(Draft(Candidate(None, (), passage.content, block=passage.block), over=passage.intro))
        else:
            cue = (passage.cue,) if passage.cue is not None else ()
            drafts.append(Draft(Candidate(passage.source, cue, passage.content, block=passage.block)))
    return drafts


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Empties what stands without a cue where a passage set in, or a transcript's turn, is the same: that knows its speaker."""
    turns = sorted(piece for draft in drafts if draft.candidate.block for piece in draft.candidate.content)
    starts = [piece.start for piece in turns]

    def doubled(one: Candidate) -> bool:
        if one.cue or one.block or not one.content:
            return False
        at = bisect_right(starts, one.content[0].start + 1) - 1
        return at >= 0 and turns[at].overlaps(one.content[0])

    return [
        replace(draft, candidate=replace(draft.candidate, content=())) if doubled(draft.candidate) else draft for draft in drafts
    ]


def _reporting(candidates: list[Candidate], intro: int) -> int | None:
    """ "This is what X reports him to have said:": X's candidate, whose content is nothing but the introduction."""
    cue = candidates[intro].cue[0]
    for index in range(max(0, intro - 3), intro):
        content = candidates[index].content
        if len(content) == 1 and content[0].covers(cue) and content[0].width - cue.width <= 40:
            return index
    return None


def _relayed(drafts: list[Draft], relays: Relays) -> list[Draft]:
    """Adds the further sources of what is already there; what they replace loses its content."""
    found = relays.of([draft.candidate for draft in drafts])
    out = []
    for index, draft in enumerate(drafts):
        one = draft.candidate
        if index in found.replaced:
            one = replace(one, content=())
        elif index in found.sources:
            one = replace(one, source=found.sources[index])
        out.append(replace(draft, candidate=one))
    for owner, links in found.relays.items():
        content = drafts[owner].candidate
        for link in sorted(links, key=lambda one: one.cue):
            candidate = Candidate(link.source, (link.cue,), content.content, 0.7, block=content.block)
            out.append(Draft(candidate, same=owner, inner=not link.outer))
    return out


def _split(drafts: list[Draft], coordination: Coordination) -> list[Draft]:
    """The drafts, those of two different acts parted; the second parts come last, so that indices hold."""
    out, more = [], []
    tied = {index for draft in drafts for index in (draft.same, draft.over) if index is not None}
    for index, draft in enumerate(drafts):
        parts = [draft.candidate] if index in tied or draft.same is not None else coordination.split(draft.candidate)
        out.append(replace(draft, candidate=parts[0]))
        more += [Draft(part) for part in parts[1:]]
    return out + more


def _kept(drafts: list[Draft]) -> list[Draft]:
    """Drafts with content, each set of spans once, with their links renumbered."""
    place: dict[int, int] = {}
    first: dict[tuple[Span | None, tuple[Span, ...], tuple[Span, ...]], int] = {}
    kept: list[Draft] = []
    for index, draft in enumerate(drafts):
        one = draft.candidate
        if one.source is not None and one.source.width <= 0:
            one = replace(one, source=None)
        content = tuple(sorted(piece for piece in one.content if piece.width > 0))
        key = (one.source, one.cue, content)
        if (not content and not one.bare) or key in first:
            continue
        first[key] = place[index] = len(kept)
        kept.append(replace(draft, candidate=replace(one, content=content)))
    return [
        replace(
            draft,
            over=place.get(draft.over) if draft.over is not None else None,
            same=place.get(draft.same) if draft.same is not None else None,
        )
        for draft in kept
    ]


def _cut(drafts: list[Draft], inserted: Inserted, quotations: tuple[Quotation, ...]) -> list[Draft]:
    """Takes editors' insertions out of contents that are another's very words."""
    out = []
    for draft in drafts:
        one = draft.candidate
        if one.source is not None:
            whole = inserted.cut((one.source,))
            if whole and whole[0] != one.source:
                one = replace(one, source=whole[0])
                draft = replace(draft, candidate=one)
        if foreign(one.content, quotations, one.block):
            content = inserted.cut(one.content)
            if content and content != one.content:
                draft = replace(draft, candidate=replace(one, content=content))
        out.append(draft)
    return out
