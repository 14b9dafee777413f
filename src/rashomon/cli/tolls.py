"""A toll's history as a table and as a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console

from ..records import TollFigure
from . import words
from .desk import Desk
from .output import indented

_WIDTH = 40


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
            bar = "" if figure.tally else "  " + bar_of(figure, most)
            indented(page, f"{day:10}  {words.plain(figure.text)}{scope} — {who}{bar}", 4)


def bar_of(figure: TollFigure, most: float) -> str:
    """Filled up to the least that the figure says, light up to its most, an arrow where it is open."""
    low, high = figure.low or 0.0, figure.high
    full = round(_WIDTH * min(low, most) / most)
    light = 0 if high is None else max(0, round(_WIDTH * min(high, most) / most) - full)
    return "█" * full + "░" * light + ("→" if high is None else "")
