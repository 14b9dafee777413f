"""Verb frames: where the content of a reporting verb stands, by the syntax around the verb."""

from __future__ import annotations

from ..knowledge.cues import CueKnowledge, VerbGroup
from ..records import Span
from .phrases import Tree

_CLAUSE = ("ccomp", "parataxis")
_LOOSE = ("advcl", "prep", "npadvmod", "advmod", "punct", "cc", "conj", "mark", "intj")
# Verbs about what another said, so that "it" alone can be their content.
_OF_ANOTHER = frozenset({"deny", "question", "reject"})
_POINTING = frozenset({"it", "this", "that", "him", "her", "them"})
_RECIPROCAL = frozenset({"each", "one", "another", "other"})


class Frame:
    """Content and extra cue tokens that one verb yields: `heads` are the tokens whose subtrees make up the content."""

    __slots__ = ("agent", "content", "extra", "passive")

    def __init__(
        self, content: tuple[Span, ...], extra: tuple[int, ...] = (), passive: bool = False, agent: int | None = None
    ) -> None:
        self.agent = agent
        self.content = content
        self.extra = extra
        self.passive = passive


class Frames:
    """Looks up the frames of a verb's group in the tree."""

    def __init__(self, tree: Tree, cues: CueKnowledge) -> None:
        self._tree = tree
        self._cues = cues

    def of(self, verb: int, group: VerbGroup) -> Frame | None:
        """The first frame of the group that fits, or None. An empty content says: a cue, but no content of its own."""
        frames = group.frames
        passive = self._tree.one(verb, "nsubjpass") is not None
        if not passive and (found := self._reduced(verb, group)):
            return found
        if not passive and "as" in frames and (found := self._participle(verb)):
            return found
        if passive:
            return self._passive(verb, group)
        if group.name in ("say", "tell") and (found := self._number(verb)):
            return found
        if self._unanswered(verb) and (found := self._object(verb)):
            return found
        if "clause" in frames:
            found = self._clause(verb)
            rescued = self._rescued(verb, found, group)
            if rescued is not None or found is not None:
                return rescued or found
        if "quote" in frames and (found := self._host(verb)):
            return found
        if group.prepositions and (found := self._prepositional(verb, group.prepositions)):
            return found
        if "urge" in frames and (found := self._urge(verb)):
            return found
        if ("of" in frames) and (found := self._pair(verb, "of", "for")):
            return found
        if ("for" in frames) and (found := self._target(verb, "for")):
            return found
        if "at" in frames and (found := self._measured(verb)):
            return found
        if "with" in frames and (found := self._pair(verb, "with")):
            return found
        if "to" in frames and (found := self._pair(verb, "to")):
            return found
        if ("on" in frames) and (found := self._onto(verb)):
            return found
        if "as" in frames and (found := self._as(verb, group)):
            return found
        if "name" in frames and (found := self._name(verb)):
            return found
        if "infinitive" in frames and (found := self._infinitive(verb)):
            return found
        if "object" in frames and not group.needs_clause and (found := self._object(verb, group.name in _OF_ANOTHER)):
            return found
        if group.name == "say" and self._tree.one(verb, "dobj") is None and (found := self._infinitive(verb)):
            return found  # "they said to wait"
        return Frame(()) if "quote" in frames else None

    # each frame

    def _clause(self, verb: int) -> Frame | None:
        tree = self._tree
        found: list[Span] = []
        extra: tuple[int, ...] = ()
        for child in tree.children[verb]:
            token = tree.tokens[child]
            if token.dep not in _CLAUSE or not (token.pos in ("VERB", "AUX") or tree.children[child]):
                continue
            if token.dep == "parataxis" and child < verb:
                continue
            if child > verb and found and self._another(child):
                continue
            if child < verb and ";" in tree.text[tree.tokens[child].end : tree.tokens[verb].start]:
                continue
            if token.tag == "VBG" and not tree.under(child, "aux", "nsubj", "nsubjpass"):
                continue
            if tree.one(child, "mark") is None and not self._has_subject(child) and tree.tokens[verb].lemma == "make":
                continue
            if child > verb and found and "\u201d" not in tree.text[found[-1].end : tree.tokens[verb].start]:
                found.clear()  # "A moved: B says C": what stands before the verb is not B's
            found.append(self._clause_span(child, verb))
            antecedent = self._antecedent(verb, child)
            if antecedent is not None:
                found.insert(0, antecedent)
        if not found:
            # "X made it clear that P", "it is X's view that P": the clause hangs one step lower.
            for child in tree.under(verb, "acomp", "oprd", "dobj", "prt", "attr"):
                if tree.tokens[child].lemma in self._cues.noun:
                    continue  # "answered allegations that P": the noun is a cue of its own
                below = tree.one(child, "ccomp")
                if below is not None and below > child:
                    return Frame((self._clause_span(below, verb),), (child,))
            return None
        return Frame(tuple(span for span in found if span.width), extra)

    def _another(self, clause: int) -> bool:
        """True for ", and Y said Q" behind "X said P": a statement of its own that the parser hung from X's verb."""
        tree = self._tree
        subject = tree.one(clause, "nsubj")
        if subject is None or tree.tokens[clause].lemma not in self._cues.verb or tree.one(clause, "mark") is not None:
            return False
        before = tree.first[clause] - 1
        return before > 0 and tree.tokens[before].tag == "CC" and tree.tokens[before - 1].text in (",", ";", "”", '"')

    def _rescued(self, verb: int, found: Frame | None, group: VerbGroup) -> Frame | None:
        """What follows "that" behind the verb, where the parser lost the clause: up to the sentence's end."""
        tree = self._tree
        end = tree.syntax.sentences[tree.sentence[verb]].last
        start = found.content[0].start if found is not None and found.content else None
        for index in range(verb + 1, min(end - 2, verb + 9)):
            token = tree.tokens[index]
            if token.text == "," and (after := self._parenthesis(index, end)) is not None and start is None:
                return Frame((tree.clean(tree.syntax.span(after, end - 1)),))
            if token.pos in ("AUX", "PUNCT") or (token.pos == "VERB" and not (token.tag == "VBN" and token.dep == "acl")):
                return None
            if token.text.lower() != "that" or (start is None and self._modifies(index, verb, group)):
                continue
            between = [tree.tokens[at].lemma for at in range(verb + 1, index)]
            if tree.tokens[index - 1].lemma in self._cues.noun or (
                (group.stance != "asserts" or group.turns_down or group.name == "describe")
                and set(between) & self._cues.noun.keys()
            ):
                return None  # "allegations that P": the noun is a cue of its own
            behind = tree.tokens[index + 1].start
            if group.name == "light" and found is not None and start is not None and start <= behind:
                return Frame((tree.clean(Span(behind, found.content[0].end)),), found.extra)
            if token.dep == "det" or (start is not None and start <= behind):
                return None
            return Frame((tree.clean(tree.syntax.span(index + 1, end - 1)),))
        return None

    def _parenthesis(self, comma: int, end: int) -> int | None:
        """The first token of the clause in "said, citing Y, that P"."""
        tokens = self._tree.tokens
        for index in range(comma + 2, min(end - 3, comma + 16)):
            if tokens[index].text == "," and tokens[index + 1].text.lower() == "that":
                return index + 2
        return None

    def _modifies(self, index: int, verb: int, group: VerbGroup) -> bool:
        """True where "that" follows the verb's object, and may well belong to it ("found a road that ...")."""
        before = self._tree.tokens[index - 1]
        if group.name in ("tell", "light", "say"):
            return False
        return index - verb <= 3 and before.dep in ("dobj", "pobj") and before.pos in ("NOUN", "PROPN", "PRON")

    def _antecedent(self, verb: int, clause: int) -> Span | None:
        """ "the fighters (who) they say are inside": the noun before is the clause's subject."""
        tree = self._tree
        token = tree.tokens[verb]
        if token.dep != "relcl" or token.head == verb or self._has_subject(clause):
            return None
        return tree.noun_phrase(token.head, full=False)

    def _unanswered(self, verb: int) -> bool:
        """True for "did not answer", whose object is what was left unanswered."""
        return self._tree.tokens[verb].lemma in self._cues.no_answer and self._tree.one(verb, "neg") is not None

    def _has_subject(self, verb: int) -> bool:
        return self._tree.one(verb, "nsubj", "nsubjpass", "expl", "csubj") is not None

    def _uncut(self, first: int, last: int) -> int:
        """`last`, or the token before ", with the paper reporting P", which is a statement of its own."""
        tree = self._tree
        for index in range(first + 2, last - 1):
            if tree.tokens[index].text != "with" or tree.tokens[index - 1].text != ",":
                continue
            for at in range(index + 1, min(last, index + 9) + 1):
                if tree.tokens[at].tag == "VBG" and tree.tokens[at].lemma in self._cues.relays | self._cues.verb.keys():
                    return index - 2
        return last

    def _clause_span(self, head: int, verb: int) -> Span:
        """The clause without "that", and without a closing "citing X" or "according to X"."""
        tree = self._tree
        first, last = tree.first[head], tree.last[head]
        if head > verb and first <= verb:
            first = verb + 1
        if head < verb and last >= verb:
            last = verb - 1
        if head > verb and tree.tokens[first].tag == "VBG" and tree.tokens[first].lemma in self._cues.relays:
            after = self._parenthesis(first - 1, last + 3)  # "reported, citing Y, that P"
            first = after if after is not None and after <= head else first
        if head > verb and first < min(last, head) and tree.tokens[first].text.lower() == "that":
            first += tree.tokens[first].dep != "nsubj"
        for child in tree.under(head, "advcl", "prep"):
            if child > head and self._hangs_on(child) and tree.tokens[tree.first[child] - 1].text == ",":
                last = min(last, tree.first[child] - 1)
        while last > first and tree.tokens[last].tag == "CC":
            last -= 1
        if last < first:
            return Span(tree.tokens[first].start, tree.tokens[first].start)
        return tree.clean(tree.syntax.span(first, last))

    def _hangs_on(self, index: int) -> bool:
        """True for "citing X", "adding that P": the speaker's act, not part of what he says."""
        token = self._tree.tokens[index]
        return token.tag == "VBG" and token.lemma in self._cues.relays | self._cues.hanging

    def _host(self, verb: int) -> Frame | None:
        """ "P, X said": the verb hangs from the clause that is its content, or breaks into it."""
        tree = self._tree
        token = tree.tokens[verb]
        if token.dep not in ("parataxis", "ccomp", "advcl", "dep") or token.head == verb:
            return None
        mark = tree.one(verb, "mark", "advmod")
        as_host = mark is not None and tree.tokens[mark].text.lower() == "as" and mark == tree.first[verb]
        if token.dep in ("advcl", "ccomp") and not as_host and (tree.one(verb, "mark") is not None or tree.subject(verb) is None):
            return None
        if tree.one(verb, "nsubj") is None or tree.one(verb, "dobj") is not None:
            return None
        head = token.head
        if tree.tokens[head].pos not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            return None
        if as_host:
            head = tree.clause_of(head)
        first, last = tree.first[head], tree.last[head]
        own_first, own_last = tree.first[verb], tree.last[verb]
        before = tree.tokens[own_first - 1].text if own_first > first else ""
        after = tree.tokens[own_last + 1].text if own_last < last else "."
        if own_first < verb and tree.tokens[own_first].pos == "PUNCT":
            before = tree.tokens[own_first].text
        if own_last > verb and tree.tokens[own_last].pos == "PUNCT":
            after = tree.tokens[own_last].text
        if not (as_host and before == "") and before not in (",", "—", "–", "-", "”", '"'):
            return None
        if after not in (",", ".", "—", "–", "-", ";", "“", '"'):
            return None
        spans = []
        if own_first - 1 >= first:
            spans.append(tree.clean(tree.syntax.span(first, own_first - 1)))
        other = next((c for c in tree.under(head, "conj") if c > verb and self._another(c)), None)
        if other is not None:
            last = min(last, tree.first[other] - 2)
        if own_last + 1 <= last:
            spans.append(tree.clean(tree.syntax.span(own_last + 1, last)))
        return Frame(tuple(span for span in spans if span.width > 1))

    def _passive(self, verb: int, group: VerbGroup) -> Frame | None:
        """ "Y is said to P", "it is known that P", "was quoted as saying P"; "Y was blamed for P by X"."""
        tree = self._tree
        subject = tree.one(verb, "nsubjpass")
        assert subject is not None
        agent = tree.one(verb, "agent")
        complement = tree.one(verb, "ccomp")
        if complement is not None and complement > verb and "clause" in group.frames:
            return Frame((self._clause_span(complement, verb),), passive=True)
        infinitive = tree.one(verb, "xcomp")
        if infinitive is not None and ("subject" in group.frames or "urge" in group.frames):
            if infinitive < verb or not any(tree.tokens[c].tag == "TO" for c in tree.under(infinitive, "aux")):
                return None
            first = max(tree.first[infinitive], verb + 1)
            whole = (tree.noun_phrase(subject), tree.clean(tree.syntax.span(first, tree.last[infinitive])))
            return Frame(whole, passive=True)
        if agent is None and group.name in ("tell", "warn", "promise"):  # "was promised guns", "were warned of a strike"
            given = next((c for c in tree.under(verb, "dobj", "oprd") if c > verb), None)
            about = next(
                (c for c in tree.under(verb, "prep") if c > verb and tree.tokens[c].text.lower() in ("of", "about")), None
            )
            below = given if given is not None or about is None else tree.one(about, "pobj", "pcomp")
            if below is not None:
                return Frame((tree.clean(tree.extent(below)),), passive=True)
        if agent is not None:
            rest = [tree.clean(tree.extent(child)) for child in tree.under(verb, "dobj", "oprd") if child > verb]
            rest += [
                tree.clean(tree.extent(child))
                for child in tree.under(verb, "prep")
                if child > verb and tree.tokens[child].text.lower() in group.frames
            ]
            if group.frames & {"object", "as", "of", "for", "name"} or group.also_object:
                return Frame((tree.noun_phrase(subject), *rest[:1]), passive=True)
        return None

    def _prepositional(self, verb: int, wanted: frozenset[str]) -> Frame | None:
        tree = self._tree
        for child in tree.under(verb, "prep", "prt"):
            if child < verb or tree.tokens[child].text.lower() not in wanted:
                continue
            below = tree.one(child, "pobj", "pcomp")
            if below is None:
                continue
            last = tree.last[below]
            infinitive = tree.one(verb, "xcomp", "advcl", "ccomp")
            if infinitive is not None and infinitive > below and tree.one(infinitive, "aux") is not None:
                last = max(last, tree.last[infinitive])
            return Frame((tree.clean(tree.syntax.span(tree.first[below], last)),), (child,))
        return None

    def _pair(self, verb: int, *prepositions: str) -> Frame | None:
        """ "accused Y of P": the content is "Y of P"."""
        tree = self._tree
        target = tree.one(verb, "dobj")
        if target is None:
            return None
        last = tree.last[target]
        for child in tree.under(verb, "prep"):
            if child > target and tree.tokens[child].text.lower() in prepositions:
                last = max(last, tree.last[child])
                below = tree.one(child, "pobj", "pcomp")
                if tree.tokens[target].text.lower() in _RECIPROCAL and below is not None:
                    return Frame((tree.clean(tree.extent(below)),))
        if last == tree.last[target] and prepositions in (("to",), ("with",)):
            return None
        if last == tree.last[target] and tree.tokens[verb].lemma == "ask":
            return None
        if tree.one(verb, "ccomp") is not None:
            last = max(last, tree.last[tree.one(verb, "ccomp") or verb])
        last = self._uncut(tree.first[target], last)
        return Frame((tree.clean(tree.syntax.span(tree.first[target], last)),))

    def _target(self, verb: int, preposition: str) -> Frame | None:
        """ "blamed Y for P": the content is "Y for P"; "blamed one another for P": P alone, for it has two targets."""
        tree = self._tree
        target = tree.one(verb, "dobj")
        if target is None:
            return None
        for child in tree.under(verb, "prep"):
            if tree.tokens[child].text.lower() == preposition:
                below = tree.one(child, "pobj", "pcomp")
                if below is None:
                    continue
                if tree.tokens[target].text.lower() in _RECIPROCAL:
                    return Frame((tree.clean(tree.extent(below)),))
                return Frame((tree.clean(tree.syntax.span(tree.first[target], tree.last[child])),))
        return None

    def _onto(self, verb: int) -> Frame | None:
        tree = self._tree
        target = tree.one(verb, "dobj")
        if target is None:
            return None
        for child in tree.children[verb]:
            if child > target and tree.tokens[child].text.lower() == "on":
                return Frame((tree.clean(tree.syntax.span(tree.first[target], tree.last[child])),))
        return None

    def _as(self, verb: int, group: VerbGroup) -> Frame | None:
        tree = self._tree
        target = tree.one(verb, "dobj")
        for child in tree.under(verb, "prep"):
            if tree.tokens[child].text.lower() != "as":
                continue
            below = self._tree.one(child, "pobj", "pcomp", "amod", "acomp")
            role = tree.clean(tree.syntax.span(child + 1, tree.last[child])) if tree.last[child] > child else None
            if below is None and role is None:
                continue
            named = tree.noun_phrase(target) if target is not None and target < child else None
            return Frame(tuple(span for span in (named, role) if span is not None and span.width))
        if (group.also_object or "as" in group.frames) and target is not None:
            # "described the siege as a failure": the parser may hang "as" from the object.
            inner = next((c for c in tree.under(target, "prep") if tree.tokens[c].text.lower() == "as"), None)
            if inner is not None and tree.last[inner] > inner and inner > target:
                named = tree.clean(tree.syntax.span(tree.first[target], inner - 1))
                return Frame((named, tree.clean(tree.syntax.span(inner + 1, tree.last[inner]))))
            if group.also_object:
                return self._object(verb)
        return None

    def _name(self, verb: int) -> Frame | None:
        tree = self._tree
        clause = next((c for c in tree.under(verb, "ccomp", "oprd", "xcomp", "acomp") if c > verb), None)
        target = next((c for c in tree.under(verb, "dobj") if c > verb), None) if clause is None else None
        if clause is not None:
            first = tree.first[clause]
            given = tree.one(verb, "dobj")
            if given is not None and verb < given < clause:
                first = min(first, tree.first[given])
            return Frame((tree.clean(tree.syntax.span(max(first, verb + 1), tree.last[clause])),))
        if target is not None:
            return Frame((tree.clean(tree.extent(target)),))
        return None

    def _reduced(self, verb: int, group: VerbGroup) -> Frame | None:
        """ "the race predicted by analysts": the noun is the content, the agent the source."""
        tree = self._tree
        token = tree.tokens[verb]
        agent = tree.one(verb, "agent")
        if token.tag != "VBN" or token.dep != "acl" or agent is None or token.head > verb:
            return None
        if group.name not in ("predict", "publish", "claim", "describe", "demand"):
            return None
        return Frame((tree.noun_phrase(token.head, full=False),), passive=True)

    def _participle(self, verb: int) -> Frame | None:
        """ "Listed as P by X, ...": a participle without auxiliary; the source is its agent, wherever the parser hangs it."""
        tree = self._tree
        if tree.tokens[verb].tag != "VBN" or tree.under(verb, "aux", "auxpass"):
            return None
        for child in tree.under(verb, "prep"):
            if tree.tokens[child].text.lower() == "as" and tree.last[child] > child and child > verb:
                last, agent = tree.last[child], tree.one(verb, "agent")
                for index in range(child + 1, last):
                    if tree.tokens[index].text.lower() == "by":
                        last, agent = index - 1, index
                        break
                if agent is None or last <= child:
                    return None
                return Frame((tree.clean(tree.syntax.span(child + 1, last)),), passive=True, agent=agent)
        return None

    def _urge(self, verb: int) -> Frame | None:
        tree = self._tree
        infinitive = tree.one(verb, "xcomp", "ccomp", "advcl")
        target = tree.one(verb, "dobj")
        if infinitive is None or infinitive < verb or tree.one(infinitive, "aux") is None:
            return None
        first = tree.first[infinitive]
        if target is not None and verb < target < infinitive:
            first = min(first, tree.first[target])
        return Frame((tree.clean(tree.syntax.span(max(first, verb + 1), tree.last[infinitive])),))

    def _infinitive(self, verb: int) -> Frame | None:
        tree = self._tree
        infinitive = tree.one(verb, "xcomp")
        if infinitive is None or infinitive < verb:
            return None
        return Frame((tree.clean(tree.syntax.span(max(tree.first[infinitive], verb + 1), tree.last[infinitive])),))

    def _object(self, verb: int, pronoun: bool = False) -> Frame | None:
        tree = self._tree
        target = tree.one(verb, "dobj")
        if target is None:
            return None
        token = tree.tokens[target]
        if token.pos == "PRON" and not (pronoun and token.text.lower() in _POINTING):
            return None
        if target < verb:
            return None
        last = tree.last[target]
        for child in tree.under(target, "prep"):
            if tree.tokens[child].text.lower() in ("through", "via") and child > target:
                last = min(last, child - 1)
        return Frame((tree.clean(tree.syntax.span(tree.first[target], last)),))

    def _number(self, verb: int) -> Frame | None:
        """ "The union says 41." """
        tree = self._tree
        target = tree.one(verb, "dobj")
        if target is None or target < verb or tree.tokens[target].tag != "CD":
            return None
        return Frame((tree.clean(tree.extent(target)),))

    def _measured(self, verb: int) -> Frame | None:
        """ "put the number of dead at four", "held X responsible for P": from the object to the end of what hangs on the verb."""
        tree = self._tree
        target = tree.one(verb, "dobj") or next((c for c in tree.under(verb, "nsubj", "ccomp") if c > verb), None)
        if target is None or target < verb:
            return None
        last = max(
            [
                tree.last[target],
                *(tree.last[c] for c in tree.under(verb, "prep", "oprd", "acomp", "ccomp", "xcomp") if c > target),
            ]
        )
        return Frame((tree.clean(tree.syntax.span(tree.first[target], last)),))
