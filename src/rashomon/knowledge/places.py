"""Places known before reading: states, their first divisions, a curated supplement, the gazetteer of towns.

The files lie in `places/`; their headers say how to extend them.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec

from ..config import Settings
from ..errors import KnowledgeError
from ..records.vocabulary import PlacePrecision
from .acceptance import load_acceptance
from .actors import Actors, load_actors
from .choice import load_choice
from .features import Features
from .files import HERE, load_yaml
from .folding import likeness, skeleton, without_article
from .gazetteer import WRITTEN_MANY_WAYS, Gazetteer, Town, folded
from .imported import Imported, Row, identities, installed
from .lexicon import Phrases
from .rarity import Rarity, load_rarity
from .trees import Trees

FOLDER = HERE / "places"
# How alike the sounds of two spellings with the same consonants must be: 88 % of the spellings of one town in four Arab
# countries are, and 40 % of those of two towns.
ALIKE = 0.8
ABROAD = 0.9  # where the text is on other countries


_DIRECTION = re.compile(r"\b(north|south)?[ ]?(east|west|north|south)(?:ern)?\b")
@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """The look-up key of a place name: folded, with "north-western", "northwest" and "north west" alike."""
    return _DIRECTION.sub(lambda match: (match[1] or "") + match[2], folded(name))


class Site(msgspec.Struct, frozen=True, gc=False):
    """One place that a name can mean. `country` is ISO 3166-1 alpha-2 or "", `admin1` the GeoNames first-level code or a
    name, `population` 0 where it says nothing. `weight` is above 0 for a place of an imported dump: how likely a text means it
    where the inhabitants say nothing, as their logarithm."""

    name: str
    lat: float
    lon: float
    radius_km: float
    precision: PlacePrecision
    country: str
    admin1: str
    kind: str
    population: int = 0
    geonameid: int | None = None
    weight: float = 0.0


class PlaceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around place names; see words.yaml."""

    locative: tuple[str, ...]
    directions: tuple[str, ...]
    parts: tuple[str, ...]
    heads: tuple[str, ...]
    provinces: tuple[str, ...]
    towns: tuple[str, ...]
    features: tuple[str, ...]
    near: tuple[str, ...]
    not_places: tuple[str, ...]
    organisation_ends: tuple[str, ...]
    reporting: tuple[str, ...]
    whole: tuple[str, ...]
    articles: tuple[str, ...]
    adjectives: Mapping[str, str]
    streets: tuple[str, ...]
    abbreviations: Mapping[str, str]
    buildings: tuple[str, ...]
    settled: tuple[str, ...]
    beginnings: tuple[str, ...]
    within: tuple[str, ...]
    around: tuple[str, ...]
    beyond: tuple[str, ...]
    ways: tuple[str, ...]
    borders: tuple[str, ...]


class Learned(msgspec.Struct, frozen=True):
    """What was learned of place names, apart from the names: the decision whether a stretch is one, the weights by which its
    place is chosen, how rare words are; and the divisions that telephone area codes belong to, as "US-WV"."""

    acceptance: Trees
    choice: tuple[float, ...]
    rarity: Rarity
    area_codes: Mapping[str, str]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Learned:
        """Reads and checks the files. KnowledgeError names the file and line that breaks a rule."""
        codes = {row["code"]: f"{row['country']}-{row['admin1']}" for _, row in _rows(folder / "area_codes.csv")}
        return cls(load_acceptance(folder / "acceptance.csv"), load_choice(folder / "choice.yaml"), load_rarity(), codes)


