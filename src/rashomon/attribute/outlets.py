"""Which outlet a noun stands for: the hearer of "told the agency", by its name or by a word for what it is."""

from __future__ import annotations

from bisect import bisect_left

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Resolved, Span
from .phrases import Tree


class Outlets:
    """Names outlets of one document."""

    def __init__(self, tree: Tree, resolved: Resolved, cues: CueKnowledge) -> None:
        self._tree = tree
        self._cues = cues
        self._mentions = resolved.mentions
        self._starts = [mention.span.start for mention in resolved.mentions]
        self._heads: dict[int, Mention] = {m.head: m for m in resolved.mentions if not m.modifier}

    def plain(self, index: int) -> str:
        """The noun phrase without article, possessor and "same"."""
        tree = self._tree
        span = tree.noun_phrase(index, full=False)
        first = tree.syntax.token_at(span.start)
        at = first if first is not None else index
        while at < index and (tree.tokens[at].dep in ("det", "poss") or tree.tokens[at].text.lower() == "same"):
            at += 1
        return Span(tree.tokens[at].start, span.end).of(tree.text)

    def all(self, index: int, sure: bool) -> list[str]:
        """Names of the outlets that the noun and those coordinated with it stand for. `sure`: it is the hearer of "told"."""
        found: list[str] = []
        at: int | None = index
        while at is not None:
            name = self.one(at, sure or bool(found))
            if name is not None:
                found.append(name)
            at = self._tree.one(at, "conj")
        return found

    def one(self, index: int, sure: bool) -> str | None:
        """The outlet named by the token, or by a modifier of it ("the Kommersant newspaper"), or known by a word of its
        name ("Radio Nord"); an outlet without a name by its description ("a Kabul weekly")."""
        tree = self._tree
        token = tree.tokens[index]
        mention = self._heads.get(index)
        if mention is not None and mention.kind == "media":
            return mention.name
        low = bisect_left(self._starts, tree.tokens[tree.first[index]].start)
        if token.lemma in self._cues.outlets:
            for other in self._mentions[low : low + 4]:
                if other.span.end <= token.end and other.kind == "media":
                    return other.name
        if token.lemma in self._cues.sections and (part := self._section(index)) is not None:
            return part
        if token.pos == "PROPN":
            kind = next(
                (at for at in range(index - 1, tree.first[index] - 1, -1) if tree.tokens[at].lemma in self._cues.outlets), None
            )
            if (
                kind is not None
                and tree.tokens[kind].tag == "NN"
                and all(t.pos == "PROPN" for t in tree.tokens[kind + 1 : index])
            ):
                return tree.syntax.span(kind + 1, index).of(tree.text)  # "the Rome daily Il Faro"
            first = index
            while (first > tree.first[index] and tree.tokens[first - 1].pos == "PROPN") or (
                first > tree.first[index] and tree.tokens[first - 1].text == "-"
            ):
                first -= 1
            while tree.tokens[first].dep == "poss" and first < index:
                first += 1
            words = {tree.tokens[at].text.lower() for at in range(first, index + 1)}
            name = tree.syntax.span(first, index).of(tree.text)
            named = bool(words & self._cues.outlet_names)
            owner = tree.one(index, "poss")
            if (
                sure
                and owner is not None
                and tree.tokens[owner].entity == "GPE"
                and mention is not None
                and mention.kind == "person"
            ):
                return name  # "told Italy's Rai Mare"
            known = mention is not None and mention.kind not in ("other", "media", "place")
            title = tree.tokens[tree.first[index]]
            if sure and title.text == "The" and title.dep == "det" and not words & self._cues.audiences:
                return name  # "told The Nation"
            lone = first == index or (
                index - first == 2 and tree.tokens[first].text == "Al" and tree.tokens[first + 1].text == "-"
            )
            unknown = mention is None or (name.startswith("Al-") and tree.text.count(name) == 1)
            if sure and lone and unknown and token.entity == "PERSON":
                return name  # "told Kathimerini": a person would have been named in full
            if words & self._cues.audiences or token.entity == "PERSON" or (known and not named):
                return None
            return (
                name if named or (sure and token.entity in ("ORG", "") and (mention is None or mention.kind == "other")) else None
            )
        if token.pos == "NOUN" and token.lemma in self._cues.outlets | self._cues.outlet_names and index not in self._heads:
            if any(tree.tokens[at].text.lower() in ("this", "our", "these") for at in tree.under(index, "det", "poss")):
                return None  # "told this newspaper": the publisher
            behind = self._behind(index)
            return behind if behind is not None else self.plain(index) if tree.tokens[index].tag == "NN" else None
        if sure and token.pos in ("X", "NOUN", "ADJ") and any(char.isupper() for char in token.text) and index not in self._heads:
            return token.text  # "told dzMM"
        return None

    def _section(self, index: int) -> str | None:
        """ "the BBC's Ukrainian section", "the Today programme": part of an outlet, with a name before it."""
        tree = self._tree
        first = tree.first[index]
        first += tree.tokens[first].dep == "det"
        if first >= index or not any(
            tree.tokens[at].pos == "PROPN" or tree.tokens[at].text == "Today" for at in range(first, index)
        ):
            return None
        owner = tree.one(index, "poss")
        mention = self._heads.get(owner) if owner is not None else None
        if owner is not None and (mention is None or mention.kind != "media"):
            return None
        return tree.syntax.span(first, index).of(tree.text)

    def _behind(self, index: int) -> str | None:
        """The name in "the channel Nord 24": the capitalised words behind the noun."""
        tree = self._tree
        last = index
        stop = min(tree.syntax.sentences[tree.sentence[index]].last, index + 8)
        while last + 1 < stop and tree.tokens[last + 1].text[0].isupper() and tree.tokens[last + 1].pos in ("PROPN", "NOUN", "X"):
            last += 1
        if last > index and last + 1 < stop and tree.tokens[last + 1].text.isdigit():
            last += 1
        return tree.syntax.span(index + 1, last).of(tree.text) if last > index else None
