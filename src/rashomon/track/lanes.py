"""Control of a place as lanes, one for each source: bars for holders, marks for statements, a letter for each holder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..knowledge.control_time import ControlTime
from .control import Line, Source, Timeline
from .holders import Holders
from .stretches import Days, clipped, days_of, stretches


class Bar(NamedTuple):
    """A holder on some days; `earlier`: as the holder before a change."""

    days: Days
    holder: str
    earlier: bool


class Mark(NamedTuple):
    """A statement on some days."""

    days: Days
    shape: str
    line: Line


class Drawn(NamedTuple):
    """What one source says of one place. `undrawn`: its statements whose day is not known, or not well enough."""

    source: Source
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    undrawn: tuple[Line, ...]


def lanes(timeline: Timeline, holders: Holders, rules: ControlTime) -> tuple[Drawn, ...]:
    """A lane for each source, in the order of the timeline."""
    found = []
    for source in timeline.sources:
        lines = [line for line in timeline.lines if line.source == source]
        dated = [(days_of(line.start, line.end, rules), line) for line in lines]
        marks = tuple(Mark(days, shape(line), line) for days, line in dated if days is not None)
        told = clipped([each for line in lines for each in stretches(line.stated, rules)], holders)
        bars = tuple(
            Bar(each.days, each.holder, each.ground == "before a change")
            for each in told if not each.negative and each.ground != "attempt"
        )
        found.append(Drawn(source, bars, marks, tuple(line for days, line in dated if days is None)))
    return tuple(found)


def shape(line: Line) -> str:
    """The mark of a line's kind: change, hold, attempted, predicted or denied."""
    return "denied" if line.denied else line.said.kind


def said_in_short(line: Line) -> str:
    """Who is said to take, hold, lose or want the place."""
    said = line.said
    before = said.before
    after = said.after
    holder = after or before
    if said.kind == "hold":
        told = f"held by {holder}" if holder else "held; by whom is not said"
    elif said.kind == "change":
        told = _change(before, after, line.part)
    elif said.kind == "attempted":
        told = f"{after} tried to take it" if after else "an attempt on it"
        told += f"; held by {before}" if before and before != after else ""
    else:
        lost = f"{before} expected to lose it" if before else "expected to change hands"
        told = f"{after} expected to have it" if after else lost
        told += f"; held by {before}" if before and after and before != after else ""
    if line.denied:
        told = f"denied: {told.partition(';')[0]}"
    return told + (" [a part of it]" if line.part else "")


def _change(before: str | None, after: str | None, part: bool) -> str:
    if before and after:
        return f"{before} → {after}" if before != after else f"taken by {after}"
    if after:
        return f"{after} entered it" if part else f"taken by {after}"
    if before:
        return f"lost or left by {before}; to whom is not said"
    return "changed hands; between whom is not said"


class Letters:
    """A letter for each holder of some timelines, the most often named first; names known to mean one party share theirs."""

    def __init__(self, timelines: Iterable[Timeline], holders: Holders) -> None:
        count: dict[str, int] = {}
        for timeline in timelines:
            for line in timeline.lines:
                for name in (line.said.after, line.said.before):
                    if name is not None:
                        count[name] = count.get(name, 0) + 1
        self._of: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        for name in sorted(count, key=lambda name: (-count[name], name)):
            letter = next((own for other, own in self._of.items() if holders.kinship(name, other) == "same"), None)
            if letter is None:
                letter = _letter(len(self.names))
            self._of[name] = letter
            self.names.setdefault(letter, []).append(name)

    def of(self, holder: str) -> str:
        """The holder's letter."""
        return self._of[holder]


def _letter(number: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number] if number < 26 else "*"
