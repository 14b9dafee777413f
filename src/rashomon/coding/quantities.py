"""Counts as the text words them: how many of what, how exactly, and over what they reach."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from ..knowledge.quantities import Quantities
from ..records import Quantity
from ..records.vocabulary import Bound, HarmStatus, Scope
from .scene import Scene
from .triggers import Trigger

_BEFORE = 32  # characters before a number in which a bound ("at least") may stand


class _Number(msgspec.Struct, frozen=True):
    first: int
    last: int
    low: float | None
    high: float | None
    bound: Bound


def find(scene: Scene, words: Quantities) -> list[Quantity]:
    """Every counted thing of a kind that is kept, in text order. A date, a clock time or an ordinal is none."""
    found = []
    for sentence in scene.syntax.sentences:
        for number in _numbers(scene, sentence.first, sentence.last, words):
            if any(index in scene.time_at for index in range(number.first, number.last + 1)):
                continue
            quantity = _counted(scene, number, words)
            if quantity is not None:
                found.append(quantity)
    return found


def of(scene: Scene, trigger: Trigger, counted: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities below the trigger or among its arguments, no other event's."""
    grammar = scene.grammar
    near = {trigger.head}
    arguments = [trigger.head, *grammar.under(trigger.head, "prep", "agent")]
    if trigger.noun:
        near.update(grammar.under(trigger.head, "nummod", "amod", "quantmod", "compound"))
    else:
        arguments += grammar.subjects(trigger.head) + grammar.objects(trigger.head)
        near.update(arguments)
    for argument in arguments:
        for child in grammar.under(argument, "nummod", "pobj", "amod", "quantmod", "nsubj", "prep"):
            near.add(child)
            near.update(grammar.under(child, "nummod", "pobj", "quantmod"))
    # Those counted stand in text order, apart from one another: only the ones from the first to the last word are looked at.
    tokens = scene.tokens
    begin = bisect_right(counted, tokens[min(near)].start, key=lambda quantity: quantity.span.end)
    end = bisect_left(counted, tokens[max(near)].end, key=lambda quantity: quantity.span.start)
    for quantity in counted[begin:end]:
        if any(index in near for index in scene.syntax.within(quantity.span)):
            yield quantity


def _numbers(scene: Scene, first: int, last: int, words: Quantities) -> Iterator[_Number]:
    index = first
    while index < last:
        number = _vague(scene, index, last, words) or _exact(scene, index, last, words)
        if number is None:
            index += 1
            continue
        yield number
        index = number.last + 1


def _vague(scene: Scene, index: int, last: int, words: Quantities) -> _Number | None:
    for length in (3, 1):
        tokens = scene.tokens[index : min(index + length, last)]
        phrase = " ".join(token.text.lower() for token in tokens)
        if len(tokens) == length and phrase in words.vague:
            low, high = words.vague[phrase]
            return _Number(index, index + length - 1, low, high, "vague")
    return None


def _exact(scene: Scene, index: int, last: int, words: Quantities) -> _Number | None:
    value, at, seen = 0.0, index, False
    while at < last:
        token = scene.tokens[at]
        plain = token.text.lower().replace(",", "")
        dozen = plain in {"a", "an"} and not seen and at + 1 < last and scene.tokens[at + 1].text.lower() in words.multipliers
        if token.pos != "NUM" and plain not in words.multipliers and not dozen:
            break
        if scene.text[token.end : token.end + 1] == "-" and scene.text[token.end + 1 : token.end + 2].isalpha():
            # "UPDATE 3-Air strikes", "a 10-day truce": no count of what follows.
            return None
        if plain.replace(".", "", 1).isdigit():
            if seen:
                break
            value, seen = float(plain), True
        elif plain in words.number_words:
            value += words.number_words[plain]
            seen = True
        elif plain in words.multipliers and seen:
            value *= words.multipliers[plain]
        else:
            break
        at += 1
    if not seen:
        return None
    bound = _bound(scene, index, words)
    low: float | None = value
    high: float | None = value
    if bound == "at-least":
        high = None
    elif bound == "at-most":
        low = None
    if at + 1 < last and scene.tokens[at].text in {"-", "–", "to"} and _plain(scene, at + 1) > value:
        return _Number(index, at + 1, value, _plain(scene, at + 1), "range")
    return _Number(index, at - 1, low, high, bound)


