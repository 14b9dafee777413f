"""The book of names for people: a table by actor, outlet, voice and month, shifts with both sentences, CSV, HTML, JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..track.naming import Cell, Named, Shift, Used
from . import words
from .desk import Desk
from .naming_picture import NOBODY, UNKNOWN, months_of, picture, rows_of, voice_of
from .output import indented
from .tracking import cited

_COLUMNS = 7  # months that fit beside each other in a terminal
_BARS = "▁▂▃▄▅▆▇█"
_FIELDS = (
    "actor", "label", "words", "outlet", "voice", "speaker", "month", "documents", "mentions", "carried", "file", "start", "end",
    "published_start", "published_end", "sentence",
)


def naming_page(page: Console, table: Sequence[Cell], moved: Sequence[Shift], desk: Desk) -> None:
    """Each actor with what it is called, by whom and in which month; then what changed."""
    if not table:
        page.print("No loaded or contested name is held for this question.")
        return
    mentions, carried = sum(cell.mentions for cell in table), sum(cell.carried for cell in table)
    documents = len({each.citation.document for cell in table for each in cell.places if each.carried is None})
    more = f", {carried:,} more carried in copied text" if carried else ""
    page.print(f"{words.counted(mentions, 'mention')} in {words.counted(documents, 'document')}{more}", style="dim")
    months = months_of(table)
    for actor, rows in rows_of(table):
        page.print()
        page.print(Text(words.plain(actor or NOBODY), style="bold"))
        page.print(_grid(rows, months))
    if any(month is None for month in months):
        page.print("unknown month: the days on which the text may have been published do not lie in one month", style="dim")
    if carried:
        page.print("+n: carried, the words of a text that had them before", style="dim")
    _moved(page, moved, desk)


def _grid(rows: Sequence[tuple[tuple[str, str, str | None, str], dict[str | None, Cell]]], months: Sequence[str | None]) -> Table:
    grid = Table(box=None, padding=(0, 1), show_edge=False, pad_edge=False, header_style="dim")
    for name in ("outlet", "voice"):
        grid.add_column(name, overflow="fold", max_width=30)
    grid.add_column("calls it", no_wrap=True)
    narrow = len(months) > _COLUMNS
    if narrow:
        known = [month for month in months if month is not None]
        grid.add_column(f"{known[0]} to {known[-1]}" if known else UNKNOWN, no_wrap=True)
        grid.add_column("mentions", justify="right")
    else:
        for month in months:
            grid.add_column(month or "unknown", justify="right")
    last: tuple[str, str] | None = None
    for (outlet, voice, speaker, _), by_month in rows:
        shown = voice_of(voice, speaker)
        wording = max(by_month.values(), key=lambda cell: (cell.mentions, cell.carried)).words
        head = ("", "") if last == (outlet, shown) else (words.plain(outlet) if last is None or last[0] != outlet else "", shown)
        last = (outlet, shown)
        style = "bold" if voice == "own" else ""
        first: list[str | Text] = [*(words.plain(part) for part in head), Text(words.plain(wording), style=style)]
        counts = [_count(by_month.get(month)) for month in months]
        if narrow:
            line = "".join(_bar(by_month.get(month), by_month) for month in months if month is not None)
            total = sum(cell.mentions for cell in by_month.values()), sum(cell.carried for cell in by_month.values())
            grid.add_row(*first, line, f"{total[0]}" + (f" +{total[1]}" if total[1] else ""))
        else:
            grid.add_row(*first, *counts)
    return grid


def _count(cell: Cell | None) -> str:
    if cell is None:
        return "·"
    return f"{cell.mentions or ''}" + (f"+{cell.carried}" if cell.carried else "")


def _bar(cell: Cell | None, by_month: dict[str | None, Cell]) -> str:
    if cell is None or not cell.mentions:
        return "·" if cell is None else "+"
    most = max(each.mentions for each in by_month.values())
    return _BARS[min(len(_BARS) - 1, round((len(_BARS) - 1) * cell.mentions / most))]


def _moved(page: Console, moved: Sequence[Shift], desk: Desk) -> None:
    for shift in moved:
        page.print()
        subject = f"{words.plain(shift.outlet)} on {words.plain(shift.actor)}"
        page.print(Text("Shift  ", style="bold").append(subject, style="bold cyan"))
        for used in (shift.before, shift.after):
            told = f"“{words.plain(used.words)}” in {used.mentions} of {words.counted(used.of, 'mention')}"
            indented(page, f"{used.month}: {told}", 2)
            said = words.short(desk.sentence(used.first.citation), 240)
            indented(page, f"“{said}”  [{words.plain(desk.caller_id(used.first.citation.document))}]", 6, "dim")


def _cited(each: Named, desk: Desk) -> dict[str, Any]:
    publisher = desk.entry(each.citation.document).publisher
    return cited(each.citation, desk.sentence(each.citation), publisher, each.published, desk)


def naming_lines(table: Iterable[Cell], moved: Iterable[Shift], desk: Desk) -> Iterator[dict[str, Any]]:
    """A line a cell, cited by its first mention, with all of them; then a line a shift, cited by the word that is new."""
    for cell in table:
        yield {
            "kind": "name", "actor": cell.actor, "label": cell.label, "words": cell.words, "outlet": cell.outlet,
            "voice": "author" if cell.voice == "own" else "quoted", "speaker": cell.speaker, "month": cell.month,
            "documents": cell.documents, "mentions": cell.mentions, "carried": cell.carried, **_cited(cell.places[0], desk),
            "statements": [
                {"key": each.key, **_cited(each, desk), "words": each.words, "carried": each.carried} for each in cell.places
            ],
        }
    for shift in moved:
        yield {
            "kind": "shift", "outlet": shift.outlet, "actor": shift.actor, **_cited(shift.after.first, desk),
            "before": _used(shift.before, desk), "after": _used(shift.after, desk),
        }


def _used(used: Used, desk: Desk) -> dict[str, Any]:
    return {
        "month": used.month, "label": used.label, "words": used.words, "mentions": used.mentions, "of": used.of,
        **_cited(used.first, desk),
    }


def naming_csv(table: Iterable[Cell], desk: Desk) -> str:
    """A row a cell, with the place of its first mention. A value that a spreadsheet would take for a formula begins with an
    apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_FIELDS)
    for cell in table:
        first = cell.places[0]
        writer.writerow([_safe(value) for value in (
            cell.actor, cell.label, cell.words, cell.outlet, "author" if cell.voice == "own" else "quoted", cell.speaker,
            cell.month, cell.documents, cell.mentions, cell.carried, desk.caller_id(first.citation.document),
            *first.citation.span, *first.published, words.plain(desk.sentence(first.citation)),
        )])
    return out.getvalue()


