"""Clauses and phrases of condition: "if", "unless", "on condition that", "should the talks fail", "without Russian help"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..records import Span
from .scene import Scene

_CLAUSAL = frozenset({"advcl", "prep", "ccomp", "acl", "pcomp", "dep"})
_CLOSING = frozenset({'"', "”", ")"})


class Conditions:
    """Finds conditions in one document. `openings` are the words that open a clause, `prepositions` those that open a phrase."""

    def __init__(self, scene: Scene, openings: Sequence[str], prepositions: Collection[str] = ()) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._openings = openings
        self._prepositions = prepositions

    def of(self, verbs: Iterable[int]) -> list[Span]:
        """Conditions that hang from these verbs, in text order, each with the word that opens it."""
        found: dict[Span, None] = {}
        for verb in verbs:
            for child in self._scene.syntax.children[verb]:
                span = self.at(child)
                if span is not None:
                    found[span] = None
        return sorted(found)

    def at(self, index: int) -> Span | None:
        """The condition that the clause or phrase at `index` states, None where it states none."""
        token = self._tokens[index]
        if token.dep not in _CLAUSAL:
            return None
        whole = self._whole(index)
        clausal = any(self._tokens[at].pos in {"VERB", "AUX"} for at in whole)
        opening = " ".join(self._tokens[at].text.lower() for at in whole[:3])
        if clausal and any(opening == word or opening.startswith(word + " ") for word in self._openings):
            return self._scene.syntax.span(whole[0], whole[-1])
        if token.dep == "advcl" and self._tokens[whole[0]].text.lower() == "should" and "should" in self._openings:
            return self._scene.syntax.span(whole[0], whole[-1])
        if token.dep == "prep" and token.text.lower() in self._prepositions:
            return self._scene.syntax.span(whole[0], whole[-1])
        if token.dep == "prep":
            for noun in self._scene.grammar.under(index, "pobj"):
                if self._tokens[noun].lemma == "condition" and self._scene.grammar.under(noun, "acl", "relcl", "ccomp"):
                    return self._scene.syntax.span(whole[0], whole[-1])
        return None

    def _whole(self, index: int) -> list[int]:
        """Everything below the token, without punctuation at either end."""
        inside = self._scene.syntax.subtree(index)
        while len(inside) > 1 and self._tokens[inside[0]].dep == "punct":
            inside.pop(0)
        while len(inside) > 1 and self._tokens[inside[-1]].dep == "punct" and self._tokens[inside[-1]].text not in _CLOSING:
            inside.pop()
        return inside
