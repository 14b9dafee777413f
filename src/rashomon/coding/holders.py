"""Who holds, takes or loses ground, in the words of the text or by the name that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..knowledge.control import People
from ..records import Claim, Span
from .scene import Scene

_SIDES = frozenset({"armed-force", "armed-group", "state", "government"})
_AND = " and "


class Holders:
    """Names the parties of claims of control in one document."""

    def __init__(self, scene: Scene, people: People, armed: frozenset[str]) -> None:
        self._scene = scene
        self._people = people
        self._armed = armed
        self._recent: str | None = None

    def note(self, name: str | None) -> None:
        """Remembers whose ground was last spoken of, for pronouns that nothing else explains."""
        self._recent = name or self._recent

    def names(self, indices: Sequence[int], claim: Claim | None) -> str | None:
        """The party or parties at these nouns, joined with "and"; None where they are nobody."""
        found: list[str] = []
        for index in indices:
            name = self.name(index, claim)
            if name is not None and name not in found:
                found.append(name)
        return _AND.join(found) or None

    def name(self, index: int, claim: Claim | None) -> str | None:
        """Who the noun or pronoun is."""
        scene, people = self._scene, self._people
        token = scene.tokens[index]
        lower = token.text.lower()
        if lower in people.first and token.pos == "PRON":
            return self.side(claim)
        mention = scene.named(index)
        if mention is None and lower in people.third and token.pos == "PRON":
            return self.side(claim) or self._recent
        counted = scene.counted(index)
        if counted:
            return self.names(counted, claim)
        owner = self._possessor(index, claim)
        if owner is not None and (self._owned(index) or mention is None):
            return owner
        if mention is not None and mention.name and not mention.description:
            return mention.name
        if mention is not None and mention.pronoun and mention.name:
            return mention.name
        if self._owned(index):
            # "Fighters of the Islamic State"
            for at in scene.grammar.prepositional(index, {"of"}):
                side = scene.named(at)
                if side is not None and side.kind in _SIDES and side.name and not side.description:
                    return side.name
        found = scene.parties([index], subject=True, places=True, inner=False)
        if not found:
            return self._words(index) if self.is_armed(index) and token.pos in {"NOUN", "PROPN"} else None
        party = found[0]
        if party.pronoun and not party.name:
            return self.side(claim)
        if party.description or not party.name:
            return self._words(index)
        return party.name

    def side(self, claim: Claim | None) -> str | None:
        """For whom the speaker of the claim speaks: the force or side named with the speaker, else the speaker."""
        if claim is None or claim.speaker is None:
            return None
        return (self._named_with(claim.source) if claim.source is not None else None) or claim.speaker

    def _named_with(self, source: Span) -> str | None:
        """The force or side that the words about a speaker name: "its spokesman", "Alliance leader", "a spokesman for X"."""
        scene = self._scene
        inside = list(scene.syntax.within(source))
        if not inside:
            return None
        head = next((at for at in inside if scene.tokens[at].head not in inside), inside[-1])
        while scene.tokens[head].dep == "appos":
            head = scene.tokens[head].head
        around = sorted({head, *inside, *_below(scene, head)})
        for at in around:
            mention = scene.named(at)
            if (
                mention is not None
                and mention.kind in _SIDES
                and mention.name
                and (mention.pronoun or at != head or len(around) == 1)
            ):
                return self._words(at) if mention.description and not mention.pronoun else mention.name
        for at in around:
            token = scene.tokens[at]
            body = token.dep in {"compound", "nmod", "poss"} and (scene.is_party_noun(at) or token.entity == "ORG")
            if body and token.lemma not in self._people.titles and at not in scene.heads:
                return token.text
        return None

    def is_nobody(self, index: int) -> bool:
        """True for people and things that hold no ground, and for bodies that only watch."""
        mention = self._scene.named(index)
        if mention is not None and not mention.description:
            return mention.kind in {"igo", "media"}
        return self._scene.tokens[index].lemma in self._people.nobody

    def is_armed(self, index: int) -> bool:
        """True for a force, a side, a pronoun for one, or a noun of people who fight."""
        scene = self._scene
        token = scene.tokens[index]
        if self.is_nobody(index):
            return False
        mention = scene.named(index)
        if mention is not None and not mention.description:
            return (
                mention.kind in _SIDES
                or mention.pronoun
                or (mention.kind == "other" and mention.confidence < 1)
                or mention.kind == "person"
            )
        if token.tag in {"PRP", "WP", "WDT"}:
            return True
        if token.lemma in self._armed or token.text.lower() in self._armed:
            return True
        return mention is not None and mention.kind in _SIDES

    def _owned(self, index: int) -> bool:
        """True for troops, men, fighters, who stand for whom they belong to. By the word: loaded lemmas are plain ones."""
        word = self._scene.tokens[index].text.lower()
        return word in self._people.owned or word.removesuffix("s") in self._people.owned

    def _possessor(self, index: int, claim: Claim | None) -> str | None:
        """Whose they are: "its troops", "our men", "Assad's forces"."""
        scene = self._scene
        for child in scene.grammar.under(index, "poss"):
            token = scene.tokens[child]
            if token.tag == "PRP$":
                if token.text.lower() in self._people.first:
                    return self.side(claim)
                mention = scene.named(child)
                if mention is not None and mention.name and mention.kind != "person":
                    return mention.name
                return self.side(claim) or (mention.name if mention is not None else None)
            if self._owned(index) and (scene.is_party_noun(child) or scene.named(child) is not None):
                return self.name(child, claim)
        return None

    def _words(self, index: int) -> str:
        """The noun with the words right before it that belong to its kind, in the text's own letters."""
        scene = self._scene
        first = index
        if scene.tokens[index].dep in {"compound", "amod", "nmod", "npadvmod"}:
            return scene.tokens[index].text
        for at in range(index - 1, max(-1, index - 6), -1):
            token = scene.tokens[at]
            if token.dep not in {"compound", "amod", "nmod", "punct", "npadvmod"} or token.text.lower() in self._people.third:
                break
            if token.dep == "punct" and token.text not in {"-", "–"}:
                break
            first = at
        return " ".join(scene.syntax.span(first, index).of(scene.text).split())


def _below(scene: Scene, head: int) -> Iterator[int]:
    """The tokens below a noun, its clauses apart."""
    waiting = [head]
    while waiting:
        for child in scene.syntax.children[waiting.pop()]:
            if scene.tokens[child].dep not in {"relcl", "acl", "punct", "advcl", "conj"}:
                yield child
                waiting.append(child)
