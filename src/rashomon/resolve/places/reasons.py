"""What speaks for each place that a name can mean, as numbers: its size, what it is, and the company it keeps."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ...knowledge.choice import REASONS
from ...knowledge.places import Places, Site, place_key
from .toponym import Toponym

REACH_KM = 150.0
# States whose first divisions are named in the news like countries.
FEDERAL = frozenset(("US", "CA", "AU", "GB"))
_AT = {name: at for at, name in enumerate(REASONS)}
_AREAS = frozenset(("province", "region"))
_WIDE = frozenset(("country", "region"))
# Half of the names of North America and Australia stand in England too: that many could lie there says nothing.
_MOTHERLAND = ("GB", "ENG")
GREAT_CITY = 500_000


class Reasons:
    """The numbers of one document's candidates, in the order of knowledge.choice.REASONS."""

    def __init__(self, places: Places, toponyms: Sequence[Toponym], codes: Mapping[str, int]) -> None:
        self._places, self._toponyms = places, toponyms
        self._codes = codes
        words = places.words
        self._area_words = frozenset(word.casefold() for word in words.provinces) - {*words.towns, *words.around}
        self._countries: Counter[str] = Counter()
        self._own_country: Counter[tuple[str, str]] = Counter()
        self._divisions: Counter[tuple[str, str]] = Counter()
        self._own: Counter[tuple[str, str, str]] = Counter()
        self._parents: dict[str, Counter[tuple[str, str]]] = {}
        self._in_division: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._in_cell: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        self._names: set[str] = set()
        self._count()

    def _count(self) -> None:
        """Votes of what is plain: countries, divisions, parents after a comma; and where the candidates of each name lie."""
        for toponym in self._toponyms:
            if toponym.adjective:
                site = self._places.adjective(toponym.key)
                if site is not None and site.country:
                    self._countries[site.country] += 1
                continue
            key, sites = toponym.key, toponym.sites
            country = next((site for site in sites if site.kind == "country"), None)
            if country is not None:
                self._vote(key, country.country, "")
            else:
                divisions = [site for site in sites if site.kind == "division" and (
                    len(sites) < 3 or site.country in FEDERAL)]
                for site in divisions:
                    self._vote(key, site.country, site.admin1)
                if not divisions and sites and len({site.country for site in sites}) == 1:
                    self._vote(key, sites[0].country, "")
            parent = self.parent_of(toponym)
            if parent is not None:
                self._parents.setdefault(key, Counter())[parent] += 1
                self._countries[parent[0]] += 1
                if parent[1]:
                    self._divisions[parent] += 1
            if key not in self._names and sites:
                self._names.add(key)
                for site in sites:
                    if site.kind not in _WIDE and site.precision not in _WIDE:
                        self._in_division[site.country, site.admin1].add(key)
                        self._in_cell[int(site.lat // 0.7), int(site.lon // 0.9)].add(key)

    def _vote(self, key: str, country: str, division: str) -> None:
        self._countries[country] += 1
        self._own_country[key, country] += 1
        if division:
            self._divisions[country, division] += 1
            self._own[key, country, division] += 1

    def parent_of(self, toponym: Toponym) -> tuple[str, str] | None:
        """Country and division that follow the name."""
        if not toponym.parent:
            return None
        if toponym.parent.startswith("code:"):
            return "US", toponym.parent[5:]
        sites = self._places.named(toponym.parent)
        site = next((site for kind in ("country", "division") for site in sites if site.kind == kind), None)
        both = {site.kind for site in sites} >= {"country", "division"}
        if both and any(candidate.country == "US" for candidate in toponym.sites):
            site = next(site for site in sites if site.kind == "division")
        if site is None:
            site = sites[0] if sites else None
        if site is None:
            return None
        return site.country, site.admin1 if site.kind in ("division", "county") else ""

    def own(self, toponym: Toponym) -> list[list[float]]:
        """The numbers of each candidate that do not depend on what the other names are taken for."""
        parent = self.parent_of(toponym)
        parents = Counter({parent: 1}) if parent is not None else self._parents.get(toponym.key, Counter())
        votes, divisions = sum(self._countries.values()), sum(self._divisions.values())
        top = max((site.population for site in toponym.sites), default=0)
        word = toponym.kind_word.casefold()
        codes = sum(self._codes.values())
        rows = []
        for site in toponym.sites:
            row = [0.0] * len(REASONS)
            self._size(row, toponym.key, site, top)
            if word:
                self._kind(row, site, word)
            if parents:
                hit = sum(
                    count for (country, code), count in parents.items()
                    if site.country == country and (not code or site.admin1 == code) and site.kind != "country"
                    and place_key(site.name) != toponym.parent
                )
                row[_AT["parent"]] = hit / sum(parents.values())
                row[_AT["stated_parent"]] = float(parent is not None and hit > 0)
            if votes and site.country:
                others = votes - self._own_country[toponym.key, site.country]
                theirs = self._countries[site.country] - self._own_country[toponym.key, site.country]
                if others:
                    row[_AT["country_share"]] = theirs / others * min(1.0, 0.25 + others / 8)
                row[_AT["country_named"]] = float(theirs > 0)
            if divisions and site.kind != "division":
                theirs = self._divisions[site.country, site.admin1] - self._own[toponym.key, site.country, site.admin1]
                row[_AT["division_share"]] = theirs / divisions * min(1.0, 0.25 + divisions / 8)
                row[_AT["division_named"]] = float(theirs > 0)
            if site.kind not in _WIDE and site.precision not in _WIDE and len(toponym.sites) > 1:
                self._support(row, toponym.key, site)
            if codes:
                row[_AT["telephone"]] = self._codes.get(f"{site.country}-{site.admin1}", 0) / codes
            rows.append(row)
        return rows

    def _support(self, row: list[float], key: str, site: Site) -> None:
        """How many other names could lie in the same division, and in the same neighbourhood."""
        others = max(1, len(self._names) - 1)
        same = len(self._in_division[site.country, site.admin1] - {key})
        lat, lon = int(site.lat // 0.7), int(site.lon // 0.9)
        around: set[str] = set()
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                names = self._in_cell.get((lat + down, lon + right))
                if names:
                    around |= names
        close = len(around - {key})
        if (site.country, site.admin1) != _MOTHERLAND:
            row[_AT["names_in_division"]] = same / others
        row[_AT["names_close"]] = close / others
        row[_AT["names_close_log"]] = math.log1p(close)

    def _size(self, row: list[float], key: str, site: Site, top: int) -> None:
        kind = site.kind
        if kind in ("country", "continent"):
            row[_AT["country"]] = 1.0
        elif kind == "division":
            row[_AT["federal_division" if site.country in FEDERAL else "division"]] = 1.0
        elif kind == "county":
            row[_AT["county" if place_key(site.name) == key else "county_bare"]] = 1.0
        elif not site.population and site.weight:
            row[_AT["imported"]] = site.weight
        elif not site.population:
            row[_AT["supplement_area" if site.precision == "region" else "supplement"]] = 1.0
        else:
            row[_AT["people"]] = math.log10(site.population + 10)
            row[_AT["largest"]] = float(site.population == top)
            row[_AT["known_town"]] = float(kind != "town")
            row[_AT["great_city"]] = float(site.population > GREAT_CITY)
        if site.population and (site.country, key) in self._places.capitals:
            row[_AT["capital"]] = 1.0
        elif kind not in ("country", "continent", "county") and (name := place_key(site.name)) != key and not (
            self._places.curated(key) and any(known.name == site.name for known in self._places.named(key))
        ):
            row[_AT["short_name" if name.startswith(f"{key} ") else "alias"]] = 1.0

    def _kind(self, row: list[float], site: Site, word: str) -> None:
        """ "Hama province" is no town, "Aleppo city" no province."""
        area, town = site.precision in _AREAS, site.precision in ("town", "point", "district") and site.kind != "county"
        if word in ("county", "counties"):
            row[_AT["kind_fits"]] = float(site.kind == "county")
        elif word in self._area_words:
            row[_AT["kind_fits"]] = float(area)
        elif word in ("city", "town", "village"):
            row[_AT["kind_fits"]] = float(town)

    def company(self, row: list[float], site: Site, others: Sequence[Site], beside: Sequence[Site]) -> None:
        """Sets the numbers that depend on what the other names, and those beside this one, are taken for."""
        if site.kind in ("country", "continent", "division"):
            row[_AT["like_those_beside"]] = sum(other.kind == site.kind for other in beside) / 4
        if site.kind in ("country", "continent"):
            return
        near: list[float] = []
        same = 0
        for other in others:
            if abs(other.lat - site.lat) < 6 and other.precision not in _WIDE:
                km = distance(site, other)
                if km < 4 * REACH_KM:
                    near.append(math.exp(-km / REACH_KM) * (1.0 if other.precision in ("town", "point", "district") else 0.6))
            same += other.country == site.country and other.admin1 == site.admin1
        near.sort(reverse=True)
        row[_AT["near"]] = min(1.5, sum(near[:4]) / 1.5)
        row[_AT["division_chosen"]] = same / len(others) if others else 0.0
        row[_AT["beside"]] = max((
            math.exp(-distance(site, other) / REACH_KM) if other.precision not in _WIDE
            else 0.5 * (other.country == site.country and other.kind == "country")
            for other in beside), default=0.0)


def distance(a: Site, b: Site) -> float:
    """Kilometres along the great circle."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
