"""Rules for weekdays, days named from today, feasts and days of the Hijri calendar."""

from __future__ import annotations

import re

from ...records.expression import Meaning
from ...records.moment import Moment, Third, moment_of
from ...records.vocabulary import TimexType
from .fragments import DAY, GAP, YEAR, Fragments, cased, either
from .rule import Found, Rule, needing, rule


def day_rules(f: Fragments) -> list[Rule]:
    """Rules for everything that names a day."""

    def weekday(match: re.Match[str]) -> list[Found]:
        which = re.sub(r"\s+", " ", (match["which"] or "").casefold())
        at = Moment(clock=f.clock_of(match["part"] or match["of_part"]))
        number = f.weekday_number(match["day"])
        kind: TimexType = "TIME" if at.clock else "DATE"
        third: Third = _HALVES.get((match["half"] or "").casefold(), "")
        start = match.start() if not match["on"] else match.end("on")
        if match["on_week"] or match["week_on"]:
            # "Monday week" is the Monday after the next.
            meaning = Meaning(kind="weekday", weekday=number, unit="week", name="week on", at=at)
        elif match["week"]:
            said = re.split(r"\s+", match["week"].casefold())[-1]
            meaning = Meaning(kind="weekday", weekday=number, unit="week", shift=f.words.unit_shifts[said], at=at,
                              anchor="now" if said in f.words.from_now else "reference")
        else:
            # "this Friday" is told from "Friday" by its tense alone, as a bare weekday is.
            meaning = Meaning(kind="weekday", weekday=number, shift=f.words.weekday_shifts.get(which, 0), at=at,
                              anchor="reference" if which in ("following", "previous") else "now")
        return [Found(start, match.end(), kind, meaning, third)]

    def weekdays(match: re.Match[str]) -> list[Found]:
        name = f"XXXX-WXX-{f.weekday_number(match['day'])}"
        return [Found(match.start(), match.end(), "SET", Meaning(kind="set", name=name))]

    def weekdays_plural(match: re.Match[str]) -> list[Found]:
        number = f.weekday_number(match["day"][:-1])
        if match["set"]:
            start = match.start("day") if match["set"].casefold().startswith("on") else match.start()
            return [Found(start, match.end(), "SET", Meaning(kind="set", name=f"XXXX-WXX-{number}"))]
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

    def feast(match: re.Match[str]) -> list[Found]:
        said = re.sub(r"\s+", " ", match["feast"].casefold().replace("\u2019", "'"))
        which = re.sub(r"\s+", " ", (match["which"] or "").casefold().replace("\u2019", "'"))
        year = match["year"] if not (said in f.words.feasts and (match["year"] or "9") < "16") else None
        nth = (match["nth"] or "").casefold()
        count = 0.0 if match["eve"] else (-1.0 if nth == "last" else float(f.words.ordinals[nth])) if nth else None
        meaning = Meaning(kind="feast", name=said, at=Moment(year=int(year) if year else None), count=count,
                          shift=f.words.feast_shifts.get(which, 0), event=which)
        return [Found(match.start(), match.end(), "DATE", meaning, f.third_of(match))]

    def hijri(match: re.Match[str]) -> list[Found]:
        month = f.words.hijri_months[re.sub(r"\s+", " ", match["month"].casefold().replace("\u2019", "'"))]
        at = Moment(year=int(match["year"]), month=month, day=int(match["day"]) if match["day"] else None)
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="hijri", at=at))]

    def named_day(match: re.Match[str]) -> list[Found]:
        day = f.words.named_days[match["name"].casefold()]
        return [Found(match.start(), match.end(), "DATE", Meaning(kind="date", at=moment_of(day)))]

    words = f.words
    feasts = [*words.feasts, *words.nth_weekdays, *words.from_easter, *words.orthodox_easter_words, *words.eid_words,
              *words.hijri_feasts, *words.ramadan_words, *words.eid_al_adha_words, *words.eid_al_fitr_words]
    names = either(
        [*words.eid_al_adha_words, *words.eid_al_fitr_words, *(name for name in words.ramadan_words if " " in name)]
    ) + "|" + cased([*words.feasts, *words.nth_weekdays, *words.from_easter, *words.orthodox_easter_words, *words.eid_words,
                     *words.hijri_feasts, *(name for name in words.ramadan_words if " " not in name)])
    # "Good Friday", "Black Friday", "Bloody Sunday" are names, not weekdays.
    return [
        *needing([*words.weekdays, *words.weekday_abbreviations, *(f"{day}s" for day in words.weekdays)], [
        rule("weekday", rf"(?<!Good )(?<!Black )(?<!Bloody )(?P<on>on{GAP}(?=(?:this|last|next|the)(?![\w])))?"
             rf"(?P<week_on>(?:a|one){GAP}week{GAP}(?:on|from){GAP})?"
             rf"(?:(?:the{GAP})?(?P<of_part>{f.part}){GAP}of{GAP})?(?:(?P<which>{either(words.weekday_shifts)}){GAP})?"
             rf"(?:(?P<half>early|late){GAP}(?:on{GAP})?)?(?P<day>"
             rf"{f.weekday_name}|(?-i:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)(?=[.,]?{GAP}(?:[0-9]|at)))(?![\w])"
             rf"(?:['\u2019]s(?={GAP}{f.part}))?(?:{GAP}(?P<part>{f.part})(?![\w-]))?"
             rf"(?:(?P<on_week>{GAP}week(?![\w-]))|{GAP}(?:of{GAP})?(?P<week>last|this|next|that|the{GAP}following|the{GAP}same){GAP}week"
             rf"(?![\w-]))?", weekday),
        rule("weekdays", rf"(?P<set>every{GAP}|each{GAP}|on{GAP})?(?P<day>{cased([w + 's' for w in words.weekdays])})(?![\w])",
             weekdays_plural),
        rule("every weekday", rf"(?:every|each){GAP}(?P<day>{f.weekday_name})(?![\w])", weekdays),
        ]),
        *needing(words.deictic, [
        rule("deictic", rf"(?:late{GAP}|early{GAP}|earlier{GAP}|later"
             rf"{GAP})?(?P<word>{either(words.deictic)})(?![\w-])(?:['\u2019]s(?={GAP}{f.part}))?(?:"
             rf"{GAP}(?P<part>{f.part}))?(?![\w])", deictic),
        rule("two days", rf"the{GAP}day{GAP}(?:before{GAP}yesterday|after{GAP}tomorrow)(?![\w])", skipped),
        ]),
        *needing(feasts, [
        rule("feast", rf"(?<!Lunar )(?<!Chinese )(?:{f.third}|(?:(?:the{GAP})?(?P<nth>first|second|third|last){GAP}day"
             rf"{GAP}of{GAP}))?"
             rf"(?P<eve>(?:the{GAP})?eve{GAP}of{GAP})?(?:(?P<which>{either(words.feast_shifts)}){GAP}|the{GAP}(?={names}))?"
             rf"(?:(?:the{GAP})?(?:Muslim{GAP})?(?:holy{GAP}month{GAP}of{GAP}))?(?P<feast>"
             rf"{names})(?![\w]|['\u2019]s|{GAP}of{GAP}(?-i:[A-Z]))(?:{GAP}(?:festival|feast|holidays?)(?![\w]))?"
             rf"(?:,?{GAP}(?:of{GAP})?(?P<year>{YEAR})(?![\w]|,[0-9])(?:{GAP}AH(?![\w]))?)?", feast),
        ]),
        *needing(words.hijri_months, [
        rule("hijri", rf"(?:(?P<day>{DAY})(?:st|nd|rd|th)?{GAP}(?:of{GAP})?)?(?P<month>{cased(words.hijri_months)}),?{GAP}"
             rf"(?:of{GAP})?"
             rf"(?P<year>1[0-5][0-9]{{2}})(?![\w])(?:{GAP}(?:AH|A\.H\.|H)(?![\w]))?", hijri),
        ]),
        rule("named day", rf"(?P<name>{either(words.named_days)})(?![\w/])", named_day),
    ]


_HALVES: dict[str, Third] = {"early": "START", "late": "END"}