def _bound(scene: Scene, index: int, words: Quantities) -> Bound:
    start = scene.tokens[index].start
    before = scene.text[max(0, start - _BEFORE) : start].lower().rstrip()
    for bound in ("at-least", "at-most", "about"):
        if any(before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha() for phrase in words.bounds[bound]):
            return bound
    return "exact"


def _counted(scene: Scene, number: _Number, words: Quantities) -> Quantity | None:
    """The number with the noun it counts; a bare number of dead ("killed 12") counts people."""
    noun = _noun(scene, number, words)
    harmed = _harm(scene, number, noun, words)
    if noun is None and harmed is None:
        return None
    counted = scene.tokens[noun].text.lower() if noun is not None else "people"
    span = scene.syntax.span(number.first, number.last)
    if noun is not None and number.last < noun <= number.last + 6:
        span = scene.syntax.span(number.first, noun)
    sentence = scene.syntax.sentence_of(number.first).span.of(scene.text).lower()
    return Quantity(
        span=span,
        what=harmed or counted,
        low=number.low,
        high=number.high,
        words=scene.syntax.span(number.first, number.last).of(scene.text),
        bound=number.bound,
        status=_status(scene, noun, words),
        scope=_scope(sentence, words),
        total_or_subset="subset" if _subset(scene, number) else "total",
    )


def _noun(scene: Scene, number: _Number, words: Quantities) -> int | None:
    head = number.last
    for _ in range(3):
        token = scene.tokens[head]
        if token.pos in {"NOUN", "PROPN"} and words.kind_of(token.lemma):
            return head
        for child in scene.grammar.prepositional(head, {"of"}):
            if words.kind_of(scene.tokens[child].lemma):
                return child
        if token.head == head or scene.tokens[token.head].pos in {"VERB", "AUX"}:
            return None
        head = token.head
    return None


def _harm(scene: Scene, number: _Number, noun: int | None, words: Quantities) -> str | None:
    """ "killed" or "injured" when the counted people are said to be; the nearest word of the clause decides."""
    if noun is not None and words.kind_of(scene.tokens[noun].lemma) != "people":
        return None
    anchor = noun if noun is not None else number.last
    around = [anchor, *scene.syntax.children[anchor]]
    at = anchor
    for _ in range(3):
        at = scene.tokens[at].head
        around.append(at)
        around += scene.grammar.under(at, "conj", "xcomp", "acomp", "attr", "oprd")[:2] if scene.tokens[at].lemma == "be" else []
        if scene.tokens[at].pos in {"VERB", "AUX"}:
            break
    for index in around:
        lemma, text = scene.tokens[index].lemma, scene.tokens[index].text.lower()
        if lemma in words.injured or text in words.injured:
            return "injured"
        if lemma in words.killed or text in words.killed:
            return "killed"
    return None


def _status(scene: Scene, noun: int | None, words: Quantities) -> HarmStatus:
    if noun is None:
        return "unstated"
    lemmas = {
        scene.tokens[index].lemma for index in (*scene.grammar.conjuncts([noun]), *scene.grammar.under(noun, "amod", "compound"))
    }
    civil, armed = bool(lemmas & words.civilian), bool(lemmas & words.combatant)
    if civil and armed:
        return "mixed"
    return "civilian" if civil else "combatant" if armed else "unstated"


def _scope(sentence: str, words: Quantities) -> Scope:
    if any(phrase in sentence for phrase in words.campaign):
        return "campaign"
    return "period" if any(phrase in sentence for phrase in words.period) else "incident"


def _subset(scene: Scene, number: _Number) -> bool:
    """ "…, including two children", "among them three medics"."""
    start = scene.tokens[number.first].start
    return scene.text[max(0, start - 14) : start].lower().rstrip().endswith(("including", "among them", "of them", "of whom"))


def _plain(scene: Scene, index: int) -> float:
    """The number that the token writes in digits, less than any count when it writes none."""
    text = scene.tokens[index].text.replace(",", "")
    return float(text) if text.isdigit() else -1.0
