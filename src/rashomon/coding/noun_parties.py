"""The parties that stand around an event noun: its possessor and modifiers, its prepositions, the light verb that carries it."""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.actions import Standing
from ..knowledge.roles import Roles
from ..records import Mention
from .scene import Scene
from .triggers import Trigger
from .verb_parties import asked, before_participle


def find(scene: Scene, trigger: Trigger, standing: Standing, roles: Roles) -> tuple[list[Mention], list[Mention]]:
    """Actors and recipients of the event that a noun names."""
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
    acting = frame.actor or usual.noun_actor
    suffering = usual.noun_recipient if frame.recipient is None else frame.recipient
    if token.lemma in roles.losing_nouns:
        acting, suffering = tuple(slot for slot in acting if slot != "poss"), ("poss", *suffering)
    elif grammar.prepositional(trigger.head, {"by"}):
        # "Its recapture by the army": whose it was.
        acting = tuple(slot for slot in acting if slot != "poss")
    actors = _noun(scene, trigger, standing, roles, acting, acting=True)
    recipients = _noun(scene, trigger, standing, roles, suffering, acting=False)
    if trigger.action.root == "REQUEST" and not recipients:
        recipients = scene.parties(asked(scene, trigger.head))
    if trigger.action.reciprocal and recipients and not actors:
        # "Seized the airport after two days of battles with the army".
        verb = grammar.clause_verb(trigger.head)
        subjects = grammar.subjects(verb) if verb != trigger.head else []
        if trigger.head not in subjects and not any(scene.tokens[index].dep == "pobj" for index in subjects):
            actors = scene.parties(subjects)
    return actors, recipients


def _noun(
    scene: Scene, trigger: Trigger, standing: Standing, roles: Roles, slots: Sequence[str], *, acting: bool
) -> list[Mention]:
    grammar, noun, frame = scene.grammar, trigger.head, trigger.action.frame
    found: list[int] = []
    mentions: list[Mention] = []
    hosts = [noun, *_containers(scene, noun, roles)]
    for slot in slots:
        if slot == "poss":
            found += [index for host in hosts for index in grammar.under(host, "poss")]
        elif slot == "mod":
            fighting = trigger.action.root == "ASSAULT" and trigger.action.name not in roles.human
            mentions += _acting_modifiers(scene, noun, standing, fighting=fighting)
        elif slot not in {"subj", "obj", "iobj"}:
            found += [index for host in hosts for index in grammar.prepositional(host, {slot})]
    role = "actor" if acting else "recipient"
    if frame.of == role:
        found += grammar.prepositional(noun, {"of"})
    carrier, suffered = _carrier(scene, noun, standing, roles)
    # A demand that has its own author ("Putin's demand") is not that of those who reject it.
    named = [*mentions, *scene.parties(found)] if acting else []
    # "The rebels began their offensive": nobody else's than theirs, where the pronoun is not known.
    whose = [index for index in found if acting and scene.tokens[index].tag == "PRP$"]
    unknown = bool(whose) and all(mention.pronoun and not mention.entity for mention in named)
    if carrier is not None and (unknown or not named):
        found = [index for index in found if not unknown or index not in whose]
        found += _carried(scene, carrier, noun, slots, suffered=suffered, acting=acting, standing=standing)
    mentions += scene.parties(index for index in found if index not in scene.place_at or index in scene.heads)
    unique = {mention.span: mention for mention in mentions}
    return [unique[span] for span in sorted(unique)]


def _containers(scene: Scene, noun: int, roles: Roles) -> Sequence[int]:
    """Nouns that only count the event or bundle it: "a series of raids by X", "an exchange of accusations between A and B"."""
    token = scene.tokens[noun]
    if token.dep != "pobj" or scene.tokens[token.head].text.lower() != "of":
        return []
    above = scene.tokens[token.head].head
    return [above] if scene.tokens[above].lemma in roles.containers else []


def _acting_modifiers(scene: Scene, noun: int, standing: Standing, *, fighting: bool) -> list[Mention]:
    """Names before the noun that act: "Hamas attack", "Al-Qaeda-led offensive"; not the place of a "Damascus attack".

    `fighting`: common nouns are parties, too ("rebel attack").
    """
    found = [mention for mention in scene.modifiers(noun) if mention.head not in scene.place_at]
    for child in scene.grammar.under(noun, "amod", "acl", "compound"):
        token = scene.tokens[child]
        if token.lemma in standing.leading_participles and token.tag in {"VBN", "VBD"}:
            found += scene.parties(before_participle(scene, child))
    if fighting and not found:
        found = scene.parties(scene.kind_of_party(noun))
    return found


def _carrier(scene: Scene, noun: int, standing: Standing, roles: Roles) -> tuple[int | None, bool]:
    """The light verb that carries the event noun, and whether its subject suffers the event."""
    token = scene.tokens[noun]
    for child in scene.grammar.under(noun, "acl", "relcl"):
        lemma = scene.tokens[child].lemma
        if lemma in standing.light_verbs:
            return child, False
        if lemma in standing.suffering_verbs and not scene.grammar.passive(child):
            # "The losses that the rebels suffered".
            return child, True
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
) -> Sequence[int]:
    """What the light verb's own slots give the noun's roles."""
    grammar = scene.grammar
    lemma = scene.tokens[verb].lemma
    if suffered:
        return [] if acting else grammar.subjects(verb)
    if acting:
        # Who stops an attack need not be who attacks: "intervened to stop attacks on its ally".
        return [] if lemma in standing.inflicting_verbs | standing.halting else grammar.subjects(verb)
    found = grammar.prepositional(verb, {slot for slot in slots if slot not in {"poss", "mod", "subj", "obj", "iobj"}})
    if lemma in standing.inflicting_verbs or "iobj" in slots:
        # Between verb and noun stands who suffers or gets it; parsers seldom call it a dative.
        between = [index for index in range(verb + 1, noun) if index in scene.heads]
        found += grammar.datives(verb) or between
    return found
