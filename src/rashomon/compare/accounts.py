"""Accounts: the events of one incident sorted by whose version they are.

Within a document, one voice is one account. Across documents two are one only where the text itself was copied, or where
the same named speaker makes the same statement. Unnamed sources are nobody in particular: only copying joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Account, Event, EventGroup, Span, covered_share, digest, sentence_around
from .beside import Statement
from .relations import relate
from .told import Told, told
from .voices import Source, Voice

# Shares of a sentence that make it copied: any sentence, and one in a document of which half is a copy.
COPIED, COPIED_IN_A_COPY, COPY = 0.6, 0.3, 0.5
_CONFLICT = frozenset({"disagree", "denied"})
_FIGURES = frozenset({"killed", "injured", "strength"})
Shared = Mapping[tuple[str, str], tuple[Span, ...]]


class Version(msgspec.Struct, frozen=True):
    """An account with what comparing needs of it. `voice` is the voice of its first event by publication."""

    account: Account
    voice: Voice
    told: tuple[Told, ...]
    published: tuple[str | None, str | None]

    @property
    def label(self) -> str:
        """How a sentence would name the account: the speaker, through its outlet."""
        outlet = self.account.chain[0] if self.account.chain else None
        if self.voice.speaker is None or outlet in (None, self.voice.speaker):
            return self.voice.label
        return f"{self.voice.speaker} (in {outlet})"


class _Unit(msgspec.Struct, frozen=True):
    """One voice in one document."""

    document: str
    voice: Voice
    events: tuple[str, ...]
    sentences: tuple[Span, ...]
    told: tuple[Told, ...]


def versions(
    group: EventGroup,
    sources: Mapping[str, Source],
    shared: Shared,
    rules: ComparisonRules,
    sides: Sides,
    beside: Sequence[Statement] = (),
) -> list[Version]:
    """The accounts of an incident, the earliest published first; every event is in exactly one.

    What a voice says `beside` the attack (blame, a denial) goes into its account; a voice that says nothing else has an
    account without events.
    """
    units = _units(group, sources, rules, beside)
    joined = [[unit] for unit in units]
    for first, second in _one_voice_first(units, rules):
        a, b = (next(each for each in joined if units[at] in each) for at in (first, second))
        # A text that leaves out who said what holds the words of several voices: it makes no one voice of those.
        if a is b or {unit.document for unit in a} & {unit.document for unit in b}:
            continue
        if _one_origin(units[first], units[second], shared, sources, rules, sides):
            joined.remove(b)
            a.extend(b)
    found = [_version(members, sources) for members in joined]
    return sorted(found, key=lambda each: (each.published[0] or "9999", each.account.events, each.account.id))


def _one_voice_first(units: Sequence[_Unit], rules: ComparisonRules) -> list[tuple[int, int]]:
    """Pairs of units of two documents: first those of one name, or of two outlets in their own voices."""

    def called(unit: _Unit) -> str | None:
        return None if unit.voice.speaker is None else rules.own_name(unit.voice.speaker)

    pairs = [
        (first, second) for first, a in enumerate(units) for second in range(first + 1, len(units))
        if a.document != units[second].document
    ]
    return sorted(pairs, key=lambda pair: (called(units[pair[0]]) != called(units[pair[1]]), pair))


def _units(
    group: EventGroup, sources: Mapping[str, Source], rules: ComparisonRules, beside: Sequence[Statement]
) -> list[_Unit]:
    wanted = set(group.events)
    rows: dict[tuple[str, str], list[str]] = {}
    for key in sorted(sources):
        source = sources[key]
        for event_key, event in source.events.items():
            if event_key in wanted:
                voice = source.voice(source.speaking(event), rules)
                rows.setdefault((key, voice.speaker or ""), []).append(event_key)
    said: dict[tuple[str, str], list[Statement]] = {}
    for statement in beside:
        said.setdefault((statement.document, statement.voice.speaker or ""), []).append(statement)
    units = []
    for place in sorted({*rows, *said}):
        source, keys, statements = sources[place[0]], rows.get(place, []), said.get(place, [])
        events = sorted((source.events[event] for event in keys), key=_fullest_first)
        # Of two equal values the first is kept: that a value was given up or put right must not be lost.
        marked = [each.told for each in statements if each.told.former or each.told.corrects]
        values = marked + [value for event in events for value in told(source, event, rules)]
        values += [each.told for each in statements if each.told not in marked]
        text = source.reading.text
        sentences = {sentence_around(text, event.trigger) for event in events}
        sentences |= {statement.told.shown.citation.sentence for statement in statements}
        voice = source.voice(source.speaking(events[0]), rules) if events else statements[0].voice
        units.append(_Unit(place[0], voice, tuple(sorted(keys)), tuple(sorted(sentences)), tuple(values)))
    return units


def _fullest_first(event: Event) -> tuple[int, Span, str]:
    """The mention that says most is the one to quote: a headline says less than the sentence it stands for."""
    said = bool(event.place) + bool(event.time) + bool(event.actors) + bool(event.recipients) + len(event.quantities)
    return -said, event.trigger, event.id


def _copied(a: _Unit, b: _Unit, shared: Shared, sources: Mapping[str, Source]) -> bool:
    """True when a sentence of each stands in the other's document word for word, much of it where the whole was copied."""
    there, back = shared.get((a.document, b.document), ()), shared.get((b.document, a.document), ())
    whole = max(_share_of_body(sources[a.document], there), _share_of_body(sources[b.document], back))
    least = COPIED_IN_A_COPY if whole >= COPY else COPIED
    return any(covered_share(there, span) >= least for span in a.sentences) and any(
        covered_share(back, span) >= least for span in b.sentences
    )


