"""Finding the words that name an event: verbs, event nouns, participles before a noun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from ..knowledge.actions import Action, Pattern, Standing, Triggers
from ..records import Mention, Span, Token
from .scene import Scene

_PHRASE = 24  # characters on either side in which a set phrase may stand
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "conj", "relcl", "acl"})
_APART = 40  # characters between a verb and its particle
_PARTICLE = ("prt", "advmod", "prep", "oprd", "acomp", "ccomp", "npadvmod")
_ARMED = frozenset({"armed-force", "armed-group", "state"})
_ENDINGS = {"VB": ("ed", "ing", "s"), "NN": ("s",)}
_DEEDS = {"ATTACKING": "ASSAULT", "AIDING": "AID"}
_SAID = ("HOSTILE", "KIND")
_Rows = tuple[tuple[Pattern, Action], ...]
_ANY_PREPOSITION = frozenset({"of", "on", "for", "in", "at", "to", "with", "against", "over", "by", "from", "about"})


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
    listed: dict[tuple[str, str, str], tuple[_Rows, _Rows]] = {}
    for sentence in scene.syntax.sentences:
        tokens = scene.tokens[sentence.first : sentence.last]
        if not triggers.classes["GAMES"].isdisjoint([token.lemma for token in tokens]):
            continue
        taken: set[int] = set()
        for index, token in enumerate(tokens, sentence.first):
            key = token.lemma, token.text, token.tag
            rows = listed.get(key)
            if rows is None:
                rows = listed[key] = _listed(triggers.verbs, token), _listed(triggers.nouns, token)
            if index in taken or not (rows[0] or rows[1]):
                continue
            trigger = _at(scene, triggers, index, sentence.last, *rows)
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
    """One trigger an event: of "signed a deal" and "the attack is advancing" the noun. "Won the battle" is two events."""
    nouns = {trigger.head: trigger for trigger in found if trigger.noun}
    dropped: set[int] = set()
    for trigger in found:
        if trigger.noun:
            continue
        objects = scene.grammar.objects(trigger.head)
        for index in objects:
            noun = nouns.get(index)
            if noun is None or not trigger.by_object or noun.action.root != trigger.action.root:
                continue
            if scene.tokens[trigger.head].lemma in light_verbs:
                dropped.add(trigger.head)
        for index in scene.grammar.subjects(trigger.head):
            noun = nouns.get(index)
            if noun is not None and not objects and _family(noun, families) == _family(trigger, families):
                dropped.add(trigger.head)
    return [trigger for trigger in found if trigger.head not in dropped]


def _family(trigger: Trigger, families: Mapping[str, str]) -> str:
    return families.get(trigger.action.name, trigger.action.name)


def _at(scene: Scene, triggers: Triggers, index: int, end: int, verbs: _Rows, nouns: _Rows) -> Trigger | None:
    known: dict[int, _Verb | None] = {}
    for pattern, action in verbs:
        last = _sequence(scene, pattern, index, end)
        if last is None:
            continue
        if last not in known:
            known[last] = _Verb(scene, triggers, last) if _is_verb(scene, last) else None
        verb = known[last]
        if verb is not None and _verb_fits(scene, triggers, pattern, verb):
            if action.negated and not scene.grammar.under(last, "neg"):
                continue
            literal = any(not wanted.isupper() for group in pattern.objects for wanted in group)
            return Trigger(last, _verb_span(scene, triggers, pattern, index, last), False, action, literal)
    for pattern, action in nouns:
        last = _sequence(scene, pattern, index, end)
        if last is not None and _is_noun(scene, pattern, last, index) and _noun_fits(scene, triggers, pattern, last):
            return Trigger(last, scene.syntax.span(index, last), True, action)
    return None


def _listed(index: Mapping[str, _Rows], token: Token) -> _Rows:
    """Patterns that begin with the token's lemma, or with its form or a stem of it where the lemma may be wrong ("retook")."""
    form = token.text.lower()
    found = index.get(token.lemma, ()) + (index.get(form, ()) if form != token.lemma else ())
    if found:
        return found
    return next((index[stem] for stem in _stems(form, _ENDINGS.get(token.tag[:2], ())) if stem in index), ())


def _stems(form: str, endings: Sequence[str]) -> Iterator[str]:
    """What a regular form may come of, where the lemma list does not know it: "cratered", "dined", "nabbed", "salvos"."""
    for ending in endings:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem[-1] == "i":
                yield stem[:-1] + "y"


def _sequence(scene: Scene, pattern: Pattern, index: int, end: int) -> int | None:
    """Index of the last token when the pattern's words follow one another from `index`, hyphens apart."""
    if len(pattern.words) == 1:
        return index if index < end else None
    at = index
    for number, word in enumerate(pattern.words):
        if number and at < end and (scene.tokens[at].tag == "HYPH" or scene.tokens[at].text == "-"):
            at += 1
        if at >= end or (number and word not in (scene.tokens[at].lemma, scene.tokens[at].text.lower())):
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


