"""Routes of control: places that somebody is said to take, hold or lose, and each over time, source by source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request

from ..bookkeeping import Shelf, shelf, timelines, timelines_of
from ..track.control import Contest, Timeline, on
from ..track.lanes import Drawn, Letters, lanes, said_in_short, shape
from ..track.spots import Spots
from .answers import Answer, Packed, answers, nothing
from .book_shapes import (
    ControlBar,
    ControlContest,
    ControlHolder,
    ControlLane,
    ControlOn,
    ControlPage,
    ControlPanel,
    ControlPlace,
    ControlPlaces,
    ControlSide,
    ControlStatement,
)
from .caution import held_back
from .choosing import Period, circle, day, period
from .library import Library
from .quoting import articles, quote

Chosen = Annotated[Period, Depends(period)]
Word = Annotated[str | None, Query(max_length=200)]


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""

    def book(as_of: str | None) -> Shelf:
        since = library.caution.since
        return library.book(("control", as_of), lambda: shelf(library.view, as_of, lambda each: held_back(each, since)))

    @app.get("/api/control", summary="Places that statements of control speak of")
    @answers(ControlPlaces)
    def places(
        request: Request, days: Chosen, place: Word = None,
        near: Annotated[str | None, Query(description="LATITUDE,LONGITUDE,KILOMETRES instead of a name.")] = None,
        party: Word = None,
    ) -> Answer:
        found, area = book(days.as_of), None if place else circle(near)

        def answer() -> Packed:
            some = timelines(found, place, area, party=party, since=days.since, until=days.until)
            return Packed.of(ControlPlaces(
                _tree(some, found.book.spots), articles(library, found.unsure), found.held_back, library.caution.delay_days
            ))

        return Answer(library.once(("places", days, place, area, party), answer, found), request)

    @app.get("/api/control/{id}", summary="One place over time, source by source, with its parts")
    @answers(ControlPage, missing=True)
    def place(
        id: str, request: Request, days: Chosen, party: Word = None,
        on: Annotated[str | None, Query(description="What each source's latest statement says for this day.")] = None,
    ) -> Answer:
        found = book(days.as_of)
        if all(spot.id != id for spot in found.book.spots.all):
            raise nothing("place", id)
        asked = day(on, "on")
        made = library.once(
            ("control", id, days, party, asked), lambda: Packed.of(_page(library, found, id, days, party, asked)), found
        )
        return Answer(made, request)


def _place(timeline: Timeline, depth: int = 0) -> ControlPlace:
    spot = timeline.spot
    holders = sorted({name for line in timeline.lines for name in (line.said.before, line.said.after) if name})
    return ControlPlace(
        spot.id, spot.name, spot.names, spot.area, spot.lat, spot.lon, spot.radius_km, spot.part_of, depth,
        len(timeline.lines), len(timeline.sources), len(timeline.documents), len(timeline.contests), *timeline.days,
        tuple(holders),
    )


def _tree(some: Iterable[Timeline], spots: Spots) -> tuple[ControlPlace, ...]:
    """Places by how much is said of them, each followed by its parts; a part whose larger place is not there stands alone."""
    by_id = {timeline.spot.id: timeline for timeline in some}

    def above(id: str | None) -> str | None:
        while id is not None and id not in by_id:
            id = spots.spot(id).part_of
        return id

    inside: dict[str | None, list[Timeline]] = {}
    for timeline in by_id.values():
        inside.setdefault(above(timeline.spot.part_of), []).append(timeline)
    found: list[ControlPlace] = []
    rest = [(timeline, 0) for timeline in _by_weight(inside.get(None, ()))]
    while rest:
        timeline, depth = rest.pop()
        found.append(_place(timeline, depth))
        rest += [(part, depth + 1) for part in _by_weight(inside.get(timeline.spot.id, ()))]
    return tuple(found)


def _by_weight(some: Iterable[Timeline]) -> list[Timeline]:
    """The one of which most is said last, as a stack gives it first."""
    return sorted(some, key=lambda each: (-len(each.lines), each.spot.name, each.spot.id), reverse=True)


def _page(library: Library, found: Shelf, id: str, days: Period, party: str | None, asked: str | None) -> ControlPage:
    spots = found.book.spots
    own = spots.spot(id)
    some = timelines_of(
        found, [each.id for each in spots.down(own)], party=party, since=days.since, until=days.until
    )
    letters = Letters(some, found.holders)
    drawn = [(timeline, lanes(timeline, found.holders, found.rules)) for timeline in some]
    larger, above = [], own.part_of
    while above is not None:
        larger.append(_place(found.book.of(spots.spot(above))))
        above = spots.spot(above).part_of
    told = [
        ControlOn(
            timeline.spot.name, row.source.chain, row.holder, row.negative, row.ground, row.start, row.end,
            quote(library, row.line.stated.citation),
        )
        for timeline in some for row in (on(timeline, asked, found.rules) if asked else ())
    ]
    # The other side of a contest may lie outside the choice.
    keys = {key for timeline in some for key in found.book.of(timeline.spot).documents}
    return ControlPage(
        _place(next((each for each in some if each.spot.id == id), Timeline(own, (), ()))), tuple(larger),
        tuple(
            ControlPanel(
                _place(timeline), tuple(_lane(library, timeline, lane, letters) for lane in rows),
                tuple(_contest(library, each, found.book.of(timeline.spot)) for each in timeline.contests),
            )
            for timeline, rows in drawn
        ),
        tuple(ControlHolder(letter, tuple(names)) for letter, names in letters.names.items()), tuple(told),
        sum(len(lane.undrawn) for _, rows in drawn for lane in rows), found.rules.after_days,
        articles(library, keys), articles(library, found.unsure), found.held_back, library.caution.delay_days,
    )


def _lane(library: Library, timeline: Timeline, lane: Drawn, letters: Letters) -> ControlLane:
    days = {mark.line.stated.key: (mark.days.start.isoformat(), mark.days.end.isoformat()) for mark in lane.marks}
    statements = []
    for line in (*(mark.line for mark in lane.marks), *lane.undrawn):
        key, said = line.stated.key, line.said
        against = {
            other for each in timeline.contests for mine, theirs in ((each.a, each.b), (each.b, each.a)) if key in mine
            for other in theirs
        }
        statements.append(ControlStatement(
            key, shape(line), said_in_short(line), said.before, said.after, line.part, line.start, line.end, line.dated,
            days.get(key), quote(library, line.stated.citation), line.documents[1:], tuple(sorted(against)),
        ))
    bars = tuple(
        ControlBar(each.days.start.isoformat(), each.days.end.isoformat(), each.holder, letters.of(each.holder), each.earlier)
        for each in sorted(lane.bars, key=lambda bar: (not bar.earlier, bar.days.start, bar.days.end))
    )
    return ControlLane(lane.source.chain, lane.source.document, bars, tuple(statements))


def _contest(library: Library, contest: Contest, timeline: Timeline) -> ControlContest:
    """`timeline`: the whole of the place, as the other side's statements may not be of the choice."""
    cited = {line.stated.key: line.stated.citation for line in timeline.lines}

    def side(holder: str, keys: Iterable[str], negative: bool) -> ControlSide:
        return ControlSide(holder, negative, tuple(quote(library, cited[key]) for key in keys))

    return ControlContest(
        contest.start, contest.end, contest.sure, contest.carried, contest.attempt,
        side(contest.holder_a, contest.a, False), side(contest.holder_b, contest.b, contest.negative),
    )
