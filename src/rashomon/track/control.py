"""Control of places over time: every source's line beside the others, and the stretches on which they contradict each other.

Two times are kept apart. *Valid time* is when something is said to have been so: the day of a change, or, for a state described,
the day of the report *as of* which it is. *Knowledge time* is when it was said (`track.knowing`). Nothing is voted away and no
line is made of who "really" holds a place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from ..knowledge.control_time import ControlTime
from ..records import Control, Ground, Reuse, Stated
from .copies import families
from .holders import Holders
from .spots import Spot, Spots, bare, find_spots
from .stretches import Days, Stretch, clipped, partial, stretches, told_on
from .voices import Copies

_COMPATIBLE = frozenset({"same", "part", "allied"})
_DAY = timedelta(days=1)


class Source(msgspec.Struct, frozen=True):
    """Who says it through whom, from the publisher inwards; one name: the outlet in its own voice.

    `document` (a key) is set where the source is one of that document alone: nobody in particular, or an unknown publisher.
    """

    chain: tuple[str, ...]
    document: str | None = None


class Line(msgspec.Struct, frozen=True):
    """One statement about one place by one source. `spot` is the place's id, `copies` the same text in other documents.

    `start` to `end` (ISO days, null where unknown): the day of the change or attempt, or, `dated` false, of the report.
    """

    spot: str
    source: Source
    stated: Stated[Control]
    copies: tuple[Stated[Control], ...]
    start: str | None
    end: str | None
    dated: bool

    @property
    def said(self) -> Control:
        """The record of the reading."""
        return self.stated.said

    @property
    def denied(self) -> bool:
        """The source says that it is not so."""
        return self.stated.said.denied

    @property
    def part(self) -> bool:
        """Only a part of the place is meant."""
        return partial(self.stated.said)

    @property
    def documents(self) -> tuple[str, ...]:
        """Keys of the documents that carry the statement, the earliest first."""
        return tuple(dict.fromkeys(each.citation.document for each in (self.stated, *self.copies)))


class Contest(msgspec.Struct, frozen=True):
    """Two sources name different holders for the same days of one place.

    `start` to `end` (ISO days): the days that both speak of. `a` and `b`: their statements (keys), the earliest first, with the
    holder that each names; `negative`: b says only that it is not a's. `sure` is false where the days are bounds within which the
    report's day lies; `carried`: b is later than a by a few days, and nobody tells of a change between; `attempt`: one of the two
    tells only of an attempt on the holder.
    """

    spot: str
    start: str
    end: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    holder_a: str
    holder_b: str
    negative: bool
    sure: bool
    carried: bool
    attempt: bool


class Timeline(msgspec.Struct, frozen=True):
    """One place: its lines by source and time, and where sources part."""

    spot: Spot
    lines: tuple[Line, ...]
    contests: tuple[Contest, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everybody who says something, in the order of the lines."""
        return tuple(dict.fromkeys(line.source for line in self.lines))

    @property
    def documents(self) -> tuple[str, ...]:
        """Keys of the documents, sorted."""
        return tuple(sorted({key for line in self.lines for key in line.documents}))

    @property
    def days(self) -> tuple[str | None, str | None]:
        """First and last day that statements speak of; those of which only the years are known count only without others."""
        known = [(line.start, line.end) for line in self.lines if line.start and line.end]
        near = [(start, end) for start, end in known if int(end[:4]) - int(start[:4]) <= 1]
        return min((start for start, _ in near or known), default=None), max((end for _, end in near or known), default=None)


class OnDay(msgspec.Struct, frozen=True):
    """What a source's latest statement says for a day.

    `ground`: after or before a change, or a state; `start` to `end` tell when the change was, or *as of* when the state is.
    """

    source: Source
    line: Line
    holder: str
    negative: bool
    ground: Literal["after a change", "before a change", "state", "attempt", "denial"]
    start: str
    end: str


class ControlBook(msgspec.Struct, frozen=True):
    """All places with their timelines."""

    spots: Spots
    timelines: Mapping[str, Timeline]

    def of(self, spot: Spot) -> Timeline:
        """The timeline of a place; an empty one for a place that only its parts have lines on."""
        return self.timelines.get(spot.id) or Timeline(spot, (), ())


