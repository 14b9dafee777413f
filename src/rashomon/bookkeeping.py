"""The books of a ledger, put together from its view: control of places, pledges, forecasts, names. For every face alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from .errors import UsageError
from .knowledge.actors import load_actors
from .knowledge.comparison import ComparisonRules, load_comparison, sides_of
from .knowledge.control_time import ControlTime, load_control_time
from .knowledge.forecast_book import load_forecast_book
from .knowledge.places import Places, place_key
from .knowledge.pledge_book import load_pledge_book
from .knowledge.rarity import load_rarity
from .ledger import View
from .records import (
    Control,
    EventPlace,
    Forecast,
    Ground,
    Judgement,
    Naming,
    Place,
    Pledge,
    Reading,
    Said,
    Stated,
    ground,
)
from .track import forecasts, pledges
from .track.bearings import with_bearings
from .track.control import ControlBook, Timeline, chosen, control_book
from .track.forecast_tellings import outlooks
from .track.forecasts import ForecastEntry
from .track.holders import Holders
from .track.knowing import as_of
from .track.later import Later, later
from .track.likeness import Parties
from .track.naming import Named, named
from .track.outcomes import FIELD, with_outcomes
from .track.pledge_status import with_status
from .track.pledge_tellings import tellings
from .track.pledges import PledgeEntry
from .track.spots import bare, is_area
from .track.voices import Copies

_PREFIX = 6


class Shelf(NamedTuple):
    """The book with what is needed to look into it. `unsure`: documents (keys) left out because their day is not known to be
    before the day asked for; `held_back`: how many statements were not let in."""

    book: ControlBook
    holders: Holders
    rules: ControlTime
    unsure: tuple[str, ...]
    held_back: int = 0


def shelf(view: View, day: str | None = None, keep_out: Callable[[Stated[Control]], bool] = lambda stated: False) -> Shelf:
    """The control book, of what had been said by the day or of everything; `keep_out` says of which statement nothing is told."""
    rules = load_control_time()
    holders = Holders(load_actors(), rules)
    told, unsure = as_of(view.stated(Control), day)
    some = tuple(each for each in told if not keep_out(each))
    book = control_book(
        some, grounds(view, some, rules), view.reuses() if some else (), holders, rules, load_comparison().identified
    )
    return Shelf(book, holders, rules, unsure, len(told) - len(some))


def grounds(view: View, some: Iterable[Stated[Control]], rules: ControlTime) -> dict[str, Ground]:
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
    for key, reading in view.readings(by_document):
        for each in by_document[key]:
            circle = _circle(each, reading.places, rules)
            if circle is not None:
                found[each.key] = circle
    return found


def known_sites(name: str) -> list[Ground]:
    """The circles that the files of places have for a name."""
    return [Ground(site.lat, site.lon, site.radius_km, site.name) for site in Places.load().named(place_key(name))]


def timelines(
    found: Shelf, place: str | None = None, near: tuple[float, float, float] | None = None, *, party: str | None = None,
    since: str | None = None, until: str | None = None,
) -> list[Timeline]:
    """The timelines asked for: of all places, or of the named one (or those in the circle: degrees, km) with the parts below.
    UsageError where nothing is left."""
    spots = found.book.spots
    if place is not None or near is not None:
        asked = (spots.named(place, known_sites),) if place is not None else spots.near(near) if near is not None else ()
        some = list(dict.fromkeys(each.id for spot in asked for each in spots.down(spot)))
    else:
        some = [spot.id for spot in spots.all]
    kept = timelines_of(found, some, party=party, since=since, until=until)
    if (place is not None or near is not None) and not kept:
        name = spots.spot(some[0]).name
        raise UsageError(f"no statement about control of {name} is left: widen --party, --since and --until")
    return kept


def timelines_of(
    found: Shelf, ids: Iterable[str], *, party: str | None = None, since: str | None = None, until: str | None = None
) -> list[Timeline]:
    """The timelines of these places (ids), those without a statement of the choice left out."""
    some = (chosen(found.book.of(found.book.spots.spot(id)), found.holders, party=party, since=since, until=until) for id in ids)
    return [timeline for timeline in some if timeline.lines]


class Given(NamedTuple):
    """What was said by the day asked about. `unsure`: documents (keys) of which it cannot be told whether they had appeared."""

    stated: tuple[Stated[Any], ...]
    readings: dict[str, Reading]
    claims: tuple[Later, ...]
    parties: Parties
    copies: Copies
    rules: ComparisonRules
    unsure: tuple[str, ...]


def given(view: View, some: tuple[Stated[Any], ...], actions: Collection[str] | None, day: str | None) -> Given:
    """These statements and the later claims of these actions (all of them for None), as they stood on the day (ISO 8601)."""
    rules = load_comparison()
    stated, unsure = as_of(some, day)
    holders = {each.citation.document for each in stated}
    tellers = set(holders)
    if actions is None:
        tellers |= {entry.key for entry in view.documents(state="read")}
    else:
        tellers |= {entry.document for entry in view.events(actions=actions)}
    readings: dict[str, Reading] = {}
    claims: list[Later] = []
    entries = {entry.key: entry for entry in view.entries(tellers if stated else ())}
    for key, reading in view.readings(tellers if stated else ()):
        if key in holders:
            readings[key] = reading
        entry = entries[key]
        told = later(key, reading, entry.added, entry.story, rules.tolls)
        claims += (each for each in told if actions is None or each.action in actions)
    known, doubtful = as_of(claims, day)
    parties = Parties(sides_of(load_actors()), rules)
    left_out = tuple(sorted({*unsure, *doubtful}))
    return Given(stated, readings, known, parties, Copies(view.reuses()), rules, left_out)


def pledge_entries(view: View, day: str | None = None) -> tuple[tuple[PledgeEntry, ...], tuple[str, ...]]:
    """(the ledger's pledges as they stood on the day, documents left out because it is not known whether they had appeared)."""
    book, rarity = load_pledge_book(), load_rarity()
    held = given(view, view.stated(Pledge), book.actions.keys(), day)
    told = [
        telling for key, some in sorted(by_document(held.stated).items())
        for telling in tellings(some, held.readings[key], book, rarity)
    ]
    made = pledges.entries(told, book, held.parties, held.copies)
    return with_status(made, held.claims, book, rarity, held.parties, held.copies), held.unsure


def forecast_entries(
    view: View, day: str | None = None
) -> tuple[tuple[ForecastEntry, ...], tuple[str, ...], tuple[Judgement, ...]]:
    """(the ledger's forecasts as they stood on the day, documents left out because it is not known whether they had appeared,
    judgements on words that are no forecast any more)."""
    book, rarity = load_forecast_book(), load_rarity()
    held = given(view, view.stated(Forecast), None, day)
    told = [
        outlook for key, some in sorted(by_document(held.stated).items())
        for outlook in outlooks(some, held.readings[key], book, rarity, held.rules.tolls)
    ]
    made = forecasts.entries(told, book, held.parties, held.copies)
    borne = with_bearings(made, held.claims, book, held.rules, rarity, held.parties, held.copies)
    found, lost = with_outcomes(borne, view.judgements(field=FIELD, retired=True), day)
    return found, held.unsure, lost if day is None else ()


def forecast_names(entry: ForecastEntry) -> list[str]:
    """Everybody by whom a forecast is made or passed on."""
    chains = [name for one in entry.outlooks for name in one.stated.citation.chain]
    publishers = [one.stated.publisher for one in entry.outlooks if one.stated.publisher]
    return [*(one.forecaster for one in entry.outlooks), *chains, *publishers]


def namings(view: View, day: str | None = None) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    """(who had called whom what by the day, documents left out because it is not known whether they had appeared)."""
    stated, unsure = as_of(view.stated(Naming), day)
    ids = {entry.key: entry.id for entry in view.entries({each.citation.document for each in stated})}
    return named(stated, view.reuses(), ids), unsure


def chosen_names(
    some: Iterable[Named], *, actor: str | None = None, outlet: str | None = None, voice: str | None = None,
    since: str | None = None, until: str | None = None,
) -> list[Named]:
    """The mentions asked for. `voice`: "author" or "quoted". Whose words they are is seen in all that had been said before."""
    return [
        each for each in some
        if (actor is None or names_it(actor, (each.actor or "", each.label)))
        and (voice is None or (voice == "quoted") == (each.voice == "quoted"))
        and (outlet is None or names_it(outlet, (each.outlet,))) and touches(each.published, since, until)
    ]


def by_document(stated: Iterable[Stated[Said]]) -> dict[str, list[Stated[Said]]]:
    """The statements of each document, by its key."""
    found: dict[str, list[Stated[Said]]] = {}
    for each in stated:
        found.setdefault(each.citation.document, []).append(each)
    return found


def touches(days: tuple[str | None, str | None], since: str | None, until: str | None) -> bool:
    """True where the interval touches the days asked for; an unknown one touches none."""
    start, end = days[0] or days[1], days[1] or days[0]
    if start is None or end is None:
        return since is None and until is None
    return (since is None or end[:10] >= since) and (until is None or start[:10] <= until)


def names_it(wanted: str, names: Iterable[str]) -> bool:
    """True where one of the names is the wanted one, or holds it as whole words, whatever its capitals."""
    asked = wanted.casefold().split()
    for name in names:
        parts = name.casefold().split()
        if any(parts[at : at + len(asked)] == asked for at in range(len(parts) - len(asked) + 1)):
            return True
    return False


def is_called(name: str, keys: Iterable[str]) -> bool:
    """True where one of the keys is `name`, or begins with it and it is long enough to tell."""
    return any(key == name or (len(name) >= _PREFIX and key.startswith(name)) for key in keys)


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
