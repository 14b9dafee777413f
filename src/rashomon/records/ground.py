"""Distance between places that have a size: an area is never a bare point."""

from __future__ import annotations

import math
from typing import NamedTuple

from .reading import EventPlace

EARTH_KM = 6371.0
USUAL_RADIUS_KM = {"point": 1.0, "town": 5.0, "district": 15.0, "province": 60.0, "country": 300.0, "region": 150.0}


class Ground(NamedTuple):
    """A place with coordinates in degrees and a radius in km."""

    lat: float
    lon: float
    radius_km: float
    name: str


def ground(place: EventPlace | None) -> Ground | None:
    """The place as ground; None where it has no coordinates. Without a radius, the usual one of its precision counts."""
    if place is None or place.lat is None or place.lon is None:
        return None
    radius = place.radius_km or USUAL_RADIUS_KM.get(place.precision or "town", 5.0)
    return Ground(place.lat, place.lon, radius, place.name)


def distance_km(a: Ground, b: Ground) -> float:
    """Great-circle distance of the two centres."""
    phi, psi = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def gap_km(a: Ground, b: Ground) -> float:
    """Kilometres between the edges of the two areas; 0 where they touch."""
    return max(0.0, distance_km(a, b) - a.radius_km - b.radius_km)


def holds(outer: Ground, inner: Ground) -> bool:
    """True when the inner place's centre lies in the outer one, which is the larger."""
    return outer.radius_km > inner.radius_km and distance_km(outer, inner) <= outer.radius_km
