"""From a name and its place to what the phrase around it means: parts, kinds, distances, directions."""

from __future__ import annotations

import math
import re

import msgspec

from ...knowledge.places import Places, Site, place_key
from ...records import Place, Span, Syntax
from ...records.vocabulary import PlacePrecision
from .toponym import Toponym

_BEFORE = re.compile(r"((?:(?:north|south)[ \u00a0])?[^\W\d_][\w'’-]*)([ \u00a0]+)$", re.IGNORECASE)
_DISTANCE = re.compile(
    r"(?P<low>\d[\d,.]*)(?:\s?(?:-|–|to)\s?(?P<high>\d[\d,.]*))?[ \u00a0-]?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
    r"(?:\s\([^)]{1,30}\))?\s+(?:(?:to the\s+)?(?P<way>[a-z-]+)\s+of|from|outside|away from|off)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|capital)(?:\s+of)?\s+)?$",
    re.IGNORECASE,
)
_RIGHT = re.compile(r"[ \u00a0]([^\W\d_]+)(?:[ \u00a0]([a-z]+))?")
_ON = re.compile(r"[ \u00a0-][^\W_]+")
_ON_FROM = re.compile(r"(?:[ \u00a0-][^\W_]+)+")
_ANY = re.compile(
    r"\b(?:an?|another|one|two|three|several|some|other|many|few|its|residential|central|busy|poor)[ \u00a0]+$", re.IGNORECASE
)
_POSSESSIVE_PART = re.compile(r"(?:'s|’s|'|’)[ \u00a0](?:([a-z-]+)[ \u00a0])?([a-z-]+)(?![\w])")
_OF = re.compile(r"(?:([A-Za-z-]+)[ \u00a0])?([A-Za-z-]+)[ \u00a0]+of[ \u00a0]+(?:the[ \u00a0]+)?$")
_NEAR = re.compile(r"\b(near|around|outside|close to|in and around|surrounding)[ \u00a0]+(?:the[ \u00a0]+)?$", re.IGNORECASE)
_WAY_OF = re.compile(
    r"(?:\b(the|this|its|their|in|just|further|farther|due|to the)[ \u00a0])?"
    r"\b((?:north|south)(?:[- \u00a0]?(?:east|west))?|east|west)[ \u00a0]+of[ \u00a0]+(?:the[ \u00a0]+)?"
    r"(?:(?:city|town|village|capital)(?:[ \u00a0]+of)?[ \u00a0]+)?$", re.IGNORECASE,
)
# How far "north of the town" lies from its edge where no distance is given.
OUTSIDE_KM = 15.0
_COMPASS = {"north": (1.0, 0.0), "south": (-1.0, 0.0), "east": (0.0, 1.0), "west": (0.0, -1.0)}
_ACLED = {"point": 1, "town": 1, "district": 2, "province": 3, "country": 3, "region": 3}
_UCDP = {"point": 1, "town": 1, "district": 3, "province": 4, "region": 5, "country": 6}


class Sense(msgspec.Struct, gc=False):
    """What is known so far of one phrase."""

    span: Span
    name: str
    lat: float | None
    lon: float | None
    radius: float | None
    precision: PlacePrecision | None
    relation: str | None = None
    near: bool = False


