"""What stories are told apart by: a document's words, names, numbers, days and places, and nothing of other documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import msgspec
import numpy as np

from ..knowledge.linking import StoryWeights
from ..knowledge.rarity import Rarity
from ..records import Ground, Reading, ground
from .words import Terms, names, terms, vector, word_id, words

# "BEIRUT, Sept 17 (Agency) -": the outlet in the parenthesis.
_DATELINE = re.compile(r"[^()\n]{0,80}\(([^()\n]{2,40})\)\s*[-–—]")


class Sketch(msgspec.Struct, frozen=True, eq=False):
    """One document as the linker sees it.

    `rare` holds words whose rarity is over the floor, with what is over it; `signs` the numbers of the words that find
    candidates; `days` the first and last possible day of publication as ordinals, or None.
    """

    key: str
    text: Terms
    lead: Terms
    names: Terms
    numbers: Terms
    rare: Terms
    rare_names: Terms
    signs: tuple[int, ...]
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

    def over_floor(tokens: Iterable[str]) -> dict[str, float]:
        over = {word: table.get(word, unseen) - weights.rare_floor for word in set(tokens)}
        return {word: value for word, value in over.items() if value > 0}

    whole = vector(every, table, unseen)
    signs = sorted(whole, key=lambda word: (-whole[word], word))[: weights.signs]
    return Sketch(
        key=key,
        text=terms(whole),
        lead=terms(vector(heading + body[: weights.lead_words], table, unseen)),
        names=terms(vector(called, table, unseen)),
        numbers=terms(vector((word for word in every if word.isdigit()), table, unseen)),
        rare=terms(over_floor(every)),
        rare_names=terms(over_floor(called)),
        signs=tuple(sorted(map(word_id, signs))),
        days=_days(*published),
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
    """A sketch as it is stored: of each term vector the ids (int64) and the weights (float32), little-endian."""

    terms: tuple[tuple[bytes, bytes], ...]
    signs: tuple[int, ...]
    days: tuple[int, int] | None
    places: tuple[Ground, ...]


_TERMS = ("text", "lead", "names", "numbers", "rare", "rare_names")


def packed(one: Sketch) -> bytes:
    """The sketch as bytes, without its key."""
    vectors: list[Terms] = [getattr(one, name) for name in _TERMS]
    held = tuple((each.ids.astype("<i8").tobytes(), each.weights.astype("<f4").tobytes()) for each in vectors)
    return msgspec.msgpack.encode(_Packed(held, one.signs, one.days, one.places))


def unpacked(key: str, content: bytes) -> Sketch:
    """The sketch that `packed` made these bytes of."""
    held = msgspec.msgpack.decode(content, type=_Packed)
    vectors = [Terms(np.frombuffer(ids, "<i8"), np.frombuffer(weights, "<f4")) for ids, weights in held.terms]
    text, lead, called, numbers, rare, rare_names = vectors
    return Sketch(key, text, lead, called, numbers, rare, rare_names, held.signs, held.days, held.places)


def _outlets(reading: Reading, blocks: list[str]) -> frozenset[str]:
    """Words of the names of publisher, agencies and the outlet in a dateline."""
    known = reading.document
    named = [known.publisher, known.republished_from, *known.credits]
    named += [match.group(1) for block in blocks[:3] if (match := _DATELINE.match(block))]
    return frozenset(word for name in named if name for word in words(name))


def _days(start: str | None, end: str | None) -> tuple[int, int] | None:
    if start is None and end is None:
        return None
    first = date.fromisoformat((start or end or "")[:10]).toordinal()
    return first, max(first, date.fromisoformat((end or start or "")[:10]).toordinal())