def control_book(
    stated: Iterable[Stated[Control]],
    grounds: Mapping[str, Ground],
    reuses: Iterable[Reuse],
    holders: Holders,
    rules: ControlTime,
    identified: Callable[[str], bool],
) -> ControlBook:
    """The timelines of all places of the statements; does not depend on their order.

    `grounds`: the circle of each statement's place, by the statement's key. `identified`: whether a speaker's name is somebody's
    own; sources that are nobody in particular are never one across documents.
    """
    some = tuple(stated)
    spots = find_spots(some, grounds, rules)
    lines: dict[str, list[Line]] = {}
    for family in families(some, Copies(reuses), lambda said: _content(said, rules)):
        first, *others = family
        start, end, dated = told_on(first)
        line = Line(spots.of[first.key], source_of(first, identified, rules), first, tuple(others), start, end, dated)
        lines.setdefault(line.spot, []).append(line)
    timelines = {}
    for id, found in lines.items():
        ordered = _ordered(found)
        timelines[id] = Timeline(spots.spot(id), ordered, contests(ordered, holders, rules))
    return ControlBook(spots, timelines)


def source_of(stated: Stated[Control], identified: Callable[[str], bool], rules: ControlTime) -> Source:
    """Whose word the statement is."""
    chain = stated.citation.chain
    if len(chain) > 1 and chain[-1].lower() in rules.own_voice:
        chain = chain[:-1]
    nobody = len(chain) > 1 and not identified(chain[-1])
    return Source(chain, stated.citation.document if nobody or not stated.publisher else None)


def contests(lines: Sequence[Line], holders: Holders, rules: ControlTime) -> tuple[Contest, ...]:
    """The stretches on which two sources contradict each other, by days. One for each two sources and holders."""
    by_source: dict[Source, list[Stretch]] = {}
    for line in lines:
        by_source.setdefault(line.source, []).extend(stretches(line.stated, rules))
    whole = [(source, each) for source, some in by_source.items() for each in clipped(some, holders)]
    changes = [each for _, each in whole if each.ground == "after a change"]
    told = [(source, left) for source, each in whole if (left := _since_the_last(each, changes, holders)) is not None]
    told.sort(key=lambda row: (row[1].days.start, row[1].days.end, row[1].statement, row[1].holder))
    found: dict[tuple[Source, Source, str, str, bool], list[Contest]] = {}
    longest = max((max(each.stands, each.days.end) - each.days.start for _, each in told), default=timedelta())
    for at, (source, each) in enumerate(told):
        for other_source, other in told[at + 1 :]:
            if other.days.start - each.days.start > longest:
                break
            contest = None if source == other_source else _contest(lines[0].spot, each, other, changes, holders)
            if contest is not None:
                sources = (source, other_source) if contest.a[0] == each.statement else (other_source, source)
                key = (*sources, contest.holder_a, contest.holder_b, contest.negative)
                found.setdefault(key, []).append(contest)
    return tuple(sorted(map(_joined, found.values()), key=lambda each: (each.start, each.end, each.a, each.b)))


def on(timeline: Timeline, day: str, rules: ControlTime) -> tuple[OnDay, ...]:
    """What each source's latest statement says for the day, in the order of the sources; none where it says nothing.

    A change speaks for the days from its last possible one on, its earlier holder for the days before its first, a state for
    the report's days and later, until the source says otherwise: `start` and `end` tell as of when.
    """
    asked = date.fromisoformat(day)
    found = []
    for source in timeline.sources:
        rows: list[tuple[tuple[date, str, str], OnDay]] = []
        early: list[tuple[tuple[date, str, str], OnDay]] = []
        for line in (each for each in timeline.lines if each.source == source):
            for each in stretches(line.stated, rules):
                start, end = _told(line, each)
                row = OnDay(source, line, each.holder, each.negative, each.ground, start, end)
                order = (each.days.start, line.stated.published[1] or "", line.stated.key)
                if each.ground == "before a change" and asked < each.days.start:
                    early.append((order, row))
                elif each.ground == "before a change" and asked > each.days.end:
                    continue
                elif each.days.start <= asked:
                    rows.append((order, row))
        if rows:
            found.append(max(rows, key=lambda row: row[0])[1])
        elif early:
            found.append(min(early, key=lambda row: row[0])[1])
    return tuple(found)


