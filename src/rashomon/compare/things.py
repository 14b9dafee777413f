"""What an attack hit, where that is a thing and no party: a school, a convoy, "a terrorist hideout"."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..records import Event, Span, sentence_around

Kind = Literal["civilian", "military", "any"]
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*", re.UNICODE)
_NEXT = re.compile(r"\s+[\"“‘']?")
_MOST = 6  # words of a thing
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?$", re.IGNORECASE)


class Thing(msgspec.Struct, frozen=True):
    """What was hit: its words, the last of them, where they stand, and what kind of target that is."""

    words: str
    head: str
    span: Span
    kind: Kind


def thing_hit(text: str, event: Event, rules: ComparisonRules) -> Thing | None:
    """The thing right after the word for the attack ("struck a school", "strike on a school"), else before a passive one.

    Only a phrase whose last word is a known kind of target counts: a reading has no syntax.
    """
    if event.type != "ASSAULT" or event.action in rules.harms:
        # Who was harmed is a party, not a thing.
        return None
    around = sentence_around(text, event.trigger)
    after = _after(text, event.trigger.end, around.end, rules)
    if after is not None:
        return after
    if _PASSIVE.search(text, around.start, event.trigger.start):
        return _before(text, around.start, event.trigger.start, rules)
    return None


def _after(text: str, start: int, end: int, rules: ComparisonRules) -> Thing | None:
    words: list[re.Match[str]] = []
    at = start
    while len(words) < _MOST + 2:
        match = _WORD.search(text, at, end)
        if match is None or not _NEXT.fullmatch(text, at, match.start()):
            break
        words.append(match)
        at = match.end()
    while words and words[0].group().lower() in rules.target_openings:
        words.pop(0)
    return _phrase(text, words, rules)


def _before(text: str, start: int, end: int, rules: ComparisonRules) -> Thing | None:
    words = list(_WORD.finditer(text, start, end))[-_MOST - 2 :]
    stops = [number for number, match in enumerate(words) if match.group().lower() in rules.articles]
    return _phrase(text, words[stops[-1] :] if stops else words, rules)


def _phrase(text: str, words: list[re.Match[str]], rules: ComparisonRules) -> Thing | None:
    """The words up to the first that is a target: what comes before it only says which."""
    for number, match in enumerate(words):
        word = match.group().lower()
        if word in rules.target_ends:
            return None
        if _kind_of(word, rules) is None:
            continue
        # "a police academy", "a clinic building": the last of several targets in a row is the thing itself.
        last = number
        while last + 1 < len(words) and _kind_of(words[last + 1].group().lower(), rules) is not None:
            last += 1
        own = words[_begins(text, words[: number + 1], rules) : last + 1]
        if not own or len(own) > _MOST:
            return None
        told = [each.group().lower() for each in own]
        kinds = [kind for each in told if (kind := _kind_of(each, rules)) is not None]
        # "a gathering of mercenaries": who met there makes it what it is.
        within = [_kind_of(each.group().lower(), rules) for each in words[last + 2 : last + 3]]
        of_those = words[last + 1 : last + 2] and words[last + 1].group().lower() == "of" and "military" in within
        of_all: Kind = "military" if "military" in kinds or of_those else kinds[-1]
        span = Span(own[0].start(), own[-1].end())
        return Thing(" ".join(span.of(text).split()), told[-1].removesuffix("s"), span, of_all)
    return None


def _begins(text: str, words: list[re.Match[str]], rules: ComparisonRules) -> int:
    """Where the phrase that ends in the last of the words begins: after an article, a verb or a quotation mark."""
    begin = 0
    for number, match in enumerate(words):
        if match.group().lower() in rules.articles | rules.target_cuts:
            begin = number + 1
        elif number and text[words[number - 1].end() : match.start()].strip():
            begin = number
    return begin


def _kind_of(word: str, rules: ComparisonRules) -> Kind | None:
    return rules.targets.get(word, rules.targets.get(word.removesuffix("s")))
