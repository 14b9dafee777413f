"""The weights by which a name's place is chosen: their names and their file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from .files import HERE, load_yaml

# What is weighed, in the order of the numbers; knowledge/places/choice.yaml says what each is.
REASONS = (
    "people", "largest", "known_town", "country", "federal_division", "division", "county", "county_bare", "imported",
    "supplement", "supplement_area", "capital", "alias", "kind_fits", "parent", "stated_parent", "country_share",
    "country_named", "division_share", "division_named", "names_in_division", "names_close", "names_close_log", "telephone",
    "near", "division_chosen", "beside", "great_city", "short_name", "like_those_beside",
)


class _Raw(msgspec.Struct, forbid_unknown_fields=True):
    weights: Mapping[str, float]


def load_choice(path: Path = HERE / "places" / "choice.yaml") -> tuple[float, ...]:
    """A weight for each of REASONS. KnowledgeError names what is missing or unknown."""
    weights = load_yaml(path, _Raw).weights
    if weights.keys() != set(REASONS):
        odd = sorted(weights.keys() ^ set(REASONS))
        raise KnowledgeError(f"knowledge file {path}: weights missing or unknown: {', '.join(odd)}")
    return tuple(weights[name] for name in REASONS)
