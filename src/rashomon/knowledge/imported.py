"""Gazetteers that a person imported: one SQLite file each in the user's data folder, opened read-only.

A look-up is one range of one B-tree, so that neither start-up nor memory grows with the number of names. Rows lie under
their key with the weightiest first; the table holds all that a look-up gives.
"""

from __future__ import annotations

import re
import sqlite3
import warnings
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import msgspec

from ..errors import KnowledgeError, UsageError

# Raise it when the tables, the keys or the choice of names change: an older file must then be imported again.
EDITION = 2
# Keys of consonants alone (folding.skeleton) begin with it, which no name does.
BONES = "~"
MOST = 40  # places of one name that are looked at, the weightiest first
# The Arabic article as it is written before one consonant or another; and in French and English.
_ARTICLE = re.compile(r"\b(?:el|ar|as|ash|at|az|ad|adh|an|ath|ez|es|esh|er|et|en|ech|ul|ud)(?= \w)")
READY, STAGED, PART = ".sqlite", ".staged", ".part"


class Row(msgspec.Struct, frozen=True, gc=False):
    """One place. Degrees; ISO 3166-1 alpha-2 country or ""; `feature` is a GeoNames class and code ("P.PPL"), "" in a
    researcher's own file, which has `kind`, `precision` and `radius_km` instead, and may say its own
    `source`; `id` is the GeoNames id, or the row."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    feature: str
    population: int
    kind: str | None
    precision: str | None
    radius_km: float | None
    source: str = ""


class Skipped(UserWarning):
    """An imported gazetteer that cannot be read: places are looked up without it."""


class Summary(msgspec.Struct, frozen=True):
    """What `rashomon gazetteer status` says of one gazetteer. `state` is ready, unfinished or broken; of an unfinished one
    `rows` were read so far. `identity` is the digest of its content, `size` in bytes."""

    name: str
    state: str
    path: str
    size: int
    rows: int = 0
    places: int = 0
    names: int = 0
    left_out: int = 0
    bad: int = 0
    source: str = ""
    identity: str = ""
    problem: str = ""


def spelt(key: str) -> str:
    """The key with every form of the Arabic article as "al": "ar Rastan", "er-Rastan" and "al Rastan" are one name."""
    return _ARTICLE.sub("al", key)


class Imported:
    """Look-up in one imported gazetteer. Holds one read-only connection."""

    def __init__(self, path: Path) -> None:
        """KnowledgeError where the file is broken or of another edition."""
        self.name = path.stem
        mend = f"import it again, or remove it with: rashomon gazetteer remove {self.name}"
        try:
            self._connection = sqlite3.connect(
                f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.meta: dict[str, str] = dict(self._connection.execute("SELECT key, value FROM meta").fetchall())
            self._connection.execute("SELECT 1 FROM name LIMIT 1")
        except sqlite3.Error as error:
            raise KnowledgeError(f"the imported gazetteer {path} cannot be read ({error}): {mend}") from error
        if self.meta.get("edition") != str(EDITION):
            raise KnowledgeError(f"the imported gazetteer {path} was made by another version of Rashomon: {mend}")

    @property
    def identity(self) -> str:
        """Digest of its content: two imports of the same rows have the same."""
        return self.meta["identity"]

    @property
    def own(self) -> bool:
        """True for a researcher's own file, False for a GeoNames dump."""
        return self.meta["form"] == "csv"

    def rows(self, key: str) -> list[Row]:
        """Places of that key (knowledge.places.place_key), the weightiest first. KnowledgeError where the file is broken."""
        try:
            found = self._connection.execute(
                "SELECT id, name, lat, lon, country, admin1, feature, population, kind, precision, radius, source FROM name "
                "WHERE key = ? ORDER BY rank, id LIMIT ?",
                (key if key.startswith(BONES) else spelt(key), MOST),
            ).fetchall()
        except sqlite3.DatabaseError as error:
            raise KnowledgeError(
                f"the imported gazetteer {self.name} is damaged ({error}): import it again, or remove it with: "
                f"rashomon gazetteer remove {self.name}"
            ) from error
        return [Row(*row) for row in found]

    def alike(self, bones: str) -> list[Row]:
        """Places with those consonants (`folding.skeleton`), in countries whose names are written many ways."""
        return self.rows(f"{BONES}{bones}")

    def close(self) -> None:
        """Lets the file go."""
        self._connection.close()


def installed(folder: Path) -> tuple[Imported, ...]:
    """The gazetteers imported into `folder` (`Settings.gazetteers`), by name; none where there is no folder.

    One that is broken is skipped with a warning (`Skipped`) that says which, why and what to do; readings made without it
    do not carry its identity.
    """
    found = []
    for path in sorted(folder.glob(f"*{READY}")):
        try:
            found.append(Imported(path))
        except KnowledgeError as error:
            warnings.warn(f"{error}; until then places are looked up without it", Skipped, stacklevel=2)
    return tuple(found)


def identities(gazetteers: Iterable[Imported]) -> tuple[str, ...]:
    """Their identities: what readings depend on."""
    return tuple(gazetteer.identity for gazetteer in gazetteers)


def add_to(digest: str, identities: tuple[str, ...]) -> str:
    """The digest of the knowledge files with what was imported; the same one where nothing was."""
    return sha256("\n".join((digest, *identities)).encode()).hexdigest()[:16] if identities else digest


def summaries(folder: Path) -> list[Summary]:
    """Every gazetteer in the folder, unfinished and broken ones too, by name."""
    found = []
    for name in sorted({path.stem for end in (READY, STAGED) for path in folder.glob(f"*{end}")}):
        if (path := folder / f"{name}{READY}").exists():
            found.append(_ready(path))
        if (path := folder / f"{name}{STAGED}").exists():
            found.append(_unfinished(path))
    return found


def summary(meta: dict[str, str], path: Path) -> Summary:
    """The summary of a finished one."""
    return Summary(
        path.stem, "ready", str(path), path.stat().st_size, rows=int(meta["rows"]), places=int(meta["places"]),
        names=int(meta["names"]), left_out=int(meta["left_out"]), bad=int(meta["bad"]), source=meta["source"],
        identity=meta["identity"],
    )


def _ready(path: Path) -> Summary:
    try:
        gazetteer = Imported(path)
        gazetteer.close()
        return summary(gazetteer.meta, path)
    except (KnowledgeError, KeyError, ValueError) as error:
        return Summary(path.stem, "broken", str(path), path.stat().st_size, problem=str(error))


def _unfinished(path: Path) -> Summary:
    size = path.stat().st_size
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        connection.close()
        return Summary(path.stem, "unfinished", str(path), size, rows=int(meta.get("rows", 0)), source=meta.get("source", ""),
                       bad=int(meta.get("bad", 0)))
    except (sqlite3.Error, ValueError):
        return Summary(path.stem, "unfinished", str(path), size)


def remove(folder: Path, name: str) -> int:
    """Deletes a gazetteer, finished or not, and gives the bytes freed. UsageError where there is none of that name."""
    known = sorted({path.stem for end in (READY, STAGED) for path in folder.glob(f"*{end}")})
    if name not in known:
        there = f"there are {', '.join(known)}" if known else "none is imported"
        raise UsageError(f"no gazetteer is called {name!r}: {there}")
    freed = 0
    for end in (READY, STAGED, PART):
        for tail in ("", "-wal", "-shm", "-journal"):
            path = folder / f"{name}{end}{tail}"
            if path.exists():
                freed += path.stat().st_size
                path.unlink()
    return freed
