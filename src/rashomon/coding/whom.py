"""What a noun or pronoun is called: the name of who it stands for, else its own words without article."""

from __future__ import annotations

from collections.abc import Iterable

from ..records import Claim, Span
from . import clauses
from .scene import Scene

_PERSONAL = frozenset({"PRP", "PRP$", "WP", "WDT", "WP$", "DT"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "my", "this", "that", "these", "those"})
_PLURAL = frozenset({"they", "them", "both"})
_KEPT = frozenset({"of", "in", "at", "on", "near"})
_FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
_LONGEST = 9  # words of a description


class Whom:
    """Names parties of one document. `claims` are its claims, whose speakers are already named."""

    def __init__(self, scene: Scene, claims: Iterable[Claim]) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._speakers: dict[int, str] = {}
        self._pronouns: dict[Span, list[str]] = {}
        for mention in scene.resolved.mentions:
            if mention.pronoun and mention.name:
                self._pronouns.setdefault(mention.span, []).append(mention.name)
        self._by_cue: dict[int, list[str]] = {}
        for claim in claims:
            if claim.source is None or not claim.speaker or (claim.anonymous and " / " in claim.speaker):
                continue
            for index in (at for cue in claim.cue for at in scene.syntax.within(cue)):
                self._by_cue.setdefault(index, []).append(claim.speaker)
            inside = list(scene.syntax.within(claim.source))
            head = next((at for at in inside if self._tokens[at].head not in inside or self._tokens[at].head == at), None)
            if head is not None:
                self._speakers.setdefault(head, claim.speaker)

    def speakers(self, cue: int) -> list[str]:
        """Who speaks by the word of speech at `cue`, after the claims."""
        return list(dict.fromkeys(self._by_cue.get(cue, ())))

    def name(self, index: int) -> str | None:
        """The name, None for a pronoun tied to nobody."""
        names = self._names(index)
        return names[0] if names else None

    def names(self, indices: Iterable[int]) -> list[str]:
        """Names of these and of all coordinated with them, each once."""
        found: dict[str, None] = {}
        for index in self._scene.grammar.conjuncts(indices):
            if self._tokens[index].dep != "appos":
                found.update(dict.fromkeys(name for name in self._names(index) if " / " not in name))
        return list(found)

    def _names(self, index: int) -> list[str]:
        token = self._tokens[index]
        if token.text.lower() in _FIRST:
            claim = self._scene.claim_over(token.span)
            if claim is not None and claim.speaker:
                return [claim.speaker]
        if token.tag in _PERSONAL:
            antecedent = self._scene.grammar.antecedent(index)
            if antecedent != index:
                return self._names(antecedent)
            tied = self._pronouns.get(token.span, ())
            # Tied to nobody: the reader of the act may know ("they" after an agreement of two).
            return list(dict.fromkeys(tied)) or [token.text.lower()] * (token.text.lower() in _PLURAL)
        inner = self._scene.grammar.prepositional(index, {"of", "for", "in", "to"})
        for apposed in [at for host in (index, *inner) for at in self._scene.grammar.under(host, "appos")]:
            mention = self._scene.heads.get(apposed)
            if mention is not None and mention.kind == "person" and not mention.description:
                return [mention.name]
        if index in self._speakers:
            return [self._speakers[index]]
        mention = self._scene.heads.get(index)
        if mention is not None and mention.name and not mention.description:
            proper = mention.kind in {"person", "media"} or not self._described(index)
            if proper and (mention.entity or mention.name.casefold() != mention.span.of(self._scene.text).casefold()):
                return [mention.name]
        place = self._scene.named_place(index)
        if place is not None and token.pos == "PROPN" and not self._described(index):
            return [place.name]
        words = self.words(index)
        return [words] if words else []

    def _described(self, index: int) -> bool:
        """A common noun with words of its own: "president of Somaliland" is not Somaliland."""
        return self._tokens[index].pos == "NOUN" and bool(self._scene.grammar.prepositional(index, {"of"}))

    def _ends(self, index: int) -> bool:
        token = self._tokens[index]
        preposition = token.dep == "prep" and token.text.lower() not in _KEPT
        return preposition or token.pos in {"VERB", "PUNCT", "SCONJ"} or token.tag == "POS"

    def words(self, index: int) -> str:
        """The noun's own phrase without article and clauses."""
        span = clauses.phrase(self._scene, index)
        inside = list(self._scene.syntax.within(span))
        while inside and inside[0] < index and self._tokens[inside[0]].text.lower() in _DETERMINERS:
            inside.pop(0)
        last = next((at for at in inside if at > index and self._ends(at)), None)
        inside = [at for at in inside if last is None or at < last][: _LONGEST + max(0, index - inside[0])] if inside else []
        if not inside:
            return self._tokens[index].text
        return " ".join(self._scene.syntax.span(inside[0], inside[-1]).of(self._scene.text).split())
