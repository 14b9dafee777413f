"""Finding the words that say what will come about, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..knowledge.forecasts import ForecastWords
from ..records import Pledge, Span
from . import clauses
from .conditional import Conditions
from .scene import Scene
from .whom import Whom

_JOINING = frozenset({"that", "why", "how", "then", "and", "but", "or", "whether", "while", "because", "so", "though", "although"})
_APART = frozenset({"parataxis", "cc", "meta", "intj"})
_ASIDE = frozenset({"as", "because", "since", "while", "although", "though", "whereas", "whilst"})
_FIRST = frozenset({"we", "i"})
_OWN = frozenset({"our", "my", "its", "their", "his", "her"})
_PAST = frozenset({"VBD"})
_REACH = 4
_STOPS = frozenset({",", ";", ":", ".", "-", "–", "—", "(", ")"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``"})


class Ahead(msgspec.Struct, frozen=True):
    """One forecast found: the head of what is foretold, its statement, and the words around it.

    `governor` is the verb of thought or expectation above, `cue` the verb by which it is said, `certain` tokens that say how sure,
    `measure` a stated chance, `counts` that a bare duration bounds it, `by` who expects it.
    """

    head: int
    statement: Span
    governor: int | None = None
    cue: int | None = None
    certain: tuple[int, ...] = ()
    measure: Span | None = None
    counts: bool = False
    by: tuple[str, ...] = ()
    conditions: tuple[Span, ...] = ()


class Foresight:
    """Finds forecasts in one document."""

    def __init__(self, scene: Scene, words: ForecastWords, whom: Whom, conditions: Conditions, pledges: Sequence[Pledge]) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._whom = whom
        self._conditions = conditions
        self._pledged = [pledge.span for pledge in pledges]

    def at(self, index: int) -> Ahead | None:
        """The forecast that the word at `index` marks, None when it marks none."""
        token = self._tokens[index]
        lower, words = token.text.lower(), self._words
        if token.dep in {"aux", "auxpass"} and lower in words.will | words.would | words.may | words.can | words.should:
            return self._modal(index, token.head, lower)
        if token.pos == "VERB" and token.lemma in words.expecting:
            return self._expected(index)
        if token.pos == "VERB" and token.lemma in words.measuring:
            return self._measured(index)
        if lower == "in" and token.dep == "prep" and self._tokens[token.head].lemma == "be":
            return self._dying(index)
        if lower in words.adjectives and token.dep in {"acomp", "oprd", "attr", "ROOT", "ccomp", "conj"}:
            return self._likely(index)
        if token.lemma in words.chances and token.pos == "NOUN":
            return self._chance(index)
        if token.lemma in words.likely_nouns | words.matters and token.pos == "NOUN":
            return self._outcome(index)
        return None

    # Modal verbs

    def _modal(self, index: int, verb: int, lower: str) -> Ahead | None:
        words, grammar = self._words, self._scene.grammar
        token = self._tokens[verb]
        auxiliaries = [self._tokens[at].lemma for at in grammar.under(verb, "aux", "auxpass")]
        if "have" in auxiliaries and (token.tag in {"VBN", "VBD"} or lower not in words.will):
            return None  # "would have fallen", "will have told him"
        if token.lemma in words.preferring or any(self._tokens[at].text.lower() in words.preferring for at in grammar.under(verb, "advmod")):
            return None
        if token.tag == "TO" or token.dep in {"relcl", "acl", "csubj"} or self._question(verb):
            return None
        if token.dep == "advcl" and not self._reason(verb):
            return None
        if self._conditional_clause(verb):
            return None
        governor, cue = self._governor(verb)
        if governor is not None and self._nobody(governor):
            return None
        claim = self._scene.claim_over(token.span)
        conditions = self._conditions.of(self._reach(verb))
        statement = self._statement(verb)
        bounded = self._dated(statement)
        if lower in words.would and not self._looks_ahead(verb, governor, claim is not None, bool(conditions)):
            return None
        if lower in words.may and lower == "could" and claim is None and not conditions and not bounded:
            return None
        denied = lower == "could" and bool(grammar.under(verb, "neg")) and not conditions and not self._until(statement)
        if lower in words.may and (token.lemma in words.past_ability or denied):
            return None
        if lower in words.can and lower != "could" and not (conditions or bounded):
            return None
        if lower in words.should and not bounded:
            return None
        direct = claim is not None and claim.kind != "indirect"
        if self._own(verb, claim.speaker if claim is not None else None, governor, direct=direct) and lower not in words.may | words.can:
            return None
        if self._pledge_over(verb):
            return None
        if self._schedule(verb, claim is not None, statement):
            return None
        if governor is not None and self._tokens[governor].lemma in words.not_hope:
            return None
        certain = [at for at in grammar.under(verb, "advmod") if self._tokens[at].text.lower() in words.adverbs]
        certain += [index] if lower in words.may | words.should and lower != "can" else []
        if governor is not None and (self._tokens[governor].lemma in words.believing or self._tokens[governor].lemma == "expect"):
            certain.append(governor)
        return self._ahead(verb, statement, governor, cue, certain, conditions)

    def _looks_ahead(self, verb: int, governor: int | None, claimed: bool, conditional: bool) -> bool:
        """Whether "would" is the future of what somebody said: below a verb of speech or thought, in a claim, or with a condition."""
        words = self._words
        if any(self._tokens[at].text.lower() in words.habits for at in self._scene.syntax.subtree(verb)):
            return False
        if governor is not None:
            return self._tokens[governor].lemma in words.foretelling | words.expecting | words.believing
        only = any(self._tokens[at].text.lower() in {"only", *words.adverbs} for at in self._scene.grammar.under(verb, "advmod"))
        return claimed or conditional or only

    def _governor(self, verb: int) -> tuple[int | None, int | None]:
        """(the verb of speech or thought that governs the clause, the verb by which it is said, wherever it stands)."""
        at = verb
        for _ in range(_REACH):
            token = self._tokens[at]
            if token.head == at:
                break
            if token.dep in {"ccomp", "xcomp", "acl", "relcl"} and self._tokens[token.head].pos in {"VERB", "AUX", "NOUN", "ADJ"}:
                above = token.head
                if self._tokens[above].pos == "VERB":
                    return above, above
                if self._tokens[above].pos in {"NOUN", "ADJ"} and token.dep in {"acl", "ccomp"}:
                    return None, None
                return None, None
            if token.dep != "conj":
                break
            at = token.head
        for child in self._scene.grammar.under(at, "parataxis", "conj"):
            # "..., boasted an adviser", taken for a second verb.
            said = self._tokens[child].dep == "parataxis" or (
                self._tokens[child].lemma in self._words.foretelling and self._tokens[child - 1].text == "," and not self._scene.grammar.under(child, "nsubj")
            )
            if self._tokens[child].pos == "VERB" and said:
                return child, child
        return None, None

    def _nobody(self, governor: int) -> bool:
        subjects = self._scene.grammar.under(governor, "nsubj")
        return any(self._tokens[at].text.lower() in self._words.nobody for at in subjects) and self._tokens[governor].tag in _PAST

    def _reason(self, verb: int) -> bool:
        """ "Because a hurried exit will leave the towns naked"."""
        first = self._scene.syntax.subtree(verb)
        marks = {self._tokens[at].text.lower() for at in self._scene.grammar.under(verb, "mark")}
        if marks:
            return marks <= self._words.reasons
        return bool(self._scene.grammar.under(verb, "nsubj", "nsubjpass")) and self._tokens[first[0]].text.lower() not in {"when", "once", "until"}

    def _question(self, verb: int) -> bool:
        sentence = self._scene.syntax.sentence_of(verb)
        return self._tokens[sentence.last - 1].text == "?" and self._tokens[verb].dep == "ROOT"

    def _conditional_clause(self, verb: int) -> bool:
        marks = {self._tokens[at].text.lower() for at in self._scene.grammar.under(verb, "mark")}
        return bool(marks & {"if", "unless", "whether"})

    def _reach(self, verb: int) -> list[int]:
        """From the verb, its infinitives, and the verbs of speech above a condition may hang."""
        grammar = self._scene.grammar
        inner = grammar.under(verb, "xcomp", "ccomp", "acomp", "attr")
        above, at = [], verb
        for _ in range(3):
            token = self._tokens[at]
            if token.head == at or token.dep not in {"ccomp", "xcomp", "conj"}:
                break
            at = token.head
            if token.dep == "conj" or self._tokens[at].pos == "VERB":
                above.append(at)
        return [verb, *inner, *above]

    def _dated(self, statement: Span) -> bool:
        """True where the statement names a length of time or a day that is no vague "now"."""
        times = [time for time in self._scene.resolved.times if statement.covers(time.span) and not time.vague]
        return any(time.type in {"DATE", "TIME", "DURATION"} for time in times)

    def _until(self, statement: Span) -> bool:
        """True where the statement names a limit of time: "could not hold beyond Friday"."""
        words = {self._tokens[at].text.lower() for at in self._scene.syntax.within(statement)}
        return self._dated(statement) and bool(words & (self._words.until | self._words.ahead | {"beyond", "longer"}) - {"in"})

    def _own(self, verb: int, speaker: str | None, governor: int | None, *, direct: bool) -> bool:
        """True where the speaker's own side is the one that acts: a plan, a pledge, a threat."""
        grammar = self._scene.grammar
        subjects = grammar.under(verb, "nsubj")
        if not subjects:
            subjects = [at for at in grammar.subjects(verb)] if not grammar.under(verb, "nsubjpass") else []
        if not subjects:
            return False
        first = self._tokens[subjects[0]]
        if first.text.lower() in _FIRST:
            return True
        whose = {self._tokens[at].text.lower() for at in grammar.under(subjects[0], "poss")}
        party = self._scene.party(subjects[0]) is not None or self._scene.is_party_noun(subjects[0])
        names = self._whom.names(subjects)
        if whose & _OWN and party and first.pos != "PRON":
            owners = self._whom.names(grammar.under(subjects[0], "poss"))
            if not owners or owners == ["they"] or speaker in owners:
                return True
        if not direct and first.text.lower() in {"he", "she", "they"} and names in ([], ["they"]) and governor is not None and self._tokens[governor].tag in _PAST:
            return True  # "the driver said he would carry wheat"
        sayers = self._whom.names(grammar.under(governor, "nsubj")) if governor is not None else []
        if speaker is not None and (speaker in names or any(name.casefold() in speaker.casefold() for name in names if first.tag != "PRP")):
            return True
        return bool(set(sayers) & set(names))

    def _pledge_over(self, verb: int) -> bool:
        return any(span.covers(self._tokens[verb].span) for span in self._pledged)

    def _schedule(self, verb: int, claimed: bool, statement: Span) -> bool:
        """Programmes and arrangements: "talks will resume on Monday", "the minister will be in Ankara on Friday"."""
        words, grammar = self._words, self._scene.grammar
        subjects = grammar.under(verb, "nsubj", "nsubjpass")
        occasion = any(self._tokens[at].lemma in words.occasions for at in subjects)
        phrase = " ".join([self._tokens[verb].lemma, *(self._tokens[at].lemma for at in grammar.under(verb, "dobj"))])
        if phrase in words.taking_place or (occasion and (self._tokens[verb].lemma in words.scheduled or grammar.passive(verb))):
            return True
        somebody = any(self._scene.party(at) is not None or self._scene.named_place(at) is not None or self._scene.is_party_noun(at) for at in subjects)
        if claimed or not somebody:
            return False
        return self._tokens[verb].lemma in words.scheduled or (self._tokens[verb].lemma == "be" and self._dated(statement))

    # Verbs of expectation

    def _expected(self, index: int) -> Ahead | None:
        words, grammar = self._words, self._scene.grammar
        token = self._tokens[index]
        if token.dep in {"amod", "acl", "relcl"} or any(self._tokens[at].text.lower() in {"had", "once"} for at in grammar.under(index, "aux")):
            return None
        conditions = self._conditions.of([index, *grammar.under(index, "xcomp", "ccomp", "dobj")])
        if grammar.passive(index):
            if not self._present(index):
                return None
            inner = grammar.under(index, "xcomp")
            subject = grammar.under(index, "nsubjpass")
            if not inner or not subject:
                return None
            agents = self._whom.names(grammar.prepositional(index, {"by"}))
            return self._ahead(index, self._statement(index), None, None, [index] if token.lemma == "expect" else [], conditions, by=agents)
        by = self._whom.names(grammar.subjects(index))
        if not by:
            return None
        certain = [index] if token.lemma in words.believing or token.lemma == "expect" else []
        inner = [at for at in grammar.under(index, "ccomp", "xcomp") if at > index]
        for clause in inner:
            auxiliaries = {self._tokens[at].text.lower() for at in grammar.under(clause, "aux")}
            if self._tokens[clause].pos in {"VERB", "AUX"} and not auxiliaries & {"will", "would", "may", "might", "could", "'ll", "wo"}:
                infinitive = "to" in auxiliaries
                if not infinitive or token.lemma not in {"expect", "predict", "forecast", "project"} or not self._present(index):
                    return None
                if not grammar.under(clause, "nsubj", "nsubjpass"):
                    return None  # "expects to arrive": a plan
                conditions = self._conditions.of([index, clause])
                return self._ahead(clause, self._statement(clause), index, index, certain, conditions, by=by)
            return None
        objects = [at for at in grammar.under(index, "dobj") if at > index and self._tokens[at].pos in {"NOUN", "PROPN", "NUM"}]
        if not objects or not self._present(index) or token.lemma in {"calculate", "estimate"}:
            return None
        for noun in objects:
            infinitive = [at for at in grammar.under(noun, "acl", "relcl") if self._tokens[at].tag == "VB"]
            statement = self._noun_statement(index, noun)
            head = infinitive[0] if infinitive else noun
            return self._ahead(head, statement, index, index, certain, conditions, by=by)
        return None

    def _noun_statement(self, verb: int, noun: int) -> Span:
        """From the noun's phrase to the end of what the verb governs, conditions left out."""
        phrase = clauses.phrase(self._scene, noun)
        first = next(iter(self._scene.syntax.within(phrase)), noun)
        return self._run(first, verb, after=noun)

    def _present(self, verb: int) -> bool:
        """True when the verb group is in the present, or below a verb of speech: a forecast once made ("was expected to") is history."""
        group = [self._tokens[verb], *(self._tokens[at] for at in self._scene.grammar.under(verb, "aux", "auxpass"))]
        past = any(token.tag in _PAST or token.lemma == "would" for token in group)
        return not past or self._scene.claim_over(self._tokens[verb].span) is not None

    def _measured(self, index: int) -> Ahead | None:
        """ "Gave it three days", "put it at ten days at most", "spoke of a year", "put the chance at nil"."""
        grammar, token = self._scene.grammar, self._tokens[index]
        by = self._whom.names(grammar.subjects(index))
        if not by or grammar.passive(index) or grammar.under(index, "neg", "xcomp"):
            return None
        durations = [time for time in self._scene.resolved.times if time.type == "DURATION"]
        if token.lemma == "give":
            for at in grammar.under(index, "dobj", "npadvmod"):
                time = self._scene.time_at.get(at)
                if time is not None and time.type == "DURATION" and not grammar.under(index, "prep", "advcl") and not grammar.under(at, "acl", "relcl"):
                    return self._ahead(index, self._run(index, index), None, index, [], [], by=by, counts=True)
            return None
        at_all = [at for at in self._scene.syntax.subtree(index) if self._tokens[at].text.lower() == "at" and self._tokens[at].dep == "prep"]
        for preposition in at_all if token.lemma == "put" else grammar.under(index, "prep"):
            word = self._tokens[preposition].text.lower()
            if (token.lemma, word) not in {("put", "at"), ("speak", "of"), ("talk", "of"), ("reckon", "with")}:
                continue
            for at in grammar.under(preposition, "pobj"):
                span = self._run(at, index, after=at)
                first = min([at, *(inner for inner in self._scene.syntax.subtree(at) if inner > preposition)])
                span = Span(self._tokens[first].start, span.end)
                time = next((time for time in durations if span.overlaps(time.span)), None)
                unit = self._tokens[at].lemma in self._words.units
                dated = self._dated(span) and self._tokens[at].pos in {"PROPN", "NOUN"} and token.tag != "VBP"
                chance = [noun for noun in grammar.under(index, "dobj") if self._tokens[noun].lemma in self._words.chances]
                if chance:
                    phrase = clauses.phrase(self._scene, chance[0])
                    return self._ahead(chance[0], Span(phrase.start, span.end), None, index, [], [], by=by, measure=span)
                if time is not None or unit or (dated and word == "of"):
                    certain = [index] if token.lemma == "reckon" else []
                    return self._ahead(at, span, index if certain else None, index, certain, [], by=by, counts=time is not None and token.lemma == "put")
        return None

    # Adjectives and nouns

    def _likely(self, index: int) -> Ahead | None:
        words, grammar = self._words, self._scene.grammar
        token = self._tokens[index]
        passive = bool(grammar.under(index, "auxpass", "nsubjpass"))
        verb = index if token.dep == "ROOT" or passive else token.head
        if passive and not (token.text.lower() == "bound" and grammar.under(index, "xcomp")):
            return None
        if not passive and self._tokens[verb].lemma not in words.of_view and token.dep not in {"oprd", "ccomp"}:
            return None
        if token.text.lower() in {"sure", "certain"} and not grammar.under(index, "xcomp"):
            return None
        if not self._present(verb) or self._conditional_clause(verb):
            return None
        subjects = grammar.under(verb, "nsubj", "nsubjpass") or grammar.under(index, "nsubj", "nsubjpass")
        expletive = bool(subjects) and self._tokens[subjects[0]].text.lower() == "it"
        clause = [*grammar.under(index, "ccomp", "xcomp"), *grammar.under(verb, "ccomp", "advcl")]
        that = [at for at in clause if at > index and grammar.under(at, "nsubj", "nsubjpass")]
        governed = [at for at in clause if at > index]
        if token.text.lower() in {"possible", "impossible", "certain", "sure", "doubtful", "conceivable", "bound", "doomed", "destined", "poised"} and not governed:
            return None
        if token.text.lower() in {"possible", "impossible"} and not that:
            return None
        conditions = self._conditions.of([verb, index, *governed])
        governor, cue = self._governor(verb)
        if that and (expletive or not subjects or token.text.lower() in {"possible", "probable"}):
            if any(self._tokens[at].tag == "VBD" and not grammar.under(that[0], "aux") for at in that[:1]):
                return None
            return self._ahead(that[0], self._statement(that[0]), None, cue, [index], conditions)
        if not subjects or (expletive and not governed):
            return None
        return self._ahead(verb, self._statement(verb), governor, cue, [index], conditions)

    def _dying(self, index: int) -> Ahead | None:
        """ "The siege is in its last weeks"."""
        verb = self._tokens[index].head
        for noun in self._scene.grammar.under(index, "pobj"):
            last = any(self._tokens[at].text.lower() in self._words.last for at in self._scene.grammar.under(noun, "amod"))
            if last and self._tokens[noun].lemma in self._words.units and self._present(verb):
                _, cue = self._governor(verb)
                return self._ahead(verb, self._statement(verb), None, cue, [], [])
        return None

    def _chance(self, index: int) -> Ahead | None:
        """ "A 60 per cent chance that", "the odds are one in four", "fears that", "risk of famine through September"."""
        words, grammar, token = self._words, self._scene.grammar, self._tokens[index]
        clause = [at for at in grammar.under(index, "acl", "ccomp", "relcl") if at > index and grammar.under(at, "mark", "nsubj")]
        clause = [at for at in clause if any(self._tokens[mark].text.lower() == "that" for mark in grammar.under(at, "mark"))]
        measure = self._figure(index)
        host = grammar.clause_verb(index)
        governor, cue = self._governor(host)
        if not clause and token.dep == "nsubj" and host == token.head:
            # "Fears grew that": parsers hang the clause from the verb.
            clause = [at for at in grammar.under(host, "ccomp") if at > host and grammar.under(at, "mark") and self._tokens[host].lemma in {"grow", "mount", "rise", "spread"}]
        if token.dep in {"nsubj"} and self._tokens[token.head].lemma == "be" and measure is not None:
            verb = token.head
            return self._ahead(verb, self._statement(verb), governor, cue, [], self._conditions.of([verb]), measure=measure)
        if clause:
            auxiliaries = {self._tokens[at].text.lower() for at in grammar.under(clause[0], "aux")}
            if not auxiliaries & (words.will | words.would | words.may) and measure is None:
                return None
            statement = self._statement(clause[0])
            by = self._whom.names(grammar.subjects(host)) if self._tokens[host].pos == "VERB" and self._tokens[host].lemma in {"see", "have", "put", "express", "voice", "raise"} else []
            certain = [index] if token.lemma not in {"expectation", "forecast", "prediction", "projection"} or measure is not None else []
            return self._ahead(clause[0], statement, None, cue, certain, self._conditions.of([clause[0]]), measure=measure, by=by)
        named = grammar.prepositional(index, {"of"})
        if named and token.lemma in {"risk", "chance", "likelihood", "probability"}:
            phrase = clauses.phrase(self._scene, index)
            if measure is not None or self._dated(phrase):
                return self._ahead(index, phrase, governor, cue, [index], [], measure=measure)
        return None

    def _figure(self, noun: int) -> Span | None:
        """The figure of the chance: "60 per cent chance", "the odds are one in four"."""
        grammar = self._scene.grammar
        inside = [at for at in self._scene.syntax.subtree(noun) if at < noun and noun - at <= 6 and self._tokens[at].pos in {"NUM", "NOUN", "SYM", "ADJ"}]
        numbers = [at for at in inside if self._tokens[at].pos == "NUM"]
        if numbers:
            return self._scene.syntax.span(min(numbers), noun)
        head = self._tokens[noun].head
        if self._tokens[noun].dep == "nsubj" and self._tokens[head].lemma == "be":
            after = [at for at in range(head + 1, min(head + 6, len(self._tokens))) if self._tokens[at].pos == "NUM"]
            if after:
                return self._scene.syntax.span(after[0], after[-1])
            slim = [at for at in grammar.under(head, "acomp", "attr") if self._tokens[at].text.lower() in self._words.slim]
            if slim:
                return self._tokens[slim[0]].span
        even = [at for at in grammar.under(noun, "amod") if self._tokens[at].text.lower() in {"even", "remote"}]
        return self._scene.syntax.span(even[0], noun) if even else None

    def _outcome(self, index: int) -> Ahead | None:
        """ "Called partition the most likely outcome", "the fall of the town is a matter of weeks"."""
        words, grammar, token = self._words, self._scene.grammar, self._tokens[index]
        likely = [at for at in grammar.under(index, "amod") if self._tokens[at].text.lower() in {"likely", "probable", "unlikely", "inevitable"}]
        verb = token.head
        if token.lemma in words.matters:
            durations = [at for at in grammar.prepositional(index, {"of"}) if at in self._scene.time_at]
            if not durations or token.dep != "attr" or self._tokens[verb].lemma != "be":
                return None
            governor, cue = self._governor(verb)
            return self._ahead(verb, self._statement(verb), None, cue, [], [])
        if not likely:
            return None
        if token.dep == "attr" and self._tokens[verb].lemma == "be":
            governor, cue = self._governor(verb)
            return self._ahead(verb, self._statement(verb), governor, cue, likely, self._conditions.of([verb]))
        if token.dep in {"oprd", "xcomp", "ccomp", "dep", "appos"} and self._tokens[verb].lemma in {"call", "consider", "see", "deem"}:
            subjects = grammar.under(token.head, "dobj") or grammar.under(index, "nsubj")
            if not subjects:
                return None
            start = clauses.phrase(self._scene, subjects[0]).start
            return self._ahead(index, Span(start, self._run(index, index).end), None, verb, likely, [], by=self._whom.names(grammar.subjects(verb)))
        return None

    # Spans

    def _statement(self, verb: int) -> Span:
        """The clause at the verb with its subject; conditions, asides behind a comma and what joins it on stay out."""
        first = verb
        shared = [verb]
        if self._tokens[verb].dep == "conj" and not self._scene.grammar.under(verb, "nsubj", "nsubjpass"):
            subjects = self._scene.grammar.under(self._tokens[verb].head, "nsubj", "nsubjpass")
            if subjects and verb - subjects[0] <= 25:
                first = next(iter(self._scene.syntax.within(clauses.phrase(self._scene, subjects[0]))), subjects[0])
        kept = self._kept(shared, self._dropped(verb))
        left = [at for at in kept if at <= verb]
        start = min([first, *left])
        return self._within_claim(self._trimmed(start, verb, kept), verb)

    def _within_claim(self, span: Span, verb: int) -> Span:
        """The statement without what stands outside the speaker's words."""
        claim = self._scene.claim_over(self._tokens[verb].span)
        if claim is None or claim.kind == "block":
            return span
        content = next((one for one in claim.content if one.covers(self._tokens[verb].span)), None)
        if content is None:
            return span
        end = content.end
        while end > content.start and self._scene.text[end - 1] in " ,.;:":
            end -= 1
        return Span(span.start, min(span.end, end)) if end >= self._tokens[verb].end else span

    def _kept(self, roots: Sequence[int], dropped: set[int]) -> set[int]:
        kept, stack = set(roots), list(roots)
        while stack:
            for child in self._scene.syntax.children[stack.pop()]:
                if child not in dropped:
                    kept.add(child)
                    stack.append(child)
        return kept

    def _dropped(self, verb: int) -> set[int]:
        """Children of the verb and of its infinitive that are no part of the statement."""
        found: set[int] = set()
        for at in (verb, *self._scene.grammar.under(verb, "xcomp", "acomp", "attr", "dobj", "ccomp")):
            for child in self._scene.syntax.children[at]:
                token = self._tokens[child]
                if child in self._scene.cues and token.dep == "prep":
                    found.add(child)  # "according to a report"
                elif self._conditions.at(child) is not None or token.dep in _APART and not verb > child > min(self._scene.syntax.subtree(verb)):
                    found.add(child)
                elif token.dep == "conj" and token.pos in {"VERB", "AUX"} and (self._scene.grammar.under(child, "nsubj", "nsubjpass", "mark") or token.tag in {"VBD", "VBZ"}):
                    found.add(child)
                elif token.dep == "advcl" and child > verb:
                    inside = self._scene.syntax.subtree(child)
                    opening = next((self._tokens[one].text.lower() for one in inside if self._tokens[one].dep != "punct"), "")
                    comma = inside[0] > 0 and self._tokens[inside[0] - 1].text == ","
                    if comma and opening in _ASIDE:
                        found.add(child)
        return found

    def _run(self, first: int, verb: int, after: int | None = None) -> Span:
        """From token `first` to the end of what hangs from `verb`, without conditions."""
        kept = self._kept([verb], self._dropped(verb))
        return self._trimmed(first, max(verb, after or verb), kept)

    def _trimmed(self, start: int, middle: int, kept: set[int]) -> Span:
        last = middle
        limit = self._scene.syntax.sentence_of(middle).last
        while last + 1 < limit and self._tokens[last + 1].text not in {"(", "–", "—"} and (last + 1 in kept or (last + 2 in kept and self._tokens[last + 1].dep == "punct")):
            last += 1
        # The stretch before the middle is unbroken but for insertions: "Freight rates, he added, were bound to double".
        while start < middle and (self._tokens[start].dep == "punct" or self._tokens[start].text.lower() in _JOINING or self._tokens[start].tag == "CC"):
            start += 1
        colons = [at for at in range(start, middle) if self._tokens[at].text == ":"]
        if colons:
            start = colons[-1] + 1
            while start < middle and self._tokens[start].dep == "punct":
                start += 1
        start = self._after_condition(start, middle)
        while last > middle and (self._tokens[last].text in _STOPS or self._tokens[last].text in _QUOTES):
            last -= 1
        return self._scene.syntax.span(start, last)

    def _after_condition(self, start: int, middle: int) -> int:
        """The first word behind a condition that opens the sentence."""
        at = start
        while at < middle:
            host = next((child for child in self._scene.syntax.children[middle] if child < middle and self._scene.syntax.subtree(child)[0] == at), None)
            if host is None or self._conditions.at(host) is None:
                return at
            at = self._scene.syntax.subtree(host)[-1] + 1
            while at < middle and self._tokens[at].dep == "punct":
                at += 1
        return at

    def _ahead(
        self,
        head: int,
        statement: Span,
        governor: int | None,
        cue: int | None,
        certain: Sequence[int],
        conditions: Sequence[Span],
        *,
        by: Sequence[str] = (),
        measure: Span | None = None,
        counts: bool = False,
    ) -> Ahead:
        apart = [span for span in conditions if not statement.covers(span)]
        near = self._scene.syntax.sentence_of(head).span
        apart = [span for span in apart if near.covers(span)]
        if not by and cue is not None and self._scene.claim_over(self._tokens[head].span) is None:
            grammar = self._scene.grammar
            by = self._whom.names(grammar.subjects(cue)) if grammar.under(cue, "nsubj") else self._whom.names(grammar.under(cue, "dobj"))
        return Ahead(head, statement, governor, cue, tuple(certain), measure, counts, tuple(by), tuple(apart))
