"""What later documents tell that bears on a forecast: proposed with both sentences and every reason, no outcome."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from ..knowledge.comparison import ComparisonRules
from ..knowledge.forecast_book import ForecastBook, Side, Topic
from ..knowledge.rarity import Rarity
from ..records import Feature
from ..records.cluster import components
from .forecast_tellings import Outlook
from .forecasts import Bearing, ForecastEntry, Stance
from .later import Later
from .likeness import (
    Parties,
    Reason,
    alike,
    best_where,
    bucket,
    far,
    features,
    gap,
    near_buckets,
    ordinal,
    proper,
    score,
    stems,
    without,
)
from .voices import Copies

_Ground = Literal["same action", "topic"]


def with_bearings(
    entries: Iterable[ForecastEntry], claims: Iterable[Later], book: ForecastBook, rules: ComparisonRules, rarity: Rarity,
    parties: Parties, copies: Copies,
) -> tuple[ForecastEntry, ...]:
    """The entries with the later claims that bear on them, the surest first. The order of `claims` does not matter.

    A claim bears on a forecast only where it was published after it and tells of what came after it.
    """
    index = _Index(sorted(claims, key=lambda each: each.key), parties, book.bear.window_days)
    topics = {topic.name: topic for topic in book.topics}

    @lru_cache(maxsize=16_384)
    def said(sentence: str) -> Mapping[str, float]:
        return stems(sentence, rarity)

    found = []
    for entry in entries:
        # A forecast's own names say nothing beside its parties and places.
        named = {
            one.key: {stem for name in (*one.parties, *(place for place, _ in one.places)) for stem in stems(name, rarity)}
            for one in entry.outlooks
        }
        own = {outlook.stated.citation.document for outlook in entry.outlooks}
        acts = {key for outlook in entry.outlooks for key in outlook.events}
        bearing = [
            each for claim in index.near(entry, _kinds(entry, topics, book, rules))
            if claim.citation.document not in own and claim.key not in acts
            and (each := _bearing(entry, claim, topics, book, rules, named, said, parties)) is not None
        ]
        kept = sorted(_collapsed(bearing, copies), key=lambda each: (-each.score, each.claim.key))[: book.most]
        found.append(msgspec.structs.replace(entry, bearings=tuple(kept)))
    return tuple(found)


class _Index:
    """Later claims by what they may share with a forecast: a story, a party, a place, a country, and roughly the days."""

    def __init__(self, claims: Sequence[Later], parties: Parties, window: int) -> None:
        self._parties, self._claims, self._window = parties, claims, window
        self._held: dict[tuple[str, str, int | None], list[int]] = {}
        for at, claim in enumerate(claims):
            named = (*claim.actors, *claim.recipients)
            day = bucket(claim.when, window)
            for sign, name in self._signs(claim.story, named, [claim.place] if claim.place else [], claim.country):
                self._held.setdefault((f"{sign} {_kind(claim)}", name, day), []).append(at)

    def near(self, entry: ForecastEntry, kinds: Collection[str]) -> list[Later]:
        """Claims of these kinds that share something with a statement of the forecast."""
        found: set[int] = set()
        for one in entry.outlooks:
            start, end = one.stated.published
            last = max(filter(None, (start, end, entry.horizon.end if entry.horizon else None)), default=None)
            days = near_buckets((start or end, last), self._window)
            for sign, name in self._signs(one.stated.story, one.parties, [name for name, _ in one.places], one.country):
                for kind in kinds:
                    for day in days:
                        found.update(self._held.get((f"{sign} {kind}", name, day), ()))
        return [self._claims[at] for at in sorted(found)]

    def _signs(
        self, story: str | None, named: Iterable[str], places: Iterable[str], country: str | None
    ) -> Iterator[tuple[str, str]]:
        yield from {("party", self._parties.named(name)) for name in named if proper(name)}
        yield from {("place", name.casefold()) for name in places}
        if story:
            yield "story", story
        if country:
            yield "country", country


def _kind(claim: Later) -> str:
    """What a claim is looked up by: an event's action, or its sort with what it says."""
    return claim.action if claim.sort == "event" else "toll" if claim.sort == "toll" else f"{claim.sort} {claim.action}"


def _kinds(entry: ForecastEntry, topics: Mapping[str, Topic], book: ForecastBook, rules: ComparisonRules) -> list[str]:
    """Every kind of claim that may speak for or against the forecast."""
    found: set[str] = set()
    for one in entry.outlooks:
        topic = topics.get(one.topic or "")
        if topic is not None:
            found |= topic.pro | topic.contra | {f"control {kind}" for kind in topic.control}
            found |= {f"pledge {status}" for status in topic.status} | ({"toll"} if topic.tolls else set())
        for action in one.actions:
            family = rules.families.get(action, action)
            found |= {action, family, *book.inverse.get(action, ())}
            found |= {other for other, wider in rules.families.items() if wider == family}
    return sorted(found)


