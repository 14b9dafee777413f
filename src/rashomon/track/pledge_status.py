"""What became of a pledge, as later claims say it: always with the voice that says so, never in this program's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from ..knowledge.pledge_book import PledgeBook, Says
from ..knowledge.rarity import Rarity
from ..records import Citation, Feature
from ..records.cluster import components
from .later import Later
from .likeness import (
    Days,
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
)
from .pledge_tellings import Telling
from .pledges import PledgeEntry, Standing, StatusSaid
from .voices import Copies

_SLACK_DAYS = 3
# One of these, or words in common, has to tie a claim to a pledge: a story and a country hold many.
_TELLING = frozenset({"named", "deed of the terms", "same parties", "parties in part", "same place"})
_LEAST = 0.15
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")


def with_status(
    entries: Iterable[PledgeEntry], claims: Iterable[Later], book: PledgeBook, rarity: Rarity, parties: Parties, copies: Copies
) -> tuple[PledgeEntry, ...]:
    """The entries with what tellings and later claims say became of them. The order of `claims` does not matter.

    A claim speaks of one pledge: the one that it fits best. Whatever stands in a sentence that itself tells of the pledge is that
    telling's, and said once.
    """
    known = tuple(entries)
    found: dict[str, list[StatusSaid]] = {entry.id: list(_told(entry, book)) for entry in known}
    index = _Index(known, parties, book.follow.window_days)
    own = {
        (telling.stated.citation.document, telling.stated.citation.sentence)
        for entry in known for telling in entry.tellings if _status(telling, book)
    }
    acts = {key for entry in known for telling in entry.tellings for key in telling.events}
    for claim in sorted(claims, key=lambda each: each.key):
        row = book.actions.get(claim.action) if claim.sort == "event" else None
        if row is None or claim.key in acts or (claim.citation.document, claim.citation.sentence) in own:
            continue
        status = _says(row, claim, book)
        if status is None:
            continue
        best: tuple[float, str, tuple[Feature, ...]] | None = None
        for entry in index.near(claim):
            fit = _fit(entry, claim, row, book, rarity, parties)
            if fit is not None and (best is None or (-fit[0], entry.id) < (-best[0], best[1])):
                best = fit[0], entry.id, fit[1]
        if best is not None and best[0] >= book.follow.threshold:
            found[best[1]].append(_said(claim, status, best[0], best[2]))
    return tuple(_settled(entry, _collapsed(found[entry.id], copies), book, parties) for entry in known)


def _told(entry: PledgeEntry, book: PledgeBook) -> Iterator[StatusSaid]:
    """What tellings of the pledge itself say became of it."""
    for telling in entry.tellings:
        status = _status(telling, book)
        if status is not None:
            stated, words = telling.stated, telling.pledge.status or status
            chain = stated.citation.chain
            voice = telling.pledge.status_by
            yield StatusSaid(
                telling.key, status, words,
                voice if voice and voice != "author" else chain[-1] if chain else stated.publisher or "unknown publisher",
                stated.citation, telling.sentence, stated.publisher, stated.published, (None, None), 1.0,
            )


def _status(telling: Telling, book: PledgeBook) -> str | None:
    pledge = telling.pledge
    return pledge.outcome or (book.status_of(pledge.status) if pledge.status else None)


def _says(row: Says, claim: Later, book: PledgeBook) -> str | None:
    """What the claim says became of it; None where it says nothing of that: planned, feared, possible."""
    if claim.modality == "demanded":
        return None if claim.negative else row.ordered
    if claim.modality != "asserted":
        return None
    if claim.negative or (claim.failed and row.terms):
        return row.negated
    return None if row.terms and claim.words.lower().removesuffix("s") in book.mention else row.status


class _Index:
    """Entries by what a claim that speaks of them shares with them: a story, a party, a place, a country."""

    def __init__(self, entries: Sequence[PledgeEntry], parties: Parties, window: int) -> None:
        self._parties, self._window = parties, window
        self._entries = {entry.id: entry for entry in entries}
        self._held: dict[tuple[str, str, int | None], set[str]] = {}
        for entry in entries:
            for telling in entry.tellings:
                signs = self._signs(
                    telling.stated.story, telling.parties, [name for name, _ in telling.places], telling.country
                )
                for sign, name in signs:
                    self._held.setdefault((sign, name, bucket(entry.day, window)), set()).add(entry.id)

    def near(self, claim: Later) -> list[PledgeEntry]:
        signs = self._signs(claim.story, (*claim.actors, *claim.recipients), [claim.place] if claim.place else [], claim.country)
        stretches = near_buckets(claim.when, self._window)
        found = {id for sign, name in signs for at in stretches for id in self._held.get((sign, name, at), ())}
        return [self._entries[id] for id in sorted(found)]

    def _signs(
        self, story: str | None, named: Iterable[str], places: Iterable[str], country: str | None
    ) -> list[tuple[str, str]]:
        found = [("party", self._parties.named(name)) for name in named if proper(name)]
        found += [("place", name.casefold()) for name in places]
        found += [("story", story)] if story else []
        return found + ([("country", country)] if country else [])


@lru_cache(maxsize=4096)
def _words(sentence: str) -> frozenset[str]:
    """The words of a sentence, small, those that end in s also without it."""
    words = frozenset(_WORD.findall(sentence.lower()))
    return words | {word[:-1] for word in words if word.endswith("s")}


def _fit(
    entry: PledgeEntry, claim: Later, row: Says, book: PledgeBook, rarity: Rarity, parties: Parties
) -> tuple[float, tuple[Feature, ...]] | None:
    """How surely the claim speaks of the pledge, and why; None where it cannot."""
    families = {book.families[telling.pledge.kind] for telling in entry.tellings}
    if row.families and not families & row.families:
        return None
    after = _after(entry.day, claim)
    if after is None or after > book.follow.window_days:
        return None
    sentence = _words(claim.sentence)
    nouns = {noun for telling in entry.tellings for noun in book.names.get(telling.pledge.kind, ())}
    named = sorted(nouns & sentence)
    if row.named and not named:
        return None
    # The events that tell of other doings are known by the words of what was promised.
    own = {stem for telling in entry.tellings for stem in telling.stems} | {
        word for telling in entry.tellings for word in _WORD.findall(f"{telling.words} {' '.join(telling.pledge.terms)}".lower())
    }
    deeds = sorted({start for start in row.terms if any(word.startswith(start[:5]) for word in own)})
    if row.terms and not deeds:
        return None
    found: list[Reason | None] = []
    if named:
        found.append(("named", 1.0, f"the sentence names the {named[0]}"))
    if deeds:
        found.append(("deed of the terms", 1.0, f"{claim.action} is what its words ask for"))
    if row.status == "rejected" and "asking" in families and _asks(entry, claim, parties):
        return None
    found.append(parties.compare(
        [name for telling in entry.tellings for name in telling.parties], (*claim.actors, *claim.recipients)
    ))
    found.append(best_where([place for telling in entry.tellings for place in telling.places], [(claim.place, claim.ground)]))
    found += _around(entry, claim)
    known = {stem for telling in entry.tellings for name in telling.parties for stem in stems(name, rarity)}
    words = stems(claim.sentence, rarity, known)
    value, shared = max(
        ((*alike(_meant(telling, words), words), telling.key) for telling in entry.tellings), key=lambda each: (each[0], each[2])
    )[:2]
    if value < _LEAST and not {reason[0] for reason in found if reason is not None} & _TELLING:
        return None
    if value:
        found.append(("terms alike", value, f"the words are alike by {value:.2f} ({', '.join(shared[:5])})"))
    if after:
        found.append(("days after", far(after), f"{after} day{'s' * (after > 1)} after it"))
    weighed = features(found, book.follow.weights)
    return score(weighed, book.follow.bias), weighed


def _asks(entry: PledgeEntry, claim: Later, parties: Parties) -> bool:
    """Nobody rejects what he asks for himself."""
    by = [name for telling in entry.tellings for name in telling.by]
    to = [name for telling in entry.tellings for name in telling.to]
    return any(parties.one(actor, name) for actor in claim.actors for name in by) and not any(
        parties.one(actor, name) for actor in claim.actors for name in to
    )


def _meant(telling: Telling, words: Mapping[str, float]) -> Mapping[str, float]:
    """The stems of the terms: that a claim leaves some of many terms out says nothing against it."""
    shared = {stem: value for stem, value in telling.stems.items() if stem in words}
    return shared if len(telling.stems) > 2 * len(words) else telling.stems


def _around(entry: PledgeEntry, claim: Later) -> Iterator[Reason]:
    countries = {telling.country for telling in entry.tellings if telling.country}
    if claim.country and countries:
        same = claim.country in countries
        yield "same country" if same else "other country", 1.0, " and ".join(sorted({claim.country, *countries}))
    if claim.story is not None and claim.story in {telling.stated.story for telling in entry.tellings}:
        yield "same story", 1.0, "the documents are of one story"
    if claim.citation.document in {telling.stated.citation.document for telling in entry.tellings}:
        yield "one document", 1.0, "a document that tells of it says so"
    last = max((telling.hours for telling in entry.tellings if telling.hours), default=None)
    since = gap(entry.day, claim.when)
    if last is not None and since is not None and since > last / 24 + _SLACK_DAYS:
        yield "after its end", 1.0, f"{since} days after it, which was to last {last / 24:g} days"
    late = [telling.pledge.deadline for telling in entry.tellings if telling.pledge.deadline]
    when = ordinal(claim.when[0] or claim.when[1])
    if late and when is not None and when <= max(ordinal(day) or 0 for day in late) + 1:
        yield "before its deadline", 1.0, f"by {max(late)}"


def _after(day: Days, claim: Later) -> int | None:
    """Days from the pledge to what the claim tells, 0 where they touch; None where it is of before, or no day is known."""
    first, told = ordinal(day[0] or day[1]), ordinal(claim.when[1] or claim.when[0])
    published = ordinal(claim.published[1] or claim.published[0])
    if first is None or told is None:
        return 0 if first is None or published is None else max(0, published - first)
    if told < first or (published is not None and published < first):
        return None
    return max(0, gap(day, claim.when) or 0)


def _said(claim: Later, status: str, value: float, why: tuple[Feature, ...]) -> StatusSaid:
    chain = claim.citation.chain
    return StatusSaid(
        claim.key, status, claim.words, chain[-1] if chain else claim.publisher or "unknown publisher", claim.citation,
        claim.sentence, claim.publisher, claim.published, claim.time, round(value, 6), why,
    )


def _collapsed(said: Sequence[StatusSaid], copies: Copies) -> list[StatusSaid]:
    """Each saying once: copies of a sentence stand behind the one that appeared first; by day."""
    by_key = {each.key: each for each in sorted(said, key=_order)}
    keys = list(by_key)
    pairs = [
        (a, b) for at, a in enumerate(keys) for b in keys[at + 1 :]
        if by_key[a].status == by_key[b].status and _once(by_key[a].citation, by_key[b].citation, copies)
    ]
    found = []
    for some in components(keys, pairs):
        first, *rest = sorted((by_key[key] for key in some), key=_order)
        others = dict.fromkeys(each.citation.document for each in rest if each.citation.document != first.citation.document)
        found.append(msgspec.structs.replace(first, copies=tuple(others)))
    return sorted(found, key=_order)


def _once(a: Citation, b: Citation, copies: Copies) -> bool:
    return copies.same(a, b) or (a.document == b.document and a.sentence == b.sentence)


def _order(said: StatusSaid) -> tuple[str, str, str]:
    days = said.when if any(said.when) else said.published
    return days[0] or days[1] or "9999", said.published[0] or said.published[1] or "9999", said.key


def _settled(entry: PledgeEntry, said: Sequence[StatusSaid], book: PledgeBook, parties: Parties) -> PledgeEntry:
    if not said:
        return entry
    contested = any(_contradict(a, b, book, parties) for at, a in enumerate(said) for b in said[at + 1 :])
    standing: Standing = "contested" if contested else "said"
    return msgspec.structs.replace(entry, standing=standing, status=said[-1].status, said=tuple(said))


def _contradict(a: StatusSaid, b: StatusSaid, book: PledgeBook, parties: Parties) -> bool:
    """Two voices say opposite things of about the same days: what one voice says of later days is news, not another view."""
    if not book.oppose(a.status, b.status) or parties.one(a.voice, b.voice):
        return False
    apart = gap(*(said.when if any(said.when) else said.published for said in (a, b)))
    return apart is None or apart <= book.days
