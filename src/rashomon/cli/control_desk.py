"""The control book of an open ledger: statements, the circles of their places, copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..knowledge.actors import load_actors
from ..knowledge.comparison import load_comparison
from ..knowledge.control_time import ControlTime, load_control_time
from ..knowledge.places import Places, place_key
from ..records import Control, EventPlace, Ground, Place, Stated, ground
from ..track.control import ControlBook, control_book
from ..track.holders import Holders
from ..track.knowing import as_of
from ..track.spots import bare, is_area
from .desk import Desk


class Shelf(NamedTuple):
    """The book with what is needed to look into it. `unsure`: documents (keys) left out because their day is not known to be
    before the day asked for."""

    book: ControlBook
    holders: Holders
    rules: ControlTime
    unsure: tuple[str, ...]


def shelf(desk: Desk, day: str | None = None) -> Shelf:
    """The control book, of what had been said by the day or of everything."""
    rules = load_control_time()
    holders = Holders(load_actors(), rules)
    some, unsure = as_of(desk.view.stated(Control), day)
    book = control_book(
        some, grounds(desk, some, rules), desk.view.reuses() if some else (), holders, rules, load_comparison().identified
    )
    return Shelf(book, holders, rules, unsure)


def grounds(desk: Desk, some: Iterable[Stated[Control]], rules: ControlTime) -> dict[str, Ground]:
    """The circle of each statement's place, by the statement's key: its reading's place at those coordinates says how large."""
    by_document: dict[str, list[Stated[Control]]] = {}
    found: dict[str, Ground] = {}
    for each in some:
        said = each.said
        # Whose circle it is, that of the words or of what they lie in, only the reading's places tell.
        plain = said.within is None and not is_area(said.place, rules)
        if said.lat is not None and said.lon is not None and said.radius_km is not None and plain:
            found[each.key] = Ground(said.lat, said.lon, said.radius_km, said.place)
        elif said.lat is not None and said.lon is not None:
            by_document.setdefault(each.citation.document, []).append(each)
    for key, reading in desk.view.readings(by_document):
        for each in by_document[key]:
            circle = _circle(each, reading.places, rules)
            if circle is not None:
                found[each.key] = circle
    return found


def known_sites(name: str) -> list[Ground]:
    """The circles that the files of places have for a name."""
    return [Ground(site.lat, site.lon, site.radius_km, site.name) for site in Places.load().named(place_key(name))]


def _circle(stated: Stated[Control], places: Iterable[Place], rules: ControlTime) -> Ground | None:
    """The circle by the name that the reading gives it: the statement's words where they are a name, else the place's own."""
    said = stated.said
    names = [bare(name, rules) for name in (said.within, said.place) if name is not None]
    at = [place for place in places if place.lat == said.lat and place.lon == said.lon]
    own = min(
        at, default=None,
        key=lambda place: (
            bare(place.name, rules) not in names, not place.span.overlaps(stated.citation.span), bool(place.relation), place.span,
        ),
    )
    if own is None:
        return ground(EventPlace("where", None, said.within or said.place, said.lat, said.lon))
    relation = own.relation if own.relation and own.relation.casefold() not in own.name.casefold() else None
    name = f"{relation} {own.name}" if relation and bare(own.name, rules) in names[-1:] else own.name
    return ground(EventPlace("where", own.span, name, own.lat, own.lon, own.radius_km, own.precision))
