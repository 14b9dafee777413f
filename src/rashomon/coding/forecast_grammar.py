"""What a forecast is before it is an entry, and the questions about its clause that all its finders ask."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..knowledge.forecasts import ForecastWords
from ..records import Pledge, Span
from . import clauses
from .conditional import Conditions
from .scene import Scene
from .whom import Whom

_JOINING = frozenset(
    {"that", "why", "how", "then", "and", "but", "or", "whether", "while", "because", "so", "though", "although"}
)
_APART = frozenset({"parataxis", "cc", "meta", "intj"})
_ASIDE = frozenset({"as", "because", "since", "while", "although", "though", "whereas", "whilst"})
_PAST = frozenset({"VBD"})
_REACH = 4
_STOPS = frozenset({",", ";", ":", ".", "-", "–", "—", "(", ")"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``"})


class Ahead(msgspec.Struct, frozen=True):
    """One forecast found: the head of what is foretold, its statement, and the words around it.

    `governor` is the verb of thought or expectation above, `cue` the verb by which it is said, `certain` tokens that say how
    sure, `measure` a stated chance, `counts` that a bare duration bounds it, `by` who expects it.
    """

    head: int
    statement: Span
    governor: int | None = None
    cue: int | None = None
    certain: tuple[int, ...] = ()
    measure: Span | None = None
    counts: bool = False
    by: tuple[str, ...] = ()
    conditions: tuple[Span, ...] = ()


class ForecastGrammar:
    """Clauses, spans and speakers of one document's forecasts."""

    def __init__(self, scene: Scene, words: ForecastWords, whom: Whom, conditions: Conditions, pledges: Sequence[Pledge]) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._whom = whom
        self._conditions = conditions
        self._pledged = [pledge.span for pledge in pledges]

    def _statement(self, verb: int) -> Span:
        """The clause at the verb with its subject; conditions, asides behind a comma and what joins it on stay out."""
        first = verb
        shared = [verb]
        if self._tokens[verb].dep == "conj" and not self._scene.grammar.under(verb, "nsubj", "nsubjpass"):
            subjects = self._scene.grammar.under(self._tokens[verb].head, "nsubj", "nsubjpass")
            if subjects and verb - subjects[0] <= 25:
                first = next(iter(self._scene.syntax.within(clauses.phrase(self._scene, subjects[0]))), subjects[0])
        kept = self._kept(shared, self._dropped(verb))
        left = [at for at in kept if at <= verb]
        start = min([first, *left])
        return self._within_claim(self._trimmed(start, verb, kept), verb)

    def _within_claim(self, span: Span, verb: int) -> Span:
        """The statement without what stands outside the speaker's words."""
        claim = self._scene.claim_over(self._tokens[verb].span)
        if claim is None or claim.kind == "block":
            return span
        content = next((one for one in claim.content if one.covers(self._tokens[verb].span)), None)
        if content is None:
            return span
        end = content.end
        while end > content.start and self._scene.text[end - 1] in " ,.;:":
            end -= 1
        return Span(span.start, min(span.end, end)) if end >= self._tokens[verb].end else span

    def _kept(self, roots: Sequence[int], dropped: set[int]) -> set[int]:
        kept, stack = set(roots), list(roots)
        while stack:
            for child in self._scene.syntax.children[stack.pop()]:
                if child not in dropped:
                    kept.add(child)
                    stack.append(child)
        return kept

    def _dropped(self, verb: int) -> set[int]:
        """Children of the verb and of its infinitive that are no part of the statement."""
        found: set[int] = set()
        for at in (verb, *self._scene.grammar.under(verb, "xcomp", "acomp", "attr", "dobj", "ccomp")):
            for child in self._scene.syntax.children[at]:
                token = self._tokens[child]
                if child in self._scene.cues and token.dep == "prep" and at not in self._scene.cues:
                    found.add(child)  # "according to a report"
                elif (
                    self._conditions.at(child) is not None
                    or (token.dep in _APART and not verb > child > min(self._scene.syntax.subtree(verb)))
                    or (
                        token.dep == "conj"
                        and token.pos in {"VERB", "AUX"}
                        and (self._scene.grammar.under(child, "nsubj", "nsubjpass", "mark") or token.tag in {"VBD", "VBZ"})
                    )
                    or (
                        token.dep == "advcl"
                        and child < verb
                        and self._tokens[self._scene.syntax.subtree(child)[0]].text.lower() in _ASIDE
                    )
                ):
                    found.add(child)
                elif token.dep == "advcl" and child > verb:
                    inside = self._scene.syntax.subtree(child)
                    opening = next((self._tokens[one].text.lower() for one in inside if self._tokens[one].dep != "punct"), "")
                    comma = inside[0] > 0 and self._tokens[inside[0] - 1].text == ","
                    if comma and opening in _ASIDE:
                        found.add(child)
        return found

    def _run(self, first: int, verb: int, after: int | None = None) -> Span:
        """From token `first` to the end of what hangs from `verb`, without conditions."""
        kept = self._kept([verb], self._dropped(verb))
        return self._trimmed(first, max(verb, after or verb), kept)

    def _trimmed(self, start: int, middle: int, kept: set[int]) -> Span:
        last = middle
        limit = self._scene.syntax.sentence_of(middle).last
        while (
            last + 1 < limit
            and self._tokens[last + 1].text not in {"(", "–", "—"}
            and (last + 1 in kept or (last + 2 in kept and self._tokens[last + 1].dep == "punct"))
        ):
            last += 1
        # The stretch before the middle is unbroken but for insertions: "Freight rates, he added, were bound to double".
        while start < middle and (
            self._tokens[start].dep == "punct" or self._tokens[start].text.lower() in _JOINING or self._tokens[start].tag == "CC"
        ):
            start += 1
        closed = sum(self._tokens[at].text == ")" for at in range(start, middle))
        colons = [
            at for at in range(start, middle) if self._tokens[at].text == ":" or (self._tokens[at].text == "(" and not closed)
        ]
        if colons:
            start = colons[-1] + 1
            while start < middle and self._tokens[start].dep == "punct":
                start += 1
        start = self._after_condition(start, middle)
        while last > middle and (self._tokens[last].text in _STOPS or self._tokens[last].text in _QUOTES):
            last -= 1
        return self._scene.syntax.span(start, last)

    def _after_condition(self, start: int, middle: int) -> int:
        """The first word behind a condition that opens the sentence."""
        at = start
        while at < middle:
            host = next(
                (
                    child
                    for child in self._scene.syntax.children[middle]
                    if child < middle and self._scene.syntax.subtree(child)[0] == at
                ),
                None,
            )
            if host is None or self._conditions.at(host) is None:
                return at
            at = self._scene.syntax.subtree(host)[-1] + 1
            while at < middle and self._tokens[at].dep == "punct":
                at += 1
        return at

    def _ahead(
        self,
        head: int,
        statement: Span,
        governor: int | None,
        cue: int | None,
        certain: Sequence[int],
        conditions: Sequence[Span],
        *,
        by: Sequence[str] = (),
        measure: Span | None = None,
        counts: bool = False,
    ) -> Ahead:
        apart = [span for span in conditions if not statement.covers(span)]
        near = self._scene.syntax.sentence_of(head).span
        apart = [span for span in apart if near.covers(span)]
        if not by and cue is not None and self._scene.claim_over(self._tokens[head].span) is None:
            grammar = self._scene.grammar
            by = (
                self._whom.names(grammar.subjects(cue))
                if grammar.under(cue, "nsubj")
                else self._whom.names(grammar.under(cue, "dobj"))
            )
        return Ahead(head, statement, governor, cue, tuple(certain), measure, counts, tuple(by), tuple(apart))

    def _governor(self, verb: int) -> tuple[int | None, int | None]:
        """(the verb of speech or thought that governs the clause, the verb by which it is said, wherever it stands)."""
        at = verb
        for _ in range(_REACH):
            token = self._tokens[at]
            if token.head == at:
                break
            if token.dep in {"ccomp", "xcomp", "acl", "relcl"} and self._tokens[token.head].pos in {"VERB", "AUX", "NOUN", "ADJ"}:
                above = token.head
                if self._tokens[above].pos == "VERB":
                    says = self._tokens[above].lemma in self._words.foretelling | self._words.expecting | self._words.believing
                    marked = bool(self._scene.grammar.under(at, "mark"))
                    # A clause that parsers take for the object of the next one's verb is nobody's saying.
                    return (above, above) if says or marked or above in self._scene.cues or at > above else (None, None)
                if self._tokens[above].pos in {"NOUN", "ADJ"} and token.dep in {"acl", "ccomp"}:
                    return None, None
                return None, None
            if token.dep != "conj":
                break
            at = token.head
        for child in self._scene.grammar.under(at, "parataxis", "conj"):
            # "..., boasted an adviser", taken for a second verb.
            said = self._tokens[child].dep == "parataxis" or (
                self._tokens[child].lemma in self._words.foretelling
                and self._tokens[child - 1].text == ","
                and not self._scene.grammar.under(child, "nsubj")
            )
            if self._tokens[child].pos == "VERB" and said:
                return child, child
        return None, None

    def _present(self, verb: int) -> bool:
        """True when the verb group is in the present, or inside a claim: a forecast once made ("was expected to") is history."""
        group = [self._tokens[verb], *(self._tokens[at] for at in self._scene.grammar.under(verb, "aux", "auxpass"))]
        past = any(token.tag in _PAST or token.lemma == "would" for token in group)
        return not past or self._scene.claim_over(self._tokens[verb].span) is not None

    def _dated(self, statement: Span) -> bool:
        """True where the statement names a length of time or a day that is no vague "now"."""
        times = [time for time in self._scene.times_in(statement) if not time.vague]
        return any(time.type in {"DATE", "TIME", "DURATION"} for time in times)

    def _conditional_clause(self, verb: int) -> bool:
        marks = {self._tokens[at].text.lower() for at in self._scene.grammar.under(verb, "mark")}
        return bool(marks & {"if", "unless", "whether"})
