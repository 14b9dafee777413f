"""A brief: one page on a place or an actor, every line of which stands on a numbered quotation.

Nothing is concluded. What several sources say of one thing stands side by side, with who says it through whom; what could not be
put on the page is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from ..records import Account, Citation, FieldValue, Incident, Revision, Tally
from ..records.incident import Field
from .control import Timeline
from .forecasts import ForecastEntry
from .pledges import PledgeEntry, Worded

SHOWN: tuple[Field, ...] = ("actor", "recipient", "killed", "injured", "strength", "outcome", "responsibility")
_APART = frozenset({"disagree", "denied", "superseded"})
_PAIRS = 4
Days = tuple[str | None, str | None]


class Item(msgspec.Struct, frozen=True):
    """A line with the numbers of its quotations, and the lines under it."""

    text: str
    refs: tuple[int, ...] = ()
    under: tuple[Item, ...] = ()


class Section(msgspec.Struct, frozen=True):
    """Lines on one matter; `left_out`: how many more there were."""

    title: str
    items: tuple[Item, ...]
    left_out: int = 0


class Quotation(msgspec.Struct, frozen=True):
    """A sentence under its number, with who says it and where it stands (`span` counts characters of the document's text)."""

    number: int
    sentence: str
    citation: Citation


class Brief(msgspec.Struct, frozen=True):
    """The page. `since` and `until` are the days asked for, `counted` what stands behind it in words."""

    subject: str
    since: str | None
    until: str | None
    counted: str
    sections: tuple[Section, ...]
    quotations: tuple[Quotation, ...]


class Numbers:
    """Gives every sentence cited its number, the first one first; a sentence of a document has one number."""

    def __init__(self, sentence: Callable[[Citation], str]) -> None:
        self._sentence = sentence
        self._known: dict[tuple[str, int, int], Quotation] = {}

    def of(self, citation: Citation) -> int:
        """The number of the sentence that the citation stands in."""
        at = (citation.document, *citation.sentence)
        if at not in self._known:
            self._known[at] = Quotation(len(self._known) + 1, self._sentence(citation), citation)
        return self._known[at].number

    def all(self) -> tuple[Quotation, ...]:
        """Every quotation in the order of numbers."""
        return tuple(self._known.values())


def incidents_section(incidents: Sequence[Incident], numbers: Numbers, publisher: Callable[[str], str], most: int) -> Section:
    """The most told incidents, the earliest first: each account's words in each field, then where they part."""
    told = sorted(incidents, key=lambda one: (-len(one.documents), -len(one.accounts), one.id))[:most]
    told.sort(key=lambda one: ((one.time.start or one.time.end or "9999") if one.time else "9999", one.id))
    items = tuple(_incident(each, numbers, publisher) for each in told)
    return Section("Incidents, most told", items, len(incidents) - len(told))


def _incident(incident: Incident, numbers: Numbers, publisher: Callable[[str], str]) -> Item:
    place = incident.place.name if incident.place else "place not stated"
    when = days(incident.time.start, incident.time.end) if incident.time else "day not stated"
    told_by = counted(len(incident.documents), "article"), counted(len(incident.origins), "traced origin")
    origins = f"{', '.join(told_by)}, {incident.untraced} untraced"
    lines = [line for account in incident.accounts for line in _account(account, numbers, publisher)]
    apart = [pair for pair in incident.comparisons if pair.relation in _APART and pair.b is not None]
    for pair in apart[:_PAIRS]:
        if pair.b is not None:
            refs = [numbers.of(pair.a.citation), numbers.of(pair.b.citation)]
            lines.append(Item(f"{pair.relation}: {pair.question} {pair.a.text} / {pair.b.text}", tuple(dict.fromkeys(refs))))
    if len(apart) > _PAIRS:
        lines.append(Item(f"{len(apart) - _PAIRS} more pairs of accounts that part: rashomon show {incident.id[:10]}"))
    return Item(f"{incident.action.replace('-', ' ')}, {place}, {when} ({origins})", (), tuple(lines))


def _account(account: Account, numbers: Numbers, publisher: Callable[[str], str]) -> list[Item]:
    """A line for each chain of the account: copies of one text may give the same words to different voices."""
    telling = [value for value in account.fields if value.field in SHOWN] or list(account.fields)
    by_chain: dict[tuple[tuple[str, ...], str | None], list[FieldValue]] = {}
    for value in telling:
        outlet = None if value.citation.chain else publisher(value.citation.document)
        by_chain.setdefault((value.citation.chain, outlet), []).append(value)
    lines = []
    for (chain, outlet), values in by_chain.items():
        fields = sorted({value.field for value in values}, key=lambda field: SHOWN.index(field) if field in SHOWN else -1)
        told = ", ".join(
            f"{field}: " + "; ".join(dict.fromkeys(value.text for value in values if value.field == field)) for field in fields
        )
        refs = tuple(dict.fromkeys(numbers.of(value.citation) for value in values))
        lines.append(Item(f"{said_by(chain, outlet)}: {told}", refs))
    return lines


def tallies_section(tallies: Sequence[Tally], numbers: Numbers, publisher: Callable[[str], str], most: int) -> Section:
    """Tolls over days, an area or a campaign: never added to an incident's, never to one another."""
    items = []
    for tally in tallies[:most]:
        who = said_by(tally.citation.chain, publisher(tally.citation.document))
        counter = f", counted by {tally.counted_by}" if tally.counted_by else ""
        items.append(Item(f"{tally.text} — {who}{counter}", (numbers.of(tally.citation),)))
    return Section("Tolls over days, areas and campaigns", tuple(items), max(0, len(tallies) - most))


def control_section(timelines: Iterable[Timeline], numbers: Numbers, publisher: Callable[[str], str], most: int) -> Section:
    """Who is said to take, hold, attempt or lose the place, source by source; where two of them part, both."""
    items, left = [], 0
    for timeline in timelines:
        lines = []
        by_key = {line.stated.key: line for line in timeline.lines}
        for line in timeline.lines[:most]:
            said = line.said
            named = said.before or said.after
            change = " → ".join(name or "?" for name in (said.before, said.after)) if named else "nobody named"
            ground = "" if line.dated else "as of "
            who = said_by(line.source.chain, publisher(line.stated.citation.document))
            denied = "denied: " if line.denied else ""
            lines.append(Item(f"{denied}{said.kind}, {change}, {ground}{days(line.start, line.end)} — {who}",
                              (numbers.of(line.stated.citation),)))
        left += max(0, len(timeline.lines) - most)
        for contest in timeline.contests:
            pair = [by_key[keys[0]] for keys in (contest.a, contest.b) if keys and keys[0] in by_key]
            refs = tuple(dict.fromkeys(numbers.of(each.stated.citation) for each in pair))
            other = f"not {contest.holder_a}" if contest.negative else contest.holder_b
            lines.append(Item(f"contested {days(contest.start, contest.end)}: {contest.holder_a} / {other}", refs))
        if lines:
            items.append(Item(timeline.spot.name, (), tuple(lines)))
    return Section("Control, as said", tuple(items), left)


def pledges_section(pledges: Sequence[PledgeEntry], numbers: Numbers, publisher: Callable[[str], str], most: int) -> Section:
    """Ceasefires, agreements, demands, offers; what is said to have become of each, always by somebody."""
    items = []
    for entry in pledges[:most]:
        by, to = _worded(entry.by), _worded(entry.to)
        told = " or ".join(dict.fromkeys(each.text for each in entry.kinds))
        head = f"{told}{f' by {by}' if by else ''}{f' to {to}' if to else ''}, {days(*entry.day)}"
        held = (
            ("terms", entry.terms), ("conditions", entry.conditions), ("deadline", entry.deadlines),
            ("duration", entry.durations),
        )
        lines = [Item(f"{name}: {_worded(some)}") for name, some in held if some]
        for said in entry.said:
            who = said_by(said.citation.chain, said.publisher or publisher(said.citation.document))
            lines.append(Item(f"said by {who} to be {said.status}", (numbers.of(said.citation),)))
        if not entry.said:
            lines.append(Item("nobody says what became of it: unresolved"))
        refs = tuple(dict.fromkeys(numbers.of(telling.stated.citation) for telling in entry.tellings))
        items.append(Item(head, refs, tuple(lines)))
    return Section("Ceasefires, agreements, demands, offers", tuple(items), max(0, len(pledges) - most))


def forecasts_section(forecasts: Sequence[ForecastEntry], numbers: Numbers, most: int) -> Section:
    """Forecasts that nobody has decided yet."""
    items = []
    for entry in forecasts[:most]:
        sure = f", in its words “{entry.certainty_words}”" if entry.certainty_words else ""
        if entry.certainty is not None:
            sure += f" ({entry.certainty[0]:.0%} to {entry.certainty[1]:.0%})"
        until = f", for {days(entry.horizon.start, entry.horizon.end)}" if entry.horizon else ""
        condition = f", on condition: {entry.condition}" if entry.condition else ""
        refs = tuple(dict.fromkeys(numbers.of(outlook.stated.citation) for outlook in entry.outlooks))
        items.append(Item(f"{entry.forecaster}: {entry.statement}{until}{condition}{sure}", refs))
    return Section("Open forecasts", tuple(items), max(0, len(forecasts) - most))


def revisions_section(revisions: Sequence[Revision], numbers: Numbers, words: Callable[[Citation], str], most: int) -> Section:
    """What a source put in the place of what it had said."""
    items = [
        Item(f"{each.source} ({each.kind}): “{words(each.a)}” became “{words(each.b)}”",
             tuple(dict.fromkeys((numbers.of(each.a), numbers.of(each.b)))))
        for each in revisions[:most]
    ]
    return Section("Revised by their own source", tuple(items), max(0, len(revisions) - most))


def said_by(chain: Sequence[str], publisher: str | None) -> str:
    """Who says it through whom, from the publisher inwards."""
    names = [name for name in chain if name] or [publisher or "unknown publisher"]
    return " › ".join(names) if len(names) > 1 else f"{names[0]} in its own voice"


def days(start: str | None, end: str | None) -> str:
    """An interval of days as it is known."""
    first, last = start[:10] if start else None, end[:10] if end else None
    if first is None and last is None:
        return "day not stated"
    if first is None or last is None:
        return f"by {last}" if last else f"from {first} on"
    return first if first == last else f"{first} to {last}"


def counted(count: int, one: str) -> str:
    """1 article, 2 articles."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _worded(some: Iterable[Worded]) -> str:
    return "; ".join(dict.fromkeys(each.text for each in some))