def chosen(
    timeline: Timeline, holders: Holders, *, party: str | None = None, since: str | None = None, until: str | None = None
) -> Timeline:
    """The lines that name the party (or a part of it, or what it is part of) and touch the days, with their contests."""
    lines = tuple(
        line for line in timeline.lines
        if (party is None or holders.named(line.said.before, party) or holders.named(line.said.after, party))
        and (since is None or (line.end or "9999") >= since) and (until is None or (line.start or "") <= until)
    )
    kept = {line.stated.key for line in lines}
    return Timeline(timeline.spot, lines, tuple(
        each for each in timeline.contests if kept & {*each.a, *each.b}
        and (since is None or each.end >= since) and (until is None or each.start <= until)
    ))


def _told(line: Line, stretch: Stretch) -> tuple[str, str]:
    if line.dated and line.start and line.end:
        return line.start, line.end
    return stretch.days.start.isoformat(), stretch.days.end.isoformat()


def _content(said: Control, rules: ControlTime) -> tuple[object, ...]:
    """What two records of one text have in common: place, kind and holders. A day may be read in one alone."""
    return bare(said.place, rules), said.within, said.kind, said.before, said.after, said.denied


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Sources by their first line, each with its lines in time."""
    rows = sorted(lines, key=lambda line: (
        line.start or "9999", line.end or "9999", line.stated.published[1] or "9999", line.stated.citation.document,
        line.stated.citation.span, line.stated.key,
    ))
    order: dict[Source, int] = {}
    for line in rows:
        order.setdefault(line.source, len(order))
    return tuple(sorted(rows, key=lambda line: order[line.source]))


def _contest(spot: str, a: Stretch, b: Stretch, changes: Sequence[Stretch], holders: Holders) -> Contest | None:
    """What two stretches, a not later than b, contradict each other in; None where they do not, or where it is not sure."""
    if (a.negative and b.negative) or a.ground == b.ground == "attempt":
        return None
    kin = holders.kinship(a.holder, b.holder)
    negative = a.negative or b.negative
    if (kin not in ("same", "part")) if negative else (kin != "different"):
        return None
    shared = a.days.shared(b.days)
    carried = shared is None
    if shared is None:
        if a.stands < b.days.start or b.ground != "state" or _changed(a, b, changes, holders):
            return None
        shared = Days(b.days.start, b.days.start)
    if b.negative or not a.negative:
        one, other = a, b
    else:
        one, other = b, a
    attempt = "attempt" in (a.ground, b.ground)
    return Contest(
        spot, shared.start.isoformat(), shared.end.isoformat(), (one.statement,), (other.statement,), one.holder, other.holder,
        negative, a.sure and b.sure, carried, attempt,
    )


def _changed(a: Stretch, b: Stretch, changes: Sequence[Stretch], holders: Holders) -> bool:
    """True where somebody tells that the place came to the later holder between the two."""
    return any(
        a.days.end <= each.days.start <= b.days.end and holders.kinship(each.holder, b.holder) in _COMPATIBLE
        for each in changes if each.statement not in (a.statement, b.statement)
    )


def _since_the_last(each: Stretch, changes: Sequence[Stretch], holders: Holders) -> Stretch | None:
    """The holder before a change, only since somebody tells that the place came to that holder; any other stretch as it is."""
    if each.ground != "before a change":
        return each
    start = max((
        other.days.start for other in changes
        if other.statement != each.statement and each.days.start <= other.days.start <= each.days.end + _DAY
        and holders.kinship(other.holder, each.holder) in _COMPATIBLE
    ), default=each.days.start)
    return msgspec.structs.replace(each, days=Days(start, each.days.end)) if start <= each.days.end else None


def _joined(some: Sequence[Contest]) -> Contest:
    """The contradictions of two sources over the same two holders as one, from the first day to the last."""
    a = tuple(dict.fromkeys(key for each in some for key in each.a))
    b = tuple(dict.fromkeys(key for each in some for key in each.b))
    return msgspec.structs.replace(
        some[0], start=min(each.start for each in some), end=max(each.end for each in some), a=a, b=b,
        sure=any(each.sure for each in some), carried=all(each.carried for each in some),
        attempt=all(each.attempt for each in some),
    )
