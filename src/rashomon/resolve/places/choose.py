"""Which place a name means: by the other places of the document, not by size alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from ...knowledge.places import Places, Site, place_key
from .toponym import Toponym

# Weights of the reasons, in the units of log10 of the number of inhabitants. Tuned on open place corpora; bench/places.py.
PARENT = 8.0
SAME_COUNTRY = 2.4
SAME_DIVISION = 1.6
NEAR = 4.0
REACH_KM = 150.0
CURATED = 4.0
KIND = 3.0
COUNTRY = 8.0
DIVISION = 7.2
CAPITAL = 1.5
ALIAS = 1.5
ROUNDS = 2


class Chooser:
    """Chooses among the candidates of all toponyms of one document."""

    def __init__(self, places: Places, toponyms: list[Toponym]) -> None:
        self._places, self._toponyms = places, toponyms
        self._by_key: dict[str, list[Toponym]] = {}
        for toponym in toponyms:
            if not toponym.adjective:
                self._by_key.setdefault(toponym.key, []).append(toponym)
        self._countries: Counter[str] = Counter()
        self._divisions: Counter[tuple[str, str]] = Counter()
        self._own: Counter[tuple[str, str, str]] = Counter()
        self._parents: dict[str, Counter[tuple[str, str]]] = {}
        self._capitals = {
            (iso2, place_key(state.capital)) for iso2, state in places.states.items() if state.capital is not None
        }

    def choose(self) -> None:
        """Sets `chosen` and `confidence` of every toponym; one name means one place throughout unless its parent differs."""
        self._count()
        chosen: dict[str, Site] = {}
        for _ in range(ROUNDS):
            before = dict(chosen)
            for key, toponyms in self._by_key.items():
                if toponyms[0].sites:
                    chosen[key] = self._best(key, toponyms[0].sites, before, toponyms)[0]
        for key, toponyms in self._by_key.items():
            for toponym in toponyms:
                if toponym.sites:
                    site, margin = self._best(key, toponym.sites, chosen, [toponym])
                    toponym.chosen = site
                    toponym.confidence = round(0.5 + 0.5 * (1 - math.exp(-margin / 2)), 2)
        for toponym in self._toponyms:
            if toponym.adjective:
                state = self._places.states[self._places.adjectives[toponym.key]]
                toponym.chosen = Site(
                    state.name, state.lat, state.lon, state.radius_km, "country", state.iso2, "", "country"
                )
                toponym.confidence = 0.9

    def _count(self) -> None:
        """Votes of what is unambiguous: countries, divisions, parents after a comma."""
        for toponym in self._toponyms:
            if toponym.adjective:
                self._countries[self._places.adjectives[toponym.key]] += 1
                continue
            country = next((site for site in toponym.sites if site.kind == "country"), None)
            if country is not None:
                self._countries[country.country] += 1
            for site in toponym.sites:
                if site.kind == "division" and (len(toponym.sites) < 3 or site.country in ("US", "CA", "AU", "GB")):
                    self._divisions[site.country, site.admin1] += 1
                    self._own[toponym.key, site.country, site.admin1] += 1
                    self._countries[site.country] += 0 if country else 1
            if toponym.sites and len({site.country for site in toponym.sites}) == 1 and country is None:
                self._countries[toponym.sites[0].country] += 1
            parent = self._parent_of(toponym)
            if parent is not None:
                self._parents.setdefault(toponym.key, Counter())[parent] += 1
                self._countries[parent[0]] += 1
                if parent[1]:
                    self._divisions[parent] += 1

    def _parent_of(self, toponym: Toponym) -> tuple[str, str] | None:
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
        return site.country, site.admin1 if site.kind == "division" else ""

    def _best(
        self, key: str, sites: list[Site], chosen: dict[str, Site], toponyms: list[Toponym]
    ) -> tuple[Site, float]:
        others = [(site, len(self._by_key[other])) for other, site in chosen.items() if other != key]
        own = self._parent_of(toponyms[0])
        scores = [(self._score(key, site, others, toponyms[0], own), -at) for at, site in enumerate(sites)]
        order = sorted(range(len(sites)), key=lambda at: scores[at], reverse=True)
        margin = scores[order[0]][0] - scores[order[1]][0] if len(order) > 1 else 6.0
        return sites[order[0]], margin

    def _score(
        self, key: str, site: Site, others: Iterable[tuple[Site, int]], toponym: Toponym, own: tuple[str, str] | None
    ) -> float:
        total = self._size(key, site) + self._kind(site, toponym)
        parents = Counter({own: 1}) if own is not None else self._parents.get(key, Counter())
        if parents:
            hit = sum(
                count for (country, code), count in parents.items()
                if site.country == country and (not code or site.admin1 == code) and place_key(site.name) != toponym.parent
                and site.kind != "country"
            )
            total += PARENT * hit / sum(parents.values())
        votes = sum(self._countries.values())
        if votes and site.country:
            total += SAME_COUNTRY * self._countries[site.country] / votes * min(2.0, 0.5 + votes / 4)
        divisions = sum(self._divisions.values())
        if divisions and site.kind != "division":
            others_say = self._divisions[site.country, site.admin1] - self._own[key, site.country, site.admin1]
            total += SAME_DIVISION * others_say / divisions * min(2.0, 0.5 + divisions / 4)
        if site.kind not in ("country", "continent"):
            nearness = [
                math.exp(-distance(site, other) / REACH_KM) * (1.0 if other.precision in ("town", "point", "district") else 0.6)
                for other, _ in others if other.precision not in ("country", "region") and distance(site, other) < 4 * REACH_KM
            ]
            total += NEAR * min(1.5, sum(sorted(nearness, reverse=True)[:4]) / 1.5)
        return total

    def _size(self, key: str, site: Site) -> float:
        """How likely the place is written of, other things equal."""
        if site.kind in ("country", "continent"):
            return COUNTRY
        if site.kind == "division":
            return DIVISION if site.country in ("US", "CA", "AU", "GB") else 4.2
        if site.kind == "county":
            return 3.5
        if not site.population and site.weight:
            return site.weight if place_key(site.name) == key else site.weight - ALIAS
        if not site.population:
            return CURATED if site.precision != "region" else CURATED + 2.5
        size = math.log10(site.population + 10) + (0.5 if site.geonameid and site.kind != "town" and not site.weight else 0.0)
        if (site.country, key) in self._capitals:
            size += CAPITAL
        elif place_key(site.name) != key and not (
            self._places.curated(key) and any(row.name == site.name for row in self._places.named(key))
        ):
            size -= ALIAS
        return size

    def _kind(self, site: Site, toponym: Toponym) -> float:
        """ "Hama province" is no town, "Aleppo city" no province."""
        word = toponym.kind_word.casefold()
        if not word:
            return 0.0
        words = self._places.words
        if word == "county":
            return KIND if site.kind == "county" else 0.0
        area = site.precision in ("province", "region")
        if word in words.provinces and word not in words.towns and word not in words.around:
            return KIND if area else 0.0
        if word in ("city", "town", "village"):
            return KIND if site.precision in ("town", "point", "district") and site.kind != "county" else 0.0
        return 0.0


def distance(a: Site, b: Site) -> float:
    """Kilometres along the great circle."""
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
