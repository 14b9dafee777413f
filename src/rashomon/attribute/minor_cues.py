"""Cues that are no verbs: "according to", nouns with a clause, adverbs, adjectives of belief, headlines with a colon."""

from __future__ import annotations

import re

from ..knowledge.cues import CueKnowledge
from ..records import Span
from .candidate import Candidate
from .phrases import Tree
from .subjects import speaks, unreal

_HEADLINE = re.compile(r"^(?P<who>[^:“”\"‘’.!?]{2,60}):\s+(?P<what>\S.{9,})$", re.DOTALL)
_BE = frozenset({"be", "feel", "seem", "remain"})
_CLAUSE_NOUN = ("acl", "ccomp", "relcl")


class MinorCues:
    """Finds them one token at a time."""

    def __init__(self, tree: Tree, cues: CueKnowledge) -> None:
        self._tree = tree
        self._cues = cues
        self._phrases = [tuple(phrase.words.split()) for phrase in cues.phrases]

    def at(self, index: int, quoted: bool) -> list[Candidate]:
        """Candidates whose cue begins at this token."""
        tree = self._tree
        token = tree.tokens[index]
        lower = token.text.lower()
        for words in self._phrases:
            if lower == words[0]:
                found = self._phrase(index, words)
                if found:
                    return [found]
        out: Candidate | None = None
        if token.pos == "NOUN" and token.lemma in self._cues.noun:
            out = self._noun(index)
        elif token.pos == "ADV" and lower in self._cues.adverb:
            out = self._adverb(index)
        elif token.pos == "ADJ" and token.lemma in self._cues.adjectives and not quoted:
            out = self._adjective(index)
        return [out] if out else []

    def _phrase(self, index: int, words: tuple[str, ...]) -> Candidate | None:
        """ "according to X, P" and "P, according to X"."""
        tree = self._tree
        end = index + len(words)
        if end >= len(tree.tokens) or tree.sentence[end] != tree.sentence[index]:
            return None
        if any(tree.tokens[index + at].text.lower() != word for at, word in enumerate(words)):
            return None
        below = tree.one(end - 1, "pobj")
        if below is None:
            return None
        source = tree.noun_phrase(below)
        subject = next((c for c in tree.under(below, "appos") if tree.tokens[c].pos == "NOUN" and tree.under(c, "det")), None)
        sentence = tree.syntax.sentences[tree.sentence[index]]
        own_first, own_last = index, tree.last[below]
        holder = tree.clause_of(tree.tokens[index].head if tree.tokens[index].head != index else index)
        first, last = tree.first[holder], tree.last[holder]
        if not (first <= own_first and own_last <= last):
            first, last = sentence.first, sentence.last - 1
        if subject is not None and index == sentence.first and self._unsubjected(sentence.first, sentence.last):
            own_last = tree.first[subject] - 1  # "According to Y, a medic said": the medic is the sentence's subject
            source = tree.noun_phrase(below, full=False)
        while first < own_first and tree.tokens[first].lemma in ("that", "while", "but", "and", "although", "though"):
            first += 1
        pieces = []
        if own_first > first:
            pieces.append(tree.clean(tree.syntax.span(first, own_first - 1)))
        if own_last < last:
            pieces.append(tree.clean(tree.syntax.span(own_last + 1, last)))
        pieces = [piece for piece in pieces if piece.width > 2]
        if not pieces:
            return None
        cue = (tree.syntax.span(index, end - 1),)
        return Candidate(source, cue, tuple(pieces))

    def _unsubjected(self, first: int, last: int) -> bool:
        """True when the sentence's main verb has no subject."""
        tree = self._tree
        roots = [at for at in range(first, last) if tree.tokens[at].head == at and tree.tokens[at].pos in ("VERB", "AUX")]
        return any(tree.one(root, "nsubj", "nsubjpass", "expl") is None for root in roots)

    def _noun(self, index: int) -> Candidate | None:
        """ "allegations that P", "X's belief that P", "the claim by X that P"."""
        tree = self._tree
        clause = next((c for c in tree.under(index, *_CLAUSE_NOUN) if c > index and self._complement(c)), None)
        if clause is None:
            return None
        owner = tree.one(index, "poss")
        if owner is None:
            for child in tree.under(index, "prep", "agent"):
                if tree.tokens[child].text.lower() in ("by", "from", "among") and child < clause:
                    owner = tree.one(child, "pobj")
        if owner is None:
            for child in tree.under(index, "acl"):  # "the theory floated by X that P"
                agent = tree.one(child, "agent")
                if agent is not None and child < clause:
                    owner = tree.one(agent, "pobj")
        source = self._bare(owner) if owner is not None else None
        if owner is None:
            source = self._holder(index)
        first = max(tree.first[clause], index + 1)
        while first < tree.last[clause] and tree.tokens[first].text.lower() in ("that", ","):
            first += 1
        content = tree.clean(tree.syntax.span(first, tree.last[clause]))
        if content.width == 0:
            return None
        return Candidate(source, (tree.tokens[index].span,), (content,), confidence=0.7)

    def _complement(self, clause: int) -> bool:
        """True for "that P" with nothing missing, which a relative clause would have."""
        tree = self._tree
        mark = tree.first[clause]
        if tree.tokens[mark].text.lower() != "that":
            return False
        return tree.tokens[mark].dep == "mark" or tree.tokens[mark].dep not in ("nsubj", "dobj", "nsubjpass", "pobj")

    def _holder(self, index: int) -> Span | None:
        """ "X expressed fear that P", "X has doubts that P": the subject of a light verb above the noun."""
        tree = self._tree
        verb = tree.tokens[index].head
        if tree.tokens[index].dep != "dobj" or tree.tokens[verb].lemma not in (
            "have",
            "make",
            "express",
            "voice",
            "issue",
            "hold",
            "give",
        ):
            return None
        subject = tree.subject(verb)
        return tree.noun_phrase(subject) if subject is not None else None

    def _bare(self, owner: int) -> Span:
        """The possessor without its ending."""
        span = self._tree.noun_phrase(owner)
        case = self._tree.one(owner, "case")
        if case is not None and self._tree.tokens[case].end == span.end:
            return self._tree.clean(Span(span.start, self._tree.tokens[case].start))
        return span

    def _adverb(self, index: int) -> Candidate | None:
        """ "reportedly": the clause it stands in."""
        tree = self._tree
        head = tree.tokens[index].head
        if head == index:
            return None
        if tree.tokens[head].pos not in ("VERB", "AUX"):
            span = tree.clean(tree.extent(head)) if tree.tokens[head].pos in ("ADJ", "NOUN") else None
            pieces = [span] if span else []
        else:
            first, last = tree.first[head], tree.last[head]
            pieces = [tree.clean(tree.syntax.span(first, index - 1))] if first < index else []
            if index < last:
                pieces.append(tree.clean(tree.syntax.span(index + 1, last)))
        pieces = [piece for piece in pieces if piece.width > 1]
        return Candidate(None, (tree.tokens[index].span,), tuple(pieces), confidence=0.6) if pieces else None

    def _adjective(self, index: int) -> Candidate | None:
        """ "X is confident that P"."""
        tree = self._tree
        verb = tree.tokens[index].head
        clause = tree.one(index, "ccomp", "xcomp")
        if tree.tokens[verb].lemma not in _BE or clause is None or clause < index:
            return None
        subject = tree.subject(verb)
        if subject is None or not speaks(tree, self._cues, subject):
            return None
        if tree.tokens[subject].text.lower() in self._cues.pronouns.first | {"you"} or unreal(tree, self._cues, verb):
            return None
        first = max(tree.first[clause], index + 1)
        while first < tree.last[clause] and tree.tokens[first].text.lower() in ("that", ","):
            first += 1
        content = tree.clean(tree.syntax.span(first, tree.last[clause]))
        cue = tree.spans(sorted({*tree.verb_group(verb), index}))
        return Candidate(tree.noun_phrase(subject), cue, (content,), confidence=0.6)

    def echoes(self, found: list[Candidate]) -> list[Candidate]:
        """ "X claims P, an allegation that Y and Z dismissed": P is Y's and Z's content too, and ends before the noun."""
        tree = self._tree
        out = list(found)
        for index, token in enumerate(tree.tokens):
            if token.pos != "NOUN" or token.lemma not in self._cues.noun or tree.first[index] == 0:
                continue
            before = tree.tokens[tree.first[index] - 1]
            verb = tree.one(index, "relcl", "acl", "ccomp")
            if before.text != "," or verb is None or tree.tokens[verb].lemma not in self._cues.verb:
                continue
            subject = tree.one(verb, "nsubj")
            if subject is None or tree.last[verb] - verb > 3 or not tree.finite(verb):
                continue
            self._echo(out, index, subject, verb)
        return [one for one in out if one.cue or one.content]

    def _echo(self, out: list[Candidate], noun: int, subject: int, verb: int) -> None:
        """Gives the content before the noun to the subject too, and takes the noun out of it."""
        tree = self._tree
        place, stop = tree.tokens[noun].span, tree.tokens[tree.first[noun] - 1].start
        start = tree.syntax.sentences[tree.sentence[noun]].span.start
        for at in range(len(out) - 1, -1, -1):
            one = out[at]
            if one.anchor < start:
                break
            if place in one.cue:
                out[at] = Candidate(None, (), ())
            elif one.anchor < place.start and one.content:
                content = tuple(
                    tree.clean(Span(piece.start, min(piece.end, stop))) for piece in one.content if piece.start < stop
                )
                out[at] = Candidate(one.source, one.cue, content, one.confidence, one.block, one.quotable)
                cue = tree.spans(tree.verb_group(verb))
                out.append(Candidate(tree.noun_phrase(subject), cue, content, confidence=0.6))
                break

    def headlines(self) -> list[Candidate]:
        """ "Report: P", "Minister: P", and "P: report" in headlines."""
        tree = self._tree
        out = []
        for sentence in tree.syntax.sentences:
            if not sentence.headline:
                continue
            line = sentence.span.of(tree.text)
            match = _HEADLINE.match(line)
            if match is None or len(match["who"].split()) > 6:
                continue
            who = match["who"].strip()
            last = who.split()[-1].lower()
            known = last.rstrip("s") in self._cues.anonymous.nouns or last in self._cues.utterances or last in self._cues.outlets
            index = tree.syntax.token_at(sentence.span.start)
            named = (
                index is not None and tree.tokens[index].entity in ("PERSON", "ORG", "GPE") and tree.tokens[index].pos == "PROPN"
            )
            quoted = match["what"][0] in "“‘\"'"
            if not (known or named or quoted):
                continue
            start = sentence.span.start
            source = Span(start + match.start("who"), start + match.start("who") + len(who))
            content = tree.clean(Span(start + match.start("what"), start + match.end("what")))
            colon = start + match.end("who")
            cue = Span(source.start if known else colon, colon + 1)
            out.append(Candidate(source, (cue,), (content,), confidence=0.6))
        return out
