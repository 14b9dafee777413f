"""Conditions on where and when: a box from the index first, then the circle itself."""

from __future__ import annotations

import math
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select

from .rows import box_around

EARTH_KM = 6371.0088
Circle = tuple[float, float, float]


def in_time(table: Table, since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Rows whose time touches the days from `since` to `until`, both included. Rows without any time do not."""
    asked: list[ColumnElement[bool]] = []
    start, end = table.c.time_start, table.c.time_end
    if since is not None or until is not None:
        asked.append(or_(start.is_not(None), end.is_not(None)))
    if since is not None:
        asked.append(or_(end.is_(None), func.substr(end, 1, 10) >= since))
    if until is not None:
        asked.append(or_(start.is_(None), func.substr(start, 1, 10) <= until))
    return asked


def in_box(boxes: Table, wanted: ColumnElement[int], near: Circle) -> Select[Any]:
    """What is wanted of the boxes that touch the box around a circle: a few too many, never one too few."""
    south, north, west, east = box_around(*near)
    return select(wanted).where(
        boxes.c.south <= north, boxes.c.north >= south, boxes.c.west <= east, boxes.c.east >= west
    )


def touches(place: Any, near: Circle | None) -> bool:
    """True when the place (`lat`, `lon`, `radius_km`) and the circle share a point; always true without a circle."""
    if near is None:
        return True
    if place.lat is None or place.lon is None:
        return False
    lat, lon, radius = near
    return distance_km(place.lat, place.lon, lat, lon) <= radius + (place.radius_km or 0.0)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres along the great circle (haversine)."""
    height = math.sin(math.radians(other_lat - lat) / 2) ** 2
    width = math.sin(math.radians(other_lon - lon) / 2) ** 2
    inner = height + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * width
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, inner)))
