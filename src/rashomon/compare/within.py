"""What one document sets beside itself: author and quoted words, one speaker and another, a claim and its rejection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Claim, Event, Span, gap_km, ground, sentence_around
from ..records.vocabulary import Outcome
from .pairs import Pair, Ranked
from .since import began, lasted
from .voices import AUTHOR, Source, Voice

_QUOTED = frozenset({"direct", "block"})
_OPEN = frozenset({"possible", "conditional"})
_ENDED = frozenset({"success", "failure"})
_TOUCH_KM = 5.0


def within(source: Source, rules: ComparisonRules, sides: Sides) -> Iterator[Ranked]:
    """Pairs of one document, each told by two voices."""
    yield from _ends(source, rules, sides)
    yield from _sure(source, rules)
    yield from _dismissed(source, rules)
    yield from _though(source, rules, sides)
    yield from _lengths(source, rules, sides)
    yield from _paraphrases(source, rules, sides)


# ------------------------------------------------------------------------------------------------- how did it come out


class _End(msgspec.Struct, frozen=True):
    """How an offensive came out, as one voice has it: its words, whom and where it concerns."""

    voice: Voice
    quoted: bool
    span: Span
    outcome: Outcome
    events: tuple[Event, ...]
    parties: frozenset[str]
    plain: bool


def _ends(source: Source, rules: ComparisonRules, sides: Sides) -> Iterator[Ranked]:
    """The same end of an offensive told by two voices, two ends of it, or an end beside words that call it unfinished."""
    found = list(_told_ends(source, rules))
    seen: set[tuple[str, ...]] = set()
    for position, a in enumerate(found):
        for b in found[position + 1 :]:
            if a.voice.speaker == b.voice.speaker or not _about_one(source, a, b, sides):
                continue
            relation = "agree" if a.outcome == b.outcome else "disagree"
            why = f"{a.voice.label}: {rules.outcomes[a.outcome]}; {b.voice.label}: {rules.outcomes[b.outcome]}"
            older, newer = a, b
            if "ongoing" in (a.outcome, b.outcome):
                older, newer = (a, b) if a.outcome == "ongoing" else (b, a)
                if a.outcome == b.outcome or not older.quoted or newer.voice.speaker is not None:
                    continue
                relation, why = "superseded", f"{newer.voice.label} quotes words from before it ended: {why}"
            # What three voices say alike is said twice: each beside the plainest.
            key = (relation, b.voice.label) if relation == "agree" else (relation, *sorted((a.voice.label, b.voice.label)))
            if key in seen:
                continue
            seen.add(key)
            if relation == "agree":
                seen.add((relation, a.voice.label))
            where = next((event.place.name for event in (*a.events, *b.events) if event.place is not None), None)
            question = f"How did the offensive{f' in {where}' if where else ''} come out?"
            pair = Pair(relation, question, source.cite(older.span, older.voice), source.cite(newer.span, newer.voice), why)  # type: ignore[arg-type]
            yield Ranked(({"disagree": 0, "superseded": 1}.get(relation, 2), 1), pair)


def _told_ends(source: Source, rules: ComparisonRules) -> Iterator[_End]:
    """Phrases that tell the end of an offensive in their sentence, the plainest first; then events with an outcome."""
    text = source.reading.text
    bodies = [
        event for event in source.events.values()
        if event.region == "body" and event.modality == "asserted" and event.polarity == "positive"
    ]
    offensive = [event for event in bodies if rules.came_out(event.action, "unknown")[0] in rules.offensives]
    rows: list[_End] = []
    for sentence in sorted({sentence_around(text, event.trigger) for event in offensive}):
        inside = tuple(event for event in offensive if sentence.covers(event.trigger))
        words = sentence.of(text).lower()
        if _open(words, rules):
            continue
        for outcome, phrases in sorted(rules.ends.items()):
            at = min((words.find(phrase) for phrase in phrases if phrase in words), default=-1)
            if at < 0:
                continue
            spot = Span(sentence.start + at, sentence.start + at + 1)
            rows.append(_end(source, source.around(spot), spot, outcome, inside, True, rules))
    for event in offensive:
        whose, outcome = rules.came_out(event.action, event.outcome)
        sentence = sentence_around(text, event.trigger)
        if outcome != "unknown" and whose == "offensive" and not _open(sentence.of(text).lower(), rules):
            rows.append(_end(source, event.according_to, event.trigger, outcome, (event,), False, rules))
    yield from sorted(rows, key=lambda each: (not each.plain, each.span))


def _open(sentence: str, rules: ComparisonRules) -> bool:
    """True for a sentence that leaves an end open: "if the offensive fails"."""
    return bool(set(re.findall(r"\w+", sentence)) & rules.unsure)


def _end(
    source: Source, attribution: str | None, spot: Span, outcome: Outcome, events: tuple[Event, ...], plain: bool,
    rules: ComparisonRules,
) -> _End:
    claim = source.claims.get(attribution or AUTHOR)
    sentence = sentence_around(source.reading.text, spot)
    span = sentence
    for content in claim.content if claim is not None else ():
        if content.covers(spot):
            span = Span(max(content.start, sentence.start), min(content.end, sentence.end)).trimmed(source.reading.text)
    return _End(
        source.voice(attribution, rules), claim is not None and claim.kind in _QUOTED, span, outcome, events,
        _parties_in(source, sentence, rules), plain,
    )


def _parties_in(source: Source, span: Span, rules: ComparisonRules) -> frozenset[str]:
    return frozenset(
        entity.name for entity in source.reading.entities
        if entity.kind in rules.party_kinds and any(span.covers(mention) for mention in entity.mentions)
    )


def _about_one(source: Source, a: _End, b: _End, sides: Sides) -> bool:
    """One place, or one in the other; where either has none, one party that both sentences name."""
    grounds = [[place for event in each.events if (place := ground(event.place)) is not None] for each in (a, b)]
    if grounds[0] and grounds[1]:
        return any(gap_km(one, other) <= _TOUCH_KM for one in grounds[0] for other in grounds[1])
    return _share(a.parties, b.parties, sides)


def _share(a: Iterable[str], b: Iterable[str], sides: Sides) -> bool:
    others = set(b)
    return any(one in others or any(sides.allied(one, other) or sides.part(one, other) for other in others) for one in a)


# ------------------------------------------------------------------------------------------------------ how sure is it


def _sure(source: Source, rules: ComparisonRules) -> Iterator[Ranked]:
    """Who stands behind a happening: asserted in one voice, left open in another ("if it really was behind the raids")."""
    text = source.reading.text
    bodies = [event for event in source.events.values() if event.region == "body"]
    for open_ in bodies:
        names = {actor.name for actor in open_.actors if actor.name}
        if open_.modality not in _OPEN or not names or open_.action not in rules.behind:
            continue
        around = sentence_around(text, open_.trigger)
        beside = [
            event for event in bodies if event is not open_ and event.type == "ASSAULT" and around.covers(event.trigger)
        ]
        voice = source.voice(open_.according_to, rules)
        for event in bodies:
            other = source.voice(event.according_to, rules)
            where = sentence_around(text, event.trigger)
            if where == around or other.speaker == voice.speaker or event.modality != "asserted":
                continue
            if not any(_one_deed(event, each) for each in beside):
                continue
            if not names & _parties_in(source, where, rules):
                continue
            who = ", ".join(sorted(names & _parties_in(source, where, rules)))
            why = f"{other.label} asserts it, {voice.label} leaves it open"
            told, left = source.cite(source.statement(event), other), source.cite(source.statement(open_), voice)
            yield Ranked((0, 1), Pair("disagree", f"How certain is the part of {who} in it?", told, left, why))
            break


def _one_deed(a: Event, b: Event) -> bool:
    """Held together by coreference, or one act of one party."""
    if a.cluster and a.cluster == b.cluster:
        return True
    return a.action == b.action and any(one.name and one.name == other.name for one in a.actors for other in b.actors)


def _dismissed(source: Source, rules: ComparisonRules) -> Iterator[Ranked]:
    """One content that one voice claims and others are said to dismiss."""
    claims = [claim for claim in source.claims.values() if claim.content and claim.id != AUTHOR]
    done: set[Span] = set()
    for dismissal in claims:
        cue = next((cue for cue in dismissal.cue if set(cue.of(source.reading.text).lower().split()) & rules.dismissing), None)
        if cue is None or cue in done:
            continue
        for claim in claims:
            shared = claim.content[0].overlaps(dismissal.content[0])
            if not shared or claim.speaker == dismissal.speaker or cue in claim.cue:
                continue
            if any(claim.content[0].covers(event.trigger) and event.modality not in {"asserted", "possible"}
                   for event in source.events.values()):
                # A demand that is turned down is no claim.
                continue
            done.add(cue)
            starts = [each.source.start for each in claims if cue in each.cue and each.source is not None]
            span = Span(min([*starts, cue.start]), max(cue.end, max((s.end for s in dismissal.cue), default=cue.end)))
            who = sorted({each.speaker for each in claims if cue in each.cue and each.speaker})
            why = f"what {claim.speaker or 'a source'} claims is dismissed by {', '.join(who) or 'others'}"
            said = source.cite(_told(source, claim), source.voice(claim.id, rules))
            denied = source.cite(span, source.voice(dismissal.id, rules))
            yield Ranked((0, 1), Pair("disagree", "Is it true?", said, denied, why))
            break


def _told(source: Source, claim: Claim) -> Span:
    """The claim with its cue, where the cue stands right before it."""
    content = claim.content[0]
    near = [cue for cue in claim.cue if 0 <= content.start - cue.end <= 1]
    return Span(near[0].start, content.end) if near else content


def _though(source: Source, rules: ComparisonRules, sides: Sides) -> Iterator[Ranked]:
    """One sentence in which one voice has a party on one side and another voice, "even so", for the other."""
    text = source.reading.text
    bodies = [event for event in source.events.values() if event.region == "body"]
    for backing in bodies:
        names = {actor.name for actor in backing.actors if actor.name}
        if backing.type not in rules.standing or not names:
            continue
        around = sentence_around(text, backing.trigger)
        words = f" {' '.join(around.of(text).lower().split())} "
        if not any(f" {word} " in words for word in rules.concessions):
            continue
        voice = source.voice(backing.according_to, rules)
        for event in bodies:
            other = source.voice(event.according_to, rules)
            same = {actor.name for actor in event.actors if actor.name} & names
            if not around.covers(event.trigger) or not same or other.speaker == voice.speaker or event.type in rules.standing:
                continue
            claim = source.claims.get(event.according_to or AUTHOR)
            if claim is None or any(content.covers(backing.trigger) for content in claim.content):
                continue
            start = max((at for at in (text.rfind(mark, around.start, backing.trigger.start) for mark in ".,;:") if at >= 0),
                        default=around.start - 1) + 1
            told = Span(start, min(backing.trigger.end, claim.content[0].start)).trimmed(text)
            question = f"On whose side is {', '.join(sorted(same))}?"
            why = f"{voice.label} has it on one side, {other.label} acting for the other"
            yield Ranked((0, 2), Pair(
                "disagree", question, source.cite(told, voice), source.cite(source.statement(event), other), why))
            break


# ----------------------------------------------------------------------------------------------------------- since when


def _lengths(source: Source, rules: ComparisonRules, sides: Sides) -> Iterator[Ranked]:
    """How long an offensive has lasted by one voice, beside when it began by another."""
    until = source.published
    if until[0] is None or until[1] is None:
        return
    last = date.fromisoformat(until[0]), date.fromisoformat(until[1])
    events = [
        event for event in source.events.values()
        if event.region == "body" and rules.came_out(event.action, "unknown")[0] in rules.offensives
    ]
    for long in events:
        length = lasted(source, long, last, rules)
        if length is None:
            continue
        for start in events:
            day = began(source, start, rules)
            voices = source.voice(long.according_to, rules), source.voice(start.according_to, rules)
            if day is None or voices[0].speaker == voices[1].speaker:
                continue
            where = [sentence_around(source.reading.text, event.trigger) for event in (long, start)]
            if not _share(_parties_in(source, where[0], rules), _parties_in(source, where[1], rules), sides):
                continue
            fits = length.earliest <= day[1] and day[0] <= length.latest
            why = f"“{length.words}” up to the report, and a beginning {day[2]}"
            yield Ranked((2 if fits else 0, 1), Pair(
                "agree" if fits else "disagree", f"Since when has the {start.action} been going on?",
                source.cite(where[0], voices[0]), source.cite(where[1], voices[1]), why))
            return


# ------------------------------------------------------------------------------------------------- put and quoted words


def _paraphrases(source: Source, rules: ComparisonRules, sides: Sides) -> Iterator[Ranked]:
    """A speaker's words as the author puts them, beside the quotation itself: once for each act."""
    acts: dict[tuple[str, str], dict[str, list[Event]]] = {}
    for event in source.events.values():
        claim = source.claims.get(event.according_to or AUTHOR)
        if claim is None or claim.speaker is None or event.region != "body" or event.type in rules.standing:
            continue
        form = "quoted" if claim.kind in _QUOTED else "put"
        acts.setdefault((claim.speaker, event.action), {}).setdefault(form, []).append(event)
    for (speaker, _), forms in sorted(acts.items()):
        pairs = [
            (put, quoted) for put in forms.get("put", ()) for quoted in forms.get("quoted", ())
            if _same_act(put, quoted, rules, sides)
        ]
        if pairs:
            put, quoted = max(pairs, key=lambda pair: (len(_names(pair[0])), len(_names(pair[1])), -pair[0].trigger.start))
            cited = [source.cite(source.statement(each), source.voice(each.according_to, rules)) for each in (put, quoted)]
            question = f"What does {speaker} say of it?"
            yield Ranked((2, 2), Pair("agree", question, cited[0], cited[1], "the author's wording, and the words quoted"))


def _same_act(a: Event, b: Event, rules: ComparisonRules, sides: Sides) -> bool:
    """One act: held together by coreference, or told of one party and at no two places."""
    if a.cluster and a.cluster == b.cluster and a.action not in rules.loose:
        return True
    one, other = ground(a.place), ground(b.place)
    if one is not None and other is not None and gap_km(one, other) > _TOUCH_KM:
        return False
    if one is not None and other is not None and a.action not in rules.loose and not (_names(a) and _names(b)):
        return True
    return _share(_names(a), _names(b), sides)


def _names(event: Event) -> set[str]:
    return {actor.name for actor in (*event.actors, *event.recipients) if actor.name}
