"""What found expressions say together: a clock time with its day, ranges and lists that share a year or month."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ...knowledge.times import TimeWords
from ...records import Expression, Meaning, Moment
from ...records.moment import Third
from .clocks import ANY_DAY
from .fragments import DAY, GAP
from .rule import Found

_CLOCK_THEN_DAY = re.compile(rf"{GAP}?,?{GAP}(?:(?:on|of|in){GAP})?(?:the{GAP})?", re.IGNORECASE)
_DAY_THEN_CLOCK = re.compile(
    rf",?{GAP}(?:(?:at|around|about|from|by|before|after){GAP}){{0,2}}(?:(?:about|around|approximately|exactly|precisely){GAP})?",
    re.IGNORECASE,
)
_BRACKET = re.compile(rf"{GAP}?\(")
_THEN_ON = re.compile(rf"\),?{GAP}(?:on{GAP})?", re.IGNORECASE)
_WEEK_OF = re.compile(rf"the{GAP}week{GAP}(?:of|beginning|starting){GAP}$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-\u2013\u2014]|and|or|to|until|till|through|/)\s*(?:the\s+)?", re.IGNORECASE)
_OF_YEAR = re.compile(r"\s+(?:[\w'\u2019-]+\s+){1,2}of\s+")
_SLASHED = re.compile(rf"({DAY})/({DAY})/((?:1[0-9]|20)[0-9]{{2}})")
_IN_THE_FOURTH = re.compile(r"in (the (first|second|third|fourth))(?=[,.;:]|$|\s+(?:and|but|or)\b)", re.IGNORECASE)
_LIST = re.compile(rf"(?<![\w/.,:-])((?:{DAY}(?:st|nd|rd|th)?,{GAP})+)$")
_LATE = re.compile(rf"(early|late){GAP}(?:on{GAP})$", re.IGNORECASE)


def joined(found: Sequence[Found], text: str) -> list[Found]:
    """A window's expressions, with clock times and their days made one, and the days of a list told apart."""
    kept: list[Found] = []
    for item in found:
        last = kept[-1] if kept else None
        if last is not None:
            one = _one_of(last, item, text)
            if one is not None:
                kept[-1] = one
                continue
        kept.extend(_listed(item, last, text))
    return _shared_day(kept, text)


def _one_of(first: Found, second: Found, text: str) -> Found | None:
    between = text[first.end : second.start]
    if len(between) > 24:
        return None
    if _is_clock(first) and _is_day(second) and not second.meaning.at.clock and _CLOCK_THEN_DAY.fullmatch(between):
        return _with_clock(second, first, first.start, second.end)
    if _is_clock(first) and _is_day(second) and _CLOCK_THEN_DAY.fullmatch(between) and first.meaning.at.clock[1:2].isdigit() and (
        not second.meaning.at.clock[1:2].isdigit()
    ):
        # "7:30 tonight", "9 Tuesday morning": the part of the day tells which half.
        at = msgspec.structs.replace(first.meaning.at, clock=_in_half(first.meaning.at.clock, second.meaning.at.clock))
        return _with_clock(second, first._replace(meaning=msgspec.structs.replace(first.meaning, at=at)), first.start, second.end)
    if _is_day(first) and _is_clock(second) and _DAY_THEN_CLOCK.fullmatch(between) and (
        not first.meaning.at.clock or second.meaning.at.clock[1:2].isdigit()
    ):
        return _with_clock(first, second, first.start, second.end)
    if first.meaning.kind == "date" and second.meaning.name == "P1Y" and second.meaning.kind == "set" and between.isspace():
        at = first.meaning.at
        if at.year is None and at.month is not None:
            return Found(first.start, second.end, "SET", Meaning(kind="set", name=at.value))
    if first.meaning.kind == "set" and _is_clock(second) and _DAY_THEN_CLOCK.fullmatch(between):
        name = first.meaning.name if first.meaning.name.startswith("XXXX") else "XXXX-XX-XX"
        clock = _in_half(second.meaning.at.clock, f"T{name.partition('T')[2]}")
        meaning = Meaning(kind="set", name=name.split("T")[0] + clock)
        return Found(first.start, second.end, "SET", meaning)
    return None


def _in_half(clock: str, part: str) -> str:
    """The clock time in that part of the day: 07:30 in the evening is 19:30."""
    if part[1:3] in ("NI", "EV", "AF") and ("06" if part == "TNI" else "01") <= clock[1:3] < "12":
        return f"T{int(clock[1:3]) + 12}{clock[3:]}"
    return clock


def _is_clock(found: Found) -> bool:
    return found.type == "TIME" and found.meaning.name == ANY_DAY


def _is_day(found: Found) -> bool:
    meaning = found.meaning
    if meaning.kind == "date":
        return meaning.at.day is not None
    if meaning.kind == "unit":
        return meaning.unit == "day" and meaning.name not in (ANY_DAY, "ever")
    return meaning.kind == "weekday"


def _with_clock(day: Found, clock: Found, start: int, end: int) -> Found:
    at = msgspec.structs.replace(day.meaning.at, clock=clock.meaning.at.clock)
    return Found(start, end, "TIME", msgspec.structs.replace(day.meaning, at=at), day.third or clock.third)


