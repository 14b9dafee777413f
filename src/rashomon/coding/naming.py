"""Which voice calls whom what: loaded and contested names, kept apart from who is meant."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..knowledge.naming import NamingWords
from ..records import Claim, Mention, Naming, Span
from .labels import Label, Labels
from .scene import Scene

_CLOSING = {"“": "”", "«": "»", '"': '"', "‘": "’"}
_STEPS = 5
_WORDS = 3  # words between marks of distance


class _Act(msgspec.Struct, frozen=True):
    """An act of naming: the verb, whose words they are, and who is named, as tokens."""

    verb: int
    speaker: int | None
    named: int | None


def find(scene: Scene, words: NamingWords) -> list[Naming]:
    """Loaded names of the body and its captions, in text order, longest first where they overlap."""
    labels = Labels(scene, words)
    namer = _Namer(scene, words, labels)
    found = [naming for label in labels.all() if (naming := namer.naming(label)) is not None]
    found += [one for one in namer.in_marks() if all(not one.span.overlaps(other.span) for other in found)]
    return sorted(found, key=lambda one: one.span)


class _Namer:
    """Finds voice, speaker and referent of names."""

    def __init__(self, scene: Scene, words: NamingWords, labels: Labels) -> None:
        self._scene = scene
        self._words = words
        self._labels = labels

    def naming(self, label: Label) -> Naming | None:
        scene = self._scene
        span = self._labels.span(label)
        act = self._act(label)
        if self._denied(label, act):
            return None
        opened = self._labels.opened(span.start)
        claim = scene.claim_over(span)
        referent = self._referent(label, act)
        name = referent.name if referent is not None and referent.name else span.of(scene.text)
        speaker, quoted = None, False
        if act is not None and act.speaker is not None:
            quoted, speaker = True, self._name(act.speaker) or (claim.speaker if claim is not None else None)
        elif opened is not None:
            quoted, speaker = True, self._speaker(label, claim, opened)
            nobody = speaker is None or (claim is not None and claim.anonymous and claim.source is None)
            if nobody and self._alone(span, opened):
                # Marks around a word that is nobody's: the author's own distance.
                span, quoted, speaker = Span(opened, self._closed(span, opened)), False, None
        elif claim is not None and claim.kind in {"direct", "block"}:
            quoted, speaker = True, claim.speaker
        indirect = claim.speaker if claim is not None and not quoted and self._tells(claim) else None
        said = claim.id if claim is not None and (quoted or indirect is not None) else None
        return Naming(span, name, span.of(scene.text), "quoted" if quoted else "author", speaker, said, indirect)

    def in_marks(self) -> Iterator[Naming]:
        """Names that the author puts between marks of distance: "his “partners”"."""
        scene = self._scene
        for opening in range(1, len(scene.tokens) - 2):
            sign = scene.tokens[opening].text
            if sign not in _CLOSING:
                continue
            close = (
                next((at for at in range(opening + 2, opening + 2 + _WORDS) if scene.tokens[at].text == _CLOSING[sign]), None)
                if opening + 2 + _WORDS < len(scene.tokens)
                else None
            )
            if close is None or self._labels.opened(scene.tokens[opening].start) is not None:
                continue
            head, first = close - 1, opening + 1
            span = scene.syntax.span(opening, close)
            noun = scene.tokens[head].pos == "NOUN" and scene.is_party_noun(head) and scene.tokens[head].dep != "compound"
            if not noun or scene.claim_over(scene.syntax.span(first, head)) is not None:
                continue
            if self._speaker(Label(first, head, head), None, scene.tokens[opening].start) is not None or self._act(
                Label(first, head, head)
            ):
                continue
            referent = self._referent(Label(first, head, head), None)
            name = referent.name if referent is not None and referent.name else scene.syntax.span(first, head).of(scene.text)
            yield Naming(span, name, span.of(scene.text), "author", None)

    def _tells(self, claim: Claim) -> bool:
        """True for indirect speech; who blames somebody, or asks for something, says no sentence."""
        if claim.kind not in {"indirect", "mixed"}:
            return False
        tokens = self._scene.tokens
        inside = (tokens[at] for piece in claim.content for at in self._scene.syntax.within(piece))
        return any(token.tag in {"VBD", "VBZ", "VBP", "MD"} for token in inside)

    def _act(self, label: Label) -> _Act | None:
        """The act of naming that the name is the complement of."""
        scene, words = self._scene, self._words
        at = label.head
        for _ in range(_STEPS):
            token = scene.tokens[at]
            above = token.head
            if above == at:
                return None
            head = scene.tokens[above]
            if token.dep == "appos" and (called := self._called(above)) is not None:
                return called
            if token.dep in {"nsubj", "nsubjpass", "poss", "compound", "amod", "advmod"}:
                return None
            if token.dep == "pobj":
                verb = self._verb_of(above)
                if head.text.lower() == "of" and self._labels.is_name(head.head):
                    at = head.head
                    continue  # "hirelings of the crusaders"
                kinds = {"as": words.as_, "of": words.of, "to": words.to}.get(head.text.lower())
                if (
                    kinds is not None
                    and verb is not None
                    and scene.tokens[verb].lemma in kinds
                    and (head.text.lower() != "to" or self._marked(label))
                ):
                    return self._made(verb, label)
                return None
            if (
                head.pos == "VERB"
                and head.lemma in words.plain
                and token.dep in {"oprd", "attr", "dobj", "ccomp", "xcomp", "npadvmod", "acomp", "dep"}
            ):
                return self._made(above, label) if token.dep != "dobj" or self._other(above, at) else None
            if token.dep not in {"conj", "appos", "oprd", "attr", "ccomp", "xcomp"}:
                return None
            at = above
        return None

    def _called(self, noun: int) -> _Act | None:
        """ "Called X a terrorist organisation", where the parser takes the name for an apposition of X."""
        scene = self._scene
        verb = scene.tokens[noun].head
        if scene.tokens[noun].dep != "dobj" or scene.tokens[verb].lemma not in self._words.plain:
            return None
        subjects = scene.grammar.subjects(verb)
        return _Act(verb, subjects[0] if subjects else None, noun)

    def _marked(self, label: Label) -> bool:
        return self._labels.quoted(label.first)

    def _verb_of(self, preposition: int) -> int | None:
        """The verb that the preposition hangs from, also through a noun or another preposition's noun."""
        at = preposition
        for _ in range(_STEPS):
            at = self._scene.tokens[at].head
            if self._scene.tokens[at].pos == "VERB":
                return at
        return None

    def _other(self, verb: int, label: int) -> list[int]:
        """Who else the verb has for an object: the one who is called so."""
        scene = self._scene
        others = [at for at in scene.grammar.under(verb, "dobj", "dative") if at != label]
        if scene.tokens[verb].dep == "relcl":
            others.append(scene.tokens[verb].head)
        return others

    def _made(self, verb: int, label: Label) -> _Act:
        grammar = self._scene.grammar
        named = [at for at in self._other(verb, label.head) if not label.first <= at <= label.last]
        named += grammar.under(label.head, "nsubj")
        if grammar.passive(verb):
            named = [*grammar.objects(verb)]
        own = grammar.under(verb, "nsubj")
        subjects = [at for at in grammar.subjects(verb) if at < verb or at in own]
        return _Act(verb, subjects[0] if subjects else None, named[0] if named else None)

    def _denied(self, label: Label, act: _Act | None) -> bool:
        """ "We are not terrorists", "there are no rebels", "no fighter is a militant": names that are not put on anybody."""
        scene, grammar = self._scene, self._scene.grammar
        token = scene.tokens[label.head]
        own = {scene.tokens[at].text.lower() for at in grammar.under(label.head, "det", "neg")}
        above = token.head
        if token.dep == "attr":
            no = any(
                scene.tokens[at].text.lower() == "no" for one in grammar.under(above, "nsubj") for at in grammar.under(one, "det")
            )
            return bool(grammar.under(above, "neg")) or no or "no" in own
        return "no" in own and bool(grammar.under(above, "expl"))

    def _speaker(self, label: Label, claim: Claim | None, opened: int) -> str | None:
        """Whose words stand in quotation marks: the subject of a verb close by, else the speaker of the claim."""
        scene = self._scene
        at = label.head
        for _ in range(_STEPS):
            token = scene.tokens[at]
            active = token.pos == "VERB" and not scene.grammar.passive(at)
            if active and token.start < opened and token.lemma in self._words.quoting:
                subjects = scene.grammar.subjects(at)
                if subjects and (name := self._name(subjects[0])):
                    over = (
                        claim is not None
                        and claim.speaker is not None
                        and any(cue.start <= token.start < cue.end for cue in claim.cue)
                    )
                    return claim.speaker if over and claim is not None else name
            if token.head == at:
                break
            at = token.head
        if claim is not None and claim.speaker is not None:
            return claim.speaker
        return self._said_by(label)

    def _said_by(self, label: Label) -> str | None:
        """The subject of a verb of speech of the sentence, where nothing ties the quotation to it."""
        scene = self._scene
        sentence = scene.syntax.sentence_of(label.head)
        for at in range(sentence.first, sentence.last):
            token = scene.tokens[at]
            if token.pos == "VERB" and (at in scene.cues or token.lemma in {"say", "tell", "write", "add", "shout"}):
                subjects = [
                    one for one in scene.grammar.under(at, "nsubj") if self._labels.opened(scene.tokens[one].start) is None
                ]
                if self._labels.opened(token.start) is None and subjects:
                    return self._name(subjects[0])
        return None

    def _name(self, index: int) -> str | None:
        """Who a noun is, by name or in the words of the text."""
        scene = self._scene
        index = scene.grammar.antecedent(index)
        mention = scene.named(index)
        if mention is not None and mention.name and not mention.description:
            return mention.name
        if scene.tokens[index].tag in {"PRP", "WP", "WDT", "PRP$"}:
            return mention.name or None if mention is not None else None
        first = index
        for at in range(index - 1, max(-1, index - 6), -1):
            if (
                scene.tokens[at].dep not in {"compound", "amod", "nmod", "poss", "case", "punct"}
                or scene.tokens[at].pos == "PUNCT"
            ):
                break
            first = at
        last = index
        for preposition in scene.grammar.under(index, "prep"):
            inner = scene.grammar.under(preposition, "pobj")
            if preposition == index + 1 and inner and inner[0] not in scene.time_at:
                last = inner[0]
        return scene.syntax.span(first, last).of(scene.text)

    def _alone(self, span: Span, opened: int) -> bool:
        """True where the marks hold nothing but the name."""
        text = self._scene.text
        closing = text.find(_CLOSING[text[opened]], span.end)
        return closing >= 0 and not text[opened + 1 : span.start].strip() and not text[span.end : closing].strip()

    def _closed(self, span: Span, opened: int) -> int:
        text = self._scene.text
        return text.find(_CLOSING[text[opened]], span.end) + 1

    def _referent(self, label: Label, act: _Act | None) -> Mention | None:
        """Who is meant: whom the act names, the name inside or beside, its predicate's subject, or the label's own entity."""
        scene, grammar = self._scene, self._scene.grammar
        if act is not None and act.named is not None and (named := scene.named(act.named)) is not None and named.name:
            return named
        head = label.head
        own = scene.heads.get(head) or scene.mention_at.get(head)
        if own is not None and own.name and not own.description:
            return own
        for at in grammar.prepositional(head, {"of"}):
            mention = scene.named(at)
            if (
                mention is not None
                and mention.name
                and not mention.description
                and mention.kind in {"armed-group", "armed-force"}
            ):
                return mention
        for at in (*range(head, label.first - 1, -1), *self._beside(label)):
            mention = scene.heads.get(at) or scene.mention_at.get(at)
            if (
                mention is not None
                and mention.kind in {"armed-group", "armed-force", "person"}
                and mention.name
                and not mention.description
            ):
                return mention
        token = scene.tokens[head]
        if token.dep in {"compound", "amod", "nmod"} and scene.tokens[token.head].pos in {"NOUN", "PROPN"}:
            above = scene.named(token.head)
            if above is not None and above.name and own is None:
                return above
        for at in [
            *grammar.prepositional(head, {"of"}),
            *([token.head] if token.dep == "appos" else []),
            *grammar.under(head, "appos"),
        ]:
            mention = scene.named(at)
            if (
                mention is not None
                and mention.name
                and not mention.description
                and mention.kind in {"armed-group", "armed-force", "person", "other"}
            ):
                return mention
        if token.dep == "attr":
            for at in grammar.under(token.head, "nsubj"):
                if (mention := scene.named(at)) is not None and mention.name:
                    return mention
        return own

    def _beside(self, label: Label) -> list[int]:
        """The word right before the name, where it names a group: "ADF terrorists"."""
        before = label.first - 1
        if before < 0 or self._scene.tokens[before].dep not in {"compound", "nmod", "amod", "npadvmod"}:
            return []
        return [before] if self._scene.tokens[before].pos == "PROPN" else []
