"""What a statement of control says, in plain words: shared by the page, the tables and the pictures."""

from __future__ import annotations

from collections.abc import Sequence

from ..track.control import Contest, Line, OnDay, Source
from ..track.lanes import Letters, said_in_short
from . import words
from .desk import Desk

SHAPES = {"change": "▲", "hold": "●", "attempted": "△", "predicted": "◇", "denied": "✕"}
MEANINGS = {
    "change": "a change", "hold": "a state, as of its report", "attempted": "an attempt", "predicted": "expected",
    "denied": "said not to be so",
}


def says(line: Line) -> str:
    """Who is said to take, hold, lose or want the place."""
    return words.plain(said_in_short(line))


def when(line: Line) -> str:
    """The day of the change or attempt, or as of when."""
    if not (line.start or line.end):
        return "day unknown"
    told = words.day(line.start, line.end)
    return told if line.dated else f"as of {told}"


def who(source: Source, desk: Desk) -> str:
    """Who says it through whom, from the publisher inwards; a document of an unknown publisher by its id."""
    chain = source.chain
    if source.document is not None and not desk.entry(source.document).publisher:
        chain = (desk.caller_id(source.document), *chain[1:])
    return words.chain(chain, desk.publisher(source.document) if source.document else "the publisher")


def carried(line: Line, desk: Desk) -> str:
    """The outlets that carry the same text, if any."""
    others = dict.fromkeys(desk.publisher(key) for key in line.documents[1:])
    return f"the same text in {', '.join(map(words.plain, others))}" if others else ""


def why(contest: Contest, sources: tuple[str, str]) -> str:
    """What the two sources contradict each other in."""
    a, b = sources
    if contest.negative:
        told = f"{a}: {words.plain(contest.holder_a)}; {b}: not so"
    else:
        told = f"{a}: {words.plain(contest.holder_a)}; {b}: {words.plain(contest.holder_b)}"
    notes = []
    if contest.carried:
        notes.append("the later one is a few days later, and nobody tells of a change between")
    elif not contest.sure:
        notes.append("the days are those between which a report appeared")
    if contest.attempt:
        notes.append("one tells only of an attempt")
    return told + (f" ({'; '.join(notes)})" if notes else "")


def told_for(row: OnDay) -> str:
    """What a source says for a day, with as of when."""
    holder = words.plain(row.holder)
    days = words.day(row.start, row.end)
    if row.negative:
        return f"not {holder}, as of {days}"
    if row.ground == "before a change":
        return f"{holder}, until the change of {days}"
    if row.ground == "after a change" and row.line.dated:
        return f"{holder}, since the change of {days}"
    told = f"{holder}, as of {days}"
    return f"{told} (holder named in an attempt)" if row.ground == "attempt" else told


def legend(letters: Letters) -> Sequence[tuple[str, str]]:
    """(letter, holder's names) in the order of the letters."""
    return [(letter, " = ".join(map(words.plain, names))) for letter, names in letters.names.items()]
