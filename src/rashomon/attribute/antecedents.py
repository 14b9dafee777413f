"""Who is meant by "he", "it", "the group", "one of them", "the former": looked for among those who spoke before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from ..knowledge.cues import CueKnowledge
from ..records import Mention, Span
from .joint import BACK
from .phrases import Tree
from .shapes import BODIES, Shape, nameless, person, thing

UNNAMED = "unnamed / unspecified source"
# How many sentences back somebody who spoke is still meant by a pronoun.
_SENTENCES = 2
# How far back, in characters, a pronoun looks for who spoke before.
NEAR = 2000
# How far back, in tokens, a pronoun looks for a person who only was named.
_NAMED = 90
# So many tokens of a sentence are looked through for its main verb.
_ROOT = 200
_SINGLE = frozenset({"one", "another", "first", "second", "third", "fourth", "other"})
_PAIRED = {"former": 0, "latter": 1}


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


class Antecedents:
    """Remembers who spoke, in the order in which they were named."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], cues: CueKnowledge) -> None:
        self._tree = tree
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        self._by_head = {mention.head: mention for mention in mentions if not mention.modifier}
        self._cues = cues
        self._genders: dict[str, str] = {}
        self.spoken: list[Speaker] = []
        # Only the speakers before this place are looked at, and never the one of this name (None: all of them).
        self.upto: int | None = None
        self.without: str | None = None

    def recent(self, count: int) -> Iterable[Speaker]:
        """The last ones who spoke, the latest first."""
        end = len(self.spoken) if self.upto is None else self.upto
        for before in reversed(self.spoken[max(0, end - count) : end]):
            if before.name != self.without:
                yield before

    def last(self) -> Speaker | None:
        """The one who spoke last."""
        return next(iter(self.recent(1)), None)

    def renamed(self, old: str, new: Speaker) -> None:
        """Puts the name found later in place of a description ("the mayor", then "Ali Noor")."""
        for at, before in enumerate(self.spoken):
            if before.name == old:
                self.spoken[at] = msgspec.structs.replace(new, span=before.span, noun=before.noun)

    # pronouns

    def just_spoke(self, head: int, lower: str, span: Span) -> Speaker | None:
        """Whom "he", "it", "they" mean where he spoke in this sentence or the two before, in the same paragraph."""
        pronouns, tree = self._cues.pronouns, self._tree
        for before in self.recent(4):
            if before.span is None or before.span.start >= span.start or before.name == UNNAMED:
                continue
            at = tree.syntax.token_at(before.span.start)
            if at is None or tree.sentence[head] - tree.sentence[at] > _SENTENCES:
                return None
            here, there = tree.syntax.sentences[tree.sentence[head]], tree.syntax.sentences[tree.sentence[at]]
            if here.block != there.block:
                return None
            fits = (
                (lower in pronouns.singular and self._single(before, lower))
                or (lower in pronouns.neutral and before.shape == "body")
                or (lower in pronouns.plural and before.shape == "plural")
            )
            if fits:
                return self._gendered(before, lower)
        return None

    def _single(self, before: Speaker, lower: str) -> bool:
        """True where "he" or "she" can mean the speaker."""
        gender = self._gender(before)
        return before.shape == "person" and (gender is None or gender == _gender_of(lower))

    def _gender(self, before: Speaker) -> str | None:
        found = self._genders.get(before.name)
        if found is None and before.noun:
            found = next((gender for gender, nouns in self._cues.gendered.items() if before.noun in nouns), None)
        return found

    def _gendered(self, before: Speaker, lower: str) -> Speaker:
        if lower in self._cues.pronouns.singular and before.name != UNNAMED:
            self._genders.setdefault(before.name, _gender_of(lower))
        return before

    def pronoun(self, head: int, lower: str, span: Span) -> Speaker | None:
        """Antecedent of a pronoun further back, or of one who did not speak; None where there is none."""
        pronouns = self._cues.pronouns
        if lower in pronouns.neutral:
            last = self.last()
            if last is not None and last.span is not None and last.kind != "person" and self._same_sentence(last.span, span):
                return msgspec.structs.replace(last, span=span)
            subject = self._subject_before(head)
            if subject is not None:
                return Speaker(subject.name, span, subject.entity, subject.kind)
        singular = lower in pronouns.singular
        acting = self._acting(head, lower, span)
        if acting is not None:
            return acting
        for before in self.recent(8):
            if not self.close(before, span):
                break
            if before.span is None or before.name == UNNAMED:
                continue
            if singular and self._single(before, lower):
                return msgspec.structs.replace(self._gendered(before, lower), span=span)
            if lower in pronouns.neutral and before.kind != "person" and before.entity and self._within(before, span, 500):
                return msgspec.structs.replace(before, span=span)
            if lower in pronouns.plural and before.kind not in ("person", "media") and before.shape != "person":
                return msgspec.structs.replace(before, span=span)
        if singular:
            return self._named_before(head, span)
        return None

    def _acting(self, head: int, lower: str, span: Span) -> Speaker | None:
        """The subject of the sentence before, in the same paragraph, or whom it says was asked, where the pronoun fits it."""
        tree = self._tree
        number = tree.sentence[head]
        if number == 0 or tree.syntax.sentences[number - 1].block != tree.syntax.sentences[number].block:
            return None
        before = tree.syntax.sentences[number - 1]
        root = next(
            (at for at in range(before.first, min(before.last, before.first + _ROOT)) if tree.tokens[at].head == at), None
        )
        if root is None or self._in_marks(before.first, root):
            return None
        subject = tree.one(root, "nsubj", "nsubjpass")
        if subject is not None and tree.tokens[subject].text.lower() in self._cues.pronouns.first:
            asked = tree.tokens[root].lemma in self._cues.asking
            spoken_to = next((at for at in tree.under(root, "prep") if tree.tokens[at].lemma in ("to", "with")), None)
            subject = tree.one(root, "dobj") if asked else None
            if subject is None and asked and spoken_to is not None:
                subject = tree.one(spoken_to, "pobj")
        if subject is None:
            return None
        token = tree.tokens[subject]
        mention = self._by_head.get(subject)
        if lower in self._cues.pronouns.singular:
            if mention is not None and mention.kind == "person" and mention.name != self.without:
                return Speaker(mention.name, span, mention.entity, mention.kind, shape="person")
            named = next((at for at in tree.under(subject, "appos") if tree.tokens[at].entity == "PERSON"), None)
            if named is not None:
                return self._by_name(named, span)
            if token.entity == "PERSON" and token.pos == "PROPN":
                return self._by_name(subject, span)
            if mention is None and person(tree, self._cues, subject) and token.tag == "NN":
                return Speaker(
                    self.plain(subject), span, None, "other", nameless(tree, self._cues, subject), "person", token.lemma
                )
        elif lower in self._cues.pronouns.neutral and token.tag == "NN" and not person(tree, self._cues, subject):
            if mention is not None and mention.kind in BODIES:
                return Speaker(mention.name, span, mention.entity, mention.kind, shape="body")
            if mention is None and thing(self._cues, token.lemma):
                return Speaker(self.plain(subject), span, None, "other", False, "body", token.lemma)
        elif lower in self._cues.pronouns.plural and token.tag == "NNS" and mention is None and person(tree, self._cues, subject):
            anonymous = nameless(tree, self._cues, subject)
            return Speaker(self.plain(subject), span, None, "other", anonymous, "plural", token.lemma)
        return None

    def _in_marks(self, first: int, root: int) -> bool:
        """True where an opening mark stands before the root: what is quoted is not told by the writer."""
        words = [self._tree.tokens[at].text for at in range(first, root)]
        return sum(word in ("“", "«") for word in words) > sum(word in ("”", "»") for word in words)

    def document(self, head: int, span: Span) -> Speaker | None:
        """ "It says": the letter, list or film that is the subject of the sentence before."""
        found = self._acting(head, "it", span)
        return found if found is not None and found.noun and found.entity is None else None

    def _named_before(self, head: int, span: Span) -> Speaker | None:
        """The last person named, though he did not speak."""
        tree = self._tree
        here = tree.syntax.sentences[tree.sentence[head]]
        quoted = False
        for at in range(head - 1, max(-1, head - _NAMED), -1):
            token = tree.tokens[at]
            if token.text in ("”", "“"):
                quoted = token.text == "”"
            if quoted:
                continue  # whom the speaker names is not himself
            mention = self._by_head.get(at)
            if mention is not None and mention.kind == "person" and not mention.pronoun and mention.name != self.without:
                return Speaker(mention.name, span, mention.entity, mention.kind, shape="person")
            same = tree.syntax.sentences[tree.sentence[at]].region == here.region
            if (
                same
                and token.entity == "PERSON"
                and token.pos == "PROPN"
                and mention is None
                and tree.tokens[token.head].entity != "PERSON"
            ):
                found = self._by_name(at, span)
                if found.name != self.without:
                    return found
        named = self._last(span.start, "person")
        if named is not None and named.name != self.without:
            return Speaker(named.name, span, named.entity, named.kind, shape="person")
        return None

    def _by_name(self, at: int, span: Span) -> Speaker:
        mention = self._by_head.get(at)
        if mention is not None and mention.kind == "person":
            return Speaker(mention.name, span, mention.entity, mention.kind, shape="person")
        tree, first = self._tree, at
        while first > 0 and tree.tokens[first - 1].pos == "PROPN" and tree.tokens[first - 1].entity == "PERSON":
            first -= 1
        return Speaker(tree.syntax.span(first, at).of(tree.text), span, kind="person", shape="person")

    def plain(self, index: int) -> str:
        """The noun phrase without its article or pointing word."""
        tree = self._tree
        words = tree.noun_phrase(index, full=False).of(tree.text).split(", ")[0].split()
        while len(words) > 1 and words[0].lower() in ("a", "an", "the", "this", "that", "these", "those", "same"):
            words = words[1:]
        first = tree.syntax.token_at(tree.noun_phrase(index, full=False).start)
        if first == index and words[0][1:].islower():
            words[0] = words[0].lower()
        return " ".join(words)

    # descriptions

    def described(self, head: int, noun: str, span: Span) -> Speaker | None:
        """ "the source", "the outlet", "the minister", "the group", "the statement", "the man" said of who spoke before."""
        if noun in _PAIRED:
            return self._paired(span, _PAIRED[noun])
        mouthpiece = noun in self._cues.anonymous.mouthpieces
        generic = noun in self._cues.generic and not self._tree.under(head, "amod", "prep", "relcl", "compound")
        beside = {self._tree.tokens[at].text.lower() for at in self._tree.under(head, "amod", "compound", "nmod")}
        for before in self.recent(20):
            if beside and noun not in self._cues.outlets and not beside & {word.lower() for word in before.name.split()}:
                continue
            if noun in self._cues.outlets and before.kind == "media":
                return before
            words = before.name.split()
            same = before.noun == noun or words[-1:] == [noun]
            if same and (before.name != noun or before.anonymous) and (before.anonymous or len(words) > 1 or before.entity):
                return before
            proper = before.entity is not None or before.name[:1].isupper()
            if noun in self._cues.bodies and before.shape == "body" and proper and self.close(before, span):
                return before if before.kind in ("armed-group", "other", "igo") or noun in before.name.lower() else None
            if noun in self._cues.issued and before.kind in BODIES and self.close(before, span):
                return before
            if mouthpiece and before.kind in BODIES - {"media"} and self.close(before, span):
                bare = not self._tree.under(head, "amod", "prep", "poss", "compound", "appos")
                return before if bare else None
        if generic:
            for before in self.recent(4):
                if before.shape == "person" and before.entity is None and self.close(before, span):
                    return before
        if noun in self._cues.outlets:
            named = self._last(self._tree.tokens[head].start, "media")
            if named is not None:
                return Speaker(named.name, None, named.entity, named.kind)
        return None

    def _paired(self, span: Span, which: int) -> Speaker | None:
        """ "the former", "the latter": of the last two who spoke in one breath."""
        end = len(self.spoken) if self.upto is None else self.upto
        for at in range(end - 1, 0, -1):
            one, other = self.spoken[at - 1], self.spoken[at]
            if one.span is None or other.span is None or not self.close(other, span):
                break
            if one.name != other.name and self._same_sentence(one.span, other.span):
                return msgspec.structs.replace((one, other)[which], span=span)
        return None

    def one_of(self, head: int, lower: str, span: Span) -> Speaker | None:
        """ "one", "another", "the third", "two of them" after several who spoke without a name: called by their noun."""
        tree, token = self._tree, self._tree.tokens[head]
        counted = token.tag == "CD" or lower in _SINGLE
        if not counted or any(tree.tokens[at].text.lower() != "of" for at in tree.under(head, "prep")):
            return None
        below = next((tree.one(at, "pobj") for at in tree.under(head, "prep")), None)
        if below is not None and tree.tokens[below].text.lower() not in ("them", "these", "those"):
            return None
        appos = next((at for at in tree.under(head, "appos") if tree.tokens[at].pos in ("NOUN", "PROPN")), None)
        if appos is not None and person(tree, self._cues, appos):
            return Speaker(
                self.plain(appos),
                span,
                anonymous=nameless(tree, self._cues, appos),
                shape="person",
                noun=tree.tokens[appos].lemma,
            )
        if appos is not None and tree.tokens[appos].entity == "PERSON":
            return self._by_name(appos, span)
        plural = lower not in _SINGLE
        for before in self.recent(8):
            if not self.close(before, span) or not before.noun:
                continue
            if before.shape == "plural" or (
                before.shape == "person" and before.anonymous and lower in ("another", "second", "other")
            ):
                name = before.name if plural or before.shape == "person" else self._singular(before)
                shape: Shape = "plural" if plural else "person"
                return Speaker(name, span, anonymous=True, shape=shape, noun=before.noun)
        return None

    def _singular(self, before: Speaker) -> str:
        """The name of several with its noun in the singular and without a number before it."""
        words = before.name.split()
        while len(words) > 1 and (words[0].lower() in self._cues.counting or words[0].isdigit()):
            words = words[1:]
        return " ".join(
            before.noun if word.lower() != before.noun and self._plural_of(word, before.noun) else word for word in words
        )

    def _plural_of(self, word: str, noun: str) -> bool:
        lower = word.lower()
        return lower in (noun + "s", noun + "es", noun[:-1] + "ies", noun[:-3] + "men")

    # where

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
        found = mention is not None and mention.kind not in ("person", "place") and mention.name != self.without
        return mention if found else None

    def _same_sentence(self, one: Span, other: Span) -> bool:
        at, there = self._tree.syntax.token_at(one.start), self._tree.syntax.token_at(other.start)
        return at is not None and there is not None and self._tree.sentence[at] == self._tree.sentence[there]

    def _within(self, before: Speaker, span: Span, reach: int) -> bool:
        return before.span is not None and span.start - before.span.start <= reach

    def close(self, before: Speaker, span: Span) -> bool:
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


def _gender_of(lower: str) -> str:
    return "she" if lower in ("she", "her", "hers") else "he"
