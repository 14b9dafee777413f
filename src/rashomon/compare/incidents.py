"""Incidents made whole: accounts, and how they compare field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Comparison, Event, EventGroup, EventPlace, EventTime, Incident, digest
from ..records.incident import Field
from ..records.vocabulary import Relation
from .accounts import Shared, Version, versions
from .beside import statements
from .origins import origins
from .referents import different
from .relations import DENIALS, Verdict, is_vaguer, relate
from .revisions import (
    NUMBERS,
    is_total,
    order_of_revision,
    overtaken,
    put_right_between,
    put_right_within,
    revision,
    says_so,
)
from .told import Told
from .voices import Source, stems

FIELDS: tuple[Field, ...] = (
    "action", "actor", "recipient", "place", "time", "killed", "injured", "strength", "outcome", "responsibility",
)
# Where nothing is said, only these are worth pointing out.
MISSED: tuple[Field, ...] = ("killed", "injured", "responsibility")
# Two words for an act, or one more name in a list, set no two accounts apart.
_TRIVIAL = frozenset({(field, "compatible") for field in ("action", "actor", "outcome")})
# One account of a document that has another place, day or side hit than the next one tells of something else.
_SHARED = 2  # words that two sentences further apart have in common where one denies the other
_NEXT = 200  # characters between two sentences of which the one denies the other, whatever their words
_SETTING = frozenset({"place", "time", "recipient"})
_RANK: dict[Relation, int] = {
    "agree": 0, "vaguer": 1, "compatible": 2, "superseded": 3, "denied": 4, "disagree": 5,
}


def build_incidents(
    story: str,
    groups: Iterable[EventGroup],
    sources: Mapping[str, Source],
    shared: Shared,
    rules: ComparisonRules,
    sides: Sides,
) -> list[Incident]:
    """The incidents of a story from its grouped events, by id. `sources` holds at least the story's documents."""
    every = sorted(groups, key=lambda group: group.events)
    said = statements(sources, every, rules)
    # Each incident is looked for in its own documents alone: a story may have many of both.
    home = {event: key for key, source in sources.items() for event in source.events}
    own = [
        {key: sources[key] for key in sorted({*(home[event] for event in group.events), *(each.document for each in beside)})}
        for group, beside in zip(every, said, strict=True)
    ]
    told = [
        versions(group, mine, shared, rules, sides, beside) for group, mine, beside in zip(every, own, said, strict=True)
    ]
    others = different(every, told, sources, rules)
    found = [
        _incident(story, group, accounts, apart, sources, rules, sides)
        for group, accounts, apart in zip(every, told, others, strict=True)
    ]
    return sorted(found, key=lambda each: each.id)


def _incident(
    story: str,
    group: EventGroup,
    accounts: Sequence[Version],
    apart: Sequence[Comparison],
    sources: Mapping[str, Source],
    rules: ComparisonRules,
    sides: Sides,
) -> Incident:
    wanted = set(group.events)
    events = [event for _, source in sorted(sources.items()) for key, event in source.events.items() if key in wanted]
    # What was done names an incident, not what came of it.
    counts = Counter(event.action for event in events)
    action = min(counts.items(), key=lambda item: (item[0] in rules.consequences, -item[1], item[0]))[0]
    time = _time(events)
    made = Incident(
        id=digest("incident", group.events[0]),
        story=story,
        type=min((event.type for event in events), key=lambda kind: (-_count(events, kind), kind)),
        action=action,
        documents=tuple(sorted({key for version in accounts for key in version.account.documents})),
        events=group.events,
        place=_place(events),
        time=time,
        accounts=tuple(version.account for version in accounts),
        comparisons=(*compare(accounts, sources, time, rules, sides), *apart),
        merges=group.merges,
    )
    behind = origins(made, rules)
    return msgspec.structs.replace(made, origins=behind.traced, untraced=behind.untraced)


def _count(events: Iterable[Event], kind: str) -> int:
    return sum(event.type == kind for event in events)


def _place(events: Iterable[Event]) -> EventPlace | None:
    """The place named most, of those the smallest, so that a province never hides its town."""
    known = [event.place for event in events if event.place is not None]
    counts = Counter(place.name for place in known)
    return min(
        known,
        key=lambda place: (place.lat is None, place.radius_km or 1e9, -counts[place.name], place.name),
        default=None,
    )


