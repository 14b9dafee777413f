"""From words to named units: which names of the lexicon stand in a block, and which war the text is about."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from ...knowledge.folding import Word, joined
from ...knowledge.lexicon import Entry, Lexicon, Sense
from ...records import Syntax
from .namesakes import Namesakes

# A text is about a war when at least this many names point at it (a cue or a state counts one, a party two).
ENOUGH = 3
_RANK = {"name": 0, "full": 0, "local": 0, "description": 1, "people": 1, "adjective": 1, "seat": 1, "alone": 2, "plural": 3}


class Unit(msgspec.Struct, frozen=True, gc=False):
    """Words `[first, last)` of a block and what they mean."""

    first: int
    last: int
    sense: Sense


def war_of(lexicon: Lexicon, votes: Counter[int], published: date | None) -> int | None:
    """Index of the war that most names of the text point at; None when too few do, or it had not begun when it appeared."""
    wars = lexicon.actors.wars
    for index, _ in sorted(votes.items(), key=lambda row: (-row[1], row[0])):
        war_file = wars[index]
        if published is not None and published < war_file.since:
            continue
        return index if votes[index] >= ENOUGH else None
    return None


def war_here(lexicon: Lexicon, votes: Counter[int], published: date | None, war: int | None) -> int | None:
    """The war that one block is on: that of the text, unless nothing in it points there and enough points at another."""
    if war is None or votes[war]:
        return war
    other = war_of(lexicon, votes, published)
    return war if other is None else other


def votes_of(lexicon: Lexicon, words: list[Word]) -> Counter[int]:
    """How often the names of a block point at each war."""
    votes: Counter[int] = Counter()
    for at, word in enumerate(words):
        if not word.capital:
            continue
        for index in lexicon.wars_cued(words, at):
            votes[index] += 1
        seen: set[int] = set()
        for entry in lexicon.beginning(word.norm if word.norm in lexicon.entries else word.plain, words, at):
            war = entry.sense.war
            if entry.sense.sort == "state" and entry.sense.form != "seat":
                war = lexicon.war_of_state.get(entry.sense.id)
            elif war is not None and (entry.sense.form in ("description", "local", "alone") or not _telling(entry)):
                continue
            if war is not None and war not in seen and _matches(entry, words, at, False):
                seen.add(war)
                votes[war] += 1 if entry.sense.sort == "state" else 2
    return votes


def units_of(
    text: str, words: list[Word], syntax: Syntax, lexicon: Lexicon, war: int | None, named: frozenset[str],
    persons: Namesakes,
) -> list[Unit]:
    """Longest names from left to right. `named` are the parties that the text calls by a name of their own, `persons` its
    people who share a name with a capital or a leader. A loaded word that no name begins with is looked up as its plain word."""
    letters = [word.text for word in words]
    shouting = sum(map(str.isupper, letters)) * 2 > len(letters)
    found: list[Unit] = []
    at = 0
    while at < len(words):
        unit = _longest(text, words, at, syntax, lexicon, war, named, persons, shouting)
        if unit is None and words[at].plain != words[at].norm:
            unit = _longest(text, words, at, syntax, lexicon, war, named, persons, shouting, plain=True)
        if unit is None:
            at += 1
        else:
            found.append(unit)
            at = unit.last
    return found


def _longest(
    text: str, words: list[Word], at: int, syntax: Syntax, lexicon: Lexicon, war: int | None, named: frozenset[str],
    persons: Namesakes, shouting: bool, *, plain: bool = False,
) -> Unit | None:
    best: tuple[int, int, int, Sense] | None = None
    for entry in lexicon.beginning(words[at].plain if plain else words[at].norm, words, at):
        length = 1 + len(entry.rest)
        if best is not None and length < best[0]:
            break
        if not _matches(entry, words, at, shouting):
            continue
        if not all(joined(text, words[at + i], words[at + i + 1]) for i in range(length - 1)):
            continue
        if not _admitted(text, entry, words, at, syntax, war, named, lexicon.name_starts):
            continue
        if (length == 1 or entry.sense.form == "alone") and persons.hides(
            entry.sense, words, at + length - 1, text, syntax, lexicon
        ):
            continue
        loaded = sum(words[at + i].norm != part for i, part in enumerate(entry.rest, start=1))
        rank = _RANK[entry.sense.form] - (2 if war is not None and entry.sense.war == war else 0)
        if best is None or (loaded, rank) < best[1:3]:
            best = (length, loaded, rank, _settled(entry, text, words, at, lexicon))
    return None if best is None else Unit(at, at + best[0], best[3])


def _settled(entry: Entry, text: str, words: list[Word], at: int, lexicon: Lexicon) -> Sense:
    """What the entry means; a description of its own where a loaded word stands in a party's name: "Syrian terrorists"."""
    sense, last = entry.sense, at + len(entry.rest)
    if sense.form != "name" or not any(
        words[at + i].norm != part and words[at + i].norm in lexicon.unsettled for i, part in enumerate(entry.rest, start=1)
    ):
        return sense
    if any(part in lexicon.relations for part in entry.rest):
        return sense  # "Turkey-backed terrorists": Turkey tells whom
    if any(other.sense.id == sense.id and len(other.rest) < len(entry.rest) and _matches(other, words, at, False)
           for other in lexicon.beginning(words[at].norm, words, at)):
        return sense  # "Hamas terrorists": the name stands before it
    name = " ".join(text[words[at].start : words[last].end].split())
    return Sense("plain", name, name, sense.kind, "plural")


