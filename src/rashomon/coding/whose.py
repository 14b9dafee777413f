"""Who the counted are (civilian or combatant), whose they are, and who counted them: each only if the text says so."""

from __future__ import annotations

from ..knowledge.quantities import Quantities, forms
from ..records import Mention
from ..records.vocabulary import HarmStatus
from .counted import Counted
from .nearby import Nearby
from .scene import Scene

_LISTED = 8  # nouns of one list
_AFTER = 24  # tokens behind a number in which ", most of them civilians" may stand
_BREAKS = frozenset({",", "(", "–", "—", "-"})
_CLIMB = 6
_ARMED = frozenset({"armed-force", "armed-group"})
_NOBODY = frozenset({"place", "person", "media", "igo"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = ("compound", "nmod", "amod", "poss")


def status(scene: Scene, counted: Counted, words: Quantities) -> HarmStatus:
    """Civilian or combatant as the nouns call them; "mixed" where the number counts both."""
    if counted.kind != "people":
        return "unstated"
    near = Nearby(scene, counted.number.last)
    nouns = _listed(scene, near, counted)
    if counted.noun is None and counted.evidence is not None and scene.tokens[counted.evidence].pos in _NOUNS:
        nouns = [counted.evidence]  # "rebel casualties reached 300"
    predicate = _predicate(scene, near, counted)
    lemmas = set()
    for index in [*nouns, *predicate]:
        for word in (index, *near.under(index, "amod", "compound", "nmod")):
            lemmas |= {scene.tokens[word].lemma.lower(), *forms(scene.tokens[word].text)}
    civil, armed = bool(lemmas & words.civilian), bool(lemmas & words.combatant)
    if not civil and not armed and counted.noun is not None:
        mention = scene.named(counted.noun)
        owned = scene.tokens[counted.noun].lemma.lower() in words.owned and (
            bool(near.under(counted.noun, "poss")) or _owner(scene, near, counted, words) is not None
        )
        armed = owned or (mention is not None and mention.kind in _ARMED and not mention.description)
    if not civil and not armed:
        return _described(scene, counted, words)
    if civil and armed:
        # "Civilian fighters" does not occur; "civilian officials and soldiers" does.
        return "mixed"
    return "civilian" if civil else "combatant"


def _listed(scene: Scene, near: Nearby, counted: Counted) -> list[int]:
    """The noun and those joined to it that have no number of their own."""
    found = [counted.noun] if counted.noun is not None else []
    for index in found:
        for other in near.under(index, "conj"):
            own = near.under(other, "nummod", "det")
            if not own and other > index and len(found) < _LISTED and scene.tokens[other].pos in _NOUNS:
                found.append(other)
    return found


def _predicate(scene: Scene, near: Nearby, counted: Counted) -> list[int]:
    """ "Three of the dead were journalists": what the counted are said to be."""
    at = counted.number.last
    for _ in range(3):
        token = scene.tokens[at]
        if token.dep == "nsubj" and scene.tokens[token.head].lemma == "be":
            return near.under(token.head, "attr")
        if token.dep not in {"nummod", "compound", "quantmod", "amod"} or token.head == at:
            return []
        at = token.head
    return []


def _described(scene: Scene, counted: Counted, words: Quantities) -> HarmStatus:
    """ "Ten people, all civilians" and "forty people, most of them fighters"."""
    last = max(counted.head, counted.number.last)
    end = min(scene.syntax.sentence_of(last).last, last + _AFTER)
    for at in range(last + 1, end):
        if scene.tokens[at].pos == "NUM":
            break
        if scene.tokens[at].text in _BREAKS and (found := _all_or_most(scene, at + 1, end, words)) is not None:
            return found
    return "unstated"


def _all_or_most(scene: Scene, first: int, end: int, words: Quantities) -> HarmStatus | None:
    tokens = scene.tokens[first : min(first + 6, end)]
    said = [token.text.lower() for token in tokens]
    lemmas = [token.lemma.lower() for token in tokens]
    for phrases, whole in ((words.all_of, True), (words.most_of, False)):
        for phrase in sorted(phrases, key=len, reverse=True):
            parts = phrase.split()
            if said[: len(parts)] == parts:
                rest = set(lemmas[len(parts) : len(parts) + 2])
                if rest & words.civilian:
                    return "civilian" if whole else "mixed"
                if rest & words.combatant:
                    return "combatant" if whole else "mixed"
    return None


def side(scene: Scene, counted: Counted, words: Quantities) -> str | None:
    """The name of the side that the counted people belong to; None where the text does not say."""
    if counted.kind != "people":
        return None
    near = Nearby(scene, counted.number.last)
    owner = _owner(scene, near, counted, words)
    return owner or None


def _owner(scene: Scene, near: Nearby, counted: Counted, words: Quantities) -> str | None:
    noun = counted.noun
    if noun is not None:
        for child in near.under(noun, *_MODIFIERS):
            name = _name(scene, child, words, modifier=True)
            if name is not None:
                return name
        name = _name(scene, noun, words)
        if name is not None:
            return name
        for inner in near.behind(noun, "of"):
            mention = scene.named(inner)
            if mention is not None and mention.kind in _ARMED:
                return mention.name
    if counted.evidence is not None and scene.tokens[counted.evidence].lemma.lower() in words.losing:
        return _subject(scene, near, counted.evidence)
    if counted.evidence is not None and counted.noun is None:
        # "Rebel casualties reached 300"
        for child in near.under(counted.evidence, *_MODIFIERS):
            name = _name(scene, child, words, modifier=True)
            if name is not None:
                return name
    return None


def _name(scene: Scene, index: int, words: Quantities, *, modifier: bool = False) -> str | None:
    token = scene.tokens[index]
    mention = scene.named(index)
    of_a_side = bool(forms(token.text) & words.sides)
    if mention is not None and _is_side(mention):
        # A description names no side, unless its own noun does: "rebels" do, "civilians" and "soldiers" do not.
        common = mention.description or (token.pos == "NOUN" and token.text.islower())
        plain = common and not (of_a_side and index == mention.head)
        if not plain and not (token.tag == "PRP$" and mention.kind == "person"):
            return mention.name
    if token.tag == "PRP$":
        return _possessor(scene, index)
    if of_a_side and (token.pos in _NOUNS or modifier):
        return token.text.lower()
    return None


def _is_side(mention: Mention) -> bool:
    return mention.kind not in _NOBODY and bool(mention.name)


def _possessor(scene: Scene, pronoun: int) -> str | None:
    """Whom "its" and "their" mean: the subject of the clause, or of the clause that reports it."""
    at = pronoun
    near = Nearby(scene, pronoun)
    for _ in range(_CLIMB):
        token = scene.tokens[at]
        if token.pos in {"VERB", "AUX"}:
            for subject in near.under(at, "nsubj", "nsubjpass"):
                mention = scene.named(subject)
                if subject < pronoun and mention is not None and _is_side(mention):
                    return mention.name
        if token.head == at:
            return None
        at = token.head
    return None


def _subject(scene: Scene, near: Nearby, verb: int) -> str | None:
    at = verb
    for _ in range(3):
        for subject in near.under(at, "nsubj"):
            mention = scene.named(subject)
            if mention is not None and _is_side(mention):
                return mention.name
            if scene.tokens[subject].pos == "PRON":
                return _reporter(scene, near, at)
        token = scene.tokens[at]
        if token.dep not in {"conj", "xcomp"}:
            return None
        at = token.head
    return None


def _reporter(scene: Scene, near: Nearby, verb: int) -> str | None:
    """Whom "it" means in "the army said it lost two men"."""
    at = verb
    for _ in range(_CLIMB):
        token = scene.tokens[at]
        if token.head == at:
            return None
        at = token.head
        for subject in near.under(at, "nsubj"):
            mention = scene.named(subject)
            if mention is not None and _is_side(mention):
                return mention.name
    return None


def counter(scene: Scene, counted: Counted, words: Quantities) -> str | None:
    """Who counted: the subject of "counted" or "put at", the owner of the count, else whoever the claim is of."""
    near = Nearby(scene, counted.number.last)
    claim = scene.claim_over(scene.tokens[counted.number.last].span)
    said = None
    if claim is not None and (claim.source is not None or not claim.anonymous):
        said = claim.speaker or (claim.source.of(scene.text) if claim.source is not None else None)
    own = _counting(scene, near, counted, words)
    return own or said


def _counting(scene: Scene, near: Nearby, counted: Counted, words: Quantities) -> str | None:
    at = counted.head
    for _ in range(_CLIMB):
        token = scene.tokens[at]
        if token.lemma.lower() in words.counts and token.pos in _NOUNS:
            for owner in near.under(at, "poss"):
                if scene.tokens[owner].tag != "PRP$":
                    return _called(scene, near, owner)
        if token.pos in {"VERB", "AUX"}:
            if token.lemma.lower() not in words.counting or token.dep in {"acl", "relcl"}:
                return None
            for subject in near.under(at, "nsubj", "agent"):
                named = near.under(subject, "pobj")[:1] if scene.tokens[subject].dep == "agent" else [subject]
                if named and scene.tokens[named[0]].pos in _NOUNS and named[0] != counted.head:
                    return _called(scene, near, named[0])
            return None
        if token.head == at or token.dep in {"nsubj", "nsubjpass"}:
            return None
        at = token.head
    return None


def _called(scene: Scene, near: Nearby, noun: int) -> str:
    mention = scene.named(noun)
    if mention is not None and mention.name:
        return mention.name
    first = min([noun, *(child for child in near.under(noun, "compound", "amod", "nmod", "det") if child < noun)])
    return scene.syntax.span(first, noun).of(scene.text)