def _time(events: Iterable[Event]) -> EventTime | None:
    """The narrowest time that the text gives; a report's own date only where there is no other."""
    known = [event.time for event in events if event.time is not None and event.time.start and event.time.end]

    def order(time: EventTime) -> tuple[bool, int, str]:
        start, end = (time.start or "")[:10], (time.end or "")[:10]
        width = date.fromisoformat(end).toordinal() - date.fromisoformat(start).toordinal()
        return time.basis in {"report-date", "unknown"}, width, start

    return min(known, key=order, default=None)


# ------------------------------------------------------------------------------------------------------- side by side


def compare(
    accounts: Sequence[Version],
    sources: Mapping[str, Source],
    time: EventTime | None,
    rules: ComparisonRules,
    sides: Sides,
) -> Iterator[Comparison]:
    """Every pair of accounts in every field, then what an account that came later leaves out."""
    for version in accounts:
        yield from _within(version, sources, rules, sides)
    changed: set[tuple[str, Field]] = set()
    acts = any(
        value.field == "action" and not value.negative and value.names - rules.consequences
        for version in accounts for value in version.told
    )
    answers = [{field: _answers(version, field, rules) for field in FIELDS} for version in accounts]
    for position, a in enumerate(accounts):
        for to, b in enumerate(accounts[position + 1 :], start=position + 1):
            for field in FIELDS:
                put_right = put_right_between(a, b, field, rules, sides)
                if put_right is not None:
                    changed.add((put_right.b.citation.document if put_right.b is not None else "", field))
                    yield put_right
                    continue
                pair = _closest(answers[position][field], answers[to][field], field, rules, sides)
                if pair is None:
                    continue
                one, other, verdict = pair
                if verdict.relation == "denied" and _one_mouth(one, other) and revision(a, b, rules) is None:
                    continue
                if verdict.relation == "denied" and acts and field == "action" and _only_harm(one, other, rules):
                    continue
                if _two_things(one, other, verdict.relation, sources):
                    continue
                found = _told_by(a, b, one, other, verdict, sources, rules)
                if (field, found.relation) not in _TRIVIAL:
                    yield found
    for version in accounts:
        # What a correction gives up itself, where no older report of its source says it.
        for found in put_right_within(version, rules, sides):
            if (found.a.citation.document, found.field) not in changed:
                yield found
    yield from _silences(accounts, time, rules)


def _two_things(one: Told, other: Told, relation: Relation, sources: Mapping[str, Source]) -> bool:
    """True where one document tells of two things that were taken for one: at two places, on two days, against two sides, or
    denied in words that have nothing in common with what is told."""
    first, second = one.shown.citation, other.shown.citation
    if first.document != second.document:
        return False
    if relation == "disagree":
        return one.field in _SETTING and one.thing is None and other.thing is None
    if relation != "denied" or one.field != "action" or other.field != "action":
        return False
    if (one if one.negative else other).voice.stance not in DENIALS:
        # What a report says did not happen elsewhere, or since, denies nobody's word in it.
        return True
    text = sources[first.document].reading.text
    if abs(first.sentence.start - second.sentence.end) < _NEXT or abs(second.sentence.start - first.sentence.end) < _NEXT:
        return False
    return len(stems(first.sentence.of(text)) & stems(second.sentence.of(text))) < _SHARED


def _only_harm(one: Told, other: Told, rules: ComparisonRules) -> bool:
    """True where the denial of an attack meets an account that only tells what came of it: others say what was done."""
    told, denied = (other, one) if one.negative else (one, other)
    return told.names <= rules.consequences and not denied.names & told.names


def _closest(
    a: Sequence[Told], b: Sequence[Told], field: Field, rules: ComparisonRules, sides: Sides
) -> tuple[Told, Told, Verdict] | None:
    """Of two accounts' answers to a field the two that are nearest to agreeing, totals before parts: a reader compares like with
    like."""
    found = []
    for at, one in enumerate(a):
        for to, other in enumerate(b):
            if field == "responsibility" and one.field == other.field == "actor":
                continue
            verdict = relate(one, other, rules, sides)
            if verdict is not None:
                parts = sum(value.quantity is not None and value.quantity.total_or_subset == "subset" for value in (one, other))
                denied = verdict.relation != "denied"
                found.append(((denied, parts, _RANK[verdict.relation], at, to), one, other, verdict))
    return min(found, key=lambda each: each[0])[1:] if found else None


