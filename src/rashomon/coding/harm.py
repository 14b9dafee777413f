"""The harm that is said to have come to those counted: killed, injured, missing, captured, displaced."""

from __future__ import annotations

from ..knowledge.quantities import Harm, Quantities, forms
from .nearby import INNER, Nearby
from .numbers import Number
from .scene import Scene

_CLIMB = 6  # steps from a noun to the word that tells of its harm
_FIGURE = 10  # tokens back to the figure of which a participle tells the harm
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})


class Harms:
    """Looks around one number for what became of those whom it counts."""

    def __init__(self, scene: Scene, number: Number, words: Quantities) -> None:
        self._scene, self._number, self._words = scene, number, words
        self._tokens, self._grammar = scene.tokens, Nearby(scene, number.last)

    def _lemma(self, index: int) -> str:
        return self._tokens[index].lemma.lower()

    def _inside(self, index: int) -> bool:
        return self._number.first <= index <= self._number.last

    def _of(self, index: int) -> list[int]:
        return self._grammar.behind(index, "of")

    def of(self, noun: int | None) -> tuple[str, int] | None:
        """The kind of harm with the token that tells of it; None where none is said to have come to the counted."""
        number = self._number
        if noun is not None and (own := self.named(noun)) is not None:
            return own, noun
        anchors = [noun] if noun is not None else []
        anchors += [index for index in range(number.first, number.last + 1) if self._tokens[index].dep != "compound"]
        anchors = anchors or [number.last]
        for anchor in anchors:
            found = self._modified(anchor)
            if found is not None:
                return found
        found = self._beside(anchors)
        if found is not None:
            return found
        start = noun if noun is not None and not self._is_head() else number.last
        return self._climb(start, noun) or self._right_before()

    def _right_before(self) -> tuple[str, int] | None:
        """ "Air raids kill 20 militants", where a headline's verb is taken for a noun."""
        first = self._scene.syntax.token_at(self._number.words.start)
        if first is None or first == 0:
            return None
        before = forms(self._tokens[first - 1].text) | {self._lemma(first - 1)}
        return next(((what, first - 1) for what, harm in self._words.harms.items() if before & harm.verbs), None)

    def _is_head(self) -> bool:
        """True where the noun hangs below its number ("dozens of civilians")."""
        return self._tokens[self._number.last].dep not in {*INNER, "punct"}

    def named(self, noun: int) -> str | None:
        """The harm that the noun itself is: "deaths", "bodies"."""
        lemma, text = self._lemma(noun), self._tokens[noun].text.lower()
        for what, harm in self._words.harms.items():
            if lemma in harm.nouns or text in harm.nouns:
                return what
        return None

    def _state(self, index: int) -> str | None:
        text = self._tokens[index].text.lower()
        return next((what for what, harm in self._words.harms.items() if text in harm.states), None)

    def _modified(self, anchor: int) -> tuple[str, int] | None:
        """ "The 40 wounded soldiers", "30 people killed in a raid", "12 people who died"."""
        for child in self._grammar.under(anchor, "amod", "acl", "relcl", "advcl", "acomp", "oprd", "compound"):
            token = self._tokens[child]
            if token.dep in {"amod", "acomp", "oprd", "compound"} or (token.dep == "acl" and token.tag in {"VBN", "VBD", "JJ"}):
                state = self._state(child)
                if state is not None and not self._grammar.under(child, "dobj"):
                    return self._both(state, child), child
            if token.dep in {"acl", "relcl", "advcl"} and token.pos in _VERBS:
                found = self._verb(child, anchor, passive=token.dep == "acl")
                if found is not None:
                    return found
        return None

    def _beside(self, anchors: list[int]) -> tuple[str, int] | None:
        """A state right behind the number or its noun: "12 dead", "seven people wounded", "left two men dead"."""
        last = max(anchors)
        after = last + 1
        while after < len(self._tokens) and self._tokens[after].pos == "ADV" and after < last + 3:
            after += 1
        if after >= len(self._tokens):
            return None
        state = self._state(after)
        if state is None:
            return None
        token = self._tokens[after]
        if token.tag == "VBD" and self._grammar.under(after, "dobj"):
            return None  # "30 militants killed a guard"
        if token.tag in {"JJ", "NN", "NNS", "VBN", "VBD", "VBP", "RB", "VBG", "VB"}:
            return self._both(state, after), after
        return None

    def _both(self, what: str, index: int) -> str:
        """ "casualties" where two kinds of harm share those counted ("dead and wounded")."""
        others = self._grammar.under(index, "conj")
        if self._tokens[index].dep == "conj":
            others = [*others, self._tokens[index].head]
        for other in others:
            if (abs(other - index) <= 2 and self._tokens[other].head != other) or (abs(other - index) <= 2):
                second = self._state(other) or self._verb_harm(other)
                if second is not None and {what, second} == {"killed", "injured"}:
                    return "casualties"
        return what

    def _verb_harm(self, verb: int) -> str | None:
        """What the verb does to its object: by its lemma, or by that and a word that stands with it ("take hostage")."""
        return self._matching(verb, "verbs")

    def _matching(self, verb: int, side: str) -> str | None:
        lemma = self._lemma(verb)
        for what, harm in self._words.harms.items():
            patterns = _patterns(harm, side)
            if lemma in patterns:
                return what
            for pattern in patterns:
                first, _, rest = pattern.partition(" ")
                if rest and first == lemma and self._has(verb, rest.rpartition(" ")[2]):
                    return what
        return None

    def _has(self, verb: int, word: str) -> bool:
        for child in self._grammar.under(verb, "prt", "oprd", "acomp", "dobj", "prep", "advmod", "xcomp", "ccomp", "amod"):
            if word in {self._tokens[child].text.lower(), self._lemma(child)}:
                return True
            below = self._grammar.under(child, "pobj", "oprd", "acomp", "amod", "appos")
            if any(word in {self._tokens[inner].text.lower(), self._lemma(inner)} for inner in below):
                return True
        return False

    def _verb(self, verb: int, anchor: int, *, passive: bool = False) -> tuple[str, int] | None:
        """The harm that the verb says of the anchor, which stands in its subject, object or is modified by it."""
        token, grammar = self._tokens[verb], self._grammar
        relation = self._tokens[anchor].dep if self._tokens[anchor].head == verb else "relcl"
        acted = self._matching(verb, "verbs")
        suffered = self._matching(verb, "suffered")
        has_object = bool(grammar.under(verb, "dobj"))
        if relation in {"dobj", "nsubjpass", "oprd"} or (relation == "relcl" and passive):
            if relation == "relcl" and (token.tag == "VBG" or (has_object and acted)):
                return None
            if acted is not None:
                return self._both(acted, verb), verb
            if self._lemma(verb) in self._words.losing and relation == "dobj":
                return "killed", verb
            if relation == "dobj" and self._lemma(verb) in self._words.taking and self._lemma(anchor) in self._words.captives:
                return "captured", verb
            if relation == "nsubjpass" and (state := self._predicate(verb) or self._raised(verb)) is not None:
                return state
        if relation in {"nsubj", "nsubjpass"}:
            if suffered is not None and not passive:
                return suffered, verb
            if acted is not None and not has_object and token.tag in {"VBN", "VBD"} and relation == "nsubj":
                nothing = not grammar.under(verb, "aux")
                if token.tag == "VBN" or nothing:
                    return self._both(acted, verb), verb
            if (state := self._predicate(verb) or self._raised(verb)) is not None:
                return state
            if relation == "nsubj" and token.tag == "VBG" and not has_object and (going := self._state(verb)) is not None:
                return going, verb  # "are missing"
        if relation == "relcl" and not passive:
            if suffered is not None:
                return suffered, verb
            if acted is not None and (grammar.under(verb, "nsubjpass", "auxpass") or (
                grammar.under(verb, "nsubj") and not has_object and not self._relative_subject(verb)
            )):
                return self._both(acted, verb), verb
            if (state := self._predicate(verb)) is not None:
                return state
        return None

    def _relative_subject(self, verb: int) -> bool:
        return any(self._tokens[index].tag in {"WDT", "WP"} for index in self._grammar.under(verb, "nsubj"))

    def _raised(self, verb: int) -> tuple[str, int] | None:
        """ "Are thought to have died", "were believed to have been killed": said of the subject through an infinitive."""
        for inner in self._grammar.under(verb, "xcomp"):
            if (suffered := self._matching(inner, "suffered")) is not None:
                return suffered, inner
            acted = self._matching(inner, "verbs")
            if acted is not None and self._grammar.under(inner, "auxpass"):
                return acted, inner
            if (state := self._predicate(inner)) is not None:
                return state
        return None

    def _predicate(self, verb: int) -> tuple[str, int] | None:
        """ "Were dead", "remain unaccounted for", "are missing", "were reported killed"."""
        if self._lemma(verb) not in self._words.linking:
            return None
        for child in self._grammar.under(verb, "acomp", "attr", "oprd", "xcomp", "advmod"):
            state = self._state(child)
            if state is not None:
                return self._both(state, child), child
        for preposition in self._grammar.under(verb, "prep"):
            if self._tokens[preposition].text.lower() in self._words.among:
                for inner in self._grammar.under(preposition, "pobj"):
                    if (state := self._state(inner) or self.named(inner)) is not None:
                        return state, inner  # "were among the dead"
                    for said in self._grammar.under(inner, "acl", "amod"):
                        if (state := self._state(said)) is not None:
                            return state, said  # "were among those killed"
        return None

    # ---------------------------------------------------------------------------------------------------------------- climbing

    def _climb(self, start: int, noun: int | None) -> tuple[str, int] | None:
        """From the counted noun up to the word that says what became of it."""
        at = start
        for _ in range(_CLIMB):
            token = self._tokens[at]
            head = token.head
            if head == at:
                break
            above = self._tokens[head]
            if above.pos in _VERBS and token.dep not in {"prep", "agent"}:
                found = self._verb(head, at)
                if found is None and noun is None:
                    found = self._toll(head, at)
                if found is not None or token.dep in {"dobj", "nsubj", "nsubjpass", "attr", "relcl", "acl"}:
                    return found or self._shared(head, at)
                return None
            if token.dep == "pobj":
                found = self._preposition(head, noun)
                if found is not None:
                    return found
                name = above.text.lower()
                if name not in self._words.looking_up and (noun is not None or name not in self._words.looking_up_bare):
                    return None
                at = above.head
                if self._tokens[at].dep == "prep":
                    at = self._tokens[at].head  # "from 20 to 25"
                if noun is None and name in self._words.looking_up_bare and (told := self._numbered(head)) is not None:
                    return told
                if self._tokens[at].pos in _VERBS:
                    return self._toll(at, start) if noun is None else None
                if (own := self.named(at)) is not None and noun is None:
                    return own, at
                continue
            if token.dep in {"conj", "appos", "attr", *INNER, "dep"}:
                at = head
                if (found := self._modified(at)) is not None and self._tokens[at].pos in _NOUNS:
                    return found
                continue
            return None
        return None

    def _shared(self, verb: int, anchor: int) -> tuple[str, int] | None:
        """A verb beside another with one object: "killing or wounding dozens"; the subject that only the first verb has."""
        relation = self._tokens[anchor].dep
        if relation in {"dobj", "nsubjpass", "nsubj"}:
            for other in self._grammar.under(verb, "conj", "xcomp", "ccomp"):
                if self._tokens[other].dep == "conj" and relation in {"nsubj", "nsubjpass"} and not self._grammar.under(
                    other, "nsubj", "nsubjpass"
                ):
                    found = self._matching(other, "suffered") or (
                        self._matching(other, "verbs") if relation == "nsubjpass" else None
                    )
                    if found is not None:
                        return found, other
                if self._tokens[other].dep != "conj" and relation == "dobj":
                    suffered = self._matching(other, "suffered")
                    if suffered is not None:
                        return suffered, other
        return None

    def _preposition(self, preposition: int, noun: int | None) -> tuple[str, int] | None:
        """ "The deaths of 12", "injuries to four", "a toll of 45"."""
        text, above = self._tokens[preposition].text.lower(), self._tokens[preposition].head
        lemma = self._lemma(above)
        if text in {"of", "to", "among"}:
            for what, harm in self._words.harms.items():
                if (lemma in harm.deeds and text == "of") or (lemma in harm.nouns and text in {"to", "among"}):
                    return what, above
        if text == "of" and noun is None and lemma in self._words.figures:
            return self._figure(above)
        return None

    def _toll(self, verb: int, anchor: int) -> tuple[str, int] | None:
        """A number that a toll is said to reach: "the death toll rose to 45", "put the number of wounded at 30"."""
        if self._lemma(verb) not in self._words.reaching:
            return None
        for index in self._grammar.under(verb, "nsubj", "nsubjpass", "dobj"):
            if index != anchor and (self._lemma(index) in self._words.figures or self._state(index)):
                found = self._figure(index)
                if found is not None:
                    return found
        if self._tokens[verb].dep in {"xcomp", "acl", "advcl", "pcomp", "conj"} and self._tokens[verb].head != verb:
            above = self._tokens[verb].head
            if self._tokens[above].pos in _NOUNS:
                return self._figure(above)
            for index in self._grammar.under(above, "nsubj", "nsubjpass"):
                if self._lemma(index) in self._words.figures:
                    return self._figure(index)
        return None

    def _numbered(self, preposition: int) -> tuple[str, int] | None:
        """ "Put the number killed at 34 and of the wounded at 47": the last word of harm between a figure and its number."""
        told = None
        for at in range(preposition - 1, max(-1, preposition - _FIGURE), -1):
            state = self._state(at)
            told = told or state
            if self._lemma(at) in self._words.figures:
                return (told, at) if told is not None else None
        return None

    def _figure(self, noun: int) -> tuple[str, int] | None:
        """What a figure is of: its own word ("deaths"), the word it is compounded with, or the one behind its `of`."""
        if (state := self._state(noun)) is not None:
            return state, noun
        parts = self._grammar.under(noun, "compound", "amod", "nmod", "acl")
        parts += [inner for inner in self._of(noun) if not self._inside(inner)]
        for part in parts:
            lemma, text = self._lemma(part), self._tokens[part].text.lower()
            for what, harm in self._words.harms.items():
                if lemma in harm.tolls or text in harm.states or lemma in harm.nouns:
                    return what, noun
            if (found := self._modified(part)) is not None:
                return found[0], noun  # "the number of soldiers who died"
        lemma = self._lemma(noun)
        return next(((what, noun) for what, harm in self._words.harms.items() if lemma in harm.tolls), None)


def _patterns(harm: Harm, side: str) -> frozenset[str]:
    return harm.verbs if side == "verbs" else harm.suffered

