"""A circle on the globe as GeoJSON geometry (RFC 7946): degrees, longitude first, rings counter-clockwise."""

from __future__ import annotations

import math
from typing import Any

EARTH_KM = 6371.0088
CORNERS = 48
Position = tuple[float, float]


def circle(lat: float, lon: float, radius_km: float) -> dict[str, Any]:
    """The area within `radius_km` of a point, as a Polygon of 48 corners, all on the circle.

    One that crosses the 180th meridian becomes a MultiPolygon cut there, as RFC 7946 asks. One that reaches a pole
    becomes the band from its nearest latitude to that pole.
    """
    reach = radius_km / EARTH_KM
    if abs(math.radians(lat)) + reach >= math.pi / 2:
        edge = math.degrees(abs(math.radians(lat)) - reach)
        south, north = (max(edge, -90.0), 90.0) if lat > 0 else (-90.0, min(-edge, 90.0))
        return _polygon([(-180.0, south), (180.0, south), (180.0, north), (-180.0, north)])
    ring = [_point(lat, lon, reach, -2 * math.pi * corner / CORNERS) for corner in range(CORNERS)]
    east, west = max(x for x, _ in ring), min(x for x, _ in ring)
    if west >= -180 and east <= 180:
        return _polygon(ring)
    shift = 360.0 if west < -180 else -360.0
    here = _clipped(ring, -180.0, 180.0)
    there = _clipped([(x + shift, y) for x, y in ring], -180.0, 180.0)
    return {"type": "MultiPolygon", "coordinates": [_polygon(part)["coordinates"] for part in (here, there)]}


def _point(lat: float, lon: float, reach: float, bearing: float) -> Position:
    """The point at an angular distance and a bearing; its longitude may lie beyond ±180."""
    start = math.radians(lat)
    end = math.asin(math.sin(start) * math.cos(reach) + math.cos(start) * math.sin(reach) * math.cos(bearing))
    turn = math.atan2(
        math.sin(bearing) * math.sin(reach) * math.cos(start), math.cos(reach) - math.sin(start) * math.sin(end)
    )
    return lon + math.degrees(turn), math.degrees(end)


def _clipped(ring: list[Position], west: float, east: float) -> list[Position]:
    """The part of a convex ring between two meridians."""
    for edge, inside in ((west, 1), (east, -1)):
        kept: list[Position] = []
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            in0, in1 = (x0 - edge) * inside >= 0, (x1 - edge) * inside >= 0
            if in0:
                kept.append((x0, y0))
            if in0 != in1:
                kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
        ring = kept
    return ring


def _polygon(ring: list[Position]) -> dict[str, Any]:
    closed = [[round(x, 5), round(y, 5)] for x, y in [*ring, ring[0]]]
    return {"type": "Polygon", "coordinates": [closed]}
