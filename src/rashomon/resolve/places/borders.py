"""Borders: "the Turkish border", "on the border with Lebanon", "the Syrian-Iraqi border", where the supplement has that one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ...knowledge.places import Places, Site, place_key
from ...records import Place, Span
from .toponym import Toponym


class Borders:
    """Finds the borders that one document names."""

    def __init__(self, text: str, places: Places, toponyms: Sequence[Toponym]) -> None:
        self._text, self._places = text, places
        self._states = [one for one in toponyms if one.chosen is not None and one.chosen.kind == "country"]
        votes = Counter(one.chosen.country for one in toponyms if one.chosen is not None and one.chosen.country)
        self._countries = [country for country, _ in sorted(votes.items(), key=lambda row: (-row[1], row[0]))]
        border = "|".join(sorted(places.words.borders, key=len, reverse=True))
        others = "guards?|police|forces?|patrols?|town|city|with"
        self._after = re.compile(rf"(?:['’]s?)?[ \u00a0](?:{border})\b(?![ \u00a0](?:{others})\b)")
        self._before = re.compile(rf"(?:\bthe[ \u00a0])?\b(?:{border})[ \u00a0](?:with|to|of|into)[ \u00a0](?:the[ \u00a0])?$")
        self._with = re.compile(rf"(?:['’]s?)?[ \u00a0](?:\w+[ \u00a0])?(?:{border})[ \u00a0]with[ \u00a0](?:the[ \u00a0])?")
        self._among = re.compile(rf"(?:\bthe[ \u00a0])?\b(?:{border})[ \u00a0](?:between|of)[ \u00a0](?:the[ \u00a0])?$")

    def find(self) -> Iterator[Place]:
        """A place for each phrase, with the span of all of it."""
        at = 0
        while at < len(self._states):
            one = self._states[at]
            other = self._states[at + 1] if at + 1 < len(self._states) else None
            place = self._pair(one, other) if other is not None else None
            at += 2 if place is not None else 1
            if place is None:
                place = self._alone(one)
            if place is not None:
                yield place

    def _pair(self, one: Toponym, other: Toponym) -> Place | None:
        gap = self._text[one.span.end : other.span.start]
        if len(gap) > 40:
            return None
        start, end = one.span.start, other.span.end
        if self._with.fullmatch(gap):
            return self._place(one, self._country(other), Span(start, end))
        after = self._after.match(self._text, end)
        if gap in ("-", "–", "/", " and ") and after is not None and "'" not in after[0]:
            return self._place(one, self._country(other), Span(start, after.end()))
        before = self._among.search(self._text[max(0, start - 50) : start])
        if gap in (" and ", " and the ") and before is not None:
            return self._place(one, self._country(other), Span(start - len(before[0]), end))
        return None

    def _alone(self, one: Toponym) -> Place | None:
        start, end = one.span.start, one.span.end
        after = self._after.match(self._text, end)
        if after is not None:
            return self._place(one, "", Span(start, after.end()))
        before = self._before.search(self._text[max(0, start - 50) : start])
        return self._place(one, "", Span(start - len(before[0]), end)) if before is not None else None

    def _country(self, toponym: Toponym) -> str:
        return toponym.chosen.country if toponym.chosen is not None else ""

    def _place(self, one: Toponym, other: str, span: Span) -> Place | None:
        """With the other state named, else the one that the text is most about and that this one borders."""
        first = self._country(one)
        for second in (other,) if other else self._countries:
            site = self._known(first, second) if second != first else None
            if site is not None:
                return Place(
                    span=span, name=site.name, lat=site.lat, lon=site.lon, radius_km=site.radius_km, relation="border",
                    precision=site.precision, acled_precision=3, ucdp_precision=5, country=None, confidence=0.8 if other else 0.7,
                )
        return None

    def _known(self, first: str, second: str) -> Site | None:
        a, b = self._places.states.get(first), self._places.states.get(second)
        if a is None or b is None:
            return None
        names = (f"{a.name} {b.name} border", f"{b.name} {a.name} border")
        return next((site for name in names for site in self._places.named(place_key(name)) if site.kind == "border"), None)
