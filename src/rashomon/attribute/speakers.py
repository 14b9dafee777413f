"""From a source's words to a speaker's name, within one document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Metadata, Resolved, Span
from .candidate import Candidate
from .joint import BACK, Joint
from .phrases import Tree
from .shapes import BODIES, Shape, nameless, person, shape

AUTHOR_UNNAMED = "the author"
_PERSONAL = frozenset({"he", "she", "it", "they"})
_PERSONAL_OF = {"his": "he", "her": "she", "its": "it", "their": "they"}
# How many sentences back somebody who spoke is still meant by a pronoun.
_SENTENCES = 2
UNNAMED = "unnamed / unspecified source"
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
# How far back, in characters, a pronoun looks for who spoke before.
NEAR = 2000
_POINTING = frozenset({"this", "these", "those", "such", "same"})


class Speaker(msgspec.Struct, frozen=True):
    """Who speaks: canonical `name`, the source's `span`, the `entity` it is (None without a name) and its kind; `shape` says
    what pronoun can mean him, `noun` by what common noun he was called."""

    name: str
    span: Span | None
    entity: str | None = None
    kind: str = "other"
    anonymous: bool = False
    shape: Shape = ""
    noun: str = ""


class Speakers:
    """Names sources in text order; remembers who spoke last, for "he said", "the source", "the outlet"."""

    def __init__(self, tree: Tree, resolved: Resolved, metadata: Metadata, cues: CueKnowledge) -> None:
        self._tree = tree
        self._mentions: Sequence[Mention] = resolved.mentions
        self._starts = [mention.span.start for mention in resolved.mentions]
        self._by_head = {mention.head: mention for mention in resolved.mentions if not mention.modifier}
        self._owners = {mention.head: mention for mention in resolved.mentions if mention.pronoun}
        self._families: dict[str, Mention] = {}
        for mention in resolved.mentions:
            if mention.kind == "person" and not mention.pronoun:
                self._families.setdefault(mention.name.split()[-1], mention)
        self._metadata = metadata
        self._cues = cues
        self._spoken: list[Speaker] = []
        self._joint = Joint(tree, resolved.mentions)

    def of(self, candidate: Candidate) -> list[Speaker]:
        """The speakers of a candidate, one for each who speaks; one unnamed speaker where there is no source."""
        if candidate.source is None:
            return [Speaker(UNNAMED, None, anonymous=True)]
        head = self.head(candidate.source)
        if head is None:
            return [Speaker(UNNAMED, candidate.source, anonymous=True)]
        phrase = candidate.source.of(self._tree.text).lower()
        if phrase in self._cues.anonymous.joint:
            both = self._joint.of(candidate.source)
            if both:
                return self._remember([Speaker(one.name, candidate.source, one.entity, one.kind) for one in both])
        out = []
        for index, span in self._conjuncts(head, candidate.source):
            voice = self._name(index, span)
            if not voice.shape:
                token = self._tree.tokens[index]
                noun = token.lemma if token.pos == "NOUN" else ""
                voice = msgspec.structs.replace(voice, shape=shape(self._tree, self._cues, index, voice.kind), noun=noun)
            out.append(voice)
        return self._remember(out)

    def called(self, name: str, span: Span | None) -> Speaker:
        """The speaker whom the layout names: a person of the text where the family name is his."""
        family = self._families.get(name.split()[-1])
        if family is not None:
            return self._remember([Speaker(family.name, span, family.entity, family.kind, shape="person")])[0]
        return self._remember([Speaker(name, span, kind="person", shape="person")])[0]

    def _remember(self, speakers: list[Speaker]) -> list[Speaker]:
        self._spoken.extend(speakers)
        return speakers

    def head(self, source: Span) -> int | None:
        """The syntactic head of the source's words."""
        indices = list(self._tree.syntax.within(source))
        inside = set(indices)
        best = None
        for index in indices:
            token = self._tree.tokens[index]
            if token.pos == "PUNCT":
                continue
            if token.head not in inside or token.head == index:
                return index
            best = index if best is None else best
        return best

    def _conjuncts(self, head: int, source: Span) -> list[tuple[int, Span]]:
        """The coordinated parts of a source, each with its own words; the whole where there is one."""
        tree = self._tree
        parts = [head]
        at = head
        while True:
            following = next(
                (
                    c
                    for c in tree.under(at, "conj")
                    if tree.tokens[c].pos in ("NOUN", "PROPN") and tree.tokens[c].end <= source.end
                ),
                None,
            )
            if following is None:
                break
            parts.append(following)
            at = following
        if len(parts) == 1:
            return [(head, source)]
        out = []
        for part in parts:
            end = max([part, *(tree.last[c] for c in tree.under(part, "prep"))])
            low = min([part, *(tree.first[c] for c in tree.children[part] if c < part)])
            span = tree.clean(tree.syntax.span(low, end))
            out.append((part, Span(max(span.start, source.start), min(span.end, source.end))))
        return out

    def _name(self, head: int, span: Span) -> Speaker:
        token = self._tree.tokens[head]
        lower = token.text.lower()
        if token.pos == "PRON" and lower in _PERSONAL:
            before = self._just_spoke(head, lower, span)
            if before is not None:
                return msgspec.structs.replace(before, span=span)
        named = self._apposed(head, span) if token.pos == "NOUN" else None
        if named is not None:
            return named
        mention = self._mention(head, span)
        if mention is not None and self._nameless(mention, head):
            return Speaker(self._phrase(head, span), span, kind=mention.kind, anonymous=True)
        if mention is None or token.lemma in self._cues.anonymous.mouthpieces | self._cues.utterances:
            mention = self._behind(head, span) or mention
        if mention is not None:
            common = mention.name == mention.name.lower() and not mention.pronoun and token.pos == "NOUN"
            name = self._phrase(head, span) if common else mention.name
            return Speaker(name, span, mention.entity, mention.kind, common and nameless(self._tree, self._cues, head))
        if lower in self._cues.pronouns.first:
            author = self._metadata.author or AUTHOR_UNNAMED
            return Speaker(author if lower != "we" else self._metadata.publisher or author, span, kind="author")
        if token.pos == "PRON" or lower in self._cues.pronouns.relative:
            return self._pronoun(head, lower, span)
        if token.lemma in self._cues.utterances and self._pointing(head, span):
            return msgspec.structs.replace(self._spoken[-1], span=span)
        if self._tree.text[span.start : span.start + 4].lower() == "the ":
            before = self._described(head, token.lemma, span)
            if before is not None:
                return msgspec.structs.replace(before, span=span)
        return self._plain(head, span)

    def _plain(self, head: int, span: Span) -> Speaker:
        """A speaker known by the source's words alone."""
        token = self._tree.tokens[head]
        outlet = outlet_name(self._tree, self._cues, head, span)
        if outlet is not None:
            return Speaker(outlet, span, kind="media")
        alike = self._misspelt(token.text) if token.pos == "PROPN" else None
        if alike is not None:
            return Speaker(alike.name, span, alike.entity, alike.kind)
        name = self._phrase(head, span)
        if token.lemma in self._cues.anonymous.documents and not self._tree.under(head, "poss", "compound", "prep"):
            return Speaker(f"unspecified {token.text.lower()}", span, anonymous=True)
        if name.lower() in self._cues.anonymous.quantifiers:
            return Speaker(UNNAMED, span, anonymous=True)
        if token.entity == "PERSON" or (token.pos == "PROPN" and token.entity == ""):
            return Speaker(name, span, kind="person")
        kept_back = any(self._tree.tokens[at].lemma in self._cues.anonymous.unnamed for at in self._tree.under(head, "amod"))
        anonymous = kept_back or nameless(self._tree, self._cues, head)
        counted = self._tree.one(head, "prep")
        if token.pos in ("NUM", "PRON") and counted is not None:  # "two of the commanders"
            below = self._tree.one(counted, "pobj")
            anonymous = below is not None and nameless(self._tree, self._cues, below)
        return Speaker(self._owned(head, name), span, anonymous=anonymous)

    def _owned(self, head: int, name: str) -> str:
        """ "its ambassador" with the owner's name for the pronoun."""
        owner = self._tree.one(head, "poss")
        if owner is None or self._tree.tokens[owner].tag != "PRP$":
            return name
        lower = self._tree.tokens[owner].text.lower()
        mention = self._owners.get(owner)
        if mention is not None and not mention.name.islower():
            return f"{mention.name}'s {name}"
        span = self._tree.tokens[owner].span
        before = self._just_spoke(owner, _PERSONAL_OF.get(lower, lower), span)
        return f"{before.name}'s {name}" if before is not None and before.name != UNNAMED else name

    def _apposed(self, head: int, span: Span) -> Speaker | None:
        """ "the governor, Hashim Noori": the name in apposition. "Their employer, a firm in Piraeus": what it is."""
        tree = self._tree
        below = [at for at in tree.syntax.within(span) if tree.tokens[at].dep == "appos" and at > head]
        for child in below:
            token = tree.tokens[child]
            if token.end > span.end:
                continue
            far = token.head != head
            if far and tree.first[child] > 0 and tree.tokens[tree.first[child] - 1].text != ",":
                continue
            mention = self._by_head.get(child)
            if mention is not None and mention.kind == "person":
                return Speaker(mention.name, span, mention.entity, mention.kind, shape="person")
            if token.pos == "PROPN" and token.entity in ("PERSON", "") and mention is None and person(tree, self._cues, head):
                name = tree.noun_phrase(child, full=False)
                return Speaker(name.of(tree.text), span, kind="person", shape="person")
            owner = tree.one(head, "poss") if not far else None
            if owner is not None and tree.tokens[owner].tag == "PRP$" and token.pos == "NOUN" and tree.under(child, "det"):
                name = tree.clean(tree.noun_phrase(child, full=False))
                return Speaker(self._phrase(child, name), span, anonymous=nameless(tree, self._cues, child))
        return None

    def _just_spoke(self, head: int, lower: str, span: Span) -> Speaker | None:
        """Whom "he", "it", "they" mean where he spoke in this sentence or the one before, in the same paragraph."""
        pronouns, tree = self._cues.pronouns, self._tree
        for before in reversed(self._spoken[-4:]):
            if before.span is None or before.span.start >= span.start or before.name == UNNAMED:
                continue
            at = tree.syntax.token_at(before.span.start)
            if at is None or tree.sentence[head] - tree.sentence[at] > _SENTENCES:
                return None
            here, there = tree.syntax.sentences[tree.sentence[head]], tree.syntax.sentences[tree.sentence[at]]
            if here.block != there.block:
                return None
            fits = (
                (lower in pronouns.singular and before.shape == "person")
                or (lower in pronouns.neutral and before.shape == "body")
                or (lower in pronouns.plural and before.shape == "plural")
            )
            if fits:
                return before
        return None

    def _pointing(self, head: int, span: Span) -> bool:
        """True for "these comments" soon after somebody spoke."""
        pointing = any(self._tree.tokens[word].text.lower() in _POINTING for word in self._tree.under(head, "det", "amod"))
        return pointing and bool(self._spoken) and self._close(self._spoken[-1], span)

    def _misspelt(self, word: str) -> Mention | None:
        """A person named elsewhere whose family name has the same letters in another order, or one letter more or less."""
        if len(word) < 5:
            return None
        for last, mention in self._families.items():
            if last != word and last[:2] == word[:2] and _alike(last, word):
                return mention
        return None

    def _mention(self, head: int, span: Span) -> Mention | None:
        """The mention at the head; else the last named one that stands inside the words and ends with the head."""
        found = self._by_head.get(head)
        if found is not None:
            return found
        low = bisect_left(self._starts, span.start)
        token = self._tree.tokens[head]
        if token.lemma in self._cues.utterances | self._cues.outlets:
            # "the Morning Star article": the outlet speaks.
            for mention in self._mentions[low : bisect_right(self._starts, token.start)]:
                if mention.kind == "media":
                    return mention
        for mention in self._mentions[low : bisect_right(self._starts, span.end)]:
            if not mention.modifier and mention.span.covers(token.span):
                return mention
        if token.entity in ("PERSON", "ORG", "GPE") or token.pos == "PROPN":
            return None
        # "the minister, Sergei Lavrov": the name stands in apposition.
        for child in self._tree.under(head, "appos"):
            if child in self._by_head and self._tree.tokens[child].end <= span.end:
                return self._by_head[child]
        return None

    def _pronoun(self, head: int, lower: str, span: Span) -> Speaker:
        """Antecedent of a pronoun that the actors' stage left open."""
        pronouns = self._cues.pronouns
        if lower in pronouns.relative:
            at = head
            for _ in range(4):
                token = self._tree.tokens[at]
                if token.dep == "relcl":
                    above = self._tree.tokens[token.head]
                    if above.pos != "PRON":
                        return msgspec.structs.replace(
                            self._name(token.head, self._tree.noun_phrase(token.head, full=False)), span=span
                        )
                    break
                if token.head == at:
                    break
                at = token.head
            return Speaker(UNNAMED, span, anonymous=True)
        if lower in pronouns.neutral:
            last = self._spoken[-1] if self._spoken else None
            if last is not None and last.span is not None and last.kind != "person" and self._same_sentence(last.span, span):
                return msgspec.structs.replace(last, span=span)
            subject = self._subject_before(head)
            if subject is not None:
                return Speaker(subject.name, span, subject.entity, subject.kind)
        for before in reversed(self._spoken[-8:]):
            if not self._close(before, span):
                break
            if lower in pronouns.singular and (before.kind == "person" or before.anonymous) and before.span is not None:
                return msgspec.structs.replace(before, span=span)
            if lower in pronouns.neutral and before.kind != "person" and before.entity and self._within(before, span, 500):
                return msgspec.structs.replace(before, span=span)
            if lower in pronouns.plural and before.kind not in ("person", "media") and before.span is not None:
                return msgspec.structs.replace(before, span=span)
        if lower in pronouns.singular:
            named = self._last(span.start, "person")
            if named is not None:
                return Speaker(named.name, span, named.entity, named.kind)
        if lower in self._cues.anonymous.quantifiers:
            return Speaker(UNNAMED, span, anonymous=True)
        noun = self._tree.tokens[head].lemma
        if noun in self._cues.anonymous.nouns and lower not in pronouns.plural:
            return Speaker(self._phrase(head, span), span, anonymous=True)
        return Speaker(UNNAMED, span, anonymous=True)

    def _subject_before(self, head: int) -> Mention | None:
        """The last subject before this token, in its sentence or the one before, that is a body, not a person or a place."""
        number = self._tree.sentence[head]
        sentences = self._tree.syntax.sentences
        here = sentences[number]
        for index in range(head - 1, here.first - 1, -1):
            found = self._body_at(index)
            if found is not None:
                return found
        if number == 0 or sentences[number - 1].block != here.block:
            return None
        for index in range(sentences[number - 1].first, sentences[number - 1].last):
            above = self._tree.tokens[index].head
            if self._tree.tokens[index].dep == "nsubj" and self._tree.tokens[above].head == above:
                return self._body_at(index)
        return None

    def _body_at(self, index: int) -> Mention | None:
        """The body (no person, no place) that the token names as a subject."""
        if self._tree.tokens[index].dep not in ("nsubj", "nsubjpass"):
            return None
        mention = self._by_head.get(index)
        return mention if mention is not None and mention.kind not in ("person", "place") else None

    def _same_sentence(self, one: Span, other: Span) -> bool:
        at, there = self._tree.syntax.token_at(one.start), self._tree.syntax.token_at(other.start)
        return at is not None and there is not None and self._tree.sentence[at] == self._tree.sentence[there]

    def _nameless(self, mention: Mention, head: int) -> bool:
        """True for "officials", "a commander of the brigade": people without a name, whatever body the mention says."""
        token = self._tree.tokens[head]
        if token.pos != "NOUN" or mention.pronoun or mention.kind == "person" or self._named(head):
            return False
        if not nameless(self._tree, self._cues, head):
            return False
        return token.tag == "NN" or mention.kind not in ("armed-group", "armed-force")

    def _named(self, head: int) -> bool:
        """True where a person's name stands in apposition."""
        return any(self._tree.tokens[child].pos == "PROPN" for child in self._tree.under(head, "appos"))

    def _behind(self, head: int, span: Span) -> Mention | None:
        """For whom a spokesman speaks, or whose statement it is: "a YPG spokesman", "a statement by the ministry"."""
        token = self._tree.tokens[head]
        mouthpiece = token.lemma in self._cues.anonymous.mouthpieces
        if self._named(head) or not (mouthpiece or token.lemma in self._cues.utterances):
            return None
        deps = ("poss", "compound", "amod", "nmod") if mouthpiece else ("poss",)
        for child in self._tree.under(head, *deps):
            for mention in self._inside(self._tree.first[child], self._tree.last[child]):
                if mouthpiece or mention.kind not in ("place",):
                    return mention
        for child in self._tree.under(head, "prep"):
            below = self._tree.one(child, "pobj")
            if below is not None and self._tree.tokens[child].text.lower() in ("by", "of", "for", "from"):
                return self._by_head.get(below)
        return None

    def _inside(self, first: int, last: int) -> list[Mention]:
        span = self._tree.syntax.span(first, last)
        low = bisect_left(self._starts, span.start)
        return [one for one in self._mentions[low : bisect_left(self._starts, span.end)] if one.span.end <= span.end]

    def _within(self, before: Speaker, span: Span, reach: int) -> bool:
        return before.span is not None and span.start - before.span.start <= reach

    def _close(self, before: Speaker, span: Span) -> bool:
        """True when the other spoke near enough, and in the body if this does, for a pronoun to mean him."""
        if before.span is None or not 0 <= span.start - before.span.start <= NEAR:
            return before.span is None
        at, there = self._tree.syntax.token_at(span.start), self._tree.syntax.token_at(before.span.start)
        if at is None or there is None:
            return False
        sentences = self._tree.syntax.sentences
        return sentences[self._tree.sentence[at]].region == sentences[self._tree.sentence[there]].region

    def _last(self, offset: int, kind: str) -> Mention | None:
        at = bisect_left(self._starts, offset)
        for mention in reversed(self._mentions[max(0, at - BACK) : at]):
            if mention.kind == kind and not mention.modifier:
                return mention
        return None

    def _described(self, head: int, noun: str, span: Span) -> Speaker | None:
        """ "the source", "the outlet", "the minister", "the group", "the statement" said of who spoke before."""
        for before in reversed(self._spoken[-20:]):
            if noun in self._cues.outlets and before.kind == "media":
                return before
            words = before.name.split()
            same = before.noun == noun or words[-1:] == [noun]
            if same and (before.name != noun or before.anonymous) and (before.anonymous or len(words) > 1):
                return before
            if noun in self._cues.bodies and before.shape == "body" and before.entity is not None and self._close(before, span):
                return before if before.kind in ("armed-group", "other", "igo") or noun in before.name.lower() else None
            if noun in self._cues.issued and before.kind in BODIES and self._close(before, span):
                return before
        if noun in self._cues.outlets:
            named = self._last(self._tree.tokens[head].start, "media")
            if named is not None:
                return Speaker(named.name, None, named.entity, named.kind)
        return None

    def _phrase(self, head: int, span: Span) -> str:
        """The source's own words without its article and without what hangs behind a comma."""
        short = self._tree.noun_phrase(head, full=False)
        kept = short if span.overlaps(short) else span
        start, end = max(kept.start, span.start), min(kept.end, span.end)
        comma = self._tree.text.find(", ", self._tree.tokens[head].end, end)
        end = comma if comma >= 0 else end
        for index in self._tree.syntax.within(Span(start, end)):  # "a letter from the governor seen by Y"
            token = self._tree.tokens[index]
            if (
                token.tag == "VBN"
                and index > head
                and token.lemma in self._cues.seeing | self._cues.relays
                and self._tree.one(index, "agent")
            ):
                end = min(end, token.start)
        words = self._tree.text[start:end].split()
        while len(words) > 1 and words[0].lower() in _ARTICLES:
            words = words[1:]
        at = self._tree.syntax.token_at(kept.start)
        if at is not None and words and at == self._tree.syntax.sentences[self._tree.sentence[at]].first:
            token = self._tree.tokens[at]
            if token.text == words[0] and token.tag in ("NN", "NNS") and words[0][1:].islower():
                words[0] = words[0].lower()  # "Residents said": the capital is the sentence's
        return " ".join(words) or span.of(self._tree.text)


def outlet_name(tree: Tree, cues: CueKnowledge, head: int, span: Span) -> str | None:
    """The name in "the Morning Star website": the capitalised words before a noun for an outlet."""
    if tree.tokens[head].lemma not in cues.outlets:
        return None
    first = head
    while first > tree.first[head] and tree.tokens[first - 1].start >= span.start:
        first -= 1
    while first < head and (tree.tokens[first].pos in ("DET", "ADJ") or not tree.tokens[first].text[0].isupper()):
        first += 1
    return tree.syntax.span(first, head - 1).of(tree.text) if first < head else None


def _alike(a: str, b: str) -> bool:
    """True for two spellings of one name: the same letters in another order, or one letter changed, added or dropped."""
    if len(a) == len(b):
        return sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long_ = sorted((a, b), key=len)
    return len(long_) - len(short) == 1 and any(long_[:at] + long_[at + 1 :] == short for at in range(len(long_)))
