"""Is this block a picture's caption? Cues are weighed one by one, so that the answer can be read aloud."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ..knowledge.boilerplate import Furniture

_LONGEST = 1500
_WORD = re.compile(r"[\w'’-]+")
_SENTENCE = re.compile(r"[.!?][\"')]?(?= +[A-Z\"'(])")
_CUT = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])\s*$")
_DATELINE = re.compile(r"[A-Z][\w .,'/-]{2,60}(?:\([\w ./-]{2,40}\))? ?(?:--|[–—-]) ")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PLACE_NEXT = re.compile(r"(?:,? (?:in|at|near|outside|of|from) (?:the |a )?[A-Z]|, [A-Z])")
_PLACE_BEFORE = re.compile(r"(?:\b(?:in|at|near|outside|of|from) (?:the )?)?[A-Z][\w'-]+,? (?:on )?(?:\w+day,? )?$")
_PAST = re.compile(r"[a-z]{2,}ed")


class Setting(NamedTuple):
    """What of the article bears on a caption: where the block stands, the article's latest year and its quotation marks."""

    head: bool
    latest_year: int
    curly: int
    straight: int


def marks(text: str) -> tuple[int, int]:
    """Numbers of curly and of straight quotation marks and apostrophes."""
    return sum(text.count(mark) for mark in "“”‘’"), text.count('"') + text.count("'")


def years(text: str) -> list[int]:
    """The years that the text names, in order."""
    return [int(year) for year in _YEAR.findall(text)]


def cues(raw: str, line: str, setting: Setting, furniture: Furniture) -> dict[str, float]:
    """The caption cues found in a block and their weights; none where no cue alone or beside others could make a caption.

    `raw` is the block's text, `line` the same with plain marks.
    """
    knowledge = furniture.captions
    if len(line) > _LONGEST:
        return {}
    first = _SENTENCE.split(line, maxsplit=1)[0]
    dated = furniture.full_date.search(first)
    found = Counter[str]()
    found["credit"] = bool(knowledge.credit.search(line))
    found["agency"] = not found["credit"] and bool(knowledge.agency.search(line))
    found["file"] = bool(knowledge.file.search(line))
    found["position"] = bool(knowledge.position.search(line))
    words = [word.lower() for word in _WORD.findall(line)]
    found["dated_end"] = _ends_dated(line, len(words), furniture)
    if dated is None and not any(found.values()):
        return {}
    speech = not knowledge.speech.isdisjoint(words)
    # A caption's verb stands before its date: "soldiers walk ... on May 2"; a verb after it is another clause's.
    verb = _first_verb(first[: dated.start()] if dated else first, furniture)
    found["seen"] = bool(knowledge.seen.search(line))
    found["date"] = dated is not None
    found["place_date"] = dated is not None and bool(
        _PLACE_NEXT.match(first, dated.end()) or _PLACE_BEFORE.search(first[max(0, dated.start() - 60) : dated.start()])
    )
    found["present"] = verb == "present"
    found["narrative"] = verb == "past" and not found["file"] and not found["credit"]
    found["cut"] = _breaks_off(line)
    found["head"] = setting.head
    own_years = years(line)
    found["older"] = bool(own_years) and dated is not None and max(own_years) < setting.latest_year
    found["marks"] = _other_keyboard(raw, setting)
    found["short"] = len(words) <= 45 and len(_SENTENCE.findall(line)) <= 1
    found["speech"] = speech or line.count('"') >= 2
    found["continues"] = bool(words) and words[0] in knowledge.continues
    found["dateline"] = bool(_DATELINE.match(line[:90])) and line[:4].isupper()
    found["first_person"] = any(word in knowledge.first_person for word in words) and '"' not in line
    found["long"] = len(words) > 120
    return {name: knowledge.weights[name] for name, hit in found.items() if hit}


def is_caption(found: dict[str, float], setting: Setting, furniture: Furniture) -> bool:
    """True when the cues reach the mark for the block's place, and one of them is more than a manner of writing.

    A dispatch too may open with a date and a place; so a date counts only beside a captioner's tense, a cut, another
    keyboard's marks.
    """
    knowledge = furniture.captions
    strong = bool(found.keys() & {"credit", "agency", "file", "position", "dated_end"}) or (
        "date" in found and bool(found.keys() & {"present", "cut", "marks", "seen"})
    )
    return strong and sum(found.values()) >= (knowledge.head if setting.head else knowledge.inside)


def _first_verb(sentence: str, furniture: Furniture) -> str:
    """ "present" or "past" by the first word that can only be, or is likely to be, the sentence's verb; else ""."""
    tokens = _WORD.findall(sentence)[:16]
    for index, token in enumerate(tokens):
        word = token.lower()
        before = tokens[index - 1].lower() if index else ""
        if index == 0 or before in ("the", "a", "an", "to", "of", "in", "on", "their", "his", "its", "by"):
            continue
        if word in ("is", "are"):
            return "present"
        if word in ("was", "were", "had", "has", "have", "will"):
            return "past"
        if token[0].islower() and word in furniture.captions.present:
            return "present"
        if token[0].islower() and _PAST.fullmatch(word) and word not in furniture.captions.no_past:
            return "past"
    return ""


def _ends_dated(line: str, words: int, furniture: Furniture) -> bool:
    """True for a line of words and a date after a comma, without a sentence's end."""
    if not 6 <= words <= 30:
        return False
    last = max((match.span() for match in furniture.full_date.finditer(line)), default=(0, 0))
    return last[1] >= len(line) - 1 and line[-1:] not in ".!?" and line[: last[0]].rstrip().endswith(",")


def _breaks_off(line: str) -> bool:
    """True when the block ends in the middle of a sentence, with the dots of a cut."""
    if not _CUT.search(line):
        return False
    last = _SENTENCE.split(line)[-1]
    return len(_CUT.sub("", last).split()) <= 12 and not last.rstrip().endswith('"')


def _other_keyboard(raw: str, setting: Setting) -> bool:
    curly, straight = marks(raw)
    others_curly, others_straight = setting.curly - curly, setting.straight - straight
    if straight and not curly:
        return others_curly >= 6 and others_straight * 5 <= others_curly
    return bool(curly) and not straight and others_straight >= 6 and others_curly * 5 <= others_straight
