"""For which days one statement of control speaks, and of whom: what two sources must share to contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from ..knowledge.control_time import ControlTime
from ..records import Control, Stated
from .holders import Holders

Ground = Literal["after a change", "before a change", "state", "attempt", "denial"]
_DAY = timedelta(days=1)


class Days(msgspec.Struct, frozen=True):
    """First and last day, both included."""

    start: date
    end: date

    @property
    def width(self) -> int:
        """Days from the first to the last."""
        return (self.end - self.start).days

    def shared(self, other: Days) -> Days | None:
        """The days that both have."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Days(start, end) if start <= end else None


class Stretch(msgspec.Struct, frozen=True):
    """A statement says that `holder` has the place on these days; `negative`: that it has not.

    `stands`: the last day for which it is still held against others, where nobody tells of a change. `sure` is false where the
    days are only bounds within which the day lies.
    """

    statement: str
    holder: str
    days: Days
    stands: date
    sure: bool
    ground: Ground
    negative: bool = False


def partial(said: Control) -> bool:
    """True where only a part of the very place is meant ("entered P"): others may hold the rest."""
    return said.part and said.within is None


def told_on(stated: Stated[Control]) -> tuple[str | None, str | None, bool]:
    """(first day, last day, whether the text dates it): of the change or attempt, else of the report, *as of* which it is."""
    date_ = stated.said.date
    if date_ is not None:
        return date_.start[:10], date_.end[:10], True
    start, end = stated.published
    return (start[:10] if start else None), (end[:10] if end else None), False


def days_of(start: str | None, end: str | None, rules: ControlTime) -> Days | None:
    """The interval as days; None where an end is open or unknown, or where it is too wide to be set against anything."""
    if start is None or end is None:
        return None
    try:
        found = Days(date.fromisoformat(start[:10]), date.fromisoformat(end[:10]))
    except ValueError:
        return None
    return found if 0 <= found.width <= rules.widest_days else None


def stretches(stated: Stated[Control], rules: ControlTime) -> tuple[Stretch, ...]:
    """What the statement says of holders, day by day as far as its words and its report bound it. Nothing for a prediction."""
    said = stated.said
    report = days_of(*stated.published, rules)
    when = days_of(said.date.start, said.date.end, rules) if said.date is not None else None
    if said.kind == "predicted" or partial(said):
        return ()
    as_of = when or report
    if as_of is None:
        return ()

    def stand(holder: str, days: Days, ground: Ground, *, sure: bool, lasts: bool = True, negative: bool = False) -> Stretch:
        last = days.end + timedelta(days=rules.stands_days) if lasts else days.end
        return Stretch(stated.key, holder, days, last, sure, ground, negative)

    found: list[Stretch] = []
    now_sure = as_of.width == 0
    if said.denied:
        holder = said.after if said.kind == "change" else said.after or said.before
        if holder is not None:
            found.append(stand(holder, as_of, "denial", sure=now_sure, lasts=False, negative=True))
        if said.kind == "change" and said.before is not None:
            found.append(stand(said.before, as_of, "denial", sure=now_sure))
        return tuple(found)
    if said.kind == "hold":
        holder = said.after or said.before
        return (stand(holder, as_of, "state", sure=now_sure),) if holder is not None else ()
    if said.kind == "attempted":
        return (stand(said.before, as_of, "attempt", sure=now_sure, lasts=False),) if said.before is not None else ()
    if when is None:
        return (stand(said.after, as_of, "after a change", sure=now_sure),) if said.after is not None else ()
    if said.after is not None:
        last = min(report.end, when.end + timedelta(days=rules.after_days)) if report is not None else when.end
        # From its last possible day on, the change has surely come.
        found.append(stand(said.after, Days(when.end, max(when.end, last)), "after a change", sure=True))
    if said.before is not None:
        days = Days(when.start - timedelta(days=rules.before_days), when.start - _DAY)
        if days.start <= days.end:
            found.append(stand(said.before, days, "before a change", sure=True, lasts=False))
    return tuple(found)


def clipped(some: Sequence[Stretch], holders: Holders) -> tuple[Stretch, ...]:
    """One source's stretches of one place: each ends where the source's own next one tells of another holder."""
    ordered = sorted(some, key=lambda each: (each.days.start, each.days.end, each.statement, each.holder))
    found = []
    for at, each in enumerate(ordered):
        later = next((
            other.days.start for other in ordered[at + 1 :]
            if other.days.start > each.days.start and not other.negative and other.statement != each.statement
            and holders.kinship(other.holder, each.holder) not in ("same", "part", "allied")
        ), None)
        if later is not None and not each.negative:
            end = max(each.days.start, min(each.days.end, later - _DAY))
            each = msgspec.structs.replace(each, days=Days(each.days.start, end), stands=min(each.stands, max(end, later - _DAY)))
        found.append(each)
    return tuple(found)
