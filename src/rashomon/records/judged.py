"""A reading as people have judged it: what they reject is left out, what they correct stands in their words.

The reading itself stays as the machine left it; every view, every link and every comparison is made of this.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Any, get_args

import msgspec

from .judgement import Judgement
from .reading import Actor, Claim, Event, EventPlace, EventTime, Reading
from .span import Span
from .vocabulary import EventType, Hedge, Modality, Outcome, Polarity, Stance

AUTHOR = "A0"
EVENT_FIELDS = (
    "event", "event.type", "event.action", "event.actors", "event.recipients", "event.place", "event.time", "event.modality",
    "event.polarity", "event.outcome",
)
CLAIM_FIELDS = ("claim", "claim.speaker", "claim.stance", "claim.hedge")
# Where the words stand: of the whole, and of the values that have words of their own. A correction is "120:131", or several
# with ";" between.
SPAN_FIELDS = (
    "event.span", "event.actors.span", "event.recipients.span", "event.place.span", "event.time.span", "claim.span",
    "claim.speaker.span",
)
JUDGED_FIELDS = (*EVENT_FIELDS, *CLAIM_FIELDS, *SPAN_FIELDS)
# What a correction of these may say.
CHOICES: dict[str, tuple[str, ...]] = {
    "event.type": get_args(EventType), "event.modality": get_args(Modality), "event.polarity": get_args(Polarity),
    "event.outcome": get_args(Outcome), "claim.stance": get_args(Stance), "claim.hedge": get_args(Hedge),
}


class JudgedEvent(Event, frozen=True):
    """An event with more from a person than other words in its fields. `found` is where the machine had the trigger that was
    moved: its key and judgements hold on to it. `unsaid`: "place" or "time" where the person says that the text has none."""

    found: Span | None = None
    unsaid: tuple[str, ...] = ()


class JudgedClaim(Claim, frozen=True):
    """A claim whose words a person has moved; `found` is as the machine had it, which its key and judgements hold on to."""

    found: Claim | None = None


def trigger_of(event: Event) -> Span:
    """The span that judgements on an event hold on to: its trigger as the machine had it."""
    return event.found if isinstance(event, JudgedEvent) and event.found is not None else event.trigger


def unsaid(event: Event, name: str) -> bool:
    """True where a person says that the text gives the event no "place" or no "time"."""
    return isinstance(event, JudgedEvent) and name in event.unsaid


def anchor_of(claim: Claim) -> Span | None:
    """The span that judgements on a claim hold on to: its content's first, else its source; None for the author's own voice."""
    claim = found_claim(claim)
    return claim.content[0] if claim.content else claim.source


def found_claim(claim: Claim) -> Claim:
    """The claim as the machine had it, as far as its spans go."""
    return claim.found if isinstance(claim, JudgedClaim) and claim.found is not None else claim


def spans_of(value: str) -> tuple[Span, ...] | None:
    """The spans that "120:131;140:152" spells; None for anything else."""
    found = []
    for part in value.split(";"):
        start, _, end = part.partition(":")
        if not (start.isdecimal() and end.isdecimal() and len(part) < 24 and int(start) < int(end)):
            return None
        found.append(Span(int(start), int(end)))
    return tuple(found)


def spelled(spans: Iterable[Span]) -> str:
    """Spans as a correction spells them."""
    return ";".join(f"{span.start}:{span.end}" for span in spans)


def problem_with(field: str, verdict: str, value: str | None) -> str | None:
    """What is wrong with a judgement of that field, in a sentence; None where nothing is."""
    if field not in JUDGED_FIELDS:
        return f"{field!r} is nothing that can be judged: {', '.join(JUDGED_FIELDS)}"
    if verdict != "correct":
        return None
    if "." not in field:
        return f"{field} is accepted or rejected as a whole; correct one of its fields"
    if value is None:
        return f"a correction of {field} needs what stands in its place"
    if field in SPAN_FIELDS and (not value or spans_of(value) is None):
        return f"{value!r} is no span: write 120:131, several with a semicolon between them"
    if field in CHOICES and value not in CHOICES[field]:
        return f"{value!r} is no {field}: {', '.join(CHOICES[field])}"
    if field == "event.time" and value and _time(value) is None:
        return f"{value!r} is no time: write a day as 2016-08-05, or two with a slash between them"
    return None


def judged(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """The reading with the last word on each span and field; "accept" and "unsure" change nothing.

    A field of several names holds them with "; " between. Corrected parties are a person's words, without a span; a corrected
    place or time stands on the event's own word; either has the span that the person gave it. An event or claim whose words were
    moved keeps its key (`JudgedEvent`, `JudgedClaim`).
    """
    last: dict[tuple[Span, str], Judgement] = {}
    for each in sorted(judgements, key=lambda one: one.decided):
        if each.span is not None and each.retired is None and each.verdict != "unsure":
            last[each.span, each.field] = each
    changes = {at: each for at, each in last.items() if each.verdict in {"reject", "correct"}}
    if not changes:
        return reading
    gone = {
        claim.id for claim in reading.attributions
        if (at := anchor_of(claim)) is not None and _verdict(changes, at, "claim") == "reject"
    }
    parents = {claim.id: claim.parent for claim in reading.attributions}
    claims = tuple(
        msgspec.structs.replace(_claim(claim, changes), parent=_kept(claim.parent, gone, parents))
        for claim in reading.attributions if claim.id not in gone
    )
    events = tuple(
        msgspec.structs.replace(_event(event, changes, reading), according_to=_kept(event.according_to, gone, parents))
        for event in reading.events if _verdict(changes, event.trigger, "event") != "reject"
    )
    return msgspec.structs.replace(reading, attributions=claims, events=events)


def _verdict(changes: dict[tuple[Span, str], Judgement], at: Span, field: str) -> str | None:
    found = changes.get((at, field))
    return found.verdict if found else None


def _kept(claim: str | None, gone: set[str], parents: dict[str, str | None]) -> str | None:
    """The claim, or the nearest one around it that is left; what stood in a rejected one alone is the author's."""
    while claim in gone:
        claim = parents.get(claim)
        if claim is None:
            return AUTHOR
    return claim


