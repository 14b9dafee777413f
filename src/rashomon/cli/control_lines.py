"""The control book as JSON, one object a line: places, statements, contested stretches, what is said for a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..records import Control, Stated
from ..track.control import Contest, Line, OnDay, Timeline
from ..track.spots import Spot, Spots
from ..track.stretches import partial
from .control_words import says
from .desk import Desk


def place_line(timeline: Timeline, spots: Spots, desk: Desk) -> dict[str, Any]:
    """One place of the list."""
    first, last = timeline.days
    holders = {name for line in timeline.lines for name in (line.said.before, line.said.after) if name}
    return {
        "line": "place", **_place(timeline.spot, spots), "names": timeline.spot.names, "area": timeline.spot.area,
        "documents": [desk.caller_id(key) for key in timeline.documents], "statements": len(timeline.lines),
        "sources": len(timeline.sources), "from": first, "to": last, "contested": len(timeline.contests),
        "holders": sorted(holders),
        "cited": [cited(line.stated, desk) for line in timeline.lines],
    }


def statement_line(line: Line, timeline: Timeline, spots: Spots, desk: Desk) -> dict[str, Any]:
    """One statement with where it stands. `start` to `end`: the day of the change (`dated`), else of the report."""
    said = line.said
    key = line.stated.key
    against = {
        other for each in timeline.contests for mine, theirs in ((each.a, each.b), (each.b, each.a)) if key in mine
        for other in theirs
    }
    return {
        "line": "statement", **_place(timeline.spot, spots), "words_for_place": said.place,
        "within": said.within, "part": partial(said), "kind": said.kind, "before": said.before, "after": said.after,
        "denied": said.denied, "resolved_from": said.resolved_from, "says": says(line),
        "start": line.start, "end": line.end, "dated": line.dated, **cited(line.stated, desk),
        "attribution": line.stated.citation.attribution, "story": line.stated.story,
        "copies": [cited(each, desk) for each in line.copies], "contested_by": sorted(against),
    }


def contest_line(contest: Contest, timeline: Timeline, desk: Desk) -> dict[str, Any]:
    """One contested stretch, with the statements of both sources."""
    by_key = {line.stated.key: line for line in timeline.lines}

    def side(holder: str, keys: Iterable[str], negative: bool) -> dict[str, Any]:
        return {"holder": holder, "negative": negative, "statements": [cited(by_key[key].stated, desk) for key in keys]}

    return {
        "line": "contested", "place": timeline.spot.name, "place_id": timeline.spot.id,
        "start": contest.start, "end": contest.end,
        "sure": contest.sure, "carried": contest.carried, "attempt": contest.attempt,
        "a": side(contest.holder_a, contest.a, False), "b": side(contest.holder_b, contest.b, contest.negative),
    }


def on_line(row: OnDay, timeline: Timeline, day: str, desk: Desk) -> dict[str, Any]:
    """What a source's latest statement says for a day; `start` to `end`: as of when, or when the change was."""
    return {
        "line": "on", "day": day, "place": timeline.spot.name, "place_id": timeline.spot.id, "holder": row.holder,
        "negative": row.negative, "ground": row.ground, "start": row.start, "end": row.end, "kind": row.line.said.kind,
        **cited(row.line.stated, desk),
    }


def cited(stated: Stated[Control], desk: Desk) -> dict[str, Any]:
    """Where a statement stands, who says it, and when."""
    where = stated.citation
    return {
        "key": stated.key, "file": desk.caller_id(where.document), "span": where.span,
        "text": where.span.of(desk.document(where.document).text), "sentence": desk.sentence(where), "chain": where.chain,
        "publisher": stated.publisher, "published": {"start": stated.published[0], "end": stated.published[1]},
    }


def _place(spot: Spot, spots: Spots) -> dict[str, Any]:
    return {
        "place": spot.name, "place_id": spot.id, "lat": spot.lat, "lon": spot.lon, "radius_km": spot.radius_km,
        "part_of": spots.spot(spot.part_of).name if spot.part_of is not None else None,
    }
