"""Finding the words that name an event: verbs, event nouns, participles before a noun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ..knowledge.actions import Action, Pattern, Standing, Triggers
from ..records import Mention, Span
from .scene import Scene

_PHRASE = 24  # characters on either side in which a set phrase may stand


class Trigger(msgspec.Struct, frozen=True):
    """An event word: its head token, its span, whether it is a noun, and the action that it names.

    `by_object`: a verb that is a trigger for its object's sake ("won the battle", "signed a deal").
    """

    head: int
    span: Span
    noun: bool
    action: Action
    by_object: bool = False


def find(scene: Scene, triggers: Triggers, standing: Standing, families: Mapping[str, str]) -> list[Trigger]:
    """All triggers of the document in text order; a token is the head of one trigger at most."""
    found: list[Trigger] = []
    for sentence in scene.syntax.sentences:
        taken: set[int] = set()
        for index in range(sentence.first, sentence.last):
            if index in taken:
                continue
            trigger = _at(scene, triggers, index, sentence.last)
            if trigger is not None and not _idiom(scene, trigger, standing.idioms):
                found.append(trigger)
                taken.update(scene.syntax.within(trigger.span))
    return _once(scene, found, standing.light_verbs, families)


def _idiom(scene: Scene, trigger: Trigger, idioms: Sequence[str]) -> bool:
    """True when the trigger is a word of a set phrase ("do or die")."""
    start = max(0, trigger.span.start - _PHRASE)
    around = scene.text[start : trigger.span.end + _PHRASE].lower()
    for idiom in idioms:
        at = around.find(idiom)
        if at >= 0 and start + at <= trigger.span.start and trigger.span.end <= start + at + len(idiom):
            return True
    return False


def _once(scene: Scene, found: list[Trigger], light_verbs: frozenset[str], families: Mapping[str, str]) -> list[Trigger]:
    """One trigger an event: of "signed a deal" the noun, "won the battle" the verb, "the attack is advancing" the noun."""
    nouns = {trigger.head: trigger for trigger in found if trigger.noun}
    dropped: set[int] = set()
    for trigger in found:
        if trigger.noun:
            continue
        for index in scene.grammar.objects(trigger.head):
            noun = nouns.get(index)
            if noun is not None and trigger.by_object and noun.action.root == trigger.action.root and not noun.action.takes_place:
                light = scene.tokens[trigger.head].lemma in light_verbs
                dropped.add(trigger.head if light else noun.head)
        for index in scene.grammar.subjects(trigger.head):
            noun = nouns.get(index)
            if noun is not None and _family(noun, families) == _family(trigger, families):
                dropped.add(trigger.head)
    return [trigger for trigger in found if trigger.head not in dropped]


def _family(trigger: Trigger, families: Mapping[str, str]) -> str:
    return families.get(trigger.action.name, trigger.action.name)


def _at(scene: Scene, triggers: Triggers, index: int, end: int) -> Trigger | None:
    tokens = scene.tokens
    token = tokens[index]
    lemma = token.lemma
    for pattern, action in triggers.verbs.get(lemma, ()):
        last = _sequence(scene, pattern, index, end)
        if last is not None and _is_verb(scene, last) and _verb_fits(scene, triggers, pattern, last):
            if action.negated and not scene.grammar.under(last, "neg"):
                continue
            literal = any(not wanted.isupper() for wanted in pattern.objects)
            return Trigger(last, _verb_span(scene, pattern, index, last), False, action, literal)
    for pattern, action in triggers.nouns.get(lemma, ()):
        last = _sequence(scene, pattern, index, end)
        if last is not None and _is_noun(scene, last, index) and _noun_fits(scene, triggers, pattern, last):
            return Trigger(last, scene.syntax.span(index, last), True, action)
    return None


def _sequence(scene: Scene, pattern: Pattern, index: int, end: int) -> int | None:
    """Index of the last token when the pattern's words follow one another from `index`, hyphens apart."""
    at = index
    for number, word in enumerate(pattern.words):
        if number and at < end and (scene.tokens[at].tag == "HYPH" or scene.tokens[at].text == "-"):
            at += 1
        if at >= end or word not in (scene.tokens[at].lemma, scene.tokens[at].text.lower()):
            return None
        at += 1
    return at - 1


def _is_verb(scene: Scene, index: int) -> bool:
    token = scene.tokens[index]
    if token.pos == "AUX":
        return token.dep not in {"aux", "auxpass"}
    if token.dep == "amod" and token.tag == "VBG":
        # "Attacking forces" act; a "negotiating position" does not.
        return scene.named(token.head) is not None
    return token.pos == "VERB" or (token.tag in {"VBN", "VBG"} and token.dep in {"amod", "acl"})


