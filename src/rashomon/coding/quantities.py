"""Counts as the text words them: how many of what, how exactly, whose, over what they reach, and who counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from ..knowledge.actions import Action
from ..knowledge.quantities import Quantities
from ..records import Quantity, Sentence, Span
from . import reach, whose
from .counted import Counted, count
from .nearby import Nearby
from .numbers import find as numbers
from .scene import Scene
from .triggers import Trigger

_CASUALTIES = "casualties"  # the action that holds dead and wounded alike
_MOST = 24  # quantities of one event, and arguments of a trigger that are looked at
_LATELY = 300  # characters back to a figure that "the figure" may take up
_BEFORE = 24  # characters before a number in which "including" may stand


class _Row(NamedTuple):
    quantity: Quantity
    counted: Counted


class Counts:
    """Every quantity of one document, in text order, and which of them each event has."""

    def __init__(self, scene: Scene, rows: Sequence[_Row], words: Quantities) -> None:
        self._scene = scene
        self._words = words
        self._rows = rows
        self.quantities = tuple(row.quantity for row in rows)
        self._at: dict[int, list[int]] = {}
        self._told: dict[int, list[int]] = {}
        for place, (_, counted) in enumerate(rows):
            number = counted.number
            tokens = {number.first, number.last, counted.head}
            for token in sorted(tokens):
                self._at.setdefault(token, []).append(place)
            if counted.evidence is not None:
                self._told.setdefault(counted.evidence, []).append(place)
        self._held: dict[int, tuple[int, ...]] = {}

    def of(self, trigger: Trigger) -> tuple[Quantity, ...]:
        """The quantities that the trigger tells of, or that stand below it or among its arguments; no other event's."""
        grammar, head = self._scene.grammar, trigger.head
        arguments = [head, *grammar.under(head, "prep", "agent")]
        if not trigger.noun:
            arguments += [*grammar.subjects(head), *grammar.objects(head)]
        found = set(self._told.get(head, ())[:_MOST])
        for argument in arguments[:_MOST]:
            found.update(self._below(argument))
        if trigger.noun:
            found.update(self._below(head))
        other = self._words.told_as
        harm = trigger.action.name if trigger.action.name in other.values() else None
        mine = [
            place for place in sorted(found)
            if harm is None or (named := other.get(self.quantities[place].what)) in {None, harm} or _CASUALTIES in {named, harm}
        ]
        return tuple(self.quantities[place] for place in mine[:_MOST])

    def tolls(self, found: Sequence[Trigger], actions: Mapping[str, Action]) -> list[Trigger]:
        """A trigger for each count of the dead or wounded that none of these tells of ("put the toll at 46").

        Its head is the word that tells the harm, or the number; a part ("six of them children") goes with its whole.
        """
        held = {quantity.span for trigger in found for quantity in self.of(trigger)}
        taken = {index for trigger in found for index in self._scene.syntax.within(trigger.span)}
        fresh: dict[int, Trigger] = {}
        for quantity, counted in self._rows:
            name = self._words.told_as.get(counted.harm or "")
            if name is None or quantity.span in held or quantity.total_or_subset == "subset" or self._former(counted):
                continue
            head = counted.number.last if counted.evidence is None or counted.evidence in taken else counted.evidence
            if head not in taken and head not in fresh:
                fresh[head] = Trigger(head, self._scene.tokens[head].span, True, actions[name])
        return [fresh[head] for head in sorted(fresh)]

    def _former(self, counted: Counted) -> bool:
        """ "Its earlier count of 80": a figure that the sentence says something else than."""
        first = counted.number.first
        return counted.figure and first > 0 and self._scene.tokens[first - 1].text.lower() == "of"

    def _below(self, argument: int) -> tuple[int, ...]:
        """Places of the quantities at the token or right below it. Worked out once a token: many triggers may share it."""
        if argument not in self._held:
            near = Nearby(self._scene, argument)
            tokens = [argument]
            for child in near.under(argument, "nummod", "pobj", "amod", "quantmod", "nsubj", "prep", "compound"):
                tokens.append(child)
                tokens += near.under(child, "nummod", "pobj", "quantmod")
            places = {place for token in tokens for place in self._at.get(token, ())[:_MOST]}
            self._held[argument] = tuple(sorted(places)[:_MOST])
        return self._held[argument]


def find(scene: Scene, words: Quantities) -> Counts:
    """Every counted thing of a kind that is kept. A date, a clock time, an ordinal, an age or a share is none."""
    rows: list[_Row] = []
    for sentence in scene.syntax.sentences:
        rows.extend(_sentence(scene, sentence, words, rows[-1:]))
    return Counts(scene, rows, words)


def _sentence(scene: Scene, sentence: Sentence, words: Quantities, rows: Sequence[_Row]) -> Iterator[_Row]:
    found: list[Counted] = []
    for number in numbers(scene, sentence, words):
        if any(index in scene.time_at for index in range(number.first, number.last + 1)):
            continue
        counted = count(scene, number, words)
        if counted is not None:
            found.append(counted)
    if not found:
        return
    reaching = reach.cues(scene, sentence, words)
    parts = [_is_part(scene, found, place, words) for place in range(len(found))]
    for place, counted in enumerate(found):
        if parts[place] or counted.figure:
            counted = found[place] = _with_harm_of_whole(found, parts, place)
        if counted.figure and counted.harm is None:
            # "The figure should be 74": of those whose harm was told last.
            counted = found[place] = _with_harm_before(counted, rows)
        if _is_bare(counted) and not _of_those_before(scene, found, place, words):
            found[place] = msgspec.structs.replace(counted, kind=None)
            continue  # nothing says of what it is
        yield _Row(_quantity(scene, counted, parts[place], reaching, words), counted)


