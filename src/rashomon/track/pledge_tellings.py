"""One telling of a pledge, made ready to be set beside others, and the named reasons for and against two being one pledge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ..knowledge.pledge_book import PledgeBook
from ..knowledge.rarity import Rarity
from ..records import Feature, Ground, Pledge, Reading, Stated, event_keys, ground
from ..records.vocabulary import PledgeKind
from .later import country_of, place_named
from .likeness import Days, Parties, Reason, alike, far, features, gap, length, ordinal, stems, where
from .voices import Copies

_SAME_LENGTH = 0.1
_FEW_STEMS = 3


class Telling(msgspec.Struct, frozen=True):
    """A stated pledge with what its document adds: the day of the act (`when`), places, the events that it is (`events`, keys).

    `words` are those of the pledge, `sentence` the whole of it; `hours` its duration; `stems` the words of what is promised or
    asked, without the names of parties and places; `anew` whether it is told as another act than one before, `again` whether it
    is only named as told before ("the truce").
    """

    stated: Stated[Pledge]
    sentence: str
    words: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    stems: Mapping[str, float]
    when: Days = (None, None)
    places: tuple[tuple[str, Ground | None], ...] = ()
    country: str | None = None
    hours: float | None = None
    anew: bool = False
    again: bool = False
    events: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The statement's key."""
        return self.stated.key

    @property
    def pledge(self) -> Pledge:
        """What is stated."""
        return self.stated.said

    @property
    def days(self) -> Days:
        """The day of the act where the text gives it, else of the document."""
        return self.when if any(self.when) else self.stated.published

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody named in it."""
        return tuple(dict.fromkeys((*self.by, *self.to)))


def tellings(stated: Sequence[Stated[Pledge]], reading: Reading, book: PledgeBook, rarity: Rarity) -> Iterator[Telling]:
    """What one document states, in the order given, with what its current reading adds."""
    country = country_of(reading)
    for each in stated:
        keys = event_keys(each.citation.document, reading.events)
        inside = [event for event in reading.events if each.said.span.covers(event.trigger) and event.region == "body"]
        acts = [event for event in inside if event.type in ("AGREE", "REQUEST", "THREATEN")]
        times = [event.time for event in acts if event.time and event.time.basis in ("stated", "anchored") and event.time.start]
        when = (times[0].start, times[0].end) if times else (None, None)
        named = [each.said.place] if each.said.place else []
        places: list[tuple[str, Ground | None]] = [(name, place_named(reading, name)) for name in named]
        places += [(event.place.name, ground(event.place)) for event in acts if event.place and not named]
        yield telling(
            each, reading.text, book, rarity, when=when, places=tuple(dict.fromkeys(places)), country=country,
            events=tuple(keys[event.id] for event in inside),
        )


def telling(
    stated: Stated[Pledge], text: str, book: PledgeBook, rarity: Rarity, *, when: Days = (None, None),
    places: tuple[tuple[str, Ground | None], ...] = (), country: str | None = None, events: tuple[str, ...] = (),
) -> Telling:
    """One stated pledge of that document's text. `places`: by name, with the ground where it is located."""
    said = stated.said
    by, to = names(said.by), names(said.to)
    told = " ".join(said.span.of(text).split())
    known = set(stems(" ".join((*by, *to, *(name for name, _ in places), book.idle)), rarity))
    content = " ".join((told, *said.terms, *said.conditions))
    lower = set(re.findall(r"[a-z]+", told.lower().split(" of ")[0])[:4]) if told else set()
    return Telling(
        stated, stated.citation.sentence.of(text), told, by, to, stems(content, rarity, known), when, places, country,
        hours(said.duration or told, book), bool(lower & book.anew), _again(said, told, text, book), events,
    )


def names(joined: str | None) -> tuple[str, ...]:
    """The names in "A; B"."""
    return tuple(dict.fromkeys(name.strip() for name in (joined or "").split(";") if name.strip(" -")))


def hours(words: str, book: PledgeBook) -> float | None:
    """A duration in hours: "48-hour", "two days", "week-long". None where the words give none."""
    tokens = re.findall(r"[a-z]+|\d+(?:\.\d+)?", words.lower())
    for at, token in enumerate(tokens):
        unit = book.hours.get(token.removesuffix("s"))
        if unit is None:
            continue
        before = tokens[max(0, at - 2) : at]
        number = _number(before, book) or _number(before[-1:], book)
        if number is not None:
            return number * unit
        if tokens[at + 1 : at + 2] == ["long"]:
            return unit
    return None


def _number(tokens: Sequence[str], book: PledgeBook) -> float | None:
    """ "48", "six", "forty eight"."""
    if len(tokens) == 1 and tokens[0][0].isdigit():
        return float(tokens[0])
    return book.numbers.get("-".join(tokens)) if tokens else None


