"""How an event stands: told as a fact, a plan, a fear, a demand; done or not; and what came of it.

Everything is read off the words between the trigger and the top of its sentence; a reporting verb ends the climb, since doubt
about what is reported belongs to the claim, not to the event.
"""

from __future__ import annotations

import msgspec

from ..knowledge.actions import Standing
from ..records.vocabulary import Modality, Outcome, Polarity
from .scene import Scene
from .triggers import Trigger

_STEPS = 12
_SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "PROTEST"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION"})
# Through these the words above speak of the event itself.
_GOVERNED = frozenset({"xcomp", "ccomp", "acl", "pcomp", "dobj", "attr", "oprd", "acomp", "pobj", "advcl", "csubj"})


class Status(msgspec.Struct, frozen=True):
    """Modality, polarity and outcome of one event mention, with the token of the deciding word if there is one."""

    modality: Modality
    polarity: Polarity
    outcome: Outcome
    decided_by: int | None = None


class _State:
    __slots__ = ("by", "failed", "hostile", "modality", "negative", "ongoing", "said", "succeeded")

    def __init__(self) -> None:
        self.modality: Modality = "asserted"
        self.by: int | None = None
        self.negative = self.failed = self.succeeded = self.ongoing = self.said = self.hostile = False

    def set(self, modality: Modality, by: int) -> None:
        if modality != "asserted":
            self.modality, self.by = modality, by


def judge(scene: Scene, trigger: Trigger, standing: Standing) -> Status:
    """The standing of the event that the trigger names."""
    state = _State()
    _own(scene, trigger, standing, state)
    _announced(scene, trigger.head, standing, state)
    at = trigger.head
    # "Rallied to demand", "summoned him to protest": what is said is said, whatever for.
    state.hostile = trigger.action.root in _HOSTILE
    state.said = trigger.action.root in _SAID and not trigger.noun
    _instead(scene, trigger.span.start, standing, state)
    for _ in range(_STEPS):
        above = _climb(scene, at, standing, state)
        if above is None:
            break
        at = above
    # "Not … any attack" denies; it does not leave open.
    any_only = state.by is not None and scene.tokens[state.by].text.lower() == "any"
    return _status(trigger, state, any_only)


def _status(trigger: Trigger, state: _State, any_only: bool) -> Status:
    # An action that consists in not doing something has its negation inside.
    negative = state.negative and not trigger.action.negated
    if negative and state.modality == "possible" and any_only:
        state.modality = "asserted"
    polarity: Polarity = "negative" if negative else "positive"
    outcome: Outcome = "unknown"
    if state.failed or (negative and state.modality == "asserted"):
        outcome = "failure"
    elif state.modality == "asserted":
        if state.ongoing:
            outcome = "ongoing"
        elif state.succeeded:
            outcome = "success"
        else:
            outcome = trigger.action.outcome or "unknown"
    return Status(state.modality, polarity, outcome, state.by)


def _own(scene: Scene, trigger: Trigger, standing: Standing, state: _State) -> None:
    """The trigger's own words: auxiliaries and negation of a verb; determiner, adjectives and predicate of a noun."""
    if trigger.noun:
        for child in scene.grammar.under(trigger.head, "det", "amod", "compound", "neg", "preconj"):
            _modifier(scene, child, standing, state)
        _predicate(scene, trigger.head, standing, state)
    else:
        _verb_group(scene, trigger.head, standing, state)
        _arguments_negated(scene, trigger.head, standing, state)


def _modifier(scene: Scene, child: int, standing: Standing, state: _State) -> None:
    word, lemma = scene.tokens[child].text.lower(), scene.tokens[child].lemma
    if word in standing.negators:
        state.negative = not state.negative
    if word in standing.failed.modifiers:
        state.failed = True
    if word in standing.succeeded.modifiers:
        state.succeeded = True
    if word in standing.ongoing_modifiers:
        state.ongoing = True
    if word in standing.noun_modifiers:
        state.set(standing.noun_modifiers[word], child)
    elif lemma in standing.noun_modifiers:
        state.set(standing.noun_modifiers[lemma], child)


def _predicate(scene: Scene, noun: int, standing: Standing, state: _State) -> None:
    """What is said of an event noun as a subject: "the attack failed", "was repelled", "is under way"."""
    token = scene.tokens[noun]
    if token.dep not in {"nsubj", "nsubjpass"}:
        return
    lemma = scene.tokens[token.head].lemma
    negated = bool(scene.grammar.under(token.head, "neg"))
    if lemma in standing.failed.predicates and not negated:
        state.failed = True
    if lemma in standing.succeeded.predicates and not negated:
        state.succeeded = True
    if any(scene.tokens[child].text.lower() in standing.ongoing_modifiers for child in scene.syntax.children[token.head]):
        state.ongoing = True


