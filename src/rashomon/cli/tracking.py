"""What the books of pledges and forecasts are made of, taken from the ledger: statements, readings, later claims, copies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from ..knowledge.actors import load_actors
from ..knowledge.comparison import ComparisonRules, load_comparison, sides_of
from ..records import Citation, Feature, Reading, Said, Stated
from ..track.knowing import as_of
from ..track.later import Later, later
from ..track.likeness import Parties
from ..track.voices import Copies
from . import words
from .desk import Desk
from .known import day_of

_PREFIX = 6


class Ground(NamedTuple):
    """What was said by the day asked about. `unsure`: documents (keys) of which it cannot be told whether they had appeared."""

    stated: tuple[Stated[Any], ...]
    readings: dict[str, Reading]
    claims: tuple[Later, ...]
    parties: Parties
    copies: Copies
    rules: ComparisonRules
    unsure: tuple[str, ...]


def ground(desk: Desk, given: tuple[Stated[Any], ...], actions: Collection[str] | None, day: str | None) -> Ground:
    """These statements and the later claims of these actions (all of them for None), as they stood on the day."""
    rules = load_comparison()
    last = day_of(day) if day else None
    stated, unsure = as_of(given, last)
    holders = {each.citation.document for each in stated}
    tellers = set(holders)
    if actions is None:
        tellers |= {entry.key for entry in desk.view.documents(state="read")}
    else:
        tellers |= {entry.document for entry in desk.view.events(actions=actions)}
    readings: dict[str, Reading] = {}
    claims: list[Later] = []
    for key, reading in desk.view.readings(tellers if stated else ()):
        if key in holders:
            readings[key] = reading
        entry = desk.entry(key)
        told = later(key, reading, entry.added, entry.story, rules.tolls)
        claims += (each for each in told if actions is None or each.action in actions)
    known, doubtful = as_of(claims, last)
    parties = Parties(sides_of(load_actors()), rules)
    left_out = tuple(sorted({*unsure, *doubtful}))
    return Ground(stated, readings, known, parties, Copies(desk.view.reuses()), rules, left_out)


def by_document(stated: Iterable[Stated[Said]]) -> dict[str, list[Stated[Said]]]:
    """The statements of each document, by its key."""
    found: dict[str, list[Stated[Said]]] = {}
    for each in stated:
        found.setdefault(each.citation.document, []).append(each)
    return found


def touches(days: tuple[str | None, str | None], since: str | None, until: str | None) -> bool:
    """True where the interval touches the days asked for; an unknown one touches none."""
    start, end = days[0] or days[1], days[1] or days[0]
    if start is None or end is None:
        return since is None and until is None
    return (since is None or end[:10] >= since) and (until is None or start[:10] <= until)


def names_it(wanted: str, names: Iterable[str]) -> bool:
    """True where one of the names is the wanted one, or holds it as whole words, whatever its capitals."""
    asked = wanted.casefold().split()
    for name in names:
        parts = name.casefold().split()
        if any(parts[at : at + len(asked)] == asked for at in range(len(parts) - len(asked) + 1)):
            return True
    return False


def is_called(name: str, keys: Iterable[str]) -> bool:
    """True where one of the keys is `name`, or begins with it and it is long enough to tell."""
    return any(key == name or (len(name) >= _PREFIX and key.startswith(name)) for key in keys)


def cited(
    citation: Citation, sentence: str, publisher: str | None, published: tuple[str | None, str | None], desk: Desk
) -> dict[str, Any]:
    """Where something is said, as JSON."""
    return {
        "file": desk.caller_id(citation.document), "span": citation.span, "sentence": sentence, "chain": citation.chain,
        "publisher": publisher, "published": {"start": published[0], "end": published[1]},
    }


def reasons(features: Iterable[Feature]) -> list[str]:
    """Features as lines for people."""
    return [f"{each.name} {each.value:.2f} × {each.weight:g}: {words.plain(each.why)}" for each in features]


def who(chain: tuple[str, ...], publisher: str | None, published: tuple[str | None, str | None]) -> str:
    """Who says it through whom, and when that was published."""
    day = words.day(*published) if any(published) else "on an unknown day"
    return f"{words.chain(chain, publisher or 'unknown publisher')} · {day}"
