"""The control book of an open ledger: statements, the circles of their places, copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..knowledge.actors import load_actors
from ..knowledge.comparison import load_comparison
from ..knowledge.control_time import ControlTime, load_control_time
from ..records import Control, EventPlace, Ground, Place, Stated, ground
from ..track.control import ControlBook, control_book
from ..track.holders import Holders
from ..track.knowing import as_of
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
        some, grounds(desk, some), desk.view.reuses() if some else (), holders, rules, load_comparison().identified
    )
    return Shelf(book, holders, rules, unsure)


def grounds(desk: Desk, some: Iterable[Stated[Control]]) -> dict[str, Ground]:
    """The circle of each statement's place, by the statement's key: its reading's place at those coordinates says how large."""
    by_document: dict[str, list[Stated[Control]]] = {}
    found: dict[str, Ground] = {}
    for each in some:
        said = each.said
        radius: float | None = getattr(said, "radius_km", None)
        if said.lat is not None and said.lon is not None and radius is not None:
            found[each.key] = Ground(said.lat, said.lon, radius, said.place)
        elif said.lat is not None and said.lon is not None:
            by_document.setdefault(each.citation.document, []).append(each)
    for key, reading in desk.view.readings(by_document):
        for each in by_document[key]:
            circle = _circle(each, reading.places)
            if circle is not None:
                found[each.key] = circle
    return found


def _circle(stated: Stated[Control], places: Iterable[Place]) -> Ground | None:
    said = stated.said
    at = [place for place in places if place.lat == said.lat and place.lon == said.lon]
    own = min(
        at, default=None,
        key=lambda place: (
            not place.span.overlaps(stated.citation.span), place.name != said.place, bool(place.relation), place.span,
        ),
    )
    if own is None:
        return ground(EventPlace("where", None, said.place, said.lat, said.lon))
    inside = own.name.casefold()
    relation = own.relation if own.relation and own.relation.casefold() not in inside and said.place == own.name else None
    name = f"{relation} {said.place}" if relation else said.place
    return ground(EventPlace("where", own.span, name, own.lat, own.lon, own.radius_km, own.precision))
