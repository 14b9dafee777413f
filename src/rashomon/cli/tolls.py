"""The history of a toll, of an incident's or of tallies: as a page with bars, a table, CSV, HTML, JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape
from typing import Any

from rich.console import Console
from rich.table import Table

from ..records import TollFigure
from . import words
from .desk import Desk
from .output import indented

_WIDTH = 20


def toll_line(figure: TollFigure, desk: Desk) -> dict[str, Any]:
    """One figure as JSON."""
    return {
        "field": figure.field, "text": figure.text, "low": figure.low, "high": figure.high, "bound": figure.bound,
        "status": figure.status, "scope": figure.scope, "part": figure.part, "tally": figure.tally,
        "chain": figure.citation.chain, "published": {"start": figure.published[0], "end": figure.published[1]},
        "as_of": figure.as_of, "file": desk.caller_id(figure.citation.document), "span": figure.citation.span,
        "sentence": desk.sentence(figure.citation),
    }


def tolls_page(page: Console, figures: Sequence[TollFigure], desk: Desk) -> None:
    """Who gave which figure when, with its scope; a bar from its lowest to its highest value where there are several."""
    for field in dict.fromkeys(figure.field for figure in figures):
        rows = [figure for figure in figures if figure.field == field]
        if len(rows) < 2:
            continue
        page.print()
        page.print(f"  History of {field}", style="bold")
        most = max([figure.high or figure.low or 0 for figure in rows if not figure.tally] or [0]) or 1
        for figure in rows:
            day = words.day(*figure.published) if any(figure.published) else "day unknown"
            who = " › ".join(words.plain(name) for name in figure.citation.chain) or desk.publisher(figure.citation.document)
            scope = f" [{figure.scope}]" if figure.tally else " [a part]" if figure.part == "subset" else ""
            bar = "" if figure.tally else bar_of(figure, most)
            indented(page, f"{day:10}  {bar:{_WIDTH + 1}}  {words.plain(figure.text)}{scope} — {who}", 4)


# ------------------------------------------------------------------------------------------------------------- tallies

_COLUMNS = ("published", "place", "field", "figure", "scope", "since", "as of", "counted by", "said by", "document", "sentence")


def tally_line(figure: TollFigure, desk: Desk) -> dict[str, Any]:
    """One tally as JSON."""
    return {
        **toll_line(figure, desk), "place": figure.place, "since": figure.since, "counted_by": figure.counted_by,
    }


def tallies_page(page: Console, figures: Sequence[TollFigure], desk: Desk) -> None:
    """Tallies by place and count, each with its scope, who counted, its sentence, and a bar against the largest beside it."""
    groups: dict[tuple[str, str], list[TollFigure]] = {}
    for figure in figures:
        groups.setdefault((figure.place or "place not told", figure.field), []).append(figure)
    for place, field in sorted(groups, key=lambda key: (key[0] == "place not told", key)):
        rows = groups[place, field]
        page.print(f"{words.plain(place)}: {field}", style="bold")
        most = max([figure.high or figure.low or 0 for figure in rows]) or 1
        for figure in rows:
            indented(page, f"{_day(figure)}  {bar_of(figure, most):{_WIDTH + 1}}  {words.plain(figure.text)}", 2)
            other = figure.counted_by if figure.counted_by not in figure.citation.chain[-1:] else None
            counted = f"; counted by {words.plain(other)}" if other else ""
            reach = ", ".join(part for part in (f"since {figure.since}" if figure.since else "",
                                                f"up to {figure.as_of}" if figure.as_of else "") if part)
            told = f"; {reach}" if reach and reach not in figure.text else ""
            indented(page, f"{_who(figure, desk)}{counted}{told}", 14, "cyan")
            quoted = f"“{words.short(desk.sentence(figure.citation))}” [{desk.caller_id(figure.citation.document)}]"
            indented(page, quoted, 14, "dim")
        page.print()


def tallies_table(page: Console, figures: Sequence[TollFigure], desk: Desk) -> None:
    """Tallies as a table, without their sentences."""
    table = Table()
    table.add_column("published", no_wrap=True)
    for name in ("place", "figure", "counts", "said by", "document"):
        table.add_column(name, overflow="fold")
    for figure in figures:
        day, place, field, text, scope, since, until, counted, who, document, _ = _cells(figure, desk)
        reach = f"{field}, {scope}" + (f" since {since}" if since else "") + (f" up to {until}" if until else "")
        by = f"; counted by {counted}" if counted and not who.endswith(counted) else ""
        table.add_row(day, place, text, reach, who + by, document)
    page.print(table)


def tallies_csv(figures: Sequence[TollFigure], desk: Desk) -> str:
    """Tallies as CSV, a line each. A leading sign that a spreadsheet would run is set apart."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for figure in figures:
        writer.writerow([inert(cell) for cell in _cells(figure, desk)])
    return out.getvalue()


def tallies_html(figures: Sequence[TollFigure], desk: Desk) -> str:
    """One HTML page without scripts or anything from elsewhere."""
    head = "".join(f"<th>{escape(name)}</th>" for name in _COLUMNS)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(figure, desk))}</tr>" for figure in figures
    )
    return (
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Tallies</title><style>"
        "body{font:15px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}"
        "th,td{border:1px solid #999;padding:.4em;vertical-align:top;text-align:left}"
        f"</style></head><body><h1>Tallies</h1><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>\n"
    )


def inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _cells(figure: TollFigure, desk: Desk) -> list[str]:
    plain = (
        _day(figure).strip(), figure.place or "", figure.field, figure.text.split(" (")[0], figure.scope, figure.since or "",
        figure.as_of or "", figure.counted_by or "", _who(figure, desk), desk.caller_id(figure.citation.document),
        words.short(desk.sentence(figure.citation)),
    )
    return [words.plain(cell) for cell in plain]


def _day(figure: TollFigure) -> str:
    return f"{words.day(*figure.published) if any(figure.published) else 'day unknown':10}"


def _who(figure: TollFigure, desk: Desk) -> str:
    return " › ".join(words.plain(name) for name in figure.citation.chain) or desk.publisher(figure.citation.document)


def bar_of(figure: TollFigure, most: float) -> str:
    """Filled up to the least that the figure says, light up to its most, an arrow where it is open."""
    low, high = figure.low or 0.0, figure.high
    full = round(_WIDTH * min(low, most) / most)
    light = 0 if high is None else max(0, round(_WIDTH * min(high, most) / most) - full)
    return "█" * full + "░" * light + ("→" if high is None else "")
