"""Rules for stretches of time: calendar units near a reference, offsets, durations and sets."""

from __future__ import annotations

import re
from typing import cast

from ...records.expression import Anchor, Meaning, Side
from ...records.moment import Moment, Unit
from .fragments import BOUND, GAP, YEAR, Fragments, either
from .rule import Build, Found, Rule, bounded_of, lead_of, needing, rule

_CODES = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "DE", "century": "CE", "weekend": "WE",
          "quarter": "Q", "hour": "H", "minute": "M", "second": "S"}


def duration_value(unit: str, count: float | None) -> str:
    """TIMEX3 value of that many units: P2M, PXD, PT1H, P1DE."""
    if unit == "hour" and count is not None and count < 1:
        unit, count = "minute", count * 60
    number = "X" if count is None else f"{count:g}"
    return f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{number}{_CODES[unit]}"


def span_rules(f: Fragments) -> list[Rule]:
    """Rules for units, offsets, durations and sets."""

    def calendar_unit(match: re.Match[str]) -> list[Found]:
        which = re.sub(r"\s+", " ", match["which"].casefold())
        unit, size = f.unit_of(match["unit"])
        if unit in ("second", "minute", "hour") or size != 1:
            return []
        shift = f.words.unit_shifts[which]
        lead = lead_of(match.string, match.start())
        through = lead in f.words.through
        if match["the"] and which == "last" and _OF.match(match.string, match.end()):
            # "the last year of the war"
            meaning = Meaning(kind="unit", unit=cast(Unit, unit), anchor="event", name="nth")
            return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]
        if shift and unit != "day" and not f.third_of(match) and (
            (which in ("past", "coming") and (through or lead == "in")) or (which in ("last", "next") and through)
        ):
            # "over the past week" is the seven days up to now, not the calendar week before.
            meaning = Meaning(kind="duration", unit=cast(Unit, unit), count=1.0, shift=shift)
            return [Found(match.start(), match.end(), "DURATION", meaning)]
        anchor: Anchor = "now" if which in f.words.from_now else "reference"
        side = cast(Side, (match["side"] or "").casefold())
        name = "the next" if which == "next" and match["the"] else which
        meaning = Meaning(kind="unit", unit=cast(Unit, unit), shift=shift, anchor=anchor, name=name, side=side)
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    def weekend(match: re.Match[str]) -> list[Found]:
        meaning = Meaning(kind="unit", unit="weekend", name="the weekend")
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    def stretch(match: re.Match[str]) -> list[Found]:
        which = match["which"].casefold()
        unit, size = f.unit_of(match["unit"])
        count = f.number(match["count"])
        shift = f.words.stretch_shifts[which]
        owned = lead_of(match.string, match.start()) in f.words.possessives
        anchor: Anchor = "reference" if owned or which in ("previous", "preceding", "following", "ensuing") else "now"
        meaning = Meaning(kind="duration", unit=cast(Unit, unit), count=None if count is None else count * size,
                          shift=shift, anchor=anchor)
        return [Found(match.start(), match.end(), "DURATION", meaning, "", bounded_of(match))]

    def offset(match: re.Match[str]) -> list[Found]:
        unit, size = f.unit_of(match["unit"])
        count = f.number(match["count"])
        word = re.sub(r"\s+", " ", match["way"].casefold())
        if word == "on" and not _AFTERWARDS.match(match.string, match.end()):
            return []  # "six hours on Tuesday"
        shift = -1 if word in f.words.ways_back else 1
        if word in _OF_AN_EVENT and not _AFTERWARDS.match(match.string, match.end()):
            return _from_event(match, f, unit, None if count is None else count * size, shift)
        anchor: Anchor = "now" if word in ("ago", "back", "from now", "hence") else "reference"
        if match["today"] and word == "ago" and count is not None:
            # "25 years ago today" is that day.
            meaning = Meaning(kind="offset", unit=cast(Unit, unit), count=count * size, shift=-1, name="ago today")
            return [Found(match.start(), match.end(), "DATE", meaning)]
        if match["today"]:
            return []
        if match["and_count"]:
            unit, count, size = _joined(match, f, unit, count)
        meaning = Meaning(kind="offset", unit=cast(Unit, unit), count=None if count is None else count * size,
                          shift=shift, anchor=anchor, name=word)
        timed = unit in ("hour", "minute", "second") and bool(match["and_count"])
        return [Found(match.start(), match.end(), "TIME" if timed else "DATE", meaning, "", bounded_of(match))]

    def duration(match: re.Match[str]) -> list[Found]:
        unit, size = f.unit_of(match["unit"])
        said = match["count"]
        count = f.number(said)
        vague = said is None or bool(re.fullmatch(f.vague, said, re.IGNORECASE))
        if (count is None and not vague) or unit == "quarter" or (unit == "second" and not match["unit"].endswith("s")):
            return []
        meaning = Meaning(kind="duration", unit=cast(Unit, unit), count=None if count is None else count * size,
                          ongoing=_goes_on(match, f))
        return [Found(match.start(), match.end(), "DURATION", meaning, "", bounded_of(match))]

    def half_more(match: re.Match[str]) -> list[Found]:
        unit, size = f.unit_of(match["unit"])
        count = (f.number(match["count"]) or 1.0) + 0.5
        meaning = Meaning(kind="duration", unit=cast(Unit, unit), count=count * size)
        return [Found(match.start(), match.end(), "DURATION", meaning, "", bounded_of(match))]

    def nth(match: re.Match[str]) -> list[Found]:
        unit, _ = f.unit_of(match["unit"])
        if match["month"]:
            said = match["nth"].casefold()
            number = -1.0 if said in ("last", "final") else float(f.words.ordinals[said])
            at = Moment(year=int(match["year"]) if match["year"] else None, month=f.month_number(match["month"]))
            return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=at, name="week of month", count=number))]
        meaning = Meaning(kind="unit", unit=cast(Unit, unit), anchor="event", name="nth")
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    def every(match: re.Match[str]) -> list[Found]:
        unit, size = f.unit_of(match["unit"])
        count = f.number(match["count"]) or (2.0 if match["other"] else 1.0)
        return [Found(match.start(), match.end(), "SET", Meaning(kind="set", name=duration_value(unit, count * size)))]

    def every_named(match: re.Match[str]) -> list[Found]:
        if match["month"]:
            name = f"XXXX-{f.month_number(match['month']):02d}"
        elif match["season"]:
            name = f"XXXX-{f.words.seasons[match['season'].casefold()]}"
        else:
            name = f"XXXX-XX-XX{f.clock_of(match['part'])}"
        return [Found(match.start(), match.end(), "SET", Meaning(kind="set", name=name))]

    def so_often(match: re.Match[str]) -> list[Found]:
        unit, size = f.unit_of(match["unit"])
        meaning = Meaning(kind="set", name=duration_value(unit, size))
        if match.groupdict().get("times"):
            return [Found(match.start(), match.end(), "SET", meaning)]
        before = match.string[max(0, match.start() - 48) : match.start()]
        return [Found(match.start(), match.end(), "SET", meaning)] if f.rated(before) else []

    def named_set(match: re.Match[str]) -> list[Found]:
        return [Found(match.start(), match.end(), "SET", Meaning(kind="set", name=f.words.set_words[match["set"].casefold()]))]

    def open_stretch(match: re.Match[str]) -> list[Found]:
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="open", anchor="reference"))]

    number = rf"(?P<count>{f.count}|{f.vague}|an?)"
    adjective = rf"(?:{either(f.words.unit_adjectives)}{GAP})?"
    ways = either([*f.words.ways_back, *f.words.ways_on])
    calendar_units = either(["day", "week", "weekend", "month", "quarter", "year", "decade", "century"])
    which = either([word for word in f.words.unit_shifts if word != "the"])
    stretches = either(f.words.stretch_shifts)
    bound = rf"(?:{BOUND}{GAP})?"
    units = [*f.words.units, *f.words.plurals]
    return [
        *needing([*f.words.months, *f.words.seasons, *f.words.day_parts], [
        rule("every named", rf"(?:every|each){GAP}(?:(?P<month>{f.full_month})|(?P<season>{f.season})|(?P<part>{f.part}))"
             rf"(?![\w-])",
             every_named),
        ]),
        *needing(units, [
        rule("unit", rf"(?:{f.third}|(?P<side>later|earlier){GAP}(?:in{GAP})?)?(?P<the>the{GAP})?(?P<which>{which}){GAP}(?P<unit>"
             rf"{calendar_units})(?![\w-])", calendar_unit),
        rule("the weekend", rf"{f.third}?the{GAP}weekend(?![\w-])", weekend),
        rule("end of the unit", rf"{f.third}(?:the{GAP})?(?P<unit>week|weekend|month|year|decade|century|day)(?![\w-])",
             lambda m: _the_unit(m, f)),
        rule("rest of the unit", rf"the{GAP}(?:rest|course|remainder){GAP}of{GAP}the"
             rf"{GAP}(?P<unit>week|month|year|decade|century|day)(?![\w-])",
             lambda m: _the_unit(m, f)),
        rule("the year before last", rf"the{GAP}(?P<unit>week|weekend|month|year){GAP}"
             rf"(?P<way>before{GAP}last|after{GAP}next)(?![\w])",
             lambda m: [Found(m.start(), m.end(), "DATE", Meaning(
                 kind="unit", unit=cast(Unit, f.unit_of(m["unit"])[0]), shift=-2 if m["way"][0] in "bB" else 2))]),
        rule("the day before", rf"the{GAP}(?P<unit>day|night|week|month|year)"
             rf"{GAP}(?P<way>before|after|following|earlier)(?![\w])",
             lambda m: _before_after(m, f)),
        rule("stretch", rf"(?:the{GAP})?(?P<which>{stretches}){GAP}"
             rf"(?:(?P<count>{f.count}|{f.vague}){GAP})?{adjective}(?P<unit>{f.units})(?![\w-])", stretch),
        rule("stretch after", rf"the{GAP}(?P<count>{f.count}){GAP}(?P<which>{stretches}){GAP}(?P<unit>{f.units})(?![\w-])",
             stretch),
        rule("offset", rf"{bound}(?:{number}{GAP})?{adjective}(?P<unit>{f.any_unit})(?:{GAP}and{GAP}(?P<and_count>{f.count}|an?)"
             rf"{GAP}(?P<and_unit>{f.any_unit}))?{GAP}(?P<way>{ways})(?![\w-])(?P<today>{GAP}today(?![\w-]))?", offset),
        rule("so often", rf"(?P<times>(?:(?:{f.count}|{f.vague}){GAP})?{either(f.words.times_a)}{GAP})(?:a|per|each|every){GAP}"
             r"(?P<unit>day|night|week|fortnight|month|year|hour)(?![\w-])", so_often),
        rule("rate", rf"(?P<per>per{GAP}|a{GAP}(?!\w+{GAP}(?:of|long|old|in|or|and|when|for)(?![\w])))"
             rf"(?P<unit>day|night|week|fortnight|month|year|hour)(?![\w-]|{GAP}(?:{ways})(?![\w]))", so_often),
        rule("duration", rf"{bound}{number}(?:{GAP}|-|{GAP}or{GAP}so{GAP}|{GAP}or{GAP}more{GAP}){adjective}(?P<unit>"
             rf"{f.any_unit})(?![\w])"
             rf"(?:(?P<old>[- ]old(?![\w]))|[- ]long(?![\w])|{GAP}of{GAP}age(?![\w]))?", duration),
        rule("duration or", rf"(?:a|one){GAP}(?P<unit>day|week|month|year)(?P<count>){GAP}or"
             rf"{GAP}(?:two|more|so)(?![\w])", duration),
        rule("and a half", rf"{bound}(?P<count>{f.count}|an?){GAP}and{GAP}a{GAP}half{GAP}(?P<unit>"
             rf"{f.units})(?![\w])", half_more),
        rule("a year and a half", rf"{bound}(?P<count>an?|one){GAP}(?P<unit>hour|day|week|month|year|decade){GAP}and"
             rf"{GAP}a{GAP}half(?![\w])", half_more),
        rule("bare plural", rf"(?<![-\w])(?<!recent )(?<!working )(?<!early )(?<!old )"
             rf"(?:{either(f.words.bare_after)}{GAP}(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)"
             rf"(?![\w-])(?!{GAP}(?:ago|later|before|earlier|after))|(?P<unit2>days|weeks|months|years|decades|hours){GAP}of(?![\w]))",
             lambda m: _bare(m, f)),
        rule("long", r"(?P<unit>day|week|month|year|decade|hour)s?-(?:long|(?P<old>old))(?P<count>)(?![\w])", _one(f)),
        rule("all day", rf"(?:all|the{GAP}(?:whole|entire)){GAP}(?P<count>)(?P<unit>day|week|month|year)(?:"
             rf"{GAP}long)?(?![\w])", _one(f)),
        rule("week of month", rf"(?:the{GAP})?(?P<nth>first|second|third|fourth|last|final){GAP}(?P<unit>week){GAP}(?:of|in){GAP}"
             rf"(?P<month>{f.full_month})(?:,?{GAP}(?P<year>{YEAR}))?(?![\w])", nth),
        rule("nth day", rf"(?P<month>)(?P<nth>)(?:{f.third})?(?:the|a|its|their|for{GAP}a){GAP}(?:{f.ordinal}|final)"
             rf"{GAP}(?:consecutive"
             rf"{GAP}|straight{GAP}|full{GAP})?(?P<unit>day|night|week|month|year)(?![\w-])", nth),
        rule("every", rf"(?:every|each){GAP}(?P<other>(?:other|second)"
             rf"{GAP})?(?:(?P<count>{f.count}){GAP})?(?P<unit>{f.any_unit})(?![\w-])", every),
        ]),
        *needing(f.words.set_words, [
        rule("set", rf"(?P<set>{either(f.words.set_words)})(?![\w])", named_set),
        ]),
        *needing(["period", "periods", "era", "time", "times", "while"], [
        rule("open", rf"(?:(?:this|that|the{GAP}same|these|those)"
             rf"{GAP}(?:period|era|periods|times)|(?:(?<=during )|(?<=by )|(?<=at )|(?<=in )|(?<=around ))"
             rf"(?:this|that|the{GAP}same){GAP}time)(?![\w-])", open_stretch),
        rule("at the time", rf"(?:(?<=at )|(?<=of )|(?<=by ))the{GAP}time(?![\w-])(?!"
             rf"{GAP}(?:of|when|that|being|to))", open_stretch),
        rule("a time", rf"a{GAP}(?:short{GAP}|long{GAP}|brief{GAP})?(?:period{GAP}of{GAP})?(?:time|while)(?![\w-])(?!"
             rf"{GAP}(?:of|when|that|bomb|limit|table))", lambda m: [
            Found(m.start(), m.end(), "DURATION", Meaning(kind="duration", unit="day", count=None, name="time"))]),
        ]),
    ]


