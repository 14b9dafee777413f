"""The pieces of pattern that the grammar's rules share, built from the word lists once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import capwords

from ...knowledge.times import TimeWords
from ...records.moment import Third

SP = r"[ \t\u00a0\u202f]{1,3}"
# A line break may stand inside an expression of running text.
GAP = r"(?:[ \t\u00a0\u202f]{1,3}|[ \t\u00a0]?\r?\n[ \t\u00a0]?)"
DASH = r"[-\u2010-\u2015/]"
YEAR = r"(?:1[0-9]|20)[0-9]{2}"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
DAY_TH = rf"{DAY}(?:st|nd|rd|th)?"
BOUND = (
    rf"(?:(?:just|only|well){GAP})?(?:(?P<more>more{GAP}than|over|at{GAP}least|in{GAP}excess{GAP}of|upwards?{GAP}of)"
    rf"|(?P<less>less{GAP}than|fewer{GAP}than|under|up{GAP}to|at{GAP}most|no{GAP}more{GAP}than)"
    rf"|(?P<about>about|around|approximately|circa|ca\.|c\.|nearly|almost|roughly|some|only|just))"
)


def either(words: Iterable[str]) -> str:
    """Alternation of the words, longest first, a space matching any gap."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", GAP).replace("'", "['\u2019]") for word in ordered) + ")"


def cased(words: Iterable[str]) -> str:
    """Alternation of the words written with a capital or in capitals, whatever the flags around it."""
    return f"(?-i:{either([form for word in words for form in (word.capitalize(), capwords(word), word.upper())])})"


class Fragments:
    """Patterns (strings, for use with re.IGNORECASE) and the values of what they match."""

    def __init__(self, words: TimeWords) -> None:
        self.words = words
        self.full_month = cased(words.months)
        abbreviated = cased(words.month_abbreviations)
        self.month = rf"(?:{self.full_month}|{abbreviated}\.?)(?![\w])"
        self.weekday_name = cased(words.weekdays)
        self.weekday = rf"(?:{self.weekday_name}|{cased(words.weekday_abbreviations)}\.?)(?![\w])"
        small = [*words.ones, *words.tens]
        self.count = (
            rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?"
            rf"|{either(words.tens)}[- ]{either(words.ones)}|{either(small)}(?:[- ]{either(words.larger)})?"
            rf"|(?:a[- ])?{either(words.larger)}|half{GAP}an?|an?{GAP}half|half|a{GAP}dozen)"
        )
        self.vague = either(words.vague_numbers)
        self.one = r"(?:an?|one)"
        self.unit = either(words.units)
        self.units = either([*words.plurals])
        self.any_unit = either([*words.plurals, *words.units])
        self._rate = re.compile(
            rf"(?:[0-9]|\b{either([*words.ones, *words.tens, *words.larger, *words.measures, *words.vague_numbers])})(?![0-9])"
            rf"[^.;:!?]{{0,36}}$", re.IGNORECASE,
        )
        self._length = re.compile(rf"\b{either(words.length_leads)}\s+$", re.IGNORECASE)
        self.season = either(words.seasons)
        self.part = either(words.day_parts)
        self.ordinal = rf"(?:{either(words.ordinals)}|[0-9]{{1,2}}(?:st|nd|rd|th))"
        self._thirds: list[tuple[str, Third]] = [
            *((word, "START") for word in words.early),
            *((word, "MID") for word in words.middle),
            *((word, "END") for word in words.late),
        ]
        nouns = either(word for word, _ in self._thirds)
        inside = either([*words.early[:2], *words.late[:2]])
        plain = either(["early", "late", "mid", "middle"])
        self.third = (
            rf"(?:(?:the{GAP})?(?:very{GAP})?(?P<third>{nouns}(?={GAP}of(?![\w]))|{inside}(?={GAP}(?:in|on|into)(?![\w]))){GAP}\w+{GAP}(?:the{GAP})?"
            rf"|(?:the{GAP})?(?:very{GAP})?(?P<third2>{plain})(?:{DASH}to{DASH}{plain})?(?:-|{GAP}))"
        )

    def third_of(self, match: re.Match[str]) -> Third:
        """Which part of the time a match's third/third2 group means."""
        groups = match.groupdict()
        said = groups.get("third") or groups.get("third2")
        if not said:
            return ""
        said = re.sub(r"\s+", " ", said.casefold())
        for word, third in self._thirds:
            if word == said:
                return third
        return ""

    def number(self, said: str | None) -> float | None:
        """The number that the words say; None for a vague one ("several") or none."""
        if not said:
            return None
        text = re.sub(r"\s+", " ", said.casefold()).strip()
        words = self.words
        if re.fullmatch(r"[0-9][0-9,.]*", text):
            return float(text.replace(",", ""))
        if text in ("a", "an"):
            return 1.0
        if "half" in text:
            return 0.5
        if text == "a dozen":
            return 12.0
        total = 0.0
        for piece in re.split(r"[- ]", text):
            if piece in words.larger:
                total = max(total, 1.0) * words.larger[piece]
            elif piece in words.ones or piece in words.tens:
                total += words.ones.get(piece, 0) + words.tens.get(piece, 0)
            elif piece != "a":
                return None
        return total or None

    def rated(self, before: str) -> bool:
        """True where the words before "a day" count something, so that it is a rate ("3m barrels a day")."""
        return self._rate.search(before) is not None and self._length.search(before) is None

    def month_number(self, said: str) -> int:
        """1 to 12 for a month's name or abbreviation."""
        key = said.casefold().rstrip(".")
        return self.words.months.get(key) or self.words.month_abbreviations[key]

    def weekday_number(self, said: str) -> int:
        """1 (Monday) to 7 for a weekday's name or abbreviation."""
        key = said.casefold().rstrip(".")
        return self.words.weekdays.get(key) or self.words.weekday_abbreviations[key]

    def unit_of(self, said: str) -> tuple[str, int]:
        """Base unit and how many of it the word means ("fortnights": week, 2)."""
        key = said.casefold()
        return self.words.units[self.words.plurals.get(key, key)]

    def clock_of(self, said: str | None) -> str:
        """ "TMO" for "morning" and so on; "" for None."""
        return "T" + self.words.day_parts[" ".join(said.casefold().split())] if said else ""
