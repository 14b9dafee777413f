"""What kind of furniture a block is, once it is known to be none of the article."""

from __future__ import annotations

from collections.abc import Sequence

from ..knowledge.boilerplate import Furniture
from ..records.vocabulary import BoilerplateKind
from .lines import Piece
from .phrases import Wording, person

_NEAR = 4


def kind_of(
    index: int,
    pieces: Sequence[Piece],
    bounds: tuple[int, int],
    wordings: Sequence[Wording],
    headline: int | None,
    furniture: Furniture,
) -> BoilerplateKind:
    """By its words where the phrases know them, else by where it stands and what stands around it.

    `bounds` are the indices of the article's first and last block.
    """
    own = wordings[index].kind
    line = pieces[index].plain
    if own == "byline" and index and furniture.only_agency.fullmatch(line) and _kind_before(index, wordings) == "caption":
        return "caption"
    if own is not None:
        return own
    words = len(line.split())
    if index < bounds[0] and (headline is None or index < headline):
        return "navigation"
    if index < bounds[1]:
        near = any(wordings[i].kind == "byline" for i in range(max(0, index - 2), min(len(pieces), index + 3)))
        if headline is not None and 0 < index - headline <= _NEAR and (near or person(line, furniture)):
            return "byline"
        if furniture.captions.credit.search(line) or furniture.captions.position.search(line):
            return "caption"
        return "related-links" if 4 <= words <= 25 else "navigation" if words < 4 else "other"
    last = _kind_before(index, wordings)
    if words < 4:
        return "navigation"
    if line[-1:] not in ".,;":
        return "related-links"
    return last if last in ("comment-widget", "disclaimer", "contact", "promo") else "other"


def _kind_before(index: int, wordings: Sequence[Wording]) -> BoilerplateKind | None:
    for i in range(index - 1, max(-1, index - 60), -1):
        kind = wordings[i].kind
        if kind is not None:
            return kind
    return None
