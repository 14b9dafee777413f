"""What a document tells of as one thing: its events, grouped into scenes by what each says of itself.

Coreference (`coding.clusters`) holds together mentions under one word; a scene is wider: the strike, the dead it left, "the
attack" three lines on. An event joins the last scene that nothing it says itself contradicts. What it says itself is what stands
in its own stretch of its sentence: a place or a day that only the context gives holds nothing apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import repeat

import msgspec

from ..knowledge.linking import IncidentWeights
from ..records import Event, EventPlace, Ground, Place, Quantity, Reading, Span, gap_km, holds, sentence_around
from ..records.ground import USUAL_RADIUS_KM

FIRM = frozenset({"stated", "anchored"})
SPOKEN_ROLES = frozenset({"accused", "claimed", "inferred"})
# Where a sentence turns to its next deed: at a comma or a colon, else at a word that opens a clause.
_COMMA = re.compile(r"[,;:–—]\s")
# What a wire puts before its first word ("BEIRUT/GENEVA, Sept 20 (Wire) - "): where and when it was written.
_DATELINE = re.compile(
    r"(?:(?:[A-Z][\w.'’]*|\d{1,4}|of|the|al)[\s,/;&|-]*){1,10}"
    r"(?:\([A-Z][\w ./&'’-]{1,40}\)\s*(?:[-–—]{1,2}|:)?\s*|[-–—]{1,2}\s)(?=\S)"
)
# "are shelling", "have suffered defeats"; "has shelled" is news.
_MANY = ("ing", "s")
_FAR_KM = 30.0
_LOOK_BACK = 60
# A day so few characters behind a word of speech is the day of speaking ("said late on Friday").
_AFTER_CUE = 12


class Days(msgspec.Struct, frozen=True):
    """First and last possible day as ordinals; `firm` where the text says or implies it, not only the report's date."""

    first: int
    last: int
    firm: bool


class Mention(msgspec.Struct, frozen=True):
    """An event with what its own words say: `stretch` is its part of its sentence, the others are empty where it says nothing."""

    event: Event
    sentence: int
    stretch: Span
    senses: frozenset[str]
    harm: bool
    again: bool
    apart: bool
    recalled: bool
    whole: bool
    places: tuple[EventPlace | Place, ...]
    days: Days | None
    targets: frozenset[str]


def enters(event: Event) -> bool:
    """Only what the article itself tells as a fact enters: no caption, no plan, nothing that is a running tally alone."""
    if event.region != "body" or event.type == "NONE" or event.modality != "asserted":
        return False
    return not event.quantities or any(not is_tally(quantity) for quantity in event.quantities)


def is_tally(quantity: Quantity) -> bool:
    """True for a figure over days, an area or a campaign."""
    return quantity.scope in {"period", "campaign"}


def scenes(reading: Reading, weights: IncidentWeights) -> list[list[Mention]]:
    """The document's events that enter, each in one scene, in the order of the text."""
    mentions = _mentions(reading, weights)
    acts = [each for each in mentions if not each.harm]
    found: list[list[Mention]] = []
    for mention in acts:
        _put(mention, _home_of_act(mention, found, weights), found)
    for mention in mentions:
        if mention.harm:
            _put(mention, _home_of_harm(mention, found, weights), found)
    ordered = [sorted(scene, key=_in_text) for scene in found]
    return sorted(ordered, key=lambda scene: _in_text(scene[0]))


def _put(mention: Mention, home: list[Mention] | None, found: list[list[Mention]]) -> None:
    if home is None:
        found.append([mention])
    else:
        home.append(mention)


def _in_text(mention: Mention) -> tuple[Span, str]:
    return mention.event.trigger, mention.event.id


# ------------------------------------------------------------------------------------------------------ which scene


def _home_of_act(mention: Mention, found: Sequence[list[Mention]], weights: IncidentWeights) -> list[Mention] | None:
    for scene in reversed(found[-_LOOK_BACK:]):
        if _held_apart(mention, scene):
            continue
        alike = [other for other in scene if mention.senses & other.senses and mention.whole == other.whole]
        same = any(mention.event.cluster and mention.event.cluster == other.event.cluster for other in alike)
        again = mention.again and any(_taken_up(mention, other) for other in alike)
        near = any(
            mention.senses & other.senses & weights.violent and abs(mention.sentence - other.sentence) <= weights.act_sentences
            and _taken_up(mention, other) for other in alike
        )
        if same or again or near:
            return scene
    return None


