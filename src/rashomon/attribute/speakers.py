"""From a source's words to a speaker's name, within one document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Metadata, Resolved, Span
from .antecedents import UNNAMED, Antecedents, Speaker
from .candidate import Candidate
from .joint import Joint
from .names import Beside, Families, outlet_name
from .phrases import Tree
from .shapes import nameless, person, shape

AUTHOR_UNNAMED = "the author"
_PERSONAL = frozenset({"he", "she", "it", "they"})
_PERSONAL_OF = {"his": "he", "her": "she", "its": "it", "their": "they"}
_ARTICLES = frozenset({"a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
_POINTING = frozenset({"this", "these", "those", "such", "same"})
# What tells about a person just named: "Ali Noor, a trader", "Ali Noor, 34", "Ali Noor of the Red Crescent".
_TAIL = re.compile(r"(?:,\s+(?:an?|the|who|whose|aged|\d+|his|her|its|their|one|[a-z]+ing)\b|\s+(?:of|from|at|with|who)\b|\s*\()")


class Speakers:
    """Names sources in text order; remembers who spoke last, for "he said", "the source", "the outlet"."""

    def __init__(self, tree: Tree, resolved: Resolved, metadata: Metadata, cues: CueKnowledge) -> None:
        self._tree = tree
        self._mentions: Sequence[Mention] = resolved.mentions
        self._starts = [mention.span.start for mention in resolved.mentions]
        self._by_head = {mention.head: mention for mention in resolved.mentions if not mention.modifier}
        self._owners = {mention.head: mention for mention in resolved.mentions if mention.pronoun}
        self._families = Families(tree, resolved.mentions)
        self._metadata = metadata
        self._cues = cues
        self._beside = Beside(tree, cues, self._by_head, [place.span for place in resolved.places])
        self._before = Antecedents(tree, resolved.mentions, cues)
        # Description -> the name that it turned out to be.
        self.found_out: dict[str, Speaker] = {}
        self._introduced: set[str] = set()
        self._first_word: dict[str, int] = {}
        for index, token in enumerate(tree.tokens):
            self._first_word.setdefault(token.text, index)
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
            self._discovered(voice, index, span)
            out.append(voice)
        return self._remember(out)

    def called(self, name: str, span: Span | None) -> Speaker:
        """The speaker whom the layout names: a person of the text where the family name is his."""
        family = self._families.of(name.split()[-1])
        if family is not None:
            return self._remember([_somebody(*family, span)])[0]
        return self._remember([Speaker(name, span, kind="person", shape="person")])[0]

    def _remember(self, speakers: list[Speaker]) -> list[Speaker]:
        self._before.spoken.extend(speakers)
        return speakers

    def head(self, source: Span) -> int | None:
        """The syntactic head of the source's words."""
        wide = Span(source.start, min(source.end + 1, len(self._tree.text)))  # "the U.S." keeps its stop in one word
        indices = list(self._tree.syntax.within(wide))
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
            before = self._before.just_spoke(head, lower, span)
            if before is not None:
                return msgspec.structs.replace(before, span=span)
        one = self._before.one_of(head, lower, span)
        if one is not None:
            return msgspec.structs.replace(one, span=span)
        named = self._apposed(head, span) if token.pos in ("NOUN", "ADJ") else None
        if named is not None:
            return named
        called = self._beside.known_as(head, span)
        if called is not None:
            return called
        mention = self._fitting(head, lower, self._mention(head, span))
        if mention is not None and mention.pronoun and lower in self._cues.pronouns.neutral:
            document = self._before.document(head, span)
            if document is not None:
                return document
        if mention is None or mention.description:
            before = self._told(head, lower, span)
            if before is not None:
                return msgspec.structs.replace(before, span=span)
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
            last = self._before.last()
            if last is not None:
                return msgspec.structs.replace(last, span=span)
        if self._tree.text[span.start : span.start + 4].lower() == "the ":
            before = self._before.described(head, token.lemma, span)
            if before is not None:
                return msgspec.structs.replace(before, span=span)
        return self._plain(head, span)

    def _told(self, head: int, lower: str, span: Span) -> Speaker | None:
        """ "the man", "the spokesman", "the former" said of who spoke before."""
        if self._tree.text[span.start : span.start + 4].lower() != "the " and lower not in ("former", "latter"):
            return None
        token = self._tree.tokens[head]
        special = self._cues.generic | self._cues.anonymous.mouthpieces | {"former", "latter"}
        noun = lower if lower in ("former", "latter") else token.lemma
        return self._before.described(head, noun, span) if noun in special else None

    def _fitting(self, head: int, lower: str, mention: Mention | None) -> Mention | None:
        """The mention, unless the words cannot mean it: "she" for an army, a person's name that is also a country's."""
        if mention is None:
            return None
        pronouns, tree = self._cues.pronouns, self._tree
        if mention.name == self._before.without:
            return None
        if mention.pronoun and lower in pronouns.singular and mention.kind != "person":
            return None
        if mention.pronoun and lower in pronouns.neutral and mention.kind == "person":
            return None
        token = tree.tokens[head]
        if token.pos == "PROPN" and mention.kind in ("state", "government", "place") and not mention.pronoun:
            given = [tree.tokens[at] for at in tree.under(head, "compound") if tree.tokens[at].end <= mention.span.start]
            ranked = any(one.text.rstrip(".").lower() in self._cues.ranks for one in given)
            if given and (ranked or token.entity == "PERSON"):
                return None
        return mention

    def again(self, candidate: Candidate, without: str, upto: int) -> list[Speaker] | None:
        """The speakers of a pronoun once more, when it cannot be the one of that name; only the first `upto` who spoke count."""
        source = candidate.source
        head = self.head(source) if source is not None else None
        if source is None or head is None:
            return None
        self._before.upto, self._before.without = upto, without
        voice = self._name(head, source)
        self._before.upto = self._before.without = None
        return [voice] if voice.name != without else None

    def known(self, voice: Speaker) -> Speaker:
        """The speaker by the name that the text gives later: "the mayor said. Ali Noor added"."""
        named = self.found_out.get(voice.name)
        if named is None or voice.entity is not None:
            return voice
        return msgspec.structs.replace(named, span=voice.span, anonymous=False)

    def _discovered(self, voice: Speaker, head: int, span: Span) -> None:
        """Notes who "the governor" of the sentence before is, when a person speaks whom nothing else introduces."""
        tree, token = self._tree, self._tree.tokens[head]
        before = self._before.last()
        if voice.shape != "person" or voice.name in self._introduced or voice.name.islower():
            return
        self._introduced.add(voice.name)
        if self._first_word.get(voice.name.split()[-1], head) < head:
            return
        noun = self._office(head, span)
        if noun is not None:
            same = next((one for one in self._before.recent(8) if one.noun == noun and one.entity is None), None)
            if same is not None and same.shape == "person" and not same.anonymous:
                self._found(same.name, voice)
            return
        words = span.of(tree.text).split()
        while words and words[0].rstrip(".").lower() in self._cues.ranks:
            words = words[1:]
        if token.pos != "PROPN" or _TAIL.match(tree.text, span.end) or len(words) < 2 or not voice.name.endswith(" ".join(words)):
            return
        fits = before is not None and before.span is not None and before.shape == "person" and before.entity is None
        if not fits or before is None or before.span is None or before.anonymous or before.name in self.found_out:
            return
        at = tree.syntax.token_at(before.span.start)
        definite = before.noun in self._cues.anonymous.offices | self._cues.anonymous.mouthpieces
        phrase = before.span.of(tree.text).lower()
        if at is None or not definite or phrase.startswith(("a ", "an ", "he", "she", "one")):
            return
        if 0 < tree.sentence[head] - tree.sentence[at] <= 2:
            self._found(before.name, voice)

    def _office(self, head: int, span: Span) -> str | None:
        """The common noun that a name stands beside: "the mayor, Ali Noor"."""
        tree = self._tree
        token = tree.tokens[head]
        if token.pos == "NOUN":
            return token.lemma
        above = tree.tokens[token.head]
        if token.dep == "appos" and above.pos == "NOUN":
            return above.lemma
        return next(
            (tree.tokens[at].lemma for at in tree.under(head, "compound", "appos") if tree.tokens[at].pos == "NOUN"), None
        )

    def _found(self, description: str, voice: Speaker) -> None:
        self.found_out[description] = voice
        self._before.renamed(description, voice)

    @property
    def count(self) -> int:
        """How many have spoken so far."""
        return len(self._before.spoken)

    def _plain(self, head: int, span: Span) -> Speaker:
        """A speaker known by the source's words alone."""
        token = self._tree.tokens[head]
        outlet = outlet_name(self._tree, self._cues, head, span)
        if outlet is not None:
            return Speaker(outlet, span, kind="media")
        office = self._beside.holder(head) if self._tree.text[span.start : span.start + 4].lower() == "the " else None
        if office is not None:
            return self._by_person(office, span)
        alike = self._families.misspelt(token.text) if token.pos == "PROPN" else None
        if alike is not None:
            return _somebody(*alike, span)
        name = self._phrase(head, span)
        if token.lemma in self._cues.anonymous.documents and not self._tree.under(head, "poss", "compound", "prep"):
            return Speaker(f"unspecified {token.text.lower()}", span, anonymous=True)
        if name.lower() in self._cues.anonymous.quantifiers:
            return Speaker(UNNAMED, span, anonymous=True)
        if token.entity == "PERSON" or (token.pos == "PROPN" and token.entity == ""):
            return Speaker(name, span, kind="person")
        kept_back = any(self._tree.tokens[at].lemma in self._cues.anonymous.unnamed for at in self._tree.under(head, "amod"))
        name = self._beside.placed(head, name)
        anonymous = kept_back or nameless(self._tree, self._cues, head)
        counted = self._tree.one(head, "prep")
        if token.pos in ("NUM", "PRON") and counted is not None:  # "two of the commanders"
            below = self._tree.one(counted, "pobj")
            anonymous = below is not None and nameless(self._tree, self._cues, below)
        return Speaker(self._owned(head, name), span, anonymous=anonymous)

    def _by_person(self, at: int, span: Span) -> Speaker:
        """The person whose name ends at that token."""
        mention = self._by_head.get(at)
        if mention is not None and mention.kind == "person":
            return Speaker(mention.name, span, mention.entity, mention.kind, shape="person")
        name = self._untitled(self._tree.noun_phrase(at, full=False).of(self._tree.text))
        return Speaker(name, span, kind="person", shape="person")

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
        before = self._before.just_spoke(owner, _PERSONAL_OF.get(lower, lower), span)
        return f"{before.name}'s {name}" if before is not None and before.name != UNNAMED else name

    def _apposed(self, head: int, span: Span) -> Speaker | None:
        """ "the governor, Hashim Noori": the name in apposition. "Their employer, a firm in Piraeus": what it is."""
        tree = self._tree
        before = self._beside.apposed_to(head)
        if before is not None:
            return msgspec.structs.replace(before, span=span)
        wide = Span(span.start, min(span.end + 1, len(tree.text)))  # "Karim D." keeps its stop in one word
        below = [at for at in tree.syntax.within(wide) if tree.tokens[at].dep == "appos" and at > head]
        for child in below:
            token = tree.tokens[child]
            if token.start >= span.end:
                continue
            far = token.head != head
            if far and tree.first[child] > 0 and tree.tokens[tree.first[child] - 1].text != ",":
                continue
            mention = self._by_head.get(child)
            if mention is not None and mention.kind == "person":
                return Speaker(mention.name, span, mention.entity, mention.kind, shape="person")
            kinds = ("PERSON", "", "ORG") if far else ("PERSON", "", "ORG", "GPE", "FAC", "NORP")
            several = child > 0 and tree.tokens[child - 1].pos == "PROPN"
            named = token.entity in ("PERSON", "") or (token.entity in kinds and several)
            ordinal = tree.tokens[head].pos == "ADJ" and token.entity == "PERSON"
            unknown = mention is None or (mention.kind == "other" and several)
            if token.pos == "PROPN" and named and unknown and (ordinal or person(tree, self._cues, head)):
                called = self._untitled(tree.noun_phrase(child, full=False).of(tree.text))
                entity = mention.entity if mention is not None else None
                return Speaker(called, span, entity, kind="person", shape="person")
            if not far and token.pos == "PROPN" and self._beside.bare(head):
                if mention is not None and mention.kind not in ("person", "place"):
                    return Speaker(mention.name, span, mention.entity, mention.kind)
                if mention is None and (
                    token.entity not in ("GPE", "LOC", "DATE", "NORP", "PERSON") or (token.entity == "PERSON" and several)
                ):
                    called = tree.clean(tree.noun_phrase(child, full=False)).of(tree.text)
                    kind = "media" if tree.tokens[head].lemma in self._cues.outlets else "other"
                    return Speaker(called.removeprefix("the ").removeprefix("The "), span, kind=kind, shape="body")
            owner = tree.one(head, "poss") if not far else None
            if owner is not None and tree.tokens[owner].tag == "PRP$" and token.pos == "NOUN" and tree.under(child, "det"):
                name = tree.clean(tree.noun_phrase(child, full=False))
                return Speaker(self._phrase(child, name), span, anonymous=nameless(tree, self._cues, child))
        return None

    def _untitled(self, name: str) -> str:
        """ "the driver Wael K.": the name without the nouns before it."""
        words = name.split()
        while len(words) > 1 and (words[0].islower() or words[0].rstrip(".").lower() in self._cues.ranks):
            words = words[1:]
        return " ".join(words)

    def _pointing(self, head: int, span: Span) -> bool:
        """True for "these comments" soon after somebody spoke."""
        pointing = any(self._tree.tokens[word].text.lower() in _POINTING for word in self._tree.under(head, "det", "amod"))
        last = self._before.last()
        return pointing and last is not None and self._before.close(last, span)

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
                    if above.dep == "appos" and self._tree.tokens[above.head].pos == "PROPN":
                        name = self._name(above.head, self._tree.noun_phrase(above.head, full=False))
                        return msgspec.structs.replace(name, span=span)
                    if above.pos != "PRON":
                        return msgspec.structs.replace(
                            self._name(token.head, self._tree.noun_phrase(token.head, full=False)), span=span
                        )
                    break
                if token.head == at:
                    break
                at = token.head
            return Speaker(UNNAMED, span, anonymous=True)
        before = self._before.pronoun(head, lower, span)
        if before is not None:
            return before
        if lower in self._cues.anonymous.quantifiers:
            return Speaker(UNNAMED, span, anonymous=True)
        noun = self._tree.tokens[head].lemma
        if noun in self._cues.anonymous.nouns and lower not in pronouns.plural:
            return Speaker(self._phrase(head, span), span, anonymous=True)
        return Speaker(UNNAMED, span, anonymous=True)

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


def _somebody(name: str, mention: Mention | None, span: Span | None) -> Speaker:
    """A person by his name, with his entity where there is one."""
    if mention is None:
        return Speaker(name, span, kind="person", shape="person")
    return Speaker(mention.name, span, mention.entity, mention.kind, shape="person")
