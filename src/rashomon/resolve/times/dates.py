"""Rules for dates with a month or in figures, in every order, alone and as ranges."""

from __future__ import annotations

import re

from ...records.expression import Meaning
from ...records.moment import Moment
from .fragments import DASH, DAY, DAY_TH, GAP, YEAR, Fragments, either
from .relative_year import OF_YEAR, SHIFTS, dated, year_fields
from .rule import DIGITS, Found, Rule, lead_of, needing, rule
from .years import BC

_JOIN = rf"(?:{GAP}?{DASH}{GAP}?|{GAP}(?:and|or|to|through|until|till){GAP}|,{GAP})"


def _day(said: str) -> int:
    return int(re.match(r"[0-9]+", said)[0])  # type: ignore[index]


def date_rules(f: Fragments) -> list[Rule]:
    """Rules for dates whose month is said or is in figures, and for a day of the month alone."""

    def month_day(match: re.Match[str]) -> list[Found]:
        year, shift, unit = year_fields(match)
        month = f.month_number(match["month"])
        clock = f.clock_of(match.groupdict().get("part"))
        whole = Moment(year=year, month=month, day=_day(match["day"]), clock=clock)
        groups = match.groupdict()
        if not groups.get("day2"):
            return [Found(match.start(), match.end(), "TIME" if clock else "DATE", dated(whole, match, shift, unit),
                          f.third_of(match))]
        other = Moment(year=year, month=month, day=_day(match["day2"]))
        if match.start("day2") > match.start("day"):
            # "April 13-15, 1915": the month goes with the first day, the year with the second.
            first, second = (match.start(), match.end("day")), (match.start("day2"), match.end())
        else:
            first, second = (match.start("day2"), match.end("day2")), (match.start("day"), match.end())
            whole, other = other, whole
        return [Found(*first, "DATE", dated(whole, match, shift, unit)),
                Found(*second, "DATE", dated(other, match, shift, unit))]

    def month_only(match: re.Match[str]) -> list[Found]:
        year, shift, unit = year_fields(match)
        at = Moment(year=year, month=f.month_number(match["month"]))
        which = match.groupdict().get("before")
        if (
            match["month"].casefold() in f.words.ambiguous and year is None and not unit and not which
            and not f.third_of(match) and lead_of(match.string, match.start()) not in f.words.month_after
        ):
            return []  # "the Long March", "they may"
        if which and not unit and year is None:
            shift = SHIFTS.get(which.casefold(), 0)
            meaning = Meaning(kind="date", at=at, unit="month", shift=shift)
        else:
            meaning = dated(at, match, shift, unit)
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]







    def day_alone(match: re.Match[str]) -> list[Found]:
        at = Moment(day=_day(match["day"]))
        which = (match["which"] or "").casefold()
        meaning = Meaning(kind="date", at=at) if not which else Meaning(
            kind="date", at=at, unit="month", shift=SHIFTS[which],
            anchor="now" if which in ("this", "last", "next") else "reference", name="of month")
        return [Found(match.start("said"), match.end(), "DATE", meaning)]



    def iso(match: re.Match[str]) -> list[Found]:
        at = Moment(year=int(match["year"]), month=int(match["m"]), day=int(match["d"]))
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at))] if at.date() else []

    def slashed(match: re.Match[str]) -> list[Found]:
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        if first == second or second > 12 >= first:
            at = Moment(year=year, month=first, day=second)
        elif first > 12 >= second or match["dot"] == ".":
            at = Moment(year=year, month=second, day=first)
        else:
            # Day first or month first: nothing in the text says which, so that only the year is sure.
            at = Moment(year=year)
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at))]

    weekday = rf"(?:{f.weekday},?{GAP}(?:the{GAP})?)?"
    year_after = rf"(?:(?:,?{GAP}?|{GAP}of{GAP})(?P<year>{YEAR})(?![\w]|,[0-9])|{OF_YEAR})"
    part_before = (
        rf"(?:(?:the{GAP}|that{GAP})?(?:early{GAP}|late{GAP})?(?P<part>{f.part})(?:{GAP}hours)?"
        rf"{GAP}(?:of|on){GAP}(?:the{GAP})?)?"
    )
    month = rf"(?P<month>{f.month})"
    full_month = rf"(?P<month>{f.full_month}(?![\w]))"
    months = [*f.words.months, *f.words.month_abbreviations]
    return [
        *needing([DIGITS], [
        rule("day alone", rf"(?:on|by|until|till|from|since|between|before|after){GAP}"
             rf"(?P<said>(?:{f.weekday},?{GAP})?the{GAP}(?P<day>{DAY}(?:st|nd|rd|th))"
             rf"(?:{GAP}of{GAP}(?:the{GAP})?(?P<which>this|last|next|that|same|following|previous){GAP}month(?![\w]))?)"
             rf"(?=[.,;:)]|$|\s*\n|{GAP}(?:{either(f.words.day_followed_by)})(?![\w]))", day_alone),
        rule("iso", r"(?P<year>(?:1[0-9]|20)[0-9]{2})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12][0-9]|3[01])(?![\w])", iso),
        rule("slashed", rf"(?P<a>{DAY})(?P<dot>[./])(?P<b>{DAY})[./](?P<year>{YEAR})(?![\w])", slashed),
        ]),
        *needing(months, [
        rule("month day", rf"{part_before}{weekday}{f.third}?{month}{GAP}?(?:the{GAP})?(?P<day>"
             rf"{DAY_TH})(?![\w]|,[0-9]{{3}}(?![0-9])|\.[0-9]|:[0-9])"
             rf"{year_after}?", month_day),
        rule("month days", rf"{month}{GAP}(?P<day>{DAY_TH}){_JOIN}(?:the{GAP})?(?P<day2>{DAY_TH})(?![\w]|[.,:][0-9]|"
             rf"{GAP}?{f.month}|"
             rf"{GAP}[a-z]+s(?![\w])){year_after}?", month_day),
        rule("day month", rf"{part_before}{weekday}(?P<day>{DAY_TH}){GAP}(?:of{GAP})?{month}{year_after}?", month_day),
        rule("days month", rf"(?P<day2>{DAY_TH}){_JOIN}(?:the{GAP})?(?P<day>{DAY_TH}){GAP}(?:of{GAP})?{month}{year_after}?",
             month_day),
        rule("month year", rf"{f.third}?{month}(?:,?{GAP}(?:of{GAP})?|')(?P<year>{YEAR})(?![\w]|,[0-9])", month_only),
        rule("month bc", rf"{f.third}?{month}(?:,?{GAP}(?:of{GAP})?)(?P<year>[1-9][0-9]{{0,3}}){BC}",
             lambda m: [Found(m.start(), m.end(), "DATE", Meaning(
                 kind="date", at=Moment(year=-int(m["year"]), month=f.month_number(m["month"]))), f.third_of(m))]),
        rule("month", rf"(?:{f.third}|(?P<before>last|this|next|past|that|previous|following){GAP})?{full_month}{OF_YEAR}?"
             rf"(?!{GAP}?[0-9]|['\u2019]s(?![\w])(?!{GAP}))", month_only),
        ]),
    ]
