"""One document's places, step by step: names, candidates, choice, the phrase around each."""

from __future__ import annotations

from ...knowledge.places import Places
from ...records import Layout, Place, Syntax
from .choose import Chooser
from .find import Finder
from .locative import is_locative
from .phrases import Phrases
from .toponym import Toponym


def resolve(text: str, layout: Layout, syntax: Syntax, places: Places) -> tuple[Place, ...]:
    """Places in text order, in every block that was parsed; a name that means nothing known keeps its span alone.

    States, cities and adjectives that act or modify are listed too, with `locative` false.
    """
    finder = Finder(text, syntax, places)
    toponyms: list[Toponym] = finder.find([block.span for block in layout.blocks])
    Chooser(places, toponyms).choose()
    phrases = Phrases(text, syntax, places)
    found: list[Place] = []
    for toponym in toponyms:
        place = phrases.place(toponym, is_locative(syntax, places, toponym))
        if not found or place.span.start >= found[-1].span.end:
            found.append(place)
    return tuple(found)
