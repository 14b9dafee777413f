"""Candidates by syntax, cue lists and punctuation: every layer, whatever is listed."""

from __future__ import annotations

from ..knowledge.cues import CueKnowledge, VerbGroup
from ..records import Span, Syntax
from .candidate import Candidate
from .frames import Frame, Frames
from .minor_cues import MinorCues
from .phrases import Tree
from .quotations import Quotation
from .subjects import group_of, negated, nobody, speaks, unreal

_CLOSING = frozenset({"”", '"', "''", "’", "'", "»"})
_PARTING = frozenset({"as", "of", "for", "on", "at", "with", "to"})
_SUBJECTLESS = frozenset({"there", "what", "this"})


class SyntaxTagger:
    """Goes through the verbs, nouns, adverbs and fixed phrases that the knowledge lists."""

    def __init__(self, cues: CueKnowledge) -> None:
        self._cues = cues

    def tag(self, tree: Tree, quoted: set[int]) -> list[Candidate]:
        """Candidates in text order of their cues, over all layers. Linear in tokens, but for a verb's own dependents.

        `quoted` are the tokens inside quotations, as `quoted_tokens` gives them.
        """
        frames = Frames(tree, self._cues)
        minor = MinorCues(tree, self._cues)
        found: list[Candidate] = []
        for index, token in enumerate(tree.tokens):
            group = group_of(tree, self._cues, index)
            if group is not None and (token.pos == "VERB" or (token.pos in ("NOUN", "PROPN") and _verbal(tree, index))):
                candidate = self._verb(tree, frames, index, group, index in quoted)
                if candidate is not None:
                    found.append(candidate)
            else:
                found.extend(minor.at(index, index in quoted))
        found.extend(minor.headlines())
        found = minor.echoes(sorted(found, key=lambda one: one.anchor))
        return sorted(found, key=lambda one: (one.anchor, one.content))

    def _verb(self, tree: Tree, frames: Frames, verb: int, group: VerbGroup, quoted: bool) -> Candidate | None:
        token = tree.tokens[verb]
        if unreal(tree, self._cues, verb) or (token.dep == "pcomp" and tree.tokens[token.head].text.lower() == "without"):
            return None
        trailing = self._trailing(tree, verb) if "quote" in group.frames else None
        if trailing is not None:
            return trailing
        frame = frames.of(verb, group)
        if frame is None:
            return None
        if frame.content == () and (group.needs_clause or (token.tag == "VBN" and not tree.under(verb, "aux", "auxpass"))):
            return None
        source, certain = self._source(tree, verb, frame)
        inverted = self._inverted(tree, verb) if "quote" in group.frames and not frame.passive else None
        if inverted is not None and (source is None or tree.one(verb, "nsubj") is None):
            source, frame, certain = inverted, Frame(()), True
        if frame.content == () and source is None:
            return None
        if source is not None and nobody(tree, source):
            return None
        if group.name in ("say", "stress", "publish", "tell") and negated(tree, verb) and _asked(tree, verb):
            return None
        if source is not None and self._first_person(tree, source, token.lemma, quoted):
            return None
        if source is None and not frame.passive and frame.content and token.tag in ("VBD", "VBZ", "VBP"):
            source = _leading(tree, verb)
        if source is None and not frame.passive and (token.tag in ("VB", "VBG", "VBN") or not frame.content):
            return None
        if group.needs_speaker and source is not None and not speaks(tree, self._cues, source):
            return None
        span = tree.noun_phrase(source) if source is not None else None
        if span is not None and any(span.overlaps(piece) for piece in frame.content):
            span = tree.noun_phrase(source, full=False) if source is not None else None
            if span is not None and any(span.overlaps(piece) for piece in frame.content):
                if any(piece.covers(span) for piece in frame.content):
                    return None
                span = tree.tokens[source].span if source is not None else None
        cue = tree.spans(sorted({*tree.verb_group(verb), *frame.extra}))
        content = frame.content
        if group.needs_quote and content:
            content = ()
        target = tree.one(verb, "dobj")
        bare = not content and group.stance.startswith("denies") and target is not None
        quotable = "quote" in group.frames and not frame.passive and not bare
        parted = bool(content) and not _PARTING.isdisjoint(group.frames)
        sure = 0.8 if certain else 0.6
        return Candidate(span, cue, content, confidence=sure, quotable=quotable, bare=bare, parted=parted)

    def _source(self, tree: Tree, verb: int, frame: Frame) -> tuple[int | None, bool]:
        """Head token of who speaks, and whether it is the verb's own subject."""
        if frame.passive:
            agent = frame.agent if frame.agent is not None else tree.one(verb, "agent")
            return (tree.one(agent, "pobj") if agent is not None else None), True
        own = tree.one(verb, "nsubj")
        subject = own if own is not None else tree.subject(verb)
        if subject is None or tree.tokens[subject].text.lower() in _SUBJECTLESS:
            return None, True
        return subject, own is not None

    def _trailing(self, tree: Tree, verb: int) -> Candidate | None:
        """ "P, the monitor said on Sunday." where the parser took the monitor for something else than the subject."""
        sentence = tree.syntax.sentences[tree.sentence[verb]]
        subject = tree.one(verb, "nsubj")
        if tree.tokens[verb].tag not in ("VBD", "VBZ", "VBP") or tree.one(verb, "dobj", "agent") is not None:
            return None
        comma = next((at for at in range(verb - 1, max(sentence.first, verb - 15), -1) if tree.tokens[at].pos == "PUNCT"), None)
        if comma is None or tree.tokens[comma].text != "," or comma - sentence.first < 3 or verb - comma < 2:
            return None
        if subject is not None and subject > comma:
            return None
        between = tree.tokens[comma + 1 : verb]
        if between[-1].pos not in ("NOUN", "PROPN", "PRON") or any(
            one.pos in ("VERB", "AUX", "SCONJ", "CCONJ") for one in between[:1]
        ):
            return None
        if any(one.pos in ("VERB", "AUX") or one.tag in ("WDT", "WP") for one in between):
            return None
        behind = tree.tokens[verb + 1] if verb + 1 < sentence.last else None
        if behind is not None and not (behind.pos == "PUNCT" or behind.pos == "ADP" or behind.entity in ("DATE", "TIME")):
            return None
        head = tree.tokens[verb].head
        if head != verb and tree.tokens[verb].dep not in ("ccomp", "parataxis", "conj", "relcl", "dep"):
            return None
        content = tree.clean(Span(sentence.span.start, tree.tokens[comma].start))
        source = tree.clean(Span(between[0].start, between[-1].end))
        return Candidate(source, (tree.tokens[verb].span,), (content,), confidence=0.6, quotable=True)

    def _inverted(self, tree: Tree, verb: int) -> int | None:
        """Head of the noun phrase behind the verb in "...," said Y, where the parser took Y for something else."""
        if verb == 0 or verb + 1 >= len(tree.tokens) or tree.tokens[verb - 1].text not in _CLOSING:
            return None
        at = verb + 1
        if tree.tokens[at].pos not in ("PROPN", "NOUN", "DET", "ADJ", "PRON", "NUM") or tree.sentence[at] != tree.sentence[verb]:
            return None
        for _ in range(12):
            token = tree.tokens[at]
            if token.dep not in ("compound", "det", "amod", "poss", "nmod", "nummod") or not verb < token.head <= verb + 15:
                break
            at = token.head
        return at if tree.tokens[at].pos in ("PROPN", "NOUN", "PRON", "NUM") else None

    def _first_person(self, tree: Tree, source: int, lemma: str, quoted: bool) -> bool:
        """True for "I think" that is no attribution: inside a quotation, or with a verb that reports nothing."""
        word = tree.tokens[source].text.lower()
        if word in self._cues.pronouns.first:
            return quoted or word not in self._cues.first_person or lemma not in self._cues.author_first_person
        return word in ("you", "one")


