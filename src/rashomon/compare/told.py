"""What one event says in each field: in words for people, and as what is compared."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..records import Actor, Event, EventPlace, FieldValue, Ground, Quantity, Span, sentence_around
from ..records.incident import Field
from ..records.vocabulary import Outcome
from .hours import WHOLE_DAY, Hours, hours, in_words
from .things import Thing, thing_hit
from .voices import AUTHOR, Source, Voice
from .whens import when_told
from .wheres import Where, where_told


class Told(msgspec.Struct, frozen=True):
    """A field's value with the parts that comparing needs; only those of its own kind are set.

    `days`: first and last day (ISO 8601), `firm` when the text says so; `hours`: from and to, of the first day. `negative`:
    told as not having happened, or denied. `outcome` is the one that compares: that of the attack, where the event is its
    defence. `inside`, `around`: the places that the text names as holding the place.
    `thing`: what was hit, where it is no party. `by`: who is said to have acted. `former`: given up
    where it is said; `corrects`: put in the place of what was wrong.
    """

    shown: FieldValue
    voice: Voice
    names: frozenset[str] = frozenset()
    quantity: Quantity | None = None
    place: EventPlace | None = None
    ground: Ground | None = None
    inside: frozenset[str] = frozenset()
    around: tuple[Ground, ...] = ()
    days: tuple[str, str] | None = None
    hours: Hours = WHOLE_DAY
    firm: bool = True
    negative: bool = False
    outcome: Outcome | None = None
    thing: Thing | None = None
    by: frozenset[str] = frozenset()
    former: bool = False
    corrects: bool = False

    @property
    def field(self) -> Field:
        """The field that the value fills."""
        return self.shown.field


def told(source: Source, event: Event, rules: ComparisonRules) -> Iterator[Told]:
    """Every field that the event fills, in a fixed order."""
    voice = source.voice(source.speaking(event), rules)

    def value(field: Field, text: str, key: str, span: Span) -> FieldValue:
        return FieldValue(field, text, key, source.cite(span, voice))

    denied = event.polarity == "negative" or voice.stance in {"denies-occurrence", "retracts"}
    words = event.action if not denied else f"no {event.action}"
    stated = source.statement(event)
    at = stated if denied else event.trigger
    by = frozenset(actor.name for actor in event.actors if actor.name)
    if not (denied and paused(source, event, voice)):
        yield Told(value("action", words, words, at), voice, frozenset((event.action,)), negative=denied, by=by)
    yield from _parties(source, event, voice, rules)
    if denied and event.action in rules.deaths:
        yield Told(value("killed", "no such deaths", "no such deaths", stated), voice, negative=True)
    if denied and by - {voice.speaker} and event.type == "ASSAULT" and voice.stance in {"denies-occurrence", "retracts"}:
        denial = f"not {', '.join(sorted(by))}"
        yield Told(value("responsibility", denial, denial, stated), voice, by, negative=True)
    thing = thing_hit(source.reading.text, event, rules)
    if thing is not None and denied and _admits(source, event, rules):
        # "It had carried out a strike, but rejected reports that a market was hit."
        denial = f"not {thing.words}"
        yield Told(value("recipient", denial, denial, thing.span), voice, frozenset((thing.head,)), negative=True)
    if thing is not None and not denied:
        shown = value("recipient", thing.words, thing.words.lower(), thing.span)
        yield Told(shown, voice, frozenset((thing.words.lower(),)), thing=thing)
    # A place or time that only the context gives helps to find the incident; the account did not say it here.
    named = where_told(source.reading, event)
    if named is not None:
        yield place_told(named, value("place", named.place.name, where_key(named), named.span), voice)
    when = when_told(source, event)
    if when is not None:
        days = (when.start, when.end)
        clock = hours(source.reading, when.span, days[0], rules) if days[0] == days[1] else WHOLE_DAY
        text = days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"
        key = "/".join(days) + ("" if clock == WHOLE_DAY else f" {clock[0]}-{clock[1]}")
        yield Told(value("time", text + in_words(clock), key, when.span), voice, days=days, hours=clock, firm=when.firm)
    for quantity in event.quantities:
        field = rules.field_of(quantity.what)
        if field is not None and (quantity.scope == "incident" or _of_the_attack(source, event, quantity, rules)):
            if set(quantity.span.of(source.reading.text).lower().split()) & rules.kin:
                quantity = msgspec.structs.replace(quantity, total_or_subset="subset")
            quantity = msgspec.structs.replace(quantity, scope="incident")
            shown = value(field, quantity_words(quantity, source.reading.text), quantity_key(quantity), quantity.span)
            yield Told(shown, voice, quantity=quantity, former=given_up(source, quantity.span, rules))
    open_end = bool(set(stated.of(source.reading.text).lower().split()) & rules.conditions)
    if event.outcome != "unknown" and not denied and event.action not in rules.no_outcome and not open_end:
        text = rules.outcomes.get(event.outcome, event.outcome)
        whose, outcome = rules.came_out(event.action, event.outcome)
        yield Told(value("outcome", text, event.outcome, stated), voice, frozenset((whose,)), outcome=outcome)


def paused(source: Source, event: Event, voice: Voice) -> bool:
    """True for what is told as not done for a length of time ("no sorties for 17 days"), by a voice that denies nothing."""
    around = sentence_around(source.reading.text, event.trigger)
    lasting = any(each.type == "DURATION" and around.covers(each.span) for each in source.reading.times)
    return lasting and voice.stance not in {"denies-occurrence", "denies-responsibility", "retracts"}


def _admits(source: Source, denied: Event, rules: ComparisonRules) -> bool:
    """True where the document of a denial tells of an attack as having happened, in another voice than an accuser's."""
    for event in source.events.values():
        claim = source.claims.get(event.according_to or AUTHOR)
        accused = claim is not None and (claim.stance == "accuses" or claim.parent is not None)
        told = event.type == denied.type == "ASSAULT" and event.modality == "asserted" and event.polarity == "positive"
        if told and not accused and event.region == "body" and event.action not in rules.consequences:
            voice = source.voice(source.speaking(event), rules)
            if voice.stance not in {"denies-occurrence", "denies-responsibility", "retracts"}:
                return True
    return False


