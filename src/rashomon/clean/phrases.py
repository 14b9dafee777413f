"""What a line's wording alone says: the kind of furniture whose phrase it is, a byline, a lone date, a lone file name."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..knowledge.boilerplate import Furniture
from ..records.vocabulary import BoilerplateKind

# A line longer than this is no furniture that a phrase could settle, and is not searched.
LONGEST = 1500
_NAME = r"(?:[A-Z][\w.'-]{0,30}|[a-z]{1,4}(?=[ -][A-Z]))(?:[ -](?:[A-Z][\w.'-]{0,30}|[a-z]{1,4}(?=[ -][A-Z]))){0,4}"
_BYLINE = re.compile(r"(?:[Bb][Yy]|BY)(?: ?:)? (?P<rest>[A-Z].{1,160})", re.DOTALL)
_PERSON = re.compile(_NAME)
_EDGES = " ,;|/()[]–—-•·"
_CLOCK = re.compile(r"(?i)\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\b|\b\d{1,2} ?[ap]\.?m\.?\b")


class Wording(NamedTuple):
    """What the phrases say of a line: its kind (None: nothing) and whether furniture is likely to follow."""

    kind: BoilerplateKind | None
    closes: bool
    hints: int


class Byline(NamedTuple):
    """The parts of a byline with their offsets in the line: author, outlet and date, each "" at -1 where missing."""

    author: tuple[str, int]
    outlet: tuple[str, int]
    date: tuple[str, int]


def wording(line: str, furniture: Furniture) -> Wording:
    """The kind that the phrases of the knowledge give to a plain line."""
    if len(line) > LONGEST:
        return Wording(None, False, 0)
    words = line.count(" ") + 1
    hints = min(4, sum(1 for _ in furniture.hints.finditer(line)))
    for test in ("whole", "opens", "holds"):
        for phrases in furniture.kinds:
            if test == "whole":
                hit = words <= 14 and phrases.whole.fullmatch(line) is not None
            elif test == "opens":
                hit = words <= phrases.words and phrases.opens.match(line) is not None
            else:
                hit = words <= phrases.words and phrases.holds.search(line) is not None
            if hit:
                return Wording(phrases.kind, phrases.closes, hints)
    if furniture.lone_image.fullmatch(line):
        return Wording("caption", False, hints)
    if words <= 20 and (is_date(line, furniture) or byline(line, furniture) is not None):
        return Wording("byline", False, hints)
    if words <= 6 and furniture.only_agency.fullmatch(line):
        return Wording("byline", False, hints)
    if words <= 9 and is_credit(line, furniture):
        return Wording("caption", False, hints)
    if words <= 8 and line.endswith(" agencies") and line[:1].isupper() and _is_person(line, furniture):
        return Wording("byline", False, hints)
    if words <= 14 and _signed_and_dated(line, furniture):
        return Wording("byline", False, hints)
    if words <= 3 and _is_remnant(line, furniture):
        return Wording("navigation", False, hints)
    return Wording(None, False, hints)


def _signed_and_dated(line: str, furniture: Furniture) -> bool:
    """True for "Name, Outlet, 3 May 2016" and the like without a "By": a date, and else a name or two."""
    date = furniture.full_date.search(line)
    if date is None or (line[-1:] in ".!?" and date.end() != len(line)):
        return False
    rest = _CLOCK.sub("", line[: date.start()] + " | " + line[date.end() :])
    parts = [part for part, _ in _parts(rest) if furniture.date_rest.sub("", part)]
    return 1 <= len(parts) <= 3 and all(_is_person(part, furniture) for part in parts)


def _is_remnant(line: str, furniture: Furniture) -> bool:
    """True for what is left of a line whose links were cut out: "in ,", "by |"."""
    words = re.findall(r"[^\W_]+", line.lower())
    return bool(words) and line[-1:] not in ".!?" and all(word in furniture.function_words for word in words)


def is_date(line: str, furniture: Furniture) -> bool:
    """True when the line is a date or a time of day, or several, and nothing else."""
    if len(line) > 120 or (furniture.date.search(line) is None and _CLOCK.search(line) is None):
        return False
    rest = furniture.date_rest.sub("", furniture.date.sub("", _CLOCK.sub("", line)))
    return len(rest) <= 3


def is_clock(line: str) -> bool:
    """True when the line is a time of day and its zone."""
    return len(line) <= 24 and _CLOCK.match(line) is not None and len(_CLOCK.sub("", line).split()) <= 2


def is_credit(line: str, furniture: Furniture) -> bool:
    """True when the line credits a picture or an agency and says nothing else."""
    return furniture.captions.bare_credit.fullmatch(line) is not None


def byline(line: str, furniture: Furniture) -> Byline | None:
    """The parts of "By NAME, OUTLET, DATE" and the like; None where the line is a sentence or has another form."""
    match = _BYLINE.fullmatch(line)
    if match is None:
        return None
    rest, offset = match["rest"], match.start("rest")
    dated = furniture.date.search(rest)
    left, after = (rest[: dated.start()], rest[dated.end() :]) if dated else (rest, "")
    if len(after.split()) > 8 or len(left.split()) > 16:
        return None
    parts = _parts(left)
    authors = 1 + max((i for i, (part, _) in enumerate(parts) if " and " in part or " & " in part), default=0)
    if not parts or not all(_is_person(part, furniture) for part, _ in parts[:authors]) or len(parts) > authors + 2:
        return None
    outlet, at = parts[authors] if len(parts) > authors else ("", -1)
    if outlet and (len(outlet.split()) > 7 or (not outlet[:1].isupper() and not outlet.startswith(("in ", "for ")))):
        return None
    end = parts[authors - 1][1] + len(parts[authors - 1][0])
    return Byline(
        (left[parts[0][1] : end], offset + parts[0][1]),
        (outlet, offset + at) if outlet else ("", -1),
        (dated.group(), offset + dated.start()) if dated else ("", -1),
    )


def person(line: str, furniture: Furniture) -> bool:
    """True when the line is two to four words that could be a person's name and nothing else."""
    return 2 <= len(line.split()) <= 4 and _is_person(line, furniture) and not any(letter.isdigit() for letter in line)


def _parts(left: str) -> list[tuple[str, int]]:
    """Comma, bar, dash or bracket separated parts, trimmed, with their offsets."""
    found: list[tuple[str, int]] = []
    at = 0
    for part in re.split(r"(, |,$| ?[|/•·;] ?| [–—-] | ?\(| for (?=[A-Z])| in (?=[A-Z]))", left):
        kept = part.strip(_EDGES)
        if kept and not re.fullmatch(r" (?:for|in) ", part):
            found.append((kept, at + part.find(kept)))
        at += len(part)
    return found


def _is_person(text: str, furniture: Furniture) -> bool:
    """One or more names joined by "and": capitals, small particles, no word of grammar."""
    for one in re.split(r" and | & |, ", text):
        words = one.replace("-", " ").split()
        if words and words[-1] in furniture.staff_words:
            words = [word for word in words if word not in furniture.staff_words]
            if not words or not any(word[0].isupper() for word in words):
                continue
            one = " ".join(words)
        if not words or len(words) > 6 or not _PERSON.fullmatch(one):
            return False
        if any(word.lower() in furniture.function_words and word.lower() not in furniture.particles for word in words):
            return False
        if any(word[0].islower() and word not in furniture.particles for word in words):
            return False
    return True
