"""Control of places for people: the list of places, one place's timeline, what each source says for a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..bookkeeping import Shelf
from ..track.control import Contest, Line, OnDay, Timeline
from ..track.lanes import Letters, shape
from ..track.spots import Spot, Spots
from . import words
from .control_picture import picture, picture_page
from .control_words import SHAPES, carried, says, told_for, when, who, why
from .desk import Desk
from .output import indented

_QUOTED = 3  # statements quoted on each side of a contested stretch


def places_page(page: Console, timelines: Sequence[Timeline], spots: Spots) -> None:
    """The places, those with most documents first, parts under the larger place; area words last."""
    if not timelines:
        page.print("No document of the ledger states who holds, takes or loses a place.")
        return
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("place", "documents", "statements", "from", "to", ""):
        table.add_column(name, justify="right" if name in ("documents", "statements") else "left", no_wrap=name in ("from", "to"))
    for timeline, depth in in_tree(timelines, spots):
        first, last = timeline.days
        spot = timeline.spot
        indented_name = Text("  " * depth + words.short(spot.name, 60), style="italic" if spot.area else "")
        if spot.part_of is not None and depth == 0:
            indented_name.append(f" ({words.short(spots.spot(spot.part_of).name, 40)})", style="dim")
        contested = Text("contested", style="yellow") if timeline.contests else Text()
        table.add_row(
            indented_name, f"{len(timeline.documents)}", f"{len(timeline.lines)}", first or "?", last or "?",
            contested,
        )
    page.print(table)
    page.print()
    page.print("A place's timeline: `rashomon control PLACE`. In italics: words for ground that no map has.", style="dim")


def in_tree(timelines: Sequence[Timeline], spots: Spots) -> list[tuple[Timeline, int]]:
    """The timelines with how deep their places lie in others, larger places first of their parts."""
    by_spot = {timeline.spot.id: timeline for timeline in timelines}
    found: list[tuple[Timeline, int]] = []
    done: set[str] = set()

    def add(spot: Spot, depth: int) -> None:
        if spot.id in done:
            return
        done.add(spot.id)
        timeline = by_spot.get(spot.id)
        if timeline is not None:
            found.append((timeline, depth))
        for part in ordered(spots.parts(spot.id)):
            add(part, depth + 1 if timeline is not None else depth)

    def ordered(some: Sequence[Spot]) -> list[Spot]:
        return sorted(some, key=lambda spot: (spot.area, -_weight(spot, by_spot), spot.name, spot.id))

    tops = [spot for spot in spots.all if spot.part_of is None]
    for spot in (*ordered(tops), *ordered(spots.all)):
        add(spot, 0)
    return found


def _weight(spot: Spot, by_spot: Mapping[str, Timeline]) -> int:
    timeline = by_spot.get(spot.id)
    return len(timeline.documents) if timeline is not None else 0


def control_page(page: Console, timelines: Sequence[Timeline], found: Shelf, desk: Desk) -> None:
    """Timelines of a place and its parts: the picture, every source's line, and where they part."""
    letters = Letters(timelines, found.holders)
    drawn = picture(timelines, found.holders, found.rules, desk)
    main = timelines[0]
    page.print(Text(heading(main, found.book.spots), style="bold"))
    page.print(Text(summary(timelines)), style="dim")
    page.print()
    picture_page(page, drawn, letters)
    for timeline in timelines:
        if timeline is not main:
            page.print()
            page.print(Text(heading(timeline, found.book.spots), style="bold"))
        _lines(page, timeline, desk)
        contests_page(page, timeline, desk)


def heading(timeline: Timeline, spots: Spots) -> str:
    """The place with where it is, how large, and what it is a part of."""
    spot = timeline.spot
    about = []
    if spot.lat is not None and spot.lon is not None:
        about.append(f"{spot.lat:g}, {spot.lon:g}, within {spot.radius_km:g} km")
    elif spot.area:
        about.append("words for ground, on no map")
    else:
        about.append("not located")
    if spot.part_of is not None:
        about.append(f"part of {words.plain(spots.spot(spot.part_of).name)}")
    others = [words.short(name, 60) for name in spot.names[1:4]]
    if others:
        about.append(f"also: {', '.join(others)}")
    return f"{words.short(spot.name, 100)} ({'; '.join(about)})"


