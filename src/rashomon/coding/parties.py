"""Who does it and to whom: filling the roles of an event from the grammar around its trigger."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..knowledge.actions import Standing
from ..knowledge.roles import Roles
from ..records import Mention
from ..records.vocabulary import Direction
from .scene import Scene
from .triggers import Trigger


class Parties(msgspec.Struct, frozen=True):
    """Actors and recipients of one event as mentions, and whether the text gives a direction."""

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    direction: Direction


def fill(scene: Scene, trigger: Trigger, standing: Standing, roles: Roles) -> Parties:
    """The parties that the grammar ties to the trigger. A party that the text does not name stays out."""
    frame, usual = trigger.action.frame, roles.usual
    if trigger.noun:
        suffering = usual.noun_recipient if frame.recipient is None else frame.recipient
        actors = _noun(scene, trigger, standing, roles, frame.actor or usual.noun_actor, acting=True)
        recipients = _noun(scene, trigger, standing, roles, suffering, acting=False)
    else:
        actors = _verb(scene, trigger, frame.actor or usual.verb_actor, acting=True)
        suffering = usual.verb_recipient if frame.recipient is None else frame.recipient
        recipients = _verb(scene, trigger, suffering, acting=False)
        if frame.moved:
            actors = actors or _verb(scene, trigger, ("obj",), acting=True)
        if trigger.action.control == "gain" and scene.tokens[trigger.head].lemma in roles.losing:
            actors, recipients = _verb(scene, trigger, ("to",), acting=True), scene.parties(scene.grammar.subjects(trigger.head))
    if trigger.action.control == "gain" and not recipients and not trigger.noun:
        recipients = _holders(scene, trigger, roles)
    if not trigger.noun and scene.tokens[trigger.head].lemma in standing.dying:
        actors, recipients = [], actors
    return _settle(scene, trigger, actors, recipients)


def _settle(scene: Scene, trigger: Trigger, actors: Sequence[Mention], recipients: Sequence[Mention]) -> Parties:
    # The same words cannot act and be acted on, unless it is done to oneself; the actor's slot is the surer one.
    spans = {mention.span for mention in actors}
    recipients = [mention for mention in recipients if mention.span not in spans]
    direction: Direction = "directed"
    if trigger.action.reciprocal:
        direction = "reciprocal" if len(actors) > 1 or recipients else "unstated"
    elif not actors or not recipients:
        direction = "unstated" if not actors and not recipients else "directed"
    return Parties(tuple(actors), tuple(recipients), direction)


def _verb(scene: Scene, trigger: Trigger, slots: Sequence[str], *, acting: bool) -> list[Mention]:
    grammar, verb = scene.grammar, trigger.head
    found: list[int] = []
    for slot in slots:
        if slot == "subj":
            subjects = grammar.subjects(verb)
            found += subjects
            if not subjects and grammar.passive(verb):
                found += _before_participle(scene, verb)
            elif not subjects:
                found += _owner_above(scene, verb)
        elif slot == "obj":
            found += grammar.objects(verb)
        elif slot == "iobj":
            found += grammar.datives(verb)
        elif slot not in {"poss", "mod"}:
            found += grammar.prepositional(verb, {slot})
            if trigger.by_object:
                # "Broke ties with X": the preposition hangs on the object.
                found += [inner for index in grammar.objects(verb) for inner in grammar.prepositional(index, {slot})]
    if trigger.action.takes_place:
        found = [index for index in found if index not in scene.place_at or scene.heads.get(index) is not None]
    return scene.parties(found, subject=acting)


def _holders(scene: Scene, trigger: Trigger, roles: Roles) -> list[Mention]:
    """Who had the place that is taken, where its own words say so: "a rebel stronghold", "the town held by X"."""
    grammar = scene.grammar
    found: list[Mention] = []
    for index in grammar.objects(trigger.head):
        if index in scene.heads:
            continue
        found += [mention for mention in scene.modifiers(index) if mention.head not in scene.place_at]
        found += scene.parties(owner for owner in grammar.under(index, "poss") if owner not in scene.place_at)
        for child in grammar.under(index, "acl", "amod"):
            if grammar.passive(child):
                lost = scene.tokens[child].lemma in roles.losing
                holders = grammar.prepositional(child, {"to"} if lost else {"by"})
                found += scene.parties(holders or _before_participle(scene, child))
    return found


def _before_participle(scene: Scene, verb: int) -> list[int]:
    """The doer written before a participle: "Turkey-backed", "Turkish backed", "government-held"."""
    found = []
    for child in scene.grammar.under(verb, "npadvmod", "compound", "amod", "nsubj", "nmod", "advmod", "dep", "pobj"):
        if scene.mention_at.get(child) is not None and child < verb:
            found.append(child)
    if not found and verb >= 1:
        before = verb - 2 if scene.tokens[verb - 1].text == "-" else verb - 1
        if before >= 0 and before in scene.mention_at and scene.tokens[verb].dep == "amod":
            found.append(before)
    return scene.grammar.conjuncts(found)


def _owner_above(scene: Scene, verb: int) -> list[int]:
    """For "Assad's bid to take X": the possessor or `by` of the noun above; for "began an attempt to", the verb's subject."""
    token = scene.tokens[verb]
    head = token.head
    if token.dep == "pcomp":
        head = scene.tokens[head].head
    if token.dep not in {"acl", "pcomp", "relcl"} or scene.tokens[head].pos != "NOUN":
        return []
    owners = scene.grammar.under(head, "poss") + scene.grammar.prepositional(head, {"by"})
    if owners:
        return owners
    above = scene.tokens[head]
    if above.dep in {"dobj", "attr"} and scene.tokens[above.head].pos in {"VERB", "AUX"}:
        return scene.grammar.subjects(above.head)
    return []