def _of_the_attack(source: Source, event: Event, quantity: Quantity, rules: ComparisonRules) -> bool:
    """True for a figure of one day in a sentence that tells the attack: "the toll of Friday's air strikes rose to 23"."""
    day = event.time.start[:10] if event.time is not None and event.time.start else None
    if quantity.scope != "day" or quantity.since not in (None, day):
        return False
    around = sentence_around(source.reading.text, event.trigger)
    return any(
        other.type == event.type and other.action not in rules.consequences and around.covers(other.trigger)
        and ((event.cluster and other.cluster == event.cluster) or _same_days(event, other))
        for other in source.events.values()
    )


def _same_days(a: Event, b: Event) -> bool:
    if a.time is None or b.time is None or a.time.start is None:
        return False
    return a.time.start[:10] == (b.time.start or "")[:10]


def where_key(where: Where) -> str:
    """The place as one string: its circle, or its name where it is on no map."""
    place = where.ground
    return f"{place.lat:.3f},{place.lon:.3f},{place.radius_km:g}" if place else where.place.name


def place_told(where: Where, shown: FieldValue, voice: Voice) -> Told:
    """A place as a value."""
    return Told(shown, voice, place=where.place, ground=where.ground, inside=where.inside, around=where.around)


def _parties(source: Source, event: Event, voice: Voice, rules: ComparisonRules) -> Iterator[Told]:
    blamed = [actor for actor in event.actors if actor.role in {"accused", "claimed"}]
    plain = [actor for actor in event.actors if actor.role not in {"accused", "claimed"}]
    rows: list[tuple[Field, list[Actor]]] = [
        ("actor", plain), ("responsibility", blamed), ("recipient", list(event.recipients)),
    ]
    for field, actors in rows:
        named = [actor for actor in actors if actor.name and not _a_number(actor.name, rules)]
        if named:
            names = sorted({actor.name for actor in named if actor.name})
            span = next((actor.span for actor in named if actor.span), event.trigger)
            denied = voice.stance == "denies-responsibility" and field != "recipient"
            text = f"not {', '.join(names)}" if denied else ", ".join(names)
            shown = FieldValue("responsibility" if denied else field, text, "; ".join(names), source.cite(span, voice))
            yield Told(shown, voice, frozenset(names), negative=denied)
    if voice.stance == "denies-responsibility" and not blamed and voice.speaker:
        denial = cleared(source, voice.speaker)
        shown = FieldValue("responsibility", denial, denial, source.cite(event.trigger, voice))
        yield Told(shown, voice, frozenset((voice.speaker,)), negative=True)
    if voice.stance == "denies-occurrence" and event.type == "ASSAULT" and voice.speaker and _own_act(voice.speaker, plain):
        denial = cleared(source, voice.speaker)
        shown = FieldValue("responsibility", denial, denial, source.cite(event.trigger, voice))
        yield Told(shown, voice, frozenset((voice.speaker, *(actor.name for actor in plain if actor.name))), negative=True)
    if voice.stance == "claims-responsibility" and voice.speaker and not blamed:
        shown = FieldValue("responsibility", voice.speaker, voice.speaker, source.cite(event.trigger, voice))
        yield Told(shown, voice, frozenset((voice.speaker,)))


def cleared(source: Source, speaker: str) -> str:
    """Whom a denial of blame clears: its speaker, or the side that a person speaks for."""
    person = any(entity.name == speaker and entity.kind == "person" for entity in source.reading.entities)
    return f"not {speaker}’s side" if person else f"not {speaker}"


def _a_number(name: str, rules: ComparisonRules) -> bool:
    """True for a party of which only its number is told: "wounding 38"."""
    return all(not any(sign.isalpha() for sign in word) or word in rules.counted for word in name.lower().split())


def given_up(source: Source, span: Span, rules: ComparisonRules) -> bool:
    """True for a value that its own sentence gives up: "raising an earlier count of five"."""
    return rules.former(source.reading.text, span.start, sentence_around(source.reading.text, span).start)


def _own_act(speaker: str, actors: list[Actor]) -> bool:
    """True where the act denied may be the speaker's own: told of the speaker's side, or of nobody."""
    names = {actor.name for actor in actors if actor.name}
    return not names or speaker in names


def quantity_words(quantity: Quantity, text: str) -> str:
    """The figure as the text words it, with its bound where the words leave that out."""
    return bounded(" ".join(quantity.span.of(text).split()), quantity)


def bounded(words: str, quantity: Quantity) -> str:
    """The words with the figure's bound before them where they are a bare figure ("the toll exceeded 500")."""
    bare = quantity.words[:1].isdigit() and quantity.words[-1:].isdigit()
    bound = {"at-least": "at least ", "at-most": "at most ", "about": "about "}.get(quantity.bound, "")
    return bound + words if bare else words


def quantity_key(quantity: Quantity) -> str:
    """Figure, bound, whom it counts and how far it reaches, as one string."""
    low = "" if quantity.low is None else f"{quantity.low:g}"
    high = "" if quantity.high is None else f"{quantity.high:g}"
    return f"{low}..{high} {quantity.bound} {quantity.status} {quantity.scope} {quantity.total_or_subset}"