def _from_event(match: re.Match[str], f: Fragments, unit: str, count: float | None, shift: int) -> list[Found]:
    """ "Two days after the truce": the length is the expression, the event's words say what it is counted from."""
    said = match["count"]
    if said is None and match["unit"].casefold() not in f.words.plurals:
        return []  # "last week after the talks" is last week
    after = _CLAUSE.match(match.string, match.end())
    meaning = Meaning(kind="duration", unit=cast(Unit, unit), count=count, shift=shift, anchor="event",
                      event=after[0].strip() if after else "")
    return [Found(match.start(), match.end("unit"), "DURATION", meaning, "", bounded_of(match))]


def _joined(match: re.Match[str], f: Fragments, unit: str, count: float | None) -> tuple[str, float | None, int]:
    """ "An hour and ten minutes": both in the smaller unit, where that is exact."""
    small, size = f.unit_of(match["and_unit"])
    more = f.number(match["and_count"])
    factor = _IN_SMALLER.get((unit, small))
    if count is None or more is None or factor is None:
        return unit, None, 1
    return small, count * factor + more * size, 1


def _goes_on(match: re.Match[str], f: Fragments) -> bool:
    """True where the stretch ends at the reference: "for 17 days now", "the 15-day-old siege"."""
    groups = match.groupdict()
    if "old" in groups:
        if groups["old"]:
            nouns = _NOUNS.match(match.string, match.end())
            return nouns is not None and not any(noun and noun.casefold() in f.words.persons for noun in nouns.groups())
        return _NOW.match(match.string, match.end()) is not None
    return False


