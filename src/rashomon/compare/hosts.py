"""Which attack of a story a statement is about that is no event of its own: blame, a denial, a figure disputed.

In its own document: the attack told last before it, else the first one soon after. Where its document tells of none: the one
attack of the story that the words point to, by place, day, thing hit or proper name; a story with one attack alone needs no sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..records import Event, EventGroup, Ground, Span, gap_km, ground, sentence_around
from .voices import Source
from .wheres import as_place

ATTACK = "ASSAULT"
AFTER = 600  # characters after a statement in which the attack may be told that it is about
_NEAR_KM = 25.0
_WIDEST_KM = 60.0
_LONGEST = 7  # days of an interval that still points to one attack
_PROPER = re.compile(r"(?<=[\w,;’'\"“(-] )[A-Z][\w’'-]{3,}")
_SURE = 2  # signs that a figure needs, which is no denial and blames nobody


class Asked(msgspec.Struct, frozen=True):
    """What is looked for: the statement's words, its speaker, and what kind of statement it is.

    `inside`: the words of its own claim. `figure`: it gives a number. `negative`: it denies.
    """

    span: Span
    inside: tuple[Span, ...]
    speaker: str | None
    negative: bool
    figure: bool


def own_host(
    source: Source, asked: Asked, home: Mapping[str, int], spread: Sequence[int], rules: ComparisonRules
) -> int | None:
    """The group of the attack told last before the words, else of the first one after them; None where there is none."""
    before: list[tuple[Span, int]] = []
    after: list[tuple[Span, int]] = []
    for key, event in source.events.items():
        number = home.get(key)
        if number is None or event.type != ATTACK or event.region != "body" or event.modality != "asserted":
            continue
        own = any(span.covers(event.trigger) for span in asked.inside)
        if event.polarity == "negative" or (own and spread[number] < 2):
            continue
        voice = source.voice(source.speaking(event), rules)
        if voice.speaker is not None and voice.speaker == asked.speaker and spread[number] < 2 and asked.negative:
            # Nobody denies what is his own version.
            continue
        (before if event.trigger < asked.span or own else after).append((event.trigger, number))
    if before:
        several = [each for each in before if spread[each[1]] > 1]
        return max(several or before)[1]
    if asked.figure:
        return None
    near = [each for each in after if each[0].start - asked.span.end <= AFTER]
    return min(near)[1] if near else None


class Signs(msgspec.Struct, frozen=True):
    """What words name: places, days, things that can be hit, proper names that are neither."""

    grounds: tuple[Ground, ...]
    places: frozenset[str]
    days: tuple[tuple[str, str], ...]
    things: frozenset[str]
    names: frozenset[str]


def other_host(
    source: Source, asked: Asked, groups: Sequence[EventGroup], sources: Mapping[str, Source], rules: ComparisonRules
) -> int | None:
    """The one attack that other documents of the story tell of and the statement points to; None where none or several do."""
    around = sentence_around(source.reading.text, asked.span)
    mine = _signs(source, (around,), asked.inside or (around,), rules)
    found: list[tuple[int, int, int]] = []
    for number, group in enumerate(groups):
        told = [
            (other, event) for key, other in sorted(sources.items()) if key != source.key for event_key in group.events
            if (event := other.events.get(event_key)) is not None and event.type == ATTACK and event.polarity == "positive"
            and event.modality == "asserted"
        ]
        if not told or not any(event.action not in rules.consequences for _, event in told):
            continue
        score = _score(mine, told, rules)
        if score is not None:
            found.append((score, len({other.key for other, _ in told}), number))
    if not found:
        return None
    ranked = sorted(found, key=lambda each: (-each[0], -each[1], each[2]))
    best = ranked[0]
    if len(ranked) > 1 and ranked[1][:2] == best[:2]:
        return None
    alone = len(ranked) == 1 and not asked.figure
    return best[2] if best[0] >= (_SURE if asked.figure else 1) or alone else None


def _score(mine: Signs, told: Sequence[tuple[Source, Event]], rules: ComparisonRules) -> int | None:
    """How many signs point to an attack; None where the places speak against it."""
    grounds = [place for _, event in told if (place := ground(event.place)) is not None]
    names = {event.place.name for _, event in told if event.place is not None}
    by_document: dict[str, tuple[Source, list[Span]]] = {}
    for source, event in told:
        spans = by_document.setdefault(source.key, (source, []))[1]
        spans.append(sentence_around(source.reading.text, event.trigger))
    theirs = [_signs(source, spans, spans, rules) for source, spans in by_document.values()]
    same = bool(mine.places & names) or any(gap_km(a, b) <= _NEAR_KM for a in mine.grounds for b in grounds)
    if mine.grounds and grounds and not same:
        return None
    days = {day for each in theirs for day in each.days}
    days |= {(event.time.start[:10], (event.time.end or event.time.start)[:10]) for _, event in told
             if event.time is not None and event.time.start and event.time.basis in {"stated", "anchored"}}
    met = any(a[0] <= b[1] and b[0] <= a[1] for a in mine.days for b in days)
    things = any(mine.things & each.things for each in theirs)
    proper = any(mine.names & each.names for each in theirs)
    return 2 * same + met + things + proper


def _signs(source: Source, where: Iterable[Span], inside: Iterable[Span], rules: ComparisonRules) -> Signs:
    """The signs of whole sentences; days of the claim's own words only, since a denial has a day of its own."""
    reading, sentences, claimed = source.reading, tuple(where), tuple(inside)
    text = reading.text
    here = [place for place in reading.places if place.locative and any(span.covers(place.span) for span in sentences)]
    days = tuple(
        (each.start[:10], each.end[:10]) for each in reading.times
        if each.start and each.end and not each.vague and each.type in {"DATE", "TIME"}
        and any(span.covers(each.span) for span in claimed) and _short(each.start, each.end)
    )
    words = {word for span in sentences for word in re.findall(r"\w+", span.of(text).lower())}
    things = frozenset(word.removesuffix("s") for word in words if rules.targets.keys() & {word, word.removesuffix("s")})
    known = [mention for entity in reading.entities if entity.kind in rules.party_kinds for mention in entity.mentions]
    known += [place.span for place in reading.places] + [each.span for each in reading.times]
    proper = frozenset(
        match.group() for span in sentences for match in _PROPER.finditer(text, span.start + 1, span.end)
        if not any(each.overlaps(Span(*match.span())) for each in known)
    )
    # A country or a whole region points to no attack, and speaks against none.
    grounds = (ground(as_place(place)) for place in here)
    narrow = tuple(each for each in grounds if each is not None and each.radius_km <= _WIDEST_KM)
    named = frozenset(place.name for place in here if place.precision not in {"country", "region"})
    return Signs(narrow, named, days, things, proper)


def _short(start: str, end: str) -> bool:
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days < _LONGEST
