"""The timeline as an SVG picture: lanes, bars with a letter and a pattern for each holder, marks by shape. No script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..bookkeeping import Shelf
from ..track.control import Timeline
from ..track.lanes import Bar, Letters, Mark
from ..track.stretches import Days
from . import words
from .control_page import quotation, summary
from .control_picture import Lane, Picture, picture
from .control_scale import Scale
from .control_words import MEANINGS, legend, says, when, who
from .desk import Desk

_WIDTH, _LEFT, _RIGHT = 960, 16, 944
_LANE, _BAR, _HEAD, _MARK = 62, 20, 30, 13
# Colours that people who see no red or no green tell apart (Okabe and Ito 2008), each with a pattern of its own.
_COLOURS = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#0072b2", "#d55e00", "#999999")
_PATTERNS = (
    "", "M0 8L8 0", "M4 0V8", "M0 4H8", "M0 0L8 8", "M0 4H8M4 0V8", "M0 0L8 8M0 8L8 0", "M3 3h2v2h-2z",
)
_CUT, _LABEL = 26.0, 86.0  # widths of a stretch that is cut out, and of a written day
_DESCRIBED = 40  # statements told in the description


def control_svg(timelines: Sequence[Timeline], found: Shelf, desk: Desk, *, declared: bool = True) -> str:
    """The picture of a place and its parts. `declared` false: to stand inside a page, without the XML declaration."""
    letters = Letters(timelines, found.holders)
    drawn = picture(timelines, found.holders, found.rules, desk)
    title = f"Control of {words.short(timelines[0].spot.name, 100)}: what each source says"
    parts: list[str] = []
    y = 28.0
    scale = Scale(drawn.days, _RIGHT - _LEFT, _CUT) if drawn.days else None
    for panel in drawn.panels:
        assert scale is not None  # a panel has something drawn
        parts.append(_text(_LEFT, y + 14, panel.title, size=16, weight="bold"))
        y += _HEAD
        for lane in panel.lanes:
            parts.append(_lane(lane, scale, letters, y, desk))
            y += _LANE if lane.bars else _LANE - _BAR
        if panel.contested:
            parts.append(_contested(panel.contested, scale, y))
            y += 34
    if scale is not None:
        parts.insert(0, _cuts(scale, y))
        axis = _axis(scale, y)
        y += 26
    else:
        axis = _text(_LEFT, y + 14, "No statement has a day that is known well enough to be drawn.", size=14)
        y += 30
    legend, y = _legend(letters, drawn, scale, found.rules.after_days, y + 14)
    height = y + 10
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if declared else ""
    return (
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" height="{height:g}"'
        ' role="img" aria-labelledby="control-title control-desc" font-family="sans-serif">'
        f'<title id="control-title">{_safe(title)}</title><desc id="control-desc">{_safe(_described(timelines, desk))}</desc>'
        f"{_patterns(letters)}<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        f"{_text(_LEFT, 20, title, size=17, weight='bold')}{''.join(parts)}{axis}{legend}</svg>\n"
    )


def _described(timelines: Sequence[Timeline], desk: Desk) -> str:
    lines = [
        f"{words.plain(timeline.spot.name)}, {who(line.source, desk)}, {when(line)}: {says(line)}."
        for timeline in timelines for line in timeline.lines
    ]
    more = f" And {len(lines) - _DESCRIBED} more." if len(lines) > _DESCRIBED else ""
    return f"{summary(timelines)}. {' '.join(lines[:_DESCRIBED])}{more}"


def _lane(lane: Lane, scale: Scale, letters: Letters, y: float, desk: Desk) -> str:
    at = y + (28 if lane.bars else 27)
    parts = [
        _text(_LEFT, y + 12, words.short(lane.label, 120), size=13),
        f'<line x1="{_LEFT}" y1="{at:g}" x2="{_RIGHT}" y2="{at:g}" stroke="#bbb" stroke-dasharray="2 4"/>',
    ]
    for bar in sorted(lane.bars, key=lambda bar: not bar.earlier):
        parts.append(_bar(bar, scale, letters, y + 18))
    taken: list[float] = []
    for mark in sorted(lane.marks, key=lambda mark: (mark.days.start, mark.days.end)):
        left, width = _span(mark.days, scale)
        x = left + width / 2
        # Marks of one day stand side by side.
        while any(abs(x - other) < _MARK for other in taken):
            x += _MARK
        taken.append(x)
        parts.append(_mark(mark, lane, (left, width, min(x, _RIGHT)), y + (47 if lane.bars else 27), desk))
    return "".join(parts)


def _span(days: Days, scale: Scale) -> tuple[float, float]:
    left, width = scale.span(days, 9)
    return left + _LEFT, width


def _bar(bar: Bar, scale: Scale, letters: Letters, y: float) -> str:
    left, width = _span(bar.days, scale)
    letter = letters.of(bar.holder)
    holder = f"{words.plain(bar.holder)} (before a change)" if bar.earlier else words.plain(bar.holder)
    told = f"{holder}: {words.day(bar.days.start.isoformat(), bar.days.end.isoformat())}"
    height = _BAR / 2 if bar.earlier else _BAR
    top = y + (_BAR - height) / 2
    sign = letter.lower() if bar.earlier else letter
    return (
        f'<g><title>{_safe(told)}</title><rect x="{left:.1f}" y="{top:g}" width="{width:.1f}" height="{height:g}"'
        f' fill="url(#holder-{_slot(letter, letters)})" stroke="#333"/>'
        f'<text x="{left + width / 2:.1f}" y="{y + 14.5:g}" font-size="12" font-weight="bold" text-anchor="middle" fill="#000"'
        f' stroke="#fff" stroke-width="3" paint-order="stroke">{_safe(sign)}</text></g>'
    )


def _mark(mark: Mark, lane: Lane, place: tuple[float, float, float], y: float, desk: Desk) -> str:
    left, width, middle = place
    told = f"{when(mark.line)}, {lane.label}: {says(mark.line)}. {quotation(mark.line, desk)}"
    whisker = ""
    if mark.days.width > 0:
        whisker = f'<line x1="{left:.1f}" y1="{y:g}" x2="{left + width:.1f}" y2="{y:g}" stroke="#333"/>'
    return f"<g><title>{_safe(told)}</title>{whisker}{_shape(mark.shape, middle, y)}</g>"


def _shape(shape: str, x: float, y: float) -> str:
    line = 'stroke="#111" stroke-width="1.5"'
    if shape == "change":
        return f'<path d="M{x:.1f} {y - 6:g}l6 11h-12z" fill="#111" {line}/>'
    if shape == "hold":
        return f'<circle cx="{x:.1f}" cy="{y:g}" r="4.5" fill="#111" {line}/>'
    if shape == "attempted":
        return f'<path d="M{x:.1f} {y - 6:g}l6 11h-12z" fill="#fff" {line}/>'
    if shape == "predicted":
        return f'<path d="M{x:.1f} {y - 6:g}l6 6l-6 6l-6 -6z" fill="#fff" {line}/>'
    return f'<path d="M{x - 5:.1f} {y - 5:g}l10 10m0 -10l-10 10" fill="none" {line}/>'


def _contested(some: Sequence[Days], scale: Scale, y: float) -> str:
    parts = [_text(_LEFT, y + 10, "where they part", size=12)]
    for own in dict.fromkeys((each.start, each.end) for each in some):
        left, width = _span(Days(*own), scale)
        told = f"contested: {words.day(own[0].isoformat(), own[1].isoformat())}"
        parts.append(
            f'<g><title>{_safe(told)}</title><rect x="{left:.1f}" y="{y + 15:g}" width="{width:.1f}" height="10"'
            ' fill="url(#contested)" stroke="#a00"/></g>'
        )
    return "".join(parts)


def _cuts(scale: Scale, y: float) -> str:
    parts = []
    for cut in scale.cuts():
        x, tall = cut + _LEFT, max(y - 60, 1)
        parts.append(
            f'<g><title>a longer time of which no statement speaks</title><path d="M{x - 9:.1f} {y - 8:g}l6 16m6 -16l6 16"'
            f' stroke="#333" fill="none"/><rect x="{x - 5:.1f}" y="48" width="10" height="{tall:g}" fill="#eee"/></g>'
        )
    return "".join(parts)


def _axis(scale: Scale, y: float) -> str:
    parts = [f'<line x1="{_LEFT}" y1="{y:g}" x2="{_RIGHT}" y2="{y:g}" stroke="#333"/>']
    for at, day in scale.labels(_LABEL):
        x = at + _LEFT
        parts.append(f'<line x1="{x:.1f}" y1="{y:g}" x2="{x:.1f}" y2="{y + 5:g}" stroke="#333"/>')
        parts.append(_text(x + 2, y + 17, day.isoformat(), size=12))
    return "".join(parts)


def _legend(letters: Letters, drawn: Picture, scale: Scale | None, after_days: int, y: float) -> tuple[str, float]:
    parts = []
    for letter, names in legend(letters):
        parts.append(
            f'<rect x="{_LEFT}" y="{y:g}" width="22" height="16" fill="url(#holder-{_slot(letter, letters)})" stroke="#333"/>'
        )
        parts.append(_text(_LEFT + 30, y + 13, f"{letter}  {words.short(names, 120)}", size=13))
        y += 22
    x = float(_LEFT)
    for each in drawn.shapes:
        parts.append(_shape(each, x + 7, y + 9))
        parts.append(_text(x + 20, y + 13, MEANINGS[each], size=13))
        x += 30 + 7.2 * len(MEANINGS[each])
    y += 24
    notes = [
        f"Full bar: has it from the change to the report ({after_days} days at most are drawn), or as of the report."
        " Half bar, small letter: had it before a change."
    ]
    if scale is not None and scale.cuts():
        notes.append("Grey: a longer time of which no statement speaks.")
    if drawn.undrawn:
        notes.append(f"Not drawn: {words.counted(drawn.undrawn, 'statement')} whose day is not known well enough.")
    for note in notes:
        parts.append(_text(_LEFT, y + 10, note, size=12))
        y += 18
    return "".join(parts), y


def _slot(letter: str, letters: Letters) -> int:
    return [own for own, _ in legend(letters)].index(letter)


def _patterns(letters: Letters) -> str:
    parts = []
    for number, _ in enumerate(legend(letters)):
        # Past the eighth holder the pairs of colour and pattern change, so that no two of sixty-four are alike.
        colour = _COLOURS[number % len(_COLOURS)]
        drawn = _PATTERNS[(number + number // len(_COLOURS)) % len(_PATTERNS)]
        lines = f'<path d="{drawn}" stroke="#333" stroke-width="1.2" fill="none"/>' if drawn else ""
        parts.append(
            f'<pattern id="holder-{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{colour}"/>{lines}</pattern>'
        )
    parts.append(
        '<pattern id="contested" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/>'
        '<path d="M0 6L6 0" stroke="#a00" stroke-width="1.5"/></pattern>'
    )
    return f"<defs>{''.join(parts)}</defs>"


def _text(x: float, y: float, text: str, *, size: int, weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="#111">{_safe(text)}</text>'


def _safe(text: str) -> str:
    return escape(words.plain(text))
