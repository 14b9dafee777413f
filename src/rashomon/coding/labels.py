"""Spans of loaded, contested and side-giving names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from ..knowledge.naming import NamingWords
from ..records import Mention, Span
from .scene import Scene

_PLURALS = (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"))
_QUOTATION = 4000  # characters in which the mark that opens a quotation is looked for
_LONGEST = 4  # words in a variant of a name
_LONG = 6  # words before a head that may belong to a name
_MODIFIES = frozenset({"amod", "compound", "nmod", "npadvmod", "poss", "advmod"})
_INSIDE = _MODIFIES | {"punct", "case"}
_GROUPS = frozenset({"armed-group", "armed-force", "igo", "media", "government"})
_HYPHENS = frozenset({"-", "\u2011", "\u00a0"})


class Label(msgspec.Struct, frozen=True):
    """A name's tokens, `first` to `last`, and its head."""

    first: int
    last: int
    head: int


class Labels:
    """Finds names in one document."""

    def __init__(self, scene: Scene, words: NamingWords) -> None:
        self._scene = scene
        self._words = words
        self._headlines: dict[int, bool] = {}
        self._openers: dict[str, bool] = {}
        self._from: dict[int, list[Mention]] = {}
        for mention in scene.resolved.mentions:
            self._from.setdefault(mention.span.start, []).append(mention)

    def all(self) -> list[Label]:
        """Names in text order, the longest where they overlap."""
        found: dict[tuple[int, int], Label] = {}
        for sentence in self._scene.syntax.sentences:
            for index in range(sentence.first, sentence.last):
                if self._may_begin(index):
                    for label in self._at(index, sentence.last):
                        found.setdefault((label.first, label.last), label)
        kept: list[Label] = []
        for label in sorted(found.values(), key=lambda label: (label.first - label.last, label.first)):
            if all(label.last < other.first or other.last < label.first for other in kept):
                kept.append(label)
        return sorted(kept, key=lambda label: label.first)

    def span(self, label: Label) -> Span:
        """The name's span in the text."""
        return self._scene.syntax.span(label.first, label.last)

    def is_name(self, index: int) -> bool:
        """True for a word that is a name by itself."""
        return self._names(index, index)

    def _may_begin(self, index: int) -> bool:
        """False for a word that no name begins with, whatever stands around it."""
        tokens = self._scene.tokens
        text = tokens[index].text
        known = self._openers.get(text)
        if known is None:
            lower = self._lower(index)
            known = lower in self._words.openings or not self._words.every.isdisjoint(_singulars(lower))
            self._openers[text] = known
        if known or tokens[index].start in self._from:
            return True
        return index + 1 < len(tokens) and tokens[index + 1].text in _HYPHENS

    def _at(self, index: int, end: int) -> Iterator[Label]:
        linked = self._linked(index, end)
        if linked is not None:
            yield linked
            return
        contested = self._contested(index, end)
        if contested is not None:
            yield contested
            return
        last = self._variant(index, end)
        if last is not None:
            yield Label(index, last, last)
            return
        if not self._is_word(index) or self._in_name(index):
            return
        head = self._head(index, end)
        if head == index and not self._names(index, index):
            return
        yield self._whole(index, head, end)

    def _lower(self, index: int) -> str:
        return self._scene.syntax.lowers[index].replace("’", "'")

    def _forms(self, index: int) -> list[str]:
        """The word as it stands and its singular. No lemma: those of loaded names are those of plain ones, so that codes do not
        hang on them."""
        lower = self._lower(index)
        tokens = self._scene.tokens
        if index + 2 < len(tokens) and tokens[index + 1].text in {"-", "\u2011"} and tokens[index + 1].start == tokens[index].end:
            lower = f"{lower}-{self._lower(index + 2)}"
        return _singulars(lower)

    def _among(self, index: int, words: Collection[str]) -> bool:
        return any(form in words for form in self._forms(index))

    def _is(self, index: int, *words: str) -> bool:
        return self._among(index, frozenset(words))

    def _is_word(self, index: int) -> bool:
        """True for a name by itself, or for a mark that may make one of a head."""
        token = self._scene.tokens[index]
        words = self._words
        if not self._among(index, words.every):
            return False
        return token.pos in {"NOUN", "PROPN", "ADJ"} or self._among(index, words.marks if token.pos == "VERB" else words.only)

    def _names(self, index: int, head: int) -> bool:
        """Whether the word by itself is a name where it stands."""
        scene, words = self._scene, self._words
        token = scene.tokens[index]
        if self._among(index, words.abuse) and not self._among(index, words.names):
            marked = any(self._among(at, words.marking) for at in scene.grammar.under(index, "amod", "compound", "nmod"))
            return marked or self._is_owned(index) or self.quoted(index)
        if not self._among(index, words.names):
            return False
        if self._is(index, "regime") and any(
            self._among(at, words.systems) for at in scene.grammar.under(index, "compound", "amod", "nmod")
        ):
            return False
        if token.dep in _MODIFIES and token.head > index:
            if self._among(index, words.of_acts) and self._among(token.head, words.acts):
                return False
            if token.pos == "ADJ" and self._among(index, words.abuse):
                return False
        if self._is(index, "aggression", "occupation", "resistance"):
            # A deed, unless a people or a side owns it ("the American occupation"), or it stands alone as a side.
            own = [at for at in scene.grammar.under(index, "amod", "compound", "nmod") if at < index]
            if self._is(index, "resistance"):
                return (
                    token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}
                    and not own
                    and self._definite(index)
                    and not scene.grammar.under(index, "prep", "acl")
                )
            acts = token.dep == "nsubj" and scene.tokens[token.head].pos == "VERB" and self._definite(index) and not own
            if self._is(index, "occupation") and acts and not scene.grammar.under(index, "prep"):
                return True
            return bool(own) and (self.quoted(index) or any(scene.tokens[at].pos == "PROPN" for at in own))
        if self._is(index, "enemy") and token.pos == "NOUN" and token.dep not in _MODIFIES:
            return self._definite(index) or bool(scene.grammar.prepositional(index, {"of"})) or token.tag == "NNS"
        return token.pos != "VERB"

    def _is_owned(self, index: int) -> bool:
        """ "The martyrs of the army": somebody's own dead, or heroes."""
        if not self._is(index, "martyr", "hero"):
            return False
        owners = self._scene.grammar.prepositional(index, {"of"})
        return any(self._scene.named(at) is not None or self._scene.is_party_noun(at) for at in owners)

    def _definite(self, index: int) -> bool:
        return any(self._lower(at) in {"the", "this", "our", "that"} for at in self._scene.grammar.under(index, "det", "poss"))

    def _in_name(self, index: int) -> bool:
        """True inside a proper name: "National Resistance Front", "Martyrs' Square"."""
        tokens = self._scene.tokens
        token = tokens[index]
        if not token.text[:1].isupper() or self._headline(index):
            return False
        first = index == self._scene.syntax.sentence_of(index).first or (index and tokens[index - 1].text in "\"“'‘")
        after = self._next(index)
        before = index - 1 if index else None
        follows = (
            after is not None
            and tokens[after].text[:1].isupper()
            and tokens[after].pos in {"PROPN", "NOUN"}
            and tokens[index].dep in _MODIFIES
        )
        leads = (
            before is not None
            and tokens[before].text[:1].isupper()
            and tokens[before].head == index
            and tokens[before].dep == "compound"
        )
        return follows or (leads and not first)

    def _next(self, index: int) -> int | None:
        return index + 1 if index + 1 < len(self._scene.tokens) else None

    def _headline(self, index: int) -> bool:
        sentence = self._scene.syntax.sentence_of(index)
        if sentence.first not in self._headlines:
            words = [text for at in range(sentence.first, sentence.last) if (text := self._scene.tokens[at].text).isalpha()]
            upper = sum(word[0].isupper() for word in words)
            self._headlines[sentence.first] = len(words) > 3 and upper * 5 > len(words) * 4
        return self._headlines[sentence.first]

    def _head(self, index: int, end: int) -> int:
        """The noun of the side that the word modifies, else the word."""
        scene, words = self._scene, self._words
        at = index
        for _ in range(3):
            token = scene.tokens[at]
            if token.dep not in _MODIFIES or not at < token.head < end or token.head - at > 4:
                break
            at = token.head
        if at == index:
            return index
        if scene.tokens[at].pos == "PROPN" and scene.tokens[at].text[:1].isupper() and not self._headline(index):
            return index  # "the separatist Southern Council"
        if self._names(at, at) and scene.tokens[at].pos in {"NOUN", "PROPN"} and not self._among(at, words.acts):
            return at
        wanted = next((words.only[form] for form in self._forms(index) if form in words.only), None)
        if wanted is not None:
            return at if self._among(at, wanted) else index
        if self._among(index, words.marks) and self._among(at, words.heads) and self._plain_between(index, at):
            return at
        return index

    def _plain_between(self, index: int, head: int) -> bool:
        """No name of a group stands between the mark and the head of a thing ("the separatist Southern Council")."""
        return all(
            self._scene.tokens[at].dep in _INSIDE or self._scene.tokens[at].dep == "punct" for at in range(index + 1, head)
        )

    def _whole(self, index: int, head: int, end: int) -> Label:
        """The name with what belongs to it before and behind."""
        first = self._left(index, head)
        return Label(first, self._right(head, end), head)

    def _left(self, index: int, head: int) -> int:
        scene, words = self._scene, self._words
        first = index
        for at in range(index - 1, max(-1, index - _LONG), -1):
            token = scene.tokens[at]
            if token.text in _HYPHENS and at > 0 and token.dep in {"punct", "amod", "compound"}:
                continue
            if self._lower(at) == "de" and at + 1 == first:
                first = at
                continue
            if (
                token.dep not in _INSIDE
                or not self._belongs(at, head)
                or token.tag in {"PRP$", "CD", "DT", "WP$"}
                or token.dep == "punct"
            ):
                break
            if self._lower(at) in words.apart or self._lower(at) in words.backing or token.tag in {"JJS", "JJR", "RB"}:
                break
            if token.pos == "VERB" and token.tag in {"VBN", "VBG"} and scene.tokens[at - 1].text == "-":
                break
            if not self._is_inside(at, head):
                break
            first = at
        while first < index and scene.tokens[first].dep in {"case", "punct"}:
            first += 1
        return first

    def _is_inside(self, at: int, head: int) -> bool:
        """Whether a word before a name belongs to it: adjectives, peoples, owners, and rulers of a regime; no name of a group."""
        scene = self._scene
        token = scene.tokens[at]
        if token.pos != "PROPN":
            return token.pos in {"ADJ", "NOUN", "PART"} or token.dep == "case" or token.tag == "VBN"
        mention = scene.mention_at.get(at)
        if self._among(head, self._words.ruled):
            return True
        if mention is not None and mention.kind in _GROUPS and not mention.description:
            return False
        if token.dep == "poss" or (mention is not None and mention.kind in {"state", "place"}):
            return True
        return token.entity in {"NORP", "GPE", "LOC"} or scene.named_place(at) is not None

    def _belongs(self, at: int, head: int) -> bool:
        for _ in range(4):
            if at == head:
                return True
            at = self._scene.tokens[at].head
        return False

    def _right(self, head: int, end: int) -> int:
        """Past "of" and a name that is none itself: "enemies of peace", "the regime in Tehran"."""
        scene, words = self._scene, self._words
        behind = head + 1
        if behind >= end or scene.tokens[head].dep in _MODIFIES:
            return head
        word = self._lower(behind)
        seated = word == "in" and self._among(head, words.seated)
        if word != "of" and not seated:
            return head
        for noun in scene.grammar.under(behind, "pobj"):
            mention = scene.named(noun)
            if seated and not (scene.named_place(noun) is not None and noun == behind + 1):
                continue
            side = mention is not None and mention.kind in _GROUPS and not seated
            own = self._among(noun, words.names) or (
                scene.is_party_noun(noun) and mention is None and self._among(noun, words.heads)
            )
            ground = scene.named_place(noun) is not None or (mention is not None and mention.kind == "state")
            takes = seated or ground or self._among(head, words.takers | words.abuse)
            if side or own or not takes:
                continue
            if noun - behind > 4:
                continue
            last = noun
            while last + 2 < end and self._lower(last + 1) == "of" and scene.tokens[last + 2].dep == "pobj":
                last += 2
            return last
        return head

    def _contested(self, index: int, end: int) -> Label | None:
        """ "Moscow-installed officials", "the so-called republic", "the so-called Islamic State"."""
        tokens = self._scene.tokens
        if index + 3 >= end or tokens[index + 1].text not in _HYPHENS:
            return None
        word, head = self._lower(index + 2), tokens[index + 2].head
        so_called = self._lower(index) == "so" and word == "called"
        if not so_called and not (word == "installed" and tokens[index].text[:1].isupper()):
            return None
        if so_called and tokens[index + 2].dep != "amod":
            head = tokens[index].head
        if not index + 2 < head < min(end, index + 8):
            return None
        known = self._among(head, self._words.installed | self._words.names | self._words.heads)
        return Label(index, head, head) if known or (so_called and tokens[head].pos == "PROPN") else None

    def _variant(self, index: int, end: int) -> int | None:
        start = self._scene.tokens[index].start
        for last in range(min(index + _LONGEST, end) - 1, index - 1, -1):
            if self._scene.text[start : self._scene.tokens[last].end].lower().replace("’", "'") in self._words.variants:
                return last
        return None

    def _linked(self, index: int, end: int) -> Label | None:
        """ "X-linked" for an armed group X, "X forces" for a leader X."""
        scene, words = self._scene, self._words
        for mention in self._from.get(scene.tokens[index].start, ()):
            after = scene.syntax.token_at(mention.span.end)
            if after is None or after >= end:
                continue
            if mention.kind == "person" and scene.tokens[after].text in words.forces:
                return Label(index, after, after)
            if mention.kind == "armed-group" and self._lower(after) in words.linked and scene.tokens[after].dep == "amod":
                return Label(index, after, after)  # "the al-Qaeda led offensive"
            hyphen = scene.tokens[after].text in _HYPHENS | {" "}
            if mention.kind == "armed-group" and hyphen and after + 1 < end and self._lower(after + 1) in words.linked:
                return Label(index, after + 1, after + 1)
        return None

    def quoted(self, index: int) -> bool:
        """True where a quotation mark stands open before the word in its paragraph."""
        return self.opened(self._scene.tokens[index].start) is not None

    def opened(self, start: int) -> int | None:
        """Where the quotation mark stands that is open at the character; None where none is."""
        text = self._scene.text
        first = max(text.rfind("\n", 0, start) + 1, start - _QUOTATION)
        stack: list[int] = []
        for at in range(first, start):
            sign = text[at]
            if sign in "“«" or (sign == '"' and (not stack or text[stack[-1]] != '"')):
                stack.append(at)
            elif sign in '”»"' and stack:
                stack.pop()
            elif sign == "‘":
                stack.append(at)
            elif sign == "’" and stack and text[stack[-1]] == "‘" and not text[at + 1 : at + 2].isalpha():
                stack.pop()
        return stack[-1] if stack else None


def _singulars(lower: str) -> list[str]:
    return [lower, *(lower.removesuffix(end) + stem for end, stem in _PLURALS if lower.endswith(end))]