class Phrases:
    """Reads the phrases of one document."""

    def __init__(self, text: str, syntax: Syntax, places: Places) -> None:
        self._text, self._syntax, self._places = text, syntax, places
        words = places.words
        self._directions = frozenset(words.directions)
        self._parts = frozenset(words.parts)
        self._beyond = frozenset(words.beyond)
        self._heads = frozenset(words.heads)
        self._whole = frozenset(words.whole)
        self._provinces = frozenset(word.casefold() for word in words.provinces)
        self._within = frozenset(words.within)
        self._around = frozenset(words.around)
        self._towns = frozenset(word.casefold() for word in words.towns)

    def place(self, toponym: Toponym, locative: bool) -> Place:
        """The finished place; without coordinates where the name means nothing known."""
        site = toponym.chosen
        sense = Sense(toponym.span, toponym.span.of(self._text), None, None, None, None)
        if site is not None:
            sense = Sense(toponym.span, site.name, site.lat, site.lon, site.radius_km, site.precision)
        if toponym.adjective:
            # "the Syrian coast", "the Syrian desert".
            locative = site is not None and self._longer(sense, site)
        else:
            self._right(sense, site)
            self._possessed(sense)
            self._distance(sense)
            if sense.relation is None:
                self._left(sense)
            self._near(sense)
        country = None if site is None or not site.country else site.country
        geonameid = None if site is None or sense.name != site.name else site.geonameid
        ucdp = None if sense.precision is None else _UCDP[sense.precision]
        if sense.precision in ("point", "town") and (sense.near or sense.relation):
            ucdp = 2
        return Place(
            span=sense.span, name=sense.name, lat=sense.lat, lon=sense.lon, radius_km=sense.radius,
            relation=sense.relation, precision=sense.precision,
            acled_precision=None if sense.precision is None else max(_ACLED[sense.precision], 2 if ucdp == 2 else 1),
            ucdp_precision=ucdp, geonameid=geonameid, country=country, confidence=toponym.confidence, locative=locative,
        )

    def _right(self, sense: Sense, site: Site | None) -> None:
        """ "Hama province", "Aleppo city", "the Idlib area"."""
        if site is not None and self._longer(sense, site):
            return
        match = _RIGHT.match(self._text, sense.span.end)
        if match is None:
            return
        word, end = match[1].casefold(), match.end(1)
        if match[2] is not None and f"{word} {match[2]}" in self._towns:
            word, end = f"{word} {match[2]}", match.end(2)
        if word not in self._provinces and word not in self._towns:
            return
        span, before = Span(sense.span.start, end), self._text[max(0, sense.span.start - 20) : sense.span.start]
        known = self._known(span.of(self._text), site)
        if known is not None:
            self._take(sense, span, known)
        elif word in self._provinces and site is not None and site.precision == "district":
            sense.span = span
        elif word in self._within and site is not None and _ANY.search(before):
            # "a Homs district", "two Aleppo neighbourhoods": somewhere in the town.
            sense.span, sense.relation = span, word
        elif word in self._provinces and site is not None and site.precision in ("town", "point"):
            divisions = [] if word in self._around else self._places.named(place_key(site.name))
            division = next((row for row in divisions if row.kind == "division" and row.country == site.country), None)
            sense.span, sense.name = span, f"{site.name} {word}"
            if division is not None:
                sense.lat, sense.lon, sense.radius, sense.precision = (
                    division.lat, division.lon, division.radius_km, division.precision)
            else:
                sense.radius = max(15.0, 2 * site.radius_km)
                sense.precision = "district" if word in self._around else "province"
        else:
            sense.span = span

    def _longer(self, sense: Sense, site: Site) -> bool:
        """ "Castello road", "Aleppo artillery base", "Donetsk airport": known by a name that goes on in small letters."""
        ends = [match.end() for match in _ON.finditer(self._text, sense.span.end, sense.span.end + 60)]
        for end in reversed(ends[:4]):
            if _ON_FROM.fullmatch(self._text, sense.span.end, end) is None:
                continue
            known = self._known(self._text[sense.span.start : end], site)
            if known is not None:
                self._take(sense, Span(sense.span.start, end), known)
                return True
        return False

    def _possessed(self, sense: Sense) -> None:
        """ "Aleppo's northeast", "Homs's suburbs"."""
        match = _POSSESSIVE_PART.match(self._text, sense.span.end)
        if match is None:
            return
        first, second = match[1], match[2].casefold()
        if first is not None and first in self._directions and second not in self._parts and second not in self._directions:
            self._part(sense, Span(sense.span.start, match.end(1)), first)
            return
        if self._text[match.end() : match.end() + 4] == " of ":
            return
        if first in ("north", "south") and second in ("east", "west"):
            self._part(sense, Span(sense.span.start, match.end(2)), f"{first}{second}ern")
        elif second in self._directions and second in self._parts:
            self._part(sense, Span(sense.span.start, match.end(2)), second)
        elif first in self._directions and second in self._parts:
            self._part(sense, Span(sense.span.start, match.end(2)), first)
        elif second in self._parts and second in ("outskirts", "suburbs", "countryside", "edges", "periphery", "vicinity"):
            self._part(sense, Span(sense.span.start, match.end(2)), second)

    def _left(self, sense: Sense) -> None:
        """ "eastern Damascus", "city of Hama", "the southern outskirts of Homs"."""
        before = self._text[max(0, sense.span.start - 60) : sense.span.start]
        shift = sense.span.start - len(before)
        match = _BEFORE.search(before)
        if match:
            word = _one_word(match[1])
            if word in self._directions:
                self._part(sense, Span(shift + match.start(1), sense.span.end), word)
                return
            last = match[1].split()[-1].casefold()
            if last in self._directions:
                start = match.end(1) - len(last)
                self._part(sense, Span(shift + start, sense.span.end), last)
                return
        of = _OF.search(before)
        if of is None:
            return
        word = of[2].casefold()
        if word in self._heads:
            sense.span = Span(shift + of.start(2), sense.span.end)
            self._outside(sense, self._text[max(0, sense.span.start - 60) : sense.span.start])
        elif self._outside(sense, before):
            return
        elif word in self._directions or word in self._parts:
            modified = of[1] is not None and of[1].casefold() in self._directions
            start = of.start(1) if modified else of.start(2)
            direction = of[1].casefold() if modified else word
            self._part(sense, Span(shift + start, sense.span.end), direction)

    def _outside(self, sense: Sense, before: str) -> bool:
        """ "stuck north-east of Aleppo": beyond its edge, unlike "the north-east of Aleppo", which is a part of it."""
        match = _WAY_OF.search(before)
        if match is None or sense.precision not in ("point", "town", "district") or sense.relation is not None:
            return False
        way = _way(_one_word(match[2]))
        if way == (0.0, 0.0) or (match[1] and match[1].casefold() not in ("just", "further", "farther", "due", "to the")):
            return False
        start = match.start(2)
        sense.relation = f"{match[2].casefold()} of"
        sense.span = Span(sense.span.start - len(before) + start, sense.span.end)
        sense.name = f"{sense.relation} {sense.name}"
        sense.near = True
        sense.precision = "district"
        if sense.lat is not None and sense.lon is not None and sense.radius is not None:
            sense.lat, sense.lon = _moved(sense.lat, sense.lon, way, sense.radius + OUTSIDE_KM)
            sense.radius = round(sense.radius + OUTSIDE_KM, 1)
        return True

    def _distance(self, sense: Sense) -> None:
        """ "55-65 km from Raqqa", "120 kilometres west of Baghdad"."""
        before = self._text[max(0, sense.span.start - 90) : sense.span.start]
        match = _DISTANCE.search(before)
        if match is None:
            return
        shift = sense.span.start - len(before)
        high = _number(match["high"] or match["low"])
        if high is None:
            return
        scale = 1.609 if match["unit"].casefold().startswith("mi") else 1.0
        kilometres = high * scale
        sense.relation = " ".join(before[match.start() :].split())
        sense.span = Span(shift + match.start(), sense.span.end)
        way = _way(match["way"] or "")
        if sense.lat is None or sense.lon is None:
            return
        if way == (0.0, 0.0):
            sense.radius = round(kilometres, 1)
        else:
            sense.lat, sense.lon = _moved(sense.lat, sense.lon, way, kilometres)
            sense.radius = round(max(5.0, 0.25 * kilometres), 1)
        if sense.precision in ("point", "town"):
            sense.precision = "district"
        sense.near = True

    def _near(self, sense: Sense) -> None:
        if sense.relation is not None:
            return
        before = self._text[max(0, sense.span.start - 30) : sense.span.start]
        match = _NEAR.search(before)
        if match:
            sense.relation = match[1].casefold()
            sense.near = True
            if sense.radius is not None and sense.precision in ("point", "town", "district"):
                sense.radius = round(sense.radius + 10.0, 1)

    def _part(self, sense: Sense, span: Span, word: str) -> None:
        """A part of the area: known by its own name, or moved half the radius in that direction."""
        sense.relation = word
        if word in self._whole:
            sense.span = span
            return
        bare = sense.span.of(self._text)
        names = (f"{word} {sense.name}", f"{word} {bare}", f"{word} of {sense.name}", f"{word} of {bare}")
        known = next((site for name in names if (site := self._known(name, None)) is not None), None)
        close = (
            known is not None and sense.lat is not None and sense.lon is not None
            and abs(known.lat - sense.lat) < 8 and abs(known.lon - sense.lon) < 8
        )
        if known is not None and close:
            self._take(sense, span, known)
            return
        sense.span = span
        sense.name = f"{word} {sense.name}" if word in self._directions else f"{word} of {sense.name}"
        if sense.lat is None or sense.lon is None or sense.radius is None:
            return
        way = _way(word)
        if way != (0.0, 0.0):
            sense.lat, sense.lon = _moved(sense.lat, sense.lon, way, 0.5 * sense.radius)
            sense.radius = round(0.6 * sense.radius, 1)
        elif word in self._beyond and sense.precision in ("point", "town", "district"):
            sense.radius = round(sense.radius + max(5.0, 0.5 * sense.radius), 1)
            sense.near = True
        if sense.precision == "town":
            sense.precision = "district"
        elif sense.precision in ("country", "province"):
            sense.precision = "region" if sense.precision == "country" else "district"

    def _known(self, name: str, site: Site | None) -> Site | None:
        rows = self._places.named(place_key(name))
        return next((row for row in rows if site is None or not row.country or row.country == site.country), None)

    def _take(self, sense: Sense, span: Span, site: Site) -> None:
        sense.span, sense.name, sense.lat, sense.lon = span, site.name, site.lat, site.lon
        sense.radius, sense.precision = site.radius_km, site.precision


def _one_word(words: str) -> str:
    """ "south west" as "southwest"; other words as they are."""
    parts = words.casefold().split()
    joint = "".join(parts)
    return joint if len(parts) == 2 and _way(joint) != (0.0, 0.0) else words.casefold()


def _way(word: str) -> tuple[float, float]:
    """Unit vector (north, east) of a direction word; (0, 0) for other words."""
    bare = word.replace("-", "").removesuffix("most").removesuffix("ern")
    parts = [part for part in ("north", "south", "east", "west") if part in bare]
    if not parts or "".join(parts) != bare:
        return 0.0, 0.0
    north = sum(_COMPASS[part][0] for part in parts)
    east = sum(_COMPASS[part][1] for part in parts)
    size = math.hypot(north, east) or 1.0
    return north / size, east / size


def _moved(lat: float, lon: float, way: tuple[float, float], kilometres: float) -> tuple[float, float]:
    moved = lat + way[0] * kilometres / 111.2
    return round(moved, 4), round(lon + way[1] * kilometres / (111.2 * max(0.1, math.cos(math.radians(lat)))), 4)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "").rstrip("."))
    except ValueError:
        return None
