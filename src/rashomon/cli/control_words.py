"""What a statement of control says, in plain words: shared by the page, the tables and the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..track.control import Contest, Line, OnDay, Source, Timeline
from ..track.holders import Holders
from . import words
from .desk import Desk

SHAPES = {"change": "▲", "hold": "●", "attempted": "△", "predicted": "◇", "denied": "✕"}
MEANINGS = {
    "change": "a change", "hold": "a state, as of its report", "attempted": "an attempt", "predicted": "expected",
    "denied": "said not to be so",
}


def shape(line: Line) -> str:
    """The mark of a line's kind: a key of SHAPES."""
    return "denied" if line.denied else line.said.kind


def says(line: Line) -> str:
    """Who is said to take, hold, lose or want the place."""
    said = line.said
    before = words.plain(said.before) if said.before else None
    after = words.plain(said.after) if said.after else None
    holder = after or before
    if said.kind == "hold":
        told = f"held by {holder}" if holder else "held; by whom is not said"
    elif said.kind == "change":
        told = _change(before, after, line.part)
    elif said.kind == "attempted":
        told = f"{after} tried to take it" if after else "an attempt on it"
        told += f"; held by {before}" if before and before != after else ""
    else:
        lost = f"{before} expected to lose it" if before else "expected to change hands"
        told = f"{after} expected to have it" if after else lost
        told += f"; held by {before}" if before and after and before != after else ""
    if line.denied:
        told = f"denied: {told.partition(';')[0]}"
    return told + (" [a part of it]" if line.part else "")


def _change(before: str | None, after: str | None, part: bool) -> str:
    if before and after:
        return f"{before} → {after}" if before != after else f"taken by {after}"
    if after:
        return f"{after} entered it" if part else f"taken by {after}"
    if before:
        return f"lost or left by {before}; to whom is not said"
    return "changed hands; between whom is not said"


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


class Letters:
    """A letter for each holder of some timelines, the most often named first; names known to mean one party share theirs."""

    def __init__(self, timelines: Iterable[Timeline], holders: Holders) -> None:
        count: dict[str, int] = {}
        for timeline in timelines:
            for line in timeline.lines:
                for name in (line.said.after, line.said.before):
                    if name is not None:
                        count[name] = count.get(name, 0) + 1
        self._of: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        for name in sorted(count, key=lambda name: (-count[name], name)):
            letter = next((own for other, own in self._of.items() if holders.kinship(name, other) == "same"), None)
            if letter is None:
                letter = _letter(len(self.names))
            self._of[name] = letter
            self.names.setdefault(letter, []).append(name)

    def of(self, holder: str) -> str:
        """The holder's letter."""
        return self._of[holder]

    def legend(self) -> Sequence[tuple[str, str]]:
        """(letter, holder's names) in the order of the letters."""
        return [(letter, " = ".join(map(words.plain, names))) for letter, names in self.names.items()]


def _letter(number: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number] if number < 26 else "*"
