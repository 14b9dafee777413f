"""A picture of who calls whom what, as SVG: a row a voice and word, a column a month, circles with their numbers inside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import sqrt

from ..track.naming import Cell

NOBODY = "(nobody that the text tells)"
UNKNOWN = "month unknown"
_ROW, _HEAD, _LEFT, _WIDE, _TOP, _LEGEND = 30, 34, 470, 86, 96, 64
_LARGEST = 13.0  # radius of the greatest circle, in pixels
_LEAST = 7.0  # one that still holds a digit
_LONG = 34  # characters of a label in its column
Row = tuple[tuple[str, str, str | None, str], dict[str | None, Cell]]


def months_of(table: Sequence[Cell]) -> list[str | None]:
    """Every month from the first to the last, also those without a name, and the unknown one last where there is any."""
    known = sorted({cell.month for cell in table if cell.month is not None})
    found: list[str | None] = []
    if known:
        year, month = int(known[0][:4]), int(known[0][5:])
        while f"{year:04}-{month:02}" <= known[-1]:
            found.append(f"{year:04}-{month:02}")
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if len(found) > 4 * len(known) + 12:
        # Years apart: only months that have something.
        found = list(known)
    return [*found, *([None] if any(cell.month is None for cell in table) else [])]


def rows_of(table: Sequence[Cell]) -> list[tuple[str | None, list[Row]]]:
    """Actor by actor, the most named first, nobody last: (outlet, voice, speaker, label) with its cells by month."""
    by_actor: dict[str | None, dict[tuple[str, str, str | None, str], dict[str | None, Cell]]] = {}
    for cell in table:
        row = by_actor.setdefault(cell.actor, {}).setdefault((cell.outlet, cell.voice, cell.speaker, cell.label), {})
        row[cell.month] = cell
    totals = {
        actor: sum(cell.mentions for row in rows.values() for cell in row.values()) for actor, rows in by_actor.items()
    }
    ordered = sorted(by_actor, key=lambda actor: (actor is None, -totals[actor], actor or ""))
    found = []
    for actor in ordered:
        found.append((actor, sorted(by_actor[actor].items(), key=_place)))
    return found


def _place(row: Row) -> tuple[str, bool, str, int, str]:
    """By outlet, its own voice first, each voice's most used word first."""
    outlet, voice, speaker, label = row[0]
    return outlet.casefold(), voice != "own", speaker or "", -_sum(row[1]), label


def _sum(row: dict[str | None, Cell]) -> int:
    return sum(cell.mentions for cell in row.values())


def voice_of(voice: str, speaker: str | None) -> str:
    """Whose word it is, in words."""
    return "own voice" if voice == "own" else f"quotes {speaker or 'somebody'}"


