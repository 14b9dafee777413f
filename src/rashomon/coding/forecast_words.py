"""Finding the words that say what will come about, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.forecasts import ForecastWords
from ..records import Pledge
from .conditional import Conditions
from .forecast_chances import ForecastChances
from .forecast_expecting import ForecastExpecting
from .forecast_grammar import Ahead
from .forecast_modals import ForecastModals
from .scene import Scene
from .whom import Whom


class Foresight:
    """Finds forecasts in one document."""

    def __init__(self, scene: Scene, words: ForecastWords, whom: Whom, conditions: Conditions, pledges: Sequence[Pledge]) -> None:
        self._tokens = scene.tokens
        self._lowers = scene.syntax.lowers
        self._auxiliaries = words.will | words.would | words.may | words.can | words.should
        self._nouns = words.likely_nouns | words.matters
        self._words = words
        self._modals = ForecastModals(scene, words, whom, conditions, pledges)
        self._expecting = ForecastExpecting(scene, words, whom, conditions, pledges)
        self._chances = ForecastChances(scene, words, whom, conditions, pledges)

    def at(self, index: int) -> Ahead | None:
        """The forecast that the word at `index` marks, None when it marks none."""
        token = self._tokens[index]
        lower, words = self._lowers[index], self._words
        if token.dep in {"aux", "auxpass"} and lower in self._auxiliaries:
            return self._modals.modal(index, token.head, lower)
        if token.pos == "VERB" and token.lemma in words.expecting:
            return self._expecting.expected(index)
        if token.pos == "VERB" and token.lemma in words.measuring:
            return self._expecting.measured(index)
        if lower == "in" and token.dep == "prep" and self._tokens[token.head].lemma == "be":
            return self._chances.dying(index)
        if lower in words.adjectives and token.dep in {"acomp", "oprd", "attr", "ROOT", "ccomp", "conj"}:
            return self._chances.likely(index)
        if token.lemma in words.chances and token.pos == "NOUN":
            return self._chances.chance(index)
        if token.pos == "NOUN" and token.lemma in self._nouns:
            return self._chances.outcome(index)
        return None
