"""The parties that a verb's own slots give: subject, object, agent, what stands behind its prepositions."""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.roles import Roles
from ..records import Mention
from ..records.vocabulary import EventType
from .scene import Scene
from .triggers import Trigger

# Prepositions whose object is the verb's, though parsers hang them from a thing that is its object: "cut payments to X".
_OFF_OBJECT = frozenset({"at", "against", "to", "from", "with", "on"})
# What a place does or has done to it in words is done by or to who governs there: "Kigali rejected", "praised Addis Ababa".
_TALKING: frozenset[EventType] = frozenset(
    {"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "SANCTION", "AGREE", "AID", "COOPERATE"}
)


def find(scene: Scene, trigger: Trigger, roles: Roles) -> tuple[list[Mention], list[Mention]]:
    """Actors and recipients of the event that a verb names."""
    frame, usual, lemma = trigger.action.frame, roles.usual, scene.tokens[trigger.head].lemma
    if lemma in roles.losing and trigger.action.root == "ASSAULT":
        losers = scene.parties(scene.grammar.subjects(trigger.head), subject=True)
        return slots_of(scene, trigger, roles, ("to",), acting=True), losers
    actors = slots_of(scene, trigger, roles, frame.actor or usual.verb_actor, acting=True)
    suffering = usual.verb_recipient if frame.recipient is None else frame.recipient
    recipients = slots_of(scene, trigger, roles, suffering, acting=False, people=trigger.action.name in roles.human)
    if frame.moved:
        actors = actors or slots_of(scene, trigger, roles, ("obj",), acting=True)
    if trigger.action.control == "gain" and not recipients:
        recipients = _holders(scene, trigger, roles)
    if trigger.action.root in {"REQUEST", "ACCUSE"} and not recipients:
        recipients = scene.parties(asked(scene, trigger.head), subject=True, thing=True)
    return actors, recipients


def is_mutual(scene: Scene, verb: int) -> bool:
    """True where the sides do it to each other: "accused one another", "fired rockets at each other"."""
    objects = scene.grammar.objects(verb)
    behind = [index for host in (verb, *objects) for index in scene.grammar.prepositional(host, _OFF_OBJECT)]
    return bool(scene.grammar.subjects(verb)) and any(scene.is_mutual(index) for index in (*objects, *behind))


def asked(scene: Scene, head: int) -> Sequence[int]:
    """Of whom a clause below the word speaks: "demanded that the troops leave", "complained that the army had not paid"."""
    return [
        index
        for clause in scene.grammar.under(head, "ccomp", "acl")
        if scene.grammar.under(clause, "mark") or scene.grammar.under(clause, "aux")
        for index in scene.grammar.conjuncts(scene.grammar.under(clause, "nsubj", "nsubjpass"))
    ]


def bearers(scene: Scene, adjective: int) -> Sequence[int]:
    """Whom a predicative or attributive adjective is said of: "left three guards dead"."""
    token, grammar = scene.tokens[adjective], scene.grammar
    if token.dep == "amod":
        return [token.head]
    own = grammar.under(adjective, "nsubj")
    if own:
        return grammar.conjuncts(own)
    if token.dep not in {"acomp", "oprd", "ccomp", "advcl", "advmod", "conj"}:
        # "Spoke of 62 dead": the dead themselves.
        return []
    objects = grammar.objects(token.head) if token.dep != "acomp" else []
    return objects or grammar.subjects(token.head)


def slots_of(
    scene: Scene, trigger: Trigger, roles: Roles, slots: Sequence[str], *, acting: bool, people: bool = False
) -> list[Mention]:
    """Parties in these slots of the verb. `people`: its object is somebody, whatever noun it is."""
    grammar, verb = scene.grammar, trigger.head
    found: list[int] = []
    objects = grammar.objects(verb) if people else []
    for slot in slots:
        if slot == "subj":
            subjects = grammar.subjects(verb)
            found += subjects
            if acting and trigger.action.root == "ASSAULT":
                found += [index for subject in subjects for index in _whose_deed(scene, subject)]
            if not subjects and scene.tokens[verb].tag == "VBG":
                # "Shelling by the army killed six".
                found += grammar.prepositional(verb, {"by"})
            if not subjects and grammar.passive(verb):
                found += before_participle(scene, verb)
            elif not subjects:
                found += _owner_above(scene, verb, roles)
        elif slot == "obj":
            found += [] if people else [index for index in grammar.objects(verb) if acting or not _thing(scene, trigger, index)]
        elif slot == "iobj":
            found += grammar.datives(verb)
        elif slot not in {"poss", "mod"}:
            found += _behind(scene, trigger, slot)
    if trigger.action.takes_place:
        found = [index for index in found if index not in scene.place_at or scene.heads.get(index) is not None]
    # What "it" fires may be a bomb's doing; a town that talks is its government.
    root = trigger.action.root
    thing, places, inner = acting and root != "ASSAULT", root in _TALKING, acting or root != "CONSULT"
    return [
        *scene.parties(found, subject=acting, thing=thing, places=places, inner=inner),
        *scene.parties([index for index in objects if people], people=True),
    ]


def _whose_deed(scene: Scene, subject: int) -> Sequence[int]:
    """Whose deed it is that does harm: "the coalition's strikes killed six". A deed of nobody's is nobody's."""
    token = scene.tokens[subject]
    if token.pos not in {"NOUN", "VERB"} or scene.is_party_noun(subject) or scene.party(subject) is not None:
        return []
    grammar = scene.grammar
    return [*grammar.under(subject, "poss"), *scene.kind_of_party(subject), *grammar.prepositional(subject, {"by"})]


def _thing(scene: Scene, trigger: Trigger, index: int) -> bool:
    """True for what is hit in a fight and is nobody: "rebel positions" are ground, whoever holds them."""
    return trigger.action.root == "ASSAULT" and index not in scene.heads and scene.is_ground(index)


def _behind(scene: Scene, trigger: Trigger, slot: str) -> Sequence[int]:
    """What stands behind the verb's preposition; parsers hang it from the object ("broke ties with X", "fired rockets at X")
    or from a time ("held out for two years against X") as often as from the verb."""
    grammar, verb = scene.grammar, trigger.head
    objects = grammar.objects(verb)
    hosts = [verb]
    if trigger.by_object or trigger.action.takes_place:
        hosts += [*objects, *grammar.prepositional_of(objects)]
    elif slot in _OFF_OBJECT:
        hosts += [index for index in objects if scene.party(index) is None]
    for preposition in grammar.under(verb, "prep"):
        hosts += [index for index in grammar.under(preposition, "pobj") if index in scene.time_at]
    hosts += [index for index in grammar.under(verb, "npadvmod") if index in scene.time_at]
    found = [index for host in hosts for index in grammar.prepositional(host, {slot})]
    hit = slot in {"at", "on", "against"}
    return [index for index in found if not (hit and _thing(scene, trigger, index))]


def _holders(scene: Scene, trigger: Trigger, roles: Roles) -> list[Mention]:
    """Who had the place that is taken, where its own words say so: "a rebel stronghold", "the town held by X"."""
    grammar = scene.grammar
    found: list[Mention] = []
    for index in grammar.objects(trigger.head):
        if index in scene.heads:
            continue
        holding = [mention for mention in scene.modifiers(index) if mention.head not in scene.place_at]
        holding += scene.parties(owner for owner in grammar.under(index, "poss") if owner not in scene.place_at)
        found += [mention for mention in holding if mention.entity and mention.kind != "person"]
        for child in grammar.under(index, "acl", "amod"):
            if grammar.passive(child):
                lost = scene.tokens[child].lemma in roles.losing
                holders = grammar.prepositional(child, {"to"} if lost else {"by"})
                found += scene.parties(holders or before_participle(scene, child))
    return found


def before_participle(scene: Scene, verb: int) -> Sequence[int]:
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


def _owner_above(scene: Scene, verb: int, roles: Roles) -> Sequence[int]:
    """For "Assad's bid to take X": the possessor or `by` of the noun above; for "began an attempt to", "took part in a bid
    to", "fired at them in an attempt to": the subject of the verb."""
    grammar, token = scene.grammar, scene.tokens[verb]
    head = scene.tokens[token.head].head if token.dep == "pcomp" else token.head
    if token.dep not in {"acl", "pcomp", "relcl"} or scene.tokens[head].pos != "NOUN":
        return []
    owners = [*grammar.under(head, "poss"), *grammar.prepositional(head, {"by"})]
    if owners:
        return owners
    above = scene.tokens[head]
    if above.dep in {"dobj", "attr"} and scene.tokens[above.head].lemma in roles.undertaking:
        return grammar.subjects(above.head)
    if above.dep == "pobj" and scene.tokens[above.head].text.lower() == "in":
        carrying = grammar.clause_verb(head)
        if not grammar.passive(carrying) and scene.tokens[carrying].lemma not in roles.befalling:
            return grammar.subjects(carrying)
    return []