def _is_bare(counted: Counted) -> bool:
    return counted.what == "people" and counted.noun is None and counted.harm is None and counted.number.unit is None


def _of_those_before(scene: Scene, found: Sequence[Counted], place: int, words: Quantities) -> bool:
    """ "Six were kidnapped; three were released", "nine died and dozens more were trapped": people, as those before."""
    if not any(each.kind == "people" for each in found[max(0, place - _MOST) : place]):
        return False
    number = found[place].number
    after = scene.tokens[number.last + 1].text.lower() if number.last + 1 < len(scene.tokens) else ""
    return after in words.more or scene.tokens[number.last].dep in {"nsubj", "nsubjpass"}


def _quantity(scene: Scene, counted: Counted, part: bool, reaching: list[reach.Cue], words: Quantities) -> Quantity:
    number = counted.number
    span = number.words
    if number.bound == "exact" and counted.noun is None and counted.harm is not None and not number.none:
        above = scene.tokens[scene.tokens[number.last].head]
        if above.lemma.lower() in words.passing and scene.tokens[number.last].dep == "dobj":
            number = msgspec.structs.replace(number, bound="at-least", high=None)  # "the toll exceeded 500"
    head = counted.head
    if head > number.last and scene.tokens[head].end > span.end and head <= number.last + 8:
        span = Span(span.start, scene.tokens[head].end)
    extent = reach.reach(scene, counted, reaching, words)
    return Quantity(
        span=span,
        what=counted.what,
        low=number.low,
        high=number.high,
        words=number.words.of(scene.text),
        bound=number.bound,
        status=whose.status(scene, counted, words),
        side=whose.side(scene, counted, words),
        scope=extent.scope,
        since=extent.since,
        total_or_subset="subset" if part else "total",
        counted_by=whose.counter(scene, counted, words),
        as_of=extent.as_of,
    )


def _is_part(scene: Scene, found: Sequence[Counted], place: int, words: Quantities) -> bool:
    """ "…, including two children", "among them three medics", "30 of them", "two of the 31", "were among the 12"."""
    counted = found[place]
    number = counted.number
    if counted.partitive:
        return True
    start = number.words.start
    before = " ".join(scene.text[max(0, start - _BEFORE) : start].lower().split())
    if any(before == phrase or before.endswith(" " + phrase) for phrase in words.subset if phrase != "at least"):
        return True
    sentence = scene.syntax.sentence_of(number.first)
    if place:
        first = found[0].number
        opening = scene.text[sentence.span.start : first.words.start].lower().split()
        if opening in (["of"], ["of", "the"], ["of", "these"], ["of", "those"]):
            return True
        whole, between = _whole_before(found, place), scene.text[found[place - 1].number.words.end : start]
        if whole is not None and (":" in between or _is_listed(scene, found, whole, place)):
            return True
    near = Nearby(scene, number.last)
    at = counted.head
    for _ in range(3):
        token = scene.tokens[at]
        if token.dep in {"nsubj", "nsubjpass"}:
            return scene.tokens[token.head].lemma == "be" and any(
                scene.tokens[child].text.lower() in words.among for child in near.under(token.head, "prep")
            )
        if token.dep == "dobj":
            return counted.kind == "people" and scene.tokens[token.head].lemma.lower() in words.holding
        if token.head == at:
            return False
        at = token.head
    return False


def _whole_before(found: Sequence[Counted], place: int) -> int | None:
    return next((other for other in range(place - 1, max(-1, place - 1 - _MOST), -1) if found[other].kind == "people"), None)


def _is_listed(scene: Scene, found: Sequence[Counted], whole: int, place: int) -> bool:
    """A later member of the list behind a colon: "four: two deminers and two shepherds"."""
    for other in range(place - 1, max(0, place - _MOST), -1):
        between = scene.text[found[other - 1].number.words.end : found[other].number.words.start]
        if ":" in between:
            total = found[other - 1].number.low or 0.0
            listed = sum(each.number.low or 0.0 for each in found[other : place + 1])
            return listed <= total
    return False


def _with_harm_of_whole(found: Sequence[Counted], parts: Sequence[bool], place: int) -> Counted:
    """A part of the dead is dead as well, where nothing else is said of it."""
    counted = found[place]
    if counted.harm is not None or counted.kind != "people":
        return counted
    before = range(max(0, place - _MOST), place)
    # A figure is of what the sentence is about, a part of the whole right before it.
    wholes = [*(before if counted.figure else reversed(before)), *range(place + 1, min(len(found), place + _MOST))]
    for other in wholes:
        whole = found[other]
        if parts[other] or whole.kind is None or _is_bare(whole):
            continue
        if whole.harm is not None:
            return msgspec.structs.replace(counted, harm=whole.harm, what=whole.harm)
        if counted.noun is None:
            return msgspec.structs.replace(counted, kind=whole.kind, what=whole.what)
    return counted


def _with_harm_before(counted: Counted, rows: Sequence[_Row]) -> Counted:
    harm = rows[-1].counted.harm if rows else None
    near = rows and counted.number.words.start - rows[-1].quantity.span.end <= _LATELY
    return msgspec.structs.replace(counted, harm=harm, what=harm) if harm is not None and near else counted
