"""What a number counts: the noun, its class, and the harm that is said to have come to those counted."""

from __future__ import annotations

import msgspec

from ..knowledge.quantities import Quantities, forms
from .harm import Harms
from .nearby import INNER, Nearby
from .numbers import Number
from .scene import Scene

_CLIMB = 6  # steps from a noun to the word that tells of its harm
_RUN = 6  # tokens between a number and its noun
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})


class Counted(msgspec.Struct, frozen=True):
    """A number with what it counts. `harm` is the kind of harm, `evidence` the token that tells of it.

    `noun` is None where only the harm says what is counted ("killed 12"); `partitive` for "30 of them"; `figure` for a
    count whose thing other words of the sentence must tell ("its earlier count of 80").
    """

    number: Number
    noun: int | None
    kind: str | None
    what: str
    harm: str | None = None
    evidence: int | None = None
    partitive: bool = False
    figure: bool = False

    @property
    def head(self) -> int:
        """The token that stands for the counted in the sentence's grammar."""
        return self.noun if self.noun is not None else self.number.last


def count(scene: Scene, number: Number, words: Quantities) -> Counted | None:
    """The number with what it counts; None for a number that counts nothing of a kind that is kept."""
    return _Look(scene, number, words).counted()


class _Look:
    def __init__(self, scene: Scene, number: Number, words: Quantities) -> None:
        self._scene, self._number, self._words = scene, number, words
        self._tokens, self._grammar = scene.tokens, Nearby(scene, number.last)
        self._harms = Harms(scene, number, words)

    def counted(self) -> Counted | None:
        number, words = self._number, self._words
        if number.money is not None:
            return Counted(number, None, "money", number.money)
        if number.unit is not None:
            return self._joined(number.unit)
        noun, partitive = self._noun()
        kind = self._kind(noun) if noun is not None else None
        if noun is not None and (self._superlative(noun) or self._tokens[noun].text.lower() in words.hours):
            return None
        bare = noun is None
        if bare and not number.none and not self._may_stand_alone():
            return None
        harm: tuple[str, int] | None = None
        if kind in {None, "people"} or (noun is not None and self._harms.named(noun) is not None):
            harm = self._harms.of(noun)
        if harm is not None and kind is None and not bare and harm[0] not in words.anybody:
            harm = None
        if harm is not None and harm[0] in words.not_fighters and noun is not None:
            called = [noun, *self._grammar.under(noun, "compound", "amod")]
            names = {form for index in called for form in forms(self._tokens[index].text)}
            harm = None if names & words.combatant and not names & words.civilian else harm
        if number.none and harm is None:
            return None
        if harm is None and kind is None and not partitive and not bare:
            return None
        if bare and harm is None:
            after = self._tokens[number.last + 1].text.lower() if number.last + 1 < len(self._tokens) else ""
            if words.strong.get(after):
                return Counted(number, None, "people", words.strong[after] or "members")  # "the brigade, about 2,000 strong"
            return Counted(number, None, "people", "people", partitive=partitive, figure=self._of_a_figure())
        if noun is not None and kind is not None and harm is None:
            text = self._tokens[noun].text.lower()
            named = kind == "people" and self._tokens[noun].pos == "PROPN" and words.kind_of(self._lemma(noun)) is None
            what = "people" if named else words.unit_names.get(text, text)
        else:
            what = harm[0] if harm else "people"
        return Counted(
            number, noun, kind or "people", what, harm[0] if harm else None, harm[1] if harm else None, partitive
        )

    def _joined(self, unit: int) -> Counted:
        """ "A 500-strong force", "a 15-vehicle convoy", "a 40-mile column"."""
        text = self._tokens[unit].text.lower()
        if text in self._words.strong:
            what = self._words.strong[text] or "members"
            return Counted(self._number, None, "people", what)
        kind = self._words.kind_of(text) or "people"
        known = text.endswith("s") or text in self._words.unit_names.values()
        return Counted(self._number, unit, kind, self._words.unit_names.get(text, text if known else text + "s"))

    def _superlative(self, noun: int) -> bool:
        """ "One of the most violent battles" counts none."""
        if self._number.low != 1 or self._number.high != 1 or self._tokens[self._number.last].head == noun:
            return False
        between = range(self._number.last + 1, min(noun, self._number.last + _RUN))
        best = any(self._tokens[index].tag in {"JJS", "RBS"} for index in between)
        return best or self._tokens[self._number.last].dep == "attr"

    def _of_a_figure(self) -> bool:
        """ "An earlier count of 80", "the figure is 74", "put the figure at 74"."""
        token = self._tokens[self._number.last]
        above = self._tokens[token.head]
        if token.dep == "pobj" and above.text.lower() == "of":
            return self._lemma(above.head) in self._words.figures
        verb = above.head if token.dep == "pobj" and above.text.lower() in self._words.looking_up_bare else token.head
        if token.dep not in {"pobj", "attr"} or self._lemma(verb) not in self._words.reaching:
            return False
        return any(self._lemma(each) in self._words.figures for each in self._grammar.under(verb, "nsubj", "nsubjpass", "dobj"))

    # ------------------------------------------------------------------------------------------------------------ the noun

    def _lemma(self, index: int) -> str:
        return self._tokens[index].lemma.lower()

    def _kind(self, index: int) -> str | None:
        token = self._tokens[index]
        found = self._words.kind_of(self._lemma(index))
        found = found or next((kind for form in sorted(forms(token.text)) if (kind := self._words.kind_of(form))), None)
        if found == "people" and self._lemma(index) in self._words.machines and self._model(index):
            return "arms"
        if found is None and token.pos in _NOUNS:
            many = token.tag == "NNPS" or (token.pos == "PROPN" and token.text.endswith("s") and token.head != index)
            if many and self._tokens[self._number.last].head == index and index not in self._scene.place_at:
                return "people"  # "6,500 Yazidis"
            mention = self._scene.named(index)
            if mention is not None and mention.kind not in {"place", "person", "media"} and token.text.lower().endswith("s"):
                return "people"
        return found

    def _model(self, noun: int) -> bool:
        """True where a type stands before the noun: "three MiG-29 fighters"."""
        types = [index for index in self._grammar.under(noun, "compound", "nmod", "amod") if index > self._number.last]
        return any(character.isdigit() for index in types for character in self._tokens[index].text)

    def _inside(self, index: int) -> bool:
        return self._number.first <= index <= self._number.last

    def _noun(self) -> tuple[int | None, bool]:
        """The counted noun, and whether the number counts some of them ("30 of them", "12 of the prisoners")."""
        number = self._number
        partitive = self._partitive()
        if partitive is not None:
            return partitive
        head = number.last
        for _ in range(_CLIMB):
            token = self._tokens[head]
            if token.dep not in INNER or token.head == head:
                break
            if not self._inside(head) and (token.pos not in _NOUNS or (self._kind(head) and not self._kind(token.head))):
                break
            if token.head < number.first and not self._inside(token.head):
                break
            head = token.head
        if not self._inside(head) and self._tokens[head].pos in _NOUNS and head > number.last:
            if self._kind(head) is None:
                # "300 head of cattle", or a noun that the parser passed over
                inner = next((index for index in self._of(head) if self._kind(index)), None) or self._run()
                return (head if inner is None else inner), False
            return head, False
        return self._run(), False

    def _of(self, index: int) -> list[int]:
        return self._grammar.behind(index, "of")

    def _partitive(self) -> tuple[int | None, bool] | None:
        at = self._number.last + 1
        if at >= len(self._tokens) or self._tokens[at].text.lower() != "of":
            return None
        inner = self._grammar.under(at, "pobj")
        if not inner:
            run = self._run(at + 1)
            return run, run is not None
        noun = inner[0]
        if self._tokens[noun].text.lower() in self._words.partitive:
            described = self._run(noun + 1, short=True)
            return described, True
        if self._kind(noun) is None and self._tokens[noun].pos == "NUM":
            return None, True
        # "17 of its soldiers" are all that it counts; "three of the 12 dead" are not.
        return noun, bool(self._grammar.under(noun, "det", "nummod"))

    def _run(self, start: int | None = None, *, short: bool = False) -> int | None:
        """The last noun of a known class in the unbroken run of nouns and adjectives behind the number."""
        at = self._number.last + 1 if start is None else start
        found = None
        for index in range(at, min(at + (2 if short else _RUN), len(self._tokens))):
            token = self._tokens[index]
            if token.pos not in {"NOUN", "PROPN", "ADJ"} and token.tag not in {"HYPH", "VBN", "``", "''", "POS", "PRP$", "DT"}:
                break
            if token.tag == "DT" and index > at:
                break
            if token.pos in _NOUNS and self._kind(index):
                found = index
            elif found is not None:
                break
        return found

    def _may_stand_alone(self) -> bool:
        """Whether a number without a noun may count people: no age beside a name, no figure in a name."""
        number = self._number
        token = self._tokens[number.last]
        before = self._tokens[number.first - 1] if number.first else None
        if token.dep in {"nummod", "appos", "npadvmod", "advmod", "amod"} and token.head < number.first:
            head = self._tokens[token.head]
            if head.pos in {"PROPN", "SYM"} or (before is not None and before.text == "," and head.pos in _NOUNS):
                return False
        if before is not None and before.text == "," and number.first > 1 and self._tokens[number.first - 2].pos == "PROPN":
            behind = self._tokens[number.last + 1].text if number.last + 1 < len(self._tokens) else ""
            return behind not in {",", "."}
        return True
