"""What the text says has become of an act, and whose words these are."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..knowledge.pledges import PledgeWords
from ..records import Span
from ..records.vocabulary import PledgeStatus
from .scene import Scene
from .whom import Whom

_NEGATED: dict[PledgeStatus, PledgeStatus] = {
    "in-force": "broken",
    "kept": "broken",
    "accepted": "rejected",
    "extended": "expired",
}
_MODALS = frozenset({"could", "may", "might", "can", "would", "should", "will", "must", "shall"})
_OPEN = frozenset({"if", "unless", "until", "once", "whether"})
_REACH = 6  # tokens behind a verb in which its particle stands
_AUTHOR = "author"


class Said(msgspec.Struct, frozen=True):
    """A status as said: what it comes to, where, in whose words, and by whose deed (the verb, None for a modifier)."""

    outcome: PledgeStatus
    span: Span
    by: str
    verb: int | None = None


class Statuses:
    """Reads statuses in one document."""

    def __init__(self, scene: Scene, words: PledgeWords, whom: Whom) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._whom = whom

    def of(self, noun: int) -> list[Said]:
        """What is said of the act that the noun (or pronoun) at `noun` names, in text order."""
        found = [*self._modifiers(noun), *self._verbs(noun), *self._nouns(noun)]
        return sorted(found, key=lambda said: said.span)

    def refusal(self, verb: int) -> Said | None:
        """ "Refused", "agreed", with nothing said of what; also "refused to leave"."""
        token = self._tokens[verb]
        refuses = token.lemma in self._words.refusing
        if token.pos != "VERB" or not (refuses or token.lemma in self._words.agreeing) or self._open(verb):
            return None
        if self._scene.grammar.under(verb, "dobj", "prep", "neg", "relcl") or self._scene.grammar.passive(verb):
            return None
        if not refuses and self._scene.grammar.under(verb, "xcomp"):
            return None
        names = self._whom.names(self._scene.grammar.subjects(verb))
        return Said(
            "rejected" if refuses else "accepted",
            token.span,
            names[0] if names and verb in self._scene.cues else self._voice(verb),
            verb,
        )

    def _modifiers(self, noun: int) -> Iterator[Said]:
        for child in self._scene.grammar.under(noun, "amod"):
            for code, words in self._words.status.items():
                if {self._tokens[child].lemma, self._tokens[child].text.lower()} & words.words:
                    yield Said(code, self._tokens[child].span, self._voice(child))

    def _nouns(self, noun: int) -> Iterator[Said]:
        """ "A breach of the truce"."""
        token = self._tokens[noun]
        if token.dep != "pobj":
            return
        over = self._tokens[token.head].head
        for code, words in self._words.status.items():
            if self._tokens[over].lemma in words.nouns and self._tokens[token.head].text.lower() == "of":
                determined = {self._tokens[at].text.lower() for at in self._scene.grammar.under(over, "det")}
                if not determined & {"no", "any", "every"} and not self._open(self._scene.grammar.clause_verb(over)):
                    yield Said(code, self._scene.syntax.span(over, over), self._voice(over))

    def _verbs(self, noun: int) -> Iterator[Said]:
        for verb, does in self._uses(noun):
            refused, failed = self._refused(verb), self._failed(verb)
            if self._open(verb) and not (refused or failed):
                continue
            for code, words in self._words.status.items():
                if (refused and code != "accepted") or (failed and code not in _NEGATED):
                    continue
                for phrase in words.does if does else words.done:
                    last = self._matches(phrase, verb)
                    if last is None:
                        continue
                    outcome: PledgeStatus | None = code
                    if failed or self._scene.grammar.under(verb, "neg"):
                        outcome = _NEGATED.get(code)
                    if outcome is not None:
                        yield Said(outcome, self._scene.syntax.span(min(verb, last), max(verb, last)), self._voice(verb), verb)

    def _failed(self, verb: int) -> bool:
        """ "Failed to implement", "its failure to implement"."""
        token = self._tokens[verb]
        return (
            token.dep in {"xcomp", "acl", "relcl"} and self._tokens[token.head].lemma in self._words.failing and token.tag == "VB"
        )

    def _refused(self, verb: int) -> bool:
        """ "Would not accept"."""
        auxiliaries = {self._tokens[at].text.lower() for at in self._scene.grammar.under(verb, "aux")}
        return bool(self._scene.grammar.under(verb, "neg")) and bool(auxiliaries & {"will", "would", "wo", "could", "can", "ca"})

    def _uses(self, noun: int) -> Iterator[tuple[int, bool]]:
        """(verb, the noun does it): verbs of which the noun is subject or object, coordinated ones too."""
        grammar = self._scene.grammar
        token = self._tokens[noun]
        if token.dep in {"nsubj", "nsubjpass"} and self._tokens[token.head].pos in {"VERB", "AUX"}:
            verbs = [token.head]
            waiting = [token.head]
            while waiting:
                at = waiting.pop()
                for child in grammar.under(at, "conj"):
                    if self._tokens[child].pos in {"VERB", "AUX"} and not grammar.under(child, "nsubj", "nsubjpass"):
                        verbs.append(child)
                        waiting.append(child)
            # "A truce, agreed in May, took effect", taken for a main verb with a clause below.
            if self._tokens[token.head].lemma in self._words.signing and not grammar.under(token.head, "dobj"):
                verbs += [at for at in grammar.under(token.head, "advcl") if not grammar.under(at, "nsubj", "mark")]
            for verb in verbs:
                yield verb, not grammar.passive(verb)
        elif token.dep == "dobj":
            yield token.head, False
        elif token.dep == "pobj":
            at = self._tokens[token.head].head
            if self._tokens[at].dep == "prep":
                at = self._tokens[at].head
            if self._tokens[at].pos == "VERB":
                yield at, False
        for child in grammar.under(noun, "acl", "relcl"):
            if grammar.passive(child):
                yield child, False
            elif self._tokens[child].dep == "relcl":
                yield child, noun not in grammar.objects(child)

    def _matches(self, phrase: str, verb: int) -> int | None:
        """The last token of the phrase where the verb and what follows are it; None where they are not."""
        words = phrase.split()
        token = self._tokens[verb]
        if words[0] not in {token.lemma, token.text.lower()}:
            return None
        at = verb
        for word in words[1:]:
            ahead = range(at + 1, min(verb + 1 + _REACH, len(self._tokens)))
            found = next(
                (index for index in ahead if word in {self._tokens[index].text.lower(), self._tokens[index].lemma}), None
            )
            if found is None:
                return None
            at = found
        return at

    def _open(self, verb: int) -> bool:
        """What may be or is to be says nothing of what is."""
        grammar = self._scene.grammar
        auxiliaries = {self._tokens[at].text.lower() for at in grammar.under(verb, "aux")}
        if auxiliaries & _MODALS or {self._tokens[at].text.lower() for at in grammar.under(verb, "mark")} & _OPEN:
            return True
        token = self._tokens[verb]
        if token.dep == "conj" and not auxiliaries and not grammar.under(verb, "nsubj", "nsubjpass") and token.head != verb:
            return self._open(token.head)
        return "to" in auxiliaries and token.tag == "VB"

    def _voice(self, index: int) -> str:
        claim = self._scene.claim_over(self._tokens[index].span)
        return claim.speaker if claim is not None and claim.speaker else _AUTHOR
