"""Directions that name a part of the country which a text is about: "held the northwest", "in the north west"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...knowledge.places import Places, place_key
from ...records import Place, Span, Syntax
from .toponym import Toponym

_THE = re.compile(
    r"\b(?:in|to|from|of|defend|across|near|held|control|controls|holds) (the[ \u00a0]((?:north|south)[- \u00a0]?(?:east|west)))"
    r"(?![\w-]|[ \u00a0](?:of|and|west|east|or|[A-Z]))",
)
# So large a share of the names must belong to one country before a bare direction is taken as a part of it.
SHARE = 0.3


def directions(text: str, syntax: Syntax, places: Places, toponyms: list[Toponym]) -> Iterator[Place]:
    """Bare directions of a text on one country, where the supplement knows that part by name."""
    votes = Counter(
        toponym.chosen.country for toponym in toponyms
        if toponym.chosen is not None and toponym.chosen.country and not toponym.adjective
    )
    if not votes:
        return
    country, count = min(votes.items(), key=lambda row: (-row[1], row[0]))
    state = places.states.get(country)
    if state is None or count < SHARE * sum(votes.values()) or count < 3:
        return
    for sentence in syntax.sentences:
        for match in _THE.finditer(text, sentence.span.start, sentence.span.end):
            word = re.sub(r"[- \u00a0]", "", match[2])
            site = next((row for row in places.named(place_key(f"{word}ern {state.name}")) if row.kind == "region"), None)
            if site is not None:
                yield Place(
                    span=Span(*match.span(1)), name=site.name, lat=site.lat, lon=site.lon, radius_km=site.radius_km,
                    relation=word, precision=site.precision, acled_precision=3, ucdp_precision=5, country=country,
                    confidence=0.6,
                )
