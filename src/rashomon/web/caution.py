"""Recent positions are told late and roughly: the page must not serve as a live map of a front.

What counts is today's date against the report's. An archive of years ago is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from ..ledger import IncidentEntry
from ..records import EventPlace, Stated

# Centres of recent areas stand on this grid (degrees), and are drawn at least so large (km) that they cover its cells.
GRID = 0.5
LEAST_KM = 40.0


def this_day() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()


class Caution(msgspec.Struct, frozen=True):
    """How long positions are held back: a report's for `delay_days` after it appeared, 0 for not at all."""

    delay_days: int
    today: Callable[[], date] = this_day

    @property
    def since(self) -> str | None:
        """The first day (ISO 8601) that counts as recent; None where nothing does."""
        return (self.today() - timedelta(days=self.delay_days)).isoformat() if self.delay_days else None


def held_back(stated: Stated[Any], since: str | None) -> bool:
    """True where the statement's report may have appeared on that day or later; one of unknown day appeared when it came in."""
    day = stated.published[1] or stated.added
    return since is not None and day[:10] >= since


def recent(entry: IncidentEntry, since: str | None, undated: frozenset[str]) -> bool:
    """True where it may have happened on that day or later; without a day, where it is among those that late reports tell of."""
    if since is None:
        return False
    day = entry.time_end or entry.time_start
    return entry.id in undated if day is None else day[:10] >= since


def roughly(entry: IncidentEntry) -> IncidentEntry:
    """The incident with its place on the grid."""
    if entry.lat is None or entry.lon is None:
        return entry
    return replace(entry, lat=_grid(entry.lat), lon=_grid(entry.lon), radius_km=max(entry.radius_km or 0.0, LEAST_KM))


def rough_place(place: EventPlace | None) -> EventPlace | None:
    """The place on the grid."""
    if place is None or place.lat is None or place.lon is None:
        return place
    return replace(place, lat=_grid(place.lat), lon=_grid(place.lon), radius_km=max(place.radius_km or 0.0, LEAST_KM))


def _grid(degrees: float) -> float:
    return round(degrees / GRID) * GRID
