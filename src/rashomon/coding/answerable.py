"""Who is said to answer for a deed: the party accused of it, and the one who claims it. Neither is the doer as named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..knowledge.roles import Answering
from .scene import Scene

_UP = 3  # steps from the deed to the word that accuses


def accused(scene: Scene, head: int, words: Answering) -> list[int]:
    """Nouns of those whom the text says are accused of the deed at token `head`, in text order."""
    grammar = scene.grammar
    found: list[int] = []
    for verb, preposition in _governing(scene, head):
        if preposition in words.accusing.get(scene.tokens[verb].lemma, ()):
            found += grammar.objects(verb)
    for verb in _about(scene, head):
        found += grammar.prepositional(verb, words.blaming.get(scene.tokens[verb].lemma, frozenset()))
    for clause in grammar.under(head, "relcl"):
        # "The massacre for which survivors blame the militia".
        if "for" in words.accusing.get(scene.tokens[clause].lemma, ()) and grammar.prepositional(clause, {"for"}):
            found += [index for index in grammar.under(clause, "dobj") if index != head]
    return sorted(set(found) - {head})


def claimants(scene: Scene, head: int, words: Answering, nobody: Collection[str]) -> list[int]:
    """Nouns of those who claim the deed at token `head`; `nobody` are the words that say that none does."""
    grammar = scene.grammar
    found: list[int] = []
    for verb in _about(scene, head):
        if scene.tokens[verb].lemma in words.claiming and not _denied(scene, verb, nobody):
            found += grammar.subjects(verb)
    for noun, preposition in _governing(scene, head):
        if preposition == "for" and scene.tokens[noun].lemma in words.responsibility:
            verb = scene.tokens[noun].head
            if scene.tokens[verb].lemma in {*words.claiming, *words.owning} and not _denied(scene, verb, nobody):
                found += grammar.subjects(verb)
    return sorted(set(found) - {head})


def _denied(scene: Scene, verb: int, nobody: Collection[str]) -> bool:
    """ "No group has claimed", "did not claim"."""
    grammar = scene.grammar
    if grammar.under(verb, "neg"):
        return True
    return any(
        scene.tokens[word].text.lower() in nobody
        for subject in grammar.under(verb, "nsubj")
        for word in (subject, *grammar.under(subject, "det"))
    )


def is_accused(scene: Scene, head: int, words: Answering) -> bool:
    """True where the deed as a whole is what somebody accuses, blames or condemns its doer for."""
    if any(
        preposition in words.accusing.get(scene.tokens[above].lemma, ())
        or preposition in words.charging.get(scene.tokens[above].lemma, ())
        for above, preposition in _governing(scene, head)
    ):
        return True
    if any(scene.tokens[verb].lemma in words.condemning for verb in _about(scene, head)):
        return True
    return any(scene.tokens[child].lemma in words.alleged for child in scene.grammar.under(head, "amod", "advmod"))


def _about(scene: Scene, head: int) -> Iterator[int]:
    """Verbs that have the deed as their object, a passive's subject, or what a relative clause is about."""
    grammar, token = scene.grammar, scene.tokens[head]
    if token.dep in {"dobj", "nsubjpass"}:
        yield token.head
    for clause in grammar.under(head, "relcl", "acl"):
        if head in grammar.objects(clause):
            yield clause


def _governing(scene: Scene, head: int) -> Iterator[tuple[int, str]]:
    """Words above the deed with the preposition between: "accused … of shelling", "responsibility for the attack"."""
    at = head
    for _ in range(_UP):
        token = scene.tokens[at]
        above = scene.tokens[token.head]
        if token.dep in {"pobj", "pcomp"}:
            for governor in _owners(scene, token.head):
                yield governor, above.text.lower()
            return
        if token.dep not in {"conj", "dobj", "xcomp", "ccomp"} or token.head == at:
            return
        if token.dep == "dobj" and above.pos not in {"VERB", "AUX"}:
            return
        at = token.head


def _owners(scene: Scene, preposition: int) -> Iterable[int]:
    """What the preposition belongs to; parsers hang it from the object as often as from the verb."""
    owner = scene.tokens[preposition].head
    yield owner
    if scene.tokens[owner].dep in {"dobj", "pobj", "nsubjpass"} and scene.tokens[owner].pos != "VERB":
        above = scene.tokens[owner].head
        yield above if scene.tokens[above].pos == "VERB" else scene.tokens[above].head
