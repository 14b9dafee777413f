"""What a request asks for: a selection of incidents, an order, a place to go on from."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

import msgspec
from fastapi import HTTPException, Query

from ..ledger import Selection


def selection(
    since: Annotated[str | None, Query(description="Touching this day or later (2016-10-03).")] = None,
    until: Annotated[str | None, Query(description="Touching this day or earlier.")] = None,
    near: Annotated[str | None, Query(description="LATITUDE,LONGITUDE,KILOMETRES that its place touches.")] = None,
    box: Annotated[str | None, Query(description="SOUTH,WEST,NORTH,EAST in degrees that its place touches.")] = None,
    place: Annotated[str | None, Query(max_length=200, description="Words of the place's name.")] = None,
    type: Annotated[str | None, Query(max_length=20, description="PLOVER root: ASSAULT, COERCE ...")] = None,
    party: Annotated[str | None, Query(max_length=200, description="An actor's or recipient's name.")] = None,
    publisher: Annotated[str | None, Query(max_length=200, description="Publisher of a document that tells of it.")] = None,
    contested: Annotated[bool | None, Query(description="Whether accounts disagree or deny.")] = None,
    changed_since: Annotated[str | None, Query(description="A document of it came in since this day or instant.")] = None,
) -> Selection:
    """The selection that a request's query spells. 422 where it cannot be understood."""
    return Selection(
        since=day(since, "since"), until=day(until, "until"), near=circle(near), box=_box(box), place=place, type=type,
        party=party, publisher=publisher, contested=contested, added_since=_instant(changed_since, "changed_since"),
    )


class Period(NamedTuple):
    """Days asked about, and the day by which it had been said."""

    since: str | None
    until: str | None
    as_of: str | None


def period(
    since: Annotated[str | None, Query(description="Touching this day or later (2016-10-03).")] = None,
    until: Annotated[str | None, Query(description="Touching this day or earlier.")] = None,
    as_of: Annotated[str | None, Query(description="As told by the documents that had appeared by that day.")] = None,
) -> Period:
    """The days that a request's query spells. 422 where they cannot be understood."""
    found = Period(day(since, "since"), day(until, "until"), day(as_of, "as_of"))
    if found.since and found.until and found.since > found.until:
        raise HTTPException(422, f"since: {found.since} is later than until {found.until}.")
    return found


def cursor(place: Sequence[Any]) -> str:
    """A place in an order as a word that a later request gives back."""
    return base64.urlsafe_b64encode(msgspec.json.encode(list(place))).decode().rstrip("=")


def after(word: str | None, length: int) -> list[Any] | None:
    """The place that a cursor stands for; `length`: how many keys the order has. 422 for a word that is no cursor."""
    if word is None:
        return None
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)), type=list[str | int])
    except (msgspec.DecodeError, binascii.Error, ValueError, UnicodeDecodeError):
        place = []
    if len(place) != length:
        raise HTTPException(422, "The cursor is none that this list gave: begin again without it.")
    return list(place)


def day(text: str | None, name: str) -> str | None:
    """A day, ISO 8601; `name`: which part of the question it is. 422 for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise HTTPException(422, f"{name}: {text!r} is not a day; write it as 2016-08-05.")


def _instant(text: str | None, name: str) -> str | None:
    if text is None:
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise HTTPException(422, f"{name}: {text!r} is not a day or instant; write it as 2016-08-05.")
    return text


def _numbers(text: str, count: int, name: str) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(abs(number) < 1e6 for number in numbers):
        raise HTTPException(422, f"{name}: {text!r} is not {count} numbers with commas between them.")
    return numbers


def circle(text: str | None) -> tuple[float, float, float] | None:
    if text is None:
        return None
    lat, lon, km = _numbers(text, 3, "near")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and km > 0):
        raise HTTPException(422, "near: it lies outside the globe, or has no size.")
    return lat, lon, km


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    south, west, north, east = _numbers(text, 4, "box")
    if not (-90 <= south <= north <= 90):
        raise HTTPException(422, "box: its south must not lie north of its north, and both within 90 degrees.")
    # A map that was dragged round the globe asks for longitudes beyond 180.
    if east - west >= 360:
        return south, -180.0, north, 180.0
    return south, (west + 180) % 360 - 180, north, (east + 180) % 360 - 180
