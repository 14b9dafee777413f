"""What answers not given and words taken back have in common: a verb with its subject, its object and a set stance."""

from __future__ import annotations

from ..knowledge.cues import CueKnowledge
from ..records import Span
from ..records.vocabulary import Stance
from .candidate import Candidate
from .phrases import Tree
from .subjects import negated


class Acts:
    """Base of the finders. `heads` are the tokens whose other candidates give way to what is found."""

    def __init__(self, tree: Tree, cues: CueKnowledge, quoted: set[int]) -> None:
        self._tree = tree
        self._cues = cues
        self._words = cues.stance
        self._quoted = quoted
        self.heads: set[int] = set()

    def _made(
        self, verbs: list[int], stance: Stance, source: int | None, content: tuple[Span, ...], own: bool = False
    ) -> Candidate | None:
        """The candidate with the verbs' groups for a cue. A first person outside quotations is the publisher."""
        tree = self._tree
        self.heads.update(verbs)
        cue = tree.spans(sorted({token for verb in verbs for token in tree.verb_group(verb)}))
        span = tree.noun_phrase(source) if source is not None else None
        if source is not None and tree.tokens[source].text.lower() == "we" and verbs[0] not in self._quoted:
            own = True
        content = tuple(piece for piece in content if piece.width and not (span and piece.overlaps(span)))
        return Candidate(span, cue, content, confidence=0.8, bare=not content, stance=stance, own=own)

    def _subject(self, verb: int) -> int | None:
        subject = self._tree.subject(verb)
        return (
            None if subject is None or (self._tree.tokens[subject].text.lower() == "it" and self._expletive(subject)) else subject
        )

    def _expletive(self, subject: int) -> bool:
        return self._tree.tokens[subject].dep == "expl"

    def _could_not(self, verb: int) -> bool:
        """ "could not P", "cannot P", "can neither P nor Q"."""
        tree = self._tree
        modal = any(
            tree.tokens[child].lemma in ("can", "could") or tree.tokens[child].text.lower() in ("can", "could", "ca")
            for child in tree.under(verb, "aux")
        )
        return modal and negated(tree, verb)

    def _unable(self, verb: int) -> int | None:
        """The token of "was unable to P", "it was not possible to P"; None where there is none."""
        tree = self._tree
        head = tree.tokens[verb].head
        if tree.tokens[verb].tag != "VB" or head == verb or tree.tokens[head].lemma not in self._words.unable:
            return None
        if tree.tokens[head].lemma in ("able", "possible"):
            above = tree.tokens[head].head
            return head if negated(tree, head) or negated(tree, above) else None
        return head

    def _reported(self, verb: int) -> bool:
        """True under a cue whose subject it shares: "she said she could not confirm it" is one answer, hers."""
        tree = self._tree
        token = tree.tokens[verb]
        if token.dep not in ("ccomp", "conj") or token.head == verb:
            return False
        above = token.head
        if token.dep == "conj":
            return self._reported(above)
        return (
            tree.tokens[above].lemma in self._cues.verb
            and tree.one(above, "nsubj") is not None
            and ((subject := tree.one(verb, "nsubj")) is not None and tree.tokens[subject].pos == "PRON")
        )

    def _object(self, verb: int) -> tuple[Span, ...]:
        """What the verb is about: its object, clause, or the noun behind "for", "to"."""
        tree = self._tree
        below = next((c for c in tree.under(verb, "dobj", "ccomp", "xcomp") if c > verb), None)
        if below is None:
            for child in tree.under(verb, "prep"):
                noun = tree.one(child, "pobj", "pcomp")
                if child > verb and noun is not None and tree.tokens[child].text.lower() in ("for", "to", "on", "about"):
                    below = noun
                    break
        if below is None:
            return ()
        return (tree.clean(tree.syntax.span(max(tree.first[below], verb + 1), tree.last[below])),)

    def _deep(self, verb: int) -> bool:
        """True inside what somebody says."""
        token = self._tree.tokens[verb]
        return (token.dep == "ccomp" and self._tree.tokens[token.head].lemma in self._cues.verb) or verb in self._quoted
