"""The book of pledges: who bound himself to what, or asked it of whom; one entry a pledge, with every voice that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from ..knowledge.pledge_book import PledgeBook
from ..records import Citation, Feature, Merge
from ..records.cluster import Pair, group, pair
from .likeness import Days, Parties, bucket, gap, near_buckets, proper, score
from .pledge_tellings import Telling, reasons
from .voices import Copies, Voice, voices

Standing = Literal["unresolved", "said", "contested"]


class Worded(msgspec.Struct, frozen=True):
    """Words that some tellings give, and the keys of the tellings (copies left out)."""

    text: str
    by: tuple[str, ...]


class StatusSaid(msgspec.Struct, frozen=True):
    """What a later claim says became of the pledge: `status` in our word, `words` in the text's, who, when and where.

    `key` is that of a statement or an event. `features` say why the claim is taken to speak of this pledge (none for a
    statement that tells of the pledge itself), `denied` that it is said not to be so. `copies` are documents with the same text.
    """

    key: str
    status: str
    words: str
    voice: str
    citation: Citation
    sentence: str
    publisher: str | None
    published: Days
    when: Days
    score: float
    features: tuple[Feature, ...] = ()
    copies: tuple[str, ...] = ()


class PledgeEntry(msgspec.Struct, frozen=True):
    """One pledge. `id` is the smallest key of its statements; any of their keys leads to it.

    `kinds`, `terms` and so on are in the words of the tellings, each with whose. `standing`: "unresolved" where nobody says what
    became of it, "contested" where voices differ; `status` the latest that is said. It is never this program's own word.
    """

    id: str
    kinds: tuple[Worded, ...]
    by: tuple[Worded, ...]
    to: tuple[Worded, ...]
    terms: tuple[Worded, ...]
    conditions: tuple[Worded, ...]
    deadlines: tuple[Worded, ...]
    durations: tuple[Worded, ...]
    places: tuple[Worded, ...]
    day: Days
    voices: tuple[Voice, ...]
    tellings: tuple[Telling, ...]
    standing: Standing = "unresolved"
    status: str | None = None
    said: tuple[StatusSaid, ...] = ()
    merges: tuple[Merge, ...] = ()


def entries(told: Iterable[Telling], book: PledgeBook, parties: Parties, copies: Copies) -> tuple[PledgeEntry, ...]:
    """Tellings brought together to pledges, in the order of their days and ids. The order of `told` does not matter."""
    known = {telling.key: telling for telling in sorted(told, key=lambda each: each.key)}
    why: dict[Pair, tuple[Feature, ...]] = {}
    scores: dict[Pair, float] = {}
    for a, b in _candidates(tuple(known.values()), book, parties):
        at = pair(a.key, b.key)
        why[at] = reasons(a, b, book, parties, copies)
        scores[at] = score(why[at], book.join.bias)
    made = [
        _entry([known[key] for key in keys], scores, why, parties, copies)
        for keys in group(known, scores, book.join.threshold)
    ]
    return tuple(sorted(made, key=lambda entry: (entry.day[0] or entry.day[1] or "9999", entry.id)))


def _candidates(told: Sequence[Telling], book: PledgeBook, parties: Parties) -> Iterator[tuple[Telling, Telling]]:
    """Pairs within the window that share a story, a named party, a place or, where one names no party, a country. Each once."""
    held: dict[tuple[str, str, int | None], list[int]] = {}
    found: set[tuple[int, int]] = set()
    window = book.join.window_days
    for at, one in enumerate(told):
        for sign, name in _signs(one, book, parties):
            held.setdefault((sign, name, bucket(one.days, window)), []).append(at)
    for at, one in enumerate(told):
        signs = _signs(one, book, parties)
        nameless = any(sign == "nameless" for sign, _ in signs)
        # Who names nobody meets everybody of the country; who names somebody, those who name nobody.
        asked = [("nameless", name) if sign == "country" and not nameless else (sign, name) for sign, name in signs]
        for sign, name in asked:
            for stretch in near_buckets(one.days, window):
                found.update((min(at, other), max(at, other)) for other in held.get((sign, name, stretch), ()) if other != at)
    for first, second in sorted(found):
        a, b = told[first], told[second]
        apart = gap(a.days, b.days)
        if (apart is None or apart <= window) and book.related(a.pledge.kind, b.pledge.kind) != "other kind":
            yield a, b


def _signs(one: Telling, book: PledgeBook, parties: Parties) -> list[tuple[str, str]]:
    named = [("party", parties.named(name)) for name in one.parties if proper(name)]
    found = [*named, *(("place", name.casefold()) for name, _ in one.places)]
    found += [("story", one.stated.story)] if one.stated.story else []
    if one.country:
        found.append(("country", f"{one.country} {book.families[one.pledge.kind]}"))
        found += [] if named else [("nameless", f"{one.country} {book.families[one.pledge.kind]}")]
    return sorted(set(found))


def _entry(
    told: list[Telling], scores: Mapping[Pair, float], why: Mapping[Pair, tuple[Feature, ...]], parties: Parties, copies: Copies
) -> PledgeEntry:
    by_key = {telling.key: telling for telling in told}
    spoken = voices(
        [(telling.key, telling.stated.citation, telling.stated.published) for telling in told], copies, parties,
        {telling.key: telling.stated.publisher or "unknown publisher" for telling in told},
    )
    order = [key for voice in spoken for key in voice.statements]
    own = [by_key[key] for key in order]
    return PledgeEntry(
        id=min(by_key),
        kinds=_worded(((telling.pledge.kind, *telling.pledge.also_called), telling.key) for telling in own),
        by=_worded((telling.by, telling.key) for telling in own),
        to=_worded((telling.to, telling.key) for telling in own),
        terms=_worded((telling.pledge.terms, telling.key) for telling in own),
        conditions=_worded((telling.pledge.conditions, telling.key) for telling in own),
        deadlines=_worded((((telling.pledge.deadline,) if telling.pledge.deadline else ()), telling.key) for telling in own),
        durations=_worded((((telling.pledge.duration,) if telling.pledge.duration else ()), telling.key) for telling in own),
        places=_worded((tuple(name for name, _ in telling.places), telling.key) for telling in own),
        day=day_of(own), voices=spoken, tellings=tuple(sorted(told, key=lambda each: (order_of(each), each.key))),
        merges=_merges(sorted(by_key), scores, why),
    )


def order_of(telling: Telling) -> str:
    """What tellings are sorted by: the first day on which they may have been published."""
    return telling.stated.published[0] or telling.stated.published[1] or "9999"


def day_of(told: Sequence[Telling]) -> Days:
    """The day of the act: the earliest that a telling gives, else the first day of publication."""
    stated = sorted((telling.when for telling in told if any(telling.when)), key=_first)
    if stated:
        return stated[0]
    published = sorted((telling.stated.published for telling in told if any(telling.stated.published)), key=_first)
    return (None, published[0][1]) if published else (None, None)


def _first(days: Days) -> tuple[str, str]:
    return days[0] or days[1] or "", days[1] or ""


def _worded(told: Iterable[tuple[Sequence[str], str]]) -> tuple[Worded, ...]:
    """Each wording once, in the order told, with the tellings that have it."""
    texts: dict[str, str] = {}
    keys: dict[str, list[str]] = {}
    for some, key in told:
        for text in some:
            folded = " ".join(text.casefold().split())
            texts.setdefault(folded, text)
            if key not in keys.setdefault(folded, []):
                keys[folded].append(key)
    return tuple(Worded(text, tuple(keys[folded])) for folded, text in texts.items())


def _merges(keys: Sequence[str], scores: Mapping[Pair, float], why: Mapping[Pair, tuple[Feature, ...]]) -> tuple[Merge, ...]:
    """For each telling but the first the pair that ties it best to those before it, the surest first."""
    joined, found = {keys[0]}, []
    while len(joined) < len(keys):
        ties = [
            (-scores.get(pair(a, b), 0.0), *pair(a, b), b) for a in sorted(joined) for b in keys if b not in joined
        ]
        _, a, b, new = min(ties)
        joined.add(new)
        found.append(Merge(a, b, round(scores.get((a, b), 0.0), 6), why.get((a, b), ())))
    return tuple(found)