def _verb_group(scene: Scene, verb: int, standing: Standing, state: _State) -> None:
    """Auxiliaries, negation, progressive and adverbs of a verb; a coordinated verb shares what stands before the first."""
    tokens = scene.tokens
    own = scene.grammar.under(verb, "aux", "auxpass")
    group = [verb]
    if tokens[verb].dep == "conj" and not own and not scene.grammar.under(verb, "nsubj", "nsubjpass"):
        group.append(scene.grammar.coordinated(verb))
    for member in group:
        for child in scene.grammar.under(member, "aux", "auxpass", "neg", "preconj", "advmod"):
            token = tokens[child]
            word = token.text.lower()
            if token.dep in {"aux", "auxpass"} and word in standing.by_auxiliary:
                state.set(standing.by_auxiliary[word], child)
            elif (token.dep in {"neg", "preconj"} and word in standing.negators and not _not_only(scene, child, standing)) or (
                token.dep == "advmod" and word in standing.negating_adverbs
            ):
                state.negative = not state.negative
            elif token.dep == "advmod" and word in standing.noun_modifiers:
                state.set(standing.noun_modifiers[word], child)
        if tokens[member].tag == "VBG" and any(tokens[child].lemma == "be" for child in scene.grammar.under(member, "aux")):
            state.ongoing = True
        _conditions(scene, member, standing, state)


def _not_only(scene: Scene, index: int, standing: Standing) -> bool:
    """ "Not only" and "not just" add, they do not deny."""
    following = scene.tokens[index + 1].text.lower() if index + 1 < len(scene.tokens) else ""
    return following in standing.adding


def _arguments_negated(scene: Scene, verb: int, standing: Standing, state: _State) -> None:
    """ "No ground was taken", "nobody left"."""
    for child in scene.grammar.under(verb, "nsubj", "nsubjpass", "dobj"):
        words = [
            scene.tokens[child],
            *(scene.tokens[inner] for inner in scene.grammar.under(child, "det", "neg", "preconj", "cc")),
        ]
        if any(word.text.lower() in standing.nobody for word in words):
            state.negative = not state.negative
            return


def _conditions(scene: Scene, verb: int, standing: Standing, state: _State) -> None:
    """An if-clause under the verb, or the verb in one, makes it conditional; "will … if" stays a forecast with a condition."""
    if (
        any(scene.tokens[mark].text.lower() in standing.if_words for mark in scene.grammar.under(verb, "mark"))
        and scene.tokens[verb].dep == "advcl"
    ):
        state.set("conditional", verb)
        return
    if _inverted(scene, verb, standing):
        state.set("conditional", verb)
        return
    can = state.by is not None and scene.tokens[state.by].lemma == "can"
    for clause in scene.grammar.under(verb, "advcl"):
        marks = scene.grammar.under(clause, "mark")
        if (
            any(scene.tokens[mark].text.lower() in standing.conditional_reason for mark in marks)
            and (state.modality in {"conditional", "asserted"} or can)
            and (state.modality != "asserted" or scene.grammar.under(verb, "aux"))
        ):
            state.set("conditional", clause)


def _fronted(scene: Scene, clause: int, standing: Standing) -> bool:
    """ "…, the ombudsman warned": behind what is said, the verb reports it as any other does."""
    above = scene.tokens[clause].head
    return above > clause and scene.tokens[above].lemma in standing.speaking


def _inverted(scene: Scene, verb: int, standing: Standing) -> bool:
    """ "Had they not left": the auxiliary before its subject, at the head of a clause that hangs on another."""
    token = scene.tokens[verb]
    first = next((child for child in scene.grammar.under(verb, "aux", "auxpass")), None)
    if first is None or token.dep not in {"advcl", "ccomp"} or scene.tokens[first].text.lower() not in standing.inverting:
        return False
    subjects = scene.grammar.under(verb, "nsubj", "nsubjpass")
    return bool(subjects) and first < min(subjects) and all(child >= first for child in scene.syntax.children[verb])


