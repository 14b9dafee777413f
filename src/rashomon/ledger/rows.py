"""The rows that a reading is looked up by, as plain tuples in the order of the tables' columns, without the first of them.

That first column holds the document's number, or a number made of it: so rows are made before the ledger numbers the document.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, literal_column

from ..records import Actor, EventPlace, Reading, Span, claim_keys, event_keys
from .dialect import Row
from .packing import hashed, plain, plain_or_none
from .passages import passages

_KM_A_DEGREE = 111.195
# A document has fewer passages and fewer boxes than two to that power.
PARTS = 20


class ReadingRows:
    """Rows of one reading for claims, names, events and the boxes of its places; `key` is the document's key."""

    __slots__ = ("boxes", "claims", "events", "names")

    def __init__(self, key: str, reading: Reading) -> None:
        claims_by_id, events_by_id = claim_keys(key, reading.attributions), event_keys(key, reading.events)
        self.claims: list[Row] = [
            (
                position, claims_by_id[claim.id], claim.id, claim.parent,
                *(claim.source or (None, None)), *_hull(claim.content), plain_or_none(claim.speaker), claim.kind,
                claim.hedge, claim.stance, claim.anonymous, claim.confidence,
            )
            for position, claim in enumerate(reading.attributions)
        ]
        named: list[tuple[str, str | None, int]] = [
            (plain(entity.name), entity.kind, len(entity.mentions)) for entity in reading.entities
        ]
        called = {name for name, _, _ in named}
        self.events: list[Row] = []
        spots: dict[tuple[float, float, float], None] = {}
        for position, event in enumerate(reading.events):
            actors, recipients = _names(event.actors), _names(event.recipients)
            for name in (*actors, *recipients):
                if name not in called:
                    called.add(name)
                    named.append((name, None, 0))
            self.events.append(
                (
                    position, events_by_id[event.id], event.id, *event.trigger,
                    event.type, event.action, quoted(actors), quoted(recipients), event.direction,
                    event.modality, event.polarity, event.outcome, event.according_to, event.region,
                    *place_columns(event.place), *time_columns(event.time), event.confidence,
                )
            )
            where = event.place
            if where is not None and where.lat is not None and where.lon is not None:
                spots[where.lat, where.lon, where.radius_km or 0.0] = None
        self.names: list[Row] = [(position, *row) for position, row in enumerate(named)]
        self.boxes: list[Row] = [box_around(*spot) for spot in spots]


def part_numbers(document: int, count: int = 1 << PARTS) -> range:
    """Numbers of a document's passages, or of its boxes; of all that it can have without `count`."""
    return range(document << PARTS, (document << PARTS) + count)


def document_of(part: ColumnElement[int]) -> ColumnElement[int]:
    """The document's number, of a passage's or a box's."""
    return part.bitwise_rshift(literal_column(str(PARTS)))


def reading_row(reading: Reading, content: bytes, packed: bytes) -> Row:
    """What the row says that keeps the reading whole, but for its numbers and instants; `content` is its JSON."""
    about, made = reading.document, reading.made_by
    return (
        reading.schema, made.code, made.knowledge, made.models, made.extractor,
        plain_or_none(about.title), plain_or_none(about.publisher), plain_or_none(about.author),
        about.published.start, about.published.end, about.published.best, about.published.basis, about.genre,
        hashed(content), packed,
    )


def passage_rows(text: str, reading: Reading | None) -> list[Row]:
    """One row a sentence: of the article's own text where it was read, of the whole text where it was not."""
    regions = reading.body if reading else (Span(0, len(text)),)
    return [(span.start, span.end, plain(span.of(text))) for span in passages(text, regions)]


def place_box(place: EventPlace | None) -> tuple[float, float, float, float] | None:
    """South, north, west and east edge, in degrees, of a box that holds the whole place; None without coordinates."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return box_around(place.lat, place.lon, place.radius_km or 0.0)


def box_around(lat: float, lon: float, radius_km: float) -> tuple[float, float, float, float]:
    """South, north, west, east of a box around a circle. One that crosses 180° or a pole spans every longitude."""
    height = radius_km / _KM_A_DEGREE
    south, north = lat - height, lat + height
    if south <= -90 or north >= 90:
        return max(south, -90.0), min(north, 90.0), -180.0, 180.0
    sine = math.sin(math.radians(height)) / math.cos(math.radians(lat))
    width = math.degrees(math.asin(min(1.0, sine)))
    if lon - width < -180 or lon + width > 180:
        return south, north, -180.0, 180.0
    return south, north, lon - width, lon + width


def place_columns(place: EventPlace | None) -> tuple[Any, ...]:
    """Name, latitude, longitude and radius."""
    return (plain(place.name), place.lat, place.lon, place.radius_km) if place else (None, None, None, None)


def time_columns(time: Any) -> tuple[str | None, str | None]:
    """First and last day or instant."""
    return (time.start, time.end) if time else (None, None)


def quoted(value: str | list[str]) -> str:
    """The name or names as JSON, as the rows of events hold them."""
    return msgspec.json.encode(value).decode()


def _names(parties: tuple[Actor, ...]) -> list[str]:
    return [plain(party.name) for party in parties if party.name is not None]


def _hull(spans: tuple[Span, ...]) -> tuple[int | None, int | None]:
    if not spans:
        return None, None
    return min(span.start for span in spans), max(span.end for span in spans)
