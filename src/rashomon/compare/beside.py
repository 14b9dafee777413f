"""What is said beside an attack and is no event of its own: blame, a claim of responsibility, a denial, a figure disputed.

Such a statement belongs to the attack that its document tells of last before it; where the document tells of none before,
to the first after, and where it tells of none at all, to the one attack of the story that its words point to (`hosts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..records import Claim, Event, EventGroup, FieldValue, Span, sentence_around
from .corrected import corrected
from .hosts import ATTACK, Asked, other_host, own_host
from .said import Said
from .things import thing_hit
from .told import Told, cleared, given_up, paused, quantity_key, quantity_words, where_key
from .voices import AUTHOR, Source, Voice
from .worded import laid_to, of_attack, untrue

_REPLY = 600  # characters after an accusation in which a denial answers it
_RIVAL = 300  # characters between a denial and its speaker's own version
# After the word for an attack, what was hit where it is known already.
_KNOWN = re.compile(r"\s+(?:(?:at|on|into)\s+)?(?:it\b|the\s+\w+)")
_DENYING = frozenset({"denies-occurrence", "denies-responsibility"})
_DENIES = frozenset({"denies-occurrence", "retracts"})


class Statement(msgspec.Struct, frozen=True):
    """One value that a voice gives of an attack told elsewhere in its document or story."""

    document: str
    voice: Voice
    told: Told


def statements(
    sources: Mapping[str, Source], groups: Sequence[EventGroup], rules: ComparisonRules
) -> list[list[Statement]]:
    """For each group of events, what is said beside it, in the order of documents and of their text."""
    home = {event: number for number, group in enumerate(groups) for event in group.events}
    spread = [sum(any(event in source.events for event in group.events) for source in sources.values()) for group in groups]
    found: list[list[Statement]] = [[] for _ in groups]
    for key in sorted(sources):
        source = sources[key]
        accused: list[tuple[int, int, frozenset[str]]] = []
        for said in sorted(_said(source, home, spread, rules), key=_stands):
            asked = Asked(said.span, said.inside, said.voice.speaker, said.negative, said.quantity is not None)
            number = own_host(source, asked, home, spread, rules)
            if number is None:
                number = other_host(source, asked, groups, sources, rules)
            if number is None:
                continue
            names = said.names
            if said.field == "responsibility" and not said.negative:
                accused.append((number, said.span.end, names))
            elif said.field == "responsibility":
                # "It denied the charge" clears whom the charge names.
                answered = [each for each in accused if each[0] == number and 0 <= said.span.start - each[1] <= _REPLY]
                names |= answered[-1][2] if answered else frozenset()
            elif said.field == "action":
                actions = _actions(groups[number], sources)
                actions = actions - rules.consequences or actions
                if said.thin and not actions & said.names:
                    # "No ground was taken" denies no attack of another kind.
                    continue
                names |= actions
            shown = FieldValue(said.field, said.text, _value(said), source.cite(said.span, said.voice))
            former = said.former or (said.quantity is not None and given_up(source, said.quantity.span, rules))
            told = Told(
                shown, said.voice, names, said.quantity, negative=said.negative, thing=said.thing, former=former,
                corrects=said.corrects,
            )
            if said.where is not None:
                told = msgspec.structs.replace(told, place=said.where.place, ground=said.where.ground)
            if said.when is not None:
                told = msgspec.structs.replace(told, days=(said.when.start, said.when.end), firm=said.when.firm)
            found[number].append(Statement(key, said.voice, told))
    return found


def _value(said: Said) -> str:
    if said.quantity is not None:
        return quantity_key(said.quantity)
    if said.where is not None:
        return where_key(said.where)
    return said.text


def _stands(said: Said) -> tuple[Span, str, str]:
    return said.span, said.field, said.text


def _said(
    source: Source, home: Mapping[str, int], spread: Sequence[int], rules: ComparisonRules
) -> Iterator[Said]:
    claims = sorted((claim for claim in source.claims.values() if claim.content and claim.id != AUTHOR), key=_begin)
    accusing: list[Event] = []
    for event in source.events.values():
        if event.type == "ACCUSE" and event.region == "body" and event.modality == "asserted" and event.polarity == "positive":
            blame = _blame(source, event, claims, rules)
            if blame is not None:
                accusing.append(event)
                yield blame
    denying: dict[str, list[Span]] = {}
    for claim in claims:
        if source.voice(claim.id, rules).stance in _DENYING and claim.speaker:
            denying.setdefault(claim.speaker, []).extend(claim.content)
    for key, event in source.events.items():
        told = event.type == ATTACK and event.region == "body" and event.modality == "asserted"
        if told and (key not in home or spread[home[key]] < 2):
            yield from _alone(source, event, denying, rules)
    yield from _loose_figures(source, rules)
    yield from corrected(source, rules)
    yield from untrue(source, rules)
    yield from laid_to(source, rules)
    for claim in claims:
        held = [event for event in source.events.values() if any(content.covers(event.trigger) for content in claim.content)]
        attacks = [event for event in held if event.type == ATTACK]
        yield from _claimed(source, claim, attacks, accusing, home, spread, rules)


def _blame(source: Source, event: Event, claims: Iterable[Claim], rules: ComparisonRules) -> Said | None:
    """An accusation told as an event: the accuser's word on who is responsible."""
    names = frozenset(actor.name for actor in event.recipients if actor.name and actor.name != actor.name.lower())
    accusers = [actor.name for actor in event.actors if actor.name]
    if not accusers or event.direction == "reciprocal" or names & set(accusers):
        return None
    spoken = [claim for claim in claims if claim.stance == "accuses" and any(cue.overlaps(event.trigger) for cue in claim.cue)]
    voice = source.voice(spoken[0].id if spoken else event.according_to, rules)
    if voice.speaker is None:
        voice = Voice((*voice.chain[:1], accusers[0]), accusers[0], rules.identified(accusers[0]), voice.attribution)
    if not names and spoken:
        names = _blamed(source, spoken[0].content, accusers[0], rules)
    if not names:
        return None
    text = ", ".join(sorted(names))
    span = next((actor.span for actor in event.recipients if actor.span is not None and actor.name in names), event.trigger)
    return Said(voice, "responsibility", text, span, (), names, False)


