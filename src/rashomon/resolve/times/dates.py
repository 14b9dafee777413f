"""Rules for dates of the calendar: days, months, years, seasons, decades, centuries, in every order and as ranges."""

from __future__ import annotations

import re

from ...records.expression import Meaning
from ...records.moment import Moment
from .fragments import DASH, DAY, DAY_TH, GAP, YEAR, Fragments, either
from .rule import Found, Rule, bounded_of, lead_of, rule

_OF_YEAR = (
    rf"(?P<rel>(?:,?{GAP}(?:of|in){GAP}(?:the{GAP})?|,?{GAP})"
    rf"(?P<which>same|that{GAP}same|that|this|last|next|following|previous|preceding){GAP}year)"
)
_SHIFTS = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "this": 0, "same": 0, "that": 0}
_JOIN = rf"(?:{GAP}?{DASH}{GAP}?|{GAP}(?:and|or|to|through|until|till){GAP}|,{GAP})"
# "2000 rebels" is a count.
_COUNTED = re.compile(r"[ \u00a0](?:[a-z]+[- ])?[a-z]{3,}s(?![\w'\u2019])")


def _day(said: str) -> int:
    return int(re.match(r"[0-9]+", said)[0])  # type: ignore[index]


def _stands_alone(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 2) : match.start()]
    return not before or before[-1] in "(\n-\u2013\u2014,"