def _safe(value: str | int | None) -> str | int:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value


def naming_html(table: Sequence[Cell], moved: Sequence[Shift], desk: Desk) -> str:
    """One page: the picture, the shifts with both sentences, every cell with its mentions."""
    parts = [
        "<!doctype html>", '<html lang="en"><head><meta charset="utf-8"><title>Who calls whom what</title>',
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#111;"
        "background:#fff}"
        "table{border-collapse:collapse}th,td{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top}"
        "svg{max-width:100%;height:auto}details{margin:.1rem 0}</style></head><body>",
        "<h1>Who calls whom what</h1>", picture(table),
    ]
    if moved:
        parts.append("<h2>Shifts</h2>")
        for shift in moved:
            parts.append(f"<h3>{escape(shift.outlet)} on {escape(shift.actor)}</h3><ul>")
            for used in (shift.before, shift.after):
                told = f"{used.month}: “{used.words}”, {used.mentions} of {used.of}"
                parts.append(f"<li>{escape(told)}<blockquote>{_quoted(used.first, desk)}</blockquote></li>")
            parts.append("</ul>")
    columns = ("actor", "outlet", "voice", "calls it", "month", "mentions", "carried", "where")
    heads = "".join(f'<th scope="col">{name}</th>' for name in columns)
    parts.append(f"<h2>Every name</h2><table><thead><tr>{heads}</tr></thead><tbody>")
    for cell in table:
        where = "".join(
            f"<li>{_quoted(each, desk)}{' (carried)' if each.carried else ''}</li>" for each in cell.places
        )
        values = (
            cell.actor or NOBODY, cell.outlet, voice_of(cell.voice, cell.speaker), cell.words, cell.month or UNKNOWN,
            str(cell.mentions), str(cell.carried),
        )
        parts.append("<tr>" + "".join(f"<td>{escape(value)}</td>" for value in values)
                     + f"<td><details><summary>{len(cell.places)}</summary><ul>{where}</ul></details></td></tr>")
    parts.append("</tbody></table></body></html>")
    return "\n".join(parts) + "\n"


def _quoted(each: Named, desk: Desk) -> str:
    text, sentence, span = desk.document(each.citation.document).text, each.citation.sentence, each.citation.span
    start, end = max(sentence.start, span.start), min(sentence.end, span.end)
    before, name, after = text[sentence.start : start], text[start:end], text[end : sentence.end]
    return (
        f"“{escape(before)}<mark>{escape(name)}</mark>{escape(after)}” "
        f"<small>[{escape(desk.caller_id(each.citation.document))}]</small>"
    )
