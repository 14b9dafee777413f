"""By when a forecast is to come true: only as far as its own words bound it."""

from __future__ import annotations

from datetime import date, timedelta

from ..knowledge.forecasts import ForecastWords
from ..records import Interval, Publication, Span, TimeMention
from .scene import Scene

_BACK = 3  # words before a time that say what it bounds
_ENDS = frozenset({"end", "close"})
_LEAST = frozenset({"least", "beyond"})


class Horizons:
    """Reads horizons in one document. A forecast is made on the day of publication unless the text names another."""

    def __init__(self, scene: Scene, words: ForecastWords, published: Publication | None) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._words = words
        known = published is not None and published.start and published.start[:10] == (published.end or "")[:10]
        self._made = published.start[:10] if published is not None and published.start and known else None
        self._last = published.end[:10] if published is not None and published.end else None

    def of(self, statement: Span, cue: int | None, counts: bool) -> Interval | None:
        """The days that the statement's words set; None where they set no end.

        `cue`: the verb by which it is said; `counts`: a bare duration bounds it ("gave it three days").
        """
        made = self._day_made(cue, statement)
        if made is None:
            return None
        times = self._scene.times_in(statement)
        for number, time in enumerate(times):
            before, after = self._around(time)
            if time.type == "DURATION":
                end = self._counted(time, before, after, counts, made)
                if end is not None:
                    return Interval(made, end)
            elif time.type in {"DATE", "TIME"} and not time.vague and time.start and time.end and not self._season(time):
                if self._last is not None and time.end[:10] < self._last:
                    continue
                if "between" in before and number + 1 < len(times) and times[number + 1].end:
                    return Interval(time.start[:10], str(times[number + 1].end)[:10])
                return self._bounded(time, before, made)
        for index in self._scene.syntax.within(statement):
            # "For another month at most".
            unit = self._words.units.get(self._tokens[index].lemma)
            if (
                unit is not None
                and self._tokens[index - 1].text.lower() == "another"
                and not any(self._tokens[index].span.overlaps(time.span) for time in times)
            ):
                end = later(made, f"PT1{unit}" if unit == "H" else f"P1{unit}")
                return Interval(made, end) if end is not None else None
        return None

    def _bounded(self, time: TimeMention, before: list[str], made: str) -> Interval | None:
        start, end = str(time.start)[:10], str(time.end)[:10]
        inside = set(time.span.of(self._scene.text).lower().split())
        if "before" in before[-2:] or "before" in inside:
            if not _ENDS & (inside | set(before)):
                end = (date.fromisoformat(start) - timedelta(days=1)).isoformat()
            return Interval(made, end) if end >= made else None
        if "middle" in inside | set(before) and time.value[:4].isdigit() and len(time.value) == 4:
            return Interval(made, f"{time.value}-06-30")
        if {"after", "since", "from"} & set(before[-2:]):
            return None
        if self._words.until & (set(before) | inside) or _ENDS & inside or start < made:
            return Interval(made, end)
        return Interval(start, end)

    def _counted(self, time: TimeMention, before: list[str], after: list[str], counts: bool, made: str) -> str | None:
        inside = time.span.of(self._scene.text).lower().split()
        words = set(before) | set(inside)
        if _LEAST & set(before) or "least" in after:
            return None
        coming = bool(words & self._words.coming) and bool(words & (self._words.ahead | {"the"}))
        within = "within" in words or before[-1:] == ["in"] or bool(self._words.another & words)
        bounds = coming or within or bool(self._words.most & set(after))
        if not (bounds or counts):
            return None
        if time.end and time.end[:10] > made:
            return time.end[:10]
        return later(made, time.value)

    def _around(self, time: TimeMention) -> tuple[list[str], list[str]]:
        inside = list(self._scene.syntax.within(time.span))
        if not inside:
            return [], []
        first, last = inside[0], inside[-1]
        before = [self._tokens[at].text.lower() for at in range(max(0, first - _BACK), first)]
        after = [self._tokens[at].text.lower() for at in range(last + 1, min(len(self._tokens), last + 1 + _BACK))]
        return before, after

    def _season(self, time: TimeMention) -> bool:
        return bool({word.strip(".,").lower() for word in time.span.of(self._scene.text).split()} & self._words.seasons)

    def _day_made(self, cue: int | None, statement: Span) -> str | None:
        """The day on which the forecast was made; None where the text gives another one that is no single day."""
        if cue is None:
            return self._made
        near = [*self._scene.grammar.under(cue, "npadvmod", "advmod"), *self._scene.grammar.under(cue, "prep")]
        near += [inner for at in self._scene.grammar.under(cue, "prep") for inner in self._scene.grammar.under(at, "pobj")]
        for index in near:
            time = self._scene.time_at.get(index)
            if (
                time is None
                or statement.overlaps(time.span)
                or time.type not in {"DATE", "TIME"}
                or not time.start
                or not time.end
            ):
                continue
            if time.vague:
                continue
            if self._last is not None and time.start[:10] > self._last:
                continue
            return time.start[:10] if time.start[:10] == time.end[:10] else None
        return self._made


def later(day: str, value: str) -> str | None:
    """The day so long after `day`, for a TIMEX3 duration in hours, days, weeks, months or years; None for another."""
    hours = value.startswith("PT") and value.endswith("H")
    number, unit = value[2 if hours else 1 : -1], value[-1]
    if not value.startswith("P") or not number.isdigit():
        return None
    start, count = date.fromisoformat(day), int(number)
    if count > 1000:
        return None
    if hours:
        return (start + timedelta(days=-(-count // 24))).isoformat()
    if unit in {"D", "W"}:
        return (start + timedelta(days=count * (7 if unit == "W" else 1))).isoformat()
    if unit not in {"M", "Y"} or value.startswith("PT"):
        return None
    months = start.month - 1 + count * (12 if unit == "Y" else 1)
    for last in (start.day, 30, 29, 28):
        try:
            return date(start.year + months // 12, months % 12 + 1, min(start.day, last)).isoformat()
        except ValueError:
            continue
    return None
