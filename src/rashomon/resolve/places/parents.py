"""The larger place that a name is followed by: "Edmonton, Ky.", "Paris (Texas)"."""

from __future__ import annotations

import re

from ...knowledge.folding import Word
from ...knowledge.places import Places, place_key

_COMMA = re.compile(r",\s{1,20}|\s?\(")
_WIDE = ("country", "division", "county")


def parent_after(text: str, places: Places, words: list[Word], last: int) -> str:
    """Key of the division or state after the comma that follows word `last - 1`; "" when there is none."""
    if last >= len(words) or not words[last].capital:
        return ""
    if _COMMA.fullmatch(text[words[last - 1].end : words[last].start]) is None:
        return ""
    for size in (3, 2, 1):
        if last + size > len(words):
            continue
        name = text[words[last].start : words[last + size - 1].end]
        if len(name) <= 40 and any(
            site.kind in _WIDE or site.precision in ("province", "country") for site in places.named(place_key(name))
        ):
            return place_key(name)
    code = words[last].text
    return f"code:{code}" if len(code) == 2 and code.isupper() and places.division("US", code) else ""
