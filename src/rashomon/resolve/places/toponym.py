"""A place name found in the text, before it is known which place it means."""

from __future__ import annotations

import msgspec

from ...knowledge.places import Site
from ...records import Span


class Toponym(msgspec.Struct, gc=False):
    """A name with its candidates.

    `head` is the index of its syntactic head token; `parent` the key of a name that follows after a comma ("Edmonton, Ky.");
    `kind_word` the noun that says what it is ("province", "city").
    """

    span: Span
    key: str
    head: int
    sites: list[Site]
    adjective: bool = False
    parent: str = ""
    kind_word: str = ""
    chosen: Site | None = None
    confidence: float = 0.0