class Places:
    """Every place by folded name, and the words that surround them. Looking up leaves no trace."""

    def __init__(
        self, actors: Actors, sites: list[tuple[Site, tuple[str, ...]]], words: PlaceWords, gazetteer: Gazetteer | None,
        imported: Sequence[Imported] = (), features: Features | None = None, learned: Learned | None = None,
    ) -> None:
        states = actors.states
        self.states = {state.iso2: state for state in states}
        self.words = words
        self.learned = learned or Learned.load()
        self.capitals = {(state.iso2, place_key(state.capital)) for state in states if state.capital is not None}
        self._gazetteer = gazetteer
        self._own = [one for one in imported if one.own]
        self._dumps = [one for one in imported if not one.own]
        self._features = features or Features.load()
        self.identities = identities(imported)
        self._known: dict[str, list[Site]] = {}
        self._bare_counties: dict[str, list[Site]] = {}
        self._by_adjective: dict[str, Site] = {}
        self._loose: dict[str, list[tuple[str, Site]]] = {}
        self._curated: set[str] = set()
        self._divisions: dict[tuple[str, str], Site] = {}
        self.adjectives: dict[str, str] = {}
        self.longest = 1
        for state in states:
            site = Site(state.name, state.lat, state.lon, state.radius_km, "country", state.iso2, "", "country")
            for name in (state.name, *state.aliases):
                self._add(name, site)
            for adjective in state.adjectives:
                self.adjectives.setdefault(folded(adjective), state.iso2)
                self._by_adjective.setdefault(folded(adjective), site)
        for site, aliases in sites:
            for name in (site.name, *aliases):
                self._add(name, site)
                if site.kind not in ("division", "county") and site.country in WRITTEN_MANY_WAYS:
                    self._curated.add(place_key(name))
            if site.kind in ("division", "county"):
                self._divisions.setdefault((site.country, site.admin1 if site.kind == "division" else site.name), site)
            if site.kind == "county" and site.country == "US":
                self._bare_counties.setdefault(place_key(site.name.rsplit(" ", 1)[0]), []).append(site)
        for word, name in words.adjectives.items():
            region = next(iter(self.named(place_key(name))), None)
            if region is None:
                raise KnowledgeError(f"knowledge file words.yaml, adjectives: {word!r} stands for {name!r}, no known place")
            self._by_adjective.setdefault(folded(word), region)
        self.names_of_others = _names(actors)
        self.seats = frozenset(
            place_key(seat) for state in states for seat in (state.capital or "", *state.seats) if seat
        )
        self.acting = actors.composition.acting
        common = (words.directions, words.parts, words.heads, words.features, words.provinces, words.towns,
                  words.organisation_ends)
        self.common = frozenset(place_key(word) for row in common for word in row)
        self.not_places = frozenset(place_key(name) for name in words.not_places)
        self.outlets = frozenset(name for medium in actors.media for name in (medium.name, *medium.aliases) if " " not in name)
        self._spoken_for = _spoken_for(actors) | self.common | frozenset(self.adjectives)

    @classmethod
    def load(
        cls, folder: Path = FOLDER, gazetteer: Gazetteer | None = None, actors: Actors | None = None,
        imported: Sequence[Imported] | None = None,
    ) -> Places:
        """Reads and checks the files in `folder`. KnowledgeError names the file and line that breaks a rule.

        `actors` are loaded where they are not given: names of outlets and armies are no places ("Moon of Alabama").
        `imported` are the gazetteers in the user's data folder where they are not given.
        """
        if imported is None:
            imported = installed(Settings.load().gazetteers)
        sites = [*_curated(folder / "places.csv"), *_curated(folder / "world.csv"), *_divisions(folder / "admin.csv")]
        words = load_yaml(folder / "words.yaml", PlaceWords)
        return cls(actors or load_actors(), sites, words, gazetteer or Gazetteer.open(), imported)

    def named(self, key: str) -> list[Site]:
        """Sites of that folded name that need no gazetteer: states, divisions, the supplement."""
        return self._known.get(key) or self._known.get(without_article(key), [])

    def curated(self, key: str) -> bool:
        """Whether the supplement has it, in a country whose names are no words of the language: then it needs little proof."""
        return key in self._curated or without_article(key) in self._curated

    def sites(self, key: str) -> list[Site]:
        """Every site of that key; a town that the supplement has too comes from there, with its id and people.

        Rows of a researcher's own gazetteer stand in the place of all others of that name nearby; those of an imported dump
        come last, where nothing of that name is nearby; none where the name is a word for people, parties or offices, since
        among millions of hamlets and hills each such word is a name too.
        """
        own = self._rows_of(self._own, key, [])
        known = self.named(key)
        found = [*own, *(site for site in known if not any(_same(site, other) for other in own))]
        for town in self._gazetteer.towns(key) if self._gazetteer is not None else ():
            twin = next((at for at, site in enumerate(found) if _same(site, town)), None)
            if twin is None:
                found.append(self._town(town))
            elif not found[twin].population and twin >= len(own):
                found[twin] = msgspec.structs.replace(found[twin], population=town.population, geonameid=town.id)
        found = found if key in self._spoken_for else self._rows_of(self._dumps, key, found)
        counties = self._bare_counties.get(key)
        return [*found, *counties] if counties else found

    def means_people(self, key: str) -> bool:
        """Whether the key is a word or a name for people, parties or offices, or each of its words is."""
        return key in self._spoken_for or all(part in self._spoken_for for part in key.split())

    def known_sites(self, key: str) -> list[Site]:
        """As `sites`, without the hills, wells and hamlets of imported dumps, whose names are often words of the language."""
        return [site for site in self.sites(key) if not site.weight or site.population]

    def _rows_of(self, gazetteers: Sequence[Imported], key: str, found: list[Site]) -> list[Site]:
        """The sites found, and of each imported gazetteer what stands near none of them."""
        for gazetteer in gazetteers:
            for row in gazetteer.rows(key):
                site = self._site(row)
                if site is not None and not any(_same(other, site) or other == site for other in found):
                    found.append(site)
        return found

    def _site(self, row: Row) -> Site | None:
        """The site of an imported row: a first-level division is the one known already. None where the allow list no longer
        has its kind."""
        lat, lon = round(row.lat, 4), round(row.lon, 4)
        if not row.feature:
            precision = msgspec.convert(row.precision, PlacePrecision)
            return Site(row.name, lat, lon, row.radius_km or 1.0, precision, row.country, row.admin1, row.kind or "place",
                        row.population)
        feature = self._features.of(row.feature)
        if feature is None:
            return None
        if feature.kind == "division" and (known := self.division(row.country, row.admin1)) is not None:
            return known
        people = row.population if feature.kind in ("town", "quarter") else 0
        radius = feature.radius_km or _reach(people)
        return Site(row.name, lat, lon, radius, feature.precision, row.country, row.admin1, feature.kind, people, row.id,
                    feature.weight)

    def alike(self, key: str, countries: frozenset[str] = frozenset()) -> list[Site]:
        """Sites whose name can be transliterated that way: of the supplement, and of the gazetteers in those countries.

        Only where the key itself has none: the consonants agree, and the vowels nearly.
        """
        bones = skeleton(key)
        if len(bones.replace(" ", "")) < 3:
            return []
        rows = [(site, likeness(name, key)) for name, site in self._loose.get(bones, ())]
        found = [site for site, like in rows if like >= (ALIKE if site.country in countries or not countries else ABROAD)]
        found = list(dict.fromkeys(found))
        if found or not countries:
            return found
        for name, town in self._gazetteer.towns_alike(bones) if self._gazetteer is not None else ():
            if town.country in countries and likeness(name, key) >= ALIKE:
                site = self._town(town)
                if site not in found:
                    found.append(site)
        for gazetteer in (*self._own, *self._dumps):
            for row in gazetteer.alike(bones):
                site_of = self._site(row) if row.country in countries and likeness(place_key(row.name), key) >= ALIKE else None
                if site_of is not None and not any(_same(other, site_of) for other in found):
                    found.append(site_of)
        return found

    def _town(self, town: Town) -> Site:
        return Site(town.name, round(town.lat, 4), round(town.lon, 4), _reach(town.population), "town", town.country,
                    town.admin1, "town", town.population, town.id)

    def adjective(self, key: str) -> Site | None:
        """The state or region that an adjective stands for."""
        return self._by_adjective.get(key)

    def division(self, country: str, code: str) -> Site | None:
        """The first-level division of that code."""
        return self._divisions.get((country, code))

    def _add(self, name: str, site: Site) -> None:
        key = place_key(name)
        if key and site not in (row := self._known.setdefault(key, [])):
            row.append(site)
            self.longest = max(self.longest, len(folded(name).split()))
            bones = skeleton(key)
            if site.country in WRITTEN_MANY_WAYS and len(bones.replace(" ", "")) > 2:
                self._loose.setdefault(bones, []).append((key, site))


