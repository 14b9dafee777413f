"""Rules for parts of the day and clock times."""

from __future__ import annotations

import re

from ...records.expression import Meaning
from ...records.moment import Moment
from .fragments import GAP, Fragments, either
from .rule import DIGITS, Found, Rule, lead_of, needing, rule

# The name of a clock time or part of the day whose day is not in its own words.
ANY_DAY = "any"


def clock_rules(f: Fragments) -> list[Rule]:
    """Rules for everything inside a day."""
    words = f.words
    named_zone = rf"(?:{GAP}?(?P<zone>{either(words.zones)}|local{GAP}time)(?![\w]))"
    zone = rf"(?:{GAP}?(?P<zone>{either(words.zones)}|local{GAP}time|hours)(?![\w]))"

    def part(match: re.Match[str]) -> list[Found]:
        which = re.sub(r"\s+", " ", (match["which"] or "").casefold())
        shift = -1 if which in ("last", "previous", "the previous") else 1 if which.endswith(("next", "following")) else 0
        now = which in ("last", "this")
        meaning = Meaning(kind="unit", unit="day", shift=shift, anchor="now" if now else "reference",
                          at=Moment(clock=f.clock_of(match["part"])))
        return [Found(match.start(), match.end(), "TIME", meaning, f.third_of(match))]

    def some_part(match: re.Match[str]) -> list[Found]:
        said = re.sub(r"\s+", " ", match["part"].casefold())
        clock = words.clock_words.get(said) or f.clock_of(said)
        lead = lead_of(match.string, match.start("said") if "said" in match.groupdict() else match.start())
        generic = said == "night" and lead in ("at", "by", "a", "using", "into", "each")
        meaning = Meaning(kind="unit", unit="day", anchor="reference", at=Moment(clock=clock),
                          name="ever" if generic else ANY_DAY)
        third = f.third_of(match) or ("START" if said in words.begin_day_parts else "")
        start = match.start("said") if match.groupdict().get("said") else match.start()
        return [Found(start, match.end(), "TIME", meaning, third)]

    def overnight(match: re.Match[str]) -> list[Found]:
        meaning = Meaning(kind="unit", unit="day", shift=-1, anchor="reference", at=Moment(clock="TNI"), name="overnight")
        return [Found(match.start(), match.end(), "TIME", meaning)]

    def at_clock(match: re.Match[str]) -> list[Found]:
        found = [_clock(match, match["hour"], match["minute"], match.end())]
        if match.groupdict().get("first"):
            found.insert(0, _clock(match, match["first"], match["minute1"], match.end("first_end"), match.start("first")))
            found[1] = _clock(match, match["hour"], match["minute"], match.end(), match.start("hour"))
        return [one for one in found if one is not None] if all(found) else []

    def _clock(match: re.Match[str], said: str, minutes: str | None, end: int, start: int | None = None) -> Found | None:
        hour = words.ones.get(said.casefold()) if not said.isdigit() else int(said)
        minute = int(minutes or 0)
        groups = match.groupdict()
        half = (groups.get("half") or "").casefold().replace(".", "")
        part = re.sub(r"\s+", " ", (groups.get("part") or "").casefold())
        zone = (groups.get("zone") or "").casefold()
        if hour is None or hour > 24 or minute > 59:
            return None
        if half == "pm" or words.day_parts.get(part) in ("AF", "EV") or (words.day_parts.get(part) == "NI" and hour > 5):
            hour += 12 if hour < 12 else 0
        elif half == "am" and hour == 12:
            hour = 0
        at = Moment(clock=f"T{hour:02d}:{minute:02d}{words.zones.get(zone, '')}")
        here = match.start("said" if groups.get("said") else 0) if start is None else start
        if groups.get("which"):
            shift = -1 if groups["which"].casefold() == "last" else 0
            return Found(here, end, "TIME", Meaning(kind="unit", unit="day", shift=shift, at=at))
        return Found(here, end, "TIME", Meaning(kind="unit", unit="day", anchor="reference", at=at, name=ANY_DAY))

    hour_word = either([word for word, number in words.ones.items() if number <= 12])
    half = r"(?P<half>[ap]\.m\.|[ap]m)(?![a-z])"
    halves = either([word for word in words.day_parts if " " in word or word.endswith(("day", "light"))])
    return [
        *needing([*words.day_parts, *words.clock_words, "overnight"], [
        rule("day part", rf"{f.third}?(?:early{GAP}|late{GAP}|earlier{GAP}|later{GAP})?(?:the"
             rf"{GAP})?(?P<which>last|this|that|that{GAP}same|same|next|following|previous){GAP}(?P<part>"
             rf"{f.part})(?![\w])", part),
        rule("some part", rf"(?:(?:in|during){GAP}(?=the{GAP})|(?:at|by|before|around|until|after|since|till|from|to){GAP}"
             rf"|(?<=a )|(?<=using )|(?<=into ))(?P<said>(?:the{GAP}(?:early{GAP}|late{GAP})?)?"
             rf"(?P<part>{f.part}|noon|midday|midnight))"
             rf"(?![\w-])(?P<third>)(?P<third2>)", some_part),
        rule("mid part", r"(?P<third2>mid)-(?P<part>morning|afternoon|evening)(?P<third>)(?![\w])", some_part),
        rule("part alone", rf"(?:the{GAP})?(?P<part>{halves}|noon|midday)(?P<third>)(?P<third2>)(?![\w-])", some_part),
        rule("overnight", r"overnight(?![\w])", overnight),
        rule("night-time", r"(?P<part>night-time|midnight)(?P<third>)(?P<third2>)(?![\w])", some_part),
        ]),
        *needing([DIGITS], [
        rule("clock", rf"(?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9]))?{GAP}?{half}{named_zone}?", at_clock),
        rule("clocks", rf"(?P<first>[0-2]?[0-9])(?:[:.](?P<minute1>[0-5][0-9]))?(?P<first_end>){GAP}?(?:-|\u2013|and|to|or){GAP}?"
             rf"(?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9]))?{GAP}?{half}{named_zone}?", at_clock),
        rule("clock 24", rf"(?P<hour>[01]?[0-9]|2[0-4])[:.](?P<minute>[0-5][0-9]){zone}", at_clock),
        rule("clock 24 bare", r"(?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])(?![\w:]|-[0-9])", at_clock),
        rule("clock military", rf"(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9]){zone}", at_clock),
        rule("clock at 0330", r"(?<=at )(?P<hour>0[0-9])(?P<minute>[0-5][0-9])(?![\w:.,][0-9]|[\w])", at_clock),
        rule("hour zone", rf"(?P<hour>[0-2]?[0-9])(?P<minute>)(?:{GAP}o['\u2019]clock)?{named_zone}", at_clock),
        ]),
        *needing(["clock"], [
        rule("o'clock", rf"(?P<hour>{hour_word}|[0-9]{{1,2}})(?P<minute>){GAP}o['\u2019]clock(?:{GAP}(?:in|on){GAP}(?:the{GAP})?"
             rf"(?P<part>{f.part}))?(?![\w])", at_clock),
        ]),
        rule("at ten", rf"(?<=at )(?:about{GAP}|around{GAP})?(?P<said>(?P<hour>{hour_word}))(?P<minute>)(?![\w-])(?={GAP}?"
             rf"(?:[.,;)]|$|\n))",
             at_clock),
        *needing(words.day_parts, [
        rule("six this evening", rf"(?P<hour>{hour_word}|[0-9]{{1,2}})(?::(?P<minute>[0-5][0-9]))?{GAP}(?:"
             rf"(?P<which>this|last|tomorrow){GAP}|in{GAP}the{GAP})"
             rf"(?P<part>morning|afternoon|evening|night)(?![\w])", at_clock),
        ]),
    ]