def _announced(scene: Scene, verb: int, standing: Standing, state: _State) -> None:
    """ "Said it would withdraw": the speaker's own plan; of others, what he foresees. "Would" with a condition stays one."""
    if state.modality not in {"conditional", "predicted"} or state.by is None:
        return
    if scene.tokens[state.by].text.lower() not in standing.ahead:
        return
    token = scene.tokens[verb]
    speaking = token.head
    if token.dep != "ccomp" or scene.tokens[speaking].lemma not in standing.speaking:
        return
    saying = [*scene.grammar.subjects(speaking)]
    # "Malaysia will send monitors, its foreign ministry said".
    saying += [child for index in saying for child in scene.grammar.under(index, "poss", "compound", "amod")]
    speakers = {mention.entity or mention.span for mention in scene.parties(saying, subject=True)}
    doing = scene.grammar.subjects(verb)
    own = [child for index in doing for child in scene.grammar.under(index, "poss")]
    doers = scene.parties(doing, subject=True)
    themselves = any(one.entity in speakers for one in doers if one.entity) or any(
        scene.tokens[index].tag in {"PRP", "PRP$"} and scene.heads.get(index) is None for index in (*doing, *own)
    )
    owned = any((mention := scene.named(index)) is not None and mention.entity in speakers for index in own)
    state.modality = "planned" if themselves or owned else "predicted"


def _climb(scene: Scene, at: int, standing: Standing, state: _State) -> int | None:
    """Takes in the word above `at`, if it speaks of the event, and returns it; None where the climb ends."""
    token = scene.tokens[at]
    above, relation = token.head, token.dep
    if above == at:
        return None
    head = scene.tokens[above]
    if relation == "conj":
        if any(scene.tokens[child].text.lower() == "but" for child in scene.grammar.under(above, "cc")):
            return None
        if scene.tokens[above].dep == "advcl":
            _if_clause(scene, above, standing, state)
        # The first conjunct's surroundings are this one's too, unless it has a subject of its own or is finite by itself.
        alone = scene.grammar.under(at, "nsubj", "nsubjpass") or scene.grammar.coordinated(at) != above
        return None if alone else above
    if relation == "prep" or (relation in {"pobj", "pcomp"} and head.pos in {"ADP", "SCONJ", "PART"}):
        return _through_preposition(scene, at, standing, state)
    if relation in {"nsubj", "nsubjpass"}:
        _if_clause(scene, above, standing, state)
        for predicate in scene.grammar.under(above, "acomp", "oprd"):
            # "A breakthrough remains unlikely".
            if _is_governor(scene.tokens[predicate].lemma, standing) and not scene.grammar.under(predicate, "xcomp", "prep"):
                _take(scene, predicate, "acomp", standing, state)
        return above if head.lemma in standing.happening_verbs and _take(scene, above, relation, standing, state) else None
    if relation == "advcl":
        return _through_adverbial(scene, at, standing, state)
    if relation not in _GOVERNED:
        return None
    if relation in {"xcomp", "attr", "oprd"}:
        # "If it is found to be a deliberate strike".
        _if_clause(scene, above, standing, state)
    if relation == "ccomp" and (not _governs_clause(scene, at, head.lemma, standing) or _fronted(scene, at, standing)):
        return None
    if relation in {"acl", "ccomp", "pobj", "pcomp"} and head.lemma in standing.claims:
        if scene.tokens[head.head].lemma in standing.denying and head.dep in {"dobj", "nsubjpass"}:
            state.negative = not state.negative
        return None
    return above if _take(scene, above, relation, standing, state) else None


def _through_preposition(scene: Scene, at: int, standing: Standing, state: _State) -> int | None:
    """From a preposition or its object to the word above: "threat of", "without", "rather than"."""
    token = scene.tokens[at]
    preposition = at if token.dep == "prep" else token.head
    word = scene.tokens[preposition].text.lower()
    if token.dep != "prep":
        if word in standing.negators:
            state.negative = not state.negative
        return preposition if word in standing.leading_on and scene.tokens[preposition].dep in {"prep", "agent"} else None
    above = token.head
    if scene.tokens[above].lemma in standing.halting and scene.tokens[above].pos == "NOUN":
        # What a halt is called to is under way.
        return None
    if scene.tokens[above].lemma in standing.clausal_only and scene.grammar.passive(above):
        return None
    if word in standing.outcome_prepositions.get(scene.tokens[above].lemma, ()):
        if not _take(scene, above, "prep", standing, state):
            _verb_group(scene, above, standing, state)
        return above
    if scene.tokens[above].pos not in {"NOUN", "ADJ", "VERB"} or not _is_governor(scene.tokens[above].lemma, standing):
        return None
    return above if word in standing.governing and _take(scene, above, "prep", standing, state) else None


