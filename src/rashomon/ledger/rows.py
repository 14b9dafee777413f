"""The rows that a reading is looked up by, as plain tuples in the order of the tables' columns."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from ..records import Actor, EventPlace, Reading, Span, claim_keys, event_keys
from .dialect import Row
from .packing import hashed, pack, plain, plain_or_none
from .passages import passages

_KM_A_DEGREE = 111.195


class ReadingRows:
    """Rows of one reading for claims, names, events and the boxes of its places.

    `document` is the document's number, `first_event` the number of its first event.
    """

    __slots__ = ("boxes", "claims", "events", "names")

    def __init__(self, document: int, key: str, reading: Reading, first_event: int) -> None:
        claims_by_id, events_by_id = claim_keys(key, reading.attributions), event_keys(key, reading.events)
        self.claims: list[Row] = [
            (
                document, position, claims_by_id[claim.id], claim.id, claim.parent,
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
                    first_event + position, document, position, events_by_id[event.id], event.id, *event.trigger,
                    event.type, event.action, quoted(actors), quoted(recipients), event.direction,
                    event.modality, event.polarity, event.outcome, event.according_to, event.region,
                    *place_columns(event.place), *time_columns(event.time), event.confidence,
                )
            )
            where = event.place
            if where is not None and where.lat is not None and where.lon is not None:
                spots[where.lat, where.lon, where.radius_km or 0.0] = None
        self.names: list[Row] = [(document, position, *row) for position, row in enumerate(named)]
        self.boxes: list[Row] = [
            (number, *box_around(*spot), document)
            for number, spot in zip(box_numbers(document, len(spots)), spots, strict=True)
        ]


def box_numbers(document: int, count: int) -> range:
    """Numbers of a document's boxes: found without a look at the boxes, which only find by place."""
    return range(document << 20, (document << 20) + count)


def reading_row(number: int, document: int, reading: Reading, content: bytes, added: str) -> Row:
    """The row that keeps the reading whole; `content` is its JSON."""
    about, made = reading.document, reading.made_by
    return (
        number, document, reading.schema, made.code, made.knowledge, made.models, made.extractor,
        plain_or_none(about.title), plain_or_none(about.publisher), plain_or_none(about.author),
        about.published.start, about.published.end, about.published.best, about.published.basis, about.genre,
        hashed(content), pack(content), added, None,
    )


def passage_rows(document: int, text: str, reading: Reading | None, first: int) -> list[Row]:
    """One row a sentence: of the article's own text where it was read, of the whole text where it was not."""
    regions = reading.body if reading else (Span(0, len(text)),)
    return [
        (first + index, document, span.start, span.end, plain(span.of(text)))
        for index, span in enumerate(passages(text, regions))
    ]


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
