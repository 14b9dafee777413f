"""What stories are told apart by: a document's words, names, numbers, days and places, and nothing of other documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from ..knowledge.linking import StoryWeights
from ..knowledge.rarity import Rarity
from ..records import Ground, Reading, ground
from .words import Vector, names, vector, words


class Sketch(msgspec.Struct, frozen=True):
    """One document as the linker sees it.

    `rare` holds words whose rarity is over the floor, with what is over it; `signs` the words that find candidates;
    `days` the first and last possible day of publication as ordinals, or None.
    """

    key: str
    text: Vector
    lead: Vector
    names: Vector
    numbers: Vector
    rare: Vector
    rare_names: Vector
    signs: tuple[str, ...]
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
) -> Sketch:
    """The sketch of a text. `published`: first and last possible day (ISO 8601), or None for unknown."""
    heading, body = words(title or ""), words(text)
    every, called = heading + body, names(text)
    table, unseen = rarity.words, rarity.unseen

    def over_floor(tokens: Iterable[str]) -> dict[str, float]:
        over = {word: table.get(word, unseen) - weights.rare_floor for word in set(tokens)}
        return {word: value for word, value in over.items() if value > 0}

    whole = vector(every, table, unseen)
    signs = sorted(whole, key=lambda word: (-whole[word], word))[: weights.signs]
    return Sketch(
        key=key,
        text=whole,
        lead=vector(heading + body[: weights.lead_words], table, unseen),
        names=vector(called, table, unseen),
        numbers=vector((word for word in every if word.isdigit()), table, unseen),
        rare=over_floor(every),
        rare_names=over_floor(called),
        signs=tuple(sorted(signs)),
        days=_days(*published),
        places=tuple(places),
    )


def sketch_reading(key: str, reading: Reading, rarity: Rarity, weights: StoryWeights) -> Sketch:
    """The sketch of a reading: its own body text, its publication interval, the places of its asserted events."""
    text = "\n".join(span.of(reading.text) for span in reading.body)
    published = reading.document.published
    found = {
        ground(event.place)
        for event in reading.events
        if event.region == "body" and event.modality == "asserted" and event.place is not None
    }
    places = sorted(place for place in found if place is not None)
    return sketch(key, reading.document.title, text, (published.start, published.end), rarity, weights, places)


def _days(start: str | None, end: str | None) -> tuple[int, int] | None:
    if start is None and end is None:
        return None
    first = date.fromisoformat((start or end or "")[:10]).toordinal()
    return first, max(first, date.fromisoformat((end or start or "")[:10]).toordinal())