def _home_of_harm(mention: Mention, found: Sequence[list[Mention]], weights: IncidentWeights) -> list[Mention] | None:
    """The attack of the same sentence that is nearest; else the last one before, the first one after; else other harm."""
    ranked = []
    for at, scene in enumerate(found):
        if _held_apart(mention, scene):
            continue
        for other in scene:
            if other.event.type != mention.event.type:
                continue
            behind = mention.sentence - other.sentence
            coreferent = mention.event.cluster and other.event.cluster == mention.event.cluster
            if not coreferent and not -1 <= behind <= weights.harm_sentences:
                continue
            here, there = mention.event.trigger, other.event.trigger
            gap = max(here.start - there.end, there.start - here.end)
            rank = 0 if behind == 0 else 1 if behind > 0 else 2
            ranked.append((rank, abs(behind), other.harm, gap, at))
    return found[min(ranked)[-1]] if ranked else None


def _taken_up(again: Mention, other: Mention) -> bool:
    """True where a pointing word may take up the other: "the bombing of Monday" is not what was just denied."""
    return again.days is None or other.days is not None or again.event.polarity == other.event.polarity


def _held_apart(mention: Mention, scene: Sequence[Mention]) -> bool:
    """True where something that the event says of itself contradicts the scene."""
    return any(_contradict(mention, other) for other in scene) or (
        mention.apart and not any(other.stretch == mention.stretch or _one_breath(mention, other) for other in scene)
    )


def _one_breath(a: Mention, b: Mention) -> bool:
    """Both stand in one sentence, and the later one is not the one that is set apart."""
    if a.sentence != b.sentence:
        return False
    later = a if a.event.trigger > b.event.trigger else b
    return not later.apart


def _contradict(a: Mention, b: Mention) -> bool:
    if a.event.type != b.event.type and not a.senses & b.senses:
        return True
    if a.days and b.days and (a.days.first > b.days.last or b.days.first > a.days.last):
        return True
    if a.places and b.places:
        if all(_elsewhere(one, other) for one in a.places for other in b.places):
            return True
    elif _far(a, b) or _far(b, a):
        return True
    if a.targets and b.targets and not a.targets & b.targets and not (a.again or b.again or a.harm or b.harm):
        return True
    return _reversed(a.event, b.event)


def _elsewhere(a: EventPlace | Place, b: EventPlace | Place) -> bool:
    if a.name == b.name or a.name in b.name or b.name in a.name:
        return False
    one, other = located(a), located(b)
    if one is None or other is None:
        return one is None and other is None
    return not (holds(one, other) or holds(other, one)) and gap_km(one, other) > 0


def _far(a: Mention, b: Mention) -> bool:
    """True where the place that one names itself is far from the one that the context gives the other."""
    if b.places or b.event.place is None:
        return False
    there = located(b.event.place)
    own = [each for place in a.places if (each := located(place)) is not None]
    return there is not None and bool(own) and all(gap_km(each, there) > _FAR_KM for each in own)


def located(place: EventPlace | Place) -> Ground | None:
    """The place as ground; None where it has no coordinates."""
    if place.lat is None or place.lon is None:
        return None
    radius = place.radius_km or USUAL_RADIUS_KM.get(place.precision or "town", 5.0)
    return Ground(place.lat, place.lon, radius, place.name)


def _reversed(a: Event, b: Event) -> bool:
    """True where the doer of one suffers the other."""
    doers_a, doers_b = _entities(a, "actors"), _entities(b, "actors")
    return bool(doers_a & _entities(b, "recipients") or doers_b & _entities(a, "recipients"))


def _entities(event: Event, side: str) -> frozenset[str]:
    parties = event.actors if side == "actors" else event.recipients
    return frozenset(each.entity for each in parties if each.entity is not None and each.role not in SPOKEN_ROLES)


# ------------------------------------------------------------------------------------------- what an event says itself


