"""Who does it and to whom: filling the roles of an event from the grammar around its trigger."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..knowledge.actions import Standing
from ..knowledge.roles import Roles
from ..records import Mention
from ..records.vocabulary import ActorRole, Direction
from . import answerable
from .scene import Scene
from .triggers import Trigger


class Parties(msgspec.Struct, frozen=True):
    """Actors and recipients of one event as mentions, the part that the actors play, and whether the text gives a direction."""

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    direction: Direction
    role: ActorRole = "named"


def fill(scene: Scene, trigger: Trigger, standing: Standing, roles: Roles) -> Parties:
    """The parties that the grammar ties to the trigger. A party that the text does not name stays out."""
    actors, recipients = _noun_parties(scene, trigger, standing, roles) if trigger.noun else _verb_parties(scene, trigger, roles)
    if not trigger.noun and scene.tokens[trigger.head].lemma in standing.dying:
        actors, recipients = [], actors
    recipients = _sure(trigger, recipients)
    role: ActorRole = "named"
    if actors:
        role = "accused" if answerable.is_accused(scene, trigger.head, roles.answering) else "named"
    elif accused := scene.parties(answerable.accused(scene, trigger.head, roles.answering)):
        actors, role = accused, "accused"
    elif claimed := scene.parties(answerable.claimants(scene, trigger.head, roles.answering), subject=True):
        actors, role = claimed, "claimed"
    return _settle(scene, trigger, actors, recipients, role)


def _verb_parties(scene: Scene, trigger: Trigger, roles: Roles) -> tuple[list[Mention], list[Mention]]:
    frame, usual, lemma = trigger.action.frame, roles.usual, scene.tokens[trigger.head].lemma
    if lemma in roles.losing and trigger.action.root == "ASSAULT":
        return _verb(scene, trigger, ("to",), acting=True), scene.parties(scene.grammar.subjects(trigger.head), subject=True)
    actors = _verb(scene, trigger, frame.actor or usual.verb_actor, acting=True)
    suffering = usual.verb_recipient if frame.recipient is None else frame.recipient
    recipients = _verb(scene, trigger, suffering, acting=False)
    if frame.moved:
        actors = actors or _verb(scene, trigger, ("obj",), acting=True)
    if trigger.action.control == "gain" and not recipients:
        recipients = _holders(scene, trigger, roles)
    if trigger.action.root == "REQUEST" and not recipients:
        recipients = scene.parties(_asked(scene, trigger.head))
    return actors, recipients


def _noun_parties(
    scene: Scene, trigger: Trigger, standing: Standing, roles: Roles
) -> tuple[list[Mention], list[Mention]]:
    frame, usual, grammar = trigger.action.frame, roles.usual, scene.grammar
    token = scene.tokens[trigger.head]
    if (
        token.lemma in roles.bare
        and token.dep == "pobj"
        and scene.tokens[token.head].text.lower() == "in"
        and not grammar.under(trigger.head, "det", "poss")
    ):
        # "Walked out in protest at the raid", "bombs in support of the militia": who walks and bombs.
        above = grammar.clause_verb(trigger.head)
        recipients = scene.parties(grammar.prepositional(trigger.head, {"of", "with", "for", "against", "at"}))
        return scene.parties(grammar.subjects(above), subject=True), recipients
    suffering = usual.noun_recipient if frame.recipient is None else frame.recipient
    actors = _noun(scene, trigger, standing, roles, frame.actor or usual.noun_actor, acting=True)
    recipients = _noun(scene, trigger, standing, roles, suffering, acting=False)
    if trigger.action.root == "REQUEST" and not recipients:
        recipients = scene.parties(_asked(scene, trigger.head))
    if trigger.action.reciprocal and recipients and not actors:
        # "Seized the airport after two days of battles with the army".
        verb = grammar.clause_verb(trigger.head)
        subjects = grammar.subjects(verb) if verb != trigger.head else []
        if trigger.head not in subjects and not any(scene.tokens[index].dep == "pobj" for index in subjects):
            actors = scene.parties(subjects)
    return actors, recipients


def _asked(scene: Scene, head: int) -> list[int]:
    """Who is to do what is demanded in a clause: "demanded that the troops leave"."""
    return [
        index
        for clause in scene.grammar.under(head, "ccomp", "acl")
        if scene.tokens[clause].tag in {"VB", "VBP"}
        for index in scene.grammar.conjuncts(scene.grammar.under(clause, "nsubj"))
    ]


def _sure(trigger: Trigger, recipients: Sequence[Mention]) -> list[Mention]:
    """Of what is attacked, names of nobody known are places more often than parties, unless they are acronyms."""
    if trigger.action.root != "ASSAULT":
        return list(recipients)
    return [one for one in recipients if one.entity or one.description or one.pronoun or one.name.isupper()]


def _settle(
    scene: Scene, trigger: Trigger, actors: Sequence[Mention], recipients: Sequence[Mention], role: ActorRole
) -> Parties:
    # The same words cannot act and be acted on, unless it is done to oneself; the actor's slot is the surer one.
    spans = {mention.span for mention in actors}
    recipients = [mention for mention in recipients if mention.span not in spans]
    direction: Direction = "directed"
    if trigger.action.reciprocal:
        direction = "reciprocal" if len(actors) > 1 or recipients else "unstated"
    elif not actors and not recipients:
        direction = "unstated"
    return Parties(tuple(actors), tuple(recipients), direction, role)


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
            found += _behind(scene, trigger, slot)
    if trigger.action.takes_place:
        found = [index for index in found if index not in scene.place_at or scene.heads.get(index) is not None]
    return scene.parties(found, subject=acting)


def _behind(scene: Scene, trigger: Trigger, slot: str) -> list[int]:
    """What stands behind the verb's preposition; parsers hang it from the object ("broke ties with X", "took the town from X")
    or from a time ("held out for two years against X") as often as from the verb."""
    grammar, verb = scene.grammar, trigger.head
    hosts = [verb]
    if trigger.by_object or trigger.action.takes_place:
        objects = grammar.objects(verb)
        hosts += objects + grammar.prepositional_of(objects)
    for preposition in grammar.under(verb, "prep"):
        hosts += [index for index in grammar.under(preposition, "pobj") if index in scene.time_at]
    hosts += [index for index in grammar.under(verb, "npadvmod") if index in scene.time_at]
    return [index for host in hosts for index in grammar.prepositional(host, {slot})]


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
