"""Finding the acts of pledging, asking, offering and threatening: one entry a word that names one."""

from __future__ import annotations

from collections.abc import Collection

from ..knowledge.pledges import PledgeWords
from .pledge_act import Act
from .pledge_nouns import PledgeNouns
from .pledge_sayings import PledgeSayings
from .pledge_terms import Terms
from .pledge_verbs import PledgeVerbs
from .scene import Scene
from .whom import Whom


class Acts:
    """Finds the acts of one document."""

    def __init__(self, scene: Scene, words: PledgeWords, whom: Whom, terms: Terms, hostile: Collection[int]) -> None:
        """`hostile`: tokens that name an attack, coercion or sanction."""
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._given = words.giving | words.setting
        self._verbs = PledgeVerbs(scene, words, whom, terms, hostile)
        self._sayings = PledgeSayings(scene, words, whom, terms, hostile)
        self._nouns = PledgeNouns(scene, words, whom, terms, hostile)

    def find(self) -> list[Act]:
        """The acts of the body in text order. What an act asks for is no act of its own: "called for a truce"."""
        found: list[Act] = []
        for sentence in self._scene.syntax.sentences:
            if sentence.region != "body":
                continue
            for index in range(sentence.first, sentence.last):
                act = self._at(index)
                if act is None and found:
                    act = self._verbs.faced(index, found[-1])
                if act is not None:
                    found.append(act)
        owned: list[Act] = []
        for act in found:
            held = any(
                other is not act
                and not (other.noun and act.noun and other.head > act.head)
                and any(term.covers(self._tokens[act.head].span) for term in other.terms)
                and self._tokens[act.head].lemma not in self._words.facing
                and (act.noun or other.kind in {"demand", "request", "offer", "proposal", "threat"})
                for other in found
                if other.fresh and abs(other.head - act.head) < 60
            )
            if not held:
                owned.append(act)
        return owned

    def _at(self, index: int) -> Act | None:
        token = self._tokens[index]
        if token.pos in {"NOUN", "PROPN"} and token.dep != "compound":
            return self._nouns.noun(index)
        if token.pos not in {"VERB", "AUX"} or token.dep in {"aux", "auxpass", "amod"}:
            return self._sayings.ready(index) if token.lemma in self._words.ready else None
        if token.lemma in self._words.verbs:
            return self._verbs.verb(index, self._words.verbs[token.lemma])
        if token.lemma in self._words.wanting:
            return self._verbs.wanted(index)
        if token.lemma in self._given:
            return self._verbs.given(index)
        if token.lemma in self._words.warning:
            return self._verbs.warned(index)
        return self._sayings.said(index)
