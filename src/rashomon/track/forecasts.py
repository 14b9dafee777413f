"""The book of forecasts: who foretold what, and what later documents tell that bears on it. A person says how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from ..knowledge.forecast_book import ForecastBook
from ..records import Feature, Interval, Merge
from ..records.cluster import Pair, group, pair
from .forecast_tellings import Outlook, reasons
from .later import Later
from .likeness import Parties, bucket, gap, near_buckets, score
from .voices import Copies, Voice, voices

Stance = Literal["for", "against", "after its horizon"]


class Bearing(msgspec.Struct, frozen=True):
    """A later claim set beside a forecast: a proposal, with the reasons (`features`). `copies`: documents of the same text."""

    stance: Stance
    claim: Later
    score: float
    features: tuple[Feature, ...]
    copies: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """How a forecast came out, as a person says. `holds` is false for what the same person changed since."""

    outcome: str
    person: str
    note: str | None
    decided: str
    holds: bool


class ForecastEntry(msgspec.Struct, frozen=True):
    """One forecast. `id` is the smallest key of its statements; any of their keys leads to it.

    `horizon`, `condition`, `certainty_words` and `certainty` (an interval of probability after a published scale) are those of
    the first statement that has them. `outcome`: "unresolved" until a person says otherwise, "persons differ" where they do.
    """

    id: str
    forecaster: str
    statement: str
    horizon: Interval | None
    condition: str | None
    certainty_words: str | None
    certainty: tuple[float, float] | None
    topic: str | None
    voices: tuple[Voice, ...]
    outlooks: tuple[Outlook, ...]
    bearings: tuple[Bearing, ...] = ()
    outcome: str = "unresolved"
    outcomes: tuple[Outcome, ...] = ()
    merges: tuple[Merge, ...] = ()


def entries(told: Iterable[Outlook], book: ForecastBook, parties: Parties, copies: Copies) -> tuple[ForecastEntry, ...]:
    """Statements brought together to forecasts, in the order of publication and ids. The order of `told` does not matter."""
    known = {each.key: each for each in sorted(told, key=lambda one: one.key)}
    why: dict[Pair, tuple[Feature, ...]] = {}
    scores: dict[Pair, float] = {}
    for a, b in _candidates(tuple(known.values()), book, parties):
        at = pair(a.key, b.key)
        why[at] = reasons(a, b, book, parties, copies)
        scores[at] = score(why[at], book.join.bias)
    groups = group(known, scores, book.join.threshold)
    made = [_entry([known[key] for key in keys], scores, why, parties, copies) for keys in groups]
    return tuple(sorted(made, key=lambda entry: (_day(entry.outlooks[0]), entry.id)))


def _candidates(told: Sequence[Outlook], book: ForecastBook, parties: Parties) -> Iterator[tuple[Outlook, Outlook]]:
    """Pairs of one forecaster, and of one statement word for word, within the window; each once."""
    held: dict[tuple[str, str, int | None], list[int]] = {}
    found: set[tuple[int, int]] = set()
    window = book.join.window_days
    signs = [(("who", parties.named(one.forecaster)), ("words", one.words)) for one in told]
    for at, one in enumerate(told):
        for sign, name in signs[at]:
            held.setdefault((sign, name, bucket(one.stated.published, window)), []).append(at)
    for at, one in enumerate(told):
        for sign, name in signs[at]:
            for stretch in near_buckets(one.stated.published, window):
                found.update((min(at, other), max(at, other)) for other in held.get((sign, name, stretch), ()) if other != at)
    for first, second in sorted(found):
        apart = gap(told[first].stated.published, told[second].stated.published)
        if apart is None or apart <= window:
            yield told[first], told[second]


def _entry(
    told: list[Outlook], scores: Mapping[Pair, float], why: Mapping[Pair, tuple[Feature, ...]], parties: Parties, copies: Copies
) -> ForecastEntry:
    by_key = {each.key: each for each in told}
    spoken = voices(
        [(each.key, each.stated.citation, each.stated.published) for each in told], copies, parties,
        {each.key: each.stated.publisher or "unknown publisher" for each in told},
    )
    own = [by_key[key] for voice in spoken for key in voice.statements]
    first = own[0]
    ties = [(-scores[at], at) for at in scores if at[0] in by_key and at[1] in by_key]
    merges, joined = [], {min(by_key)}
    while len(joined) < len(by_key):
        value, at = min(each for each in ties if (each[1][0] in joined) != (each[1][1] in joined))
        joined |= set(at)
        merges.append(Merge(*at, round(-value, 6), why[at]))
    return ForecastEntry(
        id=min(by_key), forecaster=first.forecaster, statement=first.forecast.statement,
        horizon=next((each.forecast.horizon for each in own if each.forecast.horizon), None),
        condition=next((each.forecast.condition for each in own if each.forecast.condition), None),
        certainty_words=first.forecast.certainty_words, certainty=first.forecast.certainty,
        topic=next((each.topic for each in own if each.topic), None), voices=spoken,
        outlooks=tuple(sorted(told, key=lambda each: (_day(each), each.key))), merges=tuple(merges),
    )


def _day(one: Outlook) -> str:
    return one.stated.published[0] or one.stated.published[1] or "9999"
