"""The control book as tables: for a terminal, a spreadsheet, and a page for browsers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from rich.console import Console
from rich.table import Table

from ..bookkeeping import Shelf
from ..track.control import Line, Timeline
from ..track.spots import Spots
from . import words
from .control_page import contest_words, heading, quotation, summary
from .control_svg import control_svg
from .control_words import carried, says, when, who
from .desk import Desk

_COLUMNS = (
    "place", "part_of", "source", "kind", "before", "after", "denied", "part", "start", "end", "dated", "file", "publisher",
    "published_start", "published_end", "span_start", "span_end", "sentence", "same_text_in", "contested",
)


def control_table(page: Console, timelines: Sequence[Timeline], desk: Desk) -> None:
    """Every statement in a row, by time."""
    table = Table(show_lines=True)
    for name in ("place", "day", "source", "says", "sentence"):
        table.add_column(name, no_wrap=False)
    for timeline, line in _rows(timelines):
        place = words.short(timeline.spot.name, 60)
        table.add_row(place, when(line), who(line.source, desk), says(line), quotation(line, desk, 160))
    page.print(table)


def control_csv(timelines: Sequence[Timeline], spots: Spots, desk: Desk) -> str:
    """Every statement as a line of CSV, by time. A leading sign that a spreadsheet would run is set apart."""
    rows: list[Sequence[object]] = [_COLUMNS]
    for timeline, line in _rows(timelines):
        spot, cited, said = timeline.spot, line.stated.citation, line.said
        contested = any(line.stated.key in (*each.a, *each.b) for each in timeline.contests)
        rows.append((
            spot.name, spots.spot(spot.part_of).name if spot.part_of else "", who(line.source, desk), said.kind,
            said.before or "", said.after or "", line.denied, line.part, line.start or "", line.end or "", line.dated,
            desk.caller_id(cited.document), line.stated.publisher or "", line.stated.published[0] or "",
            line.stated.published[1] or "", cited.span.start, cited.span.end, words.plain(desk.sentence(cited)),
            "; ".join(desk.caller_id(key) for key in line.documents[1:]), contested,
        ))
    return _csv(rows)


def places_csv(timelines: Sequence[Timeline], spots: Spots) -> str:
    """The list of places as CSV."""
    rows: list[Sequence[object]] = [(
        "place", "part_of", "lat", "lon", "radius_km", "documents", "statements", "sources", "from", "to", "contested",
    )]
    for timeline in timelines:
        spot, (first, last) = timeline.spot, timeline.days
        rows.append((
            spot.name, spots.spot(spot.part_of).name if spot.part_of else "", _or_empty(spot.lat), _or_empty(spot.lon),
            _or_empty(spot.radius_km), len(timeline.documents), len(timeline.lines), len(timeline.sources), first or "",
            last or "", len(timeline.contests),
        ))
    return _csv(rows)


def control_html(timelines: Sequence[Timeline], found: Shelf, desk: Desk) -> str:
    """One HTML page without scripts or anything from elsewhere: the picture, then each place's statements and contests."""
    title = f"Control of {words.short(timelines[0].spot.name, 100)}"
    body = "".join(_section(timeline, found.book.spots, desk) for timeline in timelines)
    return (
        f"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{escape(title)}</title>"
        "<meta name=\"viewport\" content=\"width=device-width\"><style>"
        "body{font:15px/1.45 sans-serif;margin:2em;max-width:66em;color:#111;background:#fff}svg{max-width:100%;height:auto}"
        "table{border-collapse:collapse;margin:.5em 0 1.5em}caption{text-align:left;font-weight:bold;padding:.3em 0}"
        "th,td{border:1px solid #999;padding:.4em;vertical-align:top;text-align:left}q,small{color:#444;display:block}"
        "dt{font-weight:bold;margin-top:.7em}td:first-child{min-width:6.5em}tbody th{min-width:9em}"
        f"</style></head><body><main><h1>{escape(title)}</h1>"
        "<p>Machine-extracted: read the quotation. Every line is what a source says, through whom; no line says who is right.</p>"
        f"<p>{escape(summary(timelines))}</p>{control_svg(timelines, found, desk, declared=False)}{body}</main></body></html>\n"
    )


def _section(timeline: Timeline, spots: Spots, desk: Desk) -> str:
    rows = "".join(
        f"<tr><td>{escape(when(line))}</td><th scope=\"row\">{escape(who(line.source, desk))}</th><td>{escape(says(line))}</td>"
        f"<td><q>{escape(words.plain(desk.sentence(line.stated.citation)))}</q>"
        f"<small>{escape(words.plain(desk.caller_id(line.stated.citation.document)))}"
        f"{escape('; ' + same if (same := carried(line, desk)) else '')}</small></td></tr>"
        for line in timeline.lines
    )
    return (
        f"<section><h2>{escape(heading(timeline, spots))}</h2><table><caption>Statements, source by source</caption><thead><tr>"
        "<th scope=\"col\">day</th><th scope=\"col\">source</th><th scope=\"col\">says</th><th scope=\"col\">sentence</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>{_parted(timeline, desk)}</section>"
    )


def _parted(timeline: Timeline, desk: Desk) -> str:
    if not timeline.contests:
        return ""
    by_key = {line.stated.key: line for line in timeline.lines}
    found = []
    for contest in timeline.contests:
        for_days, told, sides = contest_words(contest, by_key, desk)
        quoted = "".join(f"<dd>{escape(quotation(line, desk))}</dd>" for side in sides for line in side)
        found.append(f"<dt>{escape(for_days)}: {escape(told)}</dt>{quoted}")
    return f"<h3>Where they part</h3><dl>{''.join(found)}</dl>"


def _rows(timelines: Sequence[Timeline]) -> list[tuple[Timeline, Line]]:
    rows = [(timeline, line) for timeline in timelines for line in timeline.lines]
    order = {timeline.spot.id: number for number, timeline in enumerate(timelines)}
    return sorted(rows, key=lambda row: (
        order[row[0].spot.id], row[1].start or "9999", row[1].end or "9999", row[1].stated.key
    ))


def _csv(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([_inert(value) if isinstance(value, str) else value for value in row])
    return out.getvalue()


def _inert(text: str) -> str:
    text = words.plain(text)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _or_empty(value: float | None) -> float | str:
    return "" if value is None else value
