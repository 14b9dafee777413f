"""Agreements, ceasefires, commitments, demands, offers, proposals, requests and threats: one entry an act.

acts named by verbs and nouns → mentions of one act joined → later terms and status → entries
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from ..knowledge.pledges import PledgeWords
from ..records import Claim, Pledge, Publication, Span
from ..records.vocabulary import PledgeKind
from .pledge_act import Act
from .pledge_acts import Acts
from .pledge_status import Said, Statuses
from .pledge_terms import Terms
from .scene import Scene
from .triggers import Trigger
from .whom import Whom

_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_TREATIES = frozenset({"agreement", "ceasefire"})
_BOUND = frozenset({"agreement", "ceasefire", "proposal"})
_ASKED = frozenset({"demand", "request", "offer", "proposal"})
_SIDES = frozenset({"state", "government", "armed-force", "armed-group"})
_NEAR = 3  # sentences back to what a general word points at
_THINGS = frozenset({"it", "this", "that"})


@dataclass(slots=True)
class _Entry:
    """An act with everything the text says of it so far."""

    acts: list[Act]
    kind: PledgeKind
    terms: list[Span] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    ending: list[Span] = field(default_factory=list)
    last_day: list[Span] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    @property
    def by(self) -> list[str]:
        return list(dict.fromkeys(name for act in self.acts for name in act.by))

    @property
    def to(self) -> list[str]:
        return list(dict.fromkeys(name for act in self.acts for name in act.to))

    @property
    def last(self) -> int:
        return self.acts[-1].head


def find(
    scene: Scene, claims: Sequence[Claim], triggers: Sequence[Trigger], words: PledgeWords, published: Publication | None
) -> list[Pledge]:
    """Entries in text order, each at its fullest mention. A bare "the ceasefire" of which nothing is said adds none."""
    whom, terms = Whom(scene, claims), Terms(scene, words, published)
    hostile = frozenset(trigger.head for trigger in triggers if trigger.action.root in _HOSTILE)
    acts = Acts(scene, words, whom, terms, hostile).find()
    return _Book(scene, words, whom, terms, claims).entries(acts)


class _Book:
    """Joins the acts of one document into entries."""

    def __init__(self, scene: Scene, words: PledgeWords, whom: Whom, terms: Terms, claims: Sequence[Claim]) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        self._whom = whom
        self._terms = terms
        self._mentions = sorted(scene.resolved.mentions, key=lambda mention: mention.head)
        self._heads = [mention.head for mention in self._mentions]
        self._firsts = [sentence.first for sentence in scene.syntax.sentences]
        self._claims = {claim.id: claim for claim in claims}
        self._statuses = Statuses(scene, words, whom)

    def entries(self, acts: Sequence[Act]) -> list[Pledge]:
        at = {act.head: act for act in acts}
        entries: list[_Entry] = []
        for sentence in self._scene.syntax.sentences:
            if sentence.region != "body":
                continue
            before = len(entries)
            for index in range(sentence.first, sentence.last):
                act = at.get(index)
                if act is not None:
                    self._add(entries, self._understood(act, entries))
                elif entries:
                    self._later(entries, index, before)
        return sorted((self._pledge(entry) for entry in entries if self._tells(entry)), key=lambda pledge: pledge.span)

    def _understood(self, act: Act, entries: Sequence[_Entry]) -> Act:
        """ "Both sides" are the parties of the last agreement."""
        parties = next((entry.by for entry in reversed(entries) if entry.kind in _TREATIES and len(entry.by) > 1), None)
        parties = parties or next((entry.to for entry in reversed(entries) if len(entry.to) > 1 or entry.to == ["parties"]), None)
        parties = parties or self._recent(act) or []
        treaty = next((entry for entry in reversed(entries) if entry.kind in _TREATIES), None)
        if (
            act.other
            and act.noun
            and not act.by
            and act.kind in _TREATIES
            and treaty is not None
            and self._tokens[act.head].tag == "NN"
        ):
            # "The last ceasefire had run for four months": of the same sides.
            act = msgspec.structs.replace(act, by=tuple(treaty.by))
        return replace_names(act, self._words.both, parties)

    def _recent(self, act: Act) -> list[str] | None:
        """The two sides of the paragraph so far, where it names just two."""
        block = self._scene.syntax.sentence_of(act.head).block
        names: list[str] = []
        for mention in reversed(self._mentions[: bisect_right(self._heads, act.head - 1)]):
            if self._scene.syntax.sentence_of(mention.head).block != block:
                break
            named = mention.entity and not mention.modifier and not mention.description
            if named and mention.kind in _SIDES and mention.name not in names:
                names.insert(0, mention.name)
        return names if len(names) == 2 else None

    def _add(self, entries: list[_Entry], act: Act) -> None:
        label = self._tokens[act.head].lemma
        if act.noun and self._renames(act, entries):
            return
        entry = self._promised(entries, act) or self._called(entries, act)
        if entry is not None:
            entry.terms += [span for span in act.terms if span not in entry.terms]
            if entry.kind not in _TREATIES:
                entry.acts.append(act)
            return
        entry = self._same(entries, act)
        if entry is None:
            entry = _Entry([act], act.kind)
            entries.append(entry)
        else:
            if act.kind != entry.kind and {act.kind, entry.kind} != _TREATIES:
                if any(one.noun for one in entry.acts) or entry.kind in _ASKED:
                    entry.called.append(label)
                else:
                    entry.kind = act.kind
            if not act.fresh and entry.by:
                act = msgspec.structs.replace(act, by=(), to=act.to if not entry.to else ())
            entry.acts.append(act)
        entry.ending += act.around
        entry.terms += [span for span in act.terms if not any(span.overlaps(other) for other in entry.terms)]
        if act.noun:
            self._mention(entry, act.head)

    def _promised(self, entries: Sequence[_Entry], act: Act) -> _Entry | None:
        """ "They promised to let people move", said right after they signed: a term of what they signed."""
        if not entries or act.noun or act.kind != "commitment" or entries[-1].kind not in _TREATIES or len(act.by) < 2:
            return None
        pronoun = any(self._tokens[at].tag == "PRP" for at in self._scene.grammar.under(act.head, "nsubj"))
        return entries[-1] if pronoun and set(act.by) == set(entries[-1].by) else None

    def _called(self, entries: Sequence[_Entry], act: Act) -> _Entry | None:
        """ "What they called an offer: the road would be opened": the clause behind the colon is the offer."""
        if not entries or not act.said or entries[-1].terms or not entries[-1].acts[-1].noun:
            return None
        last = entries[-1].last
        if last >= act.head or self._scene.syntax.sentence_of(last) != self._scene.syntax.sentence_of(act.head):
            return None
        return entries[-1] if self._tokens[last + 1].text == ":" else None

    def _mention(self, entry: _Entry, index: int) -> None:
        """Takes in what the words around a mention say of the act."""
        for said in self._statuses.of(index):
            if said.outcome == "accepted" and entry.kind in _TREATIES:
                continue
            if said.outcome == "expired" and said.verb is not None and self._tokens[said.verb].tag in {"VBZ", "VBP", "VB"}:
                entry.last_day.append(self._terms.run(min(index, said.verb), said.verb))  # "expires on 18 May"
                continue
            entry.said.append(said)
            self._answered(entry, said)
            if said.verb is not None:
                entry.ending.append(self._terms.run(min(index, said.verb), said.verb))
        if entry.kind in _BOUND:
            entry.terms += [span for span in self._held(index) if not any(span.overlaps(other) for other in entry.terms)]

    def _answered(self, entry: _Entry, said: Said) -> None:
        """Who accepts or rejects was asked."""
        if said.verb is None or entry.to or entry.kind not in _ASKED or said.outcome not in {"accepted", "rejected"}:
            return
        subjects = self._scene.grammar.subjects(said.verb)
        if any(act.head in subjects for act in entry.acts):
            return
        names = [name for name in self._whom.names(subjects) if name not in entry.by and name not in _THINGS]
        if names:
            entry.acts[0] = msgspec.structs.replace(entry.acts[0], to=tuple(names))

    def _same(self, entries: Sequence[_Entry], act: Act) -> _Entry | None:
        """The entry that the act is a further mention of."""
        if not act.noun or act.other:
            return None
        for entry in reversed(entries):
            if not self._compatible(entry, act):
                continue
            shared = bool(set(act.by) & set(entry.by))
            alike = any(one.noun and self._tokens[one.head].lemma == self._tokens[act.head].lemma for one in entry.acts)
            if not act.fresh and (alike or self._apart(entry.last, act.head) <= _NEAR):
                return entry
            if act.fresh and self._definite(act.head) and (shared or (alike and not (act.by and entry.by))):
                return entry
        return None

    def _compatible(self, entry: _Entry, act: Act) -> bool:
        if entry.kind == act.kind or {entry.kind, act.kind} == _TREATIES:
            return True
        # What a side said it would do is called an offer in the next sentence.
        unnamed = not any(one.noun for one in entry.acts) and self._tokens[entry.acts[0].head].lemma not in self._words.verbs
        return unnamed and not act.fresh and act.kind in {"offer", "proposal", "threat", "demand", "commitment"}

    def _apart(self, first: int, last: int) -> int:
        """Sentences from the one to the other."""
        return bisect_right(self._firsts, last) - bisect_right(self._firsts, first)

    def _definite(self, index: int) -> bool:
        return any(
            self._tokens[at].text.lower() in {"the", "this", "that", "its", "their", "his", "her"}
            or self._tokens[at].dep == "poss"
            for at in self._scene.grammar.under(index, "det", "poss")
        )

    def _renames(self, act: Act, entries: Sequence[_Entry]) -> bool:
        """ "Described the same paper as a demand": another name for an act told of before."""
        at = act.head
        for _ in range(3):
            token = self._tokens[at]
            head = self._tokens[token.head]
            if token.dep in {"oprd", "attr", "ccomp"} and head.lemma in self._words.calling:
                break
            if (
                token.dep == "pobj"
                and head.text.lower() == "as"
                and self._tokens[head.head].lemma in self._words.calling | self._words.papers_called
            ):
                break
            if token.dep == "pobj" and head.text.lower() == "as":
                at = token.head
                continue
            if token.dep not in {"appos", "conj"}:
                return False
            at = token.head
        else:
            return False
        for entry in reversed(entries):
            if entry.kind != act.kind:
                entry.called.append(self._tokens[act.head].lemma)
            return True
        return False

    def _later(self, entries: list[_Entry], index: int, before: int) -> None:
        """What a word that names no act says of those before it: a pronoun, a duty, a bare refusal."""
        token = self._tokens[index]
        if token.text.lower() in _THINGS and token.tag in {"PRP", "DT"} and token.dep in {"dobj", "nsubj", "nsubjpass", "pobj"}:
            said = self._statuses.of(index)
            entry = (
                entries[-1]
                if entries[-1].kind in _BOUND | _ASKED
                else next((one for one in reversed(entries) if one.kind in _BOUND), None)
            )
            if said and entry is not None and index - entry.last < 60:
                entry.said += said
                for one in said:
                    self._answered(entry, one)
        elif (
            token.lemma in self._words.pointing
            and token.pos == "NOUN"
            and self._definite(index)
            and token.dep in {"dobj", "nsubj", "nsubjpass", "pobj"}
        ):
            said = [one for one in self._statuses.of(index) if one.verb is not None]
            entry = entries[-1]
            if said and self._apart(entry.last, index) <= _NEAR and (entry.kind in _ASKED or entry.kind in _TREATIES):
                entry.said += [one for one in said if one.outcome != "accepted" or entry.kind not in _TREATIES]
                for one in said:
                    self._answered(entry, one)
        elif token.lemma in self._words.refusing | self._words.agreeing and (said_ := self._statuses.refusal(index)) is not None:
            block = self._scene.syntax.sentence_of(index).block
            for entry in entries:
                if entry.kind in _ASKED and self._scene.syntax.sentence_of(entry.acts[0].head).block == block and not entry.said:
                    entry.said.append(said_)
                    self._answered(entry, said_)
        elif token.lemma == "be" and token.tag in {"VBZ", "VBP"}:
            self._duty(entries, index)
        elif before < len(entries) or not entries:
            return

    def _duty(self, entries: Sequence[_Entry], index: int) -> None:
        """ "Heavy weapons are to be pulled back": a term of the agreement just told of, in the paragraph's own voice."""
        verbs = [at for at in self._scene.grammar.under(index, "xcomp") if self._tokens[at].tag in {"VB", "VBN"} and self._to(at)]
        subjects = self._scene.grammar.under(index, "nsubj")
        entry = next((one for one in reversed(entries) if one.kind in _BOUND), None)
        if not verbs or not subjects or entry is None:
            return
        sentence, told = self._scene.syntax.sentence_of(index), self._scene.syntax.sentence_of(entry.acts[0].head)
        if sentence.block != told.block or self._tokens[verbs[0]].lemma in self._words.starting:
            return
        first = min(self._scene.syntax.within(self._terms.phrases(subjects[:1])[0]), default=subjects[0])
        entry.terms.append(self._terms.run(first, index))

    def _to(self, verb: int) -> bool:
        return any(self._tokens[at].text.lower() == "to" for at in self._scene.grammar.under(verb, "aux"))

    def _held(self, index: int) -> list[Span]:
        """What the paper says: "the accord provides for elections", "under the truce, ships were let in"."""
        grammar, token = self._scene.grammar, self._tokens[index]
        spans: list[Span] = []
        if token.dep == "nsubj" and self._tokens[token.head].lemma in self._words.holding_terms:
            verb = token.head
            # "..., says the accord".
            inner = self._terms.complements(verb) or [at for at in grammar.under(verb, "ccomp") if at < verb]
            for clause in inner:
                spans += self._terms.clause(clause, whole=bool(grammar.under(clause, "nsubj", "nsubjpass")))
            if not inner:
                spans += self._terms.phrases([*grammar.under(verb, "dobj"), *grammar.prepositional(verb, {"for"})])
        if token.dep == "pobj" and self._tokens[token.head].text.lower() == "under":
            verb = self._tokens[token.head].head
            bound = self._tokens[verb].lemma == "be" and any(self._to(at) for at in grammar.under(verb, "xcomp"))
            bound = bound or self._to(verb)
            if bound:
                main = verb if self._tokens[verb].lemma == "be" else self._tokens[verb].head
                subjects = grammar.under(main, "nsubj")
                if subjects:
                    first = min(self._scene.syntax.within(self._terms.phrases(subjects[:1])[0]), default=subjects[0])
                    spans.append(self._terms.run(first, main, skip=[token.head]))
            elif self._tokens[verb].pos in {"VERB", "AUX"} and token.head < verb:
                for clause in [verb, *grammar.under(verb, "conj")]:
                    if self._tokens[clause].pos in {"VERB", "AUX"} and not grammar.under(clause, "neg"):
                        spans += self._terms.clause(clause, whole=True)[:1]
        return spans

    def _deadline(self, entry: _Entry, spans: Sequence[Span], conditions: Sequence[Span]) -> str | None:
        """Of a truce only a day that is said to end it: "at noon on Thursday" begins one."""
        if entry.kind == "ceasefire":
            return self._terms.deadline(entry.last_day, [*spans, *entry.terms])
        given = [act.span for act in entry.acts if self._gives(act)]
        return self._terms.deadline([*entry.terms, *conditions, *entry.last_day], spans, given, ahead=entry.kind != "agreement")

    def _gives(self, act: Act) -> bool:
        """ "Gave them ten days to leave", "a 48-hour ultimatum"."""
        lemma = self._tokens[act.head].lemma
        return act.kind == "demand" and lemma in self._words.giving | self._words.setting | self._words.ultimatums

    def _over(self, act: Act) -> Claim | None:
        """Whose words the act is told in: an act's own verb is told by who speaks around it."""
        claim = self._scene.claim_over(self._tokens[act.head].span)
        for _ in range(4):
            own = (
                claim is not None and act.verb is not None and any(cue.overlaps(self._tokens[act.verb].span) for cue in claim.cue)
            )
            if not own or claim is None:
                break
            claim = self._claims.get(claim.parent or "")
        return claim if claim is not None and (claim.source or claim.cue or claim.parent) else None

    def _tells(self, entry: _Entry) -> bool:
        """True where some mention tells of the act itself, or the text says what became of it."""
        return any(act.fresh for act in entry.acts) or bool(entry.said) or bool(entry.terms)

    def _pledge(self, entry: _Entry) -> Pledge:
        main = max(
            entry.acts, key=lambda act: (act.fresh, len(act.by) + len(act.to) + len(act.terms) + len(act.conditions), -act.head)
        )
        claim = self._over(main)
        said = entry.said[-1] if entry.said else None
        conditions = [span for act in entry.acts for span in act.conditions]
        where = {"agreement": entry.terms, "ceasefire": [act.span for act in entry.acts]}.get(
            entry.kind, [main.span, *entry.terms]
        )
        spans = list(dict.fromkeys([act.span for act in entry.acts] + entry.ending))
        by, to = entry.by, entry.to
        return Pledge(
            main.span,
            entry.kind,
            "; ".join(by) or None,
            "; ".join(name for name in to if name not in by) or None,
            self._terms.quoted(sorted(entry.terms)),
            self._terms.quoted(conditions),
            self._deadline(entry, spans, conditions),
            said.span.of(self._scene.text) if said else None,
            claim.id if claim else None,
            said.outcome if said else None,
            said.by if said else None,
            said.span if said else None,
            self._terms.duration(spans, main.head),
            self._terms.place(where, (*by, *to)),
            tuple(dict.fromkeys(entry.called)),
        )


def replace_names(act: Act, both: frozenset[str], parties: Sequence[str]) -> Act:
    """The act with the parties' names in place of words for all of them."""

    def named(names: Sequence[str]) -> tuple[str, ...]:
        found = [one for name in names for one in (parties if _all(name, both) else [name])]
        return tuple(dict.fromkeys(found))

    return msgspec.structs.replace(act, by=named(act.by), to=tuple(name for name in named(act.to) if name not in named(act.by)))


def _all(name: str, both: frozenset[str]) -> bool:
    return name.casefold() in both or f"the {name.casefold()}" in both