def summary(timelines: Sequence[Timeline]) -> str:
    """How many statements by how many sources in how many documents."""
    lines = [line for timeline in timelines for line in timeline.lines]
    sources = {line.source for line in lines}
    documents = {key for line in lines for key in line.documents}
    contests = sum(len(timeline.contests) for timeline in timelines)
    told = (f"{words.counted(len(lines), 'statement')} by {words.counted(len(sources), 'source')} in"
            f" {words.counted(len(documents), 'document')}")
    return told + (f"; {words.counted(contests, 'contested stretch', 'contested stretches')}" if contests else "")


def _lines(page: Console, timeline: Timeline, desk: Desk) -> None:
    for source in timeline.sources:
        page.print()
        indented(page, Text(who(source, desk), style="cyan"), 2)
        for line in timeline.lines:
            if line.source == source:
                line_page(page, line, words.plain(timeline.spot.name), desk)


def line_page(page: Console, line: Line, place: str, desk: Desk) -> None:
    """One statement: when, what, the words for its place where they are not its name, and its sentence."""
    head = Text(f"{SHAPES[shape(line)]} {when(line)}  ").append(says(line), style="bold")
    said = words.plain(line.said.place)
    notes = [f"“{said}”"] if said.casefold() != place.casefold() else []
    if line.said.resolved_from:
        notes.append(f"read from “{words.plain(line.said.resolved_from)}”")
    indented(page, head.append(f"  [{'; '.join(notes)}]" if notes else "", style="dim"), 4)
    indented(page, quotation(line, desk), 6)
    same = carried(line, desk)
    if same:
        indented(page, same, 6, "dim")


def quotation(line: Line, desk: Desk, limit: int = 300) -> str:
    """The sentence and its document."""
    cited = line.stated.citation
    return f"“{words.short(desk.sentence(cited), limit)}” [{words.plain(desk.caller_id(cited.document))}]"


def contests_page(page: Console, timeline: Timeline, desk: Desk) -> None:
    """Where sources part, with the sentences of both."""
    if not timeline.contests:
        return
    by_key = {line.stated.key: line for line in timeline.lines}
    page.print()
    page.print("  Where they part", style="bold")
    for contest in timeline.contests:
        for_days, told, sides = contest_words(contest, by_key, desk)
        indented(page, Text(f"{for_days}  ", style="yellow").append(told), 4)
        for side in sides:
            for line in side[:_QUOTED]:
                indented(page, f"{quotation(line, desk, 200)}", 6)
            if len(side) > _QUOTED:
                indented(page, f"and {words.counted(len(side) - _QUOTED, 'further sentence')} of this source", 6, "dim")


def contest_words(contest: Contest, by_key: Mapping[str, Line], desk: Desk) -> tuple[str, str, tuple[list[Line], list[Line]]]:
    """(the days, what the two contradict each other in, the lines of both)."""
    sides = [by_key[key] for key in contest.a if key in by_key], [by_key[key] for key in contest.b if key in by_key]
    names = [who(side[0].source, desk) if side else "another source" for side in sides]
    return words.day(contest.start, contest.end), why(contest, (names[0], names[1])), sides


def on_page(page: Console, rows: Sequence[tuple[Timeline, Sequence[OnDay]]], day: str, desk: Desk) -> None:
    """What each source's latest statement says for a day, place by place."""
    for timeline, some in rows:
        page.print(Text(f"{words.short(timeline.spot.name, 100)} on {day}, after each source's latest word on it", style="bold"))
        if not some:
            page.print("  No source says anything of that day.")
        for row in some:
            indented(page, Text(f"{who(row.source, desk)}: ", style="cyan").append(told_for(row), style="bold"), 2)
            said = row.line.stated.published
            indented(page, f"said {words.day(*said) if any(said) else 'on an unknown day'}", 4, "dim")
            indented(page, quotation(row.line, desk), 4)