def _leading(tree: Tree, verb: int) -> int | None:
    """Head of the noun phrase that begins the sentence ("The envoy, speaking by telephone, denied") or follows "According to
    Y,", where the parser lost the subject of a main verb."""
    sentence = tree.syntax.sentences[tree.sentence[verb]]
    if tree.tokens[verb].head != verb and tree.tokens[verb].dep not in ("conj", "ccomp"):
        return None
    at = sentence.first
    for index in range(sentence.first, min(verb, sentence.first + 14)):
        if tree.tokens[index].text in ("-", "–", "—") and tree.text[tree.tokens[index].start - 1].isspace():
            at = index + 1  # behind a dateline
    if tree.tokens[at].text.lower() == "according":
        comma = next((index for index in range(at, verb) if tree.tokens[index].text == ","), None)
        at = comma + 1 if comma is not None else at
    head = None
    while at < verb and tree.tokens[at].pos in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON"):
        head = at if tree.tokens[at].pos in ("NOUN", "PROPN", "PRON") and tree.tokens[at].tag != "PRP$" else head
        at += 1
    if head is None or at >= verb + 1 or (at < verb and tree.tokens[at].text not in (",", "of", "in", "for", "at", "from")):
        return None
    return head


def _asked(tree: Tree, verb: int) -> bool:
    """True for "did not say who fired": a question of the writer's, which nobody was asked."""
    clause = next((c for c in tree.under(verb, "ccomp", "dobj") if c > verb), None)
    if clause is None:
        return False
    first = max(tree.first[clause], verb + 1)
    return tree.tokens[first].tag in ("WP", "WRB", "WDT") or tree.tokens[first].text.lower() in ("whether", "if")


def _verbal(tree: Tree, index: int) -> bool:
    """True for a reporting verb that the parser took for a noun: with a clause or a subject of its own."""
    return tree.one(index, "ccomp") is not None and tree.one(index, "nsubj") is not None


def quoted_tokens(syntax: Syntax, quotations: tuple[Quotation, ...]) -> set[int]:
    """Indices of the tokens inside quotations."""
    inside: set[int] = set()
    for quotation in quotations:
        for piece in quotation.pieces:
            inside.update(syntax.within(Span(piece.start, piece.end)))
    return inside