def _shared_day(found: list[Found], text: str) -> list[Found]:
    """ "2 and 4 p.m. on Wednesday", "Sunday at 8 p.m. (1700 GMT)": the day said once holds for both clock times."""
    for index in range(len(found) - 1):
        first, second = found[index], found[index + 1]
        between = text[first.end : second.start]
        if len(between) > 12 or first.type != "TIME" or second.type != "TIME":
            continue
        third = found[index + 2] if index + 2 < len(found) else None
        if _is_clock(first) and _is_clock(second) and third is not None and _is_day(third) and not third.meaning.at.clock and (
            _BRACKET.fullmatch(between) and _THEN_ON.fullmatch(text, second.end, third.start)
        ):
            # "9 a.m. local time (0600 GMT) on Sunday"
            found[index] = _with_clock(third, first, first.start, first.end)
            found[index + 1] = _with_clock(third, second, second.start, second.end)
            continue
        ranged = _RANGE.fullmatch(between) is not None
        if _is_clock(first) and _is_day(second) and ranged:
            found[index] = _with_clock(second, first, first.start, first.end)
        elif _is_day(first) and _is_clock(second) and (ranged or _BRACKET.fullmatch(between)):
            found[index + 1] = _with_clock(first, second, second.start, second.end)
    return found


def _listed(item: Found, last: Found | None, text: str) -> list[Found]:
    """ "2, 3 and 4 May": the days before the first that was found; "the week of 14 July"."""
    meaning = item.meaning
    if meaning.kind != "date" or meaning.at.day is None:
        return [item]
    low = last.end if last is not None else 0
    before = text[max(low, item.start - 24) : item.start]
    week = _WEEK_OF.search(before)
    if week is not None:
        start = item.start - len(before) + week.start()
        return [item._replace(start=start, meaning=msgspec.structs.replace(meaning, name="week of"))]
    early = _LATE.search(before)
    if early is not None and not item.third:
        third: Third = "START" if early[1].casefold() == "early" else "END"
        return [item._replace(start=item.start - len(before) + early.start(), third=third)]
    if not text[item.start].isdigit():
        return [item]
    days = _LIST.search(before)
    if days is None:
        return [item]
    offset = item.start - len(before)
    others = []
    for match in re.finditer(r"[0-9]+(?:st|nd|rd|th)?", days[1]):
        number = int(re.sub(r"\D", "", match[0]))
        at = msgspec.structs.replace(meaning.at, day=number, clock="")
        start = offset + days.start(1) + match.start()
        others.append(Found(start, start + len(match[0]), "DATE", msgspec.structs.replace(meaning, at=at)))
    return [*others, item]


def share_years(found: Sequence[Expression], text: str) -> list[Expression]:
    """ "July 1 to July 3, 1863", "the 23 March accord of 2009": the year said last holds for both."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        this, after = shared[index], shared[index + 1]
        mine, other = this.meaning, after.meaning
        if mine.kind != "date" or other.kind != "date" or not _wants_year(mine) or other.at.year is None or other.unit:
            continue
        between = (this.span.end, after.span.start)
        ranged = mine.at.grain == other.at.grain and _RANGE.fullmatch(text, *between)
        of_year = other.at.grain == "year" and mine.at.month is not None and _OF_YEAR.fullmatch(text, *between)
        if ranged or of_year:
            year = other.at.year - (_wraps(mine.at.month, other.at.month) if ranged else 0)
            at = msgspec.structs.replace(mine.at, year=year)
            shared[index] = msgspec.structs.replace(this, meaning=msgspec.structs.replace(mine, at=at))
    return shared


def _wants_year(meaning: Meaning) -> bool:
    return meaning.at.year is None and not meaning.unit and meaning.at.decade is None and meaning.at.century is None


def _wraps(first: int | None, second: int | None) -> int:
    return int(first is not None and second is not None and first > second)


def settle_numeric(found: Sequence[Expression], text: str) -> list[Expression]:
    """4/5/2019 is read as the numeric dates of the same text that can only be read one way; without one it keeps its year."""
    settled = list(found)
    slashed = [(n, m) for n, e in enumerate(found) if (m := _SLASHED.fullmatch(e.span.of(text)))]
    orders = {int(m[1]) > 12 for _, m in slashed if m[1] != m[2] and max(int(m[1]), int(m[2])) > 12}
    if len(orders) != 1:
        return settled
    day_first = orders.pop()
    for index, match in slashed:
        if found[index].meaning.at.month is None:
            day, month = (match[1], match[2]) if day_first else (match[2], match[1])
            at = Moment(year=int(match[3]), month=int(month), day=int(day))
            settled[index] = msgspec.structs.replace(found[index], meaning=Meaning(kind="date", at=at))
    return settled


def ordinal_quarters(found: Sequence[Found], text: str, words: TimeWords, end: int) -> list[Found]:
    """ "... in the third quarter of 2016 and rose again in the fourth": the short one too."""
    more = list(found)
    for item in found:
        at = item.meaning.at
        if item.meaning.kind == "date" and at.part.startswith("Q"):
            stop = text.find(".", item.end, end)
            match = _IN_THE_FOURTH.search(text, item.end, end if stop < 0 else stop + 1)
            if match is not None:
                number = words.ordinals[match[2].casefold()]
                meaning = msgspec.structs.replace(item.meaning, at=msgspec.structs.replace(at, part=f"Q{number}"))
                more.append(Found(match.start(1), match.end(1), "DATE", meaning))
    return sorted(more)


__all__ = ["joined", "ordinal_quarters", "settle_numeric", "share_years"]