def _share_of_body(source: Source, spans: tuple[Span, ...]) -> float:
    length = sum(block.width for block in source.reading.body)
    return sum(covered_share(spans, block) * block.width for block in source.reading.body) / length if length else 0.0


def _one_origin(
    a: _Unit, b: _Unit, shared: Shared, sources: Mapping[str, Source], rules: ComparisonRules, sides: Sides
) -> bool:
    """Copied text, or one named speaker who says in both what agrees in something; never where the two conflict.

    A copy in which somebody changed the toll or the speaker is an account of its own.
    """
    named = a.voice.identified and b.voice.identified and a.voice.speaker is not None and b.voice.speaker is not None
    if named and rules.own_name(a.voice.speaker or "") != rules.own_name(b.voice.speaker or ""):
        return False
    if (a.voice.speaker is None) != (b.voice.speaker is None):
        # What an outlet says in its own voice is not put into the mouth of whom the copied text quotes, nor the other way round.
        return False
    copied = _copied(a, b, shared, sources)
    if not copied and not named:
        return False
    relations = {
        (one.field, found.relation)
        for one in a.told
        for other in b.told
        if one.field == other.field and (found := relate(one, other, rules, sides)) is not None
    }
    # What both say stands against the rest of either as it does against the rest of the other ("the convoy, not the convoy").
    both = {(one.field, one.shown.value) for one in a.told} & {(other.field, other.shown.value) for other in b.told}
    alone = [[each for each in unit.told if (each.field, each.shown.value) not in both] for unit in (a, b)]
    apart = (
        relate(one, other, rules, sides) for one in alone[0] for other in alone[1] if one.field == other.field
    )
    if any(found is not None and found.relation in _CONFLICT for found in apart):
        return False
    figures = {relation for field, relation in relations if field in _FIGURES}
    if figures and "agree" not in figures:
        # A copy that has another toll says something of its own, though both may be true ("at least 27", "at least 31").
        return False
    return copied or any(relation == "agree" and field != "action" for field, relation in relations)


def _version(members: Sequence[_Unit], sources: Mapping[str, Source]) -> Version:
    def when(unit: _Unit) -> tuple[str, str]:
        return sources[unit.document].published[0] or "9999", unit.document

    ordered = sorted(members, key=when)
    first = ordered[0]
    events = tuple(sorted(event for unit in ordered for event in unit.events))
    values = _distinct(value for unit in ordered for value in unit.told)
    account = Account(
        id=digest("account", events[0]) if events else digest("account", "beside", *_stands(values[0])),
        voice=first.voice.speaker,
        chain=first.voice.chain,
        documents=tuple(dict.fromkeys(unit.document for unit in ordered)),
        events=events,
        fields=tuple(value.shown for value in values),
    )
    return Version(account, first.voice, values, sources[first.document].published)


def _stands(value: Told) -> tuple[str, str]:
    citation = value.shown.citation
    return citation.document, f"{citation.span.start}:{citation.span.end} {value.voice.speaker or ''}"


def _distinct(values: Iterable[Told]) -> tuple[Told, ...]:
    """Each value of a field once, where it is said first; an empty wording yields to a later one."""
    kept: dict[tuple[str, str, frozenset[str]], Told] = {}
    for value in values:
        about = value.names if value.field == "outcome" else frozenset()
        kept.setdefault((value.field, value.shown.value, about), value)
    return tuple(kept.values())