def _names(actors: Actors) -> Phrases:
    """Names of organisations, outlets, parties and people, and plain words for people."""
    named = [
        *(name for medium in actors.media for name in (medium.name, *medium.aliases)),
        *(name for party in actors.parties for name in (
            party.name, *(dated.name for dated in party.names), *party.aliases)),
        *(name for leader in actors.leaders for name in (leader.name, *leader.aliases)),
    ]
    plain = [
        *(word for row in actors.descriptions.plural for word in row.words),
        *(word for war in actors.wars for row in war.descriptions for word in row.words),
    ]
    return Phrases(
        [*((name, "name") for name in named if " " in name and _all_capitals(name)), *((word, "plain") for word in plain)]
    )


def _spoken_for(actors: Actors) -> frozenset[str]:
    """Keys of words and names that mean people, parties or offices: "Syrians", "rebels", "Erdogan", "Jabhat", "chief"."""
    parties = (*actors.organisations, *(party for war in actors.wars for party in war.parties))
    names = [
        *(name for party in parties for name in (party.name, *party.aliases, *(dated.name for dated in party.names))),
        *(name for medium in actors.media for name in (medium.name, *medium.aliases)),
        *(name for leader in actors.leaders for name in (leader.name, *leader.aliases, *leader.alone)),
        *actors.composition.offices,
        *actors.composition.titles,
    ]
    described, composed = actors.descriptions, actors.composition
    words = [
        *(word for row in described.plural for word in row.words),
        *(word for row in described.singular for word in row.words),
        *(word for row in composed.groups for word in row.words),
        *(word for row in composed.bodies for word in row.words),
        *(word for war in actors.wars for row in war.descriptions for word in row.words),
        *(word for state in actors.states for word in (*state.people, *state.adjectives)),
    ]
    keys = {place_key(name) for name in (*names, *words)}
    return frozenset(keys | {part for name in names for part in folded(name).split()} | {f"{key}s" for key in keys})


