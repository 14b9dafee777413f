"""How copied text is found and what it is called: lengths, shares, limits, quotation marks."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from .files import HERE, load_yaml


class LineageRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values of `lineage.yaml`, which explains each. Shares run from 0 to 1."""

    run_words: int
    window: int
    small_run_words: int
    permutations: int
    bands: int
    short_run_words: int
    most_holders: int
    most_alike: int
    gap_words: int
    passage_words: int
    quoted_share: float
    quotation_share: float
    copy_share: float
    part_share: float
    line_words: int
    line_words_most: int
    line_texts: int
    line_days: int
    quotation_marks: tuple[tuple[str, str], ...]


def load_lineage(path: Path = HERE / "lineage.yaml") -> LineageRules:
    """The rules. KnowledgeError names the key that breaks its rules."""
    rules = load_yaml(path, LineageRules)
    for name in rules.__struct_fields__:
        value = getattr(rules, name)
        if isinstance(value, int | float) and value <= 0:
            raise KnowledgeError(f"knowledge file {path}: {name} must be more than 0")
    if rules.permutations % rules.bands:
        raise KnowledgeError(f"knowledge file {path}: permutations must be a multiple of bands")
    return rules
