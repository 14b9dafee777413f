"""What the speaking does, read from the cue and from the content's own predicate: asserting, accusing, denying, and the rest.

The boundaries are those of data/attribution-gold/codebook.md; the words stand in knowledge/stances.yaml.
"""

from __future__ import annotations

import re
from itertools import islice

from ..knowledge.cues import CueKnowledge
from ..records import Span
from ..records.vocabulary import Stance
from .candidate import Candidate
from .phrases import Tree
from .subjects import group_of, negated, nobody

_NAMING = frozenset({"call", "describe", "consider"})
_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?)\b", re.I)
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|[a-z]+ty|dozens|hundreds|thousands"
_CORRECTING = re.compile(rf"not (?:\d|(?:{_SMALL})\b)")
_NO = frozenset({"not", "n't", "never", "nor", "no"})
_UNABLE = frozenset({"possible", "impossible", "unable", "able", "could", "cannot"})
_SELF = frozenset({"itself", "himself", "herself", "themselves", "its", "his", "her", "their"})
_MARKS = re.compile('[“”"«»]')
_WORD = re.compile(r"\w+")
_WH = frozenset({"who", "which", "what", "where", "when", "why", "how", "whether", "if"})
# Kinds of speakers that own an attack by saying that they did it; for an army it is a report of its operations.
_OWNERS = frozenset({"armed-group"})
_ROOTS = 3
# No more of a content is read than so many characters and tokens of a piece, so that a book in marks costs no more than a line.
_READ, _TOKENS = 1200, 200


