"""What the features of an imported gazetteer are: kind, precision, extent and weight by GeoNames class and code."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from ..records.vocabulary import PlacePrecision
from .files import HERE, load_yaml

PATH = HERE / "places" / "features.yaml"


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of feature; `radius_km` 0 means by inhabitants, `weight` is in log10 of inhabitants."""

    kind: str
    precision: PlacePrecision
    radius_km: float
    weight: float


class _Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str | None = None
    precision: PlacePrecision | None = None
    radius_km: float | None = None
    weight: float | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: dict[str, Feature]
    codes: dict[str, _Change]
    left_out: tuple[str, ...]
    radius_km: dict[PlacePrecision, float]
    reserved: tuple[str, ...]


class Features:
    """The allow list of features."""

    def __init__(self, classes: dict[str, Feature], codes: dict[str, Feature], left_out: tuple[str, ...],
                 radius_km: dict[PlacePrecision, float], reserved: tuple[str, ...]) -> None:
        self._classes, self._codes = classes, codes
        self._left_out = frozenset(code for code in left_out if not code.endswith("*"))
        self._starts = tuple(code[:-1] for code in left_out if code.endswith("*"))
        self.radius_km = radius_km
        self.reserved = frozenset(reserved)

    @classmethod
    def load(cls, path: Path = PATH) -> Features:
        """Reads and checks the file. KnowledgeError names the key that breaks its rules."""
        raw = load_yaml(path, _File)
        codes = {}
        for code, change in raw.codes.items():
            if code.partition(".")[0] not in raw.classes:
                raise KnowledgeError(f"knowledge file {path}: codes: {code!r} is of a class that `classes` does not have")
            base = raw.classes[code.partition(".")[0]]
            own = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
            codes[code] = msgspec.structs.replace(base, **own)
        return cls(raw.classes, codes, raw.left_out, raw.radius_km, raw.reserved)

    def of(self, code: str) -> Feature | None:
        """The feature of a code such as "P.PPLA2"; None where the list leaves it out."""
        if code in self._left_out or code.startswith(self._starts):
            return None
        return self._codes.get(code) or self._classes.get(code.partition(".")[0])
