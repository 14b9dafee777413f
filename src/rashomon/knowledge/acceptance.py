"""The learned decision whether a stretch of text is a place name: what it looks at, and its file."""

from __future__ import annotations

from pathlib import Path

from .files import HERE
from .trees import Trees, load_trees

# What is looked at, in the order of the numbers; resolve/places/evidence.py says how each is read off the text.
FEATURES = (
    "source", "adjective", "words", "letters", "country", "division", "county", "supplement", "sites", "people",
    "label", "label_first", "goes_on_left", "goes_on_right", "proper", "relation", "before", "locates", "capital_before",
    "number_before", "comma_before", "starts_sentence", "capital_after", "organisation_after", "feature_after", "kind_after",
    "hyphen_before", "hyphen_after", "possessive", "stopped", "parent", "is_parent", "person", "not_place", "common",
    "all_capitals", "mentions", "as_place", "as_person", "as_organisation", "lower", "focus", "speaks", "feature_last",
    "street", "rarity", "place_before", "label_after",
    "kind_of", "located_elsewhere", "one_country", "bare_county", "curated",
)


def load_acceptance(path: Path = HERE / "places" / "acceptance.csv") -> Trees:
    """The trees made by training/places.py. KnowledgeError names the line that breaks the rules."""
    return load_trees(path, FEATURES)
