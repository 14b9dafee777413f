"""Rules for weekdays, parts of the day, clock times and feasts."""

from __future__ import annotations

import re

from ...records.expression import Meaning
from ...records.moment import Moment
from .fragments import GAP, YEAR, Fragments, cased, either
from .rule import Found, Rule, rule


def day_rules(f: Fragments) -> list[Rule]:
    """Rules for everything that points at a day or inside one."""

    def weekday(match: re.Match[str]) -> list[Found]:
        which = re.sub(r"\s+", " ", (match["which"] or "").casefold())
        # "this Friday" is told from "Friday" by its tense alone, as a bare weekday is.
        meaning = Meaning(kind="weekday", weekday=f.weekday_number(match["day"]), shift=f.words.weekday_shifts.get(which, 0),
                          anchor="reference" if which in ("following", "previous") else "now",
                          at=Moment(clock=f.clock_of(match["part"])))
        return [Found(match.start(), match.end(), "TIME" if match["part"] else "DATE", meaning)]

    def weekdays(match: re.Match[str]) -> list[Found]:
        name = f"XXXX-WXX-{f.weekday_number(match['day'])}"
        return [Found(match.start(), match.end(), "SET", Meaning(kind="set", name=name))]

    def weekdays_plural(match: re.Match[str]) -> list[Found]:
        number = f.weekday_number(match["day"][:-1])
        if match["set"]:
            return [Found(match.start(), match.end(), "SET", Meaning(kind="set", name=f"XXXX-WXX-{number}"))]
        # Without "on", "Fridays raid" is a possessive that has lost its apostrophe.
        return [Found(match.start(), match.end() - 1, "DATE", Meaning(kind="weekday", weekday=number))]

    def deictic(match: re.Match[str]) -> list[Found]:
        said = match["word"].casefold()
        clock = "TNI" if said == "tonight" else f.clock_of(match["part"])
        meaning = Meaning(kind="unit", unit="day", shift=f.words.deictic[said], at=Moment(clock=clock), name=said)
        return [Found(match.start(), match.end(), "TIME" if clock else "DATE", meaning)]

    def skipped(match: re.Match[str]) -> list[Found]:
        shift = -2 if "before" in match[0].casefold() else 2
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="unit", unit="day", shift=shift))]

    def part(match: re.Match[str]) -> list[Found]:
        which = re.sub(r"\s+", " ", (match["which"] or "").casefold())
        shift = -1 if which in ("last", "previous", "the previous") else 1 if which.endswith(("next", "following")) else 0
        now = which in ("last", "this")
        meaning = Meaning(kind="unit", unit="day", shift=shift, anchor="now" if now else "reference",
                          at=Moment(clock=f.clock_of(match["part"])))
        return [Found(match.start(), match.end(), "TIME", meaning, f.third_of(match))]

    def some_part(match: re.Match[str]) -> list[Found]:
        said = match["part"].casefold()
        clock = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00", "overnight": "TNI"}.get(said) or f.clock_of(said)
        meaning = Meaning(kind="unit", unit="day", anchor="reference", at=Moment(clock=clock),
                          name="any")
        return [Found(match.start(), match.end(), "TIME", meaning)]

    def clock(match: re.Match[str]) -> list[Found]:
        hour = int(match["hour"])
        minute = int(match["minute"] or 0)
        half = (match["half"] or "").casefold().replace(".", "")
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        if hour > 24 or minute > 59 or (not half and not match["zone"] and match["minute"] is None):
            return []
        meaning = Meaning(kind="unit", unit="day", anchor="reference", at=Moment(clock=f"T{hour:02d}:{minute:02d}"))
        return [Found(match.start(), match.end(), "TIME", meaning)]

    def feast(match: re.Match[str]) -> list[Found]:
        said = re.sub(r"\s+", " ", match["feast"].casefold().replace("\u2019", "'"))
        year = match["year"]
        meaning = Meaning(kind="feast", name=said, at=Moment(year=int(year) if year else None))
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    words = f.words
    names = cased([*words.feasts, *words.easter_words, *words.ramadan_words]) + "|" + either(
        [*words.eid_al_adha_words, *words.eid_al_fitr_words])
    # "Good Friday", "Black Friday", "Bloody Sunday" are names, not weekdays.
    return [
        rule("weekday", rf"(?<!Good )(?<!Black )(?<!Bloody )(?:(?:on{GAP})?(?P<which>{either(words.weekday_shifts)}){GAP})?"
             rf"(?:early{GAP}|late{GAP})?(?:{GAP})?(?P<day>"
             rf"{f.weekday_name}|(?-i:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)(?=[.,]?{GAP}(?:[0-9]|at)))(?![\w])"
             rf"(?:['\u2019]s(?={GAP}{f.part}))?(?:{GAP}(?P<part>{f.part})(?![\w-]))?", weekday),
        rule("weekdays", rf"(?P<set>every{GAP}|each{GAP}|on{GAP})?(?P<day>{cased([w + 's' for w in words.weekdays])})(?![\w])",
             weekdays_plural),
        rule("every weekday", rf"(?:every|each){GAP}(?P<day>{f.weekday_name})(?![\w])", weekdays),
        rule("deictic", rf"(?:late{GAP}|early{GAP}|earlier{GAP}|later"
             rf"{GAP})?(?P<word>{either(words.deictic)})(?![\w-])(?:['\u2019]s(?={GAP}{f.part}))?(?:"
             rf"{GAP}(?P<part>{f.part}))?(?![\w])", deictic),
        rule("two days", rf"the{GAP}day{GAP}(?:before{GAP}yesterday|after{GAP}tomorrow)(?![\w])", skipped),
        rule("day part", rf"{f.third}?(?:early{GAP}|late{GAP}|earlier{GAP}|later{GAP})?(?:the"
             rf"{GAP})?(?P<which>last|this|that|that{GAP}same|same|next|following|previous){GAP}(?P<part>"
             rf"{f.part})(?![\w])", part),
        rule("some part", rf"(?:(?:in|during){GAP}the{GAP}(?:early{GAP}|late{GAP})?|at{GAP}|by{GAP}|before{GAP}|around"
             rf"{GAP}|(?<=a )|(?<=using )|(?<=into ))(?P<part>{f.part}|noon|midday|midnight)(?![\w])", some_part),
        rule("overnight", r"(?P<part>overnight|night-time|midnight)(?![\w])", some_part),
        rule("clock", rf"(?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9]))?(?:"
             rf"{GAP}?(?P<half>[ap]\.?m\.?)(?![a-z])|(?=:?[0-9]*{GAP}(?:local{GAP}time|GMT|UTC))(?P<zone>))"
             rf"(?:{GAP}(?:GMT|UTC|EST|EDT|local{GAP}time))?", clock),
        rule("clock 24", rf"(?P<hour>[01][0-9]|2[0-3]|[0-9]):(?P<minute>[0-5][0-9])(?![\w:])(?P<half>)(?P<zone>"
             rf"{GAP}(?:GMT|UTC|local{GAP}time|hours))?", clock),
        rule("clock military", rf"(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?P<half>)(?P<zone>"
             rf"{GAP}(?:GMT|UTC|hours))(?![\w])", clock),
        rule("feast", rf"(?:{f.third}|(?:the{GAP})?(?:Muslim{GAP})?(?:holy{GAP}month{GAP}of{GAP}))?(?P<feast>"
             rf"{names})(?![\w])(?:,?{GAP}(?:of{GAP})?(?P<year>{YEAR})(?![\w]))?", feast),
    ]