def _mentions(reading: Reading, weights: IncidentWeights) -> list[Mention]:
    entering = sorted((event for event in reading.events if enters(event)), key=lambda event: (event.trigger, event.id))
    by_sentence: dict[Span, list[Event]] = {}
    for event in entering:
        by_sentence.setdefault(sentence_around(reading.text, event.trigger), []).append(event)
    numbers = _numbers(reading, by_sentence)
    tallied = {
        sentence for event in reading.events if event.quantities and all(is_tally(each) for each in event.quantities)
        for sentence in [sentence_around(reading.text, event.trigger)]
    }
    words = _Words(weights)
    found = []
    for sentence, events in by_sentence.items():
        for event, stretch in zip(events, _stretches(reading.text, sentence, events, words), strict=True):
            found.append(_mention(reading, event, sentence, stretch, numbers[sentence], sentence in tallied, words, weights))
    return sorted(found, key=_in_text)


def _numbers(reading: Reading, sentences: Iterable[Span]) -> Mapping[Span, int]:
    """How many sentences of the text lie before each, roughly: counted by where sentences of its body end."""
    starts: list[int] = []
    for part in reading.body:
        at = part.start
        while at < part.end:
            sentence = sentence_around(reading.text, Span(at, at + 1))
            starts.append(sentence.start)
            at = max(sentence.end, at) + 1
    ordered = sorted({*starts, *(sentence.start for sentence in sentences)})
    return {sentence: ordered.index(sentence.start) for sentence in sentences}


class _Words:
    """The lists of words as patterns."""

    def __init__(self, weights: IncidentWeights) -> None:
        self.apart = _pattern(weights.apart)
        self.counts = _pattern(weights.counts)
        self.other_time = _pattern(weights.other_time)
        self.recalled = _pattern(weights.recalled)
        self.periods = _pattern(weights.periods)
        lasting = "|".join(map(re.escape, sorted(weights.lasting)))
        self.lasting = re.compile(rf"\b(?:{lasting})\s(?:\S+\s){{0,2}}$", re.IGNORECASE)
        self.targets = {name: _pattern(words) for name, words in sorted(weights.targets.items())}
        self.any_target = _pattern(tuple(word for words in weights.targets.values() for word in words))
        pointers = "|".join(map(re.escape, sorted(weights.pointers)))
        self.pointer = re.compile(rf"\b(?:{pointers})\s+(?:\S+\s+){{0,2}}$", re.IGNORECASE)
        self.repeats = weights.repeats
        self.clause = re.compile(r"[,;]\s(?:" + "|".join(map(re.escape, sorted(weights.next_clause))) + r")\s")
        auxiliaries, openers = ("|".join(map(re.escape, sorted(some))) for some in (weights.auxiliaries, weights.openers))
        self.turns = (
            _COMMA, re.compile(rf"\b(?:{openers})\s(?!(?:{auxiliaries})\b)"), re.compile(rf"\b(?:{auxiliaries})\s"),
        )


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


def _mention(
    reading: Reading, event: Event, sentence: Span, stretch: Span, number: int, tallied: bool, words: _Words,
    weights: IncidentWeights,
) -> Mention:
    said = stretch.of(reading.text)
    trigger = event.trigger.of(reading.text).lower()
    days = own_days(reading, event, stretch, weights.weekdays) or _days_beside(reading, stretch, weights.weekdays)
    return Mention(
        event=event,
        sentence=number,
        stretch=stretch,
        senses=weights.senses_of(event.action),
        harm=event.action in weights.consequences,
        again=trigger in words.repeats and words.pointer.search(reading.text, sentence.start, event.trigger.start) is not None,
        apart=tallied or words.other_time.search(said) is not None or (
            words.apart.search(words.counts.sub("", reading.text[stretch.start : event.trigger.end])) is not None
        ),
        recalled=words.recalled.search(said) is not None or (
            (days is None or not days.firm) and _goes_on(reading.text, event.trigger, stretch, sentence, words, weights)
        ),
        whole=event.action in weights.wholes,
        places=_own_places(reading, event, stretch, words, weights),
        days=days,
        targets=_targets(reading, stretch, words),
    )


def _goes_on(text: str, trigger: Span, stretch: Span, sentence: Span, words: _Words, weights: IncidentWeights) -> bool:
    """True where a deed without a day is told as a state or a habit, or over a period."""
    word = trigger.of(text).lower()
    return (
        word in weights.states
        or (word.endswith(_MANY) and words.lasting.search(text[stretch.start : trigger.start]) is not None)
        or words.periods.search(sentence.of(text)) is not None
    )


