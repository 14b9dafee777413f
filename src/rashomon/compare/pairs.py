"""A pair of statements that bear on one question."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from ..records import Citation
from ..records.vocabulary import Relation


class Pair(msgspec.Struct, frozen=True):
    """Two statements that bear on one question. `relation` is one of the reading format's five; `incident` its id."""

    relation: Relation
    question: str
    a: Citation
    b: Citation
    why: str
    incident: str | None = None


class Ranked(NamedTuple):
    """A pair with its rank: the smaller, the more telling."""

    rank: tuple[int, int]
    pair: Pair