def picture(table: Sequence[Cell]) -> str:
    """The table as an SVG image with title, description and a text for each circle. Own words are filled circles, quoted ones
    rings, words that are only carried dashed rings, so that it reads without colour. Everything from the texts is escaped."""
    months, actors = months_of(table), rows_of(table)
    most = max([cell.mentions for cell in table] or [1]) or 1
    height = _TOP + sum(_HEAD + _ROW * len(rows) for _, rows in actors) + _LEGEND
    width = _LEFT + _WIDE * max(len(months), 3) + 20
    told = (
        f"{sum(cell.mentions for cell in table)} mentions of {len([1 for actor, _ in actors if actor])} actors by"
        f" {len({cell.outlet for cell in table})} outlets. Rows are voices and words, columns months of publication; the number"
        " in a circle counts mentions. Filled circles: the outlet's own voice; rings: voices that it quotes; dashed rings: words"
        " carried in copied text, which count elsewhere."
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        ' aria-labelledby="naming-title naming-desc" font-family="system-ui, sans-serif" font-size="13">',
        '<title id="naming-title">Who calls whom what, by outlet, voice and month</title>',
        f'<desc id="naming-desc">{escape(told)}</desc>', f'<rect width="{width}" height="{height}" fill="#fff"/>',
        _text(16, 30, "Who calls whom what", size=18, weight="bold"),
        _text(16, 52, "machine-extracted: read the sentence", fill="#555"),
    ]
    for at, month in enumerate(months):
        parts.append(_text(_LEFT + _WIDE * at + _WIDE // 2, _TOP - 12, month or "unknown", anchor="middle", fill="#333"))
    y = _TOP
    for actor, rows in actors:
        parts.append(f'<line x1="16" y1="{y}" x2="{width - 16}" y2="{y}" stroke="#999"/>')
        parts.append(_text(16, y + 22, actor or NOBODY, size=14, weight="bold"))
        y += _HEAD
        last = ("", "")
        for (outlet, voice, speaker, label), by_month in rows:
            shown = (outlet, voice_of(voice, speaker))
            middle = y + _ROW // 2
            parts.append(f'<line x1="{_LEFT}" y1="{middle}" x2="{width - 16}" y2="{middle}" stroke="#e2e2e2"/>')
            if shown != last:
                parts.append(_text(28, middle + 4, _cut(f"{outlet}, {shown[1]}"), fill="#333"))
            last = shown
            word = max(by_month.values(), key=lambda cell: (cell.mentions, cell.carried, cell.words)).words
            parts.append(_text(_LEFT - 12, middle + 4, _cut(word), anchor="end", weight="bold" if voice == "own" else "normal"))
            for at, month in enumerate(months):
                if month in by_month:
                    parts.append(_circle(by_month[month], _LEFT + _WIDE * at + _WIDE // 2, middle, most, label))
            y += _ROW
    parts += _legend(y + 36)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _circle(cell: Cell, x: int, y: int, most: int, label: str) -> str:
    radius = _LEAST + (_LARGEST - _LEAST) * sqrt(cell.mentions / most) if cell.mentions else _LEAST
    who = f"{cell.outlet}, {voice_of(cell.voice, cell.speaker)}"
    carried = f", {cell.carried} more carried" if cell.carried else ""
    told = f"{who}, {cell.month or UNKNOWN}: “{label}” {cell.mentions} times in {cell.documents} documents{carried}"
    if not cell.mentions:
        body = _ring(x, y, radius, dashed=True) + _text(x, y + 4, str(cell.carried), anchor="middle", size=11, fill="#333")
    elif cell.voice == "own":
        body = f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="#1d3557" stroke="#1d3557"/>'
        body += _text(x, y + 4, str(cell.mentions), anchor="middle", size=11, fill="#fff")
    else:
        body = _ring(x, y, radius, dashed=False) + _text(x, y + 4, str(cell.mentions), anchor="middle", size=11, fill="#111")
    if cell.mentions and cell.carried:
        body += _text(int(x + radius) + 4, y + 4, f"+{cell.carried}", size=11, fill="#333")
    return f"<g><title>{escape(told)}</title>{body}</g>"


def _ring(x: int, y: int, radius: float, *, dashed: bool) -> str:
    dashes = ' stroke-dasharray="3 2"' if dashed else ""
    return f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="#fff" stroke="#1d3557" stroke-width="2"{dashes}/>'


def _legend(y: int) -> list[str]:
    filled = f'<circle cx="36" cy="{y - 4}" r="8" fill="#1d3557"/>'
    return [
        filled, _text(52, y, "own voice"), _ring(146, y - 4, 8, dashed=False), _text(162, y, "a voice that is quoted"),
        _ring(326, y - 4, 8, dashed=True), _text(342, y, "carried: another text's words"),
        _text(540, y, "+n beside a circle: n more carried"),
    ]


def _cut(words: str) -> str:
    return words if len(words) <= _LONG else words[: _LONG - 1].rstrip() + "…"


def _text(
    x: int, y: int, words: str, *, anchor: str = "start", size: int = 13, weight: str = "normal", fill: str = "#111"
) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in words)
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{escape(shown)}</text>"
    )
