"""Pairs of statements worth a reader's look, within one document and across documents, the most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Claim, Event, Incident, Span, sentence_around
from ..records.vocabulary import Relation
from .voices import AUTHOR, Source

PUBLISHED: dict[Relation, Relation] = {
    "disagree": "disagree", "denied": "disagree", "agree": "agree", "compatible": "compatible", "vaguer": "compatible",
    "superseded": "superseded", "different_referent": "different_referent",
}
_ORDER: dict[Relation, int] = {
    "disagree": 0, "denied": 0, "superseded": 1, "vaguer": 3, "agree": 2, "compatible": 4, "different_referent": 5,
}
_OPEN = frozenset({"possible", "conditional"})
_NEAR = 600  # characters: about two paragraphs
_DENIALS = frozenset({"denies-occurrence", "denies-responsibility", "disputes-figure", "retracts"})


class Side(msgspec.Struct, frozen=True):
    """One statement of a pair: document key and span."""

    document: str
    span: Span


class Pair(msgspec.Struct, frozen=True):
    """Two statements that bear on one question. `relation` is one of the reading format's five."""

    relation: Relation
    question: str
    a: Side
    b: Side
    why: str


class _Found(NamedTuple):
    rank: tuple[int, int]
    pair: Pair


def contradictions(
    sources: Mapping[str, Source],
    incidents: Iterable[Incident],
    rules: ComparisonRules,
    sides: Sides,
    *,
    limit: int | None = None,
) -> list[Pair]:
    """All pairs, each two spans once: disagreements, then revisions, agreements, and what is compatible.

    `incidents` bring their comparisons; what no incident shows (an accusation thrown back, a denial beside its claim, what
    one asserts and another leaves open, a standing relation told twice) is found in `sources`.
    """
    found: list[_Found] = []
    for incident in incidents:
        found.extend(_compared(incident))
        found.extend(_left_open(incident, sources, rules))
    for source in sources.values():
        found.extend(_mutual(source))
        found.extend(_denials(source))
    found.extend(_standing(sources, rules, sides))
    best: dict[tuple[Side, Side], _Found] = {}
    for each in sorted(found, key=_order):
        first, second = sorted((each.pair.a, each.pair.b), key=_place)
        best.setdefault((first, second), each)
    ordered = [each.pair for each in sorted(best.values(), key=_order)]
    return ordered[:limit]


def _place(side: Side) -> tuple[str, Span]:
    return side.document, side.span


def _order(found: _Found) -> tuple[tuple[int, int], tuple[str, Span], tuple[str, Span], str]:
    return found.rank, _place(found.pair.a), _place(found.pair.b), found.pair.question


def _compared(incident: Incident) -> Iterator[_Found]:
    """The incident's own comparisons; agreement on who or where says little where the accounts share their outlet."""
    across = len(incident.documents) > 1
    for comparison in incident.comparisons:
        if comparison.b is None or comparison.relation not in PUBLISHED:
            continue
        weak = comparison.field in {"action", "actor", "recipient", "place", "time"}
        if comparison.relation in {"agree", "compatible", "vaguer"} and weak and not across:
            continue
        pair = Pair(
            PUBLISHED[comparison.relation],
            comparison.question,
            Side(comparison.a.citation.document, comparison.a.citation.span),
            Side(comparison.b.citation.document, comparison.b.citation.span),
            comparison.why,
        )
        yield _Found((_ORDER[comparison.relation], int(weak)), pair)


def _left_open(incident: Incident, sources: Mapping[str, Source], rules: ComparisonRules) -> Iterator[_Found]:
    """Asserted by one voice, possible or conditional in the mouth of another, in one document: how sure is it?"""
    for key in incident.documents:
        source = sources.get(key)
        if source is None:
            continue
        told = [source.events[event] for event in incident.events if event in source.events]
        for event in source.events.values():
            if event.modality not in _OPEN or event.region != "body":
                continue
            for other in told:
                voices = source.voice(event.according_to, rules), source.voice(other.according_to, rules)
                if voices[0].speaker == voices[1].speaker or not _alike(event, other):
                    continue
                why = f"{voices[1].label} asserts it, {voices[0].label} leaves it open"
                pair = Pair("disagree", f"How certain is it: {other.action}?", Side(key, other.trigger), Side(key, event.trigger), why)
                yield _Found((0, 1), pair)
                break


def _alike(a: Event, b: Event) -> bool:
    """One action and a party in common: an account of the same thing, as far as one document tells."""
    return a.action == b.action and bool(_entities(a) & _entities(b))


def _entities(event: Event) -> set[str]:
    return {actor.name for actor in (*event.actors, *event.recipients) if actor.name}


def _mutual(source: Source) -> Iterator[_Found]:
    """Two parties that blame one another say opposed things in one clause."""
    for event in source.events.values():
        if event.type == "ACCUSE" and event.direction == "reciprocal" and event.region == "body":
            side = Side(source.key, sentence_around(source.reading.text, event.trigger))
            pair = Pair("disagree", "Who is to blame?", side, side, "each blames the other")
            yield _Found((0, 0), pair)


def _denials(source: Source) -> Iterator[_Found]:
    """A denial beside the claim that it denies: the nearest earlier one that shares its content or stands next to it."""
    claims = sorted((claim for claim in source.claims.values() if claim.content and claim.id != AUTHOR), key=_begin)
    for position, denial in enumerate(claims):
        if denial.stance not in _DENIALS:
            continue
        for other in reversed(claims[:position]):
            if other.stance in _DENIALS or other.speaker == denial.speaker:
                continue
            if _begin(denial) - other.content[-1].end > _NEAR:
                break
            pair = Pair(
                "disagree", "Is it true?", Side(source.key, other.content[0]), Side(source.key, denial.content[0]),
                f"{denial.speaker or 'a source'} denies what {other.speaker or 'a source'} says",
            )
            yield _Found((0, 1), pair)
            break


def _begin(claim: Claim) -> int:
    return claim.content[0].start


def _standing(sources: Mapping[str, Source], rules: ComparisonRules, sides: Sides) -> Iterator[_Found]:
    """Who backs whom, told in two documents or by two voices, whatever the story: the same, or denied."""
    rows: dict[tuple[str, str, str], list[tuple[str, Event]]] = {}
    for key in sorted(sources):
        for event in sources[key].events.values():
            if event.type in rules.standing and event.region == "body" and event.modality == "asserted":
                for actor in sorted({each.name for each in event.actors if each.name}):
                    for recipient in sorted({_camp(each.name, sides) for each in event.recipients if each.name}):
                        rows.setdefault((event.type, actor, recipient), []).append((key, event))
    for (_, actor, recipient), told in sorted(rows.items()):
        first_key, first = told[0]
        seen = {(first_key, sources[first_key].voice(first.according_to, rules).speaker)}
        for key, event in told[1:]:
            voice = sources[key].voice(event.according_to, rules)
            if (key, voice.speaker) in seen:
                continue
            seen.add((key, voice.speaker))
            same = event.polarity == first.polarity
            pair = Pair(
                "agree" if same else "disagree",
                f"Does {actor} back {recipient.rpartition(': ')[2]}?",
                Side(first_key, first.trigger), Side(key, event.trigger),
                "both say so" if same else "one says so, the other that it does not",
            )
            yield _Found((2 if same else 0, 1), pair)


def _camp(name: str, sides: Sides) -> str:
    return sides.side.get(name, name)
