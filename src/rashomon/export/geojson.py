"""Incidents as GeoJSON (RFC 7946), for QGIS, web maps and notebooks.

An area is never a bare point: what is only known to lie in a town, a province or a country is drawn as the circle of
that place's radius, and has no geometry where no radius is known. Only the precision "point" becomes a Point.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from ..records import EventPlace, Incident, acled_time_precision, ucdp_date_precision
from .circle import circle


def write_geojson(incidents: Iterable[Incident], out: TextIO, *, document_id: Callable[[str], str]) -> int:
    """Write one FeatureCollection with one feature a line; how many there were.

    `document_id` gives the caller's id of a document key.
    """
    out.write('{"type": "FeatureCollection", "features": [')
    count = 0
    for count, incident in enumerate(incidents, start=1):
        line = json.dumps(feature(incident, document_id=document_id), ensure_ascii=False)
        out.write(("\n" if count == 1 else ",\n") + line)
    out.write("\n]}\n")
    return count


def feature(incident: Incident, *, document_id: Callable[[str], str]) -> dict[str, Any]:
    """One incident as a GeoJSON feature. `relations` counts how its accounts compare, field by field."""
    place, time = incident.place, incident.time
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": geometry(place),
        "properties": {
            "type": incident.type,
            "action": incident.action,
            "place": place.name if place else None,
            "precision": place.precision if place else None,
            "radius_km": place.radius_km if place else None,
            "start": time.start if time else None,
            "end": time.end if time else None,
            "time_basis": time.basis if time else None,
            "time_precision": acled_time_precision(time),
            "date_prec": ucdp_date_precision(time),
            "documents": len(incident.documents),
            "accounts": len(incident.accounts),
            "events": len(incident.events),
            "relations": dict(sorted(Counter(pair.relation for pair in incident.comparisons).items())),
            "document_ids": sorted(document_id(key) for key in incident.documents),
            "voices": [
                {"chain": list(account.chain), "says": {value.field: value.text for value in account.fields}}
                for account in incident.accounts
            ],
        },
    }


def geometry(place: EventPlace | None) -> dict[str, Any] | None:
    """Point for the precision "point", else the circle of the place's radius; None where neither can be drawn."""
    if place is None or place.lat is None or place.lon is None:
        return None
    if place.precision == "point":
        return {"type": "Point", "coordinates": [place.lon, place.lat]}
    if place.radius_km is None or place.radius_km <= 0:
        return None
    return circle(place.lat, place.lon, place.radius_km)