def _answers(version: Version, field: Field, rules: ComparisonRules) -> list[Told]:
    """The account's values of a field, those left out that it says more exactly elsewhere; who did it also answers who is
    responsible, where somebody else speaks of blame."""
    fields = {field, "actor"} if field == "responsibility" else {field}
    every = [value for value in version.told if value.field in fields]
    if field == "action" and any(value.names - rules.consequences for value in every):
        # That people died tells what came of it, not what was done.
        every = [value for value in every if value.names - rules.consequences]
    if any(not value.former for value in every):
        # What it gave up it says no more.
        every = [value for value in every if not value.former]
    return [value for value in every if not any(is_vaguer(value, other) for other in every)]


def _told_by(
    a: Version, b: Version, one: Told, other: Told, verdict: Verdict, sources: Mapping[str, Source], rules: ComparisonRules
) -> Comparison:
    """The comparison, turned into a revision where one source changes its own word."""
    relation, why = verdict
    ended = overtaken(one, other)
    if ended is not None:
        older, newer = ended
        told = f"{newer.voice.label} quotes words from before it ended: {why}"
        return Comparison(one.field, "superseded", rules.questions[one.field], told, older.shown, newer.shown)
    if relation == "denied":
        order = revision(a, b, rules)
        if order is not None:
            older, newer = (one, other) if order[0] else (other, one)
            why = f"{newer.voice.label} first said otherwise"
            field = _field(one, other)
            return Comparison(field, "superseded", rules.questions[field], why, older.shown, newer.shown)
    order = order_of_revision(a, b, one, other, relation, sources, rules)
    if order is not None:
        older, newer, reason = (one, other, order[1]) if order[0] else (other, one, order[1])
        return Comparison(one.field, "superseded", rules.questions[one.field], f"{reason}: {why}", older.shown, newer.shown)
    field = _field(one, other)
    return Comparison(field, relation, rules.questions[field], why, one.shown, other.shown)


def _one_mouth(one: Told, other: Told) -> bool:
    """True where one of the two only passes on what the other says: nobody denies his own word through an agency."""
    first, second = one.voice, other.voice
    same = first.speaker is not None and first.speaker == second.speaker
    return same or (first.speaker is not None and first.speaker in second.chain[:-1]) or (
        second.speaker is not None and second.speaker in first.chain[:-1]
    )


def _field(one: Told, other: Told) -> Field:
    return other.field if one.field == "actor" else one.field


def _within(
    version: Version, sources: Mapping[str, Source], rules: ComparisonRules, sides: Sides
) -> Iterator[Comparison]:
    """Figures of one account that cannot both be true: headline against body, or a figure that it says it changes."""
    for field in NUMBERS:
        values = [value for value in version.told if value.field == field]
        for position, one in enumerate(values):
            for other in values[position + 1 :]:
                verdict = relate(one, other, rules, sides)
                cited = other.shown.citation
                if verdict is None:
                    continue
                if one.former != other.former:
                    older, newer = (one, other) if one.former else (other, one)
                    why = f"{version.label} changes the figure: {verdict.why}"
                    yield Comparison(field, "superseded", rules.questions[field], why, older.shown, newer.shown)
                    continue
                # Two figures in one sentence count two things, whatever the words left out.
                if cited.sentence == one.shown.citation.sentence:
                    continue
                revised = says_so(other, sources, rules)
                totals = is_total(one) and is_total(other)
                if verdict.relation != "disagree" and not (revised and totals and verdict.relation == "compatible"):
                    continue
                relation: Relation = "superseded" if revised else "disagree"
                why = f"{version.label} changes the figure: {verdict.why}" if revised else verdict.why
                yield Comparison(field, relation, rules.questions[field], why, one.shown, other.shown)


def _silences(accounts: Sequence[Version], time: EventTime | None, rules: ComparisonRules) -> Iterator[Comparison]:
    """A later account that leaves out what an earlier one gives. Without both dates nothing is said."""
    if time is None or time.end is None:
        return
    for field in MISSED:
        given = next((value for version in accounts for value in version.told if value.field == field), None)
        if given is None:
            continue
        holders = {key for version in accounts if _has(version, field) for key in version.account.documents}
        for version in accounts:
            start = version.published[0]
            if all(value.negative for value in version.told):
                # Who only denies leaves nothing out.
                continue
            if _has(version, field) or holders & set(version.account.documents) or not start or start < time.end[:10]:
                continue
            why = f"{version.label} appeared on or after {start}, the fact by {time.end[:10]}, and says nothing of it"
            yield Comparison(field, "silent", rules.questions[field], why, given.shown, None, version.label)


def _has(version: Version, field: Field) -> bool:
    return any(value.field == field for value in version.told)