def _claim(claim: Claim, changes: dict[tuple[Span, str], Judgement]) -> Claim:
    at = anchor_of(claim)
    if at is None:
        return claim
    new: dict[str, Any] = {}
    for name in ("stance", "hedge"):
        found = changes.get((at, f"claim.{name}"))
        if found is not None and found.verdict == "correct" and found.value is not None:
            new[name] = found.value
    speaker = changes.get((at, "claim.speaker"))
    if speaker is not None:
        named = speaker.value if speaker.verdict == "correct" and speaker.value else None
        new["speaker"] = named
        new["chain"] = (*claim.chain[:-1], *((named,) if named else ())) if len(claim.chain) > 1 else claim.chain
    source = _moved(changes, at, "claim.speaker.span")
    content = _moved(changes, at, "claim.span")
    if source or content:
        spans = {"source": source[0] if source else claim.source, "content": content or claim.content}
        return JudgedClaim(**{**_fields(claim), **new, **spans, "found": claim})
    return msgspec.structs.replace(claim, **new) if new else claim


def _fields(record: Claim | Event) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _moved(changes: dict[tuple[Span, str], Judgement], at: Span, field: str) -> tuple[Span, ...]:
    """Where a person says that the words stand; nothing where nobody says so."""
    found = changes.get((at, field))
    return (spans_of(found.value) or ()) if found is not None and found.verdict == "correct" and found.value else ()


def _event(event: Event, changes: dict[tuple[Span, str], Judgement], reading: Reading) -> Event:
    said = {
        field.partition(".")[2]: found.value or "" if found.verdict == "correct" else ""
        for field in EVENT_FIELDS[1:] if (found := changes.get((event.trigger, field))) is not None
    }
    moved = {
        name: spans for name in ("", "actors", "recipients", "place", "time")
        if (spans := _moved(changes, event.trigger, f"event.{name}.span".replace("..", ".")))
    }
    trigger = moved[""][0] if "" in moved else event.trigger
    new: dict[str, Any] = {}
    for name, value in said.items():
        if name in {"actors", "recipients"}:
            new[name] = tuple(Actor(None, part.strip()) for part in value.split(";") if part.strip())
        elif name == "place":
            new["place"] = _place(value, trigger, reading) if value else None
            new["places"] = (new["place"],) if new["place"] else ()
        elif name == "time":
            time = _time(value)
            new["time"] = msgspec.structs.replace(time, span=trigger) if time is not None else None
        elif value:
            new[name] = value
    for name in moved.keys() & {"actors", "recipients"}:
        parties = zip_longest(new.get(name, getattr(event, name)), moved[name])
        new[name] = tuple(msgspec.structs.replace(party, span=span) for party, span in parties if party is not None)
    for name in moved.keys() & {"place", "time"}:
        held = new.get(name, getattr(event, name))
        if held is not None:
            new[name] = msgspec.structs.replace(held, span=moved[name][0])
    silent = tuple(name for name in ("place", "time") if name in said and new[name] is None)
    if trigger != event.trigger or silent:
        was = event.trigger if trigger != event.trigger else None
        return JudgedEvent(**{**_fields(event), **new, "trigger": trigger, "found": was, "unsaid": silent})
    return msgspec.structs.replace(event, **new) if new else event


def _place(name: str, trigger: Span, reading: Reading) -> EventPlace:
    """A place in a person's words: on the map where the text names it too. It stands on the event's own word."""
    known = next((each for each in reading.places if each.name == name and each.lat is not None), None)
    if known is None:
        return EventPlace("where", trigger, name)
    return EventPlace("where", trigger, name, known.lat, known.lon, known.radius_km, known.precision)


def _time(value: str) -> EventTime | None:
    start, _, end = value.partition("/")
    days = [start.strip(), (end or start).strip()]
    if not all(_is_day(each) for each in days) or days[0] > days[1]:
        return None
    return EventTime(days[0], days[1], "stated")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