def _is_noun(scene: Scene, pattern: Pattern, index: int, first: int) -> bool:
    token = scene.tokens[index]
    if pattern.adjective:
        # "Fighters loyal to Haftar", "mutinous soldiers".
        return token.pos == "ADJ"
    if token.pos == "ADJ" and token.dep in {"pobj", "dobj", "nsubj", "attr", "ROOT"}:
        # "Sixty-two dead".
        return True
    if token.pos not in {"NOUN", "PROPN"} or (token.pos == "PROPN" and scene.is_known_place(index)):
        return False
    if token.dep == "compound" and token.head > index and token.head != first:
        # "battle stations", "ceasefire plan": the noun that it modifies is what is spoken of.
        return False
    mention = scene.mention_at.get(index)
    return mention is None or mention.description


def _verb_span(scene: Scene, triggers: Triggers, pattern: Pattern, first: int, last: int) -> Span:
    span = scene.syntax.span(first, last)
    for child in scene.grammar.under(last, *_PARTICLE):
        token = scene.tokens[child]
        if _one_of(scene, triggers, child, pattern.particles) and token.pos != "NOUN" and token.start - span.end <= _APART:
            return Span(span.start, max(span.end, token.end))
    return span


class _Verb:
    """What stands around a verb: worked out once for all the patterns that it may fit."""

    def __init__(self, scene: Scene, triggers: Triggers, index: int) -> None:
        grammar = scene.grammar
        self.index = index
        self.particles = grammar.under(index, *_PARTICLE)
        self.subjects, self.objects = grammar.subjects(index), grammar.objects(index)
        self.clauses = grammar.under(index, "xcomp", "ccomp")
        self.unlikely = _unlikely(scene, triggers, (*self.subjects, *self.objects))
        self._scene = scene

    @cached_property
    def beside(self) -> frozenset[str]:
        """Words that stand with it."""
        return frozenset(_beside(self._scene, self.index, self.subjects, self.objects))


def _verb_fits(scene: Scene, triggers: Triggers, pattern: Pattern, around: _Verb) -> bool:
    if around.unlikely:
        return False
    grammar, verb = scene.grammar, around.index
    if pattern.active and grammar.passive(verb):
        return False
    particles: Sequence[int] = ()
    if pattern.particles:
        particles = [child for child in around.particles if _one_of(scene, triggers, child, pattern.particles)]
        if not particles:
            return False
    # "Went back on", "made off with": parsers hang the preposition from the particle, too.
    heads = (verb, *particles)
    if pattern.prepositions and not any(
        grammar.lowers[child] in pattern.prepositions
        for head in heads
        for child in grammar.under(head, "prep", "prt", "dative", "agent")
    ):
        return False
    subjects, objects = around.subjects, around.objects
    if pattern.doers and not _any(scene, triggers, subjects, pattern.doers):
        return False
    if pattern.unless and _stands(triggers, around.beside, pattern.unless):
        return False
    clauses = around.clauses
    if any(scene.tokens[clause].lemma in pattern.unless for clause in clauses):
        # "Declined to comment".
        return False
    if "KIND" in pattern.unless and _says(scene, triggers, clauses, "KIND"):
        return False
    if pattern.spared and _any(scene, triggers, objects, pattern.spared):
        return False
    if not pattern.objects:
        return True
    reached = list(objects)
    if pattern.prepositions:
        reached += [index for head in heads for index in grammar.prepositional(head, pattern.prepositions)]
    # "Eighteen of the lorries", "a round of talks": what is counted is meant. "Stopped shelling" has an object, too.
    counts = triggers.classes["MEASURE"]
    counted = [index for index in reached if scene.tokens[index].pos == "NUM" or scene.tokens[index].lemma in counts]
    reached += [inner for index in counted for inner in grammar.prepositional(index, {"of"})]
    reached += [clause for clause in grammar.under(verb, "xcomp") if scene.tokens[clause].tag == "VBG"]
    return all(_object(scene, triggers, verb, objects, reached, group) for group in pattern.objects)


