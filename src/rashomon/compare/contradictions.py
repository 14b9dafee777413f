"""Pairs of statements worth a reader's look, within one document and across documents, the most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Citation, Claim, Comparison, Event, Incident, Span, sentence_around
from ..records.vocabulary import Relation
from .pairs import Pair, Ranked
from .voices import AUTHOR, Source, stems
from .within import within

PUBLISHED: dict[Relation, Relation] = {
    "disagree": "disagree", "denied": "disagree", "agree": "agree", "compatible": "compatible", "vaguer": "compatible",
    "superseded": "superseded", "different_referent": "different_referent",
}
_ORDER: dict[Relation, int] = {
    "disagree": 0, "denied": 0, "superseded": 1, "vaguer": 3, "agree": 2, "compatible": 4, "different_referent": 5,
}
_OPEN = frozenset({"possible", "conditional"})
_TALKS = frozenset({"CONSULT", "AGREE"})
_NEAR = 600  # characters: about two paragraphs
_BESIDE = 160  # characters: the sentence before
_SHORT = 60  # characters
_NEXT = 3  # characters between one sentence and the next
_DENIALS = frozenset({"denies-occurrence", "denies-responsibility", "disputes-figure", "retracts"})


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
    found: list[Ranked] = []
    for incident in incidents:
        found.extend(_compared(incident, rules))
        found.extend(_left_open(incident, sources, rules))
    for source in sources.values():
        found.extend(_mutual(source, rules))
        found.extend(_denials(source, rules))
        found.extend(_rejections(source, rules))
        found.extend(within(source, rules, sides))
    found.extend(_standing(sources, rules, sides))
    kept: list[Pair] = []
    by_documents: dict[frozenset[str], list[Pair]] = {}
    for each in sorted(found, key=_order):
        alike = by_documents.setdefault(frozenset((each.pair.a.document, each.pair.b.document)), [])
        if not any(_same(each.pair, other) for other in alike):
            alike.append(each.pair)
            kept.append(each.pair)
    return kept[:limit]


def _same(a: Pair, b: Pair) -> bool:
    """True when both pairs set the same words side by side and ask the same of them."""
    if a.question != b.question:
        return _places(a) == _places(b)
    return (_overlap(a.a, b.a) and _overlap(a.b, b.b)) or (_overlap(a.a, b.b) and _overlap(a.b, b.a))


def _places(pair: Pair) -> set[tuple[str, Span]]:
    return {_place(pair.a), _place(pair.b)}


def _overlap(a: Citation, b: Citation) -> bool:
    return a.document == b.document and a.span.overlaps(b.span)


def _place(side: Citation) -> tuple[str, Span]:
    return side.document, side.span


def _order(found: Ranked) -> tuple[tuple[int, int], tuple[str, Span], tuple[str, Span], str]:
    return found.rank, _place(found.pair.a), _place(found.pair.b), found.pair.question


def _compared(incident: Incident, rules: ComparisonRules) -> Iterator[Ranked]:
    """The incident's own comparisons; agreement on who or where says little where the accounts share their outlet.

    What several accounts say alike is set beside a rival version once: each value of a field stands in one pair of a kind.
    """
    used: set[tuple[str, str, str, str]] = set()
    for comparison in sorted(incident.comparisons, key=_within_first):
        if comparison.b is None or comparison.relation not in PUBLISHED:
            continue
        values = [
            (comparison.field, PUBLISHED[comparison.relation], side.value, side.citation.document if numeric else "")
            for numeric in (comparison.field in {"killed", "injured", "strength"},) for side in (comparison.a, comparison.b)
        ]
        both = all(value in used for value in values)
        if both or (comparison.field not in {"killed", "injured", "strength"} and any(value in used for value in values)):
            continue
        if comparison.relation == "denied" and comparison.a.citation.sentence == comparison.b.citation.sentence and (
            comparison.a.citation.document == comparison.b.citation.document
        ):
            continue
        used.update(values)
        weak = comparison.field in {"action", "actor", "recipient", "place", "time"}
        sides = comparison.a.citation, comparison.b.citation
        if comparison.relation in {"agree", "compatible", "vaguer"} and weak and not _two_outlets(*sides):
            continue
        if comparison.relation == "agree" and comparison.field == "action":
            continue
        if comparison.field == "recipient" and comparison.relation != "disagree" and comparison.a.value in rules.anybody:
            continue
        if comparison.field == "outcome" and comparison.relation == "agree" and comparison.a.value == "ongoing":
            continue
        if comparison.field == "action":
            # A verb alone shows nothing: its sentence does.
            sides = _whole(sides[0]), _whole(sides[1])
        pair = Pair(
            PUBLISHED[comparison.relation],
            _about(incident, comparison.question),
            sides[0],
            sides[1],
            comparison.why,
            incident.id,
        )
        yield Ranked((_ORDER[comparison.relation], int(weak)), pair)


def _within_first(comparison: Comparison) -> bool:
    return comparison.b is None or comparison.a.citation.document != comparison.b.citation.document


def _whole(cited: Citation) -> Citation:
    return msgspec.structs.replace(cited, span=cited.sentence)


def _two_outlets(a: Citation, b: Citation) -> bool:
    return a.document != b.document and a.chain[:1] != b.chain[:1]


def _about(incident: Incident, question: str) -> str:
    """The question with what it is asked of: "Air strike, Haas: how many were killed?" """
    place = f", {incident.place.name}" if incident.place is not None else ""
    return f"{incident.action.capitalize()}{place}: {question[:1].lower()}{question[1:]}"


def _left_open(incident: Incident, sources: Mapping[str, Source], rules: ComparisonRules) -> Iterator[Ranked]:
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
                if voices[0].speaker == voices[1].speaker or not _alike(event, other) or event.type in _TALKS | rules.standing:
                    continue
                if voices[0].chain == voices[1].chain[:-1] and not voices[1].identified:
                    # "The author", or nobody in particular, within the author's own sentence.
                    continue
                why = f"{voices[1].label} asserts it, {voices[0].label} leaves it open"
                question = f"How certain is it: {other.action}?"
                told_so, open_still = _cite(source, other, rules), _cite(source, event, rules)
                yield Ranked((0, 1), Pair("disagree", question, told_so, open_still, why, incident.id))
                break


def _alike(a: Event, b: Event) -> bool:
    """One action, and the same parties, two of them, or one and the place: the same thing, as far as one document tells."""
    first, second = _entities(a), _entities(b)
    common = len(first & second)
    placed = a.place is not None and b.place is not None and a.place.name == b.place.name
    return a.action == b.action and (common > 1 or (common == 1 and (placed or first == second)))


def _entities(event: Event) -> set[str]:
    return {actor.name for actor in (*event.actors, *event.recipients) if actor.name}


def _mutual(source: Source, rules: ComparisonRules) -> Iterator[Ranked]:
    """Two parties that blame one another say opposed things in one clause."""
    accused: dict[tuple[Span, frozenset[str]], set[str]] = {}
    for event in source.events.values():
        if event.type != "ACCUSE" or event.region != "body":
            continue
        where = sentence_around(source.reading.text, event.trigger)
        first = {actor.name for actor in event.actors if actor.name}
        second = {actor.name for actor in event.recipients if actor.name}
        # Told as one mutual act, or as two acts with the parties exchanged.
        back = accused.setdefault((where, frozenset(first | second)), set())
        if event.direction == "reciprocal" or (first and second and back & second):
            side = source.cite(where, source.voice(event.according_to, rules))
            yield Ranked((0, 0), Pair("disagree", "Who is to blame?", side, side, "each blames the other"))
        back.update(first)


def _rejections(source: Source, rules: ComparisonRules) -> Iterator[Ranked]:
    """A claim that others in the same sentence, or the one after, are said to deny or dismiss."""
    claims = sorted((claim for claim in source.claims.values() if claim.content and claim.id != AUTHOR), key=_begin)
    for event in source.events.values():
        if event.type != "REJECT" or event.region != "body" or event.modality != "asserted":
            continue
        where = sentence_around(source.reading.text, event.trigger)
        actors = {actor.name for actor in event.actors if actor.name}
        before = [
            claim
            for claim in claims
            if claim.content[-1].end <= event.trigger.start
            and claim.speaker not in actors
            and claim.stance not in _DENIALS
        ]
        if not before or not actors:
            continue
        claimed = before[-1].content[-1]
        if claimed.start < where.start and source.reading.text[claimed.end : where.start].count("\n"):
            continue
        # The next sentence only where it is no longer than "The ministry has denied it.": a longer one rejects something else.
        if where.start - claimed.end > _NEXT or (where.start > claimed.start and where.width > _SHORT):
            continue
        start = max(where.start, claimed.end)
        while start < event.trigger.start and not source.reading.text[start].isalnum():
            start += 1
        denied = Span(start, where.end).trimmed(source.reading.text)
        who = ", ".join(sorted(actors)) or "others"
        said = source.cite(claimed, source.voice(before[-1].id, rules))
        why = f"{who} reject what {before[-1].speaker or 'a source'} claims"
        denial = source.cite(denied, source.voice(event.according_to, rules))
        yield Ranked((0, 1), Pair("disagree", "Is it true?", said, denial, why))


def _denials(source: Source, rules: ComparisonRules) -> Iterator[Ranked]:
    """A denial beside the claim that it denies: the nearest earlier one that shares its content or stands next to it."""
    claims = sorted((claim for claim in source.claims.values() if claim.content and claim.id != AUTHOR), key=_begin)
    text = source.reading.text
    for position, denial in enumerate(claims):
        if denial.stance not in _DENIALS:
            continue
        words = _stems(text, denial)
        near = [
            (len(words & _stems(text, other)), at, other)
            for at, other in enumerate(claims[:position])
            if other.stance not in _DENIALS
            and other.speaker != denial.speaker
            and not any(content.covers(denial.content[0]) for content in other.content)
            and _begin(denial) - other.content[-1].end <= _NEAR
        ]
        if not near:
            continue
        shared, _, other = max(near, key=lambda each: each[:2])
        # Without a word in common only an accusation right before it can be what is denied.
        if not shared and (other.stance != "accuses" or _begin(denial) - other.content[-1].end > _BESIDE):
            continue
        pair = Pair(
            "disagree", "Is it true?", source.cite(other.content[0], source.voice(other.id, rules)),
            source.cite(denial.content[0], source.voice(denial.id, rules)),
            f"{denial.speaker or 'a source'} denies what {other.speaker or 'a source'} says",
        )
        yield Ranked((0, 1), pair)


def _stems(text: str, claim: Claim) -> set[str]:
    return stems(" ".join(content.of(text) for content in claim.content))


def _begin(claim: Claim) -> int:
    return claim.content[0].start


def _standing(sources: Mapping[str, Source], rules: ComparisonRules, sides: Sides) -> Iterator[Ranked]:
    """Who backs whom, told in two documents or by two voices, whatever the story: the same, or denied."""
    rows: dict[tuple[str, str], list[tuple[str, Event]]] = {}
    for key in sorted(sources):
        for event in sources[key].events.values():
            if event.type in rules.standing and event.region == "body" and event.modality == "asserted":
                for actor in sorted({each.name for each in event.actors if each.name}):
                    for recipient in sorted({_camp(each.name, sides) for each in event.recipients if each.name}):
                        rows.setdefault((actor, recipient), []).append((key, event))
    for (actor, recipient), told in sorted(rows.items()):
        best: dict[tuple[str, str | None, str], tuple[str, Event]] = {}
        for key, event in told:
            voice = sources[key].voice(event.according_to, rules)
            place = key, voice.speaker if len(sources) == 1 else None, event.polarity
            # "is arming them" says more than "the backed rebels".
            if place not in best or (event.type == "AID") > (best[place][1].type == "AID"):
                best[place] = key, event
        ordered = list(best.values())
        if not ordered:
            continue
        first_key, first = ordered[0]
        for key, event in ordered[1:]:
            same = event.polarity == first.polarity
            if key == first_key and same:
                continue
            pair = Pair(
                "agree" if same else "disagree",
                f"Does {actor} back {recipient.rpartition(': ')[2]}?",
                _cite(sources[first_key], first, rules), _cite(sources[key], event, rules),
                "both say so" if same else "one says so, the other that it does not",
            )
            yield Ranked((2 if same else 0, 1), pair)


def _cite(source: Source, event: Event, rules: ComparisonRules) -> Citation:
    return source.cite(source.statement(event), source.voice(event.according_to, rules))


def _camp(name: str, sides: Sides) -> str:
    return sides.side.get(name, name)
