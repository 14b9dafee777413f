"""What an act of pledging or asking is, and the questions about its verb that all its finders ask."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from ..knowledge.pledges import PledgeWords
from ..records import Span
from ..records.vocabulary import PledgeKind
from .pledge_terms import Terms
from .scene import Scene
from .whom import Whom

_MODALS = frozenset({"could", "may", "might", "can", "would", "should", "will", "wo", "'ll", "’ll"})
_FINITE, _BARE = frozenset({"VBD", "VBZ"}), frozenset({"VB", "VBP"})
_FOR = frozenset({"for", "of", "without", "before", "from", "against", "about", "towards", "into"})


class Act(msgspec.Struct, frozen=True):
    """One mention of an act. `fresh`: it tells of an act by itself; else it only points back to one ("the truce").

    `head` is its token, `noun` whether that is a noun, `verb` the verb that says who did it; `said`: no word names the act, the
    clause itself is what somebody says he will do.
    """

    head: int
    kind: PledgeKind
    span: Span
    noun: bool
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    terms: tuple[Span, ...] = ()
    conditions: tuple[Span, ...] = ()
    fresh: bool = True
    other: bool = False
    verb: int | None = None
    said: bool = False
    around: tuple[Span, ...] = ()


class PledgeGrammar:
    """Questions about the verbs and nouns of one document's acts."""

    def __init__(self, scene: Scene, words: PledgeWords, whom: Whom, terms: Terms, hostile: Collection[int]) -> None:
        """`hostile`: tokens that name an attack, coercion or sanction."""
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._whom = whom
        self._terms = terms
        self._hostile = hostile
        self._answering = {phrase.split()[0] for status in words.status.values() for phrase in status.done}
        self._kinds = {lemma: kind for kind, lemmas in words.nouns.items() for lemma in lemmas}

    def _subjects(self, verb: int) -> list[str]:
        """Who does the verb; who is said to, where the parser sees no subject and the verb is a cue."""
        token = self._tokens[verb]
        if (
            token.dep == "conj"
            and token.tag in _FINITE
            and self._tokens[token.head].tag in _BARE
            and not self._scene.grammar.under(verb, "nsubj")
        ):
            verb = self._tokens[token.head].head  # "demanded that they halt and called for", joined to "halt"
        return self._whom.names(self._scene.grammar.subjects(verb)) or self._whom.speakers(verb)

    def _group(self, verb: int) -> Span:
        """The verb with its auxiliaries, to the end of its complement; conditions stay out."""
        first = min([verb, *(at for at in self._scene.grammar.under(verb, "aux", "auxpass") if at < verb and verb - at <= 3)])
        return self._terms.run(first, verb)

    def _governor(self, verb: int) -> int | None:
        token = self._tokens[verb]
        if token.dep == "conj":
            token = self._tokens[token.head]
        if token.dep in {"ccomp", "xcomp"} and self._tokens[token.head].pos == "VERB":
            return token.head
        return None

    def _harms(self, verb: int) -> bool:
        return self._tokens[verb].lemma in self._words.harming or verb in self._hostile

    def _stops(self, verb: int) -> bool:
        """ "Stop firing", "halt all offensive operations"."""
        if self._tokens[verb].lemma not in self._words.stopping:
            return False
        grammar = self._scene.grammar
        stopped = grammar.conjuncts([*grammar.under(verb, "dobj", "xcomp", "nsubjpass"), *grammar.prepositional(verb, {"from"})])
        return any(
            self._tokens[at].lemma in self._words.fire or self._tokens[at].text.lower() in self._words.fire for at in stopped
        )

    def _unreal(self, verb: int) -> bool:
        """True for what may be, is hoped for, or hangs on a condition: no act was done."""
        token = self._tokens[verb]
        auxiliaries = {self._tokens[at].text.lower() for at in self._scene.grammar.under(verb, "aux")}
        if auxiliaries & _MODALS:
            return True
        if token.dep == "advcl" and any(
            self._tokens[at].text.lower() in {"if", "unless", "until", "once"}
            for at in self._scene.grammar.under(verb, "mark", "advmod")
        ):
            return True
        if token.tag == "VBG" and token.dep == "pcomp" and self._tokens[token.head].text.lower() in _FOR:
            return True
        if "to" in auxiliaries and token.tag == "VB":
            head = self._tokens[token.head]
            return (
                token.dep in {"xcomp", "advcl", "acl", "relcl", "ccomp", "conj"}
                and head.lemma not in self._words.verbs
                and head.lemma != "have"
            )
        return False

    def _nobody(self, verb: int) -> bool:
        subjects = self._scene.grammar.under(verb, "nsubj")
        return any(
            self._tokens[at].text.lower() in {"no", "neither", "nobody", "none"}
            for noun in subjects
            for at in (noun, *self._scene.grammar.under(noun, "det"))
        )

    def _never(self, verb: int) -> bool:
        """ "Would not attack", "no family would be sent back"."""
        grammar = self._scene.grammar
        subjects = grammar.under(verb, "nsubj", "nsubjpass")
        return bool(grammar.under(verb, "neg")) or any(
            self._tokens[at].text.lower() in {"no", "none"} for noun in subjects for at in (noun, *grammar.under(noun, "det"))
        )

    def _reach(self, index: int, clauses_: Sequence[int]) -> list[int]:
        """The act's verb, its complements and their infinitives, and the verbs above: from any of them a condition may hang."""
        grammar = self._scene.grammar
        inner = [at for clause in clauses_ for at in grammar.under(clause, "xcomp", "conj", "ccomp")]
        above, at = [], index
        for _ in range(2):
            head = self._tokens[at].head
            if head == at or self._tokens[at].dep not in {"ccomp", "xcomp", "acomp"}:
                break
            above.append(head)
            at = head
        return [index, *clauses_, *inner, *above]

    def _owned(self, noun: int, by: Sequence[str]) -> bool:
        return bool(set(self._whom.names(self._scene.grammar.under(noun, "poss"))) & set(by))

    def _kind(self, index: int) -> PledgeKind | None:
        token = self._tokens[index]
        lower = token.text.lower()
        return self._kinds.get(token.lemma) or self._kinds.get(lower) or self._kinds.get(lower.removesuffix("s"))

    def _empty(self, noun: int) -> bool:
        """ "Offered no explanation"."""
        determiners = {self._tokens[at].text.lower() for at in self._scene.grammar.under(noun, "det")}
        return self._tokens[noun].lemma in self._words.no_acts or "no" in determiners