def _all_capitals(name: str) -> bool:
    """Every word but short links begins with a capital: "Syrian Arab Army", "Jabhat Fateh al-Sham", not "Syrian army"."""
    return name[0].isupper() and all(not word[0].islower() or len(word) < 4 for word in re.split(r"[\s-]", name) if word)


class _Located(Protocol):
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def _same(site: Site, other: _Located) -> bool:
    if site.kind in ("country", "division", "county"):
        return False
    return abs(site.lat - other.lat) < 0.2 and abs(site.lon - other.lon) < 0.2


def _reach(population: int) -> float:
    """Radius in km of a town of that many people, by the usual density of towns."""
    return round(max(1.0, min(25.0, math.sqrt(population / 10_000))), 1)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise KnowledgeError(f"knowledge file {path} is missing: reinstall Rashomon or name another folder") from error
    first = next((index for index, line in enumerate(lines) if not line.startswith("#")), len(lines))
    yield from enumerate(csv.DictReader(lines[first:]), start=first + 2)


def _curated(path: Path) -> Iterator[tuple[Site, tuple[str, ...]]]:
    seen: set[tuple[str, str, str]] = set()
    for number, row in _rows(path):
        where = f"knowledge file {path}, line {number}"
        identity = (row["name"], row["country"], row["admin1"])
        if identity in seen:
            raise KnowledgeError(f"{where}: {row['name']!r} stands twice; keep one row")
        seen.add(identity)
        if len(row["country"]) not in (0, 2):
            raise KnowledgeError(f"{where}: country {row['country']!r} is no two-letter code")
        try:
            site = msgspec.convert(
                {
                    "name": row["name"], "lat": row["lat"], "lon": row["lon"], "radius_km": row["radius_km"],
                    "precision": row["precision"], "country": row["country"], "admin1": row["admin1"], "kind": row["kind"],
                },
                Site, strict=False,
            )
        except msgspec.ValidationError as error:
            raise KnowledgeError(f"{where}: {error}") from error
        if not (-90 <= site.lat <= 90 and -180 <= site.lon <= 180 and site.radius_km > 0):
            raise KnowledgeError(f"{where}: lat, lon or radius_km of {row['name']!r} is out of range")
        yield site, tuple(alias for alias in row["aliases"].split(";") if alias)


def _divisions(path: Path) -> Iterator[tuple[Site, tuple[str, ...]]]:
    for number, row in _rows(path):
        try:
            site = Site(
                row["name"], float(row["lat"]), float(row["lon"]), float(row["radius_km"]),
                "district" if row["level"] == "2" and row["country"] == "US" else "province", row["country"], row["code"],
                "division" if row["level"] == "1" else "county", 0, int(row["geonameid"]) if row["geonameid"] else None,
            )
        except ValueError as error:
            raise KnowledgeError(f"knowledge file {path}, line {number}: {error}") from error
        yield site, tuple(alias for alias in row["aliases"].split(";") if alias)
