"""When: which time expression tells of which event, and what it says of it."""

from __future__ import annotations

import msgspec

from ..knowledge.setting import SettingWords
from ..records import EventTime, Interval, Publication, TimeMention
from .scene import Scene
from .together import Kin, Together
from .triggers import Trigger

_NEAR = 100  # tokens on either side of a trigger in which its time may stand
_CLIMB = 8  # words from a time up to what it belongs to
_DIRECT = frozenset({"npadvmod", "advmod", "tmod", "appos", "dobj", "dep", "pobj"})
_PREMODIFIER = frozenset({"nummod", "amod", "compound", "poss", "nmod", "quantmod", "det"})


class Use(msgspec.Struct, frozen=True):
    """A time expression where it hangs, with the preposition before it ("" for none)."""

    time: TimeMention
    preposition: str
    index: int


class Timing:
    """Finds the time of each event of one document. The publication's interval bounds what is told as having happened."""

    def __init__(self, scene: Scene, together: Together, published: Publication | None, words: SettingWords) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._together = together
        self._words = words
        self._first, self._last = (published.start, published.end) if published is not None else (None, None)
        self._hosts: dict[int, list[Use]] = {}
        for time in scene.resolved.times:
            host = self._host(time)
            if host is not None:
                self._hosts.setdefault(host[0], []).append(Use(time, host[1], host[2]))

    def speaks(self, verb: int) -> bool:
        """True for a verb that is not of the day of what it speaks of."""
        return self._together.speaks(verb)

    def of(self, trigger: Trigger, *, asserted: bool) -> EventTime | None:
        """The time that the text gives the event; None where it gives none."""
        for kin in self._together.kin(trigger.head, asserted=asserted):
            if abs(kin.index - trigger.head) > _NEAR:
                continue
            uses = sorted(self._hosts.get(kin.index, ()), key=lambda use: (abs(use.index - trigger.head), use.index))
            for use in uses:
                found = self._said(use, uses, kin, asserted)
                if found is not None:
                    return found
        return None

    def ahead(self, first: int, last: int) -> Interval | None:
        """The days that the words from token `first` to `last` set to what lies ahead: from the report to the day they name."""
        for index in range(first, min(last, first + _NEAR) + 1):
            time = self._scene.time_at.get(index)
            if time is None or time.type not in {"DATE", "TIME"} or time.vague or not (time.start and time.end):
                continue
            if self._first is None or self._last is None or time.end < self._last:
                continue
            before = self._scene.tokens[index - 1].text.lower() if index else ""
            inside = self._scene.tokens[index].text.lower()
            start = self._first if {before, inside} & self._words.until else time.start
            return Interval(start[:10], time.end[:10])
        return None

    def bound(self) -> EventTime:
        """Of what is told as having happened without a day: no later than the report, or nothing known."""
        if self._last is None:
            return EventTime(None, None, "unknown")
        return EventTime(None, self._last[:10], "report-date")

    def _said(self, use: Use, others: list[Use], kin: Kin, asserted: bool) -> EventTime | None:
        time = use.time
        if time.type == "SET" or not (time.start and time.end):
            return None
        if time.type == "DURATION" and use.preposition in self._words.since | self._words.until | self._words.after:
            return None
        # "Now" is no more than the days in which the report appeared.
        stated = time.relative_to is None and not time.vague and time.type != "DURATION"
        start, end = self._span(use, others, asserted)
        if kin.order == "earlier":
            start, end = None, end
        elif kin.order == "since":
            start, end = start, self._last[:10] if self._last and start and asserted and self._last >= start else None
        if start is None and end is None:
            return None
        return EventTime(start, end, "stated" if stated else "anchored", time.span)

    def _span(self, use: Use, others: list[Use], asserted: bool) -> tuple[str | None, str | None]:
        """First and last day that the expression gives with its preposition."""
        start, end, word = use.time.start, use.time.end, use.preposition
        if word in self._words.since or (word in self._words.after and asserted):
            return start, self._last[:10] if self._last and start and self._last >= start else None
        if word in self._words.after:
            return start, None
        if word in self._words.until:
            # "By noon" is still of that day.
            return (start if use.time.type == "TIME" else None), end
        for other in others:
            # "From Monday to Thursday", "between 3 and 5 May": the days from the one to the other.
            joined = (word, other.preposition) in {("from", "to"), ("from", "until"), ("between", "between")}
            if joined and other.index > use.index and other.time.end and start and other.time.end >= start:
                return start, other.time.end
        return start, end

    def _host(self, time: TimeMention) -> tuple[int, str, int] | None:
        """(the word that the time belongs to, its preposition, the time's own head), None where it modifies a name."""
        inside = list(self._scene.syntax.within(time.span))
        if not inside:
            return None
        own = next(index for index in inside if self._tokens[index].head not in inside or self._tokens[index].head == index)
        # "By noon": the tagger may take the preposition in.
        opening = self._tokens[inside[0]]
        word = opening.text.lower() if opening.pos in {"ADP", "SCONJ"} and len(inside) > 1 else ""
        at, premodifies = own, False
        for _ in range(_CLIMB):
            token = self._tokens[at]
            if at not in inside and self._settles(at):
                break
            if token.head == at:
                break
            if token.pos in {"ADP", "SCONJ"} or token.dep in {"prep", "agent"}:
                word = word or token.text.lower()
            elif token.dep in _PREMODIFIER and token.head not in inside:
                premodifies = True
            at = token.head
        else:
            return None
        if at in inside and at != own:
            return None
        fronted = inside[0] - self._scene.syntax.sentence_of(own).first <= 1
        if premodifies and not fronted and not self._modified(own, at, inside):
            return None
        return at, word, own

    def _modified(self, own: int, at: int, inside: list[int]) -> bool:
        """ "Monday's attack", "the 2014 coup": the time modifies the event itself."""
        head = self._tokens[own].head
        return head in inside or head == at

    def _settles(self, index: int) -> bool:
        """A verb, or the noun of an event."""
        token = self._tokens[index]
        return self._together.names_event(index) or (
            token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass", "amod", "compound"}
        )
