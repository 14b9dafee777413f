"""Links between who speaks and who hands it on: "told the agency", "citing a source", "quoted by the paper"."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Resolved, Span
from .candidate import Candidate
from .phrases import Tree
from .tone import Tone

_HEARING = frozenset({"to", "with", "by"})


class Relay(msgspec.Struct, frozen=True):
    """Another source for a candidate's content: further in ("citing X") or further out ("quoted by X")."""

    source: Span
    cue: Span
    outer: bool


class Relays:
    """Reads the links of one document off the syntax around the cues."""

    def __init__(self, tree: Tree, resolved: Resolved, cues: CueKnowledge, tone: Tone) -> None:
        self._tree = tree
        self._cues = cues
        self._tone = tone
        self._mentions = resolved.mentions
        self._starts = [mention.span.start for mention in resolved.mentions]
        self._heads: dict[int, Mention] = {m.head: m for m in resolved.mentions if not m.modifier}

    def hearers(self, candidate: Candidate) -> list[Mention]:
        """Outlets that the statement was made to: "told Y", "said to Y", "in an interview with Y"."""
        verb = self._tone.head(candidate)
        if verb is None:
            return []
        tree = self._tree
        found = []
        for child in tree.children[verb]:
            token = tree.tokens[child]
            if token.dep in ("dobj", "dative", "iobj"):
                mention = self._media(child)
                if mention is None and token.dep == "dative":
                    below = tree.one(child, "pobj")
                    mention = self._media(below) if below is not None else None
                if mention is not None:
                    found.append(mention)
            elif token.dep == "prep":
                found.extend(self._hearing(child, 0))
        return found

    def _hearing(self, preposition: int, depth: int) -> list[Mention]:
        """Outlets under "to Y", "with Y", "in an interview with Y"."""
        tree = self._tree
        below = tree.one(preposition, "pobj")
        if below is None:
            return []
        word = tree.tokens[preposition].text.lower()
        mention = self._media(below)
        if mention is not None:
            return [mention] if word in _HEARING else []
        if depth == 0 and word in ("in", "during", "on", "via", "through"):
            noun = tree.tokens[below].lemma
            if noun in self._cues.utterances | self._cues.embeds | self._cues.outlets:
                return [one for child in tree.under(below, "prep") for one in self._hearing(child, 1)]
        return []

    def _media(self, index: int) -> Mention | None:
        """The outlet named by the token or by a modifier of it ("the Kommersant newspaper")."""
        mention = self._heads.get(index)
        if mention is not None and mention.kind == "media":
            return mention
        if self._tree.tokens[index].lemma in self._cues.outlets:
            low = bisect_left(self._starts, self._tree.tokens[self._tree.first[index]].start)
            end = self._tree.tokens[index].end
            for other in self._mentions[low : low + 4]:
                if other.span.end <= end and other.kind == "media":
                    return other
        return None

    def of(self, candidates: list[Candidate]) -> tuple[dict[int, list[Relay]], set[int]]:
        """Relays by index of the candidate whose content they share, and the candidates that they replace."""
        tree = self._tree
        by_head: dict[int, int] = {}
        by_sentence: dict[int, list[int]] = {}
        for index, candidate in enumerate(candidates):
            head = self._tone.head(candidate)
            if head is not None and candidate.content:
                by_head.setdefault(head, index)
                by_sentence.setdefault(tree.sentence[head], []).append(index)
        found: dict[int, list[Relay]] = {}
        replaced: set[int] = set()
        for head, index in by_head.items():
            informant = self._informant(head, candidates[index])
            if informant is not None:
                found.setdefault(index, []).append(informant)
        for token_index, token in enumerate(tree.tokens):
            if token.lemma not in self._cues.relays or token.tag not in ("VBG", "VBN"):
                continue
            own = by_head.get(token_index)
            owner: int | None
            if token.tag == "VBG":
                relay = self._citing(token_index)
                owner = self._governor(token_index, by_head, by_sentence, own, candidates) if relay else None
            else:
                relay = self._quoted_by(token_index)
                owner = self._quoted(token_index, by_head, candidates) if relay else None
            if relay is None or owner is None or owner == own:
                continue
            if any(relay.source.overlaps(piece) and piece.covers(relay.cue) for piece in candidates[owner].content):
                continue
            found.setdefault(owner, []).append(relay)
            if own is not None:
                replaced.add(own)
        return found, replaced

    def _informant(self, verb: int, candidate: Candidate) -> Relay | None:
        """ "X knows from Y that P"."""
        group = self._cues.verb.get(self._tree.tokens[verb].lemma)
        if group is None or group.name != "know":
            return None
        for child in self._tree.under(verb, "prep"):
            below = self._tree.one(child, "pobj")
            if self._tree.tokens[child].text.lower() == "from" and below is not None:
                source = self._tree.noun_phrase(below, full=False)
                if not any(source.overlaps(piece) for piece in candidate.content):
                    return Relay(source, self._tree.tokens[child].span, outer=False)
        return None

    def _citing(self, verb: int) -> Relay | None:
        """ "citing X", where X is somebody or somebody's words, not a fact."""
        target = self._tree.one(verb, "dobj")
        if target is None or target < verb:
            return None
        token = self._tree.tokens[target]
        if target not in self._heads and token.lemma not in self._cues.speaking and token.entity not in ("PERSON", "ORG"):
            return None
        return Relay(self._tree.noun_phrase(target), self._tree.tokens[verb].span, outer=False)

    def _governor(
        self, verb: int, by_head: dict[int, int], by_sentence: dict[int, list[int]], own: int | None, all_: list[Candidate]
    ) -> int | None:
        """The candidate that a "citing X" belongs to."""
        tree = self._tree
        at = verb
        for _ in range(4):
            above = tree.tokens[at].head
            if above == at:
                break
            if above in by_head and by_head[above] != own:
                return by_head[above]
            at = above
        near = [index for index in by_sentence.get(tree.sentence[verb], []) if index != own and all_[index].source]
        return min(near, key=lambda index: abs(all_[index].anchor - tree.tokens[verb].start)) if near else None

    def _quoted_by(self, verb: int) -> Relay | None:
        """ "quoted by Y" behind a source, or "was quoted by Y as saying"."""
        agent = self._tree.one(verb, "agent")
        below = self._tree.one(agent, "pobj") if agent is not None else None
        if below is None or agent is None:
            return None
        cue = Span(self._tree.tokens[verb].start, self._tree.tokens[agent].end)
        if cue.width > 60:
            cue = self._tree.tokens[verb].span
        source = self._tree.noun_phrase(below, full=False)
        name = self._tree.one(verb, "oprd")  # "by the news agency Tass", the name hung from the verb
        if name is not None and name > below and self._tree.first[name] - self._tree.last[below] == 1:
            source = Span(source.start, self._tree.noun_phrase(name, full=False).end)
        return Relay(source, cue, outer=True)

    def _quoted(self, verb: int, by_head: dict[int, int], candidates: list[Candidate]) -> int | None:
        """The candidate whose source is quoted: the noun before the participle, or "as saying" after it."""
        tree = self._tree
        token = tree.tokens[verb]
        if token.dep == "advcl" and verb < token.head and token.head in by_head:
            return by_head[token.head]
        if token.dep in ("acl", "relcl"):
            place = tree.tokens[token.head].span
            for head, index in by_head.items() if len(by_head) < 64 else ():
                source = candidates[index].source
                if source is not None and source.covers(place) and tree.sentence[head] == tree.sentence[verb]:
                    return index
        for child in tree.under(verb, "prep"):
            below = tree.one(child, "pcomp")
            if below is not None and below in by_head:
                return by_head[below]
        return None