def _claimed(
    source: Source, claim: Claim, attacks: Sequence[Event], accusing: Sequence[Event], home: Mapping[str, int],
    spread: Sequence[int], rules: ComparisonRules,
) -> Iterator[Said]:
    """What a claim's stance says of an attack that no event of its own tells."""
    voice, content = source.voice(claim.id, rules), claim.content
    keys = {event.id: key for key, event in source.events.items()}
    # An event that is in an incident brings its own denial, unless it stands there as the accuser's word.
    linked = [
        event for event in attacks
        if keys[event.id] in home and spread[home[keys[event.id]]] > 1 and source.speaking(event) == claim.id
    ]
    if voice.stance == "accuses" and not any(_says(claim, event) for event in accusing):
        names = _blamed(source, content, claim.speaker, rules)
        if names:
            text = ", ".join(sorted(names))
            yield Said(voice, "responsibility", text, content[0], content, names, False)
    elif voice.stance == "claims-responsibility" and claim.speaker and not linked:
        yield Said(voice, "responsibility", claim.speaker, content[0], content, frozenset((claim.speaker,)), False)
    elif voice.stance == "denies-responsibility" and claim.speaker and not linked:
        if attacks or of_attack(source, content, rules):
            names = frozenset((claim.speaker,))
            yield Said(voice, "responsibility", cleared(source, claim.speaker), content[0], content, names, True)
            if not _distances(source, claim, rules):
                yield Said(voice, "action", "no such attack", content[0], content, frozenset(), True)
    elif voice.stance in _DENIES and not linked:
        if attacks or of_attack(source, content, rules):
            names = frozenset(event.action for event in attacks)
            yield Said(voice, "action", "no such attack", content[0], content, names, True)
            blamed = _blamed(source, content, None, rules) | _as_party(source, claim.speaker, rules)
            if blamed:
                yield Said(voice, "responsibility", f"not {', '.join(sorted(blamed))}", content[0], content, blamed, True)
            if any(event.action in rules.deaths for event in attacks):
                yield Said(voice, "killed", "no such deaths", content[0], content, frozenset(), True)
            yield from _no_thing(source, voice, content, attacks, rules)
    elif voice.stance == "disputes-figure" and not rules.revises(sentence_around(source.reading.text, content[0]).of(
        source.reading.text
    )):
        yield Said(voice, "killed", "not that figure", content[0], content, frozenset(), True)