def _noun(
    scene: Scene, trigger: Trigger, standing: Standing, roles: Roles, slots: Sequence[str], *, acting: bool
) -> list[Mention]:
    grammar, noun, frame = scene.grammar, trigger.head, trigger.action.frame
    found: list[int] = []
    mentions: list[Mention] = []
    for slot in slots:
        if slot == "poss":
            found += grammar.under(noun, "poss")
        elif slot == "mod":
            mentions += _acting_modifiers(scene, noun, standing)
        elif slot not in {"subj", "obj", "iobj"}:
            found += grammar.prepositional(noun, {slot})
    role = "actor" if acting else "recipient"
    if frame.of == role:
        found += grammar.prepositional(noun, {"of"})
    carrier, suffered = _carrier(scene, noun, standing, roles)
    # A demand that has its own author ("Putin's demand") is not that of those who reject it.
    if carrier is not None and not (acting and (mentions or scene.parties(found))):
        found += _carried(scene, carrier, noun, slots, suffered=suffered, acting=acting, standing=standing)
    mentions += scene.parties(index for index in found if index not in scene.place_at or index in scene.heads)
    unique = {mention.span: mention for mention in mentions}
    return [unique[span] for span in sorted(unique)]


def _acting_modifiers(scene: Scene, noun: int, standing: Standing) -> list[Mention]:
    """Names before the noun that act: "rebel attack", "Al-Qaeda-led offensive"; not the place of a "Damascus attack"."""
    found = [mention for mention in scene.modifiers(noun) if mention.head not in scene.place_at]
    for child in scene.grammar.under(noun, "amod", "acl", "compound"):
        token = scene.tokens[child]
        if token.lemma in standing.leading_participles and token.tag in {"VBN", "VBD"}:
            found += scene.parties(_before_participle(scene, child))
    return found


def _carrier(scene: Scene, noun: int, standing: Standing, roles: Roles) -> tuple[int | None, bool]:
    """The light verb that carries the event noun, and whether its subject suffers the event."""
    token = scene.tokens[noun]
    for child in scene.grammar.under(noun, "acl", "relcl"):
        if scene.tokens[child].lemma in standing.light_verbs:
            return child, False
    above, relation = token.head, token.dep
    if relation == "conj":
        relation, above = scene.tokens[above].dep, scene.tokens[above].head
    if relation == "pobj" and scene.tokens[above].text.lower() in roles.carrying:
        above, relation = scene.tokens[above].head, "pobj"
        if scene.tokens[above].lemma in standing.suffering_verbs:
            return above, True
        return None, False
    lemma = scene.tokens[above].lemma
    if relation in {"dobj", "nsubjpass"}:
        if lemma in standing.suffering_verbs:
            return above, True
        if lemma in standing.light_verbs:
            return above, False
    return None, False


def _carried(
    scene: Scene, verb: int, noun: int, slots: Sequence[str], *, suffered: bool, acting: bool, standing: Standing
) -> list[int]:
    """What the light verb's own slots give the noun's roles."""
    grammar = scene.grammar
    lemma = scene.tokens[verb].lemma
    if suffered:
        return [] if acting else grammar.subjects(verb)
    if acting:
        return [] if lemma in standing.inflicting_verbs else grammar.subjects(verb)
    found = grammar.prepositional(verb, {slot for slot in slots if slot not in {"poss", "mod", "subj", "obj", "iobj"}})
    if lemma in standing.inflicting_verbs or "iobj" in slots:
        # Between verb and noun stands who suffers or gets it; parsers seldom call it a dative.
        between = [index for index in range(verb + 1, noun) if index in scene.heads]
        found += grammar.datives(verb) or between
    return found
