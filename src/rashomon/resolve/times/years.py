"""Rules for years and what is named with them: their ranges, halves, quarters and seasons, decades, centuries."""

from __future__ import annotations

import re

import msgspec

from ...records.expression import Meaning
from ...records.moment import Moment
from .fragments import DASH, GAP, YEAR, Fragments, either
from .relative_year import OF_YEAR, SHIFTS, dated, year_fields
from .rule import DIGITS, Found, Rule, bounded_of, lead_of, needing, rule

BC = rf"(?:{GAP}?(?P<bc>B\.C\.(?:E\.)?|BCE?)(?![\w]))"
_BOUNDS = r"(?P<about>about|around|circa|ca\.|c\.|as early as|as late as|as recently as)"
# "2000 rebels" is a count.
_COUNTED = re.compile(r"[ \u00a0](?:[a-z]+[- ])?[a-z]{3,}s(?![\w'\u2019])")


def _stands_alone(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 2) : match.start()]
    return not before or before[-1] in "(\n-\u2013\u2014,"


def year_rules(f: Fragments) -> list[Rule]:
    """Rules for everything that is a year, a part of one, or made of years."""
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
        year, shift, unit = year_fields(match)
        if groups.get("bc") and year is not None:
            year = -year
        at = Moment(year=year, part=f.words.seasons[match["season"].casefold()])
        which = (groups.get("before") or "").casefold()
        if which in ("last", "this", "next", "past", "coming", "previous", "following") and year is None and not unit:
            meaning = Meaning(kind="date", at=at, unit="quarter",
                              shift={"last": -1, "past": -1, "previous": -1, "this": 0}.get(which, 1),
                              anchor="reference" if which in ("previous", "following") else "now")
        else:
            meaning = dated(at, match, shift, unit)
        side = (groups.get("side") or "").casefold()
        meaning = msgspec.structs.replace(meaning, side=side) if side else meaning
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    def fraction(match: re.Match[str]) -> list[Found]:
        said = re.sub(r"\s+", " ", match["fraction"].casefold())
        code = {"first half": "H1", "second half": "H2", "latter half": "H2", "first quarter": "Q1",
                "second quarter": "Q2", "third quarter": "Q3", "fourth quarter": "Q4", "last quarter": "Q4"}[said]
        year = match["year"]
        at = Moment(year=int(year) if year else None, part=code)
        shift = SHIFTS.get((match["which"] or "").casefold(), 0)
        return [Found(match.start(), match.end(), "DATE", dated(at, match, shift, "" if year else "year"))]

    def quarter(match: re.Match[str]) -> list[Found]:
        at = Moment(part=f"Q{f.words.ordinals[match['nth'].casefold()]}")
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at), f.third_of(match))]

    def quarter_code(match: re.Match[str]) -> list[Found]:
        at = Moment(year=int(match["year"]), part=match["code"].upper())
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at))]

    def fiscal(match: re.Match[str]) -> list[Found]:
        said = match["year"]
        low = max(match.string.rfind(mark, 0, match.start()) for mark in (". ", "\n"))
        part = "FY-US" if american.search(match.string, low + 1, match.end() + 120) else "FY"
        at = Moment(year=int(said) if len(said) == 4 else 2000 + int(said), part=part)
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at))]

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

    bc = BC
    american = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in f.words.american))
    bare_year = (
        rf"(?P<year>{YEAR})(?![\w%]|[.,:][0-9]|{DASH}[0-9]|{GAP}{either(f.words.counted)}(?![\w]))"
    )
    return [
        *needing(["half", "quarter"], [
        rule("fraction", rf"(?:the{GAP})?(?P<fraction>(?:first|second|latter){GAP}half|(?:first|second|third|fourth|last)"
             rf"{GAP}quarter){GAP}of{GAP}"
             rf"(?:(?P<year>{YEAR})(?![\w])|(?:the|(?:the{GAP})?(?P<which>that|this|last|next|same|following|previous))"
             rf"{GAP}year(?![\w]))", fraction),
        ]),
        *needing(["quarter"], [
        rule("quarter", rf"(?:{f.third}|the{GAP})?(?P<nth>first|second|third|fourth)[- ]quarter(?![\w-]|{GAP}of(?![\w]))",
             quarter),
        ]),
        *needing(f.words.fiscal_words, [
        rule("fiscal", rf"(?:the{GAP})?(?P<word>{either(f.words.fiscal_words)}){GAP}?(?P<year>"
             rf"(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![\w.,:][0-9]|[\w])",
             fiscal),
        ]),
        *needing([DIGITS], [
        rule("quarter code", rf"(?P<code>[QH][1-4]){GAP}(?:of{GAP})?(?P<year>{YEAR})(?![\w])", quarter_code),
        rule("years", rf"{f.third}?(?P<year>{YEAR}){GAP}?{DASH}{GAP}?(?P<year2>{YEAR}|[0-9]{{2}})(?![\w]|[.,:][0-9]|"
             rf"{DASH}[0-9])", years),
        rule("years bc", rf"{f.third}?(?P<year>[1-9][0-9]{{0,3}}){GAP}?(?:{DASH}|to|and|or)"
             rf"{GAP}?(?P<year2>[1-9][0-9]{{0,3}}){bc}", years),
        rule("year bc", rf"(?:{_BOUNDS}{GAP})?{f.third}?(?P<year>[1-9][0-9]{{0,3}}){bc}", year_only),
        rule("year", rf"(?:{_BOUNDS}{GAP})?(?:(?:{f.third}|the{GAP}rest{GAP}of{GAP})(?:the{GAP}year{GAP})?|the{GAP}years?"
             rf"{GAP})?{bare_year}", year_only),
        rule("decade", rf"(?:{f.third}|the{GAP})?"
             rf"(?P<decade>[1-9][0-9]{{1,2}}0|(?:(?<=the )|(?<=['\u2019]))[1-9]0)['\u2019]?s(?![\w]){bc}?", decade),
        ]),
        *needing(f.words.seasons, [
        rule("season year", rf"(?:{f.third}|the{GAP})?(?:early{GAP}|late{GAP}|mid-?)?(?P<season>{f.season})(?:,?"
             rf"{GAP}(?:of{GAP}|in{GAP})?)(?P<year>{YEAR}|[1-9][0-9]{{0,3}}(?={GAP}?BC)){bc}?(?![\w])",
             season),
        rule("season rel", rf"(?:{f.third}|(?P<side>earlier|later){GAP})?(?:(?:the"
             rf"{GAP})?(?P<before>last|this|next|past|coming|previous|following|that|same|that{GAP}same){GAP})(?P<season>"
             rf"{f.season})(?![\w]){OF_YEAR}?", season),
        rule("season", rf"(?:{f.third}|the{GAP})(?P<season>{f.season}){OF_YEAR}?(?![\w]|-[a-rt-z]|{GAP}of(?![\w]))", season),
        rule("season in", rf"(?<=in )(?P<season>{f.season})(?![\w-])", season),
        rule("season bare", rf"(?P<season>spring|summer|autumn|winter|(?-i:Fall|Spring|Summer|Winter|Autumn))(?![\w-]|"
             rf"{GAP}of(?![\w]))", season),
        ]),
        *needing(["century"], [
        rule("century", rf"(?:{f.third}|the{GAP})?(?P<ordinal>(?:twenty-)?{f.ordinal})[- ]century(?![\w]){bc}?", century),
        ]),
    ]