def _alone(source: Source, event: Event, denying: Mapping[str, Sequence[Span]], rules: ComparisonRules) -> Iterator[Said]:
    """An attack that its document alone tells of: told as not having happened ("no such strike was found"), or the rival
    version of a voice that denies another ("a mortar of theirs had hit it")."""
    voice = source.voice(source.speaking(event), rules)
    actors = frozenset(actor.name for actor in event.actors if actor.name)
    where = source.statement(event)
    if event.polarity == "negative":
        thin = voice.stance not in _DENYING
        if paused(source, event, voice):
            return
        yield Said(voice, "action", "no such attack", where, (where,), frozenset((event.action,)), True, thin=thin)
        if actors and not thin:
            yield Said(voice, "responsibility", f"not {', '.join(sorted(actors))}", where, (where,), actors, True)
        return
    denies = any(_close(event.trigger, span) for span in denying.get(voice.speaker or "", ()))
    if not denies and voice.speaker is not None and _KNOWN.match(source.reading.text, event.trigger.end):
        # "Their militias had shelled it": what was hit is known from before, and only who did it is new.
        actors |= _beside_in_claim(source, event)
    elif not denies:
        return
    if actors or denies:
        if rules.came_out(event.action, "unknown")[0] in rules.offensives:
            return
        proper = frozenset(name for name in actors if name != name.lower())
        if proper:
            yield Said(voice, "responsibility", ", ".join(sorted(proper)), where, (where,), proper, False)
        thing = thing_hit(source.reading.text, event, rules)
        if thing is not None:
            named = frozenset((thing.words.lower(),))
            yield Said(voice, "recipient", thing.words, thing.span, (where,), named, False, thing)


def _beside_in_claim(source: Source, event: Event) -> frozenset[str]:
    """Who acts in the other attacks of the same claim's sentence: "a rocket launched by X fell short and hit the school"."""
    where = source.statement(event)
    return frozenset(
        actor.name for other in source.events.values()
        if other.type == ATTACK and other.according_to == event.according_to and where.covers(other.trigger)
        for actor in other.actors if actor.name
    )


def _close(a: Span, b: Span) -> bool:
    return max(a.start - b.end, b.start - a.end) <= _RIVAL


def _loose_figures(source: Source, rules: ComparisonRules) -> Iterator[Said]:
    """Harm and strength of an attack that no event holds: "he put the number of men taking part at 10,000"."""
    taken = {quantity.span for event in source.events.values() for quantity in event.quantities}
    for quantity in source.reading.quantities:
        field = rules.field_of(quantity.what)
        inside = any(block.covers(quantity.span) for block in source.reading.body)
        if field is None or quantity.scope != "incident" or quantity.span in taken or not inside:
            continue
        voice = source.voice(source.around(quantity.span), rules)
        words = quantity_words(quantity, source.reading.text)
        yield Said(voice, field, words, quantity.span, (), frozenset(), False, None, quantity)


def _distances(source: Source, claim: Claim, rules: ComparisonRules) -> bool:
    """True for a denial that only clears its speaker: "it played no part in the attack" denies no attack."""
    spans = (*claim.cue, *claim.content)
    told = f" {' '.join(word for span in spans for word in span.of(source.reading.text).lower().split())} "
    return any(f" {phrase} " in told for phrase in rules.distancing)


def _as_party(source: Source, speaker: str | None, rules: ComparisonRules) -> frozenset[str]:
    """The speaker, where it is a body that can be blamed: nobody blames a spokesman."""
    kinds = rules.party_kinds - {"person"}
    found = any(entity.name == speaker and entity.kind in kinds for entity in source.reading.entities)
    return frozenset((speaker,)) if found and speaker else frozenset()


def _no_thing(
    source: Source, voice: Voice, content: Sequence[Span], attacks: Sequence[Event], rules: ComparisonRules
) -> Iterator[Said]:
    """What a denial without an attack says was not there: it called the claim of a depot "a lie"."""
    if attacks:
        return
    for span in content:
        for match in re.finditer(r"\w+", span.of(source.reading.text)):
            head = match.group().lower().removesuffix("s")
            if head in rules.targets:
                at = Span(span.start + match.start(), span.start + match.end())
                yield Said(voice, "recipient", f"no {match.group().lower()}", at, tuple(content), frozenset((head,)), True)
                return


def _says(claim: Claim, event: Event) -> bool:
    spans = (*claim.cue, *claim.content)
    return any(span.overlaps(event.trigger) for span in spans)


def _blamed(source: Source, spans: Iterable[Span], but: str | None, rules: ComparisonRules) -> frozenset[str]:
    """The parties that the words name first: those of one list ("the army and its allies") are all blamed."""
    named = sorted(
        (mention, entity.name)
        for entity in source.reading.entities
        if entity.kind in rules.party_kinds and entity.name != but and entity.name != entity.name.lower()
        for mention in entity.mentions
        if any(span.covers(mention) for span in spans)
    )
    return frozenset(name for _, name in named[:1])


def _actions(group: EventGroup, sources: Mapping[str, Source]) -> frozenset[str]:
    keys = set(group.events)
    return frozenset(
        event.action for source in sources.values() for key, event in source.events.items()
        if key in keys and event.type == ATTACK
    )


def _begin(claim: Claim) -> tuple[Span, str]:
    return claim.content[0], claim.id
