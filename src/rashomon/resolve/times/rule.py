"""What a rule of the grammar is: a pattern, and what its matches mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ...records.expression import Bounded, Meaning
from ...records.moment import Third
from ...records.vocabulary import TimexType


class Found(NamedTuple):
    """One expression that a match holds: offsets into the text, and what it means."""

    start: int
    end: int
    type: TimexType
    meaning: Meaning
    third: Third = ""
    bounded: Bounded = ""


Build = Callable[[re.Match[str]], list[Found]]


class Rule(NamedTuple):
    """`build` gives the expressions of a match, none where the words turn out to mean something else. Where there are `needs`,
    the pattern cannot match without one of these words (`DIGITS`: a number)."""

    name: str
    pattern: re.Pattern[str]
    build: Build
    needs: frozenset[str] = frozenset()


DIGITS = "#"


def rule(name: str, pattern: str, build: Build) -> Rule:
    """The rule with its pattern compiled: case is ignored except where the pattern says otherwise."""
    return Rule(name, re.compile(rf"(?<![\w])(?:{pattern})", re.IGNORECASE), build)


def needing(words: Iterable[str], rules: Iterable[Rule]) -> list[Rule]:
    """The rules, each only run where one of the words (or of their pieces; `DIGITS` for any number) stands."""
    pieces = frozenset(piece for word in words for piece in (re.findall(r"[a-z]+", word.casefold()) or [word]))
    return [one._replace(needs=pieces) for one in rules]


def bounded_of(match: re.Match[str]) -> Bounded:
    """What a match's more/less/about group says of the number after it."""
    groups = match.groupdict()
    if groups.get("more"):
        return "more"
    if groups.get("less"):
        return "less"
    return "about" if groups.get("about") else ""


_BEFORE = re.compile(r"([A-Za-z]+)[ \t\u00a0\r\n]*[(\"'\u2018\u201c-]?[ ]*$")


def lead_of(text: str, start: int) -> str:
    """The word just before that offset, lower case, or ""."""
    before = _BEFORE.search(text[max(0, start - 24) : start])
    return before[1].casefold() if before else ""