def reasons(a: Telling, b: Telling, book: PledgeBook, parties: Parties, copies: Copies) -> tuple[Feature, ...]:
    """The reasons for and against two tellings being of one pledge, with their weights. Symmetric in a and b."""
    a, b = sorted((a, b), key=lambda one: one.key)
    kinds: tuple[PledgeKind, PledgeKind] = a.pledge.kind, b.pledge.kind
    found: list[Reason | None] = [(book.related(*kinds), 1.0, " and ".join(sorted(set(kinds))))]
    found += _who(a, b, book, parties)
    found.append(_place(a, b))
    if a.country and b.country:
        same = a.country == b.country
        found.append(("same country" if same else "other country", 1.0, " and ".join(sorted({a.country, b.country}))))
    found += _when(a, b)
    found.append(_duration(a, b))
    if a.stated.citation.document == b.stated.citation.document:
        found.append(("one document", 1.0, "one document tells of both"))
        if a.again or b.again:
            found.append(("told again", 1.0, "one only names what the document has told of"))
    else:
        found.append(_of_the_time(a, b, book))
        if a.stated.story is not None and a.stated.story == b.stated.story:
            found.append(("same story", 1.0, "the documents are of one story"))
    value, shared = alike(a.stems, b.stems)
    if value:
        found.append(("terms alike", value, f"the words are alike by {value:.2f} ({', '.join(shared[:5])})"))
    if value < book.unlike and min(len(a.stems), len(b.stems)) >= _FEW_STEMS:
        found.append(("terms unlike", 1 - value / book.unlike, "what is promised or asked is told in other words"))
    if a.anew != b.anew:
        found.append(("anew", 1.0, "one is told as another act than one before"))
    if copies.same(a.stated.citation, b.stated.citation):
        found.append(("copied text", 1.0, "the sentence stands in both documents word for word"))
    return features(found, book.join.weights)


def _who(a: Telling, b: Telling, book: PledgeBook, parties: Parties) -> list[Reason | None]:
    if book.families[a.pledge.kind] in ("deal", "commitment"):
        found = [parties.compare(a.parties, b.parties)]
        # Who rejects a deal or breaks it is no other party to it.
        outside = any(each.pledge.outcome or each.pledge.status for each in (a, b))
        return [reason for reason in found if reason is None or reason[0] != "other parties" or not outside]
    found = [parties.compare(a.by, b.by)]
    addressed = parties.compare(a.to, b.to)
    if addressed is not None and addressed[0] == "other parties":
        found.append(("other addressee", 1.0, addressed[2]))
    elif found == [None]:
        found = [addressed]
    return found


def _again(said: Pledge, told: str, text: str, book: PledgeBook) -> bool:
    """ "The agreement": the noun with the word before it, and nothing of its own."""
    words = f"{text[max(0, said.span.start - 12) : said.span.start]} {told}".lower().split()
    nouns = [at for at, word in enumerate(words) if word.strip(".,;:'’") in book.names.get(said.kind, frozenset())]
    bare = not (said.terms or said.conditions or said.duration)
    return bare and bool(nouns) and any(word in book.definite for word in words[max(0, nouns[0] - 2) : nouns[0]])


def _of_the_time(a: Telling, b: Telling, book: PledgeBook) -> Reason | None:
    """ "The truce", told in another document some days after one of that country: which one is the reader's to see (`--why`)."""
    for one, full in ((a, b), (b, a)):
        if one.again and not full.again and one.pledge.kind == full.pledge.kind == "ceasefire" and one.country == full.country:
            begun, told = ordinal(full.days[0] or full.days[1]), ordinal(one.stated.published[1] or one.stated.published[0])
            if one.country and begun is not None and told is not None and 0 <= told - begun <= book.again_days:
                return "truce of the time", 1.0, f"one names a truce as known, {told - begun} days after the other"
    return None


def _place(a: Telling, b: Telling) -> Reason | None:
    order = ("same place", "place within", "other place", "places apart")
    told = [reason for one in a.places for other in b.places if (reason := where(one, other)) is not None]
    return min(told, key=lambda reason: (order.index(reason[0]), -reason[1], reason[2])) if told else None


def _when(a: Telling, b: Telling) -> Iterator[Reason | None]:
    # A truce may be told by the day on which it was agreed and by that on which it begins.
    starts = [gap(one.when, (other.pledge.deadline,) * 2) for one, other in ((a, b), (b, a)) if other.pledge.deadline]
    acts = gap(a.when, b.when)
    if acts and 0 in starts:
        acts = 0
    reports = gap(a.stated.published, b.stated.published)
    if acts is not None:
        far_off = "days apart", far(acts), f"the acts are {acts} day{'s' * (acts > 1)} apart"
        value = round(1 / max(length(a.when), length(b.when)), 6)
        told = "the acts may be of one day" if value < 1 else "the acts are of one day"
        yield ("same day", value, told) if acts == 0 else far_off
    elif reports:
        yield "reports apart", far(reports), f"the reports are {reports} day{'s' * (reports > 1)} apart"
    first, second = a.pledge.deadline, b.pledge.deadline
    if first and second:
        late = gap((first, first), (second, second))
        told = " and ".join(sorted({first, second}))
        yield ("same deadline", 1.0, told) if late is not None and late <= 1 else ("other deadline", 1.0, told)


def _duration(a: Telling, b: Telling) -> Reason | None:
    if not a.hours or not b.hours:
        return None
    same = abs(a.hours - b.hours) <= _SAME_LENGTH * max(a.hours, b.hours)
    told = " and ".join(f"{hours:g}" for hours in sorted({a.hours, b.hours}))
    return "same duration" if same else "other duration", 1.0, f"{told} hours"