_OF = re.compile(r"\s+of\s")
_NOW = re.compile(r"\s+now(?!\w)", re.IGNORECASE)
_NOUNS = re.compile(r"\s+([a-z]+)(?:\s+([A-Za-z]+))?")
_OF_AN_EVENT = ("after", "before", "prior to")
# Words after which "three days after" stands alone, as "three days later" does.
_AFTERWARDS = re.compile(r"\s*(?:[.,;:)\n]|$)")
_CLAUSE = re.compile(r"[^.,;:!?()\n]{0,120}")
_IN_SMALLER = {("hour", "minute"): 60, ("day", "hour"): 24, ("week", "day"): 7, ("year", "month"): 12}


def _the_unit(match: re.Match[str], f: Fragments) -> list[Found]:
    unit, _ = f.unit_of(match["unit"])
    meaning = Meaning(kind="unit", unit=cast(Unit, unit), anchor="reference", name="the")
    return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]


def _before_after(match: re.Match[str], f: Fragments) -> list[Found]:
    unit, _ = f.unit_of(match["unit"])
    way = match["way"].casefold()
    shift = -1 if way in ("before", "earlier") else 1
    meaning = Meaning(kind="unit", unit=cast(Unit, unit), shift=shift, anchor="reference")
    if way in _OF_AN_EVENT and not _AFTERWARDS.match(match.string, match.end()):
        after = _CLAUSE.match(match.string, match.end())
        meaning = Meaning(kind="unit", unit=cast(Unit, unit), shift=shift, anchor="event", name="beside",
                          event=after[0].strip() if after else "")
    return [Found(match.start(), match.end(), "DATE", meaning)]


def _bare(match: re.Match[str], f: Fragments) -> list[Found]:
    group = "unit" if match["unit"] else "unit2"
    unit, _ = f.unit_of(match[group])
    return [Found(match.start(group), match.end(group), "DURATION", Meaning(kind="duration", unit=cast(Unit, unit)))]


def _one(f: Fragments) -> Build:
    """Builder for expressions that mean exactly one unit ("year-long", "all day")."""

    def build(match: re.Match[str]) -> list[Found]:
        unit, size = f.unit_of(match["unit"])
        meaning = Meaning(kind="duration", unit=cast(Unit, unit), count=float(size), ongoing=_goes_on(match, f))
        return [Found(match.start(), match.end(), "DURATION", meaning)]

    return build