def _object(
    scene: Scene, triggers: Triggers, verb: int, objects: Sequence[int], reached: Sequence[int], wanted: Sequence[str]
) -> bool:
    """Whether an object, or what the verb's clause says, is one of those wanted."""
    under = scene.grammar.under
    if "ALONE" in wanted and not objects and not under(verb, "xcomp", "ccomp", "prt", "attr", "acomp", "oprd", "dobj"):
        return True
    clauses = under(verb, "xcomp", "ccomp")
    if "CLAUSE" in wanted and clauses:
        return True
    if "GERUND" in wanted and any(scene.tokens[clause].tag == "VBG" for clause in clauses):
        return True
    for deed, root in _DEEDS.items():
        if deed in wanted and any(_names(scene, triggers, clause, root) for clause in clauses):
            return True
    if any(name in wanted and _says(scene, triggers, clauses, name) for name in _SAID):
        return True
    if "OWNDEED" in wanted and any(_own_deed(scene, clause) for clause in clauses):
        return True
    if "INFINITIVE" in wanted and any(
        scene.tokens[clause].tag == "VB" and not any(scene.tokens[aux].tag == "MD" for aux in under(clause, "aux"))
        for clause in clauses
    ):
        return True
    return _any(scene, triggers, reached, wanted)


def _says(scene: Scene, triggers: Triggers, clauses: Iterable[int], name: str) -> bool:
    """Whether one of the clauses has a verb of the class; what is denied is not said ("vowed never to give up")."""
    return any(
        scene.tokens[clause].lemma in triggers.classes[name] and not scene.grammar.under(clause, "neg") for clause in clauses
    )


def _names(scene: Scene, triggers: Triggers, clause: int, root: str) -> bool:
    """Whether the gerund is a verb of an action of this root: "stopped shelling"."""
    rows = triggers.verbs.get(scene.tokens[clause].lemma, ())
    return scene.tokens[clause].tag == "VBG" and any(action.root == root for _, action in rows)


def _own_deed(scene: Scene, clause: int) -> bool:
    """Whether the clause says what they, or theirs, will do: "that his forces would march"."""
    under = scene.grammar.under
    will = any(scene.tokens[aux].lemma in {"will", "would"} for aux in under(clause, "aux"))
    doers = under(clause, "nsubj")
    return will and any(scene.tokens[word].tag in {"PRP", "PRP$"} for doer in doers for word in (doer, *under(doer, "poss")))


def _any(scene: Scene, triggers: Triggers, indices: Iterable[int], wanted: Sequence[str]) -> bool:
    return any(_is(scene, triggers, index, one) for index in indices for one in wanted)


def _one_of(scene: Scene, triggers: Triggers, index: int, wanted: Sequence[str]) -> bool:
    """Whether the token is one of these words, or of these classes."""
    token = scene.tokens[index]
    return any(
        bool({token.lemma, token.text.lower()} & triggers.classes.get(one, frozenset()))
        if one.isupper()
        else token.text.lower() == one
        for one in wanted
    )


def _unlikely(scene: Scene, triggers: Triggers, indices: Iterable[int]) -> bool:
    """Prices, storms, players: what they do is no event of a conflict."""
    named = [index for index in indices if scene.named(index) is None]
    named += [inner for index in named for inner in scene.grammar.prepositional(index, {"of"})]
    return any(scene.tokens[index].lemma in triggers.classes["NOWAR"] for index in named)


def _beside(scene: Scene, verb: int, subjects: Sequence[int], objects: Sequence[int]) -> Iterator[str]:
    """Words that stand with the verb: its doers and objects, what its prepositions lead to, its own adverbs and particles."""
    tokens = scene.tokens
    own = [child for child in scene.syntax.children[verb] if tokens[child].dep not in _CLAUSES]
    reached = [*subjects, *objects, *own]
    for preposition in scene.grammar.under(verb, "prep", "agent", "dative"):
        reached += scene.grammar.conjuncts(scene.grammar.under(preposition, "pobj"))
    for index in reached:
        yield tokens[index].lemma
        yield tokens[index].text.lower()


def _stands(triggers: Triggers, words: frozenset[str], excluded: Sequence[str]) -> bool:
    """Whether one of the excluded words, or a word of an excluded class, is among these."""
    return any(not words.isdisjoint(triggers.classes.get(one, (one,))) for one in excluded)


def _is(scene: Scene, triggers: Triggers, index: int, wanted: str) -> bool:
    token = scene.tokens[index]
    if not wanted.isupper():
        return wanted in (token.lemma, token.text.lower())
    mention = scene.named(index)
    if wanted == "OBJECT":
        party = mention is not None and mention.kind not in {"media", "other", "place"}
        return party or _person(triggers, token) or token.tag == "PRP"
    if wanted == "PERSON" and (token.tag == "CD" or _person(triggers, token)):
        return True
    if wanted == "MEDIA" and mention is not None and mention.kind == "media":
        return True
    if wanted == "PROPER":
        return token.pos == "PROPN" and index not in scene.place_at
    if wanted == "ARMED" and ((mention is not None and mention.kind in _ARMED) or token.lemma in {"they", "we"}):
        return True
    if wanted == "OFFICIAL" and mention is not None and mention.kind == "person":
        return True
    if wanted == "PLACE":
        if index in scene.place_at:
            return True
        if token.lemma in triggers.classes["PLACE"] or (token.pos == "PROPN" and mention is None):
            return True
        return (
            any(child in scene.place_at for child in scene.grammar.prepositional(index, {"of", "in"}))
            and token.pos == "NOUN"
            and mention is None
            and token.lemma not in triggers.classes["PERSON"]
        )
    if wanted == "GROUND" and index in scene.place_at:
        return True
    words = triggers.classes.get(wanted, frozenset())
    return token.lemma in words or token.text.lower() in words


