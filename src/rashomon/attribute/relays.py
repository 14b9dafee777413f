"""Links between who speaks and who hands it on: "told the agency", "citing a source", "quoted by the paper"."""

from __future__ import annotations

from itertools import islice

import msgspec

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Resolved, Span
from .candidate import Candidate
from .outlets import Outlets
from .phrases import Tree
from .shapes import person
from .tone import Tone

_HEARING = frozenset({"to", "with", "by"})
# No more tokens of a source are looked through.
_TOKENS = 200


class Relay(msgspec.Struct, frozen=True):
    """Another source for a candidate's content: further in ("citing X") or further out ("quoted by X")."""

    source: Span
    cue: Span
    outer: bool


class Found(msgspec.Struct, frozen=True):
    """Relays by index of the candidate whose content they share, the candidates that they replace, and sources put right."""

    relays: dict[int, list[Relay]]
    replaced: set[int]
    sources: dict[int, Span]


class Relays:
    """Reads the links of one document off the syntax around the cues."""

    def __init__(self, tree: Tree, resolved: Resolved, cues: CueKnowledge, tone: Tone) -> None:
        self._tree = tree
        self._cues = cues
        self._tone = tone
        self._named = Outlets(tree, resolved, cues)
        self._heads: dict[int, Mention] = {m.head: m for m in resolved.mentions if not m.modifier}

    def routes(self, candidate: Candidate) -> list[tuple[str, ...]]:
        """Ways by which the statement came, each the links between publisher and speaker: "told Y and Z" are two, "in a letter
        seen by Y" and "through an aide" one. Empty where it came straight."""
        verb = self._tone.head(candidate)
        if verb is None or candidate.own:
            return []
        tree = self._tree
        found: list[tuple[str, ...]] = []
        through: tuple[str, ...] = ()
        group = self._cues.verb.get(tree.tokens[verb].lemma)
        telling = group is not None and (group.name in ("tell", "say") or tree.tokens[verb].lemma == "write")
        for child in (*tree.children[verb], *self._claimed_through(verb)):
            token = tree.tokens[child]
            if token.dep in ("dobj", "dative", "iobj") and telling:
                heard = self._named.all(child, token.dep == "dobj" and tree.tokens[verb].lemma == "tell")
                if not heard and token.dep == "dative" and (below := tree.one(child, "pobj")) is not None:
                    heard = self._named.all(below, False)
                found.extend((name,) for name in heard)
            elif token.dep == "prep":
                if token.text.lower() in ("through", "via"):
                    through = self._intermediary(child)
                if token.text.lower() == "in":
                    through = through or self._carried(child)
                found.extend((name,) for name in self._hearing(child, 0))
        found.extend((name,) for name in dict.fromkeys(self._seen(candidate)) if (name,) not in found)
        found.extend(route for route in self._spoken_to(verb, candidate) if route not in found)
        if through and not any(through == one for one in found):
            return [(*one, *through) for one in found] or [through]
        return found

    def _claimed_through(self, verb: int) -> list[int]:
        """ "claimed the attack through its agency", "claimed responsibility for P in a statement carried by Y": the preposition
        hangs from the object."""
        tree = self._tree
        target = tree.one(verb, "dobj")
        if target is None or tree.tokens[verb].lemma not in self._cues.owning:
            return []
        found, at = [], target
        for _ in range(3):
            preps = [child for child in tree.under(at, "prep") if child > verb]
            found += [child for child in preps if tree.tokens[child].text.lower() in ("through", "via", "in", "on")]
            below = next((tree.one(child, "pobj") for child in preps if tree.tokens[child].text.lower() == "for"), None)
            if below is None:
                break
            at = below
        return found

    def _hearing(self, preposition: int, depth: int) -> list[str]:
        """Outlets under "to Y", "with Y", "in an interview with Y"."""
        tree = self._tree
        below = tree.one(preposition, "pobj")
        if below is None:
            return []
        word = tree.tokens[preposition].text.lower()
        heard = self._named.all(below, False)
        if heard:
            return heard if word in _HEARING else []
        if depth == 0 and word in ("in", "during", "on", "via", "through"):
            noun = tree.tokens[below].lemma
            if noun in self._cues.utterances | self._cues.embeds | self._cues.outlets:
                return [one for child in tree.under(below, "prep") for one in self._hearing(child, 1)]
        return []

    def _seen(self, candidate: Candidate) -> list[str]:
        """Outlets in "a letter seen by Y", where the letter is the source or what the statement stands in."""
        tree = self._tree
        spans = [candidate.source] if candidate.source is not None else []
        head = self._tone.head(candidate)
        for child in tree.under(head, "prep") if head is not None else ():
            below = tree.one(child, "pobj")
            if below is not None and tree.tokens[below].lemma in self._cues.utterances | self._cues.evidence:
                spans.append(tree.extent(below))
        found = []
        for span in spans:
            for index in islice(tree.syntax.within(span), _TOKENS):
                token = tree.tokens[index]
                if any(piece.covers(token.span) for piece in candidate.content):
                    continue
                if token.lemma in self._cues.seeing and token.tag == "VBN":
                    agent = tree.one(index, "agent")
                    below = tree.one(agent, "pobj") if agent is not None else None
                    found.extend(self._named.all(below, True) if below is not None else [])
        return found

    def _spoken_to(self, verb: int, candidate: Candidate) -> list[tuple[str, ...]]:
        """Routes in "speaking to Y, X said", "X, who spoke to Y through Z, said", "interviewed by Y, X said"."""
        tree = self._tree
        inside = islice(tree.syntax.within(candidate.source), _TOKENS) if candidate.source is not None else range(0)
        places = [*tree.under(verb, "advcl", "acl"), *(at for at in inside if tree.tokens[at].dep in ("acl", "relcl", "advcl"))]
        found: list[tuple[str, ...]] = []
        for place in places:
            token = tree.tokens[place]
            if any(piece.covers(token.span) for piece in candidate.content):
                continue
            if token.lemma in ("speak", "talk") and token.tag != "VBN":
                preps = [(child, tree.tokens[child].text.lower() in ("through", "via")) for child in tree.under(place, "prep")]
                heard = [name for child, through in preps if not through for name in self._hearing(child, 0)]
                through = next((via for child, last in preps if last and (via := self._intermediary(child))), ())
                found += [(name, *through) for name in heard] or ([through] if through else [])
            elif token.lemma in ("interview", "contact", "reach", "question") and token.tag == "VBN":
                agent = tree.one(place, "agent")
                below = tree.one(agent, "pobj") if agent is not None else None
                found += [(name,) for name in self._named.all(below, True)] if below is not None else []
        return found

    def _carried(self, preposition: int) -> tuple[str, ...]:
        """ "in a statement carried by Y", where no claim of Y's own is made of it: Y."""
        tree = self._tree
        below = tree.one(preposition, "pobj")
        if below is None or tree.tokens[below].lemma not in self._cues.utterances | self._cues.embeds:
            return ()
        for at in tree.under(below, "acl"):
            agent = tree.one(at, "agent")
            outlet = tree.one(agent, "pobj") if agent is not None else None
            if outlet is not None and tree.tokens[at].lemma in self._cues.relays:
                return tuple(self._named.all(outlet, True)[:1])
        return ()

    def _intermediary(self, preposition: int) -> tuple[str, ...]:
        """ "through an aide", "through its news agency"."""
        tree = self._tree
        below = tree.one(preposition, "pobj")
        if below is None:
            return ()
        heard = self._named.all(below, False)
        if heard:
            return (heard[0],)
        named = next((at for at in tree.under(below, "appos") if tree.tokens[at].pos == "PROPN"), None)
        if named is not None and tree.tokens[below].lemma in self._cues.outlets:
            return (tree.noun_phrase(named, full=False).of(tree.text),)
        people = self._cues.anonymous.nouns | self._cues.anonymous.mouthpieces | self._cues.anonymous.kin | self._cues.go_betweens
        if tree.tokens[below].lemma in people or (tree.tokens[below].pos == "NOUN" and person(tree, self._cues, below)):
            return (self._named.plain(below),)
        return ()

    def of(self, candidates: list[Candidate]) -> Found:
        """What is handed on through whom, over all candidates."""
        tree = self._tree
        by_head: dict[int, int] = {}
        by_sentence: dict[int, list[int]] = {}
        holders: dict[int, int] = {}
        for index, candidate in enumerate(candidates):
            head = self._tone.head(candidate)
            if head is not None and candidate.content:
                by_head.setdefault(head, index)
                by_sentence.setdefault(tree.sentence[head], []).append(index)
            if candidate.source is not None and candidate.content:
                for token_index in islice(tree.syntax.within(candidate.source), _TOKENS):
                    holders.setdefault(token_index, index)
        found = Found({}, set(), {})
        cited: dict[int, int] = {}
        for head, index in by_head.items():
            messenger = self._messenger(head)
            if messenger is not None:
                found.relays.setdefault(index, []).append(messenger)
            informant = self._informant(head, candidates[index])
            if informant is not None and tree.tokens[head].lemma == "hear":
                found.sources[index] = informant.source
            elif informant is not None:
                found.relays.setdefault(index, []).append(informant)
        for token_index, token in enumerate(tree.tokens):
            if token.lemma not in self._cues.relays | self._cues.hearsay | self._cues.giving:
                continue
            own = by_head.get(token_index)
            owner: int | None = None
            relay: Relay | None = None
            if token.lemma in ("cite", "quote") and token.tag != "VBN" and self._as_saying(token_index, by_head, found):
                if own is not None and own not in found.relays:
                    found.replaced.add(own)
                continue
            if token.dep == "relcl" and token.tag != "VBN":
                relay = self._relative(token_index)
                owner = holders.get(token.head) if relay is not None else None
                if owner is None and relay is not None:
                    owner = cited.get(token.head)
            elif token.tag == "VBD" and token.lemma in ("cite", "quote"):
                relay = self._citing(token_index)
                owner = self._before(token_index, by_sentence, candidates) if relay is not None else None
            elif token.tag == "VBG":
                relay = self._citing(token_index)
                owner = self._governor(token_index, by_head, by_sentence, own, candidates) if relay else None
            elif token.tag == "VBN":
                relay = self._quoted_by(token_index)
                owner = self._quoted(token_index, by_head, holders, candidates) if relay else None
            if relay is None or owner is None or owner == own:
                continue
            if any(relay.source.overlaps(piece) and piece.covers(relay.cue) for piece in candidates[owner].content):
                continue
            found.relays.setdefault(owner, []).append(relay)
            whole = candidates[owner].source
            if whole is not None and owner not in found.sources and whole.start < relay.cue.start < whole.end:
                found.sources[owner] = tree.clean(Span(whole.start, relay.cue.start))  # "TASS, quoting X, said": TASS
            cited.update((at, owner) for at in islice(tree.syntax.within(relay.source), _TOKENS))
            if own is not None:
                found.replaced.add(own)
        return found

    def _relative(self, verb: int) -> Relay | None:
        """ "Y, which cited X, said", "a cousin, who heard it from X"."""
        tree = self._tree
        if tree.tokens[verb].lemma in self._cues.hearsay | {"have"}:
            thing = tree.one(verb, "dobj")
            if tree.tokens[verb].lemma == "have" and (
                thing is None or tree.tokens[thing].text.lower() not in ("it", "this", "that")
            ):
                return None
            child = next((c for c in tree.under(verb, "prep") if tree.tokens[c].text.lower() == "from"), None)
            below = tree.one(child, "pobj") if child is not None else None
            if child is None or below is None:
                return None
            return Relay(tree.noun_phrase(below, full=False), tree.syntax.span(verb, child), outer=False)
        if tree.tokens[verb].lemma not in ("cite", "quote"):
            return None
        target = tree.one(verb, "dobj")
        if target is None or target < verb or not self._person_or_words(target, verb):
            return None
        return Relay(tree.noun_phrase(target, full=False), tree.tokens[verb].span, outer=False)

    def _as_saying(self, verb: int, by_head: dict[int, int], found: Found) -> bool:
        """ "Y reported Q, quoting X as saying P": P is X's, handed on by Y."""
        tree = self._tree
        target = tree.one(verb, "dobj")
        for child in tree.under(verb, "prep") if target is not None else ():
            below = tree.one(child, "pcomp")
            index = by_head.get(below) if below is not None else None
            if target is None or below is None or tree.tokens[child].text.lower() != "as":
                continue
            if index is None:  # "P, Y quoted X as saying": P is the content of "quoted"
                if verb not in by_head:
                    continue
                inner = Relay(tree.noun_phrase(target, full=False), tree.tokens[below].span, outer=False)
                found.relays.setdefault(by_head[verb], []).append(inner)
                return True
            subject = tree.subject(verb)
            source = tree.noun_phrase(target, full=False)
            found.sources[index] = source
            if subject is not None:
                span = tree.noun_phrase(subject, full=False)
                cue = tree.syntax.span(min(tree.verb_group(verb)), verb)
                found.relays.setdefault(index, []).append(Relay(span, cue, outer=True))
            return True
        return False

    def _messenger(self, verb: int) -> Relay | None:
        """ "X told Y, who told us, that P": Y hands on what X said."""
        tree = self._tree
        if tree.tokens[verb].lemma not in ("tell", "inform"):
            return None
        for hearer in tree.under(verb, "dobj", "dative"):
            inner = [tree.one(c, "pobj") for c in tree.under(hearer, "prep")]
            inner += [tree.one(c, "pobj") for c in tree.under(verb, "prep") if c > hearer]
            clauses = [*tree.under(hearer, "relcl"), *(c for at in inner if at is not None for c in tree.under(at, "relcl"))]
            for clause in clauses:
                target = tree.one(clause, "dobj", "dative")
                if target is None or tree.tokens[clause].lemma not in ("tell", "inform", "pass"):
                    continue
                first_person = tree.tokens[target].text.lower() in self._cues.pronouns.first
                if first_person or self._named.all(target, True):
                    return Relay(tree.noun_phrase(hearer, full=False), tree.tokens[clause].span, outer=True)
        return None

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
        if self._tree.tokens[verb].lemma in self._cues.giving:  # "attributing the information to X"
            child = next((c for c in self._tree.under(verb, "prep") if self._tree.tokens[c].text.lower() == "to"), None)
            below = self._tree.one(child, "pobj") if child is not None else None
            told = self._cues.noun.keys() | self._cues.utterances | {"information", "it", "this", "figure", "story"}
            if target is None or below is None or self._tree.tokens[target].lemma not in told:
                return None
            target = below
        if target is None or target < verb or not self._person_or_words(target, verb):
            return None
        return Relay(self._tree.noun_phrase(target, full=False), self._tree.tokens[verb].span, outer=False)

    def _person_or_words(self, target: int, verb: int) -> bool:
        token = self._tree.tokens[target]
        if target in self._heads or token.lemma in self._cues.speaking or token.entity in ("PERSON", "ORG"):
            return True
        return token.pos in ("NOUN", "PROPN") and (
            self._tree.tokens[verb].lemma == "quote" or person(self._tree, self._cues, target)
        )

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
            if (
                above in by_head
                and by_head[above] != own
                and not any(
                    tree.tokens[between].dep == "mark" and tree.tokens[between].text.lower() == "that"
                    for between in range(verb, above)
                )
            ):
                return by_head[above]
            at = above
        near = [index for index in by_sentence.get(tree.sentence[verb], []) if index != own and all_[index].source]
        return min(near, key=lambda index: abs(all_[index].anchor - tree.tokens[verb].start)) if near else None

    def _before(self, verb: int, by_sentence: dict[int, list[int]], all_: list[Candidate]) -> int | None:
        """ "Y reported P. The agency cited X.": the candidate of the same outlet in the sentence before."""
        tree = self._tree
        subject = tree.one(verb, "nsubj")
        mention = self._heads.get(subject) if subject is not None else None
        if subject is None or mention is None or mention.kind != "media" or tree.one(verb, "ccomp") is not None:
            return None
        for index in by_sentence.get(tree.sentence[verb] - 1, []):
            source = all_[index].source
            if source is None or tree.tokens[subject].lemma not in self._cues.outlets:
                continue
            held = [self._heads.get(at) for at in islice(tree.syntax.within(source), _TOKENS)]
            if any(one is not None and one.entity == mention.entity for one in held):
                return index
        return None

    def _quoted_by(self, verb: int) -> Relay | None:
        """ "quoted by Y" behind a source, or "was quoted by Y as saying"."""
        agent = self._tree.one(verb, "agent")
        for child in self._tree.under(verb, "prep") if agent is None else ():  # "was quoted as saying by Y"
            saying = self._tree.one(child, "pcomp")
            agent = self._tree.one(saying, "agent") if saying is not None else agent
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

    def _written(self, verb: int) -> bool:
        """True for "said in a letter"."""
        tree = self._tree
        texts = self._cues.utterances | self._cues.embeds | self._cues.mail
        inside = [c for c in tree.under(verb, "prep") if tree.tokens[c].text.lower() == "in"]
        return any(tree.tokens[below].lemma in texts for c in inside for below in tree.under(c, "pobj"))

    def _quoted(self, verb: int, by_head: dict[int, int], holders: dict[int, int], candidates: list[Candidate]) -> int | None:
        """The candidate whose source is quoted: the noun before the participle, "as saying" after it, or the remarks that it
        speaks in ("said in comments carried by Y")."""
        tree = self._tree
        token = tree.tokens[verb]
        if token.dep == "conj" and tree.tokens[token.head].tag == "VBN" and tree.tokens[token.head].dep in ("acl", "relcl"):
            token = tree.tokens[token.head]  # "a letter read out in court and reported by Y"
        if token.dep == "advcl" and verb < token.head and token.head in by_head:
            return by_head[token.head]
        if token.dep in ("acl", "relcl"):
            holder = holders.get(token.head)
            if holder is not None:
                return holder
            noun = token.head
            passive = tree.one(verb, "nsubjpass")
            whose = passive is not None and tree.tokens[passive].lemma in self._cues.utterances | self._cues.embeds
            for _ in range(4):  # "in a letter to his brother that was later published by Y"
                if whose and tree.tokens[noun].dep in ("dobj", "dative", "appos") and tree.tokens[noun].head in by_head:
                    return by_head[tree.tokens[noun].head]  # "told Radio Sud, whose interview was reported by Y"
                if tree.tokens[noun].lemma in self._cues.utterances | self._cues.embeds | self._cues.mail:
                    preposition = tree.tokens[noun].head
                    speaking = tree.tokens[preposition].head
                    if tree.tokens[preposition].dep == "prep" and speaking in by_head:
                        return by_head[speaking]
                if tree.tokens[noun].dep not in ("pobj", "prep", "appos"):
                    break
                noun = tree.tokens[noun].head
                if noun in by_head and self._written(noun):  # "said in an e-mail to the insurer, which was reported by Y"
                    return by_head[noun]
        for child in tree.under(verb, "prep"):
            below = tree.one(child, "pcomp")
            if below is not None and below in by_head:
                return by_head[below]
        if verb and tree.tokens[verb - 1].text.lower() == "as":  # "Y, as quoted by Z, said"
            sentence = tree.syntax.sentences[tree.sentence[verb]]
            return next((by_head[at] for at in range(verb + 1, sentence.last) if at in by_head), None)
        return None