class Stances:
    """Works for any candidate whose head token is known."""

    def __init__(self, tree: Tree, cues: CueKnowledge) -> None:
        self._tree = tree
        self._cues = cues
        self._words = cues.stance

    def of(self, candidate: Candidate, head: int | None, kind: str, quoted: bool) -> Stance:
        """`head` is the token that carries the cue (None without a cue), `kind` the speaker's kind of entity, `quoted` says
        that the content is the speaker's own words."""
        if candidate.stance is not None:
            return candidate.stance
        text = " ".join(self._tree.text[at.start : min(at.end, at.start + _READ)] for at in candidate.content[:8]).lower()
        text = _MARKS.sub("", text)
        if head is None:
            return self._content(candidate, text, kind, True)
        token = self._tree.tokens[head]
        verb = (
            group_of(self._tree, self._cues, head)
            if token.pos not in ("NOUN", "PROPN") or token.lemma not in self._cues.noun
            else None
        )
        noun = self._cues.noun.get(token.lemma) if verb is None else None
        if self._owned(candidate, token.lemma, text):
            return "claims-responsibility"
        whole = self._whole_cue(candidate, head, text, verb is None)
        if whole is not None:
            return whole
        if verb is None:
            if noun is not None:
                return noun.stance
            phrase = not candidate.cue or candidate.cue[0].of(self._tree.text).lower().startswith(("according", "in the words"))
            return self._content(candidate, text, kind, quoted) if phrase else "asserts"
        no = negated(self._tree, head)
        pointed = self._tree.one(head, "dobj") if token.lemma == "point" else None
        if pointed is not None and self._tree.tokens[pointed].lemma == "finger":
            return "accuses"
        if verb.stance == "denies-occurrence":
            return "asserts" if no else self._denial(candidate, text)
        if verb.name in ("reject", "question") or token.lemma in ("dismiss", "mock", "deride"):
            return "asserts" if text in ("it", "this", "that") and verb.name == "question" else self._rejected(text)
        if verb.name == "suspect" and self._tree.one(head, "ccomp") is None:
            return "accuses"  # "suspect a third group"
        if verb.name in _NAMING or verb.name == "scoff":
            return self._named(text)
        if verb.stance in ("accuses", "retracts"):
            return "asserts" if no else verb.stance
        if verb.name in self._cues.stating and not no:
            return self._content(candidate, text, kind, quoted)
        return verb.stance if verb.stance != "declines" else "asserts"

    # by the cue

    def _whole_cue(self, candidate: Candidate, head: int, text: str, unknown: bool) -> Stance | None:
        """What all the words of a longer cue say: "claimed responsibility", "corrected itself", "was not possible to confirm",
        "no longer answers", "declined"; `unknown` says that its verb hands on no statement by itself."""
        words, tree = self._words, self._tree
        lemma = tree.tokens[head].lemma
        cue = set(_WORD.findall(" ".join(span.of(tree.text) for span in candidate.cue).lower()))
        said = set(_WORD.findall(text)[:8])
        no = bool(cue & _NO) or negated(tree, head)
        if cue & {"responsibility", "credit"} and not no:
            if lemma in self._cues.owning:
                return "claims-responsibility"
            return "denies-responsibility" if lemma in ("deny", "reject", "disclaim") else None
        if cue & words.checking and (no or cue & words.unable) and not unknown and cue & _UNABLE:
            return "could-not-verify"
        if lemma in words.answering and no and unknown | bool(cue & {"nor", "longer"}):
            return "did-not-respond"
        if lemma in words.refusing and not no and said & (words.silence | words.interviews | words.calls):
            return "declines"
        object_ = tree.one(head, "dobj")
        cue |= {tree.tokens[object_].text.lower()} if object_ is not None else set()
        own = bool(said & {"it", "this"}) or bool((cue | said) & _SELF) or bool(said & words.retractable)
        if unknown and lemma in words.retracting_verbs and not no and own:
            return "retracts"
        if lemma == "correction" or (lemma == "regret" and said & {"error", "mistake"}):
            return "retracts"
        return None

    def _owned(self, candidate: Candidate, lemma: str, text: str) -> bool:
        """ "claimed responsibility for P", "claimed the bombing", "took credit for P"."""
        if lemma in self._cues.owning and text.startswith(self._cues.owned):
            return True
        if lemma not in ("claim", "take") or not candidate.content:
            return False
        first = self._tree.syntax.token_at(candidate.content[0].start)
        if first is None:
            return False
        for index in range(first, min(first + 12, len(self._tree.tokens))):
            if self._tree.tokens[index].start >= candidate.content[0].end:
                break
            if self._tree.tokens[index].dep == "dobj" and not self._within_clause(index, candidate.content[0]):
                return self._tree.tokens[index].lemma in self._words.attacks
        return False

    def _within_clause(self, index: int, piece: Span) -> bool:
        """True when the token's verb stands in the content itself."""
        return piece.covers(self._tree.tokens[self._tree.tokens[index].head].span)

    def _denial(self, candidate: Candidate, text: str) -> Stance:
        """Which denial "denied P" is."""
        if (
            any(word in text for word in self._cues.responsibility)
            or self._words.blamed.search(text)
            or self._words.uninvolved.search(text)
        ):
            return "denies-responsibility"
        nouns = _WORD.findall(text)[:4]
        if any(word.rstrip("s") in self._words.charges for word in nouns):
            return "denies-responsibility"
        for root in self._roots(candidate):
            token = self._tree.tokens[root]
            subject = self._tree.one(root, "nsubj", "nsubjpass")
            own = self._own(subject) if subject is not None else token.tag in ("VBG", "VB", "VBN", "AUX")
            own = own or (subject is not None and self._tree.tokens[subject].lemma in self._words.arms)
            place = token.lemma in ("be", "enter", "stay", "go") and own
            if own and (token.lemma in self._words.harming or place):
                return "denies-responsibility"
        return "denies-occurrence"

    def _rejected(self, text: str) -> Stance:
        """ "rejected the charge", "dismissed the toll as propaganda", "disputed the report"."""
        words = {word.rstrip("s") for word in _WORD.findall(text)[:8]} | set(_WORD.findall(text)[:8])
        if self._counted(text, words):
            return "disputes-figure"
        untrue = self._words.false.search(text) is not None
        if words & self._words.charges and not untrue:
            return "denies-responsibility"
        told = self._words.reports | self._words.retractable
        if untrue or words & told or text.split()[:1] in (["this"], ["it"], ["that"]):
            return "denies-occurrence"
        return "asserts"

    def _counted(self, text: str, words: set[str]) -> bool:
        """True when the thing rejected is a number."""
        if words & (self._cues.figures | self._words.counts):
            return True
        return _NUMBER.search(" ".join(text.split()[:4])) is not None

    def _named(self, text: str) -> Stance:
        """ "called the story a lie", "called the number a fantasy", "described the list as padded"."""
        words = set(_WORD.findall(text)[:8])
        untrue = self._words.false.search(text) is not None
        if words & (self._cues.figures | self._words.counts) and (untrue or self._words.disputed.search(text)):
            return "disputes-figure"
        told = self._words.reports | self._words.charges | self._words.retractable | self._cues.evidence
        if untrue and {*words, *(word.rstrip("s") for word in words)} & told:
            return "denies-occurrence"
        return "asserts"

    # by the content

    def _content(self, candidate: Candidate, text: str, kind: str, quoted: bool) -> Stance:
        """The stance of a plain statement."""
        words = self._words
        noun = self._noun(candidate)
        if len(text.split()) <= 6 and words.false.search(text) and quoted:
            return "denies-occurrence"
        roots = self._roots(candidate)
        if words.declined.match(text.lstrip("“\"'‘ ")) or (
            words.declined.search(text[:80]) and quoted and "neither confirm" in text
        ):
            return "declines"
        if any(self._silent(root) for root in roots[:1]):
            return "declines"
        if roots and self._another(roots[0]):
            return "asserts"
        if any(self._unchecked(root) for root in roots[:2]):
            return "could-not-verify"
        if words.uncheckable.search(text[:160]):
            return "could-not-verify"
        if words.confessed.match(text.lstrip("“\"'‘ ")):
            return "claims-responsibility"
        if quoted and _CORRECTING.match(text.lstrip("“\"'‘ ")):
            return "disputes-figure"
        if any(self._took_back(root) for root in roots[:1]) or words.retracted.search(text):
            return "retracts"
        counted = set(_WORD.findall(text)) & (self._cues.figures | words.counts) or _NUMBER.search(text)
        if counted and words.disputed.search(text) and not self._words.false.search(text[:12]):
            found = words.disputed.search(text)
            if found is not None and (
                found.group() not in ("wrong", "false", "untrue", "nonsense", "propaganda", "fabricated", "invented")
                or set(_WORD.findall(text)) & (self._cues.figures | words.counts)
            ):
                return "disputes-figure"
        if set(_WORD.findall(text)) & (self._cues.figures | words.counts) and words.lowered.search(text):
            return "disputes-figure"
        for number, root in enumerate(self._held(root) for root in roots):
            stance = self._predicate(root, text, kind, quoted, noun)
            later = number > 0 and self._tree.sentence[root] != self._tree.sentence[roots[0]]
            flat = self._untrue(root) or self._tree.one(root, "expl") is not None  # "It is a lie.", "There is no letter."
            aside = later and stance == "denies-occurrence" and not flat
            if stance != "asserts" and not aside:
                return stance
        return "asserts"

    def _another(self, root: int) -> bool:
        """True for "said that Y had told Z that P": what P does is Y's doing."""
        tree = self._tree
        group, subject = self._cues.verb.get(tree.tokens[root].lemma), tree.one(root, "nsubj")
        if group is None or group.name not in self._cues.restating or subject is None or self._own(subject):
            return False
        clause = tree.one(root, "ccomp")
        return clause is not None and clause > root

    def _held(self, root: int) -> int:
        """The predicate of P in "said it believed that P"."""
        tree = self._tree
        group, subject = self._cues.verb.get(tree.tokens[root].lemma), tree.one(root, "nsubj")
        clause = tree.one(root, "ccomp")
        if group is None or group.name not in ("believe", "suspect") or subject is None or clause is None:
            return root
        return clause if clause > root and self._own(subject) and not negated(tree, root) else root

    def _took_back(self, root: int) -> bool:
        """ "its first account had been wrong"."""
        tree = self._tree
        subject = tree.one(root, "nsubj")
        if (
            subject is None
            or tree.tokens[subject].lemma not in self._words.retractable | self._cues.figures
            or not self._own(subject)
        ):
            return False
        behind = tree.syntax.span(root, tree.last[root]).of(tree.text)[:60].lower()
        return self._words.erroneous.search(behind) is not None and not negated(tree, root)

    def _noun(self, candidate: Candidate) -> str:
        """The noun that the source ends with, as a rule its head."""
        if candidate.source is None:
            return ""
        tokens = self._tree.syntax.within(candidate.source)
        nouns = [self._tree.tokens[index].lemma for index in tokens if self._tree.tokens[index].pos in ("NOUN", "PROPN")]
        known = [noun for noun in nouns if noun in self._words.reporting_nouns]
        return known[0] if known else nouns[-1] if nouns else ""

    def _roots(self, candidate: Candidate) -> list[int]:
        """The predicates of the content, in text order; a few."""
        tree, out = self._tree, []
        for piece in candidate.content:
            for index in islice(tree.syntax.within(piece), _TOKENS):
                token = tree.tokens[index]
                if token.pos not in ("VERB", "AUX") or token.dep in ("aux", "auxpass"):
                    continue
                head = tree.tokens[token.head]
                outside = token.head == index or not any(other.covers(head.span) for other in candidate.content)
                beside = token.dep == "conj" and token.head in out
                before = token.dep in ("ccomp", "parataxis") and index < token.head
                if outside or beside or before:
                    out.append(index)
                    if len(out) >= _ROOTS:
                        return out
        return out

    def _silent(self, root: int) -> bool:
        """ "he would not discuss P", "it could not comment"."""
        tree = self._tree
        subject = tree.one(root, "nsubj")
        if (
            tree.tokens[root].lemma not in self._words.unspoken - {"confirm", "answer", "name", "identify", "release"}
            or subject is None
        ):
            return False
        modal = any(tree.tokens[c].tag == "MD" or tree.tokens[c].text.lower() in ("do", "does") for c in tree.under(root, "aux"))
        return modal and tree.one(root, "neg") is not None and self._own(subject)

    def _unchecked(self, root: int) -> bool:
        """ "it could not confirm P", "she was unable to check"."""
        tree = self._tree
        token = tree.tokens[root]
        if token.lemma in self._words.checking and negated(tree, root):
            return any(tree.tokens[c].text.lower() in ("could", "can", "ca") for c in tree.under(root, "aux"))
        for child in tree.children[root]:
            below = tree.one(child, "xcomp", "ccomp") if tree.tokens[child].lemma in self._words.unable else None
            if below is not None and tree.tokens[below].lemma in self._words.checking:
                return tree.tokens[child].lemma in ("unable", "impossible") or negated(tree, root) or negated(tree, child)
        return False

    def _predicate(self, root: int, text: str, kind: str, quoted: bool, noun: str) -> Stance:
        tree, words = self._tree, self._words
        token = tree.tokens[root]
        subject = tree.one(root, "nsubj", "nsubjpass")
        own = subject is not None and self._own(subject)
        start = tree.tokens[max(tree.first[root], subject if subject is not None else tree.first[root])].start
        behind = tree.text[start : min(tree.tokens[tree.last[root]].end, start + _READ)].lower()
        no = negated(tree, root) or any(
            tree.tokens[c].text.lower() in ("nothing", "none") or nobody(tree, c) for c in tree.under(root, "dobj")
        )
        if words.uninvolved.search(behind) and (own or quoted or subject is not None):
            return "denies-responsibility"
        if "no such " in behind[:60] and token.lemma not in ("hear", "see", "receive", "get", "find"):
            return "denies-occurrence"
        if self._untrue(root):
            lying = words.blamed.search(behind) is not None
            return "accuses" if lying and not own else "denies-occurrence"
        if words.blamed.search(behind[:160]) and self._is_blame(root):
            if no:
                return "denies-responsibility" if own else "asserts"
            return "claims-responsibility" if own else "accuses"
        group = group_of(tree, self._cues, root)
        if own and not no and group is not None and group.stance == "accuses":
            return "accuses"  # "said it held X responsible"
        modal = any(tree.tokens[c].tag == "MD" for c in tree.under(root, "aux"))
        if no and not modal:
            return self._negative(root, subject, own)
        if token.dep == "xcomp" and subject is None and self._tree.tokens[token.head].lemma == "claim":
            own = True  # "claimed to have killed"
        passive = subject is not None and tree.tokens[subject].dep == "nsubjpass"
        carried = token.lemma == "carry" and not any(tree.tokens[c].text.lower() == "out" for c in tree.children[root])
        deed = own and not no and not modal and not passive and not carried
        if deed and token.lemma in words.owning and self._past(root):
            first_person = tree.tokens[subject].text.lower() in ("we", "i") if subject is not None else False
            irregular = kind not in words.reporting_kinds and noun not in words.reporting_nouns
            if kind in _OWNERS or irregular or (first_person and quoted):
                return "claims-responsibility"
        return "asserts"

    def _is_blame(self, root: int) -> bool:
        """True when the root itself is the blaming predicate, not a clause below it."""
        tree = self._tree
        if tree.tokens[root].lemma == "lie" and tree.one(root, "prep") is None:
            return True
        subject = tree.one(root, "nsubj", "nsubjpass")
        first = subject if subject is not None and root - 3 <= subject < root else root
        near = tree.syntax.span(first, min(root + 4, tree.last[root])).of(tree.text).lower()
        return self._words.blamed.search(near) is not None

    def _untrue(self, root: int) -> bool:
        """True for "was false", "was a lie", "is fabricated", "did not happen"."""
        tree = self._tree
        token = tree.tokens[root]
        if token.lemma == "lie" and tree.one(root, "prep") is None:
            return True
        if (
            token.lemma in ("be", "fabricate", "invent", "forge", "misquote", "match", "happen", "occur", "take", "say")
            or token.tag == "VBN"
        ):
            behind = tree.syntax.span(min(tree.verb_group(root)), tree.last[root])
            return self._words.false.search(behind.of(tree.text)[:60].lower()) is not None
        dream = tree.one(root, "dobj")
        return dream is not None and self._words.false.search(tree.extent(dream).of(tree.text)[:_READ].lower()) is not None

    def _negative(self, root: int, subject: int | None, own: bool) -> Stance:
        """A negated predicate: a denial where it speaks of a deed or of a thing's being there, a plain statement otherwise."""
        tree, words = self._tree, self._words
        token = tree.tokens[root]
        if token.lemma in words.neutral_verbs:
            return "asserts"
        if token.lemma in words.harming and (own or (subject is not None and nobody(tree, subject) and self._own(subject))):
            return "denies-responsibility"
        if (
            token.lemma in ("be", "enter", "go")
            and own
            and any(
                tree.tokens[c].text.lower() in ("in", "at", "near", "within", "there", "anywhere")
                for c in tree.under(root, "prep", "advmod")
            )
            and self._past(root)
        ):
            return "denies-responsibility"
        if token.lemma == "be":
            never = any(tree.tokens[c].text.lower() == "never" for c in tree.children[root])
            if never and self._past(root) and tree.one(root, "attr") is not None:
                return "denies-occurrence"  # "was never a target"
            there = tree.one(root, "expl") is not None
            thing = tree.one(root, "attr", "nsubj")
            if (
                thing is None
                or tree.tokens[thing].lemma in words.neutral_nouns
                or (tree.tokens[thing].pos == "PRON" and not nobody(tree, thing))
            ):
                return "asserts"
            return "denies-occurrence" if nobody(tree, thing) and (there or self._past(root)) else "asserts"
        if token.lemma == "have":
            thing = tree.one(root, "dobj")
            if thing is None or tree.tokens[thing].lemma in words.neutral_nouns:
                return "asserts"
            return "denies-occurrence" if nobody(tree, thing) or negated(tree, root) else "asserts"
        target = tree.one(root, "dobj")
        if target is not None and tree.tokens[target].lemma in words.neutral_nouns:
            return "asserts"
        past = self._past(root)
        return "denies-occurrence" if past or (subject is not None and nobody(tree, subject)) else "asserts"

    def _past(self, root: int) -> bool:
        """True for past and perfect forms."""
        tree = self._tree
        if tree.tokens[root].tag in ("VBD", "VBN"):
            return True
        return any(
            tree.tokens[c].text.lower() in ("did", "was", "were", "had", "has", "have")
            for c in tree.under(root, "aux", "auxpass")
        )

    def _own(self, subject: int) -> bool:
        """True for "it", "we", "its aircraft", "our side", "none of our men"."""
        tree = self._tree
        low, high = tree.first[subject], min(tree.last[subject], tree.first[subject] + 5)
        return any(tree.tokens[index].text.lower() in self._cues.own for index in range(low, high + 1))