def _is_noun(scene: Scene, index: int, first: int) -> bool:
    token = scene.tokens[index]
    if token.pos == "ADJ" and token.dep in {"pobj", "dobj", "nsubj", "attr", "ROOT"}:
        # "Sixty-two dead".
        return True
    if token.pos not in {"NOUN", "PROPN"} or (token.pos == "PROPN" and index in scene.place_at):
        return False
    if token.dep == "compound" and token.head > index and token.head != first:
        # "battle stations", "ceasefire plan": the noun that it modifies is what is spoken of.
        return False
    mention = scene.mention_at.get(index)
    return mention is None or mention.description


def _verb_span(scene: Scene, pattern: Pattern, first: int, last: int) -> Span:
    span = scene.syntax.span(first, last)
    if pattern.particle:
        for child in scene.grammar.under(last, "prt", "advmod", "prep", "oprd"):
            token = scene.tokens[child]
            if token.text.lower() == pattern.particle and token.start - span.end <= 40:
                return Span(span.start, max(span.end, token.end))
    return span


def _verb_fits(scene: Scene, triggers: Triggers, pattern: Pattern, verb: int) -> bool:
    children = [scene.tokens[child] for child in scene.syntax.children[verb]]
    if pattern.active and scene.grammar.passive(verb):
        return False
    if pattern.particle and not any(
        child.text.lower() == pattern.particle and child.dep in {"prt", "advmod", "prep", "oprd", "acomp"} for child in children
    ):
        return False
    if pattern.prepositions and not any(
        child.text.lower() in pattern.prepositions and child.dep in {"prep", "prt", "dative", "agent"} for child in children
    ):
        return False
    if not pattern.objects:
        return True
    objects = list(scene.grammar.objects(verb))
    if "ALONE" in pattern.objects and not objects and not scene.grammar.under(verb, "xcomp", "ccomp", "prt", "attr", "dobj"):
        return True
    if pattern.prepositions:
        objects += scene.grammar.prepositional(verb, pattern.prepositions)
    # "Eighteen of the lorries": what is counted is meant.
    objects += [
        inner for index in objects if scene.tokens[index].pos == "NUM" for inner in scene.grammar.prepositional(index, {"of"})
    ]
    return any(_is(scene, triggers, index, wanted) for index in objects for wanted in pattern.objects if wanted != "ALONE")


def _is(scene: Scene, triggers: Triggers, index: int, wanted: str) -> bool:
    token = scene.tokens[index]
    if not wanted.isupper():
        return wanted in (token.lemma, token.text.lower())
    if wanted == "OBJECT":
        mention = scene.named(index)
        return (mention is not None and mention.kind not in {"media", "other"}) or token.lemma in triggers.classes["PERSON"]
    if wanted == "PLACE":
        if index in scene.place_at:
            return True
        if token.lemma in triggers.classes["PLACE"]:
            return True
        return (
            any(child in scene.place_at for child in scene.grammar.prepositional(index, {"of", "in"}))
            and token.pos == "NOUN"
            and scene.named(index) is None
            and token.lemma not in triggers.classes["PERSON"]
        )
    return token.lemma in triggers.classes[wanted] or token.text.lower() in triggers.classes[wanted]


def _noun_fits(scene: Scene, triggers: Triggers, pattern: Pattern, noun: int) -> bool:
    if pattern.unless and any(word in triggers.classes[pattern.unless] for word in _around(scene, noun)):
        return False
    for wanted in pattern.objects:
        if wanted == "COUNTED":
            if scene.grammar.under(noun, "nummod", "quantmod"):
                return True
        elif wanted == "OFPLACE":
            if any(_is(scene, triggers, index, "PLACE") for index in scene.grammar.prepositional(noun, {"of"})):
                return True
        elif (
            wanted == "MILITARY" and any(m.kind in {"armed-force", "armed-group", "state"} for m in _owners(scene, noun))
        ) or any(word in triggers.classes[wanted] for word in _around(scene, noun)):
            return True
    return not pattern.objects


def _owners(scene: Scene, noun: int) -> Iterator[Mention]:
    yield from scene.modifiers(noun)
    yield from scene.parties(scene.grammar.under(noun, "poss"))
    yield from scene.parties(scene.grammar.prepositional(noun, {"by"}))


def _around(scene: Scene, noun: int) -> Iterator[str]:
    """Lower-case words that modify the noun, its prepositions among them; a participle brings its own words."""
    for child in scene.syntax.children[noun]:
        token = scene.tokens[child]
        if token.dep in {"amod", "compound", "nmod", "poss", "prep", "det", "npadvmod", "advmod"}:
            yield token.text.lower()
            yield token.lemma
            for inner in scene.syntax.children[child]:
                if token.dep == "amod":
                    yield scene.tokens[inner].text.lower()