def _targets(reading: Reading, stretch: Span, words: _Words) -> frozenset[str]:
    if words.any_target.search(reading.text, stretch.start, stretch.end) is None:
        return frozenset()
    return frozenset(name for name, pattern in words.targets.items() if _hits(reading, pattern, stretch))


def _hits(reading: Reading, pattern: re.Pattern[str], stretch: Span) -> bool:
    """True where the thing is named in the stretch other than as the one who speaks ("the hospital said")."""
    for match in pattern.finditer(reading.text, stretch.start, stretch.end):
        span = Span(*match.span())
        if not any(claim.source is not None and claim.source.overlaps(span) for claim in reading.attributions):
            return True
    return False


def _own_places(
    reading: Reading, event: Event, stretch: Span, words: _Words, weights: IncidentWeights
) -> tuple[EventPlace | Place, ...]:
    """The places in the event's own words: the one that coding gives it where it stands there, and the local ones beside it, but
    none of a clause that comes after it ("..., and a count of 83 was going round in the capital")."""
    found: list[EventPlace | Place] = []
    if event.place is not None and event.place.span is not None and event.place.span.overlaps(stretch):
        found.append(event.place)
    for place in reading.places:
        beside = place.locative and stretch.covers(place.span) and (place.radius_km or 0.0) <= weights.vague_radius_km
        if beside and not words.clause.search(reading.text, event.trigger.end, place.span.start):
            found.append(place)
    return tuple(found)


def own_days(reading: Reading, event: Event, within: Span, weekdays: frozenset[str]) -> Days | None:
    """The days that the sentence itself gives the event; None where it gives none."""
    time = event.time
    if time is None or time.basis not in FIRM or time.span is None or not (time.start and time.end):
        return None
    if not time.span.overlaps(within):
        return None
    return _not_after(reading, time.span, Days(_day(time.start), _day(time.end), True), weekdays)


def _days_beside(reading: Reading, within: Span, weekdays: frozenset[str]) -> Days | None:
    """The one day named in the stretch, other than the day on which somebody spoke; not firm: coding ties it to no deed."""
    cues = [cue.end for claim in reading.attributions for cue in claim.cue]
    found = set()
    for time in reading.times:
        if time.vague or not (time.start and time.end) or not within.covers(time.span):
            continue
        if any(0 <= time.span.start - cue <= _AFTER_CUE for cue in cues):
            continue
        first, last = _day(time.start), _day(time.end)
        if last - first <= 1:
            found.add((time.span, first, last))
    if len({(first, last) for _, first, last in found}) != 1:
        return None
    span, first, last = min(found)
    return _not_after(reading, span, Days(first, last, False), weekdays)


def _not_after(reading: Reading, span: Span, days: Days, weekdays: frozenset[str]) -> Days | None:
    """What is told as done was done before it was told: "Friday's bombing" is of the Friday before."""
    told = published(reading)
    if told is None or days.first <= told:
        return Days(days.first, max(days.first, days.last), days.firm)
    if days.first - 7 <= told and any(day in span.of(reading.text).lower() for day in weekdays):
        return Days(days.first - 7, max(days.first, days.last) - 7, days.firm)
    return None


def published(reading: Reading) -> int | None:
    """The last possible day of publication as an ordinal; None when it is not known."""
    day = reading.document.published.end or reading.document.published.best
    return _day(day) if day else None


def _day(text: str) -> int:
    return date.fromisoformat(text[:10]).toordinal()


def _stretches(text: str, sentence: Span, events: Sequence[Event], words: _Words) -> Iterator[Span]:
    """The sentence cut between its events, which stand in their order; those of one clause have all of it."""
    dateline = _DATELINE.match(text, sentence.start, events[0].trigger.start)
    start = dateline.end() if dateline else sentence.start
    together = [events[0]]
    for event in events[1:]:
        cut = _cut(text, together[-1].trigger, event.trigger, words)
        if cut is None:
            together.append(event)
            continue
        cut = max(start, cut)
        yield from repeat(Span(start, cut), len(together))
        start, together = cut, [event]
    yield from repeat(Span(start, max(sentence.end, start)), len(together))


def _cut(text: str, before: Span, after: Span, words: _Words) -> int | None:
    """Where the sentence turns from the one deed to the other; None within a clause."""
    for pattern in words.turns:
        found = [match.start() for match in pattern.finditer(text, before.end, after.start)]
        if found:
            return found[0] if pattern is _COMMA else found[-1]
    return None