def _through_adverbial(scene: Scene, at: int, standing: Standing, state: _State) -> int | None:
    """From an adverbial clause: an infinitive says what for, unless a predicative adjective governs it ("are unlikely to")."""
    above = scene.tokens[at].head
    for predicate in scene.grammar.under(above, "acomp", "oprd"):
        if _is_governor(scene.tokens[predicate].lemma, standing) and _infinitive(scene, at):
            _take(scene, predicate, "xcomp", standing, state)
            return above if _take(scene, above, "xcomp", standing, state) else None
    if _infinitive(scene, at):
        lemma, groups = scene.tokens[above].lemma, standing.governors
        if lemma in groups.possible | groups.demanded | groups.predicted:
            # "Threatened on Sunday to pull out": the parser takes the infinitive for a purpose.
            return above if _take(scene, above, "xcomp", standing, state) else None
        if not state.said:
            state.set("planned", at)
    elif scene.tokens[at].tag == "VBG" and scene.tokens[above].lemma in standing.governors.asserted:
        return above if _take(scene, above, "xcomp", standing, state) else None
    return None


def _instead(scene: Scene, start: int, standing: Standing, state: _State) -> None:
    """ "Rather than to gain ground"."""
    before = scene.text[max(0, start - 24) : start].lower().rstrip()
    if before.endswith(standing.instead):
        state.negative = not state.negative


def _if_clause(scene: Scene, verb: int, standing: Standing, state: _State) -> None:
    """What is the subject of, or coordinated with, the verb of an if-clause is as conditional as the verb."""
    marks = scene.grammar.under(verb, "mark")
    if any(scene.tokens[mark].text.lower() in standing.if_words for mark in marks):
        state.set("conditional", verb)


def _infinitive(scene: Scene, verb: int) -> bool:
    return scene.tokens[verb].tag == "VB" and any(
        scene.tokens[child].text.lower() == "to" for child in scene.grammar.under(verb, "aux")
    )


def _governs_clause(scene: Scene, verb: int, governor: str, standing: Standing) -> bool:
    """A demand or a plan governs a that-clause in the base form only ("demanded that they leave"); a forecast any.

    Parsers take the base form with a plural subject for a present tense; after a demand it is none.
    """
    groups = standing.governors
    base = {"VB", "VBP"} if governor in groups.demanded else {"VB"}
    if governor in groups.demanded | groups.planned:
        return scene.tokens[verb].tag in base and not any(
            scene.tokens[child].tag == "MD" for child in scene.grammar.under(verb, "aux")
        )
    return True


def _is_governor(lemma: str, standing: Standing) -> bool:
    groups = standing.governors
    known = groups.planned | groups.predicted | groups.demanded | groups.possible | groups.asserted
    return lemma in known or lemma in standing.negating_governors or lemma in standing.failed.governors


def _take(scene: Scene, above: int, relation: str, standing: Standing, state: _State) -> bool:
    """Takes in a governing word; False when the word says nothing of the event, which ends the climb."""
    token = scene.tokens[above]
    lemma, groups = token.lemma, standing.governors
    light = lemma in standing.light_verbs or lemma in standing.suffering_verbs or lemma in standing.inflicting_verbs
    copula = lemma == "be" or token.pos == "ADJ"
    bare = relation in {"dobj", "nsubj", "nsubjpass", "attr", "oprd"}
    governs = _is_governor(lemma, standing) and not (bare and lemma in standing.clausal_only)
    light = light or (bare and lemma in standing.bringing)
    if lemma == "be":
        if relation == "xcomp" and not scene.grammar.under(above, "acomp", "attr"):
            # "Checkpoints are to be set up".
            state.set("planned", above)
        for predicate in scene.grammar.under(above, "acomp"):
            if relation in {"ccomp", "csubj"} and _is_governor(scene.tokens[predicate].lemma, standing):
                _take(scene, predicate, relation, standing, state)
    if lemma in standing.halting and (bare or (relation == "xcomp" and lemma not in standing.negating_governors)):
        # What is to be stopped is under way, whatever becomes of the stopping.
        return False
    if not governs and not light and not copula and lemma not in standing.happening_verbs:
        return False
    if governs:
        if lemma in groups.planned:
            state.set("possible" if state.hostile and lemma in standing.vowing else "planned", above)
        elif lemma in groups.predicted:
            state.set("predicted", above)
        elif lemma in groups.demanded:
            state.set("demanded", above)
        elif lemma in groups.possible:
            state.set("possible", above)
        if lemma in standing.negating_governors:
            state.negative = not state.negative
        if lemma in standing.failed.governors:
            state.failed = True
        if lemma in standing.succeeded.governors:
            state.succeeded = True
    if token.pos in {"VERB", "AUX"}:
        _verb_group(scene, above, standing, state)
    else:
        for child in scene.grammar.under(above, "det", "amod", "neg"):
            _modifier(scene, child, standing, state)
    return True
