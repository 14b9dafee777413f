"""From drafts to claims: speakers named, chains built, ids given."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

import msgspec

from ..knowledge.cues import CueKnowledge
from ..records import Claim, Metadata, Resolved, Span
from ..records.vocabulary import Stance
from .antecedents import Speaker
from .candidate import Candidate, Draft
from .chains import linked, parents
from .phrases import Tree
from .relays import Relays
from .speakers import Speakers
from .tone import Tone, stronger

UNKNOWN_PUBLISHER = "unknown publisher"
AUTHOR = "A0"
# How far on, in characters, the outlet through which somebody spoke still holds for his next statement.
HELD = 1500
# Stances by which the source states nothing of what is said in the object.
_NOT_SAYING = frozenset({"did-not-respond", "could-not-verify", "declines"})
_THIRD = frozenset({"he", "she", "it", "they"})
# Kinds that speak through many outlets at once, so that the last one says nothing of the next statement.
_MANY_VOICED = frozenset({"state", "government", "igo", "place", "armed-force", "media"})


class Claims:
    """Makes the claims of one document."""

    def __init__(
        self,
        tree: Tree,
        metadata: Metadata,
        resolved: Resolved,
        cues: CueKnowledge,
        tone: Tone,
        relays: Relays,
        speakers: Speakers,
    ) -> None:
        self._tree = tree
        self._publisher = metadata.publisher or UNKNOWN_PUBLISHER
        self._mentions = resolved.mentions
        self._starts = [mention.span.start for mention in resolved.mentions]
        self._cues = cues
        self._tone = tone
        self._relays = relays
        self._speakers = speakers
        self._held: dict[str, tuple[int, tuple[str, ...]]] = {}

    def of(self, drafts: list[Draft], body: tuple[Span, ...]) -> tuple[Claim, ...]:
        """The author's voice over `body`, then one claim for each draft and speaker, in text order."""
        order = sorted(range(len(drafts)), key=lambda index: (drafts[index].candidate.anchor, index))
        up = self._parents(drafts)
        drafts, taken_back = list(drafts), dict[int, int]()
        for index in order:
            above = up[index]
            if above is None or drafts[index].same is not None:
                continue
            if self._unsaid(drafts[index].candidate, drafts[above].candidate):
                one = drafts[index].candidate
                drafts[index] = msgspec.structs.replace(
                    drafts[index], candidate=msgspec.structs.replace(one, own=drafts[above].candidate.own)
                )
                taken_back[index] = above
                up[index] = up[above]
            elif self._aside(drafts[index].candidate, drafts[above].candidate):
                up[index] = up[above]
        dropped = {index for index in order if up[index] is not None and self._first_person(drafts[index])}
        skipped = dropped | {index for index in order if self._turned_down(drafts[index])}
        up = [_above(up, dropped if self._charge(drafts[index]) else skipped, index) for index in range(len(up))]
        order = [index for index in order if index not in dropped]
        voices = self._voices(drafts, order, up)
        voices |= {index: voices[above][:1] for index, above in taken_back.items() if index in voices and above in voices}
        chains = self._chains(drafts, up, voices, order)
        ids: dict[int, str] = {}
        count = 0
        for index in order:
            ids[index] = f"A{count + 1}"
            count += len(voices[index])
        out = [Claim(AUTHOR, None, None, (), body, "indirect", (self._publisher,))]
        for index in order:
            candidate = drafts[index].candidate
            kind = self._tone.kind(candidate.content, candidate.block, candidate.cue)
            hedge = self._tone.hedge(candidate)
            same = drafts[index].same
            stance = self._stance(drafts, voices, index)
            if same is not None:
                hedge = stronger(hedge, self._tone.hedge(drafts[same].candidate))
            above = up[index]
            for number, (voice, chain) in enumerate(zip(voices[index], chains[index], strict=True)):
                out.append(
                    Claim(
                        id=f"A{int(ids[index][1:]) + number}",
                        source=voice.span if candidate.source is not None else None,
                        speaker=voice.name,
                        cue=candidate.cue,
                        content=candidate.content,
                        kind=kind,
                        chain=chain,
                        parent=ids[above] if above is not None else None,
                        hedge=hedge,
                        stance=stance,
                        anonymous=voice.anonymous,
                        confidence=candidate.confidence,
                    )
                )
        return tuple(out)

    def _stance(self, drafts: list[Draft], voices: dict[int, list[Speaker]], index: int) -> Stance:
        """Read off the draft; one that hands on another's very words shares his stance."""
        at = index
        for _ in range(4):
            same = drafts[at].same
            if same is None or same not in voices:
                break
            at = same
        return self._tone.stance(drafts[at].candidate, voices[at][0].kind)

    def _publishes(self, voice: Speaker) -> bool:
        """True where the publisher speaks of itself by name."""
        words = voice.span.of(self._tree.text).casefold() if voice.span is not None else ""
        return self._is_publisher(voice.name) or words.removeprefix("the ") == self._publisher.casefold().removeprefix("the ")

    def _is_publisher(self, name: str) -> bool:
        """True for the publisher's name, with or without its article, and for its initials."""
        own = self._publisher.casefold().removeprefix("the ")
        short = name.casefold().removeprefix("the ")
        words = own.split()
        body = short in self._cues.bodies | self._cues.things | {"news"}
        if len(words) > 1 and not body and short in (words[0], words[-1], " ".join(words[-2:])):
            return True  # "told the Star", where the Eastern Star publishes
        initials = "".join(word[0] for word in self._publisher.split() if word[0].isupper())
        return name.casefold().removeprefix("the ") == own or (len(initials) > 1 and name == initials)

    def _parents(self, drafts: list[Draft]) -> list[int | None]:
        own = [index for index, draft in enumerate(drafts) if draft.same is None]
        contents = [drafts[index].candidate.content for index in own]
        found = parents(contents, [drafts[index].candidate.cue for index in own])
        up: list[int | None] = [None] * len(drafts)
        for place, above in enumerate(found):
            up[own[place]] = own[above] if above is not None else None
        for index, draft in enumerate(drafts):
            if draft.over is not None:
                up[index] = draft.over
        innermost: dict[int, int] = {}
        for index, draft in enumerate(drafts):
            if draft.same is None:
                continue
            if draft.inner:
                up[index] = innermost.get(draft.same, draft.same)
                innermost[draft.same] = index
            else:
                up[index], up[draft.same] = up[draft.same], index
        return up

    def _unsaid(self, inner: Candidate, outer: Candidate) -> bool:
        """True for "withdrew its report that P": what is taken back is one's own earlier claim, not one inside the other."""
        head = self._tone.head(inner)
        if head is None or outer.stance != "retracts":
            return False
        token = self._tree.tokens[head]
        if token.pos == "NOUN" and inner.source is None:
            return token.lemma in self._cues.stance.retractable
        noun = self._tree.tokens[token.head]
        return token.tag == "VBG" and token.dep == "acl" and noun.lemma in self._cues.stance.retractable

    def _aside(self, inner: Candidate, outer: Candidate) -> bool:
        """True for "condemned the raid in which, according to Y, P", "claimed an attack that it said P": the writer's own clause
        on a thing that the outer source only names."""
        tree = self._tree
        head, verb = self._tone.head(inner), self._tone.head(outer)
        named = tree.one(verb, "dobj", "pobj") if verb is not None else None
        if head is None or named is None or inner.block or outer.block or self._tone.marked(inner.cue[0]):
            return False
        at, inside = head, False
        for _ in range(8):
            inside = inside or tree.tokens[at].dep == "relcl"
            above = tree.tokens[at].head
            if above == named:
                return inside
            if above == at:
                return False
            at = above
        return False

    def _charge(self, draft: Draft) -> bool:
        """True for the charge of a named source in "rejected allegations by Y that P", whose chain runs through who denies it."""
        if draft.candidate.source is None:
            return False
        head = self._tone.head(draft.candidate)
        token = self._tree.tokens[head] if head is not None else None
        words = self._cues.stance
        return token is not None and token.pos == "NOUN" and token.lemma in words.charges | words.reports

    def _turned_down(self, draft: Draft) -> bool:
        """True for "rejected Y's demand": what Y demands is not the claim of who rejects it."""
        head = self._tone.head(draft.candidate)
        group = self._cues.verb.get(self._tree.tokens[head].lemma) if head is not None else None
        if group is not None and group.turns_down:
            return True
        return self._tone.stance(draft.candidate) in _NOT_SAYING

    def _first_person(self, draft: Draft) -> bool:
        source = draft.candidate.source
        return source is not None and source.of(self._tree.text).lower() in self._cues.pronouns.first

    def _voices(self, drafts: list[Draft], order: list[int], up: list[int | None]) -> dict[int, list[Speaker]]:
        """Speakers by draft, named in text order. A headline's "Report:" is the outlet that the text quotes most."""
        voices: dict[int, list[Speaker]] = {}
        before: dict[int, int] = {}
        for index in order:
            draft = drafts[index]
            before[index] = self._speakers.count
            if draft.candidate.name is not None:
                voices[index] = [self._speakers.called(draft.candidate.name, draft.candidate.source)]
            elif draft.candidate.own:
                voices[index] = [Speaker(self._publisher, draft.candidate.source, kind="media")]
            elif draft.over is not None and draft.candidate.source is None and draft.over in voices:
                voices[index] = [voices[draft.over][0]]
            else:
                voices[index] = [
                    msgspec.structs.replace(voice, name=self._publisher) if self._publishes(voice) else voice
                    for voice in self._speakers.of(draft.candidate)
                    for _ in self._relays.routes(draft.candidate) or ("straight",)
                ]
        self._others(drafts, order, up, voices, before)
        for index, found in voices.items():
            voices[index] = [self._speakers.known(voice) for voice in found]
        outlets = Counter(
            voice.name
            for index, found in voices.items()
            for voice in found
            if voice.kind == "media" and not drafts[index].candidate.own
        )
        if outlets:
            most = min(outlets, key=lambda name: (-outlets[name], name))
            for index, found in voices.items():
                source, cue = drafts[index].candidate.source, drafts[index].candidate.cue
                if source is not None and cue and cue[0].covers(source) and found[0].entity is None:
                    word = source.of(self._tree.text).lower()
                    if word in self._cues.utterances or word in self._cues.outlets:
                        voices[index] = [Speaker(most, source, kind="media")]
        return voices

    def _others(
        self,
        drafts: list[Draft],
        order: list[int],
        up: list[int | None],
        voices: dict[int, list[Speaker]],
        before: dict[int, int],
    ) -> None:
        """ "He told me to wait," she said: in somebody's very words the third person is another."""
        for index in order:
            above, candidate = up[index], drafts[index].candidate
            if above is None or len(voices[index]) != 1 or candidate.source is None or above not in voices:
                continue
            outer = drafts[above].candidate
            itself = voices[index][0].name == voices[above][0].name and candidate.source != outer.source
            word = candidate.source.of(self._tree.text).lower()
            if itself and word in _THIRD and drafts[index].same is None and self._tone.marked(candidate.source):
                others = self._speakers.again(candidate, voices[above][0].name, before[index])
                if others is not None:
                    voices[index] = others

    def _chains(
        self, drafts: list[Draft], up: list[int | None], voices: dict[int, list[Speaker]], order: list[int]
    ) -> dict[int, list[tuple[str, ...]]]:
        """Chains by draft, one a speaker. A relayed content has one chain for all its sources: the whole of it."""
        chains: dict[int, list[tuple[str, ...]]] = {}
        inner: dict[int, list[int]] = {}
        for index in order:
            same = drafts[index].same
            if same is not None and drafts[index].inner:
                inner.setdefault(same, []).append(index)
        for index in order:
            for at in _upwards(index, up, chains):
                above = up[at]
                base = chains[above][0] if above is not None else (self._publisher,)
                candidate, same = drafts[at].candidate, drafts[at].same
                if candidate.own:
                    chains[at] = [(self._publisher,)]
                elif same is not None and drafts[at].inner:
                    alone = len(inner[same]) == 1
                    chains[at] = [linked(self._short(base, voices[at][0]), voice.name) if alone else base for voice in voices[at]]
                elif drafts[at].over is not None:
                    chains[at] = [base]
                else:
                    deeper = [voices[one][0] for one in inner.get(at, ()) if one in voices]
                    chains[at] = self._own_chains(base, candidate, voices[at], deeper, above is None)
        # A source further out, and the one that it quotes, share the whole chain.
        for index in order:
            below = drafts[index].same
            if below is not None and not drafts[index].inner and below in chains:
                chains[index] = [chains[below][0] for _ in chains[index]]
        return chains

    def _own_chains(
        self, base: tuple[str, ...], candidate: Candidate, voices: list[Speaker], deeper: list[Speaker], outermost: bool
    ) -> list[tuple[str, ...]]:
        """One chain a voice; where a statement came by several routes its voices stand once for each, in turn."""
        routes = self._relays.routes(candidate)
        out = []
        for number, voice in enumerate(voices):
            via = list(routes[number % len(routes)]) if routes else self._inherited(voice, candidate.anchor) if outermost else []
            via = [name for name in via if name not in base and not self._is_publisher(name)]
            chain = linked(base, *via, voice.name)
            if deeper:
                chain = linked(chain, *(one.name for one in deeper))
                self._hold(deeper[-1], candidate.anchor, chain[1:-1])
            elif via and len(routes) < 2:
                self._hold(voice, candidate.anchor, chain[1:-1])
            out.append(chain)
        return out

    def _short(self, base: tuple[str, ...], voice: Speaker) -> tuple[str, ...]:
        return base[:-1] if len(base) > 1 and base[-1] == voice.name else base

    def _hold(self, voice: Speaker, offset: int, via: tuple[str, ...]) -> None:
        if voice.kind not in _MANY_VOICED or voice.kind == "other":
            self._held[voice.entity or voice.name] = (offset, via)

    def _inherited(self, voice: Speaker, offset: int) -> list[str]:
        """The outlet through which the speaker, or somebody of whom the source's words speak, was heard just before."""
        if voice.kind in _MANY_VOICED or voice.span is None:
            return []
        keys = [voice.entity or voice.name]
        end = voice.span.end + 80  # an apposition may have been left out of the source's words
        low = bisect_left(self._starts, voice.span.start)
        for mention in self._mentions[low : bisect_left(self._starts, end)]:
            if mention.kind not in _MANY_VOICED:
                keys.append(mention.entity)
        for key in keys:
            held = self._held.get(key)
            if held is not None and 0 <= offset - held[0] <= HELD:
                return list(held[1])
        return []


def _above(up: list[int | None], dropped: set[int], index: int) -> int | None:
    """The nearest claim above that was kept."""
    at = up[index]
    for _ in range(len(up)):
        if at is None or at not in dropped:
            return at
        at = up[at]
    return None


def _upwards(index: int, up: list[int | None], done: dict[int, list[tuple[str, ...]]]) -> list[int]:
    """The draft and those above it that have no chain yet, outermost first."""
    path: list[int] = []
    at: int | None = index
    while at is not None and at not in done and at not in path:
        path.append(at)
        at = up[at]
    return path[::-1]
