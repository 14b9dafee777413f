"""One document's places, step by step: names, candidates, choice, the phrase around each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import msgspec

from ...knowledge.places import Places
from ...records import Layout, Place, Span, Syntax
from .between import Between
from .borders import Borders
from .choose import Chooser
from .directions import directions
from .find import Finder
from .locative import is_locative
from .phrases import Phrases
from .toponym import Toponym

_TELEPHONE = re.compile(r"(?<![\d-])(?:1-)?\(?([2-9]\d\d)(?:\) ?|[-. \u00a0])[2-9]\d\d[-. \u00a0]\d{4}(?![\d-])")


def resolve(text: str, layout: Layout, syntax: Syntax, places: Places) -> tuple[Place, ...]:
    """Places in text order, in every block that was parsed; a name that means nothing known keeps its span alone.

    States, cities and adjectives that act or modify are listed too, with `locative` false.
    """
    finder = Finder(text, syntax, places)
    toponyms: list[Toponym] = finder.find([block.span for block in layout.blocks])
    Chooser(places, toponyms, area_codes(text, places.learned.area_codes)).choose()
    phrases = Phrases(text, syntax, places)
    found: list[Place] = []
    for toponym in toponyms:
        place = phrases.place(toponym, is_locative(syntax, places, toponym))
        if found and text[found[-1].span.end : place.span.start] in ("'s ", "’s ") and _holds(found[-1], place):
            place = msgspec.structs.replace(place, span=Span(found[-1].span.start, place.span.end))
        if not found or place.span.start >= found[-1].span.end or place.span.covers(found[-1].span):
            found.append(place)
    found.extend(Between(text, places).find(found))
    found.extend(Borders(text, places, toponyms).find())
    found.extend(directions(text, syntax, places, toponyms))
    return tuple(sorted(found, key=lambda place: (place.span.start, -place.span.end)))


def _holds(outer: Place, inner: Place) -> bool:
    """ "northern Syria's Idlib province" is one place, and northern Syria is named in it."""
    return outer.country is not None and outer.country == inner.country and outer.precision in ("country", "region", "province")


def area_codes(text: str, known: Mapping[str, str]) -> Counter[str]:
    """The divisions of the telephone numbers in the text, with how often: {"US-WV": 2}."""
    return Counter(known[match[1]] for match in _TELEPHONE.finditer(text) if match[1] in known)
