"""Files that a gazetteer is imported from: a GeoNames dump (a zip, or its plain text) or a researcher's own CSV.

Both give rows as they stand; a row that cannot be one gives a `Bad` with its reason instead.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal

import msgspec

from ..errors import InputError, MalformedRecord, UnsupportedFormat
from ..records.vocabulary import PlacePrecision
from .features import Features

Form = Literal["geonames", "csv"]
COLUMNS = 19
LONGEST_LINE = 1_000_000
REQUIRED = ("name", "latitude", "longitude")
OPTIONAL = ("alternates", "kind", "precision", "radius_km", "country", "admin1", "population", "source")
_PRECISIONS: tuple[PlacePrecision, ...] = ("point", "town", "district", "province", "country", "region")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place of the file with all its names; the fields are those of `imported.Row`."""

    id: int
    names: tuple[str, ...]
    lat: float
    lon: float
    country: str
    admin1: str
    feature: str
    population: int
    kind: str | None = None
    precision: str | None = None
    radius_km: float | None = None
    source: str = ""


class Bad(msgspec.Struct, frozen=True, gc=False):
    """A row that cannot be read: its line, from 1, and why."""

    line: int
    reason: str


class Source:
    """One file to import. `form` says how its rows are read, `size` its bytes unpacked, `digest` the sha256 of the file."""

    def __init__(self, path: Path) -> None:
        """InputError says what is wrong with the file."""
        self.path = path
        self.done = 0
        try:
            with path.open("rb") as stream:
                packed = stream.read(4) == b"PK\x03\x04"
            if path.suffix.lower() == ".zip" and not packed:
                raise UnsupportedFormat(f"{path} is not a zip file: fetch it again, or name the unpacked .txt or .csv")
            self._member = self._found() if packed else None
            inner = self._member.filename if self._member else path.name
            self.size = self._member.file_size if self._member else path.stat().st_size
            self.digest = _sha256(path)
        except FileNotFoundError as error:
            raise InputError(f"there is no file {path}") from error
        except IsADirectoryError as error:
            raise InputError(f"{path} is a folder: name a .zip, .txt or .csv file") from error
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}") from error
        self.form: Form = "csv" if inner.lower().endswith(".csv") else "geonames"

    def records(self, features: Features) -> Iterator[Entry | Bad | None]:
        """Every row in file order: a place, None where the allow list leaves it out, or what is wrong with it."""
        self.done = 0
        try:
            with self._opened() as stream:
                if self.form == "csv":
                    yield from self._own(stream, features)
                else:
                    yield from self._dump(stream, features)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise MalformedRecord(f"{self.path} is cut off or damaged ({error}): fetch it again") from error
        except (RuntimeError, NotImplementedError) as error:
            raise UnsupportedFormat(f"{self.path} cannot be unpacked ({error}): unpack it and name the .txt or .csv") from error

    def _found(self) -> zipfile.ZipInfo:
        """The table in the zip: its only .txt or .csv that is no readme."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                members = [
                    member for member in archive.infolist()
                    if member.filename.lower().endswith((".txt", ".csv")) and "readme" not in member.filename.lower()
                    and not member.filename.startswith("__MACOSX")
                ]
        except zipfile.BadZipFile as error:
            raise MalformedRecord(f"{self.path} is not a whole zip file (cut off or damaged): fetch it again") from error
        same = [member for member in members if Path(member.filename).stem.casefold() == self.path.stem.casefold()]
        if len(same or members) != 1:
            held = f"{len(members)} tables" if members else "no .txt or .csv table"
            raise UnsupportedFormat(f"{self.path} holds {held}: unpack it and name the one to import")
        return (same or members)[0]

    def _opened(self) -> IO[bytes]:
        if self._member is None:
            return self.path.open("rb")
        return io.BufferedReader(zipfile.ZipFile(self.path).open(self._member), 1 << 18)  # type: ignore[type-var]

    def _lines(self, stream: IO[bytes]) -> Iterator[bytes | None]:
        """Lines with their ends; None for one that is too long to be a row."""
        while line := stream.readline(LONGEST_LINE):
            self.done += len(line)
            if len(line) < LONGEST_LINE or line.endswith(b"\n"):
                yield line
                continue
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                self.done += len(rest)
            yield None

    def _dump(self, stream: IO[bytes], features: Features) -> Iterator[Entry | Bad | None]:
        for number, raw in enumerate(self._lines(stream), start=1):
            if raw is None:
                yield Bad(number, f"it is longer than {LONGEST_LINE:,} bytes")
                continue
            try:
                line = raw.decode("utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                yield Bad(number, "it is not UTF-8")
                continue
            if line:
                try:
                    yield _place(line.split("\t"), features)
                except ValueError as error:
                    yield Bad(number, str(error))

    def _own(self, stream: IO[bytes], features: Features) -> Iterator[Entry | Bad | None]:
        texts = ((line or b"\xff\n").decode("utf-8", "surrogateescape") for line in self._lines(stream))
        first = next(texts, "").removeprefix(b"\xef\xbb\xbf".decode("utf-8"))
        comma = max(",;\t", key=first.count)
        header = [cell.strip().casefold() for cell in next(csv.reader([first], delimiter=comma), [])]
        missing = [column for column in REQUIRED if column not in header]
        if missing:
            raise MalformedRecord(
                f"{self.path} has no column {' and no column '.join(missing)}: its first line must name "
                f"{', '.join(REQUIRED)}, and may name {', '.join(OPTIONAL)}"
            )
        rows = csv.reader(texts, delimiter=comma)
        at = 0
        while True:
            start = rows.line_num + 2
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Bad(start, str(error))
                continue
            if not any(cell.strip() for cell in cells):
                continue
            at += 1
            try:
                if any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell):
                    raise ValueError("it is not UTF-8: save the file as UTF-8")
                if len(cells) > len(header):
                    raise ValueError(f"it has {len(cells)} columns, not {len(header)}: quote a cell that holds {comma!r}")
                yield _own_place(at, dict(zip(header, (cell.strip() for cell in cells), strict=False)), features)
            except ValueError as error:
                yield Bad(start, str(error))


def _sha256(path: Path) -> str:
    total = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def _degrees(lat: str, lon: str) -> tuple[float, float]:
    try:
        found = float(lat), float(lon)
    except ValueError:
        raise ValueError(f"latitude {lat[:20]!r}, longitude {lon[:20]!r} are no degrees")
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        raise ValueError(f"latitude {lat[:20]}, longitude {lon[:20]} lie outside the globe")
    return found


def _count(text: str, what: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ValueError(f"{what} {text[:20]!r} is no number")
    return int(text)


def _country(code: str) -> str:
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(f"country {code[:20]!r} is no two-letter code")
    return code.upper()


def _place(cells: list[str], features: Features) -> Entry | None:
    if len(cells) != COLUMNS:
        raise ValueError(f"it has {len(cells)} columns instead of {COLUMNS}")
    feature = f"{cells[6]}.{cells[7]}"
    id = _count(cells[0], "geonameid")
    lat, lon = _degrees(cells[4], cells[5])
    if not id or not cells[1].strip():
        raise ValueError("it has no geonameid" if not id else "it has no name")
    country, population = _country(cells[8]), _count(cells[14], "population")
    if features.of(feature) is None:
        return None
    return Entry(id, (cells[1].strip(), cells[2], *filter(None, cells[3].split(","))), lat, lon, country, cells[10], feature,
                 population)


def _own_place(at: int, row: dict[str, str], features: Features) -> Entry:
    name = row["name"]
    if not name:
        raise ValueError("it has no name")
    lat, lon = _degrees(row.get("latitude", ""), row.get("longitude", ""))
    precision = row.get("precision", "").casefold() or "town"
    if precision not in _PRECISIONS:
        raise ValueError(f"precision {precision[:20]!r} is none of {', '.join(_PRECISIONS)}")
    kind = row.get("kind", "").casefold() or ("town" if precision == "town" else "place")
    if kind in features.reserved:
        raise ValueError(f"kind {kind!r} is kept for what comes with Rashomon; say province, district or region")
    radius = features.radius_km[next(one for one in _PRECISIONS if one == precision)]
    if row.get("radius_km"):
        try:
            radius = float(row["radius_km"])
        except ValueError:
            radius = 0.0
        if not 0 < radius < 20_000:
            raise ValueError(f"radius_km {row['radius_km'][:20]!r} is no distance above 0")
    names = (name, *(other.strip() for other in row.get("alternates", "").split(";") if other.strip()))
    return Entry(at, names, lat, lon, _country(row.get("country", "")), row.get("admin1", ""), "",
                 _count(row.get("population", ""), "population"), kind, precision, radius, row.get("source", ""))