def _year_fields(match: re.Match[str]) -> tuple[int | None, int, str]:
    """Year, shift and unit of the relative year that follows a month ("of that year")."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"]), 0, ""
    if groups.get("which"):
        return None, _SHIFTS[re.split(r"\s+", groups["which"].casefold())[-1 if "same" in groups["which"] else 0]], "year"
    return None, 0, ""


def _date(at: Moment, match: re.Match[str], shift: int = 0, unit: str = "") -> Meaning:
    if not unit:
        return Meaning(kind="date", at=at)
    now = (match.groupdict().get("which") or "").casefold() in ("this", "last", "next")
    return Meaning(kind="date", at=at, unit="year", shift=shift, anchor="now" if now else "reference")


def date_rules(f: Fragments) -> list[Rule]:
    """Rules for dates with a month, years and their ranges, seasons, decades and centuries."""

    def month_day(match: re.Match[str]) -> list[Found]:
        year, shift, unit = _year_fields(match)
        month = f.month_number(match["month"])
        clock = f.clock_of(match.groupdict().get("part"))
        whole = Moment(year=year, month=month, day=_day(match["day"]), clock=clock)
        groups = match.groupdict()
        if not groups.get("day2"):
            return [Found(match.start(), match.end(), "TIME" if clock else "DATE", _date(whole, match, shift, unit),
                          f.third_of(match))]
        other = Moment(year=year, month=month, day=_day(match["day2"]))
        if match.start("day2") > match.start("day"):
            # "April 13-15, 1915": the month goes with the first day, the year with the second.
            first, second = (match.start(), match.end("day")), (match.start("day2"), match.end())
        else:
            first, second = (match.start("day2"), match.end("day2")), (match.start("day"), match.end())
            whole, other = other, whole
        return [Found(*first, "DATE", _date(whole, match, shift, unit)),
                Found(*second, "DATE", _date(other, match, shift, unit))]

    def month_only(match: re.Match[str]) -> list[Found]:
        year, shift, unit = _year_fields(match)
        at = Moment(year=year, month=f.month_number(match["month"]))
        which = match.groupdict().get("before")
        if (
            match["month"].casefold() in f.words.ambiguous and year is None and not unit and not which
            and not f.third_of(match) and lead_of(match.string, match.start()) not in f.words.month_after
        ):
            return []  # "the Long March", "they may"
        if which and not unit and year is None:
            shift = _SHIFTS.get(which.casefold(), 0)
            meaning = Meaning(kind="date", at=at, unit="month", shift=shift)
        else:
            meaning = _date(at, match, shift, unit)
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    def year_only(match: re.Match[str]) -> list[Found]:
        sign = -1 if match.groupdict().get("bc") else 1
        at = Moment(year=sign * int(match["year"]))
        lead = lead_of(match.string, match.start())
        alone = match.start() == match.start("year") and sign > 0
        if alone and lead in f.words.not_year_after:
            return []
        if alone and int(match["year"]) < 1900 and lead not in f.words.year_after and not _stands_alone(match):
            return []
        if alone and lead not in ("in", "the", "of", "since", "year") and _COUNTED.match(match.string, match.end()):
            return []
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at), f.third_of(match),
                      bounded_of(match))]

    def years(match: re.Match[str]) -> list[Found]:
        bc = bool(match.groupdict().get("bc"))
        first, said = match["year"], match["year2"]
        second = first[: len(first) - len(said)] + said if len(said) < len(first) and not bc else said
        if not bc and int(second) <= int(first):
            return []
        sign = -1 if bc else 1
        return [
            Found(match.start(), match.end("year"), "DATE", Meaning(kind="date", at=Moment(year=sign * int(first))),
                  f.third_of(match)),
            Found(match.start("year2"), match.end(), "DATE", Meaning(kind="date", at=Moment(year=sign * int(second)))),
        ]

    def season(match: re.Match[str]) -> list[Found]:
        groups = match.groupdict()
        year, shift, unit = _year_fields(match)
        if groups.get("bc") and year is not None:
            year = -year
        at = Moment(year=year, part=f.words.seasons[match["season"].casefold()])
        which = (groups.get("before") or "").casefold()
        if which in ("last", "this", "next", "past", "coming", "previous", "following") and year is None and not unit:
            meaning = Meaning(kind="date", at=at, unit="quarter",
                              shift={"last": -1, "past": -1, "previous": -1, "this": 0}.get(which, 1),
                              anchor="reference" if which in ("previous", "following") else "now")
        else:
            meaning = _date(at, match, shift, unit)
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    def fraction(match: re.Match[str]) -> list[Found]:
        said = re.sub(r"\s+", " ", match["fraction"].casefold())
        code = {"first half": "H1", "second half": "H2", "latter half": "H2", "first quarter": "Q1",
                "second quarter": "Q2", "third quarter": "Q3", "fourth quarter": "Q4", "last quarter": "Q4"}[said]
        year = match["year"]
        at = Moment(year=int(year) if year else None, part=code)
        shift = _SHIFTS.get((match["which"] or "").casefold(), 0)
        return [Found(match.start(), match.end(), "DATE", _date(at, match, shift, "" if year else "year"))]

    def quarter_code(match: re.Match[str]) -> list[Found]:
        at = Moment(year=int(match["year"]), part=match["code"].upper())
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at))]

    def fiscal(match: re.Match[str]) -> list[Found]:
        said = match["year"]
        low = max(match.string.rfind(mark, 0, match.start()) for mark in (". ", "\n"))
        part = "FY-US" if american.search(match.string, low + 1, match.end() + 120) else "FY"
        at = Moment(year=int(said) if len(said) == 4 else 2000 + int(said), part=part)
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at))]

    def day_alone(match: re.Match[str]) -> list[Found]:
        at = Moment(day=_day(match["day"]))
        which = (match["which"] or "").casefold()
        meaning = Meaning(kind="date", at=at) if not which else Meaning(
            kind="date", at=at, unit="month", shift=_SHIFTS[which],
            anchor="now" if which in ("this", "last", "next") else "reference", name="of month")
        return [Found(match.start("said"), match.end(), "DATE", meaning)]

    def decade(match: re.Match[str]) -> list[Found]:
        said = match["decade"]
        number = int(said) // 10 if len(said) > 2 else (190 if int(said) >= 20 else 200) + int(said) // 10
        at = Moment(decade=-number if match["bc"] else number)
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at), f.third_of(match))]

    def century(match: re.Match[str]) -> list[Found]:
        said = match["ordinal"].casefold()
        number = f.words.ordinals.get(said) or (f.words.tens.get("twenty", 20) + f.words.ordinals.get(said[7:], 0)
                                                if said.startswith("twenty") else int(re.sub(r"\D", "", said) or 0))
        if not number:
            return []
        at = Moment(century=-(number - 1) if match["bc"] else number - 1)
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at), f.third_of(match))]

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
    bc = rf"(?:{GAP}?(?P<bc>B\.C\.(?:E\.)?|BCE?)(?![\w]))"
    year_after = rf"(?:(?:,?{GAP}?|{GAP}of{GAP})(?P<year>{YEAR})(?![\w]|,[0-9])|{_OF_YEAR})"
    part_before = (
        rf"(?:(?:the{GAP}|that{GAP})?(?:early{GAP}|late{GAP})?(?P<part>{f.part})(?:{GAP}hours)?"
        rf"{GAP}(?:of|on){GAP}(?:the{GAP})?)?"
    )
    month = rf"(?P<month>{f.month})"
    full_month = rf"(?P<month>{f.full_month}(?![\w]))"
    american = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in f.words.american))
    bare_year = (
        rf"(?P<year>{YEAR})(?![\w%]|[.,:][0-9]|{DASH}[0-9]|{GAP}{either(f.words.counted)}(?![\w]))"
    )
    return [
        rule("fraction", rf"(?:the{GAP})?(?P<fraction>(?:first|second|latter){GAP}half|(?:first|second|third|fourth|last)"
             rf"{GAP}quarter){GAP}of{GAP}"
             rf"(?:(?P<year>{YEAR})(?![\w])|(?:the|(?:the{GAP})?(?P<which>that|this|last|next|same|following|previous)){GAP}year(?![\w]))", fraction),
        rule("quarter code", rf"(?P<code>[QH][1-4]){GAP}(?:of{GAP})?(?P<year>{YEAR})(?![\w])", quarter_code),
        rule("fiscal", rf"(?:the{GAP})?(?P<word>{either(f.words.fiscal_words)}){GAP}?(?P<year>(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![\w.,:][0-9]|[\w])",
             fiscal),
        rule("day alone", rf"(?:on|by|until|till|from|since|between|before|after){GAP}(?P<said>the{GAP}(?P<day>{DAY}(?:st|nd|rd|th))"
             rf"(?:{GAP}of{GAP}(?:the{GAP})?(?P<which>this|last|next|that|same|following|previous){GAP}month(?![\w]))?)"
             rf"(?=[.,;:)]|$|\s*\n|{GAP}(?:{either(f.words.day_followed_by)})(?![\w]))", day_alone),
        rule("iso", r"(?P<year>(?:1[0-9]|20)[0-9]{2})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12][0-9]|3[01])(?![\w])", iso),
        rule("slashed", rf"(?P<a>{DAY})(?P<dot>[./])(?P<b>{DAY})[./](?P<year>{YEAR})(?![\w])", slashed),
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
        rule("month bc", rf"{f.third}?{month}(?:,?{GAP}(?:of{GAP})?)(?P<year>[1-9][0-9]{{0,3}}){bc}",
             lambda m: [Found(m.start(), m.end(), "DATE", Meaning(
                 kind="date", at=Moment(year=-int(m["year"]), month=f.month_number(m["month"]))), f.third_of(m))]),
        rule("month", rf"(?:{f.third}|(?P<before>last|this|next|past|that|previous|following){GAP})?{full_month}{_OF_YEAR}?"
             rf"(?!{GAP}?[0-9]|['\u2019]s(?![\w])(?!{GAP}))", month_only),
        rule("years", rf"{f.third}?(?P<year>{YEAR}){GAP}?{DASH}{GAP}?(?P<year2>{YEAR}|[0-9]{{2}})(?![\w]|[.,:][0-9]|"
             rf"{DASH}[0-9])", years),
        rule("years bc", rf"{f.third}?(?P<year>[1-9][0-9]{{0,3}}){GAP}?(?:{DASH}|to|and|or)"
             rf"{GAP}?(?P<year2>[1-9][0-9]{{0,3}}){bc}", years),
        rule("year bc", rf"(?:{BOUNDS}{GAP})?{f.third}?(?P<year>[1-9][0-9]{{0,3}}){bc}", year_only),
        rule("year", rf"(?:{BOUNDS}{GAP})?(?:(?:{f.third}|the{GAP}rest{GAP}of{GAP})(?:the{GAP}year{GAP})?|the{GAP}years?"
             rf"{GAP})?{bare_year}", year_only),
        rule("season year", rf"(?:{f.third}|the{GAP})?(?:early{GAP}|late{GAP}|mid-?)?(?P<season>{f.season})(?:,?"
             rf"{GAP}(?:of{GAP}|in{GAP})?)(?P<year>{YEAR}|[1-9][0-9]{{0,3}}(?={GAP}?BC)){bc}?(?![\w])",
             season),
        rule("season rel", rf"{f.third}?(?:(?:the"
             rf"{GAP})?(?P<before>last|this|next|past|coming|previous|following|that|same|that{GAP}same){GAP})(?P<season>"
             rf"{f.season})(?![\w]){_OF_YEAR}?", season),
        rule("season", rf"(?:{f.third}|the{GAP})(?P<season>{f.season}){_OF_YEAR}?(?![\w]|-[a-rt-z]|{GAP}of(?![\w]))", season),
        rule("season in", rf"(?<=in )(?P<season>{f.season})(?![\w-])", season),
        rule("season bare", rf"(?P<season>spring|summer|autumn|winter|(?-i:Fall|Spring|Summer|Winter|Autumn))(?![\w-]|"
             rf"{GAP}of(?![\w]))", season),
        rule("decade", rf"(?:{f.third}|the{GAP})?"
             rf"(?P<decade>[1-9][0-9]{{1,2}}0|(?:(?<=the )|(?<=['\u2019]))[1-9]0)['\u2019]?s(?![\w]){bc}?", decade),
        rule("century", rf"(?:{f.third}|the{GAP})?(?P<ordinal>(?:twenty-)?{f.ordinal})[- ]century(?![\w]){bc}?", century),
    ]


BOUNDS = r"(?P<about>about|around|circa|ca\.|c\.|as early as|as late as|as recently as)"
