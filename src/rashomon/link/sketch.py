"""What stories are told apart by: a document's words, names, numbers, days and places, and nothing of other documents."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
import numpy as np

from ..knowledge.linking import StoryWeights
from ..knowledge.rarity import Rarity
from ..records import Ground, Reading, ground
from .words import Terms, ages, full_names, names, placed, terms, vector, word_id, words

# "BEIRUT, Sept 17 (Agency) -": the outlet in the parenthesis.
_DATELINE = re.compile(r"[^()\n]{0,80}\(([^()\n]{2,40})\)\s*[-–—]")


FACETS = (
    "lead", "names", "numbers", "rare words", "full names", "ages", "place words", "rare place words", "told days",
)


class Sketch(msgspec.Struct, frozen=True, eq=False):
    """One document as the linker sees it.

    `terms` holds the words of each of FACETS, in that order: unit vectors of the first three, elsewhere what each word weighs
    by itself. `signs`: numbers of the words that find candidates. `named`: the text holds a full name that is surely one.
    `placed`: what its place words weigh together. `days`: the first and last possible day of publication as ordinals, or None.
    """

    key: str
    terms: Terms
    signs: tuple[int, ...]
    named: bool
    aged: bool
    told: bool
    placed: float
    days: tuple[int, int] | None
    places: tuple[Ground, ...] = ()


def sketch(
    key: str,
    title: str | None,
    text: str,
    published: tuple[str | None, str | None],
    rarity: Rarity,
    weights: StoryWeights,
    places: Iterable[Ground] = (),
    outlets: frozenset[str] = frozenset(),
) -> Sketch:
    """The sketch of a text. `published`: first and last possible day (ISO 8601), or None for unknown. Words in `outlets`
    are passed over."""
    heading = [word for word in words(title or "") if word not in outlets]
    body = [word for word in words(text) if word not in outlets]
    every, called = heading + body, [word for word in names(text) if word not in outlets]
    table, unseen = rarity.words, rarity.unseen
    days = days_of(*published)
    both = f"{title or ''}. {text}"

    def over(floor: float, tokens: Iterable[str]) -> dict[str, float]:
        raised = {word: math.fsum(table.get(each, unseen) for each in words(word)) - floor for word in set(tokens)}
        return {word: value for word, value in raised.items() if value > 0}

    whole = vector(every, rarity.of)
    signs = sorted(whole, key=lambda word: (-whole[word], word))[: weights.signs]
    full = over(weights.name_floor, full_names(both))
    aged = ages(both, weights.age_before, weights.age_after)
    around = {word for word in placed(both, weights.place_before) if word not in outlets}
    told = _told(words(text)[: weights.told_words], days, weights)
    named = {
        "lead": vector(heading + body[: weights.lead_words], rarity.of),
        "names": vector(called, rarity.of),
        "numbers": vector((word for word in every if word.isdigit()), rarity.of),
        "rare words": over(weights.rare_floor, every),
        "full names": full,
        "ages": dict.fromkeys(aged, 1.0),
        "place words": over(0.0, around),
        "rare place words": over(weights.place_floor, around),
        "told days": {str(day): 1.0 for day in told},
    }
    return Sketch(
        key=key,
        terms=terms([named[facet] for facet in FACETS]),
        signs=tuple(sorted(map(word_id, signs))),
        named=any(value >= weights.sure_name - weights.name_floor for value in full.values()),
        aged=bool(aged),
        told=bool(told),
        placed=round(math.fsum(named["place words"].values()), 6),
        days=days,
        places=tuple(places),
    )


def sketch_reading(key: str, reading: Reading, rarity: Rarity, weights: StoryWeights) -> Sketch:
    """The sketch of a reading: its own body text, its publication interval, the places of its asserted events.

    Names of the outlet and its agencies tell no happenings apart, and are left out. So is a short last paragraph: it holds
    what an outlet says of itself more often than what happened.
    """
    blocks = [span.of(reading.text) for span in reading.body]
    if len(blocks) > weights.tail_after and len(words(blocks[-1])) <= weights.tail_words:
        blocks.pop()
    text = "\n".join(blocks)
    published = reading.document.published
    found = {
        ground(event.place)
        for event in reading.events
        if event.region == "body" and event.modality == "asserted" and event.place is not None
    }
    places = sorted(place for place in found if place is not None)
    title, outlets = reading.document.title, _outlets(reading, blocks)
    return sketch(key, title, text, (published.start, published.end), rarity, weights, places, outlets)


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """A sketch as it is stored: ids (int64) and weights (float32) of its terms little-endian, all else as it is."""

    ids: bytes
    weights: bytes
    signs: tuple[int, ...]
    named: bool
    aged: bool
    told: bool
    placed: float
    days: tuple[int, int] | None
    places: tuple[Ground, ...]


_PACKING = msgspec.msgpack.Encoder()
_UNPACKING = msgspec.msgpack.Decoder(_Packed)


def packed(one: Sketch) -> bytes:
    """The sketch as bytes, without its key."""
    ids, weights = one.terms.ids.astype("<i8").tobytes(), one.terms.weights.astype("<f4").tobytes()
    held = _Packed(ids, weights, one.signs, one.named, one.aged, one.told, one.placed, one.days, one.places)
    return _PACKING.encode(held)


def unpacked(key: str, content: bytes) -> Sketch:
    """The sketch that `packed` made these bytes of."""
    held = _UNPACKING.decode(content)
    found = Terms(np.frombuffer(held.ids, "<i8"), np.frombuffer(held.weights, "<f4"))
    return Sketch(key, found, held.signs, held.named, held.aged, held.told, held.placed, held.days, held.places)


def _told(tokens: Sequence[str], days: tuple[int, int] | None, weights: StoryWeights) -> set[int]:
    """Days that the words name, as ordinals: the last such weekday, the last such day of a month before publication.

    Only where the day of publication is known to the day: elsewhere a weekday names none.
    """
    if days is None or days[0] != days[1]:
        return set()
    published = days[0]
    weekdays = [weights.weekdays[word] for word in tokens if word in weights.weekdays][: weights.told_weekdays]
    found = {published - (published - 1 - weekday) % 7 for weekday in weekdays}
    year = date.fromordinal(published).year
    for month, day in itertools.pairwise(tokens):
        if month in weights.months and day.isdecimal() and len(day) < 3:
            dated = (_ordinal(each, weights.months[month], int(day)) for each in (year, year - 1))
            found.update(itertools.islice((each for each in dated if each and each <= published + 1), 1))
    return found


def _ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _outlets(reading: Reading, blocks: list[str]) -> frozenset[str]:
    """Words of the names of publisher, agencies and the outlet in a dateline."""
    known = reading.document
    named = [known.publisher, known.republished_from, *known.credits]
    named += [match.group(1) for block in blocks[:3] if (match := _DATELINE.match(block))]
    return frozenset(word for name in named if name for word in words(name))


def days_of(start: str | None, end: str | None) -> tuple[int, int] | None:
    """First and last day as ordinals of an interval (ISO 8601); None where nothing is known."""
    if start is None and end is None:
        return None
    first = date.fromisoformat((start or end or "")[:10]).toordinal()
    return first, max(first, date.fromisoformat((end or start or "")[:10]).toordinal())
