"""Finding the acts of pledging, asking, offering and threatening: one entry a word that names one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from ..knowledge.pledges import PledgeVerb, PledgeWords
from ..records import Span
from ..records.vocabulary import PledgeKind
from . import clauses
from .pledge_terms import Terms
from .scene import Scene
from .whom import Whom

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "any", "every", "some"})
_MODALS = frozenset({"could", "may", "might", "can", "would", "should", "will", "wo", "'ll", "’ll"})
_PROMISING = frozenset({"will", "would", "'ll", "’ll", "shall"})
_OWN = frozenset({"its", "their", "his", "her", "our", "my"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_COMMANDS = frozenset({"order", "tell", "instruct"})
_FOR = frozenset({"for", "of", "without", "before", "from", "against", "about", "towards", "into"})
_CLIMB = 4  # phrases up from a noun to the verb that says what becomes of it


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


class Acts:
    """Finds the acts of one document."""

    def __init__(self, scene: Scene, words: PledgeWords, whom: Whom, terms: Terms, hostile: Collection[int]) -> None:
        """`hostile`: tokens that name an attack, coercion or threat."""
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._whom = whom
        self._terms = terms
        self._hostile = hostile
        self._kinds = {lemma: kind for kind, lemmas in words.nouns.items() for lemma in lemmas}

    def find(self) -> list[Act]:
        """The acts of the body in text order. What an act asks for is no act of its own: "called for a truce"."""
        found: list[Act] = []
        for sentence in self._scene.syntax.sentences:
            if sentence.region != "body":
                continue
            for index in range(sentence.first, sentence.last):
                act = self._at(index)
                if act is None and found:
                    act = self._faced(index, found[-1])
                if act is not None:
                    found.append(act)
        owned: list[Act] = []
        for act in found:
            held = any(
                other is not act and not (other.noun and act.noun and other.head > act.head)
                and any(term.covers(self._tokens[act.head].span) for term in other.terms)
                and self._tokens[act.head].lemma not in self._words.facing
                and (act.noun or other.kind in {"demand", "request", "offer", "proposal", "threat"})
                for other in found
                if other.fresh and abs(other.head - act.head) < 60
            )
            if not held:
                owned.append(act)
        return owned

    def _at(self, index: int) -> Act | None:
        token = self._tokens[index]
        if token.pos in {"NOUN", "PROPN"} and token.dep != "compound":
            return self._noun(index)
        if token.pos not in {"VERB", "AUX"} or token.dep in {"aux", "auxpass", "amod"}:
            return self._ready(index) if token.lemma in self._words.ready else None
        if token.lemma in self._words.verbs:
            return self._verb(index, self._words.verbs[token.lemma])
        if token.lemma in self._words.wanting:
            return self._wanted(index)
        if token.lemma in self._words.giving | self._words.setting:
            return self._given(index)
        if token.lemma in self._words.warning:
            return self._warned(index)
        return self._said(index)

    # Verbs

    def _verb(self, index: int, frame: PledgeVerb) -> Act | None:
        grammar, terms = self._scene.grammar, self._terms
        if self._unreal(index) or (grammar.under(index, "neg") and frame.kind != "threat") or self._nobody(index):
            return None
        if any(self._kind(at) is not None for at in grammar.under(index, "nsubj")):
            return None  # "the accord calls for": what it says is its term
        if any(self._tokens[at].lemma in self._kinds for at in grammar.objects(index)) and self._tokens[index].dep in {"acl", "relcl"}:
            return None  # "the deal that Russia guaranteed", "the ceasefire proposed by the envoy"
        fors = [at for at in grammar.under(index, "advcl", "ccomp", "xcomp") if self._for(at)] if frame.kind in {"demand", "request"} else []
        prepositions = {"for"} if fors else set[str]()
        prepositions |= {self._tokens[at].text.lower() for at in grammar.under(index, "prep", "prt", "dative", "agent")}
        if frame.needs and not frame.needs & prepositions:
            return None
        passive = grammar.passive(index)
        clauses_ = terms.complements(index)
        objects = [] if passive else grammar.under(index, "dobj", "attr")
        asked_of = grammar.prepositional(index, frame.to) + grammar.under(index, "dative")
        asked_of = [at for at in asked_of if self._tokens[at].pos != "ADP"]
        asked_for = grammar.prepositional(index, frame.terms) or [
            inner for at in asked_of for inner in grammar.prepositional(at, frame.terms)
        ]
        clauses_ = [at for at in clauses_ if not self._asks(at)]
        if any(self._empty(at) for at in objects):
            return None
        if frame.object == "party" or (clauses_ and objects and frame.kind in {"commitment", "threat"}):
            asked_of += objects
            objects = []
        if passive and frame.kind in {"request", "demand"} and (frame.object == "party" or clauses_):
            asked_of += grammar.under(index, "nsubjpass")
        elif passive and frame.object == "terms":
            objects = grammar.under(index, "nsubjpass")
        if frame.kind == "agreement":
            return self._agreed(index, clauses_, asked_for)
        clauses_ += [at for at in self._infinitives((*asked_of, *objects)) if at > index and not clauses_]
        if (frame.needs_terms and not (clauses_ or asked_for)) or (frame.needs_clause and not clauses_):
            return None
        if frame.nouns_only and not objects:
            return None
        if self._tokens[index].lemma in _COMMANDS and (not asked_of or any(self._subordinate(at) for at in asked_of)):
            stopping = [at for at in clauses_ if self._stops(at)]
            if not stopping:
                return None
            # "Ordered its troops to cease fire": the order declares the ceasefire.
            spans = [span for at in stopping for span in terms.clause(at, whole=False)]
            return Act(index, "ceasefire", self._group(index), False, tuple(self._subjects(index)), (), tuple(spans), verb=index)
        if self._tokens[index].lemma == "tell" and not all(self._tokens[at].tag == "VB" and not grammar.under(at, "nsubj") for at in clauses_):
            return None
        spans: list[Span] = []
        for clause in clauses_:
            subject = grammar.under(clause, "nsubj", "nsubjpass")
            addressed = bool(subject) and frame.kind in {"demand", "request", "proposal"} and not grammar.passive(clause)
            if addressed:
                asked_of += subject
            spans += terms.clause(clause, whole=bool(subject) and not addressed)
        spans += terms.phrases([*objects, *asked_for])
        for clause in [*fors, *(inner for at in grammar.under(index, "prep") for inner in grammar.under(at, "pcomp"))]:
            # "Called for Rwanda to withdraw its troops".
            if clause not in clauses_ and self._tokens[clause].tag == "VB" and frame.kind in {"demand", "request"}:
                asked_of += grammar.under(clause, "nsubj")
                spans += terms.clause(clause, whole=False)
                clauses_.append(clause)
        if frame.kind in {"demand", "request"}:
            for noun in [*objects, *asked_for]:
                asked_of += self._yielding(noun)
        elif frame.kind in {"offer", "proposal", "commitment"}:
            asked_of += [at for noun in objects for at in grammar.prepositional(noun, {"to"}) if self._scene.party(at) is not None]
        if frame.kind == "threat" and not asked_of:
            asked_of += [at for clause in clauses_ for at in grammar.objects(clause) if at in self._scene.heads and self._scene.heads[at].entity]
        kind = frame.kind
        harmful = any(self._harms(at) and not self._never(at) for at in clauses_)
        if kind == "commitment" and (harmful or any(self._tokens[at].lemma in self._words.revenge for at in objects)):
            kind = "threat"
        if frame.kind in {"demand", "request"} and not clauses_:
            # "Demanded that the governor, Aram Hakobyan, resign", taken for nouns.
            for noun in grammar.under(index, "ccomp"):
                if self._tokens[noun].pos in {"NOUN", "PROPN"} and grammar.under(noun, "mark"):
                    asked_of.append(noun)
                    spans.append(terms.run(noun, noun))
        if not spans and not asked_of:
            return None
        by = self._subjects(index)
        if not by and not passive and self._tokens[index].tag in {"VBG", "VB"}:
            return None
        return Act(
            index,
            kind,
            self._group(index),
            False,
            tuple(by),
            tuple(name for name in self._whom.names(asked_of) if name not in by),
            tuple(spans),
            tuple(terms.conditions((*self._reach(index, clauses_), *objects))),
            verb=index,
        )

    def _for(self, clause: int) -> bool:
        """ "For Rwanda to withdraw"."""
        grammar = self._scene.grammar
        return bool(grammar.under(clause, "nsubj")) and any(self._tokens[at].text.lower() == "for" for at in grammar.under(clause, "mark"))

    def _asks(self, clause: int) -> bool:
        """ "Asked whether", "asked how": a question and no request."""
        marks = {self._tokens[at].text.lower() for at in self._scene.grammar.under(clause, "mark", "advmod") if at < clause}
        return bool(marks & {"whether", "if", "how", "why", "when", "where"})

    def _empty(self, noun: int) -> bool:
        """ "Offered no explanation"."""
        determiners = {self._tokens[at].text.lower() for at in self._scene.grammar.under(noun, "det")}
        return self._tokens[noun].lemma in self._words.no_acts or "no" in determiners

    def _subordinate(self, noun: int) -> bool:
        """One's own troops, to whom an order is no demand."""
        owned = {self._tokens[at].text.lower() for at in self._scene.grammar.under(noun, "poss")}
        named = self._scene.heads.get(noun)
        common = named is None or named.description or not named.entity
        return bool(owned & _OWN) or (common and self._tokens[noun].lemma in self._words.subordinates)

    def _faced(self, index: int, before: Act) -> Act | None:
        """ "Leave or face bombardment": the threat beside the demand."""
        token = self._tokens[index]
        joined = any(self._tokens[at].text.lower() == "or" for at in (index - 1, index - 2) if at >= 0)
        if token.lemma not in self._words.facing or not joined or before.kind not in {"demand", "request"}:
            return None
        if self._scene.syntax.sentence_of(index) != self._scene.syntax.sentence_of(before.head):
            return None
        span = self._terms.run(index, index)
        return Act(index, "threat", span, False, before.by, before.to, (span,), verb=before.verb)

    def _yielding(self, noun: int) -> list[int]:
        """Of whom "the withdrawal of Rwandan troops" is asked."""
        if self._tokens[noun].lemma not in self._words.yielding:
            return []
        found = []
        for at in [*self._scene.grammar.prepositional(noun, {"of", "by"}), *self._scene.grammar.under(noun, "poss")]:
            mention = self._scene.party(at)
            if mention is not None and mention.entity and not mention.description:
                found.append(mention.head)
        return found

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

    def _never(self, verb: int) -> bool:
        """ "Would not attack", "no family would be sent back"."""
        grammar = self._scene.grammar
        subjects = grammar.under(verb, "nsubj", "nsubjpass")
        return bool(grammar.under(verb, "neg")) or any(
            self._tokens[at].text.lower() in {"no", "none"} for noun in subjects for at in (noun, *grammar.under(noun, "det"))
        )

    def _nobody(self, verb: int) -> bool:
        subjects = self._scene.grammar.under(verb, "nsubj")
        return any(
            self._tokens[at].text.lower() in {"no", "neither", "nobody", "none"}
            for noun in subjects
            for at in (noun, *self._scene.grammar.under(noun, "det"))
        )

    def _infinitives(self, nouns: Sequence[int]) -> Iterator[int]:
        """Infinitives that parsers hang from the object: "called on the rebels to withdraw"."""
        for noun in nouns:
            for child in self._scene.grammar.under(noun, "acl", "relcl"):
                if self._tokens[child].tag == "VB" and self._scene.grammar.under(child, "aux"):
                    yield child

    def _agreed(self, index: int, clauses_: Sequence[int], asked_for: Sequence[int]) -> Act | None:
        """ "Agreed to leave", "agreed that"; "agreed to a truce" is the truce's mention."""
        if any(self._kind(at) for at in self._scene.grammar.conjuncts(asked_for)) or not (clauses_ or asked_for):
            return None
        spans = [span for at in clauses_ for span in self._terms.clause(at, whole=bool(self._scene.grammar.under(at, "nsubj", "nsubjpass")))]
        spans += self._terms.phrases(asked_for)
        kind: PledgeKind = "ceasefire" if any(self._stops(at) for at in clauses_) else "agreement"
        conditions = tuple(self._terms.conditions(self._reach(index, clauses_)))
        return Act(index, kind, self._group(index), False, tuple(self._subjects(index)), (), tuple(spans), conditions, verb=index)

    def _wanted(self, index: int) -> Act | None:
        """ "Wants the Strip disarmed": what a side wants of another. "Wants to leave" is a wish of its own."""
        complements = [at for at in self._terms.complements(index) if self._scene.grammar.under(at, "nsubj", "nsubjpass")]
        if not complements or self._unreal(index) or self._scene.grammar.under(index, "neg") or self._tokens[index].tag not in {"VBZ", "VBP", "VBD"}:
            return None
        by = self._subjects(index)
        spans = [span for at in complements for span in self._terms.clause(at, whole=True)]
        return Act(index, "demand", self._group(index), False, tuple(by), (), tuple(spans), verb=index) if by else None

    def _given(self, index: int) -> Act | None:
        """ "Gave them until Sunday to leave", "gave his word that"."""
        grammar = self._scene.grammar
        for word in grammar.under(index, "dobj"):
            if self._tokens[word].lemma in self._words.words_given and not self._empty(word) and not self._unreal(index) and not grammar.under(index, "neg"):
                said = [*self._terms.complements(index), *(at for at in grammar.under(word, "acl", "ccomp", "relcl") if at > word)]
                if said and self._tokens[word].lemma not in self._kinds:
                    spans = [span for at in said for span in self._terms.clause(at, whole=True)]
                    to = self._whom.names(grammar.under(index, "dative"))
                    return Act(index, "commitment", self._group(index), False, tuple(self._subjects(index)), tuple(to), tuple(spans), verb=index)
        until = [at for at in grammar.under(index, "prep") if self._tokens[at].text.lower() == "until"]
        days = [at for at in grammar.under(index, "dobj", "npadvmod") if at in self._scene.time_at]
        verbs = [at for at in grammar.under(index, "xcomp", "advcl", "ccomp") if self._tokens[at].tag == "VB" and at > index]
        verbs += list(self._infinitives(days))
        if self._tokens[index].lemma in self._words.setting:
            days = [at for at in grammar.under(index, "dobj") if self._tokens[at].lemma in self._words.deadlines]
            verbs = [at for at in grammar.under(index, "xcomp", "advcl", "ccomp") if self._tokens[at].tag == "VB" and at > index]
            verbs += [at for day in days for at in grammar.under(day, "acl", "relcl") if self._tokens[at].tag == "VB"]
            until = []
        if not verbs or not (until or days):
            return None
        given = [at for at in grammar.under(index, "dative", "dobj") if at not in days]
        given += [at for verb in verbs for at in grammar.under(verb, "nsubj")]
        spans = [span for at in verbs for span in self._terms.clause(at, whole=False)]
        by = self._subjects(index)
        group = self._group(index)
        return Act(index, "demand", group, False, tuple(by), tuple(self._whom.names(given)), tuple(spans), verb=index, around=(group,))

    def _warned(self, index: int) -> Act | None:
        """Who warns of harm that he himself will do threatens."""
        grammar = self._scene.grammar
        by = self._subjects(index)
        warned = grammar.under(index, "dobj")
        for clause in self._terms.complements(index):
            if self._tokens[clause].tag == "VB" and warned and not grammar.under(clause, "nsubj", "mark", "neg"):
                spans = self._terms.clause(clause, whole=False)
                return Act(index, "demand", self._group(index), False, tuple(by), tuple(self._whom.names(warned)), tuple(spans), verb=index)
            subjects = grammar.under(clause, "nsubj")
            if not subjects or not any(self._tokens[at].text.lower() in _PROMISING for at in grammar.under(clause, "aux")):
                continue
            conditions = self._terms.conditions((index, clause, *self._deep(clause)))
            own = bool(set(self._whom.names(subjects)) & set(by)) or self._tokens[subjects[0]].text.lower() in {"we", "i", "it", "they"} or self._owned(subjects[0], by)
            troops = self._scene.is_party_noun(subjects[0]) and bool(conditions)
            if not self._harms(clause) or not (own or troops):
                continue
            objects = grammar.under(index, "dobj")
            to = self._whom.names(objects)
            for condition in conditions:
                to += self._condition_subject(condition, by) if not to else []
            spans = self._terms.clause(clause, whole=not own)
            return Act(index, "threat", self._group(index), False, tuple(by), tuple(to), tuple(spans), tuple(conditions), verb=index)
        return None

    def _condition_subject(self, condition: Span, by: Sequence[str]) -> list[str]:
        """Who is to act so that the threat is not carried out: "unless the rebels leave"."""
        for at in self._scene.syntax.within(condition):
            if self._tokens[at].dep == "nsubj" and self._scene.party(at) is not None:
                return [name for name in self._whom.names([at]) if name not in by]
        return []

    def _deep(self, verb: int) -> list[int]:
        """Verbs and nouns right below, from which parsers hang the condition."""
        return [at for at in self._scene.syntax.subtree(verb) if self._tokens[at].pos in {"VERB", "NOUN"}][:12]

    def _owned(self, noun: int, by: Sequence[str]) -> bool:
        return bool(set(self._whom.names(self._scene.grammar.under(noun, "poss"))) & set(by))

    def _said(self, index: int) -> Act | None:
        """What a speaker says that he or his side would do or leave: a commitment, a ceasefire, a threat; "they must" a demand."""
        grammar = self._scene.grammar
        auxiliaries = {self._tokens[at].text.lower() for at in grammar.under(index, "aux")}
        claim = self._scene.claim_over(self._tokens[index].span)
        if claim is None or not claim.speaker or self._tokens[index].dep in {"advcl", "relcl", "acl"}:
            return None
        subjects = grammar.under(index, "nsubj", "nsubjpass")
        if self._tokens[index].dep == "conj" and not subjects:
            return None
        if self._stops(index) and self._tokens[index].tag == "VBG" and "be" in {self._tokens[at].lemma for at in grammar.under(index, "aux")}:
            auxiliaries.add("will")  # "announced that they were halting their offensive"
        if "must" in auxiliaries and subjects and claim.kind in {"direct", "block", "mixed", "indirect"}:
            return self._must(index, subjects, claim.speaker)
        if not auxiliaries & _PROMISING or not subjects or "have" in {self._tokens[at].lemma for at in grammar.under(index, "aux")}:
            return None
        governor = self._governor(index)
        if governor is not None and (self._tokens[governor].lemma in self._words.verbs.keys() - _COMMANDS or self._tokens[governor].lemma in self._words.warning):
            return None
        if governor is not None and self._tokens[governor].lemma not in self._words.saying and claim.kind == "indirect":
            return None
        speaker, names = claim.speaker, self._whom.names(subjects)
        whose = {self._tokens[at].text.lower() for at in grammar.under(subjects[0], "poss")}
        its = self._owned(subjects[0], [speaker]) or bool(whose & _OWN)
        pronoun = self._tokens[subjects[0]].tag == "PRP"
        own = speaker in names or self._tokens[subjects[0]].text.lower() in {"we", "i"} or its
        own = own or (pronoun and names in ([], ["they"]) and governor is not None)
        own = own or any(name and name.casefold() in speaker.casefold() for name in names)
        passive = grammar.passive(index)
        if passive and not own and self._harms(index) and self._anybody(subjects[0]):
            span = Span(clauses.phrase(self._scene, subjects[0]).start, self._terms.run(index, index).end)
            return Act(index, "threat", span, False, (speaker,), (), (span,), tuple(self._terms.conditions((index,))), said=True)
        if passive and not own:
            own = not grammar.prepositional(index, {"by"}) and not any(self._scene.party(at) for at in subjects)
        if not own:
            return None
        deed = self._owes(index)
        conditions = tuple(self._terms.conditions(self._reach(index, ())))
        negative = bool(grammar.under(index, "neg"))
        if self._stops(index) and not negative:
            kind: PledgeKind = "ceasefire"
        elif negative and self._harms(index):
            kind = "commitment"
        elif not negative and not passive and (self._strikes(index) or (self._harms(index) and conditions)):
            kind = "threat"
        elif deed and not negative:
            kind = "commitment"
        else:
            return None
        if passive and kind != "commitment" and kind != "ceasefire":
            return None
        by = [names[0] if names and names[0] != "they" and not passive and not its else speaker]
        if governor is not None and (pronoun or its):
            by = self._subjects(governor) or by
        spans = self._terms.clause(index, whole=passive)
        told = grammar.under(governor, "dobj", "dative") if governor is not None and self._tokens[governor].lemma == "tell" else []
        start = min([index, *(at for at in grammar.under(index, "aux", "auxpass") if at < index)])
        whole = self._terms.run(start, index)
        if passive or its:
            whole = Span(clauses.phrase(self._scene, subjects[0]).start, whole.end)
        return Act(index, kind, whole, False, tuple(by), tuple(self._whom.names(told)), tuple(spans), conditions, said=True)

    def _anybody(self, noun: int) -> bool:
        """ "Any lorry", "anyone who": who is spoken of by him who threatens."""
        words = {self._tokens[at].text.lower() for at in (noun, *self._scene.grammar.under(noun, "det"))}
        return bool(words & {"any", "anyone", "anybody", "every", "everyone", "whoever", "those", "all"})

    def _must(self, index: int, subjects: Sequence[int], speaker: str) -> Act | None:
        """ "They must leave", said by another."""
        names = self._whom.names(subjects)
        if speaker in names or self._tokens[subjects[0]].text.lower() in {"we", "i", "it", "there"} or not self._scene.party(subjects[0]):
            return None
        spans = self._terms.clause(index, whole=False)
        passive = self._scene.grammar.passive(index)
        first = clauses.phrase(self._scene, subjects[0]).start
        span = Span(first, self._terms.run(index, index).end)
        return Act(index, "demand", span, False, (speaker,), () if passive else tuple(names), tuple(spans), tuple(self._terms.conditions((index,))))

    def _ready(self, index: int) -> Act | None:
        """ "Ready to leave if": an offer, where it hangs on a condition."""
        verbs = [at for at in self._scene.grammar.under(index, "xcomp") if self._tokens[at].tag == "VB"]
        head = self._tokens[index].head
        conditions = self._terms.conditions((index, head, *verbs))
        conditions = [one for one in conditions if one.of(self._scene.text).lower().startswith(("if", "provided", "on "))]
        if not verbs or not conditions or self._scene.grammar.under(head, "neg"):
            return None
        by = self._subjects(head)
        spans = [span for at in verbs for span in self._terms.clause(at, whole=False)]
        span = self._terms.run(index, index)
        return Act(index, "offer", span, False, tuple(by), (), tuple(spans), tuple(conditions), verb=head) if by else None

    # Nouns

    def _kind(self, index: int) -> PledgeKind | None:
        token = self._tokens[index]
        lower = token.text.lower()
        return self._kinds.get(token.lemma) or self._kinds.get(lower) or self._kinds.get(lower.removesuffix("s"))

    def _noun(self, index: int) -> Act | None:
        grammar = self._scene.grammar
        kind = self._kind(index)
        made = self._signed(index)
        governor = self._above(index)
        lemma = self._tokens[index].lemma
        if kind is None and lemma in self._words.papers and made is not None:
            kind = "agreement"
        if kind is None and lemma in self._words.named_plans and governor is not None and self._tokens[governor].lemma in {"propose", "put", "present", "submit", "table"}:
            kind = "proposal"
        if kind is None or self._denied(index, governor):
            return None
        near = {self._tokens[at].lemma for at in self._scene.syntax.children[index]} | {self._tokens[at].text.lower() for at in self._scene.syntax.children[index]}
        near |= {self._tokens[at].lemma for of in grammar.under(index, "prep") for at in grammar.under(of, "pobj")}
        verb = governor
        determiner = {self._tokens[at].text.lower() for at in grammar.under(index, "det", "poss")}
        definite = bool(determiner & _DEFINITE) or bool(grammar.under(index, "poss"))
        if lemma in self._words.vague and kind == "ceasefire" and not near & (self._words.specific | self._words.fire):
            verbs = {self._tokens[verb].lemma} if verb is not None else set[str]()
            if not verbs & (self._words.specific | self._words.making) and not definite:
                return None
        span = self._noun_span(index)
        by, to = self._parties(index, kind, verb)
        terms = self._noun_terms(index, kind)
        conditions = self._terms.conditions([index, *((verb,) if verb is not None else ()), *self._below(index)])
        other = bool(near & self._words.others)
        made_by_verb = verb is not None and self._tokens[verb].lemma in self._words.making
        if kind == "request" and not terms and not to or any(self._empty(at) for at in grammar.prepositional(index, {"for"})):
            return None if lemma in self._words.vague or not definite else Act(index, kind, span, True, fresh=False)
        if lemma == "call" and (not terms or grammar.under(index, "compound")):
            return None
        fresh = bool(by or terms) or (made_by_verb and not definite) or self._modified(index)
        fresh = fresh or bool(grammar.under(index, "acl") or grammar.prepositional(index, {"in", "between", "with", "across", "around"}))
        if definite and not grammar.under(index, "prep", "acl", "relcl", "compound", "amod") and not grammar.under(index, "poss"):
            fresh = False
        if lemma in self._words.vague and kind not in {"ceasefire"} and not (by or terms):
            fresh = False
        around = (span,) if verb is None else (span, self._terms.run(min(index, verb), verb))
        return Act(index, kind, span, True, by, to, terms, tuple(conditions), fresh, other, verb, around=around)

    def _modified(self, index: int) -> bool:
        """A word that tells this act from others: "humanitarian pause", "the Nouakchott accord"."""
        general = {"new", "same", "recent", "latest", "current", "so-called", "such", "own", "such"}
        under = self._scene.grammar.under(index, "compound", "nmod", "nummod", "amod")
        return any(self._tokens[at].text.lower() not in general for at in under)

    def _below(self, index: int) -> list[int]:
        return [at for at in self._scene.grammar.under(index, "acl", "relcl", "ccomp")]

    def _signed(self, index: int) -> int | None:
        """The participle or verb by which a paper is signed: "the exchange agreed in May", "signed an act"."""
        for child in self._scene.grammar.under(index, "acl", "relcl"):
            if self._tokens[child].lemma in self._words.signing:
                return child
        token = self._tokens[index]
        verb = token.head
        if token.dep == "nsubj" and self._tokens[verb].lemma in self._words.signing and not self._terms.complements(verb):
            # "An exchange agreed in Muscat went ahead", taken for a main verb.
            return verb if not self._scene.grammar.under(verb, "dobj", "aux") else None
        return verb if token.dep in {"dobj", "nsubjpass"} and self._tokens[verb].lemma in self._words.signing else None

    def _above(self, index: int) -> int | None:
        """The verb whose subject or object the noun is, through prepositions and coordination."""
        at = index
        for _ in range(_CLIMB):
            token = self._tokens[at]
            head = token.head
            if head == at:
                return None
            if token.dep in {"dobj", "nsubj", "nsubjpass", "attr", "dative", "xcomp", "ccomp"} and self._tokens[head].pos in {"VERB", "AUX"}:
                return head
            if token.dep in {"prep", "agent"} and self._tokens[head].pos in {"VERB", "AUX"}:
                return head
            if token.dep not in {"pobj", "conj", "prep", "appos"}:
                return None
            if token.dep == "prep" and self._tokens[head].pos not in {"VERB", "AUX"}:
                return None
            at = head
        return None

    def _denied(self, index: int, governor: int | None) -> bool:
        """No act is told of: "no truce", "talks on a ceasefire", "failed to reach a deal", "would sign"."""
        grammar, words = self._scene.grammar, self._words
        if any(self._tokens[at].text.lower() in {"no", "any", "every", "neither"} for at in grammar.under(index, "det", "neg")):
            return True
        token = self._tokens[index]
        if token.dep == "pobj":
            over = self._tokens[self._tokens[index].head].head
            if self._tokens[over].pos == "NOUN" and self._tokens[over].lemma in words.hoping:
                return True
        if token.dep == "conj" and self._tokens[token.head].lemma in words.hoping:
            return True
        if governor is None:
            return False
        verb = self._tokens[governor]
        if verb.lemma in words.seeking:
            return True
        if verb.lemma in words.holding_terms and any(self._kind(at) is not None for at in grammar.under(governor, "nsubj") if at != index):
            return True  # "the proposal calls for a truce"
        definite = any(self._tokens[at].text.lower() in _DEFINITE for at in grammar.under(index, "det", "poss"))
        if self._unreal(governor) and not definite:
            return True
        makes = verb.lemma in words.making | words.signing and index not in grammar.under(governor, "nsubj")
        if grammar.under(governor, "neg") and makes and self._kind(index) in {"agreement", "ceasefire"}:
            return True
        return any(self._tokens[at].lemma in words.denying for at in self._chain(governor))

    def _unreal(self, verb: int) -> bool:
        """True for what may be, is hoped for, or hangs on a condition: no act was done."""
        token = self._tokens[verb]
        auxiliaries = {self._tokens[at].text.lower() for at in self._scene.grammar.under(verb, "aux")}
        if auxiliaries & _MODALS:
            return True
        if token.dep == "advcl" and any(
            self._tokens[at].text.lower() in {"if", "unless", "until", "once"} for at in self._scene.grammar.under(verb, "mark", "advmod")
        ):
            return True
        if token.tag == "VBG" and token.dep == "pcomp" and self._tokens[token.head].text.lower() in _FOR:
            return True
        if "to" in auxiliaries and token.tag == "VB":
            head = self._tokens[token.head]
            return token.dep in {"xcomp", "advcl", "acl", "relcl", "ccomp", "conj"} and head.lemma not in self._words.verbs and head.lemma != "have"
        return False

    def _chain(self, verb: int) -> Iterator[int]:
        at = verb
        for _ in range(_CLIMB):
            head = self._tokens[at].head
            if head == at or self._tokens[at].dep not in {"ccomp", "xcomp", "conj"}:
                return
            yield head
            at = head

    def _parties(self, index: int, kind: PledgeKind, verb: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who is bound or asks, and whom: possessor, "between", "with", "by", modifiers, and the subject of the verb that makes it."""
        grammar, whom = self._scene.grammar, self._whom
        between = grammar.prepositional(index, {"between", "among"})
        signed = self._signed(index)
        if signed is not None:
            between += grammar.prepositional(signed, {"between", "among"})
            if self._tokens[signed].lemma not in self._words.brokering:
                between += grammar.prepositional(signed, {"by"})
            if grammar.under(signed, "nsubj") and self._tokens[signed].dep == "relcl":
                between += grammar.under(signed, "nsubj")
        mutual, lemma = kind in {"agreement", "ceasefire"}, self._tokens[index].lemma
        by = whom.names(between)
        own = whom.names(grammar.under(index, "poss"))
        modifiers = [one.name for one in self._scene.modifiers(index) if one.kind not in {"place"}]
        sides = whom.names([at for at in grammar.prepositional(index, {"with"})])
        makers = whom.names([at for at in grammar.prepositional(index, {"by", "from"}) if self._scene.party(at) is not None])
        actor: list[str] = []
        doing = None
        if verb is not None:
            doing = self._tokens[verb].lemma
            if doing in self._words.making or doing in self._words.signing:
                actor = self._subjects(verb) if index not in grammar.under(verb, "nsubj") else []
                if mutual and doing in self._words.making and not by:
                    # "The talks between the two have yielded agreements".
                    by = whom.names([at for noun in grammar.under(verb, "nsubj") for at in grammar.prepositional(noun, {"between"})])
                if mutual and not sides and index in grammar.under(verb, "dobj"):
                    sides = whom.names([at for at in grammar.prepositional(verb, {"with"}) if at > index])
        behind = self._tokens[self._tokens[index].head] if self._tokens[index].dep == "pobj" else None
        if mutual and behind is not None and behind.text.lower() in {"in", "under", "by"} and sides and self._tokens[behind.head].pos == "VERB":
            actor = actor or self._subjects(behind.head)  # "has deployed forces in agreement with Tehran"
        if mutual:
            if own and actor and any(self._tokens[at].tag == "PRP$" for at in grammar.under(index, "poss")):
                own = []
            names = [*by, *own, *([] if by else modifiers), *([] if by or doing == "accept" else actor), *([] if by else sides), *makers]
            return tuple(dict.fromkeys(names)), ()
        to = whom.names(grammar.prepositional(index, {"to"})) if kind != "agreement" else []
        if verb is not None and doing in self._words.making:
            to += [name for name in whom.names(grammar.prepositional(verb, {"to"})) if name not in to]
        if doing == "accept":
            to, actor = [*to, *actor], []
        for clause in grammar.under(index, "acl", "ccomp", "relcl"):
            # "The demand that the army leave": asked of the clause's subject.
            if kind in {"demand", "request"} and (self._tokens[clause].dep != "relcl" or grammar.under(clause, "mark")):
                to += whom.names(grammar.under(clause, "nsubj"))
        to += whom.names(grammar.prepositional(index, {"on"})) if lemma == "call" else []
        by = [*own, *makers, *modifiers] or actor
        return tuple(dict.fromkeys(by)), tuple(dict.fromkeys(name for name in to if name not in by))

    def _noun_terms(self, index: int, kind: PledgeKind) -> tuple[Span, ...]:
        """What hangs from the noun and says what is to be done."""
        grammar = self._scene.grammar
        spans: list[Span] = []
        for child in grammar.under(index, "acl", "relcl", "ccomp"):
            token = self._tokens[child]
            marked = any(self._tokens[at].text.lower() == "that" for at in grammar.under(child, "mark"))
            if marked and grammar.under(child, "nsubj", "nsubjpass"):
                spans += self._terms.clause(child, whole=True)
            elif token.tag == "VB" and (grammar.under(child, "aux") or token.dep == "ccomp"):
                spans += self._terms.clause(child, whole=bool(grammar.under(child, "nsubj", "nsubjpass")) and token.dep == "ccomp")
            elif token.tag == "VBG" and token.lemma in self._words.holding_terms:
                for inner in self._terms.complements(child):
                    spans += self._terms.clause(inner, whole=bool(grammar.under(inner, "nsubj")))
                spans += self._terms.phrases(grammar.under(child, "dobj")) if not self._terms.complements(child) else []
        above = self._above(index)
        if above is not None and above < index:
            # "Yielded agreements, allowing the one to strike and the other to contain".
            for child in grammar.under(above, "advcl"):
                if child > index and self._tokens[child].tag == "VBG" and self._tokens[child].lemma in self._words.holding_terms:
                    for inner in self._terms.complements(child):
                        spans += self._terms.clause(inner, whole=bool(grammar.under(inner, "nsubj")))
        wanted = {"agreement": {"on", "for", "over"}, "ceasefire": set[str]()}.get(kind, {"for", "of", "on"})
        spans += self._terms.phrases([at for at in grammar.prepositional(index, wanted) if at not in self._scene.time_at])
        return tuple(dict.fromkeys(spans))

    def _noun_span(self, index: int) -> Span:
        """The noun's phrase without article, with the participle that hangs on it."""
        phrase = clauses.phrase(self._scene, index)
        inside = [at for at in self._scene.syntax.within(phrase) if at >= index or self._tokens[at].text.lower() not in _ARTICLES]
        first = min([index, *inside])
        while first < index and self._tokens[first].tag in {"PRP$", "POS"}:
            first += 1
        last = max([index, *inside])
        for child in self._scene.grammar.under(index, "acl"):
            if child > index:
                last = max(last, next(reversed(list(self._scene.syntax.within(self._terms.run(child, child)))), last))
        return self._scene.syntax.span(first, last)

    # Shared

    def _subjects(self, verb: int) -> list[str]:
        """Who does the verb; who is said to, where the parser sees no subject and the verb is a cue."""
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

    def _strikes(self, verb: int) -> bool:
        return verb in self._hostile

    def _owes(self, verb: int) -> bool:
        return self._tokens[verb].lemma in self._words.owing

    def _stops(self, verb: int) -> bool:
        """ "Stop firing", "halt all offensive operations"."""
        if self._tokens[verb].lemma not in self._words.stopping and not (self._tokens[verb].lemma == "cease"):
            return False
        grammar = self._scene.grammar
        stopped = grammar.conjuncts([*grammar.under(verb, "dobj", "xcomp", "nsubjpass"), *grammar.prepositional(verb, {"from"})])
        return any(self._tokens[at].lemma in self._words.fire or self._tokens[at].text.lower() in self._words.fire for at in stopped)