def _bearing(
    entry: ForecastEntry, claim: Later, topics: Mapping[str, Topic], book: ForecastBook, rules: ComparisonRules,
    named: Mapping[str, Collection[str]], said: Callable[[str], Mapping[str, float]], parties: Parties,
) -> Bearing | None:
    """`named`: the stems of each statement's names, `said`: of a sentence."""
    if claim.modality != "asserted":
        return None
    best: tuple[float, str, Stance, tuple[Feature, ...]] | None = None
    for one in entry.outlooks:
        sense = _sense(one, claim, topics.get(one.topic or ""), book, rules)
        after = _after(one, claim, book.vague_days)
        if sense is None or after is None:
            continue
        side, ground, why = sense
        stance: Stance = "for" if (side == "pro") != one.negative else "against"
        found: list[Reason | None] = [(ground, 1.0, why)]
        horizon = entry.horizon
        late = horizon is not None and (ordinal(claim.when[0]) or 0) > (ordinal(horizon.end) or 0)
        if late and (stance == "against" or one.negative):
            continue  # what came after the days foretold says nothing against it, and nothing for what was denied for those days
        if late:
            stance = "after its horizon"
        elif horizon is not None:
            found.append(("within its horizon", 1.0, f"by {horizon.end}"))
        elif after > book.bear.window_days:
            continue
        if (horizon is None or late) and after:
            found.append(("days after", far(after), f"{after} day{'s' * (after > 1)} after it"))
        found += _who_and_where(one, claim, parties)
        known = named[one.key]
        value, shared = alike(without(one.stems, known), without(said(claim.sentence), known))
        if value:
            found.append(("terms alike", value, f"the words are alike by {value:.2f} ({', '.join(shared[:5])})"))
        weighed = features(found, book.bear.weights)
        at = score(weighed, book.bear.bias)
        if at >= book.bear.threshold and (best is None or (-at, one.key) < (-best[0], best[1])):
            best = at, one.key, stance, weighed
    return None if best is None else Bearing(best[2], claim, round(best[0], 6), best[3])


def _who_and_where(one: Outlook, claim: Later, parties: Parties) -> Iterator[Reason | None]:
    named = (*claim.actors, *claim.recipients)
    yield parties.compare(one.parties, named)
    if any(map(proper, one.parties)) and not any(map(proper, named)) and claim.sort != "toll":
        yield "party not named", 1.0, f"{', '.join(one.parties)} in the forecast alone"
    yield best_where(one.places, [(claim.place, claim.ground)])
    if claim.country and one.country:
        same = claim.country == one.country
        yield "same country" if same else "other country", 1.0, " and ".join(sorted({claim.country, one.country}))
    if claim.story is not None and claim.story == one.stated.story:
        yield "same story", 1.0, "the documents are of one story"


def _sense(
    one: Outlook, claim: Later, topic: Topic | None, book: ForecastBook, rules: ComparisonRules
) -> tuple[Side, _Ground, str] | None:
    """The side on which the claim speaks on what is foretold, were it not denied; None where it says nothing of that."""
    if claim.sort == "toll":
        if topic is None or topic.tolls is None or one.figure is None or claim.low is None or claim.low <= one.figure:
            return None
        return "pro", "topic", f"{topic.name}: {claim.low:g} is more than {one.figure:g}"
    if claim.sort in ("control", "pledge"):
        sides = {} if topic is None else topic.control if claim.sort == "control" else topic.status
        side = sides.get(claim.action)
        if topic is None or side is None:
            return None
        told = "control" if claim.sort == "control" else "a pledge"
        return _turned(side, claim, book), "topic", f"{topic.name}: {claim.action} is told of {told}"
    for action in one.actions:
        if rules.families.get(action, action) == rules.families.get(claim.action, claim.action):
            return _turned("pro", claim, book), "same action", f"{action} foretold, {claim.action} told"
    side = topic.side(claim.action) if topic is not None else None
    if topic is not None and side is not None:
        return _turned(side, claim, book), "topic", f"{topic.name}: {claim.action}"
    for action in one.actions:
        if claim.action in book.inverse.get(action, ()):
            return _turned("contra", claim, book), "same action", f"{claim.action} is against {action}"
    return None


def _turned(side: Side, claim: Later, book: ForecastBook) -> Side:
    """The other side where it is denied or told as having failed."""
    if not (claim.negative or (claim.failed and claim.action not in book.failing)):
        return side
    return "contra" if side == "pro" else "pro"


def _after(one: Outlook, claim: Later, vague: int) -> int | None:
    """Days from the forecast to what is told; None where that lies before it, or the forecast's day is too vague to tell."""
    made = ordinal(one.stated.published[0] or one.stated.published[1])
    published = ordinal(claim.published[1] or claim.published[0])
    told = ordinal(claim.when[1] or claim.when[0])
    last = ordinal(one.stated.published[1] or one.stated.published[0])
    if made is None or last is None or last - made > vague or published is None or told is None or min(published, told) < made:
        return None
    if any(claim.time) and told == made and one.forecast.horizon is None:
        return None  # of one day nobody knows which came first
    return gap(one.stated.published, claim.when)


def _collapsed(some: Sequence[Bearing], copies: Copies) -> list[Bearing]:
    """Each claim once: a sentence's several claims of one stance, and its copies, stand behind the one that was first."""
    by_key = {each.claim.key: each for each in some}
    keys = sorted(by_key)
    pairs = [
        (a, b) for at, a in enumerate(keys) for b in keys[at + 1 :]
        if by_key[a].stance == by_key[b].stance and _once(by_key[a].claim, by_key[b].claim, copies)
    ]
    found = []
    for keys_of_one in components(keys, pairs):
        first, *rest = sorted((by_key[key] for key in keys_of_one), key=_order)
        own = first.claim.citation.document
        others = dict.fromkeys(each.claim.citation.document for each in rest if each.claim.citation.document != own)
        found.append(msgspec.structs.replace(first, copies=tuple(others)))
    return found


def _order(bearing: Bearing) -> tuple[str, float, str]:
    return bearing.claim.published[0] or "9999", -bearing.score, bearing.claim.key


def _once(a: Later, b: Later, copies: Copies) -> bool:
    one, other = a.citation, b.citation
    return copies.same(one, other) or (one.document == other.document and one.sentence == other.sentence)