def _matches(entry: Entry, words: list[Word], at: int, shouting: bool) -> bool:
    if at + len(entry.rest) >= len(words):
        return False
    for offset, (part, plain) in enumerate(zip(entry.rest, entry.plain, strict=True), start=1):
        if not words[at + offset].reads(part, plain):
            return False
    return entry.fits(words, at, shouting)


def _telling(entry: Entry) -> bool:
    """A name that means its war's party in any text: it has a capital, is no short abbreviation and no number of a unit."""
    if entry.numbered:
        return False
    if not any(written[0].isupper() for written in entry.written):
        return False
    return len(entry.written) > 1 or len(entry.written[0]) > 4


def _admitted(
    text: str, entry: Entry, words: list[Word], at: int, syntax: Syntax, war: int | None, named: frozenset[str],
    starts: frozenset[str],
) -> bool:
    sense = entry.sense
    if sense.form == "description" or (sense.form == "alone" and sense.war is not None):
        return sense.war == war
    if sense.form == "local":
        return sense.war == war and sense.id not in named
    if sense.war is not None and sense.war != war and not _telling(entry):
        return False
    if sense.sort == "state" and at > 0 and _inside_name(text, words, at, syntax, sense.form == "seat", starts):
        return False
    if (len(entry.written) == 1 and sense.form == "alone") or sense.sort == "media":
        return _stands_alone(text, words, at + len(entry.written) - 1, syntax)
    return True


def _inside_name(
    text: str, words: list[Word], at: int, syntax: Syntax, seat: bool, starts: frozenset[str]
) -> bool:
    """True when the word ends a longer name: "Radio Mogadishu"; for a capital, any name of that form ("East Jerusalem")."""
    before = words[at - 1]
    if before.possessive or not before.capital or text[before.end : words[at].start] != " ":
        return False
    if before.norm in starts:
        return True
    token = syntax.tokens[before.token]
    compound = token.head == words[at].token and token.dep == "compound" and token.pos == "PROPN"
    return seat and compound and token.entity in ("ORG", "FAC", "LOC", "GPE", "PERSON")


def _stands_alone(text: str, words: list[Word], at: int, syntax: Syntax) -> bool:
    """False when the word belongs to a longer name ("Trump Tower") or is no name here ("Time will tell")."""
    token = syntax.tokens[words[at].token]
    if token.pos not in ("PROPN", "NOUN", "ADJ", "X") and not words[at].text.isupper():
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    return not (
        after is not None and not words[at].possessive and after.capital and text[words[at].end : after.start] == " "
        and syntax.tokens[after.token].pos == "PROPN" and syntax.tokens[words[at].token].head == after.token
        and syntax.tokens[words[at].token].dep == "compound"
    )
