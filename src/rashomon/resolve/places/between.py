"""Places between places: "between Hama and Homs", "the road from Damascus to Aleppo", "the Baghdad-Mosul highway"."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from ...knowledge.places import Places
from ...records import Place, Span

_GAP = re.compile(
    r"(?P<word>,?[ \u00a0](?:and|to|with)(?:[ \u00a0]the)?[ \u00a0](?:(?:city|town|village)[ \u00a0]of[ \u00a0])?|[-–—])"
)
_BETWEEN = re.compile(
    r"\bbetween[ \u00a0](?:the[ \u00a0])?(?:(?:cities|towns|villages|city|town|village)[ \u00a0](?:of[ \u00a0])?)?$",
    re.IGNORECASE,
)
# Further apart, the two are partners in talks rather than ends of a stretch.
FARTHEST_KM = 700.0
NARROW = frozenset(("point", "town", "district"))


class Between:
    """Finds the stretches of one document."""

    def __init__(self, text: str, places: Places) -> None:
        self._text = text
        ways = "|".join(re.escape(word) for word in sorted(places.words.ways, key=len, reverse=True))
        self._way_before = re.compile(
            rf"\b(?:the[ \u00a0])?(?:\w+[ \u00a0])?(?:{ways})s?[ \u00a0]"
            rf"(?:(?:that[ \u00a0])?(?:from|between|linking|links|connecting|connects|joining|running[ \u00a0]from|"
            rf"leading[ \u00a0]from)[ \u00a0])(?:the[ \u00a0])?(?:(?:city|town|village|capital)[ \u00a0]of[ \u00a0])?$",
            re.IGNORECASE,
        )
        self._way_after = re.compile(rf"[ \u00a0](?:\w+[ \u00a0])?(?:{ways})\b", re.IGNORECASE)

    def find(self, places: Sequence[Place]) -> list[Place]:
        """A place for each stretch between two places named one after the other, with the span of both."""
        found = []
        for first, second in pairwise(places):
            gap = _GAP.fullmatch(self._text, first.span.end, second.span.start)
            if gap is None or not self._ends(first, second):
                continue
            start, end, relation = first.span.start, second.span.end, ""
            before = self._text[max(0, start - 80) : start]
            way, after = self._way_before.search(before), self._way_after.match(self._text, end)
            between = _BETWEEN.search(before)
            if way is not None and "," not in gap["word"]:
                start, relation = start - len(before) + way.start(), "road"
            elif after is not None and gap["word"] in "-–—":
                end, relation = after.end(), "road"
            elif between is not None and "and" in gap["word"] and first.locative and second.locative:
                start, relation = start - len(before) + between.start(), "between"
            if relation:
                found.append(_stretch(first, second, Span(start, end), relation))
        return found

    @staticmethod
    def _ends(first: Place, second: Place) -> bool:
        if first.precision not in NARROW or second.precision not in NARROW:
            return False
        return (first.lat, first.lon) != (second.lat, second.lon) and _apart(first, second) <= FARTHEST_KM


def _apart(first: Place, second: Place) -> float:
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return math.inf
    east = (first.lon - second.lon) * math.cos(math.radians((first.lat + second.lat) / 2))
    return 111.2 * math.hypot(first.lat - second.lat, east)


def _stretch(first: Place, second: Place, span: Span, relation: str) -> Place:
    """Its middle, with a radius that reaches both ends."""
    assert first.lat is not None and first.lon is not None and second.lat is not None and second.lon is not None
    radius = round(max(_apart(first, second) / 2, 2.0), 1)
    large = radius > 60
    name = f"between {first.name} and {second.name}" if relation == "between" else f"{first.name}–{second.name} road"
    return Place(
        span=span, name=name, lat=round((first.lat + second.lat) / 2, 4), lon=round((first.lon + second.lon) / 2, 4),
        radius_km=radius, relation=relation,
        precision="region" if large else "district", acled_precision=3 if large else 2, ucdp_precision=5 if large else 3,
        country=first.country if first.country == second.country else None,
        confidence=min(first.confidence, second.confidence),
    )
