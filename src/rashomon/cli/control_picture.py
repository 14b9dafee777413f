"""The timeline as lanes: one for each source of each place, with bars for holders and marks for statements. For terminals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from ..knowledge.control_time import ControlTime
from ..track.control import Timeline
from ..track.holders import Holders
from ..track.lanes import Bar, Letters, Mark, lanes
from ..track.stretches import Days
from . import words
from .control_scale import Scale
from .control_words import MEANINGS, SHAPES, legend, who
from .desk import Desk

COLOURS = ("blue", "dark_orange", "green", "magenta", "cyan", "yellow", "red", "white")
_WIDEST = 72
_CUT = 3.0  # columns of a stretch that is cut out
_CUT_SIGN = "≈"
_LABEL = 11.0  # columns of a written day


class Lane(NamedTuple):
    """What one source says of one place."""

    label: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


class Panel(NamedTuple):
    """One place. `contested`: the days on which sources part."""

    title: str
    lanes: tuple[Lane, ...]
    contested: tuple[Days, ...]


class Picture(NamedTuple):
    """Panels over the same days. `undrawn`: statements whose day is not known, or not well enough."""

    panels: tuple[Panel, ...]
    undrawn: int

    @property
    def days(self) -> tuple[Days, ...]:
        """The days of everything that is drawn."""
        bars = [bar.days for panel in self.panels for lane in panel.lanes for bar in lane.bars]
        return (*bars, *(mark.days for panel in self.panels for lane in panel.lanes for mark in lane.marks))

    @property
    def shapes(self) -> tuple[str, ...]:
        """The shapes that it uses, in the order of SHAPES."""
        used = {mark.shape for panel in self.panels for lane in panel.lanes for mark in lane.marks}
        return tuple(shape for shape in SHAPES if shape in used)


def picture(timelines: Sequence[Timeline], holders: Holders, rules: ControlTime, desk: Desk) -> Picture:
    """The lanes of the timelines; places without any statement are left out."""
    panels, undrawn = [], 0
    for timeline in timelines:
        lanes_here = []
        for drawn in lanes(timeline, holders, rules):
            undrawn += len(drawn.undrawn)
            if drawn.marks or drawn.bars:
                lanes_here.append(Lane(who(drawn.source, desk), drawn.bars, drawn.marks))
        contested = tuple(
            Days(date.fromisoformat(each.start), date.fromisoformat(each.end)) for each in timeline.contests
        )
        if lanes_here:
            panels.append(Panel(words.plain(timeline.spot.name), tuple(lanes_here), contested))
    return Picture(tuple(panels), undrawn)


def picture_page(page: Console, found: Picture, letters: Letters) -> None:
    """The picture in letters: A holder's letter on the days that a source gives him, small where he had it before a change."""
    if not found.days:
        return
    scale = Scale(found.days, min(_WIDEST, max(page.width - 6, 20)), _CUT)
    styles = {letter: COLOURS[number % len(COLOURS)] for number, (letter, _) in enumerate(legend(letters))}
    for panel in found.panels:
        if len(found.panels) > 1:
            page.print(Text(f"  {panel.title}", style="bold"))
        for lane in panel.lanes:
            page.print(Text(f"  {lane.label}", style="cyan"), soft_wrap=True)
            if lane.bars:
                page.print(Text("    ").append_text(_bars(lane, scale, letters, styles)), soft_wrap=True)
            page.print(Text("    ").append_text(_marks(lane, scale)), soft_wrap=True)
        if panel.contested:
            cells = [" "] * int(scale.width)
            for days in panel.contested:
                for at in scale.columns(days):
                    cells[at] = "!"
            page.print(Text("  where they part"))
            page.print(Text("    " + "".join(cells).rstrip(), style="bold red"), soft_wrap=True)
    page.print(Text("    " + _axis(scale)), style="dim", soft_wrap=True)
    for letter, names in legend(letters):
        page.print(Text("    ").append(letter, style=f"bold {styles[letter]}").append(f"  {names}"), soft_wrap=True)
    told = "   ".join(f"{SHAPES[each]} {MEANINGS[each]}" for each in found.shapes)
    page.print(Text(f"    {told}"), style="dim", soft_wrap=True)
    page.print("    A capital: has it from then on, or as of its report. A small letter: had it before a change.", style="dim")
    if scale.cuts():
        page.print(f"    {_CUT_SIGN.strip()} stands for a longer time of which no statement speaks.", style="dim")
    if found.undrawn:
        page.print(f"    Not drawn: {words.counted(found.undrawn, 'statement')} whose day is not known well enough.", style="dim")


def _bars(lane: Lane, scale: Scale, letters: Letters, styles: dict[str, str]) -> Text:
    cells: list[tuple[str, str]] = [("·", "dim")] * int(scale.width)
    for cut in scale.cuts():
        cells[int(cut)] = (_CUT_SIGN, "dim")
    for earlier in (True, False):
        for bar in lane.bars:
            if bar.earlier == earlier:
                letter = letters.of(bar.holder)
                for at in scale.columns(bar.days):
                    cells[at] = (letter.lower() if earlier else letter, styles[letter] if earlier else f"bold {styles[letter]}")
    line = Text()
    for sign, style in cells:
        line.append(sign, style=style)
    return line


def _marks(lane: Lane, scale: Scale) -> Text:
    cells = [" "] * int(scale.width)
    order = list(SHAPES)
    for mark in sorted(lane.marks, key=lambda mark: -order.index(mark.shape)):
        cells[scale.columns(mark.days)[0]] = SHAPES[mark.shape]
    return Text("".join(cells).rstrip())


def _axis(scale: Scale) -> str:
    line = ""
    for x, day in scale.labels(_LABEL):
        line = f"{line:{int(x)}}{day.isoformat()}"
    return line