def _person(triggers: Triggers, token: Token) -> bool:
    """A word for a person, listed or with an ending of such words: "noblewoman", "herbalist"."""
    lemma = token.lemma
    if lemma in triggers.classes["PERSON"]:
        return True
    return token.pos == "NOUN" and any(lemma.endswith(end) and lemma != end for end in triggers.classes["PERSON_ENDINGS"])


def _noun_fits(scene: Scene, triggers: Triggers, pattern: Pattern, noun: int) -> bool:
    around = frozenset(_around(scene, noun))
    if scene.tokens[noun].lemma in triggers.classes["BARE"] and not scene.syntax.children[noun] and _behind(scene, noun) == "to":
        # "Beaten to death".
        return False
    if around & triggers.classes["NOWAR"]:
        return False
    above = _above(scene, noun)
    if pattern.governors and (above is None or not _governs(scene, triggers, above, pattern.governors)):
        return False
    if pattern.prepositions and not any(
        scene.tokens[child].text.lower() in pattern.prepositions for child in scene.grammar.under(noun, "prep", "agent")
    ):
        return False
    if pattern.unless and _stands(triggers, around.union(_farther(scene, noun, above)), pattern.unless):
        return False
    return all(_modified(scene, triggers, pattern, noun, around, group) for group in pattern.objects)


def _behind(scene: Scene, noun: int) -> str | None:
    """The preposition that the noun stands behind."""
    token = scene.tokens[noun]
    return scene.tokens[token.head].text.lower() if token.dep == "pobj" else None


def _modified(
    scene: Scene, triggers: Triggers, pattern: Pattern, noun: int, around: frozenset[str], wanted: Sequence[str]
) -> bool:
    """Whether a modifier of the noun, or what a preposition of the pattern leads to, is one of those wanted."""
    if "COUNTED" in wanted and scene.grammar.under(noun, "nummod", "quantmod"):
        return True
    if "ADJECTIVE" in wanted:
        return True
    if "POSSESSED" in wanted and scene.grammar.under(noun, "poss"):
        return True
    if "OFPLACE" in wanted and _any(scene, triggers, scene.grammar.prepositional(noun, {"of"}), ("PLACE",)):
        return True
    if "MILITARY" in wanted and any(mention.kind in _ARMED for mention in _owners(scene, noun)):
        return True
    if _stands(triggers, around, wanted):
        return True
    return bool(pattern.prepositions) and _any(scene, triggers, scene.grammar.prepositional(noun, pattern.prepositions), wanted)


def _above(scene: Scene, noun: int) -> int | None:
    """The verb that the noun is subject or object of, or the participle that modifies it ("a truce signed in May")."""
    token = scene.tokens[noun]
    for child in scene.grammar.under(noun, "acl", "relcl"):
        if scene.grammar.passive(child) or noun in scene.grammar.objects(child):
            return child
    if token.dep == "conj":
        token = scene.tokens[token.head]
    if token.dep == "pobj":
        token = scene.tokens[token.head]
        return token.head if token.dep in {"prep", "agent", "dative", "prt"} and scene.tokens[token.head].pos == "VERB" else None
    return token.head if token.dep in {"nsubj", "nsubjpass", "dobj", "attr"} else None


def _governs(scene: Scene, triggers: Triggers, verb: int, wanted: Sequence[str]) -> bool:
    lemma = scene.tokens[verb].lemma
    return any(lemma in triggers.classes.get(one, {one}) for one in wanted)


def _farther(scene: Scene, noun: int, above: int | None) -> Iterator[str]:
    """What the noun's prepositions lead to, the noun or verb above it, and who does that."""
    reached = scene.grammar.prepositional(noun, _ANY_PREPOSITION)
    head = scene.tokens[noun].head
    if scene.tokens[noun].dep == "pobj":
        yield scene.tokens[head].text.lower()
        head = scene.tokens[head].head
    if scene.tokens[head].pos == "NOUN":
        reached.append(head)
    if above is not None:
        reached = [*reached, above, *scene.grammar.subjects(above)]
    for index in reached:
        if index != noun:
            yield scene.tokens[index].lemma


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
